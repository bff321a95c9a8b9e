//! Earlier answers in later texts, for SurveyJS. A text there takes in what a question displays, in
//! the language of the moment. So each pipe gets a question that nobody sees: its choices are the
//! texts, and an expression chooses.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    Carried, Target,
    expression::{Operand, choose, condition},
};
use crate::{
    disclosure::public_text,
    flow::{Expr, Part, parts},
    instrument::{ComputedValue, Kind},
    lang::{Lang, Text},
};

/// Code of the choice that stands for no value.
const NONE: &str = "none__";

/// The pipes of a survey, as they are met.
#[derive(Default)]
pub(super) struct Pipes {
    hidden: BTreeMap<String, Value>,
}

/// What a pipe may say, and which of it.
struct Source {
    texts: Vec<(String, Text)>,
    chosen: String,
}

impl Pipes {
    /// The text of each language with its pipes as names in braces; those that cannot be carried
    /// over are written out.
    pub(super) fn text(&mut self, carried: &Carried<'_>, source: &Text) -> Text {
        let mut in_language = |lang: Lang, written: &String| {
            let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
            let mut out = String::new();
            for part in parts(written) {
                let (id, fallback) = match part {
                    Part::Plain(plain) => {
                        out.push_str(plain);
                        continue;
                    }
                    Part::Pipe { id, fallback } => (id, fallback),
                };
                let nth = seen.entry(id).or_default();
                let other = fallback_in(source, lang.other(), id, *nth);
                *nth += 1;
                let (zh, en) = match lang {
                    Lang::Zh => (fallback, other),
                    Lang::En => (other, fallback),
                };
                match self.name(carried, id, zh, en) {
                    Some(name) => out.push_str(&format!("{{{name}}}")),
                    None => out.push_str(&alternatives(carried, lang, id)),
                }
            }
            out
        };
        Text {
            zh: source.zh.as_ref().map(|zh| in_language(Lang::Zh, zh)),
            en: source.en.as_ref().map(|en| in_language(Lang::En, en)),
        }
    }

    /// The questions that nobody sees.
    pub(super) fn questions(self) -> impl Iterator<Item = Value> {
        self.hidden.into_values()
    }

    fn name(&mut self, carried: &Carried<'_>, id: &str, zh: &str, en: &str) -> Option<String> {
        if is_plain_number(carried, id) && zh.is_empty() && en.is_empty() {
            return Some(id.to_owned());
        }
        let Source { mut texts, chosen } = source(carried, id)?;
        let fallback = Text {
            zh: Some(zh.to_owned()),
            en: Some(en.to_owned()),
        };
        texts.push((NONE.to_owned(), fallback));
        let choices: Vec<Value> = texts
            .iter()
            .map(|(code, text)| json!({"value": code, "text": localised(text)}))
            .collect();
        // One pipe may have other words for "nothing" in another place.
        let taken = |n: usize| format!("{id}__text{n}");
        let free = (1..).map(taken).find(|name| {
            let there = self.hidden.get(name);
            there.is_none_or(|question| question.get("choices") == Some(&json!(choices)))
        })?;
        self.hidden.entry(free.clone()).or_insert_with(|| {
            json!({
                "type": "dropdown", "name": free, "visible": false, "clearIfInvisible": "none",
                "choices": choices, "defaultValueExpression": chosen,
                "setValueExpression": chosen,
            })
        });
        Some(free)
    }
}

/// True when all pipes of a text can be carried over.
pub(super) fn all_carried(carried: &Carried<'_>, text: &Text) -> bool {
    let written = [&text.zh, &text.en].into_iter().flatten();
    written
        .flat_map(|written| parts(written))
        .all(|part| match part {
            Part::Plain(_) => true,
            Part::Pipe { id, fallback } => {
                (is_plain_number(carried, id) && fallback.is_empty())
                    || source(carried, id).is_some()
            }
        })
}

/// A text by language, or as it is when there is one language.
pub(super) fn localised(Text { zh, en }: &Text) -> Value {
    match (zh, en) {
        (Some(zh), Some(en)) => json!({"default": en, "zh-cn": zh}),
        (one, other) => json!(one.as_ref().or(other.as_ref())),
    }
}

fn is_plain_number(carried: &Carried<'_>, id: &str) -> bool {
    let question = carried.instrument.question(id);
    carried.questions.contains(id)
        && question.is_some_and(|q| matches!(&q.kind, Kind::Number(number) if !number.date))
}

fn source(carried: &Carried<'_>, id: &str) -> Option<Source> {
    if let Some(computed) = carried.instrument.computed(id) {
        let ComputedValue::Cases(cases) = &computed.value else {
            return None;
        };
        let mut texts = Vec::new();
        let mut chosen = format!("'{NONE}'");
        for (n, (when, text)) in cases.iter().enumerate().rev() {
            let written = [&text.zh, &text.en].into_iter().flatten();
            if written
                .flat_map(|written| parts(written))
                .any(|p| matches!(p, Part::Pipe { .. }))
            {
                return None;
            }
            let code = format!("case{n}");
            let this = format!("'{code}'");
            chosen = match when {
                Some(when) => choose(Target::SurveyJs, &condition(carried, when)?, &this, &chosen),
                None => this,
            };
            texts.push((code, text.clone()));
        }
        return Some(Source { texts, chosen });
    }
    let question = carried.instrument.question(id)?;
    if !matches!(question.kind, Kind::Single(_)) {
        return None;
    }
    let operand = Operand::of(carried, &Expr::Question(id.to_owned()))?;
    let choices = question.choices().iter().filter(|c| c.missing.is_none());
    Some(Source {
        texts: choices
            .map(|c| (c.code.clone(), c.pipe.as_ref().unwrap_or(&c.label).clone()))
            .collect(),
        chosen: choose(
            Target::SurveyJs,
            &operand.present(),
            &format!("{{{id}}}"),
            &format!("'{NONE}'"),
        ),
    })
}

/// What stands in the same place in another language when there is no value.
fn fallback_in<'t>(source: &'t Text, lang: Lang, id: &str, nth: usize) -> &'t str {
    let written = match lang {
        Lang::Zh => &source.zh,
        Lang::En => &source.en,
    };
    let parts = parts(written.as_deref().unwrap_or_default());
    let mut same = parts.into_iter().filter_map(|part| match part {
        Part::Pipe {
            id: other,
            fallback,
        } if other == id => Some(fallback),
        _ => None,
    });
    same.nth(nth).unwrap_or_default()
}

fn alternatives(carried: &Carried<'_>, lang: Lang, id: &str) -> String {
    let pipe = format!("{{{{{id}}}}}");
    let text = Text {
        zh: Some(pipe.clone()),
        en: Some(pipe),
    };
    public_text(carried.instrument, &text).get(lang).to_owned()
}
