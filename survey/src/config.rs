//! What a page tells the runner.

use partake_core::{
    lang::Lang,
    response::{Answers, Assignment},
};
use serde::Serialize;
use serde_json::Value;

use crate::{Confirmed, Words, json};

/// What the runner has to know; everything else it works out itself.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RunnerConfig {
    pub survey: String,
    pub lang: Lang,
    /// `/zh` or `/zh/s/other`.
    pub base: String,
    /// The same in the other language.
    pub other_base: String,
    /// The survey's closing words.
    pub outro: String,
    pub words: Words,
    /// What the page around it starts from; without it, only a draft can be continued.
    pub start: Option<Start>,
}

/// A response in progress, as the plain page has it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Start {
    pub version: String,
    pub section: String,
    pub seed: u32,
    /// The device is shared: nothing may be kept on it.
    pub shared: bool,
    /// The answers have been looked over once.
    pub reviewed: bool,
    /// Answers so far, those typed into the page excepted.
    pub answers: Answers,
    pub confirmed: Confirmed,
    /// Set when a stored response is being changed.
    pub change: Option<Change>,
}

/// The stored response that is being changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    pub receipt: String,
    pub assignment: Assignment,
}

impl RunnerConfig {
    /// The config from its JSON; `None` when it is not one. Read by hand: derived readers would be
    /// the largest part of what a phone loads.
    #[must_use]
    pub fn from_json(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        let text = |name: &str| json::text(value.get(name)?);
        let start = match value.get("start")? {
            Value::Null => None,
            start => Some(Start::from_value(start)?),
        };
        Some(Self {
            survey: text("survey")?,
            lang: value.get("lang")?.as_str()?.parse().ok()?,
            base: text("base")?,
            other_base: text("other_base")?,
            outro: text("outro")?,
            words: json::texts(value.get("words")?)?.into(),
            start,
        })
    }
}

impl Start {
    fn from_value(value: &Value) -> Option<Self> {
        let change = match value.get("change")? {
            Value::Null => None,
            change => Some(Change {
                receipt: json::text(change.get("receipt")?)?,
                assignment: json::texts(change.get("assignment")?)?,
            }),
        };
        Some(Self {
            version: json::text(value.get("version")?)?,
            section: json::text(value.get("section")?)?,
            seed: json::seed(value.get("seed")?)?,
            shared: value.get("shared")?.as_bool()?,
            reviewed: value.get("reviewed")?.as_bool()?,
            answers: json::answers(value.get("answers")?)?,
            confirmed: json::texts(value.get("confirmed")?)?,
            change,
        })
    }
}

#[cfg(test)]
mod tests {
    use partake_core::response::Answer;

    use super::*;

    #[test]
    fn a_config_survives_the_way_through_the_page() {
        let start = Start {
            version: "1.0.0".to_owned(),
            section: "s1_you".to_owned(),
            seed: u32::MAX,
            shared: false,
            reviewed: true,
            answers: [("age".to_owned(), Answer::Code("a65".to_owned()))].into(),
            confirmed: [("years".to_owned(), "90".to_owned())].into(),
            change: Some(Change {
                receipt: "abc".to_owned(),
                assignment: [("wording".to_owned(), "b".to_owned())].into(),
            }),
        };
        let mut config = RunnerConfig {
            survey: "one".to_owned(),
            lang: Lang::Zh,
            base: "/zh".to_owned(),
            other_base: "/en".to_owned(),
            outro: "谢谢 \"you\" </script>".to_owned(),
            words: Words::from(
                [("back".to_owned(), "返回".to_owned())]
                    .into_iter()
                    .collect::<std::collections::BTreeMap<_, _>>(),
            ),
            start: Some(start),
        };
        for _ in 0..2 {
            let text = serde_json::to_string(&config).expect("JSON");
            assert_eq!(RunnerConfig::from_json(&text), Some(config.clone()));
            config.start = None;
        }
        assert_eq!(RunnerConfig::from_json("{}"), None);
    }
}
