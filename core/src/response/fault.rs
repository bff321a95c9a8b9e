//! What can be wrong with an answer: codes that the page translates, never prose.

/// A fault, next to the field it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// Question id; for an unknown field, its name as sent.
    pub question: String,
    /// The part of the question: row, statement, index of a best-worst set, or the option whose
    /// text it is.
    pub row: Option<String>,
    /// What is wrong.
    pub code: FaultCode,
}

impl Fault {
    /// A fault of the question as a whole.
    #[must_use]
    pub fn new(question: &str, code: FaultCode) -> Self {
        Self {
            question: question.to_owned(),
            row: None,
            code,
        }
    }

    /// A fault of one part of a question.
    #[must_use]
    pub fn at(question: &str, row: impl Into<String>, code: FaultCode) -> Self {
        Self {
            question: question.to_owned(),
            row: Some(row.into()),
            code,
        }
    }
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum FaultCode {
    /// The section cannot be left without an answer.
    Required,
    /// The code is not offered.
    UnknownCode,
    /// The row, statement or set does not exist.
    UnknownRow,
    /// No question has a field of this name.
    UnknownField,
    /// The question is not asked with the answers given.
    NotAsked,
    /// An option that excludes the others was chosen together with others.
    Exclusive,
    /// More than one answer was sent where one is possible, or one option twice.
    Repeated,
    /// More options than allowed.
    TooManyChosen {
        /// Most that may be chosen.
        max: u32,
    },
    /// The number is outside its range.
    OutOfRange {
        /// Least.
        min: f64,
        /// Greatest.
        max: f64,
    },
    /// Not a number.
    NotANumber,
    /// Not a date.
    NotADate,
    /// The date is outside its range; both ends as YYYY-MM-DD.
    DateOutOfRange {
        /// First day.
        first: String,
        /// Last day.
        last: String,
    },
    /// A whole number is asked for.
    NotInteger,
    /// The number does not lie on a step.
    OffStep {
        /// Distance between steps.
        step: f64,
    },
    /// The text is too long, counted as a person counts characters.
    TooLong {
        /// Most characters.
        max: u32,
        /// Characters typed.
        is: u32,
    },
    /// The text is too short, counted as a person counts characters.
    TooShort {
        /// Fewest characters.
        min: u32,
        /// Characters typed.
        is: u32,
    },
    /// The text does not look as it has to.
    Pattern {
        /// What the survey says about it, in the respondent's language.
        message: String,
    },
    /// The answer does not go together with earlier ones.
    Check {
        /// What the survey says about it, in the respondent's language.
        message: String,
    },
    /// The text holds characters that are not text: control characters, invisible ones, and what
    /// stands for bytes that could not be read.
    NotText,
    /// The same option stands in two places.
    DuplicateRank,
    /// A place is empty while a later one is filled.
    RankGap,
    /// More places filled than there are.
    TooManyRanked {
        /// Places.
        max: u32,
    },
    /// The same item is best and worst of its set.
    BestIsWorst,
    /// The item is not in this set.
    NotInSet,
    /// The answer has the wrong shape for its question.
    WrongType,
}

impl FaultCode {
    /// The machine-readable name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::UnknownCode => "unknown_code",
            Self::UnknownRow => "unknown_row",
            Self::UnknownField => "unknown_field",
            Self::NotAsked => "not_asked",
            Self::Exclusive => "exclusive",
            Self::Repeated => "repeated",
            Self::TooManyChosen { .. } => "too_many_chosen",
            Self::OutOfRange { .. } => "out_of_range",
            Self::NotANumber => "not_a_number",
            Self::NotADate => "not_a_date",
            Self::DateOutOfRange { .. } => "date_out_of_range",
            Self::NotInteger => "not_integer",
            Self::OffStep { .. } => "off_step",
            Self::TooLong { .. } => "too_long",
            Self::TooShort { .. } => "too_short",
            Self::Pattern { .. } => "pattern",
            Self::Check { .. } => "check",
            Self::NotText => "not_text",
            Self::DuplicateRank => "duplicate_rank",
            Self::RankGap => "rank_gap",
            Self::TooManyRanked { .. } => "too_many_ranked",
            Self::BestIsWorst => "best_is_worst",
            Self::NotInSet => "not_in_set",
            Self::WrongType => "wrong_type",
        }
    }
}
