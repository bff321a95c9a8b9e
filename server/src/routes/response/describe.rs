//! A stored response in words: the questions as they were put, the answers by their labels.

use partake_app::{
    i18n::{t, t_with},
    pages::response::StoredText,
    survey_words,
};
use partake_core::{
    flow::{Body, Flow, Seed},
    lang::Lang,
};
use partake_store::TextFate;
use partake_survey::{beside, told};

use super::lookup::Found;

type Pairs = Vec<(String, Vec<String>)>;

/// What the page shows, by where it is stored.
pub(super) struct Described {
    pub(super) sections: Vec<(String, Pairs)>,
    pub(super) texts: Vec<StoredText>,
    pub(super) votes: Pairs,
}

pub(super) fn describe(lang: Lang, found: &Found) -> Described {
    let instrument = &found.wave.instrument;
    let words = survey_words(lang);
    let answers = &found.opened.answers;
    // The order of options does not matter for their labels, so any seed will do.
    let flow = Flow::new(
        instrument,
        lang,
        Seed(0),
        &found.opened.sheet.assignment,
        answers,
    );
    let mut described = Described {
        sections: Vec::new(),
        texts: Vec::new(),
        votes: Vec::new(),
    };
    for id in flow.sections() {
        let Some(section) = flow.section(id) else {
            continue;
        };
        let mut closed = Pairs::new();
        for question in &section.questions {
            if matches!(question.body, Body::Statement) {
                continue;
            }
            let words = told(&words, question, answers);
            let title = question.title.clone();
            match (&question.body, words) {
                (Body::ShortText { .. } | Body::LongText { .. }, Some(lines)) => {
                    let fate = found.opened.fates.get(&question.id);
                    described.texts.push(StoredText {
                        fate: fate.map(|fate| told_fate(lang, fate, &lines)),
                        question: title,
                        lines,
                    });
                }
                (Body::Votes { .. }, Some(lines)) => described.votes.push((title, lines)),
                (Body::ShortText { .. } | Body::LongText { .. } | Body::Votes { .. }, None) => {}
                (_, Some(lines)) => closed.push((title, lines)),
                (_, None) => closed.push((title, vec![t(lang, "survey-response-skipped")])),
            }
            for (option, text) in beside(question, answers) {
                described.texts.push(StoredText {
                    question: format!("{} {option}", question.title),
                    lines: vec![text],
                    fate: None,
                });
            }
        }
        if !closed.is_empty() {
            described.sections.push((section.title, closed));
        }
    }
    described
}

/// What became of a text, with the words that were left of it where they are others.
fn told_fate(lang: Lang, fate: &TextFate, lines: &[String]) -> String {
    let also = |said: String, words: &str| {
        if words == lines.join("\n") {
            return said;
        }
        let words = t_with(
            lang,
            "texts-fate-words",
            &[("words", words.to_owned().into())],
        );
        format!("{said} {words}")
    };
    match fate {
        TextFate::Private => t(lang, "texts-fate-private"),
        TextFate::Unopened => t(lang, "texts-fate-unopened"),
        TextFate::Waiting => t(lang, "texts-fate-waiting"),
        TextFate::Cleared(words) => also(t(lang, "texts-fate-cleared"), words),
        TextFate::Listed(words, release) => {
            let release = [("release", (*release).into())];
            also(t_with(lang, "texts-fate-listed", &release), words)
        }
        TextFate::Refused(reason) => {
            let reason = t(lang, &format!("forum-reason-{}", reason.as_str()));
            t_with(lang, "texts-fate-refused", &[("reason", reason.into())])
        }
    }
}
