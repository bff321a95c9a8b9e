//! Indices and hypotheses: what is counted, what a release says of them, and what an index must
//! not tell of the answers that it is computed from.
#![cfg(all(feature = "yaml", feature = "release"))]
#![expect(
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "tests fail by panicking, and counts are small"
)]

use partake_core::{
    disclosure::{
        Aggregates, Cell, Evidence, IndexForm, Input, Interval, Parameters, RawColumn, RawRow,
        RawTable, Reason, Status, Sum, Table, TableKind, Verdict, index_figure, index_form,
        protect, table_mean, tabulate, test as put_to_test,
    },
    flow::{Scope, assign},
    instrument::{Instrument, Measure, load},
    lang::Lang,
    open_data::{Relating, Relation, from_public_file, variables},
    response::{Sheet, finish},
    simulate::respondent,
};
use proptest::prelude::*;

fn instrument() -> Instrument {
    load(include_str!(
        "../../instruments/partake_core/instrument.yaml"
    ))
    .unwrap()
}

fn bits(mut state: u64) -> impl FnMut() -> u32 {
    move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u32::try_from(z >> 32).unwrap()
    }
}

fn sheets(instrument: &Instrument, count: usize) -> Vec<Sheet> {
    let mut draw = bits(7);
    (0..count)
        .map(|_| {
            let (seed, answers) = respondent(instrument, Lang::Zh, &mut draw);
            let assignment = assign(instrument, seed);
            finish(instrument, Lang::Zh, seed, &assignment, answers.clone())
                .unwrap()
                .sheet
        })
        .collect()
}

/// A release of `count` people. Splits that no index and no hypothesis reads are left out: they
/// are most of the work and have tests of their own.
fn release(instrument: &Instrument, sheets: &[Sheet]) -> Aggregates {
    let mut raw = tabulate(instrument, sheets, []);
    raw.retain(|t| {
        t.by.is_none() || t.kind == TableKind::Arm || t.id == "change3y__replaceable__by_occupation"
    });
    let n = sheets.len() as u64;
    protect(1, n, &raw, &[], &Parameters::default(), 2).aggregates
}

/// The values of an index, one for each sheet that has one.
fn values(instrument: &Instrument, sheets: &[Sheet], id: &str) -> Vec<f64> {
    let expr = instrument.derived(id).unwrap().expr.as_ref().unwrap();
    sheets
        .iter()
        .filter_map(|sheet| {
            let scope = Scope::new(instrument, &sheet.assignment, &sheet.answers);
            scope.index(expr)
        })
        .collect()
}

#[test]
fn an_index_is_counted_for_exactly_those_who_have_a_value_of_it() {
    let instrument = instrument();
    let sheets = sheets(&instrument, 400);
    let tables = tabulate(&instrument, &sheets, []);
    let mut banded = 0;
    for derived in &instrument.derived {
        let IndexForm::Bands { table } = index_form(&instrument, derived) else {
            continue;
        };
        banded += 1;
        let table = tables.iter().find(|t| t.id == table).unwrap();
        let values = values(&instrument, &sheets, &derived.id);
        assert_eq!(table.base(), values.len() as u64, "{}", derived.id);
        if derived.range.is_none() {
            let yes = values.iter().filter(|v| **v > 0.5).count();
            assert_eq!(table.count(1, 0), yes as u64, "{}", derived.id);
        }
    }
    assert!(banded >= 8, "{banded}");
}

#[test]
fn what_a_release_says_of_an_index_holds_its_exact_figure() {
    let instrument = instrument();
    let sheets = sheets(&instrument, 900);
    let rules = Parameters::default();
    let aggregates = release(&instrument, &sheets);
    let mut said = 0;
    for derived in &instrument.derived {
        let Some(found) = index_figure(&instrument, &aggregates, derived, &rules) else {
            continue;
        };
        said += 1;
        let values = values(&instrument, &sheets, &derived.id);
        let scale = if derived.range.is_none() { 100.0 } else { 1.0 };
        let exact = scale * values.iter().sum::<f64>() / values.len() as f64;
        let Interval { low, high } = found.figure().certain;
        assert!(
            low - 1e-9 <= exact && exact <= high + 1e-9,
            "{}: {exact} is not between {low} and {high}",
            derived.id
        );
    }
    assert!(said >= 8, "{said}");
}

#[test]
fn a_hypothesis_is_decided_only_where_enough_is_shown() {
    let instrument = instrument();
    let rules = Parameters::default();
    let verdicts = |count: usize| -> Vec<Verdict> {
        let aggregates = release(&instrument, &sheets(&instrument, count));
        instrument
            .hypotheses
            .iter()
            .map(|h| put_to_test(&instrument, &aggregates, &rules, &[], h).verdict)
            .collect()
    };
    let few = verdicts(60);
    assert!(
        few.iter()
            .all(|v| matches!(v, Verdict::TooFew | Verdict::Together)),
        "{few:?}"
    );
    let many = verdicts(1500);
    let decided = many
        .iter()
        .filter(|v| matches!(v, Verdict::Supported | Verdict::NotSupported))
        .count();
    assert!(decided >= 4, "{many:?}");
}

#[test]
fn the_arms_of_an_experiment_stand_side_by_side() {
    let instrument = instrument();
    let rules = Parameters::default();
    let aggregates = release(&instrument, &sheets(&instrument, 900));
    let trend = instrument
        .hypotheses
        .iter()
        .find(|h| h.id == "H8")
        .map(|h| put_to_test(&instrument, &aggregates, &rules, &[], h).evidence);
    let Some(Evidence::Trend(arms, _)) = trend else {
        panic!("{trend:?}")
    };
    let levels: Vec<_> = arms.iter().map(|(level, _)| level.as_str()).collect();
    assert_eq!(levels, ["5", "15", "30"]);
    let drawn: u64 = arms.iter().map(|(_, figure)| figure.n).sum();
    let asked = aggregates.table("tradeoff_offer").unwrap().base.unwrap();
    assert!(drawn.abs_diff(asked) <= 10, "{drawn} of {asked}");
}

fn raw(id: &str, counts: &[u64], inputs: Vec<Input>) -> RawTable {
    RawTable {
        id: id.to_owned(),
        question: id.to_owned(),
        by: None,
        kind: if inputs.is_empty() {
            TableKind::Count
        } else {
            TableKind::Index
        },
        sum: Sum::Base,
        sensitive: false,
        inputs,
        rows: (0..counts.len())
            .map(|i| RawRow {
                code: i.to_string(),
                possible: true,
                missing: false,
            })
            .collect(),
        columns: vec![RawColumn {
            by_code: None,
            base: counts.iter().sum(),
            counts: counts.to_vec(),
        }],
    }
}

/// An index that is true exactly for those who gave one of two answers, of which one is hidden.
fn telling(hidden: u64, shown: u64) -> Table {
    let input = Input {
        table: "q".to_owned(),
        agrees: vec![
            vec![false, true],
            vec![false, true],
            vec![true, false],
            vec![true, false],
        ],
        absent: vec![false, false],
    };
    let yes = hidden + shown;
    let tables = [
        raw("q", &[hidden, shown, 60, 4], vec![]),
        raw("i", &[64, yes], vec![input]),
    ];
    let n = 64 + yes;
    let out = protect(1, n, &tables, &[], &Parameters::default(), 1);
    out.aggregates.table("i").unwrap().clone()
}

#[test]
fn an_index_that_would_tell_a_hidden_answer_waits() {
    let table = telling(3, 40);
    assert!(table.withheld_for(Reason::Waits), "{table:?}");
}

proptest! {
    /// Whatever is hidden and rounded: the exact mean lies where the release says it can.
    #[test]
    fn the_exact_mean_is_never_outside(counts in prop::collection::vec(0_u64..60, 3..9)) {
        let rules = Parameters::default();
        let total: u64 = counts.iter().sum();
        prop_assume!(total >= 30);
        let cell = |(i, &count): (usize, &u64)| {
            let shown = count >= rules.min_cell;
            Cell {
                code: Some(i.to_string()),
                by_code: None,
                count: shown.then(|| rules.round(count)),
                status: if shown { Status::Shown } else { Status::FewerThan10 },
                reason: None,
            }
        };
        let table = Table {
            id: "q".to_owned(),
            question: "q".to_owned(),
            by: None,
            kind: TableKind::Count,
            sum: Sum::Base,
            base: Some(rules.round(total)),
            cells: counts.iter().enumerate().map(cell).collect(),
        };
        let values: Vec<_> = (0..counts.len())
            .map(|i| (i.to_string(), Interval { low: i as f64, high: i as f64 }))
            .collect();
        if let Some(mean) = table_mean(&table, &values, &rules) {
            let sum: u64 = counts.iter().zip(0..).map(|(count, value)| count * value).sum();
            let exact = sum as f64 / total as f64;
            prop_assert!(mean.certain.low <= exact + 1e-9 && exact <= mean.certain.high + 1e-9);
            prop_assert!(mean.interval.low <= mean.certain.low);
        }
    }
}

#[test]
fn the_release_never_says_more_than_its_tables() {
    let aggregates = Aggregates {
        release: 1,
        n: 30,
        tables: vec![],
    };
    let instrument = instrument();
    for derived in &instrument.derived {
        let said = index_figure(&instrument, &aggregates, derived, &Parameters::default());
        assert_eq!(said, None, "{}", derived.id);
    }
}

#[test]
fn only_numbers_go_together() {
    let source = include_str!("../../instruments/partake_core/instrument.yaml");
    for (measure, fault) in [
        (
            "[ai_use, open_condition]",
            "unknown scale or index `open_condition`",
        ),
        ("[ai_use]", "`correlation` takes two scales or indices"),
        ("[ai_use, takng_part]", "did you mean `taking_part`?"),
    ] {
        let written = source.replace("[ai_use, taking_part]}", &format!("{measure}}}"));
        let faults = load(&written).unwrap_err();
        assert!(
            faults.iter().any(|f| f.message.contains(fault)),
            "{faults:?}"
        );
    }
}

#[test]
fn what_the_public_file_tells_as_it_was_answered_can_decide_a_hypothesis() {
    let instrument = instrument();
    let measure = |first: &str, second: &str| Measure::Correlation {
        first: first.to_owned(),
        second: second.to_owned(),
    };
    assert!(from_public_file(
        &instrument,
        &measure("crumple_gap", "ai_use")
    ));
    for coarse in ["age_band", "ai_first_year", "mgr_practice__none"] {
        assert!(
            !from_public_file(&instrument, &measure(coarse, "ai_use")),
            "{coarse}"
        );
    }
}

/// Rows of the file in which more AI goes with more taking part, but for one in five.
fn relations(instrument: &Instrument, rows: usize) -> Vec<Relation> {
    let file = instrument.public_file.as_ref().unwrap();
    let variables = variables(instrument, file);
    let place = |name: &str| variables.iter().position(|v| v.name == name).unwrap();
    let (used, part) = (place("ai_use"), place("taking_part"));
    let codes = ["never", "tried", "monthly", "weekly", "daily", "many"];
    let mut relating = Relating::new(instrument, file, &variables);
    for row in 0..rows {
        let step = row % codes.len();
        let felt = if row % 5 == 0 {
            50
        } else {
            step * 15 + row % 7
        };
        let felt = felt.to_string();
        let states = ["dk", "skipped", "not_asked", "*"];
        let code = if row % 9 == 8 {
            states[row % 4]
        } else {
            codes[step]
        };
        relating.add(|at| match at {
            at if at == used => code,
            at if at == part => felt.as_str(),
            _ => "*",
        });
    }
    relating.finish()
}

#[test]
fn a_hypothesis_about_two_answers_is_decided_by_the_public_file_alone() {
    let instrument = instrument();
    let rules = Parameters::default();
    let nothing = Aggregates {
        release: 1,
        n: 0,
        tables: vec![],
    };
    let verdict = |relations: &[Relation]| {
        let rival = instrument.hypotheses.iter().find(|h| h.id == "H0").unwrap();
        put_to_test(&instrument, &nothing, &rules, relations, rival).verdict
    };
    assert_eq!(verdict(&[]), Verdict::TooFew);
    assert_eq!(verdict(&relations(&instrument, 110)), Verdict::TooFew);
    let enough = relations(&instrument, 400);
    let rival = enough.iter().find(|r| r.hypothesis == "H0").unwrap();
    assert_eq!(rival.n, 356, "every ninth did not say");
    assert_eq!(verdict(&enough), Verdict::Supported);
    let mut turned = enough.clone();
    for relation in &mut turned {
        if let Some(found) = &mut relation.found {
            (found.low, found.high) = (-found.high, -found.low);
        }
    }
    assert_eq!(verdict(&turned), Verdict::NotSupported);
    let others = enough.iter().filter(|r| r.hypothesis != "H0");
    assert!(others.clone().count() == 2 && others.clone().all(|r| r.n == 0 && r.found.is_none()));
}
