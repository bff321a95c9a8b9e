//! Question texts as the public reads them, where no earlier answer can fill their pipes.

use crate::{
    instrument::{ComputedValue, Instrument},
    lang::{Lang, Text},
};

/// Longest list of alternatives that is written out in place of a pipe, in characters.
const SPELLED_OUT: usize = 200;

/// A text with each pipe replaced by its possible values (`work / your studies`), or by an
/// ellipsis where they are too long to list.
#[must_use]
pub fn public_text(instrument: &Instrument, text: &Text) -> Text {
    let fill = |lang: Lang, source: &Option<String>| {
        source.as_ref().map(|source| fill(instrument, lang, source))
    };
    Text {
        zh: fill(Lang::Zh, &text.zh),
        en: fill(Lang::En, &text.en),
    }
}

fn fill(instrument: &Instrument, lang: Lang, source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((pipe, after)) = after.split_once("}}") else {
            break;
        };
        out.push_str(before);
        let id = pipe.split_once('|').map_or(pipe, |(id, _)| id).trim();
        match alternatives(instrument, lang, id) {
            Some(list) => out.push_str(&list),
            None => out.push('…'),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn alternatives(instrument: &Instrument, lang: Lang, id: &str) -> Option<String> {
    let values: Vec<&str> = if let Some(computed) = instrument.computed(id) {
        let ComputedValue::Cases(cases) = &computed.value else {
            return None;
        };
        // A case that has pipes of its own is the finer form of a later one.
        cases
            .iter()
            .map(|(_, text)| text.get(lang))
            .filter(|text| !text.contains("{{"))
            .collect()
    } else {
        let factor = instrument.factor(id)?;
        if factor.texts.is_empty() {
            factor.levels.iter().map(String::as_str).collect()
        } else {
            factor.texts.iter().map(|text| text.get(lang)).collect()
        }
    };
    if values.is_empty() {
        return None;
    }
    let separator = match lang {
        Lang::Zh => "／",
        Lang::En => " / ",
    };
    let list = values.join(separator);
    (list.chars().count() <= SPELLED_OUT).then_some(list)
}
