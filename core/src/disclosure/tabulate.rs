//! Counting answer sheets into the planned tables.

use std::collections::{BTreeMap, HashMap};

use super::{Planned, RawColumn, RawRow, RawTable, bands, crossings, plan, plan::background};
use crate::{
    instrument::{BestWorst, Instrument, Kind, Question},
    response::{Answer, Pick, Sheet},
};

/// Counts sheets one at a time, so that a release reads the store once and holds no sheet.
#[derive(Debug)]
pub struct Tabulator<'a> {
    tables: Vec<Counting>,
    questions: HashMap<&'a str, Counted<'a>>,
    background: Vec<Background<'a>>,
    /// Where in each background question the sheet at hand stands.
    stands: Vec<Option<usize>>,
    sheets: u64,
}

#[derive(Debug)]
struct Background<'a> {
    question: &'a str,
    codes: HashMap<&'a str, usize>,
    ordered: Vec<&'a str>,
}

#[derive(Debug)]
struct Counting {
    planned: Planned,
    whole: Column,
    splits: Vec<Split>,
    index: HashMap<String, usize>,
}

#[derive(Debug)]
struct Split {
    id: String,
    background: usize,
    columns: Vec<Column>,
}

#[derive(Clone, Debug)]
struct Column {
    base: u64,
    counts: Vec<u64>,
}

#[derive(Debug)]
struct Counted<'a> {
    question: &'a Question,
    bands: Vec<bands::Band>,
    /// Tables of the question: by row, or in the order of the plan.
    tables: Vec<usize>,
    rows: HashMap<String, usize>,
}

impl Column {
    fn add(&mut self, cells: &[usize]) {
        self.base += 1;
        for &cell in cells {
            if let Some(count) = self.counts.get_mut(cell) {
                *count += 1;
            }
        }
    }

    fn raw(self, by_code: Option<&str>) -> RawColumn {
        RawColumn {
            by_code: by_code.map(str::to_owned),
            base: self.base,
            counts: self.counts,
        }
    }
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
            whole: Column {
                base: 0,
                counts: vec![0; planned.cells.len()],
            },
            splits: vec![],
            index,
            planned,
        }
    }

    /// One person's answers; they are in the base once, when at least one code is the table's.
    fn person<'c>(&mut self, codes: impl IntoIterator<Item = &'c str>, stands: &[Option<usize>]) {
        let cells: Vec<usize> = codes
            .into_iter()
            .filter_map(|code| self.index.get(code).copied())
            .collect();
        if cells.is_empty() {
            return;
        }
        self.whole.add(&cells);
        for split in &mut self.splits {
            let column = stands.get(split.background).copied().flatten();
            if let Some(column) = column.and_then(|c| split.columns.get_mut(c)) {
                column.add(&cells);
            }
        }
    }

    fn finish(self, background: &[Background<'_>]) -> Vec<RawTable> {
        let rows: Vec<RawRow> = self
            .planned
            .cells
            .into_iter()
            .map(|cell| RawRow {
                code: cell.code,
                possible: cell.possible,
                missing: cell.missing,
            })
            .collect();
        let whole = RawTable {
            id: self.planned.id,
            question: self.planned.question,
            by: None,
            kind: self.planned.kind,
            sum: self.planned.sum,
            sensitive: self.planned.sensitive,
            rows,
            columns: vec![self.whole.raw(None)],
        };
        let splits = self.splits.into_iter().filter_map(|split| {
            let by = background.get(split.background)?;
            Some(RawTable {
                id: split.id,
                by: Some(by.question.to_owned()),
                columns: split
                    .columns
                    .into_iter()
                    .zip(&by.ordered)
                    .map(|(column, code)| column.raw(Some(code)))
                    .collect(),
                ..whole.clone()
            })
        });
        let mut tables: Vec<_> = splits.collect();
        tables.insert(0, whole);
        tables
    }
}

impl<'a> Tabulator<'a> {
    /// Empty tables for an instrument.
    #[must_use]
    pub fn new(instrument: &'a Instrument) -> Self {
        let mut tables: Vec<_> = plan(instrument).into_iter().map(Counting::new).collect();
        let background: Vec<Background<'_>> = background(instrument)
            .map(|(question, options)| Background {
                question: &question.id,
                codes: options
                    .iter()
                    .enumerate()
                    .map(|(i, c)| (c.code.as_str(), i))
                    .collect(),
                ordered: options.iter().map(|c| c.code.as_str()).collect(),
            })
            .collect();
        for crossing in crossings(instrument) {
            let by = background.iter().position(|b| b.question == crossing.by);
            let table = tables.iter_mut().find(|t| t.planned.id == crossing.table);
            if let (Some(by), Some(table)) = (by, table) {
                let columns = background.get(by).map_or(0, |b| b.ordered.len());
                table.splits.push(Split {
                    id: crossing.id,
                    background: by,
                    columns: vec![table.whole.clone(); columns],
                });
            }
        }
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
            stands: vec![None; background.len()],
            background,
            sheets: 0,
        }
    }

    /// Counts one sheet.
    pub fn add(&mut self, sheet: &Sheet) {
        self.sheets += 1;
        for (stands, by) in self.stands.iter_mut().zip(&self.background) {
            *stands = match sheet.answers.get(by.question) {
                Some(Answer::Code(code)) => by.codes.get(code.as_str()).copied(),
                _ => None,
            };
        }
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
        self.stands.fill(None);
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
            table.person(codes, &self.stands);
        }
    }

    /// Number of sheets counted.
    #[must_use]
    pub const fn sheets(&self) -> u64 {
        self.sheets
    }

    /// The exact tables: each one-way table, followed by its splits.
    #[must_use]
    pub fn finish(self) -> Vec<RawTable> {
        let background = self.background;
        self.tables
            .into_iter()
            .flat_map(|table| table.finish(&background))
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
