//! What a thread is about.

use serde::{Deserialize, Serialize};

/// What a thread is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum About {
    /// The survey as a whole.
    Survey,
    /// One section of it.
    Section {
        /// The section's id.
        section: String,
    },
    /// One question of it.
    Question {
        /// The question's id.
        question: String,
    },
    /// A table of a release, or the chart that is drawn of it. The figures that are talked about
    /// stay those of that release.
    Figure {
        /// Number of the release.
        release: u32,
        /// The table's id: a question, or `question__row`.
        table: String,
        /// The background question it is split by.
        by: Option<String>,
    },
}

impl About {
    /// The value of a form field or query parameter: empty for the whole, else the question's id,
    /// `section.work`, `r3.employment` or `r3.employment.age`. Ids have no dots. `None` for what
    /// cannot be any of these.
    #[must_use]
    pub fn from_field(value: &str) -> Option<Self> {
        if value.is_empty() {
            return Some(Self::Survey);
        }
        if !value.split('.').all(is_id) {
            return None;
        }
        let parts: Vec<&str> = value.split('.').collect();
        match parts.as_slice() {
            [question] => Some(Self::Question {
                question: (*question).to_owned(),
            }),
            ["section", section] => Some(Self::Section {
                section: (*section).to_owned(),
            }),
            [release, table, by @ ..] if by.len() <= 1 => Some(Self::Figure {
                release: release.strip_prefix('r')?.parse().ok().filter(|&n| n > 0)?,
                table: (*table).to_owned(),
                by: by.first().map(|&by| by.to_owned()),
            }),
            _ => None,
        }
    }

    /// What [`Self::from_field`] reads.
    #[must_use]
    pub fn field(&self) -> String {
        match self {
            Self::Survey => String::new(),
            Self::Section { section } => format!("section.{section}"),
            Self::Question { question } => question.clone(),
            Self::Figure { release, table, by } => match by {
                Some(by) => format!("r{release}.{table}.{by}"),
                None => format!("r{release}.{table}"),
            },
        }
    }

    /// The question it is about, directly or by a table of it.
    #[must_use]
    pub fn question(&self) -> Option<&str> {
        match self {
            Self::Survey | Self::Section { .. } => None,
            Self::Question { question } => Some(question),
            Self::Figure { table, .. } => table.split("__").next(),
        }
    }
}

fn is_id(text: &str) -> bool {
    (1..=80).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_comes_back_as_it_was() {
        for field in [
            "",
            "employment",
            "section.work",
            "r3.employment",
            "r12.trust__doctors.age_group",
        ] {
            let about = About::from_field(field).expect(field);
            assert_eq!(about.field(), field);
        }
        let figure = About::from_field("r3.trust__doctors").expect("a figure");
        assert_eq!(figure.question(), Some("trust"));
    }

    #[test]
    fn what_is_none_of_these_is_refused() {
        for bad in [
            "r0.a", "x3.a", "r3.a.b.c", "a b", "a/b", ".", "r3.", "section.", "r-1.a", "\"><x",
        ] {
            assert_eq!(About::from_field(bad), None, "{bad}");
        }
    }
}
