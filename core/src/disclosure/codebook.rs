//! What every code in the tables means, in both languages.

use serde::Serialize;

use super::{Planned, plan, table_csv::Csv, wording::public_text};
use crate::{
    instrument::Instrument,
    lang::{Lang, Text},
};

/// A table and what its codes mean.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// Id of the table.
    pub table: String,
    /// Question.
    pub question: String,
    /// Row of a matrix.
    pub row: Option<String>,
    /// What is counted.
    pub kind: &'static str,
    /// Asked of everyone, or only where earlier answers lead to it.
    pub asked_of_all: bool,
    /// The question as it was asked.
    pub text: Text,
    /// The row as it was shown.
    pub row_text: Option<Text>,
    /// Codes in declared order.
    pub cells: Vec<CodeEntry>,
}

/// A code and what it means.
#[derive(Clone, Debug, Serialize)]
pub struct CodeEntry {
    /// As it stands in the tables.
    pub code: String,
    /// What a person reads.
    pub label: Text,
    /// It stands for a missing answer.
    pub missing: bool,
}

/// Every one-way table and what its codes mean.
#[must_use]
pub fn entries(instrument: &Instrument) -> Vec<Entry> {
    plan(instrument)
        .into_iter()
        .filter_map(|planned| {
            let (text, asked_of_all) = subject(instrument, &planned.question)?;
            Some(entry(instrument, text, asked_of_all, planned))
        })
        .collect()
}

/// What a table is about, in words, and whether everybody was asked.
fn subject(instrument: &Instrument, id: &str) -> Option<(Text, bool)> {
    if let Some(question) = instrument.question(id) {
        let text = public_text(instrument, &question.title);
        return Some((text, question.show_if.is_none()));
    }
    if let Some(derived) = instrument.derived(id) {
        return Some((derived.label.clone(), false));
    }
    let factor = instrument.factor(id)?;
    let text = Text::new(
        format!("实验分组 {}", factor.id),
        format!("Experiment arm, {}", factor.id),
    );
    Some((text, true))
}

fn entry(instrument: &Instrument, text: Text, asked_of_all: bool, planned: Planned) -> Entry {
    Entry {
        table: planned.id,
        question: planned.question,
        row: planned.row,
        kind: planned.kind.as_str(),
        asked_of_all,
        text,
        row_text: planned
            .row_label
            .map(|label| public_text(instrument, &label)),
        cells: planned
            .cells
            .into_iter()
            .map(|cell| CodeEntry {
                code: cell.code,
                label: public_text(instrument, &cell.label),
                missing: cell.missing,
            })
            .collect(),
    }
}

/// The codebook as JSON.
///
/// # Errors
/// None in practice: the types hold strings and booleans.
pub fn codebook_json(instrument: &Instrument) -> Result<String, serde_json::Error> {
    serde_json::to_string(&entries(instrument))
}

/// The codebook as CSV, one code a line.
#[must_use]
pub fn codebook_csv(instrument: &Instrument) -> String {
    let mut csv = Csv::new(&[
        "table",
        "question",
        "row",
        "kind",
        "asked_of_all",
        "code",
        "missing",
        "label_zh",
        "label_en",
        "question_zh",
        "question_en",
        "row_zh",
        "row_en",
    ]);
    let row_text = |entry: &Entry, lang| {
        entry
            .row_text
            .as_ref()
            .map(|t| t.get(lang).to_owned())
            .unwrap_or_default()
    };
    for entry in entries(instrument) {
        for cell in &entry.cells {
            csv.line(&[
                &entry.table,
                &entry.question,
                entry.row.as_deref().unwrap_or_default(),
                entry.kind,
                if entry.asked_of_all { "yes" } else { "no" },
                &cell.code,
                if cell.missing { "yes" } else { "no" },
                cell.label.get(Lang::Zh),
                cell.label.get(Lang::En),
                entry.text.get(Lang::Zh),
                entry.text.get(Lang::En),
                &row_text(&entry, Lang::Zh),
                &row_text(&entry, Lang::En),
            ]);
        }
    }
    csv.0
}
