//! What the page tells of the public file of single answers.

use std::collections::BTreeMap;

use partake_app::{
    charts::grouped,
    i18n::{t, t_with},
    pages::data::{Closeness, Cohort, Column, Level, SingleAnswers},
};
use partake_core::{
    instrument::Instrument,
    lang::Lang,
    open_data::{Role, Values, Variable, variables},
};
use partake_store::releases::Release;
use serde::Deserialize;

use crate::{error::PageError, release::UTILITY, state::AppState};

/// utility.json, as far as the page tells it.
#[derive(Deserialize)]
struct Utility {
    rows: u64,
    k: u64,
    suppressed_rows: u64,
    l: BTreeMap<String, u64>,
    t: BTreeMap<String, f64>,
    cohorts: Vec<CohortFigures>,
}

#[derive(Deserialize)]
struct CohortFigures {
    cohort: u64,
    rows: u64,
    k: u64,
    classes: u64,
    suppressed_rows: u64,
    gcp: f64,
    levels: BTreeMap<String, u32>,
}

/// The file of a release, if it has one; with its columns when asked for.
pub(super) async fn single_answers(
    state: &AppState,
    lang: Lang,
    release: &Release,
    columns: bool,
) -> Result<Option<SingleAnswers>, PageError> {
    let file = state
        .store
        .release_file(&release.survey, release.number, UTILITY)
        .await?;
    let Some(file) = file else {
        return Ok(None);
    };
    let utility: Utility = serde_json::from_slice(&file.body).map_err(PageError::internal)?;
    let published = state
        .published
        .get(&state.store, release)
        .await
        .map_err(PageError::internal)?;
    let instrument = &published.instrument;
    let variables = instrument
        .public_file
        .as_ref()
        .map(|file| variables(instrument, file))
        .unwrap_or_default();
    Ok(Some(SingleAnswers {
        rows: grouped(utility.rows),
        k: utility.k,
        suppressed: grouped(utility.suppressed_rows),
        levels: levels(lang, instrument, &variables, utility.cohorts.last()),
        sensitive: variables
            .iter()
            .filter_map(|variable| {
                Some(Closeness {
                    l: *utility.l.get(&variable.name)?,
                    t: *utility.t.get(&variable.name)?,
                    title: title(lang, variable),
                    column: variable.name.clone(),
                })
            })
            .collect(),
        cohorts: utility
            .cohorts
            .into_iter()
            .map(|cohort| told(instrument, &variables, cohort))
            .collect(),
        columns: if columns {
            columns_of(lang, &variables)
        } else {
            Vec::new()
        },
    }))
}

fn told(instrument: &Instrument, variables: &[Variable], figures: CohortFigures) -> Cohort {
    let kept = 1.0 - figures.gcp;
    // A level above the ladder says nothing.
    let says = |name: &str, level: u32| {
        let quasi = instrument
            .question(name)
            .and_then(|q| q.quasi_identifier.as_ref());
        quasi.is_some_and(|quasi| {
            usize::try_from(level).is_ok_and(|level| level <= quasi.ladder.len())
        })
    };
    let background: Vec<&str> = variables
        .iter()
        .filter(|v| {
            let level = figures.levels.get(&v.name);
            level.is_some_and(|level| says(&v.name, *level))
        })
        .map(|v| v.name.as_str())
        .collect();
    Cohort {
        release: figures.cohort,
        rows: grouped(figures.rows),
        k: figures.k,
        classes: grouped(figures.classes),
        suppressed: grouped(figures.suppressed_rows),
        kept,
        kept_text: format!("{:.0}%", kept * 100.0),
        background: background.join(", "),
    }
}

/// How much of each ladder the newest rows have left.
fn levels(
    lang: Lang,
    instrument: &Instrument,
    variables: &[Variable],
    newest: Option<&CohortFigures>,
) -> Vec<Level> {
    let of = |variable: &Variable| {
        let quasi = instrument.question(&variable.question)?;
        let of = quasi.quasi_identifier.as_ref()?.ladder.len();
        let level = newest?.levels.get(&variable.name);
        let level = level.map_or(of + 1, |level| usize::try_from(*level).unwrap_or(of + 1));
        Some(Level {
            column: variable.name.clone(),
            title: title(lang, variable),
            left: (of + 1).saturating_sub(level),
            of,
        })
    };
    variables
        .iter()
        .filter(|variable| variable.role == Role::QuasiIdentifier)
        .filter_map(of)
        .collect()
}

fn title(lang: Lang, variable: &Variable) -> String {
    let title = variable.title.get(lang);
    let part = variable.part_label.as_ref().map(|part| part.get(lang));
    part.map_or_else(|| title.to_owned(), |part| format!("{title} — {part}"))
}

/// Every column of the file, in its order.
fn columns_of(lang: Lang, variables: &[Variable]) -> Vec<Column> {
    let first = [("id", "data-column-id"), ("cohort", "data-column-cohort")];
    first
        .into_iter()
        .map(|(name, title)| Column {
            name: name.to_owned(),
            title: t(lang, title),
            range: None,
            codes: Vec::new(),
        })
        .chain(variables.iter().map(|variable| column(lang, variable)))
        .collect()
}

fn column(lang: Lang, variable: &Variable) -> Column {
    Column {
        name: variable.name.clone(),
        title: title(lang, variable),
        range: match variable.values {
            Values::Number { min, max, .. } => Some(t_with(
                lang,
                "data-column-number",
                &[
                    ("min", min.to_string().into()),
                    ("max", max.to_string().into()),
                ],
            )),
            _ => None,
        },
        codes: variable
            .values
            .codes()
            .iter()
            .map(|code| (code.code.clone(), code.label.get(lang).to_owned()))
            .collect(),
    }
}
