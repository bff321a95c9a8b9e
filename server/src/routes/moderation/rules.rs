//! `/{lang}/moderation/rules/{reason}`: another version of a rule.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::{
    i18n::t,
    pages::moderation::{RulePage, RulePageProps, RuleText},
    shell::Nav,
};
use partake_core::{
    forum::{
        Action, Reason, Target, may,
        rule::{RuleFault, Wording},
    },
    lang::Lang,
};
use partake_store::forum::{ForumError, StoredRule};

use crate::{auth::actor, error::PageError, page::PageContext, state::AppState};

async fn load(
    state: &AppState,
    context: &PageContext,
    path: &HashMap<String, String>,
) -> Result<(Reason, Option<StoredRule>), PageError> {
    let reason: Reason = path
        .get("reason")
        .and_then(|code| code.parse().ok())
        .ok_or(PageError::NotFound)?;
    let here = format!("/{}/moderation/rules/{reason}", context.lang);
    let viewer = context.signed_in(&here)?;
    may(actor(Some(viewer)), Action::PublishRule, Target::Site).map_err(ForumError::from)?;
    let newest = state.store.rule_versions(Some(reason)).await?.pop();
    Ok((reason, newest))
}

fn page(
    context: &PageContext,
    reason: Reason,
    (version, retired): (i64, bool),
    texts: [RuleText; 2],
    fault: Option<String>,
    status: StatusCode,
) -> Response {
    let lang = context.lang;
    let tail = format!("/moderation/rules/{reason}");
    let mut shell = context.shell(
        tail,
        t(lang, &format!("forum-reason-{reason}")),
        Nav::Moderation,
    );
    shell.private = true;
    let [zh, en] = texts;
    let props = RulePageProps {
        lang,
        reason: reason.as_str(),
        version,
        retired,
        zh,
        en,
        fault,
    };
    context.respond(status, shell, move || RulePage(props))
}

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    Path(path): Path<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let (reason, newest) = load(&state, &context, &path).await?;
    let (version, texts) = match &newest {
        Some(stored) => (
            (stored.rule.version, stored.retired),
            [
                RuleText::from(&stored.rule.zh),
                RuleText::from(&stored.rule.en),
            ],
        ),
        None => ((0, false), [RuleText::default(), RuleText::default()]),
    };
    Ok(page(&context, reason, version, texts, None, StatusCode::OK))
}

pub(super) async fn publish(
    State(state): State<AppState>,
    context: PageContext,
    Path(path): Path<HashMap<String, String>>,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let (reason, newest) = load(&state, &context, &path).await?;
    let seen: i64 = form
        .get("seen")
        .and_then(|n| n.parse().ok())
        .ok_or(PageError::BadRequest)?;
    let (zh, en) = (wording(&form, "zh"), wording(&form, "en"));
    let wordings = match form.get("act").map(String::as_str) {
        Some("publish") => Some((zh.clone(), en.clone())),
        Some("retire") => None,
        _ => return Err(PageError::BadRequest),
    };
    let mut texts = [RuleText::from(&zh), RuleText::from(&en)];
    if wordings.is_some() {
        for (text, wording) in texts.iter_mut().zip([&zh, &en]) {
            text.fault = wording.check().err().map(|fault| fault_text(lang, fault));
        }
    }
    let version = newest
        .as_ref()
        .map_or((0, false), |stored| (stored.rule.version, stored.retired));
    if texts.iter().any(|text| text.fault.is_some()) {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(page(&context, reason, version, texts, None, status));
    }
    let survey = super::account::survey(&state)?;
    let now_ms = state.clock.now_ms();
    let published = state
        .store
        .publish_rule(
            actor(context.viewer.as_ref()),
            &survey,
            reason,
            wordings,
            seen,
            now_ms,
        )
        .await;
    match published {
        Ok(()) => {
            let to = format!("/{lang}/moderation/settings?done=rule");
            Ok(Redirect::to(&to).into_response())
        }
        Err(ForumError::Stale) => {
            let fault = Some(t(lang, "mod-rule-stale"));
            let status = StatusCode::CONFLICT;
            Ok(page(&context, reason, version, texts, fault, status))
        }
        Err(ForumError::LastRule) => {
            let fault = Some(t(lang, "mod-rule-last"));
            let status = StatusCode::CONFLICT;
            Ok(page(&context, reason, version, texts, fault, status))
        }
        Err(error) => Err(error.into()),
    }
}

/// What was typed: one example on each line.
fn wording(form: &HashMap<String, String>, code: &str) -> Wording {
    let get = |name: &str| {
        form.get(&format!("{code}_{name}"))
            .map(|text| text.trim().to_owned())
            .unwrap_or_default()
    };
    let lines = |name: &str| {
        get(name)
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(ToOwned::to_owned)
            .collect()
    };
    Wording {
        title: get("title"),
        text: get("text"),
        breaks: lines("breaks"),
        keeps: lines("keeps"),
        sentence: get("sentence"),
    }
}

fn fault_text(lang: Lang, fault: RuleFault) -> String {
    let key = match fault {
        RuleFault::Empty => "mod-rule-fault-empty",
        RuleFault::NoExample => "mod-rule-fault-example",
        RuleFault::TooLong => "mod-rule-fault-long",
    };
    t(lang, key)
}
