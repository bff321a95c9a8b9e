//! What the runner shows.

use leptos::{ev, prelude::*};
use web_sys::wasm_bindgen::JsCast;

use super::{
    runner_browser::discard_draft,
    runner_state::{Phase, Runner},
};
use crate::survey::{ErrorSummary, ProgressBar, Question, ReceiptView, SectionHead, minutes_left};

pub(super) fn runner_view(runner: Runner) -> AnyView {
    let phase = runner.phase;
    (move || match phase.get() {
        Phase::Answering => section(runner.clone()),
        Phase::Sending => {
            let text = runner.words().get("sending");
            view! { <p class="sending" role="status">{text}</p> }.into_any()
        }
        Phase::Unsent { reason, .. } => unsent(runner.clone(), reason),
        Phase::Sent(kind) => {
            let config = runner.config();
            view! {
                <ReceiptView
                    code=runner.receipt().to_owned()
                    kind
                    outro=config.outro.clone()
                    base=config.base.clone()
                    words=runner.words().clone()
                    live=true
                />
            }
            .into_any()
        }
    })
    .into_any()
}

fn section(runner: Runner) -> AnyView {
    let form = NodeRef::<leptos::html::Form>::new();
    let words = runner.words().clone();
    // A timer may fire after the section has gone.
    let element = move || form.try_get_untracked().flatten();

    let take = {
        let runner = runner.clone();
        move || {
            if let Some(form) = element() {
                runner.sync(&form);
            }
        }
    };
    // Buttons of a widget change its hidden fields only after their click has been handled.
    let take_soon = {
        let take = take.clone();
        move || set_timeout(take.clone(), std::time::Duration::ZERO)
    };
    let clicked = {
        let (runner, take_soon) = (runner.clone(), take_soon.clone());
        move |event: ev::MouseEvent| match pressed_clear(&event) {
            Some(question) => {
                event.prevent_default();
                if let Some(form) = element() {
                    runner.clear(&form, &question);
                }
            }
            None => take_soon(),
        }
    };
    let submitted = {
        let runner = runner.clone();
        move |event: ev::SubmitEvent| {
            event.prevent_default();
            if let Some(form) = element() {
                runner.forward(&form);
            }
        }
    };

    let (head, drawn, faults, notice) = (runner.head, runner.drawn, runner.faults, runner.notice);
    let top = {
        let words = words.clone();
        move || {
            head.get().map(|head| {
                let optional = head
                    .optional
                    .then(|| view! { <p class="notice">{words.get("optional")}</p> });
                view! {
                    <SectionHead title=head.title intro=head.intro />
                    {optional}
                }
            })
        }
    };
    let progress = {
        let words = words.clone();
        move || {
            head.get()
                .map(|h| view! { <ProgressBar progress=h.progress words=words.clone() /> })
        }
    };
    let summary = {
        let words = words.clone();
        move || view! { <ErrorSummary lines=faults.get() words=words.clone() /> }
    };
    view! {
        {progress}
        {summary}
        {top}
        <p class="notice" role="status" hidden=move || notice.with(Option::is_none)>
            {move || notice.get()}
        </p>
        <form
            class="runner"
            novalidate=true
            autocomplete="off"
            node_ref=form
            on:input=move |_| take()
            on:keyup=move |_| take_soon()
            on:click=clicked
            on:submit=submitted
        >
            <For each=move || drawn.get() key=|drawn| drawn.key let:drawn>
                <Question
                    question=drawn.question
                    faults=drawn.faults
                    doubt=drawn.doubt
                    setting=drawn.setting
                />
            </For>
            {bar(&runner)}
        </form>
        {draft(&runner)}
    }
    .into_any()
}

/// The question whose "clear" button was pressed, if that is what was pressed.
fn pressed_clear(event: &ev::MouseEvent) -> Option<String> {
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    target
        .closest("button[name=clear]")
        .ok()
        .flatten()?
        .get_attribute("value")
}

fn bar(runner: &Runner) -> impl IntoView + use<> {
    let words = runner.words().clone();
    let head = runner.head;
    let back = {
        let (runner, words) = (runner.clone(), words.clone());
        move || {
            let previous = head.get().and_then(|head| head.previous)?;
            let runner = runner.clone();
            Some(view! {
                <button
                    class="button quiet"
                    type="button"
                    on:click=move |_| runner.go(&previous, true)
                >
                    {words.get("back")}
                </button>
            })
        }
    };
    let forward = {
        let words = words.clone();
        move || {
            let last = head.with(|head| head.as_ref().is_some_and(|h| h.next.is_none()));
            words.get(if last { "submit" } else { "next" })
        }
    };
    let (kept, nothing) = (runner.kept, runner.keeps_nothing());
    let device = move || {
        let key = match (nothing, kept.get()) {
            (true, _) => "kept-nowhere",
            (false, true) => "kept-device",
            (false, false) => "kept-failed",
        };
        let left = head
            .get()
            .map(|head| minutes_left(&words, head.progress))
            .unwrap_or_default();
        format!("{} · {left}", words.get(key))
    };
    view! {
        <div class="bar">
            {back}
            <span class="device">{device}</span>
            <button class="button" type="submit">{forward}</button>
        </div>
    }
}

fn draft(runner: &Runner) -> Option<impl IntoView + use<>> {
    let sure = RwSignal::new(false);
    let words = runner.words().clone();
    let survey = runner.config().survey.clone();
    let start = format!("{}/survey", runner.config().base);
    let press = move |_| {
        if !sure.get_untracked() {
            sure.set(true);
            return;
        }
        discard_draft(&survey);
        _ = window().location().set_href(&start);
    };
    (!runner.keeps_nothing()).then(|| {
        view! {
            <p class="switch">
                <button type="button" class="link" on:click=press>
                    {move || words.get(if sure.get() { "draft-discard-sure" } else { "draft-discard" })}
                </button>
            </p>
        }
    })
}

fn unsent(runner: Runner, reason: String) -> AnyView {
    let words = runner.words().clone();
    let kept = runner.kept.get_untracked() && !runner.keeps_nothing();
    let safe = words.get(if kept {
        "unsent-kept"
    } else {
        "unsent-kept-nowhere"
    });
    let again = runner.clone();
    let last = runner
        .head
        .get_untracked()
        .map(|head| head.id)
        .unwrap_or_default();
    view! {
        <section class="unsent" role="alert">
            <h1 id="section-title" tabindex="-1">{words.get("unsent-title")}</h1>
            <p>{reason}</p>
            <p>{safe}</p>
            <div class="bar">
                <button class="button quiet" type="button" on:click=move |_| runner.go(&last, false)>
                    {words.get("back")}
                </button>
                <button class="button" type="button" on:click=move |_| again.submit()>
                    {words.get("retry")}
                </button>
            </div>
        </section>
    }
    .into_any()
}
