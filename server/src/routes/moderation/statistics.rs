//! `GET /{lang}/moderation/statistics`.

use axum::{extract::State, http::StatusCode, response::Response};
use partake_app::{
    i18n::t,
    pages::moderation::{StatisticsPage, StatisticsPageProps},
    shell::Nav,
};

use crate::{
    error::PageError,
    page::PageContext,
    routes::discuss::{RuleBook, span},
    state::AppState,
};

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let numbers = state.store.moderation_statistics().await?;
    let title = t(lang, "mod-statistics");
    let mut shell = context.shell("/moderation/statistics", title, Nav::Moderation);
    shell.description = Some(t(lang, "mod-statistics-lede"));
    let fact = |key: &str, value: String| (t(lang, key), value);
    let none = || t(lang, "mod-stat-none");
    let decided = numbers.upheld + numbers.overturned;
    let rate = (decided > 0).then(|| percent(numbers.overturned, decided));
    let book = RuleBook::load(&state, lang).await?;
    let props = StatisticsPageProps {
        lang,
        time: vec![
            fact("mod-stat-answered", numbers.answered.to_string()),
            fact(
                "mod-stat-median",
                numbers
                    .median_ms
                    .map_or_else(none, |ms| span(lang, ms / 1_000)),
            ),
        ],
        appeals: vec![
            fact("mod-stat-appealable", numbers.appealable.to_string()),
            fact("mod-stat-open", numbers.open.to_string()),
            fact("mod-stat-upheld", numbers.upheld.to_string()),
            fact("mod-stat-overturned", numbers.overturned.to_string()),
            fact("mod-stat-rate", rate.unwrap_or_else(none)),
        ],
        agreement: vec![
            fact("mod-stat-reviewed", numbers.reviewed.to_string()),
            fact("mod-stat-alike", numbers.alike.to_string()),
            fact("mod-stat-kappa", kappa(numbers.kappa).unwrap_or_else(none)),
        ],
        by_rule: numbers
            .by_rule
            .into_iter()
            .map(|(reason, n, against)| (book.title(reason, None), n, against))
            .collect(),
        kappas: numbers
            .kappa_by_rule
            .into_iter()
            .map(|(reason, n, value)| {
                let value = kappa(value).unwrap_or_else(none);
                (book.title(reason, None), n, value)
            })
            .collect(),
    };
    Ok(context.respond(StatusCode::OK, shell, move || StatisticsPage(props)))
}

fn percent(part: i64, whole: i64) -> String {
    format!("{} %", (part * 100 + whole / 2) / whole)
}

fn kappa(value: Option<f64>) -> Option<String> {
    value.map(|value| format!("{value:.2}"))
}
