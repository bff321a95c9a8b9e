//! What a draft will look like, how long it is, and which rule it comes near to: for the page that
//! is sent without JavaScript, and as JSON for the page that asks while somebody writes.

use axum::{
    Form, Json,
    extract::State,
    response::{IntoResponse as _, Response},
};
use partake_app::{charts::counted, i18n::t_with, pages::discuss::Preview};
use partake_core::{forum::mention, lang::Lang};
use serde::Deserialize;
use serde_json::json;

use super::{RuleBook, view::People};
use crate::{error::PageError, extract::CurrentSurvey, page::PageContext, state::AppState};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    body: String,
}

pub(super) async fn act(
    State(state): State<AppState>,
    context: PageContext,
    survey: CurrentSurvey,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let base = format!("{}/discuss", survey.base(context.lang));
    context.signed_in(&base)?;
    let preview = of(&state, context.lang, &base, &typed.body).await?;
    let mut response = Json(json!({
        "html": preview.html,
        "count": preview.count,
        "over": preview.over,
        "near": preview.near,
    }))
    .into_response();
    response.headers_mut().insert(
        axum::http::header::CACHE_CONTROL,
        axum::http::HeaderValue::from_static("private, no-store"),
    );
    Ok(response)
}

/// The preview of a draft.
pub(super) async fn of(
    state: &AppState,
    lang: Lang,
    base: &str,
    body: &str,
) -> Result<Preview, PageError> {
    let known = state
        .store
        .known_handles(&mention::candidates(body))
        .await?;
    let people = People {
        known,
        base: base.to_owned(),
    };
    let draft = people.look(body);
    let near = match draft.near {
        Some(reason) => {
            let rule = RuleBook::load(state, lang).await?.title(reason, None);
            Some(t_with(lang, "compose-near", &[("rule", rule.into())]))
        }
        None => None,
    };
    Ok(Preview {
        over: draft.over(),
        html: draft.html,
        count: t_with(
            lang,
            "compose-count",
            &[
                ("n", counted(draft.length).into()),
                ("most", counted(draft.most).into()),
            ],
        ),
        near,
    })
}
