//! The instrument as types. Loading checks everything that can be checked before the first
//! respondent; code that holds an [`Instrument`] may rely on it.

use serde::{Deserialize, Serialize};

use crate::{
    flow::Expr,
    lang::{Lang, Text},
};

/// A survey: what is asked, in which order, under which conditions, and what may be published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Instrument {
    /// Stable id of the survey, used in paths: `partake_core`.
    pub id: String,
    /// Version of the text and structure; a wave is one published version.
    pub version: String,
    /// Languages in which every text exists.
    pub languages: Vec<Lang>,
    /// Title of the survey.
    pub title: Text,
    /// Shown before consent.
    pub intro: Text,
    /// How words are used in this survey, shown where a section asks for it.
    pub terms: Text,
    /// Shown with the receipt.
    pub outro: Text,
    /// Labels of the declared missing codes (`pnts`, `dk`, `na`).
    pub missing: Vec<MissingCode>,
    /// Consent before the first section and the questions asked about use of the answers.
    pub consent: Consent,
    /// Values computed from answers, for conditions and pipes, in dependency order.
    pub computed: Vec<Computed>,
    /// Experiment factors, drawn once per response.
    pub factors: Vec<Factor>,
    /// Sections in order.
    pub sections: Vec<Section>,
    /// Indices that the results declare, with their formula.
    pub derived: Vec<Derived>,
    /// Registered hypotheses, as text; evaluated by the results engine.
    pub hypotheses: Vec<Hypothesis>,
    /// What may be published of single answers; `None`: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_file: Option<PublicFile>,
}

/// How single answers become a public file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicFile {
    /// Question that asks whether this answer may enter it.
    pub consent: String,
    /// Its code that says yes.
    pub consent_code: String,
    /// Questions that never enter it.
    pub leave_out: Vec<String>,
    /// Questions whose codes are merged for it.
    pub merges: Vec<Merge>,
    /// How much of a person's background it tells, by the number of rows; from few rows to many.
    pub rungs: Vec<Rung>,
}

/// Codes of a question that become one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merge {
    /// The question.
    pub question: String,
    /// The code that stands for them.
    pub code: String,
    /// What a person reads.
    pub label: Text,
    /// The codes that it replaces.
    pub codes: Vec<String>,
}

/// What a file of a certain size tells of a person's background.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rung {
    /// Least number of rows.
    pub from: u32,
    /// Quasi-identifiers in it, each with the finest level of its ladder (from 1) that is used.
    pub columns: Vec<(String, u32)>,
}

/// A declared missing code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingCode {
    /// `pnts`, `dk` or `na`.
    pub code: String,
    /// What a person reads.
    pub label: Text,
}

/// The consent gate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Consent {
    /// The full information text, paragraphs separated by blank lines, with `{{operator}}`,
    /// `{{contact}}`, `{{results_url}}` and `{{freeze_date}}` to be filled in by the server.
    pub text: Text,
    /// The question that must be answered with `yes` before anything else.
    pub gate: Question,
}

/// A section: one page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// Id, used in paths: `s1_you`.
    pub id: String,
    /// Heading.
    pub title: Text,
    /// Text under the heading.
    pub intro: Option<Text>,
    /// True when a respondent may leave the whole section out.
    pub optional: bool,
    /// Ids of the questions that exchange places, in an order drawn per respondent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shuffled: Vec<String>,
    /// Questions in declared order.
    pub questions: Vec<Question>,
}

/// One question (an item, in the literature's word, when it has no rows).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Id, unique in the instrument.
    pub id: String,
    /// What kind of answer it takes.
    pub kind: Kind,
    /// Text before the title (a vignette), with pipes.
    pub stem: Option<Text>,
    /// The question, with pipes.
    pub title: Text,
    /// Help under the question.
    pub help: Option<Text>,
    /// True when the section cannot be left without an answer.
    pub required: bool,
    /// True when a person who leaves it blank is asked once whether to go on without it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub soft_required: bool,
    /// True when it is shown by itself, with no other answer in view.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own_screen: bool,
    /// Condition under which it is asked; `None` is always.
    pub show_if: Option<Expr>,
    /// What has to hold between this answer and those before it, once all of them are there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
    /// Code that stands when it was asked and left blank.
    pub default_if_skipped: Option<String>,
    /// Pairs whose order a factor decides.
    pub order_group: Option<OrderGroup>,
    /// Background variable with its ladder, when it is a quasi-identifier.
    pub quasi_identifier: Option<QuasiIdentifier>,
    /// True when the answer could harm someone at work if traced.
    pub sensitive: bool,
    /// Expected seconds to answer.
    pub est_seconds: f64,
}

/// Something that has to hold between answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// The condition.
    pub that: Expr,
    /// What a person reads when it does not hold.
    pub message: Text,
}

/// What a question takes as its answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum Kind {
    /// One of a list (`single`, `year_band`).
    Single(ChoiceList),
    /// Any number of a list (`multiple`).
    Multiple(ChoiceList),
    /// One scale point for each row.
    Matrix(Matrix),
    /// A number on a 0–100 line that starts empty.
    Slider(Slider),
    /// A number typed in.
    Number(Number),
    /// The first few of a list, in order.
    Ranking(Ranking),
    /// Best and worst of small sets.
    BestWorst(BestWorst),
    /// One line of text.
    ShortText(FreeText),
    /// Several lines of text.
    LongText(FreeText),
    /// Agree, disagree or pass on each of a list of statements.
    Votes(Votes),
    /// Nothing: the title is read, not answered.
    Statement,
}

/// One option of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// Code stored.
    pub code: String,
    /// What a person reads.
    pub label: Text,
    /// Value on the question's scale, for indices.
    pub value: Option<f64>,
    /// The missing code it stands for (`pnts`, `dk`, `na`), if any.
    pub missing: Option<String>,
    /// True when it excludes every other option.
    pub exclusive: bool,
    /// Text inserted by a pipe instead of the label.
    pub pipe: Option<Text>,
    /// Maximum number of characters of the text that goes with it ("other"), if any.
    pub text_max: Option<u32>,
}

/// Options and how they are shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChoiceList {
    /// Options in declared order.
    pub options: Vec<Choice>,
    /// Options are shown in an order drawn per respondent.
    pub randomise: bool,
    /// Codes that stay at the end, in declared order, whatever the order of the rest.
    pub keep_last: Vec<String>,
    /// Factor whose second level shows the list reversed (fixed tail excepted).
    pub flip_with: Option<String>,
    /// Only options chosen in this earlier question are offered.
    pub only_chosen_in: Option<String>,
    /// When a single option is offered it is taken as the answer and the question is not asked.
    pub auto_answer_if_single: bool,
    /// Most options that may be chosen (`multiple` only).
    pub max_selected: Option<u32>,
    /// What the two ends of a row of numbers mean; the options then stand in one row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<(Text, Text)>,
}

/// A matrix: rows sharing one scale.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Matrix {
    /// Rows in declared order.
    pub rows: Vec<Row>,
    /// Scale points in order, missing codes last.
    pub scale: Vec<Choice>,
    /// Rows are shown in an order drawn per respondent.
    pub randomise: bool,
}

/// One row of a matrix.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Code; the cell's id is `question__row`.
    pub code: String,
    /// What a person reads.
    pub label: Text,
    /// Code that an attentive reader chooses, if this row is an attention check.
    pub expected: Option<String>,
    /// First and last position (1-based) at which a randomised row may stand, if pinned.
    pub pin: Option<(u32, u32)>,
}

/// A visual analogue scale.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slider {
    /// Least value.
    pub min: f64,
    /// Greatest value.
    pub max: f64,
    /// Step.
    pub step: f64,
    /// Text at the low end.
    pub low: Text,
    /// Text at the high end.
    pub high: Text,
    /// Missing codes offered beside it.
    pub missing: Vec<Choice>,
}

/// A typed number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Number {
    /// Least value.
    pub min: f64,
    /// Greatest value.
    pub max: f64,
    /// Whole numbers only.
    pub integer: bool,
    /// Above this the person is asked once whether it is right.
    pub soft_max: Option<f64>,
    /// The question asked then.
    pub soft_message: Option<Text>,
    /// Unit after the box.
    pub unit: Option<Text>,
    /// Lower bounds of the bands in which it is published: `0, 1, 3` means 0, 1–2, 3 and above.
    pub bands: Vec<f64>,
    /// The number is a day, counted from 1970-01-01, and is typed and shown as a date.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub date: bool,
    /// Missing codes offered beside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Choice>,
}

/// Ranking of the first few.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ranking {
    /// Options in declared order.
    pub options: Vec<Choice>,
    /// Options are shown in an order drawn per respondent.
    pub randomise: bool,
    /// How many places there are.
    pub places: u32,
}

/// Best-worst scaling: one class of small sets per respondent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BestWorst {
    /// The items that are compared.
    pub items: Vec<Choice>,
    /// Label of the best choice.
    pub best: Text,
    /// Label of the worst choice.
    pub worst: Text,
    /// Factor that draws the class.
    pub factor: String,
    /// Sets of item codes, by level of the factor.
    pub classes: Vec<(String, Vec<Vec<String>>)>,
}

/// Free text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreeText {
    /// Most characters, counted as extended grapheme clusters.
    pub max_chars: u32,
    /// Fewest characters of a text that is not empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_chars: Option<u32>,
    /// What the whole text has to look like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<TextPattern>,
    /// Example inside the empty field.
    pub placeholder: Option<Text>,
    /// What may become of the text.
    pub release: TextRelease,
}

/// What a text has to look like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextPattern {
    /// The pattern, as [`crate::response::Pattern`] reads it.
    pub source: String,
    /// What a person reads when the text does not fit.
    pub message: Text,
}

/// Whether a free text may ever be shown to others; always after a person has read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextRelease {
    /// The text itself is not shown; at most how often a term was given.
    Never,
    /// Writing it is asking for it to be shown; the help text says so.
    AfterReview,
    /// Another question asks for it.
    Asked {
        /// The question that asks.
        question: String,
        /// Its code that allows showing.
        show: String,
        /// Its code that has the text deleted.
        delete: String,
    },
}

/// Statements to vote on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Votes {
    /// Statements; `code` is the statement's id.
    pub statements: Vec<Choice>,
    /// Ballot: agree, disagree, pass.
    pub ballot: Vec<Choice>,
    /// How many are shown before the person asks for more.
    pub show_at_most: u32,
}

/// Membership in a group whose order a factor decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderGroup {
    /// Group id.
    pub id: String,
    /// Factor.
    pub factor: String,
    /// Level at which the group stands in declared order; any other level reverses it.
    pub declared_if: String,
}

/// How a background variable may be coarsened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuasiIdentifier {
    /// Levels from fine to coarse, without the final `*`; each maps a group code to option codes.
    pub ladder: Vec<Vec<(String, Vec<String>)>>,
    /// Labels of the group codes.
    pub labels: Vec<(String, Text)>,
}

/// A computed value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Computed {
    /// Id, used like a question's.
    pub id: String,
    /// How it is computed.
    pub value: ComputedValue,
}

/// How a computed value comes about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComputedValue {
    /// An expression.
    Expr(Expr),
    /// The first case whose condition holds gives a text with pipes; the last has none.
    Cases(Vec<(Option<Expr>, Text)>),
}

/// An experiment factor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Factor {
    /// Id, used like a question's in conditions.
    pub id: String,
    /// Levels, drawn with equal probability.
    pub levels: Vec<String>,
    /// Text that a pipe inserts for each level; empty when the level itself is inserted.
    pub texts: Vec<Text>,
    /// Level set for everyone by the survey's owner, if any (it need not be among the levels).
    pub fixed: Option<String>,
}

/// A declared index.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Derived {
    /// Id.
    pub id: String,
    /// What a person reads.
    pub label: Text,
    /// Least and greatest value, if numeric.
    pub range: Option<(f64, f64)>,
    /// Formula, if it is computed per response; aggregate and system indices have none.
    pub expr: Option<Expr>,
}

/// A registered hypothesis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hypothesis {
    /// Id: `H1`.
    pub id: String,
    /// The claim.
    pub claim: Text,
    /// What is measured, as registered.
    pub metric: String,
    /// The rule that can fail, as registered.
    pub test: String,
    /// The same in a form that can be computed from published tables; `None` when it was only
    /// described.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
}

/// What decides a hypothesis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// The share for whom an index is true lies above so many per cent.
    Share {
        /// The index.
        index: String,
        /// Per cent.
        above: f64,
    },
    /// The mean of an index lies above a value.
    Mean {
        /// The index.
        index: String,
        /// The value.
        above: f64,
    },
    /// The mean of one group lies above a value, and no farther from the mean of the others than
    /// `within`.
    Groups {
        /// Table of the scale: `question__row`, or a question.
        table: String,
        /// Background question.
        by: String,
        /// A group of its ladder.
        group: String,
        /// The value.
        above: f64,
        /// The greatest difference.
        within: f64,
    },
    /// From one arm of an experiment to another, the mean of the first question falls by more than
    /// that of the second.
    Arms {
        /// The factor.
        factor: String,
        /// Arm.
        from: String,
        /// Arm.
        to: String,
        /// Question.
        first: String,
        /// Question.
        second: String,
    },
    /// The share for whom an index is true falls from the first arm of an experiment to the last.
    Trend {
        /// The index.
        index: String,
        /// The factor.
        factor: String,
    },
    /// Which items of a best-worst question stand apart; no direction is claimed.
    Order {
        /// The question.
        question: String,
    },
    /// It needs several answers of one person side by side, which no published table holds.
    Together {
        /// Questions and indices.
        of: Vec<String>,
    },
    /// The rank correlation of two answers of one person lies above zero. Read off the public file.
    Correlation {
        /// Question or index.
        first: String,
        /// Question or index.
        second: String,
    },
    /// In one linear model of an answer, the standardised slope of the first lies above that of
    /// the second. Read off the public file.
    Slopes {
        /// Question or index.
        first: String,
        /// Question or index.
        second: String,
        /// What they are to explain.
        on: String,
    },
}
