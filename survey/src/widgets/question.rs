//! One question: its text, its faults and its widget.

use partake_core::flow::{Body, QuestionView};

use super::{
    Setting,
    best_worst::best_worst,
    choice::{multiple, single},
    matrix::matrix,
    number::{Bounds, number},
    ranking::ranking,
    slider::{Line, slider},
    text::{Room, text},
    votes::votes,
};
use crate::{
    FaultLine,
    markup::{Element, el},
};

/// A question. `doubt` is what is asked once about an unlikely number, with the number.
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
            .attr("name", "sure")
            .attr("value", format!("{id}={value}"));
        el("div")
            .class("doubt")
            .attr("role", "status")
            .attr("id", format!("d-{id}"))
            .attr("tabindex", "-1")
            .child(el("p").text(ask.as_str()))
            .child(sure)
    });
    frame
        .class("question")
        .attr("id", format!("q-{id}"))
        .attr("tabindex", "-1")
        .child(heading)
        .children(help)
        .children(fault)
        .children(doubt)
        .children(widget(view, faults, &described_by, invalid, setting))
        .children(clearable(body).then(|| clear(id, title, setting)))
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
        .attr("name", "clear")
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
        Body::Single(options) => single(id, options, setting),
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
            ..
        } => {
            let bounds = Bounds {
                min: *min,
                max: *max,
                integer: *integer,
                unit: unit.as_deref(),
            };
            number(id, &bounds, described_by, invalid, setting)
        }
        Body::Ranking { options, places } => ranking(id, options, *places, setting),
        Body::BestWorst { tasks, best, worst } => best_worst(id, tasks, best, worst, setting),
        Body::ShortText {
            max_chars,
            placeholder,
        }
        | Body::LongText {
            max_chars,
            placeholder,
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
