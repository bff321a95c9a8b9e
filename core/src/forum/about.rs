//! What a thread is about.

use serde::{Deserialize, Serialize};

/// What a thread is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum About {
    /// The survey as a whole.
    Survey,
    /// One question of it.
    Question {
        /// The question's id.
        question: String,
    },
}

impl About {
    /// The value of a form field or query parameter: empty for the whole, else the question's id.
    #[must_use]
    pub fn from_field(value: &str) -> Self {
        if value.is_empty() {
            Self::Survey
        } else {
            Self::Question {
                question: value.to_owned(),
            }
        }
    }

    /// The question's id, if it is about one.
    #[must_use]
    pub fn question(&self) -> Option<&str> {
        match self {
            Self::Survey => None,
            Self::Question { question } => Some(question),
        }
    }
}
