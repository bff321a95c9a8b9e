//! One question: its text, its faults and its widget.

use partake_core::flow::{Body, QuestionView};

use super::{
    Setting,
    best_worst::best_worst,
    choice::{multiple, row, single},
    matrix::matrix,
    number::{Bounds, number},
    ranking::ranking,
    slider::{Line, beside, slider},
    text::{Room, text},
    votes::votes,
};
use crate::{
    FaultLine,
    markup::{Element, el},
    steering,
};

/// A question. `doubt` is what was typed and what is asked once about it: about an unlikely number,
/// or, when both are empty, about a blank.
#[must_use]
pub fn question(
    view: &QuestionView,
    faults: &[FaultLine],
    doubt: Option<&(String, String)>,
    setting: Setting<'_>,
) -> Element {
    let QuestionView {
        id, title, body, ..
    } = view;
    if matches!(body, Body::Statement) {
        return statement(view);
    }
    let error_id = format!("e-{id}");
    let help_id = format!("h-{id}");
    let fault = fault_text(&error_id, faults, None);
    let invalid = fault.is_some();
    let mut described_by = String::new();
    if invalid {
        described_by.push_str(&error_id);
    }
    if view.help.is_some() {
        if invalid {
            described_by.push(' ');
        }
        described_by.push_str(&help_id);
    }
    let single_field = matches!(
        body,
        Body::Number { .. } | Body::ShortText { .. } | Body::LongText { .. }
    );
    let (frame, heading) = if single_field {
        let label = el("label").class("title").attr("for", format!("f-{id}"));
        (el("div"), label)
    } else {
        let described = (!described_by.is_empty()).then(|| described_by.clone());
        let frame = el("fieldset").maybe("aria-describedby", described);
        (frame, el("legend"))
    };
    let stem = view
        .stem
        .as_deref()
        .map(|stem| el("span").class("stem").text(stem));
    let must = view
        .required
        .then(|| el("span").class("must").text(setting.words.get("required")));
    let heading = heading
        .children(stem)
        .text(format!("{title} "))
        .children(must);
    let help = view
        .help
        .as_deref()
        .map(|help| el("p").class("help").attr("id", help_id).text(help));
    let doubt = doubt.map(|(value, ask)| {
        let sure = el("input")
            .attr("type", "hidden")
            .attr("name", steering::SURE)
            .attr("value", format!("{id}={value}"));
        el("div")
            .class("doubt")
            .attr("role", "status")
            .attr("id", format!("d-{id}"))
            .attr("tabindex", "-1")
            .child(el("p").text(if ask.is_empty() {
                setting.words.get("soft-required")
            } else {
                ask.clone()
            }))
            .child(sure)
    });
    frame
        .class(if view.own_screen {
            "question own-screen"
        } else {
            "question"
        })
        .attr("id", format!("q-{id}"))
        .attr("tabindex", "-1")
        .child(heading)
        .children(help)
        .children(fault)
        .children(doubt)
        .children(widget(view, faults, &described_by, invalid, setting))
        .children(clearable(body).then(|| clear(id, title, setting)))
}

/// Something to read among the questions.
fn statement(view: &QuestionView) -> Element {
    let QuestionView {
        id, title, help, ..
    } = view;
    let help = help.as_deref().map(|help| el("p").class("help").text(help));
    let paragraphs = title.split("\n\n").map(|p| el("p").text(p.trim()));
    el("div")
        .class("question statement")
        .attr("id", format!("q-{id}"))
        .attr("tabindex", "-1")
        .children(
            view.stem
                .as_deref()
                .map(|stem| el("p").class("stem").text(stem)),
        )
        .children(paragraphs)
        .children(help)
}

/// Groups of radio buttons can be left, but not emptied, by hand.
fn clearable(body: &Body) -> bool {
    matches!(
        body,
        Body::Single(_) | Body::Matrix { .. } | Body::BestWorst { .. } | Body::Votes { .. }
    )
}

fn clear(id: &str, title: &str, setting: Setting<'_>) -> Element {
    let which = el("span")
        .class("visually-hidden")
        .text(format!(": {title}"));
    el("button")
        .attr("type", "submit")
        .class("clear")
        .attr("name", steering::CLEAR)
        .attr("value", id)
        .attr("formaction", setting.here)
        .text(setting.words.get("clear"))
        .child(which)
}

fn widget(
    view: &QuestionView,
    faults: &[FaultLine],
    described_by: &str,
    invalid: bool,
    setting: Setting<'_>,
) -> Vec<Element> {
    let id = view.id.as_str();
    match &view.body {
        Body::Single(options) => match &view.ends {
            Some((low, high)) => row(id, options, (low, high), setting),
            None => single(id, options, setting),
        },
        Body::Multiple(options, most) => multiple(id, options, *most, setting),
        Body::Matrix { rows, scale } => matrix(id, rows, scale, faults, setting),
        Body::Slider {
            min,
            max,
            step,
            low,
            high,
            missing,
        } => {
            let line = Line {
                min: *min,
                max: *max,
                step: *step,
                low,
                high,
            };
            slider(
                id,
                &view.title,
                &line,
                missing,
                (described_by, invalid),
                setting,
            )
        }
        Body::Number {
            min,
            max,
            integer,
            unit,
            date,
            missing,
            ..
        } => {
            let bounds = Bounds {
                min: *min,
                max: *max,
                integer: *integer,
                unit: unit.as_deref(),
                date: *date,
            };
            let mut drawn = number(id, &bounds, described_by, invalid, setting);
            drawn.extend(beside(id, missing, setting));
            drawn
        }
        Body::Ranking { options, places } => ranking(id, options, *places, setting),
        Body::BestWorst { tasks, best, worst } => best_worst(id, tasks, best, worst, setting),
        Body::ShortText {
            max_chars,
            placeholder,
            ..
        }
        | Body::LongText {
            max_chars,
            placeholder,
            ..
        } => {
            let room = Room {
                long: matches!(view.body, Body::LongText { .. }),
                max_chars: *max_chars,
                placeholder: placeholder.as_deref(),
            };
            text(id, &room, described_by, invalid, setting)
        }
        Body::Votes {
            statements,
            ballot,
            show_at_most,
        } => votes(id, statements, ballot, *show_at_most, setting),
        Body::Statement => Vec::new(),
    }
}

/// The messages of one field, if there are any.
pub(super) fn fault_text(id: &str, faults: &[FaultLine], row: Option<&str>) -> Option<Element> {
    let mut text = String::new();
    for fault in faults.iter().filter(|fault| fault.row.as_deref() == row) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&fault.message);
    }
    (!text.is_empty()).then(|| el("p").class("fault").attr("id", id).text(text))
}
