//! `GET /{lang}/rules`.

use axum::{extract::State, http::StatusCode, response::Response};
use partake_app::{
    i18n::t,
    pages::site::{RuleHistory, RuleView, Rules, RulesProps},
    shell::Nav,
};
use partake_core::lang::Lang;
use partake_store::forum::StoredRule;

use super::operator;
use crate::{error::PageError, page::PageContext, routes::discuss::day, state::AppState};

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let operator = operator(&state.config);
    let versions = state.store.rule_versions(None).await?;
    let rules = state
        .store
        .rules()
        .await?
        .into_iter()
        .map(|newest| {
            let reason = newest.rule.reason;
            let earlier = versions
                .iter()
                .rev()
                .filter(|v| v.rule.reason == reason && v.rule.version < newest.rule.version)
                .map(|version| view(lang, version))
                .collect();
            RuleHistory {
                code: reason.as_str(),
                newest: view(lang, &newest),
                earlier,
            }
        })
        .collect();
    let mut shell = context.shell("/rules", t(lang, "site-rules-title"), Nav::None);
    shell.description = Some(t(lang, "site-rules-lede"));
    Ok(context.respond(StatusCode::OK, shell, move || {
        Rules(RulesProps {
            lang,
            operator,
            rules,
        })
    }))
}

fn view(lang: Lang, stored: &StoredRule) -> RuleView {
    let wording = stored.rule.wording(lang);
    RuleView {
        citation: stored.rule.citation(),
        title: wording.title.clone(),
        text: wording.text.clone(),
        breaks: wording.breaks.clone(),
        keeps: wording.keeps.clone(),
        published: day(stored.published_ms),
        retired: stored.retired,
    }
}
