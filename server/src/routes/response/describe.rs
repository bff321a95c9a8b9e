//! A stored response in words: the questions as they were put, the answers by their labels.

use partake_app::i18n::{t, t_with};
use partake_core::{
    flow::{Body, Flow, OptionView, QuestionView, Seed},
    lang::Lang,
    response::{Answer, Answers, other_key},
};

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
            let words = in_words(lang, question, answers.get(&question.id));
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
            described.texts.extend(other_texts(question, answers));
        }
        if !closed.is_empty() {
            described.sections.push((section.title, closed));
        }
    }
    described
}

fn other_texts(question: &QuestionView, answers: &Answers) -> Pairs {
    let (Body::Single(options) | Body::Multiple(options, _)) = &question.body else {
        return Pairs::new();
    };
    options
        .iter()
        .filter_map(
            |option| match answers.get(&other_key(&question.id, &option.code)) {
                Some(Answer::Text(text)) => Some((
                    format!("{} {}", question.title, option.label),
                    vec![text.clone()],
                )),
                _ => None,
            },
        )
        .collect()
}

fn label(options: &[OptionView], code: &str) -> String {
    let found = options.iter().find(|option| option.code == code);
    found
        .map_or(code, |option| option.label.as_str())
        .to_owned()
}

fn in_words(lang: Lang, question: &QuestionView, answer: Option<&Answer>) -> Option<Vec<String>> {
    let words = match (&question.body, answer?) {
        (Body::Single(options), Answer::Code(code)) => vec![label(options, code)],
        (Body::Multiple(options, _), Answer::Codes(codes)) => {
            codes.iter().map(|code| label(options, code)).collect()
        }
        (Body::Slider { missing, .. }, Answer::Code(code)) => vec![label(missing, code)],
        (Body::Number { unit, .. }, Answer::Number(number)) => {
            vec![
                format!("{number} {}", unit.as_deref().unwrap_or_default())
                    .trim()
                    .to_owned(),
            ]
        }
        (Body::Slider { .. }, Answer::Number(number)) => vec![number.to_string()],
        (
            Body::Matrix {
                rows,
                scale: points,
            }
            | Body::Votes {
                statements: rows,
                ballot: points,
                ..
            },
            Answer::Rows(given),
        ) => rows
            .iter()
            .filter_map(|row| {
                let code = given.get(&row.code)?;
                Some(pair(lang, &row.label, &label(points, code)))
            })
            .collect(),
        (Body::Ranking { options, .. }, Answer::Ranking(codes)) => codes
            .iter()
            .zip(1_u32..)
            .map(|(code, n)| {
                let place = t_with(lang, "survey-response-place", &[("n", n.into())]);
                pair(lang, &place, &label(options, code))
            })
            .collect(),
        (Body::BestWorst { tasks, best, worst }, Answer::BestWorst(picks)) => tasks
            .iter()
            .filter_map(|task| Some((task, picks.get(usize::try_from(task.index).ok()?)?)))
            .flat_map(|(task, pick)| {
                [(best, &pick.best), (worst, &pick.worst)]
                    .into_iter()
                    .filter_map(|(end, code)| {
                        Some(pair(lang, end, &label(&task.items, code.as_ref()?)))
                    })
            })
            .collect(),
        (Body::ShortText { .. } | Body::LongText { .. }, Answer::Text(text)) => vec![text.clone()],
        _ => return None,
    };
    Some(words)
}

fn pair(lang: Lang, label: &str, item: &str) -> String {
    let args = [
        ("label", label.to_owned().into()),
        ("item", item.to_owned().into()),
    ];
    t_with(lang, "survey-response-pair", &args)
}
