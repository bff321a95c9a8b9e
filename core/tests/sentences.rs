//! The sentences of the first screen against releases made at random: whatever was hidden and
//! rounded, none says what the exact counts contradict, and each figure is the published one.
#![cfg(all(feature = "yaml", feature = "release"))]
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "tests fail by panicking, and counts are small"
)]

use std::{collections::BTreeMap, sync::LazyLock};

use partake_core::{
    disclosure::{
        Aggregates, Cell, Finding, MedianBand, Parameters, RawColumn, RawRow, RawTable, TableKind,
        findings, plan, protect, share_together,
    },
    instrument::{Instrument, Kind, load},
};
use proptest::prelude::*;

static INSTRUMENT: LazyLock<Instrument> = LazyLock::new(|| {
    load(include_str!(
        "../../instruments/partake_core/instrument.yaml"
    ))
    .unwrap()
});

/// The one-way tables of the instrument with counts drawn from `draw`; some cells are rare, some
/// common, so that much is hidden and many leads are close.
fn release(mut draw: impl FnMut() -> u64) -> Vec<RawTable> {
    let mut made: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    plan(&INSTRUMENT)
        .into_iter()
        .filter(|planned| !matches!(planned.kind, TableKind::Arm | TableKind::Index))
        .map(|planned| {
            let common = draw() % 60;
            let of = |name: &str, i: usize| {
                let other = made.get(&format!("{}__{name}", planned.question));
                other.and_then(|counts| counts.get(i)).copied().unwrap_or(0)
            };
            let counts: Vec<u64> = (0..planned.cells.len())
                .map(|i| {
                    let drawn = if draw().is_multiple_of(4) {
                        draw() % 12
                    } else {
                        common + draw() % 25
                    };
                    match planned.kind {
                        TableKind::Shown => of("best", i) + of("worst", i) + drawn,
                        TableKind::InTop => of("first", i) + drawn,
                        _ => drawn,
                    }
                })
                .collect();
            made.insert(planned.id.clone(), counts.clone());
            let base = match planned.sum {
                partake_core::disclosure::Sum::Base => counts.iter().sum(),
                _ => counts.iter().max().copied().unwrap_or(0) + draw() % 50,
            };
            RawTable {
                id: planned.id,
                question: planned.question,
                by: None,
                kind: planned.kind,
                sum: planned.sum,
                sensitive: planned.sensitive,
                inputs: vec![],
                rows: planned
                    .cells
                    .into_iter()
                    .map(|c| RawRow {
                        code: c.code,
                        possible: c.possible,
                        missing: c.missing,
                    })
                    .collect(),
                columns: vec![RawColumn {
                    by_code: None,
                    base,
                    counts,
                }],
            }
        })
        .collect()
}

/// The exact counts, and what was published of them.
struct Exact<'a>(&'a [RawTable], &'a Aggregates);

impl Exact<'_> {
    fn count(&self, table: &str, code: &str) -> f64 {
        let table = self.0.iter().find(|t| t.id == table).unwrap();
        let row = table.rows.iter().position(|r| r.code == code).unwrap();
        table.count(row, 0) as f64
    }

    fn share(&self, table: &str, codes: &[String]) -> f64 {
        let base = self.0.iter().find(|t| t.id == table).unwrap().base() as f64;
        codes.iter().map(|c| self.count(table, c)).sum::<f64>() / base
    }

    /// The band of the median among those that are not missing.
    fn median(&self, table: &str) -> usize {
        let table = self.0.iter().find(|t| t.id == table).unwrap();
        let counts: Vec<u64> = table
            .rows
            .iter()
            .enumerate()
            .filter(|(_, row)| !row.missing)
            .map(|(i, _)| table.count(i, 0))
            .collect();
        let all: u64 = counts.iter().sum();
        let mut below = 0;
        counts
            .iter()
            .position(|count| {
                below += count;
                2 * below >= all
            })
            .unwrap()
    }

    fn holds(&self, finding: &Finding) {
        // "More than any other" leaves no room for a second one that is as great.
        let greatest = |name: &str, of: &dyn Fn(&str) -> f64, codes: &[String]| {
            for other in codes.iter().filter(|other| *other != name) {
                assert!(of(name) > of(other), "{name} before {other}");
            }
        };
        match finding {
            Finding::Rows {
                question,
                points,
                most,
                least,
            } => {
                let Kind::Matrix(matrix) = &INSTRUMENT.question(question).unwrap().kind else {
                    panic!("{question}")
                };
                let rows: Vec<String> = matrix
                    .rows
                    .iter()
                    .filter(|r| r.expected.is_none())
                    .map(|r| r.code.clone())
                    .collect();
                let share = |row: &str| self.share(&format!("{question}__{row}"), points);
                greatest(&most.0, &share, &rows);
                greatest(&least.0, &|row| -share(row), &rows);
                for (row, percent) in [most, least] {
                    self.printed(&format!("{question}__{row}"), points, *percent);
                }
            }
            Finding::Pair { first, second } => {
                for (question, median) in [first, second] {
                    self.median_is(question, *median);
                }
            }
            Finding::Middle { question, median } => self.median_is(question, *median),
            Finding::BestWorst {
                question,
                most,
                least,
            } => {
                let items = codes(question);
                let score = |code: &str| {
                    let of = |t: &str| self.count(&format!("{question}__{t}"), code);
                    (of("best") - of("worst")) / of("shown").max(1.0)
                };
                let seen: Vec<String> = items
                    .into_iter()
                    .filter(|c| self.count(&format!("{question}__shown"), c) > 0.0)
                    .collect();
                greatest(most, &score, &seen);
                greatest(least, &|code| -score(code), &seen);
            }
            Finding::Ranking {
                question,
                code,
                percent,
                ..
            } => {
                let table = format!("{question}__top");
                let count = |code: &str| self.count(&table, code);
                greatest(code, &count, &codes(question));
                self.printed(&table, std::slice::from_ref(code), *percent);
            }
            Finding::Agreement {
                question,
                statement,
                percent,
            } => {
                let Kind::Votes(votes) = &INSTRUMENT.question(question).unwrap().kind else {
                    panic!("{question}")
                };
                let agree = vec![votes.ballot[0].code.clone()];
                let all: Vec<String> = votes.statements.iter().map(|s| s.code.clone()).collect();
                let share = |s: &str| self.share(&format!("{question}__{s}"), &agree);
                greatest(statement, &share, &all);
                self.printed(&format!("{question}__{statement}"), &agree, *percent);
            }
        }
    }

    /// The figure of a sentence is the share that the table shows, and the exact one lies as close
    /// to it as the table says.
    fn printed(&self, table: &str, codes: &[String], percent: f64) {
        let published = self.1.table(table).unwrap();
        let cells: Vec<&Cell> = codes.iter().map(|c| published.cell(c).unwrap()).collect();
        let count: u64 = cells.iter().map(|cell| cell.count.unwrap()).sum();
        let share = count as f64 / published.base.unwrap() as f64 * 100.0;
        assert_eq!(
            format!("{percent:.0}"),
            format!("{:.0}", share.min(100.0)),
            "{table}"
        );
        let known = share_together(published, &cells, &Parameters::default()).unwrap();
        let exact = self.share(table, codes) * 100.0;
        let within = known.rounding.low - 1e-9..=known.rounding.high + 1e-9;
        assert!(within.contains(&exact), "{table}: {exact} in {within:?}");
    }

    fn median_is(&self, question: &str, median: MedianBand) {
        let exact = self.median(question);
        assert!(
            (median.low..=median.high).contains(&exact),
            "{question}: {exact} in {median:?}"
        );
    }
}

fn codes(question: &str) -> Vec<String> {
    let question = INSTRUMENT.question(question).unwrap();
    question.choices().iter().map(|c| c.code.clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_sentence_contradicts_the_exact_counts(seed in any::<u64>()) {
        let mut state = seed;
        let raw = release(move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state >> 33
        });
        let rules = Parameters::default();
        let aggregates = protect(1, 500, &raw, &[], &rules, 2).aggregates;
        let found = findings(&INSTRUMENT, &aggregates, &rules);
        prop_assert!(found.len() <= 5);
        for finding in &found {
            Exact(&raw, &aggregates).holds(finding);
        }
    }
}

#[test]
fn random_releases_do_give_sentences() {
    let mut said = 0;
    for seed in 0..8_u64 {
        let mut state = seed;
        let raw = release(move || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            state >> 33
        });
        let rules = Parameters::default();
        let aggregates = protect(1, 500, &raw, &[], &rules, 2).aggregates;
        said += findings(&INSTRUMENT, &aggregates, &rules).len();
    }
    assert!(said >= 8, "{said}");
}
