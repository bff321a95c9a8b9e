//! Protecting all tables of a release together.

use std::collections::BTreeMap;

use super::{
    grid::Grid,
    one::{Around, protect_one, publish, withheld},
    suppress::blur,
};
use crate::disclosure::{
    Aggregates, Audit, AuditedCell, AuditedIncrement, AuditedTable, Parameters, RawTable, Reason,
    Table,
    audit::{
        increment::{Increment, compare},
        inputs::{Shown, apart},
        published::{Beside, intervals},
    },
};

/// How many more counts are withheld for the sake of an earlier release before the whole table
/// waits.
const BLURS: usize = 12;

/// What may be published of a release, and the proof.
#[derive(Clone, Debug, PartialEq)]
pub struct Protected {
    /// Every published number.
    pub aggregates: Aggregates,
    /// What the published numbers leave open.
    pub audit: Audit,
}

/// Protects the tables of release `number` with `n` responses in it (exact).
///
/// `earlier` are the releases published before, newest first; `workers` is how many threads
/// may share the work.
#[must_use]
pub fn protect(
    number: u32,
    n: u64,
    raw: &[RawTable],
    earlier: &[Aggregates],
    rules: &Parameters,
    workers: usize,
) -> Protected {
    let release = Release {
        earlier: earlier.iter().map(index).collect(),
        raw: raw.iter().map(|t| (t.id.as_str(), t)).collect(),
        rules,
        workers,
    };
    let first = |t: &&RawTable| t.by.is_none() && t.inputs.is_empty();
    let (wholes, splits): (Vec<_>, Vec<_>) = raw.iter().partition(first);
    let done = release.round(&wholes, &BTreeMap::new());
    let shown: BTreeMap<&str, &Table> = done
        .iter()
        .map(|d| (d.table.id.as_str(), &d.table))
        .collect();
    let split = release.round(&splits, &shown);

    let mut by_id: BTreeMap<String, Done> = done
        .into_iter()
        .chain(split)
        .map(|done| (done.table.id.clone(), done))
        .collect();
    let ordered: Vec<Done> = raw.iter().filter_map(|t| by_id.remove(&t.id)).collect();
    let narrowest = ordered
        .iter()
        .flat_map(|done| &done.hidden)
        .map(|cell| cell.high - cell.low)
        .min();
    let audit = Audit {
        release: number,
        parameters: *rules,
        hidden: ordered
            .iter()
            .map(|done| u64::try_from(done.hidden.len()).unwrap_or(u64::MAX))
            .sum(),
        narrowest,
        tables: ordered
            .iter()
            .filter(|done| !done.hidden.is_empty())
            .map(|done| AuditedTable {
                id: done.table.id.clone(),
                by: done.table.by.clone(),
                sum: done.table.sum,
                cells: done.hidden.clone(),
            })
            .collect(),
        increments: ordered
            .iter()
            .flat_map(|done| done.increments.clone())
            .collect(),
    };
    Protected {
        aggregates: Aggregates {
            release: number,
            n: rules.round(n),
            tables: ordered.into_iter().map(|done| done.table).collect(),
        },
        audit,
    }
}

struct Release<'a> {
    earlier: Vec<(u32, BTreeMap<&'a str, &'a Table>)>,
    raw: BTreeMap<&'a str, &'a RawTable>,
    rules: &'a Parameters,
    workers: usize,
}

struct Done {
    table: Table,
    hidden: Vec<AuditedCell>,
    increments: Vec<AuditedIncrement>,
}

fn index(release: &Aggregates) -> (u32, BTreeMap<&str, &Table>) {
    let tables = release.tables.iter().map(|t| (t.id.as_str(), t)).collect();
    (release.release, tables)
}

impl Release<'_> {
    fn round(&self, raw: &[&RawTable], shown: &BTreeMap<&str, &Table>) -> Vec<Done> {
        in_parallel(raw, self.workers, |raw| self.one(raw, shown))
    }

    fn one(&self, raw: &RawTable, shown: &BTreeMap<&str, &Table>) -> Done {
        let beside = Beside {
            whole: raw
                .by
                .as_ref()
                .and_then(|_| shown.get(raw.whole_id()).copied()),
            background: raw
                .by
                .as_ref()
                .and_then(|by| shown.get(by.as_str()).copied()),
        };
        let published = self.published(&raw.id);
        let around = Around {
            whole: beside.whole,
            background: beside.background,
            published: &published,
        };
        let (mut table, increments) = match protect_one(raw, self.rules, &around) {
            Ok(grid) => self.beside_earlier(grid, &published),
            Err(reason) => (withheld(raw, reason), vec![]),
        };
        if let Some(reason) = self.beside_inputs(raw, &table, shown) {
            table = withheld(raw, reason);
        }
        let mut hidden = vec![];
        for (position, interval) in intervals(&table, beside, self.rules) {
            let cell = table.cells.get(position);
            let wide = interval.filter(|(low, high)| high - low >= self.rules.min_width);
            match cell.zip(wide) {
                Some((cell, (low, high))) => hidden.push(AuditedCell {
                    code: cell.code.clone(),
                    by_code: cell.by_code.clone(),
                    status: cell.status,
                    low,
                    high,
                }),
                // Nothing is published on the strength of an audit that was not passed.
                None => {
                    return Done {
                        table: withheld(raw, Reason::Waits),
                        hidden: vec![],
                        increments,
                    };
                }
            }
        }
        Done {
            table,
            hidden,
            increments,
        }
    }

    /// Why an index cannot be shown beside the tables that it is computed from.
    fn beside_inputs(
        &self,
        raw: &RawTable,
        table: &Table,
        shown: &BTreeMap<&str, &Table>,
    ) -> Option<Reason> {
        if table.withheld() {
            return None;
        }
        raw.inputs.iter().find_map(|input| {
            let answers = shown.get(input.table.as_str());
            let counts = self.raw.get(input.table.as_str());
            let Some((answers, counts)) = answers.zip(counts) else {
                return Some(Reason::Waits);
            };
            if answers.withheld_for(Reason::BaseBelowMinimum) {
                return Some(Reason::BaseBelowMinimum);
            }
            let index = Shown { counts: raw, table };
            let answers = Shown {
                counts,
                table: answers,
            };
            (answers.table.withheld() || !apart(input, answers, index, self.rules))
                .then_some(Reason::Waits)
        })
    }

    /// What may be shown when the earlier publications are laid beside it: more is withheld until
    /// they tell nothing together, or the table waits.
    fn beside_earlier(
        &self,
        mut grid: Grid<'_>,
        published: &[(u32, &Table)],
    ) -> (Table, Vec<AuditedIncrement>) {
        let raw = grid.raw;
        let compared = |waits: bool, table: &Table| -> Vec<AuditedIncrement> {
            let since = compared(table, published)
                .into_iter()
                .map(|(since, _)| since);
            since
                .map(|since| AuditedIncrement {
                    id: raw.id.clone(),
                    since,
                    waits,
                })
                .collect()
        };
        for _ in 0..=BLURS {
            let table = publish(&grid);
            let telling = self::compared(&table, published)
                .into_iter()
                .map(|(_, before)| compare(&table, before, self.rules))
                .find(|increment| *increment != Increment::Open);
            let Some(Increment::Telling { code, by_code }) = telling else {
                let increments = compared(false, &table);
                return (table, increments);
            };
            if blur(&mut grid, code.as_deref(), by_code.as_deref()).is_err() {
                break;
            }
        }
        let increments = compared(true, &publish(&grid));
        (withheld(raw, Reason::Waits), increments)
    }

    /// Earlier publications of a table, newest first.
    fn published(&self, id: &str) -> Vec<(u32, &Table)> {
        self.earlier
            .iter()
            .filter_map(|(number, tables)| Some((*number, *tables.get(id)?)))
            .filter(|(_, table)| !table.withheld())
            .collect()
    }
}

/// The earlier publications that say something together with this one: the last, and each that
/// hid and showed other cells than the last. One that looks like this one counts too: what was
/// withheld in between, so that the two could not be compared, must not be shown beside it again.
fn compared<'t>(now: &Table, published: &[(u32, &'t Table)]) -> Vec<(u32, &'t Table)> {
    if now.withheld() {
        return vec![];
    }
    let Some(&(_, last)) = published.first() else {
        return vec![];
    };
    let pattern = |table: &Table| -> Vec<_> { table.cells.iter().map(|c| c.status).collect() };
    let recent = pattern(last);
    published
        .iter()
        .enumerate()
        .filter(|(i, (_, table))| *i == 0 || pattern(table) != recent)
        .map(|(_, found)| *found)
        .collect()
}

fn in_parallel<T: Sync, R: Send>(
    items: &[T],
    workers: usize,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    if workers < 2 || items.len() < 2 {
        return items.iter().map(work).collect();
    }
    let share = items.len().div_ceil(workers);
    std::thread::scope(|scope| {
        let running: Vec<_> = items
            .chunks(share)
            .map(|chunk| scope.spawn(|| chunk.iter().map(&work).collect::<Vec<R>>()))
            .collect();
        running
            .into_iter()
            .flat_map(|thread| match thread.join() {
                Ok(done) => done,
                Err(panic) => std::panic::resume_unwind(panic),
            })
            .collect()
    })
}
