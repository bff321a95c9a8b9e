//! Reading an instrument file. Everything that can be wrong is found here, all at once, each with
//! its place in the file and what mends it.

mod choices;
mod circles;
mod conditions;
mod expression;
mod fields;
mod kinds;
mod lexer;
mod measure;
mod parts;
mod plain;
mod public_file;
mod question;
mod suggest;
mod survey;
mod symbols;
mod tasks;
pub(crate) mod tree;

use super::Instrument;

pub(super) use choices::MISSING;
pub(super) use kinds::{TYPES, known_fields};
pub(super) use parts::LANGUAGES;
pub(super) use question::{FIELDS as QUESTION_FIELDS, NOTES as QUESTION_NOTES};
pub(super) use survey::{FIELDS as TOP_FIELDS, NOTES as TOP_NOTES};

/// What is wrong at one place of an instrument file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{line}:{column}: {message}")]
pub struct LoadError {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong and how to mend it.
    pub message: String,
}

/// Largest instrument file that is read, in bytes.
pub const MAX_BYTES: usize = 2 * 1024 * 1024;
/// Most errors that are told at once.
const MAX_ERRORS: usize = 200;

/// Reads an instrument from YAML.
///
/// # Errors
/// Everything that is wrong with it, in the order of the file.
pub fn load(yaml: &str) -> Result<Instrument, Vec<LoadError>> {
    if yaml.len() > MAX_BYTES {
        let message = format!(
            "the file has {} bytes; an instrument has at most {MAX_BYTES}",
            yaml.len()
        );
        return Err(vec![LoadError {
            line: 1,
            column: 1,
            message,
        }]);
    }
    let root = tree::parse(yaml)?;
    let mut reader = fields::Reader::default();
    let instrument = survey::read(&mut reader, &root);
    let mut errors = reader.errors;
    errors.sort();
    errors.dedup();
    if errors.len() > MAX_ERRORS {
        let more = errors.len() - MAX_ERRORS;
        errors.truncate(MAX_ERRORS);
        if let Some(last) = errors.last_mut() {
            last.message = format!("{}; and {more} more after it", last.message);
        }
    }
    match instrument {
        Some(instrument) if errors.is_empty() => Ok(instrument),
        _ => Err(errors),
    }
}
