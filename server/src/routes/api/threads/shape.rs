//! Threads and comments as JSON.

use partake_core::{
    forum::{About, CommentState, Reason, markdown},
    lang::Lang,
};
use partake_store::forum::{Comment, Found, Thread};
use serde::Serialize;

use crate::routes::discuss::rfc3339;

#[derive(Serialize)]
pub(super) struct ThreadJson {
    id: String,
    /// Empty when it was removed.
    title: String,
    about: About,
    author: Option<String>,
    comment_count: i64,
    locked: bool,
    created_at: String,
    last_activity_at: String,
}

impl From<Thread> for ThreadJson {
    fn from(thread: Thread) -> Self {
        Self {
            id: thread.id.to_string(),
            title: thread.title.text().unwrap_or_default().to_owned(),
            about: thread.about,
            author: thread.author,
            comment_count: thread.comment_count,
            locked: thread.locked,
            created_at: rfc3339(thread.created_ms),
            last_activity_at: rfc3339(thread.last_activity_ms),
        }
    }
}

#[derive(Serialize)]
pub(super) struct CommentJson {
    id: String,
    parent_id: Option<String>,
    depth: u32,
    author: Option<String>,
    lang: Lang,
    state: CommentState,
    reason: Option<Reason>,
    moderator_note: Option<String>,
    body: String,
    html: String,
    score: i64,
    created_at: String,
    edited: bool,
    reply_count: i64,
    descendant_count: i64,
    replies: Vec<Self>,
    more: Option<String>,
}

impl From<Comment> for CommentJson {
    fn from(comment: Comment) -> Self {
        Self {
            id: comment.id.to_string(),
            parent_id: comment.parent_id.map(|id| id.to_string()),
            depth: comment.depth,
            author: comment.author,
            lang: comment.lang,
            state: comment.state,
            reason: comment.reason,
            moderator_note: comment.note,
            html: markdown::render(&comment.body),
            body: comment.body,
            score: comment.score,
            created_at: rfc3339(comment.created_ms),
            edited: comment.edited_ms.is_some(),
            reply_count: comment.reply_count,
            descendant_count: comment.descendant_count,
            replies: comment.replies.into_iter().map(Self::from).collect(),
            more: comment.more,
        }
    }
}

/// A comment that was found, and where.
#[derive(Serialize)]
pub(super) struct FoundJson {
    thread: String,
    /// None when it cannot be read.
    thread_title: Option<String>,
    opens_thread: bool,
    #[serde(flatten)]
    comment: CommentJson,
}

impl From<Found> for FoundJson {
    fn from(found: Found) -> Self {
        Self {
            thread: found.comment.thread_id.to_string(),
            thread_title: found.thread_title.text().map(ToOwned::to_owned),
            opens_thread: found.opens,
            comment: CommentJson::from(found.comment),
        }
    }
}

pub(super) fn comments(comments: Vec<Comment>) -> Vec<CommentJson> {
    comments.into_iter().map(CommentJson::from).collect()
}
