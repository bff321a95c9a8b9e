//! `GET /{lang}/account/votes`: what the account voted on.

use std::collections::HashMap;

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use partake_app::{
    i18n::t,
    pages::account::{VoteView, VotesPage, VotesPageProps},
    shell::Nav,
};
use partake_store::forum::Vote;

use crate::{error::PageError, page::PageContext, routes::discuss::title_text, state::AppState};

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let viewer = context.signed_in(&format!("/{lang}/account/votes"))?;
    let cursor = query.get("cursor").map(String::as_str);
    let found = state.store.votes_cast(&viewer.id, cursor).await?;
    let mut shell = context.shell("/account/votes", t(lang, "account-votes"), Nav::Account);
    shell.private = true;
    let props = VotesPageProps {
        lang,
        votes: found
            .items
            .into_iter()
            .map(|cast| VoteView {
                href: format!("/{lang}/discuss/{}/{}", cast.thread, cast.comment),
                thread_title: title_text(lang, cast.thread_title),
                up: cast.vote == Vote::Up,
                state: cast.state,
            })
            .collect(),
        next: found.next,
    };
    Ok(context.respond(StatusCode::OK, shell, move || VotesPage(props)))
}
