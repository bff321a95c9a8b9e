//! Counting answer sheets into the planned tables.

use std::collections::{BTreeMap, HashMap};

use super::{
    Attention, Formula, Planned, RawColumn, RawRow, RawTable, TableKind, bands, crossings,
    index_bands, plan,
    plan::{arms, attention, background},
};
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
    indices: Indices,
    sheets: u64,
}

#[derive(Debug)]
struct Background<'a> {
    by: By<'a>,
    codes: HashMap<&'a str, usize>,
    ordered: Vec<&'a str>,
}

/// By what people are told apart.
#[derive(Debug, PartialEq)]
enum By<'a> {
    Answer(&'a str),
    Arm(&'a str),
    Attention(String),
}

#[derive(Debug)]
struct Counting {
    planned: Planned,
    whole: Column,
    splits: Vec<Split>,
    index: HashMap<String, usize>,
    /// Where the answers of the person at hand stand in it.
    cells: Vec<usize>,
}

/// What the indices need of the sheet at hand.
#[derive(Debug, Default)]
struct Indices {
    formulas: Vec<Banded>,
    /// The value of each answer that some index needs.
    values: Vec<Option<f64>>,
    /// By table: the place of its value, and the value of each cell.
    slots: HashMap<usize, (usize, Vec<Option<f64>>)>,
}

#[derive(Debug)]
struct Banded {
    formula: Formula,
    /// The place of each of its slots among the values.
    places: Vec<usize>,
    bands: Vec<bands::Band>,
    table: usize,
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

    fn join(&mut self, other: &Self) {
        self.base += other.base;
        for (count, counted) in self.counts.iter_mut().zip(&other.counts) {
            *count += counted;
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
            cells: vec![],
            planned,
        }
    }

    /// One person's answers; they are in the base once, when at least one code is the table's.
    fn person<'c>(
        &mut self,
        codes: impl IntoIterator<Item = &'c str>,
        stands: &[Option<usize>],
    ) -> Option<usize> {
        self.cells.clear();
        let cells = codes
            .into_iter()
            .filter_map(|code| self.index.get(code).copied());
        self.cells.extend(cells);
        let first = *self.cells.first()?;
        self.whole.add(&self.cells);
        for split in &mut self.splits {
            let column = stands.get(split.background).copied().flatten();
            if let Some(column) = column.and_then(|c| split.columns.get_mut(c)) {
                column.add(&self.cells);
            }
        }
        Some(first)
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
            inputs: self.planned.inputs,
            rows,
            columns: vec![self.whole.raw(None)],
        };
        let splits = self.splits.into_iter().filter_map(|split| {
            let by = background.get(split.background)?;
            Some(RawTable {
                id: split.id,
                by: Some(by.by.id().to_owned()),
                kind: match by.by {
                    By::Arm(_) => TableKind::Arm,
                    By::Answer(_) | By::Attention(_) => whole.kind,
                },
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

impl<'a> Background<'a> {
    fn new(by: By<'a>, ordered: Vec<&'a str>) -> Self {
        Self {
            by,
            codes: ordered.iter().enumerate().map(|(i, c)| (*c, i)).collect(),
            ordered,
        }
    }

    /// The column of the person at hand.
    fn stands(&self, sheet: &Sheet) -> Option<usize> {
        let code = match &self.by {
            By::Answer(question) => match sheet.answers.get(*question) {
                Some(Answer::Code(code)) => code,
                _ => return None,
            },
            By::Arm(factor) => sheet.assignment.get(*factor)?,
            By::Attention(_) => {
                let passed = sheet.flags.attentive == Some(true);
                return Some(usize::from(!passed));
            }
        };
        self.codes.get(code.as_str()).copied()
    }
}

impl By<'_> {
    fn id(&self) -> &str {
        match self {
            Self::Answer(id) | Self::Arm(id) => id,
            Self::Attention(table) => table,
        }
    }
}

impl<'a> Tabulator<'a> {
    /// Empty tables for an instrument.
    #[must_use]
    pub fn new(instrument: &'a Instrument) -> Self {
        let mut tables: Vec<_> = plan(instrument).into_iter().map(Counting::new).collect();
        let mut background: Vec<Background<'_>> = background(instrument)
            .map(|(question, options)| {
                let codes = options.iter().map(|c| c.code.as_str()).collect();
                Background::new(By::Answer(&question.id), codes)
            })
            .collect();
        for (factor, _) in arms(instrument) {
            let by = By::Arm(&factor.id);
            if background.iter().all(|b| b.by != by) {
                let levels = factor.levels.iter().map(String::as_str).collect();
                background.push(Background::new(by, levels));
            }
        }
        if let Some(Attention { table, passed }) = attention(instrument) {
            let columns = vec![passed, Attention::OTHERWISE];
            background.push(Background::new(By::Attention(table), columns));
        }
        for crossing in crossings(instrument) {
            let by = background.iter().position(|b| b.by.id() == crossing.by);
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
        let indices = Indices::new(instrument, &tables);
        Self {
            tables,
            questions,
            stands: vec![None; background.len()],
            background,
            indices,
            sheets: 0,
        }
    }

    /// Counts one sheet.
    pub fn add(&mut self, sheet: &Sheet) {
        self.sheets += 1;
        for (stands, by) in self.stands.iter_mut().zip(&self.background) {
            *stands = by.stands(sheet);
        }
        self.indices.values.fill(None);
        self.add_arms(sheet);
        for (id, answer) in &sheet.answers {
            let Some(counted) = self.questions.get(id.as_str()) else {
                continue;
            };
            match answer {
                Answer::Code(code) => {
                    if let Some(&table) = counted.tables.first() {
                        self.person(table, [code.as_str()]);
                    }
                }
                Answer::Codes(codes) => {
                    if let Some(&table) = counted.tables.first() {
                        self.person(table, codes.iter().map(String::as_str));
                    }
                }
                Answer::Number(value) => {
                    let band = bands::index_of(&counted.bands, *value)
                        .and_then(|i| counted.bands.get(i))
                        .map(|b| b.code.clone());
                    if let Some(&table) = counted.tables.first() {
                        if let Some(code) = band {
                            self.person(table, [code.as_str()]);
                        }
                        // The band is published, the number itself enters the indices.
                        self.indices.exactly(table, *value);
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
        for (table, band) in self.indices.bands() {
            if let Some(table) = self.tables.get_mut(table) {
                table.whole.add(&[band]);
            }
        }
    }

    /// The arms that the sheet was drawn for.
    fn add_arms(&mut self, sheet: &Sheet) {
        for i in 0..self.tables.len() {
            let level = self
                .tables
                .get(i)
                .filter(|table| table.planned.kind == TableKind::Arm)
                .and_then(|table| sheet.assignment.get(&table.planned.question));
            if let Some(level) = level {
                self.person(i, [level.as_str()]);
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

    fn person<'c>(&mut self, table: usize, codes: impl IntoIterator<Item = &'c str>) {
        let Some(counting) = self.tables.get_mut(table) else {
            return;
        };
        if let Some(cell) = counting.person(codes, &self.stands) {
            self.indices.cell(table, cell);
        }
    }

    /// Takes over what another one of the same instrument counted.
    pub fn join(&mut self, other: Self) {
        self.sheets += other.sheets;
        for (table, counted) in self.tables.iter_mut().zip(other.tables) {
            table.whole.join(&counted.whole);
            for (split, counted) in table.splits.iter_mut().zip(counted.splits) {
                for (column, counted) in split.columns.iter_mut().zip(&counted.columns) {
                    column.join(counted);
                }
            }
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

impl Indices {
    fn new(instrument: &Instrument, tables: &[Counting]) -> Self {
        let mut indices = Self::default();
        let mut places: HashMap<(String, Option<String>), usize> = HashMap::new();
        for derived in &instrument.derived {
            let table = tables.iter().position(|t| {
                t.planned.kind == TableKind::Index && t.planned.question == derived.id
            });
            let formula = derived
                .expr
                .as_ref()
                .and_then(|expr| Formula::of(instrument, expr));
            let Some((table, formula)) = table.zip(formula) else {
                continue;
            };
            let places = formula
                .slots
                .iter()
                .map(|slot| {
                    *places.entry(slot.clone()).or_insert_with(|| {
                        indices.values.push(None);
                        indices.values.len() - 1
                    })
                })
                .collect();
            indices.formulas.push(Banded {
                formula,
                places,
                bands: index_bands(derived),
                table,
            });
        }
        for ((id, row), place) in places {
            let question = instrument.question(&id);
            let table = tables
                .iter()
                .position(|t| t.planned.question == id && t.planned.row == row);
            let Some((table, question)) = table.zip(question) else {
                continue;
            };
            let value = |code: &str| {
                let choice = question.choice(code).filter(|c| c.missing.is_none());
                choice.and_then(|c| c.value)
            };
            let cells = tables.get(table).map_or(&[][..], |t| &t.planned.cells);
            let values = cells.iter().map(|cell| value(&cell.code)).collect();
            indices.slots.insert(table, (place, values));
        }
        indices
    }

    fn cell(&mut self, table: usize, cell: usize) {
        if let Some((place, values)) = self.slots.get(&table)
            && let Some(value) = self.values.get_mut(*place)
        {
            *value = values.get(cell).copied().flatten();
        }
    }

    fn exactly(&mut self, table: usize, exact: f64) {
        if let Some((place, _)) = self.slots.get(&table)
            && let Some(value) = self.values.get_mut(*place)
        {
            *value = Some(exact);
        }
    }

    /// For each index that the sheet has a value of, its table and the band.
    fn bands(&self) -> Vec<(usize, usize)> {
        self.formulas
            .iter()
            .filter_map(|banded| {
                let slots: Vec<Option<f64>> = banded
                    .places
                    .iter()
                    .map(|&place| self.values.get(place).copied().flatten())
                    .collect();
                let value = banded.formula.value(&slots)?;
                Some((banded.table, bands::index_of(&banded.bands, value)?))
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
