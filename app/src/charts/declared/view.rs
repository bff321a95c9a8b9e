//! What was declared as HTML.

use leptos::prelude::*;

use super::{
    super::{bars::whisker, numbers::coordinate},
    Claim, Declared, Index,
};

#[component]
pub fn DeclaredView(declared: Declared) -> impl IntoView {
    let Declared {
        title,
        lede,
        claims,
        indices_title,
        indices_lede,
        indices,
        registered,
    } = declared;
    let claims: Vec<_> = claims
        .into_iter()
        .map(|claim| claim_view(claim, &registered))
        .collect();
    let indices: Vec<_> = indices.into_iter().map(index_view).collect();
    view! {
        <section class="result-section declared" id="declared" aria-labelledby="declared-title">
            <h2 id="declared-title">{title}</h2>
            <p class="lede">{lede}</p>
            <ol class="claims">{claims}</ol>
            <h3 class="indices-title" id="indices">{indices_title}</h3>
            <p class="rule">{indices_lede}</p>
            <ul class="rows indices">{indices}</ul>
        </section>
    }
    .into_any()
}

fn claim_view(claim: Claim, registered: &str) -> impl IntoView + use<> {
    let [metric, test] = claim.registered;
    let anchor = claim.id.clone();
    let figures: Vec<_> = claim
        .figures
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect();
    view! {
        <li id=anchor>
            <p class="claim"><b>{claim.id}</b> " " {claim.claim}</p>
            <p class=format!("verdict {}", claim.class)>{claim.verdict}</p>
            <ul class="evidence">{figures}</ul>
            <p class="rule">{claim.rule}</p>
            <details>
                <summary>{registered.to_owned()}</summary>
                <p lang="en"><code>{metric}</code></p>
                <p lang="en"><code>{test}</code></p>
            </details>
        </li>
    }
}

fn index_view(index: Index) -> impl IntoView {
    let hidden = index.marks.is_none();
    let zero = index.zero.map(|at| {
        view! { <path class="middle" d=format!("M{} -1V11", coordinate(at)) /> }
    });
    let drawing = index.marks.map(|(value, interval)| {
        view! {
            <svg
                class="row-marks dots"
                viewBox="0 0 100 10"
                preserveAspectRatio="none"
                role="img"
                aria-label=index.detail.clone()
            >
                <path class="floor" d="M0 5H100" />
                {zero}
                {whisker(Some(interval))}
                <path class="dot" d=format!("M{} 5h0", coordinate(value)) />
            </svg>
        }
    });
    let sources: Vec<_> = index
        .sources
        .into_iter()
        .map(|(title, href)| view! { <li><a href=href>{title}</a></li> })
        .collect();
    view! {
        <li class="row index" id=index.id>
            <span class="row-label">{index.label}</span>
            <span class="row-figure" class:hidden-figure=hidden>{index.figure}</span>
            {drawing}
            <details class="row-note">
                <summary>{index.detail}</summary>
                {index.rule.map(|rule| view! { <p>{rule}</p> })}
                <p>{index.published}</p>
                <ul>{sources}</ul>
            </details>
        </li>
    }
}
