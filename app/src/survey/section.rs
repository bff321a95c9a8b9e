//! What stands around the questions of a section: how far one is, the heading, what went wrong.

use leptos::prelude::*;
use partake_core::flow::Progress;

use super::{FaultLine, Words};

/// The time left in words.
#[must_use]
pub fn minutes_left(words: &Words, progress: Progress) -> String {
    match progress.minutes_left() {
        0 | 1 => words.get("minutes-last"),
        minutes => words.fill("minutes-left", &[("n", &minutes.to_string())]),
    }
}

/// A row of boxes, one for each section.
#[component]
pub fn ProgressBar(progress: Progress, words: Words) -> impl IntoView {
    let Progress { index, total, .. } = progress;
    let label = words.fill(
        "progress",
        &[("n", &index.to_string()), ("total", &total.to_string())],
    );
    let boxes = (1..=total)
        .map(|at| {
            let class = match at.cmp(&index) {
                std::cmp::Ordering::Less => "done",
                std::cmp::Ordering::Equal => "now",
                std::cmp::Ordering::Greater => "",
            };
            view! { <i class=class></i> }
        })
        .collect_view();
    view! { <div class="progress" role="img" aria-label=label>{boxes}</div> }
}

#[component]
pub fn SectionHead(title: String, intro: Option<String>) -> impl IntoView {
    view! {
        <h1 id="section-title" tabindex="-1">{title}</h1>
        {intro.map(|intro| view! { <p class="intro">{intro}</p> })}
    }
}

#[component]
pub fn ErrorSummary(lines: Vec<FaultLine>, words: Words) -> impl IntoView {
    (!lines.is_empty()).then(|| {
        let title = words.fill("summary", &[("n", &lines.len().to_string())]);
        let items = lines
            .into_iter()
            .map(|line| {
                let FaultLine {
                    anchor,
                    label,
                    message,
                    ..
                } = line;
                let (link, rest) = if label.is_empty() {
                    (message, None)
                } else {
                    (label, Some(message))
                };
                view! {
                    <li>
                        <a href=format!("#{anchor}")>{link}</a>
                        {rest.map(|text| view! { <span class="reason">{text}</span> })}
                    </li>
                }
            })
            .collect_view();
        view! {
            <div class="summary" id="summary" role="alert" tabindex="-1">
                <h2>{title}</h2>
                <ul>{items}</ul>
            </div>
        }
    })
}
