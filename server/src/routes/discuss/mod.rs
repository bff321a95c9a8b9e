//! The discussion: threads, comments, reports.

mod comment;
mod delete;
mod edit;
mod feed;
mod figure;
mod gate;
mod history;
mod list;
mod live;
mod new;
mod notices;
mod preview;
mod refusal;
mod reply;
mod report;
mod rulebook;
mod search;
mod thread;
mod view;
mod vote;
mod when;

use std::collections::HashMap;

use axum::{Router, routing::get, routing::post};
use partake_store::forum::{Comment, ForumError, Reader, Thread, Vote};

pub(super) use figure::newest as newest_figures;
pub(super) use gate::held_back;
pub(super) use refusal::text_fault;
pub(crate) use rulebook::RuleBook;
pub(super) use search::{Asked, Question};
pub(super) use view::{about_label, choices as about_choices, figures, known_about, title_text};
pub(crate) use when::{day, minute, rfc3339, span};

use crate::{
    auth::actor, error::PageError, extract::CurrentSurvey, page::PageContext, state::AppState,
};

pub fn router() -> Router<AppState> {
    ["/{lang}", "/{lang}/s/{survey}"]
        .into_iter()
        .fold(Router::new(), |router, base| {
            router
                .route(&format!("{base}/discuss"), get(list::show))
                .route(&format!("{base}/discuss/search"), get(search::show))
                .route(&format!("{base}/discuss/preview"), post(preview::act))
                .route(
                    &format!("{base}/discuss/notices"),
                    get(notices::show).post(notices::read),
                )
                .route(
                    &format!("{base}/discuss/{{thread}}/follow"),
                    post(notices::follow),
                )
                .route(
                    &format!("{base}/discuss/{{thread}}/{{comment}}/history"),
                    get(history::show),
                )
                .route(
                    &format!("{base}/discuss/new"),
                    get(new::show).post(new::act),
                )
                .route(&format!("{base}/discuss/{{thread}}"), get(thread::show))
                .route(
                    &format!("{base}/discuss/{{thread}}/reply"),
                    post(reply::to_thread),
                )
                .route(
                    &format!("{base}/discuss/{{thread}}/{{comment}}"),
                    get(comment::show),
                )
                .route(
                    &format!("{base}/discuss/{{thread}}/{{comment}}/reply"),
                    post(reply::to_comment),
                )
                .route(
                    &format!("{base}/discuss/{{thread}}/{{comment}}/edit"),
                    get(edit::show).post(edit::act),
                )
                .route(
                    &format!("{base}/discuss/{{thread}}/{{comment}}/delete"),
                    get(delete::show).post(delete::act),
                )
                .route(
                    &format!("{base}/discuss/{{thread}}/{{comment}}/vote"),
                    post(vote::act),
                )
                .route(
                    &format!("{base}/discuss/{{thread}}/{{comment}}/report"),
                    get(report::show).post(report::act),
                )
        })
}

/// What is the same for everybody and needs no session: feeds, and news of new comments.
pub fn open_router() -> Router<AppState> {
    ["/{lang}", "/{lang}/s/{survey}"]
        .into_iter()
        .fold(Router::new(), |router, base| {
            router
                .route(&format!("{base}/discuss/feed.atom"), get(feed::everything))
                .route(
                    &format!("{base}/discuss/{{thread}}/feed.atom"),
                    get(feed::of_thread),
                )
                .route(&format!("{base}/discuss/{{thread}}/live"), get(live::show))
        })
}

impl From<ForumError> for PageError {
    fn from(error: ForumError) -> Self {
        match error {
            ForumError::NotFound => Self::NotFound,
            ForumError::BadCursor => Self::BadRequest,
            ForumError::Denied(
                partake_core::forum::Denied::Locked
                | partake_core::forum::Denied::Gone
                | partake_core::forum::Denied::NotRemoved
                | partake_core::forum::Denied::NotWithheld,
            )
            | ForumError::TooDeep
            | ForumError::AlreadyReported
            | ForumError::Stale
            | ForumError::Claimed(_)
            | ForumError::MendedBefore
            | ForumError::AppealedBefore
            | ForumError::TooLate
            | ForumError::DecidedBefore
            | ForumError::LastRule => Self::Conflict,
            ForumError::NoRule | ForumError::NoSentence | ForumError::Retired => Self::BadRequest,
            ForumError::Slow(_) => Self::TooMany,
            ForumError::Denied(_) => Self::Forbidden,
            ForumError::Store(error) => error.into(),
        }
    }
}

/// What the handlers of one thread share.
struct InThread {
    thread: Thread,
    /// Path of the list of threads.
    base: String,
    /// The same after the language, for the switch to the other one.
    tail: String,
}

impl InThread {
    async fn load(
        state: &AppState,
        context: &PageContext,
        survey: &CurrentSurvey,
        path: &HashMap<String, String>,
    ) -> Result<Self, PageError> {
        let id = number(path, "thread")?;
        let reader = Reader::of(actor(context.viewer.as_ref()));
        let thread = state
            .store
            .thread(id, reader)
            .await?
            .ok_or(PageError::NotFound)?;
        // Ids are the site's, so the short path leads to every thread; a survey's own path only to
        // its threads.
        if !survey.prefix.is_empty() && thread.survey != survey.wave.survey {
            return Err(PageError::NotFound);
        }
        let base = format!("{}/discuss", survey.base(context.lang));
        Ok(Self {
            thread,
            base,
            tail: format!("{}/discuss/{id}", survey.prefix),
        })
    }

    /// Path of the thread.
    fn href(&self) -> String {
        format!("{}/{}", self.base, self.thread.id)
    }

    /// A comment of this thread.
    async fn comment(
        &self,
        state: &AppState,
        context: &PageContext,
        path: &HashMap<String, String>,
    ) -> Result<Comment, PageError> {
        let id = number(path, "comment")?;
        let reader = Reader::of(actor(context.viewer.as_ref()));
        let comment = state.store.comment(id, reader).await?;
        comment
            .filter(|c| c.thread_id == self.thread.id)
            .ok_or(PageError::NotFound)
    }
}

/// The reader's votes on these comments and the replies that were loaded with them.
async fn votes<'a>(
    state: &AppState,
    context: &PageContext,
    comments: impl IntoIterator<Item = &'a Comment>,
) -> Result<HashMap<i64, Vote>, PageError> {
    let Some(viewer) = &context.viewer else {
        return Ok(HashMap::new());
    };
    let mut ids = Vec::new();
    let mut open: Vec<&Comment> = comments.into_iter().collect();
    while let Some(comment) = open.pop() {
        open.extend(&comment.replies);
        ids.push(comment.id);
    }
    Ok(state.store.votes_on(&viewer.id, &ids).await?)
}

/// An id in the path.
fn number(path: &HashMap<String, String>, name: &str) -> Result<i64, PageError> {
    path.get(name)
        .and_then(|id| id.parse().ok())
        .ok_or(PageError::NotFound)
}
