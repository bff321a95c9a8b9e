//! `GET /{lang}/discuss`.

use std::collections::{HashMap, HashSet};

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use partake_app::{
    i18n::t,
    pages::discuss::{ListPage, ListPageProps, ThreadLine},
    shell::Nav,
};
use partake_core::forum::About;
use partake_store::forum::Reader;

use super::{
    view::{about_label, choices},
    when::minute,
};
use crate::{
    auth::actor, error::PageError, extract::CurrentSurvey, page::PageContext, state::AppState,
};

/// The filter's value for everything.
const EVERYTHING: &str = "*";

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    survey: CurrentSurvey,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let instrument = &survey.wave.instrument;
    let asked = query
        .get("about")
        .map_or(EVERYTHING, String::as_str)
        .to_owned();
    let about = (asked != EVERYTHING).then(|| About::from_field(&asked));
    let reader = Reader::of(actor(context.viewer.as_ref()));
    let cursor = query.get("cursor").map(String::as_str);
    let store = &state.store;
    let page = store
        .threads(&survey.wave.survey, about.as_ref(), cursor, reader)
        .await?;

    // Only questions that somebody talks about are offered, and the one that was asked for.
    let counts = store.thread_counts(&survey.wave.survey).await?;
    let mut discussed: HashSet<&str> = counts
        .iter()
        .filter_map(|(about, ..)| about.question())
        .collect();
    discussed.insert(asked.as_str());
    let mut offered = choices(lang, instrument);
    for (_, questions) in &mut offered {
        questions.retain(|(id, _)| discussed.contains(id.as_str()));
    }
    offered.retain(|(_, questions)| !questions.is_empty());

    let base = format!("{}/discuss", survey.base(lang));
    let threads = page
        .items
        .into_iter()
        .map(|thread| ThreadLine {
            href: format!("{base}/{}", thread.id),
            about: about_label(lang, instrument, &thread.about),
            title: thread.title,
            author: thread.author,
            comments: (thread.comment_count - 1).max(0),
            last: minute(thread.last_activity_ms),
            locked: thread.locked,
        })
        .collect();
    let said = query
        .get("done")
        .filter(|done| done.as_str() == "deleted")
        .map(|_| t(lang, "forum-deleted-done"));
    let mut shell = context.shell(
        format!("{}/discuss", survey.prefix),
        t(lang, "forum-title"),
        Nav::Discuss,
    );
    shell.description = Some(t(lang, "forum-lede"));
    let props = ListPageProps {
        lang,
        base,
        said,
        choices: offered,
        about: asked,
        threads,
        next: page.next,
    };
    Ok(context.respond(StatusCode::OK, shell, move || ListPage(props)))
}
