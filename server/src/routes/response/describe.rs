//! A stored response in words: the questions as they were put, the answers by their labels.

use partake_app::{i18n::t, survey_words};
use partake_core::{
    flow::{Body, Flow, Seed},
    lang::Lang,
};
use partake_survey::{beside, told};

use super::lookup::Found;

type Pairs = Vec<(String, Vec<String>)>;

/// What the page shows, by where it is stored.
pub(super) struct Described {
    pub(super) sections: Vec<(String, Pairs)>,
    pub(super) texts: Pairs,
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
            let target = match question.body {
                Body::ShortText { .. } | Body::LongText { .. } => &mut described.texts,
                Body::Votes { .. } => &mut described.votes,
                _ => &mut closed,
            };
            let detached = matches!(
                question.body,
                Body::ShortText { .. } | Body::LongText { .. } | Body::Votes { .. }
            );
            match words {
                Some(words) => target.push((question.title.clone(), words)),
                None if !detached => {
                    closed.push((
                        question.title.clone(),
                        vec![t(lang, "survey-response-skipped")],
                    ));
                }
                None => {}
            }
            for (option, text) in beside(question, answers) {
                let label = format!("{} {option}", question.title);
                described.texts.push((label, vec![text]));
            }
        }
        if !closed.is_empty() {
            described.sections.push((section.title, closed));
        }
    }
    described
}
