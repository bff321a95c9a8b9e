//! Counting answer sheets into the planned tables.

use std::collections::{BTreeMap, HashMap};

use super::{Planned, PlannedCell, TableKind, bands, plan};
use crate::{
    instrument::{BestWorst, Instrument, Kind, Question},
    response::{Answer, Pick, Sheet},
};

/// A table with its exact counts. It never leaves the server.
#[derive(Clone, Debug, PartialEq)]
pub struct RawTable {
    /// Id of the table.
    pub id: String,
    /// Question.
    pub question: String,
    /// What the cells count.
    pub kind: TableKind,
    /// People who answered.
    pub base: u64,
    /// Cells in declared order.
    pub cells: Vec<RawCell>,
}

/// A cell with its exact count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawCell {
    /// Code.
    pub code: String,
    /// Exact count.
    pub count: u64,
    /// False for a structural zero.
    pub possible: bool,
}

/// Counts sheets one at a time, so that a release reads the store once and holds no sheet.
#[derive(Debug)]
pub struct Tabulator<'a> {
    tables: Vec<Counting>,
    questions: HashMap<&'a str, Counted<'a>>,
    sheets: u64,
}

#[derive(Debug)]
struct Counting {
    planned: Planned,
    base: u64,
    counts: Vec<u64>,
    index: HashMap<String, usize>,
}

#[derive(Debug)]
struct Counted<'a> {
    question: &'a Question,
    bands: Vec<bands::Band>,
    /// Tables of the question: by row, or in the order of the plan.
    tables: Vec<usize>,
    rows: HashMap<String, usize>,
}

impl Counting {
    fn new(planned: Planned) -> Self {
        let index = planned
            .cells
            .iter()
            .enumerate()
            .map(|(i, c)| (c.code.clone(), i))
            .collect();
        Self {
            base: 0,
            counts: vec![0; planned.cells.len()],
            index,
            planned,
        }
    }

    /// True when the code is one of the table's.
    fn count(&mut self, code: &str) -> bool {
        let slot = self.index.get(code).and_then(|&i| self.counts.get_mut(i));
        if let Some(slot) = slot {
            *slot += 1;
            true
        } else {
            false
        }
    }

    /// One person's answers; they are in the base once, when at least one code is the table's.
    fn person<'c>(&mut self, codes: impl IntoIterator<Item = &'c str>) {
        let mut counted = false;
        for code in codes {
            counted |= self.count(code);
        }
        if counted {
            self.base += 1;
        }
    }
}

impl<'a> Tabulator<'a> {
    /// Empty tables for an instrument.
    #[must_use]
    pub fn new(instrument: &'a Instrument) -> Self {
        let tables: Vec<_> = plan(instrument).into_iter().map(Counting::new).collect();
        let mut questions: HashMap<&str, Counted<'a>> = HashMap::new();
        for question in instrument.questions() {
            let bands = match &question.kind {
                Kind::Slider(slider) => bands::of_slider(slider),
                Kind::Number(number) => bands::of_number(number),
                _ => vec![],
            };
            let of_question = |t: &&Counting| t.planned.question == question.id;
            let counted = Counted {
                question,
                bands,
                tables: (0..tables.len())
                    .filter(|&i| tables.get(i).as_ref().is_some_and(of_question))
                    .collect(),
                rows: tables
                    .iter()
                    .enumerate()
                    .filter(|(_, t)| of_question(t))
                    .filter_map(|(i, t)| Some((t.planned.row.clone()?, i)))
                    .collect(),
            };
            questions.insert(&question.id, counted);
        }
        Self {
            tables,
            questions,
            sheets: 0,
        }
    }

    /// Counts one sheet.
    pub fn add(&mut self, sheet: &Sheet) {
        self.sheets += 1;
        for (id, answer) in &sheet.answers {
            let Some(counted) = self.questions.get(id.as_str()) else {
                continue;
            };
            match answer {
                Answer::Code(code) => self.add_codes(&counted.tables.clone(), [code.as_str()]),
                Answer::Codes(codes) => {
                    self.add_codes(&counted.tables.clone(), codes.iter().map(String::as_str));
                }
                Answer::Number(value) => {
                    let band = bands::index_of(&counted.bands, *value)
                        .and_then(|i| counted.bands.get(i))
                        .map(|b| b.code.clone());
                    if let Some(code) = band {
                        self.add_codes(&counted.tables.clone(), [code.as_str()]);
                    }
                }
                Answer::Rows(rows) => self.add_rows(id, rows),
                Answer::Ranking(places) => {
                    let [first, top] = *counted.tables.as_slice() else {
                        continue;
                    };
                    self.person(first, places.first().map(String::as_str));
                    self.person(top, places.iter().map(String::as_str));
                }
                Answer::BestWorst(picks) => {
                    let Kind::BestWorst(bw) = &counted.question.kind else {
                        continue;
                    };
                    let [best, worst, shown] = *counted.tables.as_slice() else {
                        continue;
                    };
                    let sets = sets(bw, sheet.assignment.get(&bw.factor));
                    self.person(best, picks.iter().filter_map(|p| p.best.as_deref()));
                    self.person(worst, picks.iter().filter_map(|p| p.worst.as_deref()));
                    self.person(
                        shown,
                        picks
                            .iter()
                            .zip(sets)
                            .filter(|(pick, _)| **pick != Pick::default())
                            .flat_map(|(_, set)| set.iter().map(String::as_str)),
                    );
                }
                Answer::Text(_) => {}
            }
        }
    }

    /// Counts one sheet of votes, which is stored apart from the answers.
    pub fn add_votes(&mut self, votes: &BTreeMap<String, String>) {
        let question = self
            .questions
            .values()
            .find(|c| matches!(c.question.kind, Kind::Votes(_)))
            .map(|c| c.question.id.clone());
        if let Some(id) = question {
            self.add_rows(&id, votes);
        }
    }

    fn add_rows(&mut self, question: &str, rows: &BTreeMap<String, String>) {
        for (row, code) in rows {
            let table = self
                .questions
                .get(question)
                .and_then(|c| c.rows.get(row))
                .copied();
            if let Some(table) = table {
                self.person(table, [code.as_str()]);
            }
        }
    }

    fn add_codes<'c>(&mut self, tables: &[usize], codes: impl IntoIterator<Item = &'c str>) {
        if let Some(&table) = tables.first() {
            self.person(table, codes);
        }
    }

    fn person<'c>(&mut self, table: usize, codes: impl IntoIterator<Item = &'c str>) {
        if let Some(table) = self.tables.get_mut(table) {
            table.person(codes);
        }
    }

    /// Number of sheets counted.
    #[must_use]
    pub const fn sheets(&self) -> u64 {
        self.sheets
    }

    /// The exact tables.
    #[must_use]
    pub fn finish(self) -> Vec<RawTable> {
        self.tables
            .into_iter()
            .map(|table| RawTable {
                id: table.planned.id,
                question: table.planned.question,
                kind: table.planned.kind,
                base: table.base,
                cells: table
                    .planned
                    .cells
                    .into_iter()
                    .zip(table.counts)
                    .map(|(PlannedCell { code, possible, .. }, count)| RawCell {
                        code,
                        count,
                        possible,
                    })
                    .collect(),
            })
            .collect()
    }
}

/// The sets that a respondent saw.
fn sets<'b>(bw: &'b BestWorst, level: Option<&String>) -> &'b [Vec<String>] {
    bw.classes
        .iter()
        .find(|(class, _)| Some(class) == level)
        .map_or(&[], |(_, sets)| sets.as_slice())
}

/// Counts all sheets and all sheets of votes.
#[must_use]
pub fn tabulate<'s>(
    instrument: &Instrument,
    sheets: impl IntoIterator<Item = &'s Sheet>,
    votes: impl IntoIterator<Item = &'s BTreeMap<String, String>>,
) -> Vec<RawTable> {
    let mut tabulator = Tabulator::new(instrument);
    sheets.into_iter().for_each(|sheet| tabulator.add(sheet));
    votes
        .into_iter()
        .for_each(|votes| tabulator.add_votes(votes));
    tabulator.finish()
}
