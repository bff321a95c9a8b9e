//! Piping: `{{id}}` and `{{id|fallback}}` in texts.

use std::borrow::Cow;

use super::Scope;
use crate::{
    date::Date,
    instrument::{ComputedValue, Kind},
    lang::{Lang, Text},
    response::Answer,
};

/// A part of a text with pipes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part<'a> {
    /// Text as it stands.
    Plain(&'a str),
    /// A name and what stands when it has no value.
    Pipe { id: &'a str, fallback: &'a str },
}

/// Splits a text at its pipes. An opening without a closing is text.
pub(crate) fn parts(mut text: &str) -> Vec<Part<'_>> {
    let mut out = Vec::new();
    while let Some((before, rest)) = text.split_once("{{") {
        let Some((inside, after)) = rest.split_once("}}") else {
            break;
        };
        if !before.is_empty() {
            out.push(Part::Plain(before));
        }
        let (id, fallback) = inside.split_once('|').unwrap_or((inside, ""));
        out.push(Part::Pipe {
            id: id.trim(),
            fallback: fallback.trim(),
        });
        text = after;
    }
    if !text.is_empty() {
        out.push(Part::Plain(text));
    }
    out
}

/// True when something is inserted into this text.
pub(crate) fn has_pipes(text: &str) -> bool {
    parts(text)
        .iter()
        .any(|part| matches!(part, Part::Pipe { .. }))
}

/// Names in the pipes of a text.
#[cfg(feature = "yaml")]
pub(crate) fn pipes_in(text: &str) -> Vec<String> {
    parts(text)
        .into_iter()
        .filter_map(|part| match part {
            Part::Pipe { id, .. } => Some(id.to_owned()),
            Part::Plain(_) => None,
        })
        .collect()
}

/// Names in the pipes of a text that say nothing for the case that there is no value.
#[cfg(feature = "yaml")]
pub(crate) fn pipes_without_fallback(text: &str) -> Vec<String> {
    parts(text)
        .into_iter()
        .filter_map(|part| match part {
            Part::Pipe { id, fallback: "" } => Some(id.to_owned()),
            _ => None,
        })
        .collect()
}

/// Names in the pipes of a text in each of its languages.
#[cfg(feature = "yaml")]
pub(crate) fn pipe_names(text: &Text) -> Vec<(Lang, String)> {
    Lang::ALL
        .into_iter()
        .flat_map(|lang| {
            pipes_in(text.get(lang))
                .into_iter()
                .map(move |name| (lang, name))
        })
        .collect()
}

impl Scope<'_> {
    /// The text in `lang` with its pipes filled in.
    #[must_use]
    pub fn fill(&self, text: &Text, lang: Lang) -> String {
        let mut out = String::new();
        for part in parts(text.get(lang)) {
            match part {
                Part::Plain(plain) => out.push_str(plain),
                Part::Pipe { id, fallback } => {
                    out.push_str(self.piped(id, lang).as_deref().unwrap_or(fallback));
                }
            }
        }
        out
    }

    fn piped(&self, id: &str, lang: Lang) -> Option<Cow<'_, str>> {
        if let Some(level) = self.assignment.get(id) {
            let text = self.instrument.factor(id).and_then(|factor| {
                let at = factor.levels.iter().position(|l| l == level)?;
                factor.texts.get(at)
            });
            return Some(text.map_or(Cow::Borrowed(level), |t| Cow::Borrowed(t.get(lang))));
        }
        if let Some(computed) = self.instrument.computed(id) {
            let ComputedValue::Cases(cases) = &computed.value else {
                return None;
            };
            let case = cases
                .iter()
                .find(|(when, _)| when.as_ref().is_none_or(|w| self.truth(w)));
            return case.map(|(_, text)| Cow::Owned(self.fill(text, lang)));
        }
        match self.answers.get(id)? {
            Answer::Code(code) => {
                let choice = self.instrument.question(id)?.choice(code)?;
                if choice.missing.is_some() {
                    return None;
                }
                Some(Cow::Borrowed(
                    choice.pipe.as_ref().unwrap_or(&choice.label).get(lang),
                ))
            }
            Answer::Number(n) => Some(Cow::Owned(match &self.instrument.question(id)?.kind {
                Kind::Number(number) if number.date => Date::from_days(*n)?.spelled(lang),
                _ => n.to_string(),
            })),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_names_and_fallbacks() {
        assert_eq!(
            parts("a {{x}} b {{y|none}}"),
            [
                Part::Plain("a "),
                Part::Pipe {
                    id: "x",
                    fallback: ""
                },
                Part::Plain(" b "),
                Part::Pipe {
                    id: "y",
                    fallback: "none"
                }
            ]
        );
        assert_eq!(parts("{{open"), [Part::Plain("{{open")]);
    }
}
