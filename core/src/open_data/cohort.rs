//! Who enters the file together, and how each row keeps company.

use std::borrow::Cow;

use super::{
    background::{Background, Telling},
    cells::Reading,
    measured::{Interned, Measured},
    variables::{Role, Variable},
};
use crate::{
    disclosure::Parameters,
    in_order::in_order,
    instrument::{Instrument, PublicFile},
    microdata::{
        ANY, AnonymiseError, HierarchyError, Method, Microdata, Rules, TableError, anonymise,
        measure,
    },
    response::{DecodeError, decode_sheet},
};

/// The size of a sample is a multiple of this, so that it does not tell the exact number of those
/// who consented.
const STEP: usize = 5;

/// Why nobody enters the file now.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Waits {
    /// Too few have consented since the last cohort.
    #[error("too few consenting responses for a cohort")]
    TooFew,
    /// No generalisation of this cohort keeps to the rules: everybody gave the same answer to a
    /// sensitive question.
    #[error("the cohort cannot keep to the rules: {0}")]
    Rules(AnonymiseError),
}

/// Why a cohort could not be computed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CohortError {
    /// A sheet is not one of this instrument.
    #[error(transparent)]
    Sheet(#[from] DecodeError),
    /// A ladder of the instrument is none.
    #[error("the ladder of `{question}`: {error}")]
    Ladder {
        /// The question.
        question: String,
        /// What is wrong with it.
        error: HierarchyError,
    },
    /// The columns are no table.
    #[error(transparent)]
    Table(#[from] TableError),
}

/// Rows that enter the file together.
#[derive(Clone, Debug)]
pub struct Cohort<'a> {
    instrument: &'a Instrument,
    file: &'a PublicFile,
    /// Encoded sheets, in the order of publication.
    sheets: Vec<&'a [u8]>,
    /// By variable: the published value of each row; none for what is published as it is.
    generalised: Vec<Option<Vec<u32>>>,
    /// By variable: the labels that those values stand for.
    labels: Vec<Vec<String>>,
    /// By variable: which background columns decide whether it was asked, and by which of their
    /// published labels that is decided.
    telling: Vec<Vec<Telling>>,
    variables: &'a [Variable],
    /// What the generalisation cost and protects.
    pub measures: Measured,
    /// Level of each background question in this cohort, as in its ladder; a level above the
    /// ladder is `*`.
    pub node: Vec<(String, u32)>,
}

/// Draws who of `members` (encoded sheets of people who consented) enters, and generalises them.
/// `below(n)` gives a uniform number below `n`; `workers` is how many threads may read sheets.
///
/// # Errors
/// Outer: when the sheets and the instrument do not fit. Inner: when nobody enters now.
pub fn form<'a>(
    instrument: &'a Instrument,
    file: &'a PublicFile,
    variables: &'a [Variable],
    mut members: Vec<&'a [u8]>,
    parameters: &Parameters,
    workers: usize,
    below: &mut impl FnMut(usize) -> usize,
) -> Result<Result<Cohort<'a>, Waits>, CohortError> {
    let enough = u64::try_from(members.len()).is_ok_and(|n| n >= parameters.min_cohort);
    let sampled = (members.len() as f64 * parameters.sample) as usize / STEP * STEP;
    let rung = file
        .rungs
        .iter()
        .rev()
        .find(|rung| usize::try_from(rung.from).is_ok_and(|from| from <= sampled));
    let (true, Some(rung)) = (enough, rung) else {
        return Ok(Err(Waits::TooFew));
    };
    // Fisher–Yates over the first places: who enters, in which order, both at once.
    for place in 0..sampled {
        let other = place + below(members.len() - place);
        members.swap(place, other);
    }
    members.truncate(sampled);

    let mut background = Vec::new();
    for (at, variable) in variables.iter().enumerate() {
        let column = rung.columns.iter().find(|(id, _)| *id == variable.question);
        if let (Role::QuasiIdentifier, Some((_, level))) = (variable.role, column) {
            let question = instrument.question(&variable.question);
            if let Some(ladder) = question.and_then(|q| q.quasi_identifier.as_ref()) {
                background.push(Background::new(at, variable, ladder, *level)?);
            }
        }
    }
    let mut sensitive: Vec<Interned> = variables
        .iter()
        .enumerate()
        .filter(|(_, variable)| variable.role == Role::Sensitive)
        .map(|(at, _)| Interned::new(at))
        .collect();
    let asked: Vec<usize> = background
        .iter()
        .map(|column| column.at)
        .chain(sensitive.iter().map(|column| column.at))
        .collect();
    // The cells of a row in one text, and where each ends.
    let read = |_, body: &&[u8]| -> Result<(String, Vec<usize>), DecodeError> {
        let sheet = decode_sheet(instrument, body)?;
        let reading = Reading::new(instrument, file, &sheet);
        let mut text = String::new();
        let ends = asked.iter().map(|&at| {
            text.push_str(&reading.cell(&variables[at]));
            text.len()
        });
        let ends = ends.collect();
        Ok((text, ends))
    };
    in_order(&members, workers, read, |cells| {
        let (text, ends) = cells?;
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let mut cells = starts.zip(&ends).map(|(start, &end)| &text[start..end]);
        for (column, cell) in background.iter_mut().zip(&mut cells) {
            column.add(cell);
        }
        for (column, cell) in sensitive.iter_mut().zip(cells) {
            column.add(cell);
        }
        Ok::<(), DecodeError>(())
    })?;
    let places: Vec<(usize, u32)> = background.iter().map(|b| (b.at, b.level)).collect();
    let secrets: Vec<String> = sensitive
        .iter()
        .map(|column| variables[column.at].name.clone())
        .collect();
    let telling = variables
        .iter()
        .map(|variable| Telling::of(instrument, variable, variables, &background))
        .collect();
    let data = Microdata::new(
        background.into_iter().map(Background::finish).collect(),
        sensitive.into_iter().map(Interned::finish).collect(),
    )?;
    let rules = Rules {
        k: usize::try_from(parameters.k).unwrap_or(usize::MAX),
        l: (!secrets.is_empty()).then(|| usize::try_from(parameters.l).unwrap_or(usize::MAX)),
        suppression_limit: parameters.max_suppressed,
    };
    let published = match anonymise(&data, &rules, Method::FullDomain) {
        Ok(published) => published,
        Err(error) => return Ok(Err(Waits::Rules(error))),
    };
    let figures = measure(&data, &published, rules.k);
    let mut generalised = vec![None; variables.len()];
    let mut labels = vec![Vec::new(); variables.len()];
    for (((at, _), values), quasi) in places.iter().zip(published.columns()).zip(data.quasi()) {
        let count = u32::try_from(quasi.hierarchy.value_count()).unwrap_or(u32::MAX);
        labels[*at] = (0..count)
            .map(|value| quasi.hierarchy.label(value).to_owned())
            .collect();
        generalised[*at] = Some(values.clone());
    }
    let steps = published.node().unwrap_or_default();
    let node = places
        .iter()
        .zip(steps)
        .map(|((at, level), step)| {
            let step = u32::try_from(*step).unwrap_or(u32::MAX);
            (variables[*at].name.clone(), level + step)
        })
        .collect();
    Ok(Ok(Cohort {
        instrument,
        file,
        measures: Measured {
            rows: members.len(),
            figures,
            sensitive: secrets,
        },
        sheets: members,
        generalised,
        labels,
        telling,
        variables,
        node,
    }))
}

impl Cohort<'_> {
    /// Calls `take` with what `write` makes of each row, in the order of publication. `write` gets
    /// the place of the row and its cells as the file tells them, without id and cohort; `workers`
    /// threads do that.
    ///
    /// # Errors
    /// The first of `take`, or that a sheet is not one of the instrument.
    pub fn each_row<T: Send, E: From<DecodeError>>(
        &self,
        workers: usize,
        write: impl Fn(usize, &[Cow<'_, str>]) -> T + Sync,
        mut take: impl FnMut(T) -> Result<(), E>,
    ) -> Result<(), E> {
        let read = |row, body: &&[u8]| -> Result<T, DecodeError> {
            let sheet = decode_sheet(self.instrument, body)?;
            let reading = Reading::new(self.instrument, self.file, &sheet);
            Ok(write(row, &self.cells(row, &reading)))
        };
        in_order(&self.sheets, workers, read, |made| take(made?))
    }

    fn cells<'c>(&'c self, row: usize, reading: &'c Reading<'_>) -> Vec<Cow<'c, str>> {
        let mut cells: Vec<Cow<'c, str>> = Vec::with_capacity(self.variables.len());
        for (at, variable) in self.variables.iter().enumerate() {
            cells.push(match (variable.role, &self.generalised[at]) {
                (Role::QuasiIdentifier, Some(values)) => {
                    Cow::Borrowed(&self.labels[at][values[row] as usize])
                }
                // Not told by a file of this size.
                (Role::QuasiIdentifier, None) => Cow::Borrowed(ANY),
                // Background stands before all answers, so its cells are there already.
                _ if self.telling[at].iter().all(|telling| telling.by(&cells)) => {
                    reading.cell(variable)
                }
                _ => Cow::Borrowed(ANY),
            });
        }
        cells
    }
}
