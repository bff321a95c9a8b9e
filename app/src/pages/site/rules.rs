//! The rules of the discussion: what is removed, how, and how to object.

use leptos::prelude::*;
use partake_core::{forum::Reason, lang::Lang};

use super::Operator;
use crate::i18n::{t, t_with};

#[component]
pub fn Rules(lang: Lang, operator: Operator) -> impl IntoView {
    let say = move |key: &str| t(lang, &format!("site-rules-{key}"));
    let reasons = Reason::ALL
        .map(|reason| {
            view! {
                <dt id=reason.as_str()>
                    {say(reason.as_str())} " "
                    <code title=say("code")>{reason.as_str()}</code>
                </dt>
                <dd>{say(&format!("{reason}-text"))}</dd>
            }
        })
        .collect_view();
    let how = (1..=3)
        .map(|at| view! { <li>{say(&format!("how-{at}"))}</li> })
        .collect_view();
    let appeal = operator.contact.map_or_else(
        || say("appeal-unset"),
        |contact| t_with(lang, "site-rules-appeal", &[("contact", contact.into())]),
    );
    view! {
        <article class="prose">
            <h1>{say("title")}</h1>
            <p class="lede">{say("lede")}</p>
            <h2>{say("removed-title")}</h2>
            <dl class="reasons">{reasons}</dl>
            <h2>{say("how-title")}</h2>
            <ul>{how}</ul>
            <p>
                <a href=format!("/{lang}/moderation/log")>{say("log")}</a>
            </p>
            <h2>{say("appeal-title")}</h2>
            <p>{appeal}</p>
            <h2>{say("yours-title")}</h2>
            <p>{say("yours")}</p>
        </article>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_for_removal_is_explained_in_both_languages() {
        for lang in Lang::ALL {
            let html = Owner::new().with(|| {
                Rules(RulesProps {
                    lang,
                    operator: Operator::default(),
                })
                .to_html()
            });
            for reason in Reason::ALL {
                assert!(html.contains(&format!("id=\"{reason}\"")));
            }
            assert!(!html.contains("site-rules-"), "a text is missing in {lang}");
        }
    }
}
