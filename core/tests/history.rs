//! Histories of releases against a reader who keeps them all, judged by enumeration: every table
//! of every release that agrees with all that was published, people only ever joining.
#![cfg(feature = "release")]

use partake_core::disclosure::{
    Aggregates, Parameters, RawColumn, RawRow, RawTable, Status, Sum, Table, TableKind, protect,
};
use proptest::prelude::*;

const ROWS: usize = 3;
const WIDTH: u64 = 5;

type Counts = [u64; ROWS];

fn raw(counts: Counts) -> RawTable {
    RawTable {
        id: "q".to_owned(),
        question: "q".to_owned(),
        by: None,
        kind: TableKind::Count,
        sum: Sum::Base,
        sensitive: false,
        inputs: vec![],
        rows: (0..ROWS)
            .map(|i| RawRow {
                code: format!("r{i}"),
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

/// Publishes each state of the table beside the ones before.
fn published(history: &[Counts], rules: &Parameters) -> Vec<Table> {
    let mut earlier: Vec<Aggregates> = Vec::new();
    for (counts, number) in history.iter().zip(1..) {
        let n = counts.iter().sum();
        let made = protect(number, n, &[raw(*counts)], &earlier, rules, 1);
        earlier.insert(0, made.aggregates);
    }
    earlier.reverse();
    earlier
        .into_iter()
        .map(|mut release| release.tables.remove(0))
        .filter(|table| !table.withheld())
        .collect()
}

/// Every table that agrees with one publication.
fn agreeing(table: &Table, rules: &Parameters) -> Vec<Counts> {
    let (base_low, base_high) = rules.unround(table.base.unwrap_or(0));
    let bounds: Vec<(u64, u64)> = table
        .cells
        .iter()
        .map(|cell| match (cell.status, cell.count) {
            (Status::Shown, Some(count)) => {
                let (low, high) = rules.unround(count);
                (low.max(rules.min_cell), high)
            }
            (Status::FewerThan10, _) => (0, rules.min_cell - 1),
            // What is smaller would be called so.
            _ => (rules.min_cell, base_high),
        })
        .collect();
    let mut found = Vec::new();
    for a in bounds[0].0..=bounds[0].1 {
        for b in bounds[1].0..=bounds[1].1 {
            let left = |base: u64| base.saturating_sub(a + b);
            for c in bounds[2].0.max(left(base_low))..=bounds[2].1.min(left(base_high)) {
                if (base_low..=base_high).contains(&(a + b + c)) {
                    found.push([a, b, c]);
                }
            }
        }
    }
    found
}

fn joined(before: &Counts, after: &Counts) -> bool {
    before.iter().zip(after).all(|(b, a)| b <= a)
}

#[derive(Clone, Copy)]
struct Reach(u64, u64);

impl Reach {
    const NONE: Self = Self(u64::MAX, 0);

    fn see(&mut self, value: u64) {
        *self = Self(self.0.min(value), self.1.max(value));
    }

    fn width(self) -> u64 {
        self.1.saturating_sub(self.0)
    }
}

/// What is possible in each release given all of them: tables that some history leads to and from.
fn possible(tables: &[Table], rules: &Parameters) -> Vec<Vec<Counts>> {
    let mut stages: Vec<Vec<Counts>> = tables.iter().map(|t| agreeing(t, rules)).collect();
    for k in 1..stages.len() {
        let before = std::mem::take(&mut stages[k - 1]);
        stages[k].retain(|after| before.iter().any(|b| joined(b, after)));
        stages[k - 1] = before;
    }
    for k in (1..stages.len()).rev() {
        let after = std::mem::take(&mut stages[k]);
        stages[k - 1].retain(|before| after.iter().any(|a| joined(before, a)));
        stages[k] = after;
    }
    stages
}

/// The narrowest interval of a hidden count, and the fewest values of an increment less one.
fn narrowest(tables: &[Table], rules: &Parameters) -> (u64, u64) {
    let stages = possible(tables, rules);
    let (mut hidden, mut increment) = (u64::MAX, u64::MAX);
    for (table, stage) in tables.iter().zip(&stages) {
        for (row, cell) in table.cells.iter().enumerate() {
            let mut reach = Reach::NONE;
            stage.iter().for_each(|counts| reach.see(counts[row]));
            if cell.status != Status::Shown {
                hidden = hidden.min(reach.width());
            }
        }
    }
    for pair in stages.windows(2) {
        let mut reaches = [Reach::NONE; ROWS];
        for before in &pair[0] {
            for after in pair[1].iter().filter(|after| joined(before, after)) {
                for (reach, (b, a)) in reaches.iter_mut().zip(before.iter().zip(after)) {
                    reach.see(a - b);
                }
            }
        }
        for reach in reaches {
            increment = increment.min(reach.width());
        }
    }
    (hidden, increment)
}

fn histories() -> impl Strategy<Value = Vec<Counts>> {
    let count = prop_oneof![0_u64..14, 8_u64..60];
    let joining = prop_oneof![Just(0_u64), 0_u64..6, 0_u64..30];
    (
        [count.clone(), count.clone(), count],
        prop::collection::vec([joining.clone(), joining.clone(), joining], 1..3),
    )
        .prop_map(|(first, steps)| {
            let mut history = vec![first];
            for step in steps {
                let mut next = history[history.len() - 1];
                next.iter_mut().zip(step).for_each(|(n, s)| *n += s);
                history.push(next);
            }
            history
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn no_history_of_releases_tells_more_than_is_promised(history in histories()) {
        let rules = Parameters::default();
        let tables = published(&history, &rules);
        let (hidden, increment) = narrowest(&tables, &rules);
        prop_assert!(hidden >= WIDTH, "{history:?}: a hidden count within {hidden}: {tables:?}");
        prop_assert!(
            increment >= WIDTH - 1,
            "{history:?}: an increment within {increment}: {tables:?}"
        );
    }
}

#[test]
fn without_the_audits_a_history_does_tell() {
    let rules = Parameters {
        min_width: 0,
        ..Parameters::default()
    };
    // Two counts at the lower end of their rounding beside a sum at the upper end of its own.
    let tables = published(&[[33, 33, 1], [43, 43, 1]], &rules);
    let (hidden, _) = narrowest(&tables, &rules);
    assert!(hidden < WIDTH, "{hidden}: {tables:?}");
}
