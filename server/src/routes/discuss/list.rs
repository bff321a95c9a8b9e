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
    view::{about_label, choices, figures, title_text},
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
    let about = match asked.as_str() {
        EVERYTHING => None,
        field => Some(About::from_field(field).ok_or(PageError::BadRequest)?),
    };
    let reader = Reader::of(actor(context.viewer.as_ref()));
    let cursor = query.get("cursor").map(String::as_str);
    let store = &state.store;
    let page = store
        .threads(&survey.wave.survey, about.as_ref(), cursor, reader)
        .await?;

    // Only what somebody talks about is offered, and what was asked for.
    let counts = store.thread_counts(&survey.wave.survey).await?;
    let talked_about: HashSet<&About> = counts
        .iter()
        .map(|(about, ..)| about)
        .chain(about.as_ref())
        .collect();
    let mut discussed: HashSet<String> = talked_about.iter().map(|about| about.field()).collect();
    discussed.extend(
        talked_about
            .iter()
            .filter_map(|about| about.question().map(str::to_owned)),
    );
    let mut offered = choices(lang, instrument);
    for (_, options) in &mut offered {
        options.retain(|(field, _)| discussed.contains(field));
    }
    offered.retain(|(_, options)| !options.is_empty());
    let mut quoted: Vec<&About> = talked_about.into_iter().collect();
    quoted.sort_by_key(|about| about.field());
    offered.extend(figures(lang, instrument, quoted));

    let base = format!("{}/discuss", survey.base(lang));
    let threads = page
        .items
        .into_iter()
        .map(|thread| ThreadLine {
            href: format!("{base}/{}", thread.id),
            about: about_label(lang, instrument, &thread.about),
            title: title_text(lang, thread.title),
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
    shell.feeds = vec![(format!("{base}/feed.atom"), t(lang, "forum-title"))];
    let props = ListPageProps {
        lang,
        base,
        said,
        choices: offered,
        about: asked,
        threads,
        signed_in: context.viewer.is_some(),
        next: page.next,
    };
    Ok(context.respond(StatusCode::OK, shell, move || ListPage(props)))
}
