//! Appeals that wait, and the answer to one.

use leptos::prelude::*;
use partake_core::lang::Lang;

use super::statement::{StatementView, appeal_view, grounds};
use crate::{
    i18n::{t, t_with},
    pages::field::{Field, area, notice},
};

/// An appeal in the list.
#[derive(Clone, Debug)]
pub struct AppealLine {
    pub act: i64,
    pub kind: &'static str,
    pub body: String,
    pub when: String,
    pub due: String,
    pub overdue: bool,
    /// Why the reader may not decide on it.
    pub barred: Option<String>,
}

#[component]
pub fn AppealsPage(lang: Lang, said: Option<String>, appeals: Vec<AppealLine>) -> impl IntoView {
    let list = if appeals.is_empty() {
        view! { <p class="empty">{t(lang, "mod-appeals-none")}</p> }.into_any()
    } else {
        let lines = appeals
            .into_iter()
            .map(|line| line_view(lang, line))
            .collect_view();
        view! { <ol class="plain-list appeals">{lines}</ol> }.into_any()
    };
    view! {
        <div class="page-head">
            <h1>{t(lang, "mod-appeals")}</h1>
            {super::links(lang)}
        </div>
        {notice(said)}
        {list}
    }
}

fn line_view(lang: Lang, line: AppealLine) -> AnyView {
    let due = t_with(lang, "mod-appeal-due", &[("due", line.due.into())]);
    let tag = if line.overdue { "tag on" } else { "tag" };
    let way = match line.barred {
        Some(why) => view! { <p class="hint">{why}</p> }.into_any(),
        None => view! {
            <p>
                <a class="button" href=format!("/{lang}/moderation/appeals/{}", line.act)>
                    {t(lang, "mod-appeal-decide")}
                </a>
            </p>
        }
        .into_any(),
    };
    view! {
        <li>
            <p class="by">
                <strong>{t(lang, &format!("moderation-act-{}", line.kind))}</strong>
                <span>{line.when}</span>
                <span class=tag>{due}</span>
            </p>
            <p class="said">{line.body}</p>
            {way}
        </li>
    }
    .into_any()
}

#[component]
pub fn AppealPage(
    lang: Lang,
    statement: StatementView,
    /// Who took the decision.
    moderator: String,
    answer: String,
    fault: Option<String>,
) -> impl IntoView {
    let act = statement.act;
    let appeal = statement
        .appeal
        .as_ref()
        .map(|appeal| appeal_view(lang, appeal));
    view! {
        <div class="page-head">
            <h1>{t(lang, "mod-appeal-decide")}</h1>
            {super::links(lang)}
        </div>
        <p>
            <strong>{t(lang, &format!("moderation-act-{}", statement.kind))}</strong>
            " "
            {t_with(lang, "mod-decided-by", &[("who", moderator.into())])}
        </p>
        {grounds(lang, &statement)}
        <section aria-labelledby="appeal">
            <h2 id="appeal">{t(lang, "mod-appeal")}</h2>
            {appeal}
        </section>
        <form method="post" action=format!("/{lang}/moderation/appeals/{act}") novalidate=true>
            {area(
                Field {
                    id: "answer".to_owned(),
                    name: "answer",
                    label: t(lang, "mod-answer"),
                    value: answer,
                    hint: Some(t(lang, "mod-answer-hint")),
                    fault,
                    ..Field::default()
                },
                3,
            )}
            <div class="actions">
                <button type="submit" name="outcome" value="overturn">
                    {t(lang, "mod-overturn")}
                </button>
                <button type="submit" name="outcome" value="uphold" class="quiet">
                    {t(lang, "mod-uphold")}
                </button>
            </div>
        </form>
    }
}
