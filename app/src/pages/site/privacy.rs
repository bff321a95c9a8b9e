//! What is stored, whom that stops and whom it does not, and the privacy notice.

use leptos::prelude::*;
use partake_core::lang::Lang;

use super::Operator;
use crate::i18n::{FluentValue, t, t_with};

#[component]
pub fn Privacy(lang: Lang, operator: Operator) -> impl IntoView {
    let say = move |key: &str| t(lang, &format!("site-privacy-{key}"));
    let items = move |stem: &str, count: u8| {
        (1..=count)
            .map(|at| view! { <li>{say(&format!("{stem}-{at}"))}</li> })
            .collect_view()
    };
    let paragraphs = move |stem: &str, count: u8| {
        (1..=count)
            .map(|at| view! { <p>{say(&format!("{stem}-{at}"))}</p> })
            .collect_view()
    };
    let guards = (1..=6)
        .map(|at| {
            view! {
                <dt>{say(&format!("guard-a{at}"))}</dt>
                <dd>{say(&format!("guard-a{at}-how"))}</dd>
            }
        })
        .collect_view();
    view! {
        <article class="prose">
            <h1>{say("title")}</h1>
            <p class="lede">{say("lede")}</p>
            <h2>{say("kept-title")}</h2>
            <ul>{items("kept", 5)}</ul>
            <h2>{say("not-title")}</h2>
            <ul>{items("not", 4)}</ul>
            <p>{say("noscript")}</p>
            <h2>{say("guard-title")}</h2>
            <dl>{guards}</dl>
            <p>
                <a href=format!("/{lang}/results/method")>{t(lang, "charts-method-link")}</a>
            </p>
            <h2>{say("limits-title")}</h2>
            <ul>{items("limits", 4)}</ul>
            <h2 id="receipt">{say("receipt-title")}</h2>
            {paragraphs("receipt", 3)}
            <p>
                <a href=format!("/{lang}/response")>{say("receipt-link")}</a>
            </p>
            <h2>{say("forum-title")}</h2>
            {paragraphs("forum", 3)}
            <h2>{say("cookies-title")}</h2>
            <p>{say("cookies")}</p>
            <h2 id="notice">{say("notice-title")}</h2>
            <p class="notice warn">{say("notice-status")}</p>
            {notice(lang, &operator)}
        </article>
    }
}

/// The numbered notice. Its text is a legal one, so each point says what has not been entered.
fn notice(lang: Lang, operator: &Operator) -> impl IntoView + use<> {
    let logs = if operator.log_days.is_some() {
        "4-text"
    } else {
        "4-unset"
    };
    let kept = if operator.freeze_date.is_some() {
        "8-text"
    } else {
        "8-unset"
    };
    let place = operator
        .hosting_place
        .clone()
        .unwrap_or_else(|| t(lang, "site-unset-place"));
    let args: Vec<(&'static str, FluentValue<'static>)> = vec![
        ("operator", operator.name(lang).into()),
        ("contact", operator.contact(lang).into()),
        ("place", place.into()),
        ("days", operator.log_days.unwrap_or_default().into()),
        (
            "freeze",
            operator.freeze_date.clone().unwrap_or_default().into(),
        ),
    ];
    let points = (1..=11)
        .map(|at| {
            let text = match at {
                4 => logs.to_owned(),
                8 => kept.to_owned(),
                _ => format!("{at}-text"),
            };
            let text = t_with(lang, &format!("site-privacy-notice-{text}"), &args);
            view! {
                <li>
                    <strong>{t(lang, &format!("site-privacy-notice-{at}"))}</strong>
                    <br />
                    {text}
                </li>
            }
        })
        .collect_view();
    view! { <ol>{points}</ol> }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(operator: Operator) -> String {
        Owner::new().with(|| {
            Privacy(PrivacyProps {
                lang: Lang::En,
                operator,
            })
            .to_html()
        })
    }

    #[test]
    fn what_the_operator_left_out_is_said_to_be_missing() {
        let html = page(Operator::default());
        assert!(html.contains("has not entered a name"));
        assert!(html.contains("has not been entered by the operator"));
        assert!(html.contains("has not entered the country"));
        assert!(html.contains("has not entered the date"));
    }

    #[test]
    fn what_the_operator_entered_is_shown_escaped() {
        let html = page(Operator {
            name: Some("A & B <i>".to_owned()),
            contact: Some("mail@example.org".to_owned()),
            hosting_place: Some("Ireland, Example Ltd".to_owned()),
            log_days: Some(7),
            freeze_date: Some("2027-06-30".to_owned()),
        });
        assert!(html.contains("A &amp; B &lt;i&gt;"));
        assert!(html.contains("for 7 days"));
        assert!(html.contains("Ireland, Example Ltd"));
        assert!(html.contains("2027-06-30"));
        assert!(!html.contains("has not entered"));
    }
}
