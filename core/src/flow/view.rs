//! A question as one respondent sees it: pipes filled in, options in their order. Both the
//! server's pages and the browser's runner draw from this and from nothing else.

use serde::{Deserialize, Serialize};

/// A section as one respondent sees it now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SectionView {
    /// Section id.
    pub id: String,
    /// Heading.
    pub title: String,
    /// Text under the heading.
    pub intro: Option<String>,
    /// True when it may be left out as a whole.
    pub optional: bool,
    /// Questions that are asked, in the respondent's order.
    pub questions: Vec<QuestionView>,
}

/// A question as one respondent sees it now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuestionView {
    /// Question id; also the name of its form field.
    pub id: String,
    /// Text before the question (a vignette).
    pub stem: Option<String>,
    /// The question.
    pub title: String,
    /// Help under the question.
    pub help: Option<String>,
    /// True when the section cannot be left without an answer.
    pub required: bool,
    /// True when a person who leaves it blank is asked once whether to go on without it.
    pub soft_required: bool,
    /// True when it is shown by itself, with no other answer in view.
    pub own_screen: bool,
    /// What the two ends of a row of numbers mean.
    pub ends: Option<(String, String)>,
    /// What it takes.
    pub body: Body,
}

/// The answerable part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// Radio buttons.
    Single(Vec<OptionView>),
    /// Check boxes, and the most that may be chosen.
    Multiple(Vec<OptionView>, Option<u32>),
    /// Rows of one scale.
    Matrix {
        /// Rows in order.
        rows: Vec<OptionView>,
        /// Scale points in order.
        scale: Vec<OptionView>,
    },
    /// A slider with its number box.
    Slider {
        /// Least value.
        min: f64,
        /// Greatest value.
        max: f64,
        /// Step.
        step: f64,
        /// Text at the low end.
        low: String,
        /// Text at the high end.
        high: String,
        /// Missing codes offered beside it.
        missing: Vec<OptionView>,
    },
    /// A number box.
    Number {
        /// Least value.
        min: f64,
        /// Greatest value.
        max: f64,
        /// Whole numbers only.
        integer: bool,
        /// Unit after the box.
        unit: Option<String>,
        /// Above this the message is shown once.
        soft_max: Option<f64>,
        /// The message.
        soft_message: Option<String>,
        /// It is a date: a day counted from 1970-01-01.
        date: bool,
        /// Missing codes offered beside it.
        missing: Vec<OptionView>,
    },
    /// The first `places` of a list.
    Ranking {
        /// Options in order.
        options: Vec<OptionView>,
        /// Number of places.
        places: u32,
    },
    /// Best and worst of each set.
    BestWorst {
        /// Sets in the respondent's order; `index` is the set's place in the class.
        tasks: Vec<TaskView>,
        /// Label of best.
        best: String,
        /// Label of worst.
        worst: String,
    },
    /// One line.
    ShortText {
        /// Most characters.
        max_chars: u32,
        /// Example inside the empty field.
        placeholder: Option<String>,
    },
    /// Several lines.
    LongText {
        /// Most characters.
        max_chars: u32,
        /// Example inside the empty field.
        placeholder: Option<String>,
    },
    /// Statements with a ballot.
    Votes {
        /// Statements in order; all of them, the page shows `show_at_most` first.
        statements: Vec<OptionView>,
        /// Ballot.
        ballot: Vec<OptionView>,
        /// How many are shown before the person asks for more.
        show_at_most: u32,
    },
    /// Nothing to answer.
    Statement,
}

/// One option, row, scale point, item or statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionView {
    /// Code; also the form value.
    pub code: String,
    /// What a person reads.
    pub label: String,
    /// It excludes the others.
    pub exclusive: bool,
    /// It stands for a missing answer.
    pub missing: bool,
    /// Most characters of the text that goes with it, if it takes one.
    pub text_max: Option<u32>,
}

/// One best-worst set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskView {
    /// Place of the set in the class, 0-based: the index into the stored picks.
    pub index: u32,
    /// Items in order.
    pub items: Vec<OptionView>,
}
