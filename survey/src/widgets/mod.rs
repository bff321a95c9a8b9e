//! One widget for each kind of question. A widget is drawn from a view and the fields typed so
//! far, and reports nothing but ordinary form fields.

mod best_worst;
mod choice;
mod matrix;
mod number;
mod question;
mod ranking;
mod slider;
mod text;
mod votes;

pub use question::question;
pub(crate) use ranking::place;
#[cfg(feature = "browser")]
pub(crate) use {slider::middle, text::left};

use crate::{Fields, Words};

/// What every widget of a section is drawn from, beside its view.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    pub words: &'a Words,
    /// What was typed so far.
    pub fields: &'a Fields,
    /// True in the runner, where widgets may react.
    pub live: bool,
    /// Path of this section, for the buttons that come back to it.
    pub here: &'a str,
}
