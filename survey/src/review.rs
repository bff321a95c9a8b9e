//! The answers as they will be sent, section by section, with a way back to each.

use partake_core::flow::{Body, Flow, QuestionView};

use crate::{
    Words, beside,
    frame::heading,
    markup::{Element, el},
    overview::jump,
    told,
};

/// What stands above the answers.
#[must_use]
pub fn review_head(flow: &Flow<'_>, words: &Words) -> Element {
    let (mut asked, mut answered) = (0, 0);
    for stage in flow.overview() {
        if !stage.optional {
            asked += stage.asked;
            answered += stage.answered;
        }
    }
    let left = (answered < asked).then(|| {
        let left = (asked - answered).to_string();
        el("p").text(words.fill("review-left", &[("n", &left)]))
    });
    el("div")
        .class("section-head")
        .child(heading(&words.get("review-title")))
        .child(el("p").class("intro").text(words.get("review-text")))
        .children(left)
}

/// Every question that is asked, with the answer it has. `base` is `/zh` or `/zh/s/other`.
#[must_use]
pub fn review_parts(flow: &Flow<'_>, base: &str, words: &Words, live: bool) -> Vec<Element> {
    let mut parts = Vec::new();
    for id in flow.sections() {
        let Some(section) = flow.section(id) else {
            continue;
        };
        let which = el("span")
            .class("visually-hidden")
            .text(words.fill("review-which", &[("title", &section.title)]));
        let change = jump("link jump", format!("{base}/survey/{id}"), live)
            .text(words.get("review-change"))
            .child(which);
        let mut list = el("dl").class("stored");
        let answerable = |q: &&QuestionView| !matches!(q.body, Body::Statement);
        for question in section.questions.iter().filter(answerable) {
            list = list
                .child(el("dt").text(question.title.as_str()))
                .child(answer(flow, question, words));
        }
        let head = el("div")
            .class("part-head")
            .child(el("h2").text(section.title.as_str()))
            .child(change);
        parts.push(
            el("section")
                .class("part")
                .attr("id", format!("r-{id}"))
                .child(head)
                .child(list),
        );
    }
    parts
}

fn answer(flow: &Flow<'_>, question: &QuestionView, words: &Words) -> Element {
    let Some(lines) = told(words, question, flow.answers()) else {
        let none = el("dd").class("none");
        return if question.required {
            none.child(el("span").class("must").text(words.get("required")))
        } else {
            none.text(words.get("review-none"))
        };
    };
    let beside = beside(question, flow.answers()).into_iter();
    let beside =
        beside.map(|(label, item)| words.fill("pair", &[("label", &label), ("item", &item)]));
    let mut told = el("dd");
    for line in lines.into_iter().chain(beside) {
        told = told.child(el("p").text(line));
    }
    told
}
