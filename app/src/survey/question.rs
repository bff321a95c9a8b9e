//! One question: its text, its faults and its widget.

use std::sync::Arc;

use leptos::prelude::*;
use partake_core::flow::{Body, QuestionView};

use super::{
    FaultLine, Fields, Words,
    best_worst::BestWorst,
    matrix::Matrix,
    multiple::Multiple,
    number::Number,
    ranking::Ranking,
    single::Single,
    slider::{Line, Slider},
    text::Text,
    votes::Votes,
};

/// What every widget of a section is drawn from, beside its view.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    pub words: Words,
    /// What was typed so far.
    pub fields: Fields,
    /// True in the runner, where widgets may react.
    pub live: bool,
    /// Path of this section, for the buttons that come back to it.
    pub here: String,
}

#[component]
pub fn Question(
    question: QuestionView,
    faults: Vec<FaultLine>,
    /// The question asked once about an unlikely number, with the number it is about.
    doubt: Option<(String, String)>,
    setting: Arc<Setting>,
) -> impl IntoView {
    let QuestionView {
        id,
        stem,
        title,
        help,
        required,
        body,
    } = question;
    let error_id = format!("e-{id}");
    let help_id = format!("h-{id}");
    let fault = fault_text(&error_id, &faults, None);
    let invalid = fault.is_some();
    let described_by = [
        invalid.then_some(&error_id),
        help.is_some().then_some(&help_id),
    ]
    .into_iter()
    .flatten()
    .cloned()
    .collect::<Vec<_>>()
    .join(" ");
    let must =
        required.then(|| view! { <span class="must">{setting.words.get("required")}</span> });
    let stem = stem.map(|stem| view! { <span class="stem">{stem}</span> });
    let help = help.map(|help| view! { <p class="help" id=help_id>{help}</p> });
    let doubt = doubt.map(|(value, message)| {
        let sure = format!("{id}={value}");
        view! {
            <div class="doubt" role="status" id=format!("d-{id}") tabindex="-1">
                <p>{message}</p>
                <input type="hidden" name="sure" value=sure />
            </div>
        }
    });
    let clearable = matches!(
        body,
        Body::Single(_) | Body::Matrix { .. } | Body::BestWorst { .. } | Body::Votes { .. }
    );
    let clear = clearable.then(|| {
        view! {
            <button
                type="submit"
                class="clear"
                name="clear"
                value=id.clone()
                formaction=setting.here.clone()
            >
                {setting.words.get("clear")}
                <span class="visually-hidden">": " {title.clone()}</span>
            </button>
        }
    });
    let anchor = format!("q-{id}");
    let described = (!described_by.is_empty()).then(|| described_by.clone());
    let field = format!("f-{id}");
    let single_field = matches!(
        body,
        Body::Number { .. } | Body::ShortText { .. } | Body::LongText { .. }
    );
    let widget = widget(
        id,
        title.clone(),
        body,
        faults,
        described_by,
        invalid,
        setting,
    );
    if single_field {
        view! {
            <div class="question" id=anchor tabindex="-1">
                <label class="title" for=field>{stem} {title} {must}</label>
                {help}
                {fault}
                {doubt}
                {widget}
            </div>
        }
        .into_any()
    } else {
        view! {
            <fieldset class="question" id=anchor tabindex="-1" aria-describedby=described>
                <legend>{stem} {title} {must}</legend>
                {help}
                {fault}
                {widget}
                {clear}
            </fieldset>
        }
        .into_any()
    }
}

fn widget(
    id: String,
    title: String,
    body: Body,
    faults: Vec<FaultLine>,
    described_by: String,
    invalid: bool,
    setting: Arc<Setting>,
) -> AnyView {
    match body {
        Body::Single(options) => view! { <Single id options setting /> }.into_any(),
        Body::Multiple(options, most) => {
            let limit = most
                .filter(|most| usize::try_from(*most).is_ok_and(|most| most < options.len()))
                .map(|most| {
                    setting
                        .words
                        .fill("choose-most", &[("max", &most.to_string())])
                })
                .map(|text| view! { <p class="hint">{text}</p> });
            view! {
                {limit}
                <Multiple id options setting />
            }
            .into_any()
        }
        Body::Matrix { rows, scale } => {
            view! { <Matrix id rows scale faults setting /> }.into_any()
        }
        Body::Slider {
            min,
            max,
            step,
            low,
            high,
            missing,
        } => {
            let line = Line { min, max, step };
            view! { <Slider id title line low high missing described_by invalid setting /> }
                .into_any()
        }
        Body::Number {
            min,
            max,
            integer,
            unit,
            ..
        } => view! { <Number id min max integer unit described_by invalid setting /> }.into_any(),
        Body::Ranking { options, places } => {
            view! { <Ranking id options places setting /> }.into_any()
        }
        Body::BestWorst { tasks, best, worst } => {
            view! { <BestWorst id tasks best worst setting /> }.into_any()
        }
        Body::ShortText {
            max_chars,
            placeholder,
        } => view! { <Text id long=false max_chars placeholder described_by invalid setting /> }
            .into_any(),
        Body::LongText {
            max_chars,
            placeholder,
        } => view! { <Text id long=true max_chars placeholder described_by invalid setting /> }
            .into_any(),
        Body::Votes {
            statements,
            ballot,
            show_at_most,
        } => view! { <Votes id statements ballot show_at_most setting /> }.into_any(),
    }
}

/// The messages of one field, if there are any.
pub(super) fn fault_text(id: &str, faults: &[FaultLine], row: Option<&str>) -> Option<AnyView> {
    let mine = faults.iter().filter(|fault| fault.row.as_deref() == row);
    let text = mine
        .map(|fault| fault.message.as_str())
        .collect::<Vec<_>>()
        .join(" ");
    (!text.is_empty()).then(|| view! { <p class="fault" id=id.to_owned()>{text}</p> }.into_any())
}
