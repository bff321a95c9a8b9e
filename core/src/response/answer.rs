//! What a person answered.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::lang::Lang;

/// The answer to one question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// A code of a list, or a declared missing code of a slider or number.
    Code(String),
    /// Codes of a `multiple` question, in declared order.
    Codes(Vec<String>),
    /// A number (slider, number).
    Number(f64),
    /// Row code to scale code (matrix), or statement id to ballot code (votes).
    Rows(BTreeMap<String, String>),
    /// Codes from first place on.
    Ranking(Vec<String>),
    /// One entry per set, in the order of the class.
    BestWorst(Vec<Pick>),
    /// Text, as typed.
    Text(String),
}

/// Best and worst of one set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pick {
    /// Code of the best item.
    pub best: Option<String>,
    /// Code of the worst item.
    pub worst: Option<String>,
}

/// Answers by question id. The text that goes with an "other" option `o` of question `q` has the
/// key [`other_key`]`(q, o)`. A question without an entry is unanswered.
pub type Answers = BTreeMap<String, Answer>;

/// Levels of the experiment factors drawn for one response, by factor id.
pub type Assignment = BTreeMap<String, String>;

/// Key of the text that goes with option `code` of question `id`.
#[must_use]
pub fn other_key(id: &str, code: &str) -> String {
    format!("{id}__{code}__text")
}

/// A complete answer sheet, ready to be stored: no time, no order, nothing about the person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// Language in which it was answered.
    pub lang: Lang,
    /// Levels drawn.
    pub assignment: Assignment,
    /// Closed answers. Free text and votes are detached from the sheet before storage.
    pub answers: Answers,
    /// Quality flags; they never exclude by themselves.
    pub flags: Flags,
}

/// Quality flags of a response.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flags {
    /// The attention row was answered as asked; `None` when it was not shown or left blank.
    pub attentive: Option<bool>,
    /// Every shown row of a long matrix carries the same code.
    pub straightlined: bool,
    /// How fast it was answered.
    pub pace: Pace,
}

/// How fast somebody answered: classes so coarse that they say nothing about when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    /// Not measured: answered in several sittings, or changed later.
    #[default]
    Unknown,
    /// In a time in which the questions can be read.
    Usual,
    /// In less than two fifths of the expected time.
    Fast,
}

/// What a submission becomes: the sheet, and the parts stored without a link to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Submission {
    /// Closed answers.
    pub sheet: Sheet,
    /// Free texts by question id (or [`other_key`]), with the consent given for showing them.
    pub texts: Vec<DetachedText>,
    /// Votes by statement id; empty when none was cast.
    pub votes: BTreeMap<String, String>,
}

/// A free text, detached from its sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DetachedText {
    /// Question id or [`other_key`].
    pub item: String,
    /// The text as typed.
    pub text: String,
    /// True when the person agreed that it may be shown after a check.
    pub may_show: bool,
}
