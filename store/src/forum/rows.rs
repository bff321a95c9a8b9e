//! Threads and comments as they are read.

use partake_core::{
    forum::{About, Actor, CommentState, Reason, Role, Target},
    lang::Lang,
};
use sea_orm::{QueryResult, Value};

use super::ForumError;
use crate::StoreError;

/// Who reads: it decides which masked texts are shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reader<'a> {
    /// The account, if signed in.
    pub account: Option<&'a str>,
    /// Sees what was removed or withheld, in order to judge it.
    pub moderates: bool,
}

impl<'a> Reader<'a> {
    /// The reader that an actor is.
    #[must_use]
    pub fn of(actor: Actor<'a>) -> Self {
        match actor {
            Actor::Visitor => Self::default(),
            Actor::Restricted { id, .. } => Self {
                account: Some(id),
                moderates: false,
            },
            Actor::Account { id, role } => Self {
                account: Some(id),
                moderates: role >= Role::Moderator,
            },
        }
    }

    /// Values of `$1` and `$2` in [`COMMENT`] and [`THREAD`].
    pub(super) fn values(self) -> [Value; 2] {
        [
            self.account.unwrap_or_default().into(),
            self.moderates.into(),
        ]
    }
}

/// The title of a thread, as far as it may be read: it goes where the opening goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Title {
    /// As it was written.
    Shown(String),
    /// The opening was removed.
    Removed,
    /// The opening is withheld for now.
    Withheld,
}

impl Title {
    /// The words, where they may be read.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Shown(text) => Some(text),
            Self::Removed | Self::Withheld => None,
        }
    }
}

/// A thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// Id.
    pub id: i64,
    /// Survey it belongs to.
    pub survey: String,
    /// What it is about.
    pub about: About,
    /// Title.
    pub title: Title,
    /// Who opened it, if the account still exists and the opening is there.
    pub author: Option<String>,
    /// The comment that opens it.
    pub opening: i64,
    /// Closed to new comments and edits.
    pub locked: bool,
    /// Stands at the top of the list.
    pub pinned: bool,
    /// Seconds between two comments of one person; 0 for none.
    pub slow_seconds: i64,
    /// Every comment is looked at before it is published.
    pub premoderated: bool,
    /// Comments in it, the opening and placeholders included.
    pub comment_count: i64,
    /// UTC milliseconds.
    pub created_ms: i64,
    /// UTC milliseconds of the newest comment.
    pub last_activity_ms: i64,
}

impl Thread {
    /// The thread as the rules see it.
    #[must_use]
    pub fn target(&self) -> Target<'_> {
        Target::Thread {
            locked: self.locked,
        }
    }
}

/// A comment, with the replies that were loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Id.
    pub id: i64,
    /// Thread.
    pub thread_id: i64,
    /// What it replies to; none at the root.
    pub parent_id: Option<i64>,
    /// Number of comments above it.
    pub depth: u32,
    /// Ids of the comments above it and its own, five bytes each.
    pub path: Vec<u8>,
    /// Handle of the author; masked where the text is, absent when the account is gone.
    pub author: Option<String>,
    /// The reader wrote it.
    pub mine: bool,
    /// Its state.
    pub state: CommentState,
    /// Rule under which it was removed.
    pub reason: Option<Reason>,
    /// The moderator's public words about it.
    pub note: Option<String>,
    /// Language it is written in.
    pub lang: Lang,
    /// It and all below it are closed to new comments and edits.
    pub branch_locked: bool,
    /// Source; empty where masked.
    pub body: String,
    /// Votes for less votes against.
    pub score: i64,
    /// Stored rank of the order "best".
    pub best: i64,
    /// Id of the newest comment below it, or its own.
    pub active: i64,
    /// Direct replies.
    pub reply_count: i64,
    /// Replies at any depth.
    pub descendant_count: i64,
    /// UTC milliseconds.
    pub created_ms: i64,
    /// UTC milliseconds of the last edit.
    pub edited_ms: Option<i64>,
    /// Replies that were loaded, in the asked order.
    pub replies: Vec<Comment>,
    /// Where the replies that were not loaded begin.
    pub more: Option<String>,
}

impl Comment {
    /// Ids of the comments above it, outermost first.
    #[must_use]
    pub fn ancestors(&self) -> Vec<i64> {
        let mut ids = path_ids(&self.path);
        ids.pop();
        ids
    }

    /// The comment as the rules see it; `reader` is who it was loaded for.
    #[must_use]
    pub fn target<'a>(&self, reader: &'a str, locked: bool) -> Target<'a> {
        Target::Comment {
            author: self.mine.then_some(reader),
            state: self.state,
            locked,
        }
    }
}

/// Five bytes hold a million million ids, and bytes sort as numbers do.
pub(super) fn path_of(parent: &[u8], id: i64) -> Vec<u8> {
    let mut path = parent.to_vec();
    path.extend_from_slice(&id.to_be_bytes()[3..]);
    path
}

fn path_ids(path: &[u8]) -> Vec<i64> {
    path.chunks(5)
        .map(|c| c.iter().fold(0, |id, &b| id << 8 | i64::from(b)))
        .collect()
}

/// Columns of a comment `c` with its author `a` for the reader `$1`, who moderates if `$2`.
pub(super) const COMMENT: &str = "c.id, c.thread_id, c.parent_id, c.depth, c.path,
    coalesce(c.author_id = $1, false) AS mine, c.state, c.reason, c.note, c.lang,
    c.branch_locked,
    CASE WHEN c.state = 'visible' OR (c.state <> 'deleted' AND ($2 OR c.author_id = $1))
        THEN a.handle END AS author,
    CASE WHEN c.state = 'visible' OR (c.state <> 'deleted' AND ($2 OR c.author_id = $1))
        THEN c.body ELSE '' END AS body,
    c.score, c.best, c.active, c.reply_count, c.descendant_count, c.created_ms, c.edited_ms";

/// Columns of a thread `t` with its opening `o` and that one's author `a`; `$1` and `$2` as above.
/// A removed opening takes the title with it.
pub(super) const THREAD: &str =
    "t.id, t.survey, t.about_kind, t.about_ref, t.about_release, t.opening_id, t.locked, t.pinned,
    t.slow_seconds, t.premoderated, t.comment_count, t.created_ms, t.last_activity_ms,
    CASE WHEN o.state IN ('visible', 'deleted') OR $2 OR o.author_id = $1
        THEN t.title END AS title, o.state AS title_state,
    CASE WHEN o.state = 'visible' OR (o.state <> 'deleted' AND ($2 OR o.author_id = $1))
        THEN a.handle END AS author";

/// The title of a thread `t` with its opening `o`, for everybody; [`title`] reads it.
pub(super) const PUBLIC_TITLE: &str = "CASE WHEN o.state IN ('visible', 'deleted')
    THEN t.title END AS title, o.state AS title_state";

/// The same for the account `$1`, who may have written it.
pub(super) const OWN_TITLE: &str = "CASE WHEN o.state IN ('visible', 'deleted')
    OR o.author_id = $1 THEN t.title END AS title, o.state AS title_state";

pub(super) fn title(row: &QueryResult) -> Result<Title, ForumError> {
    if let Some(title) = row.try_get("", "title")? {
        return Ok(Title::Shown(title));
    }
    let state: Option<String> = row.try_get("", "title_state")?;
    Ok(match state.as_deref().map(str::parse) {
        Some(Ok(CommentState::Withheld)) => Title::Withheld,
        _ => Title::Removed,
    })
}

pub(super) fn comment(row: &QueryResult) -> Result<Comment, ForumError> {
    let depth: i64 = row.try_get("", "depth")?;
    Ok(Comment {
        id: row.try_get("", "id")?,
        thread_id: row.try_get("", "thread_id")?,
        parent_id: row.try_get("", "parent_id")?,
        depth: u32::try_from(depth).map_err(|_| broken("depth"))?,
        path: row.try_get("", "path")?,
        author: row.try_get("", "author")?,
        mine: row.try_get("", "mine")?,
        state: state(row)?,
        reason: reason(row)?,
        note: row.try_get("", "note")?,
        lang: lang(row)?,
        branch_locked: row.try_get("", "branch_locked")?,
        body: row.try_get("", "body")?,
        score: row.try_get("", "score")?,
        best: row.try_get("", "best")?,
        active: row.try_get("", "active")?,
        reply_count: row.try_get("", "reply_count")?,
        descendant_count: row.try_get("", "descendant_count")?,
        created_ms: row.try_get("", "created_ms")?,
        edited_ms: row.try_get("", "edited_ms")?,
        replies: Vec::new(),
        more: None,
    })
}

pub(super) fn state(row: &QueryResult) -> Result<CommentState, ForumError> {
    let state: String = row.try_get("", "state")?;
    state.parse().map_err(|_| broken("state"))
}

pub(super) fn lang(row: &QueryResult) -> Result<Lang, ForumError> {
    let lang: String = row.try_get("", "lang")?;
    lang.parse().map_err(|_| broken("lang"))
}

/// The rule cited, if one was.
pub(super) fn reason(row: &QueryResult) -> Result<Option<Reason>, ForumError> {
    let reason: Option<String> = row.try_get("", "reason")?;
    reason
        .map(|r| r.parse())
        .transpose()
        .map_err(|_| broken("reason"))
}

pub(super) fn thread(row: &QueryResult) -> Result<Thread, ForumError> {
    let opening: Option<i64> = row.try_get("", "opening_id")?;
    Ok(Thread {
        id: row.try_get("", "id")?,
        survey: row.try_get("", "survey")?,
        about: about(row)?,
        title: title(row)?,
        author: row.try_get("", "author")?,
        opening: opening.ok_or_else(|| broken("opening_id"))?,
        locked: row.try_get("", "locked")?,
        pinned: row.try_get("", "pinned")?,
        slow_seconds: row.try_get("", "slow_seconds")?,
        premoderated: row.try_get("", "premoderated")?,
        comment_count: row.try_get("", "comment_count")?,
        created_ms: row.try_get("", "created_ms")?,
        last_activity_ms: row.try_get("", "last_activity_ms")?,
    })
}

pub(super) fn about(row: &QueryResult) -> Result<About, ForumError> {
    let kind: String = row.try_get("", "about_kind")?;
    let about_ref: Option<String> = row.try_get("", "about_ref")?;
    let release: Option<i64> = row.try_get("", "about_release")?;
    match (kind.as_str(), about_ref, release) {
        ("survey", None, None) => Ok(About::Survey),
        ("section", Some(section), None) => Ok(About::Section { section }),
        ("question", Some(question), None) => Ok(About::Question { question }),
        ("figure", Some(table), Some(release)) => {
            let (table, by) = match table.split_once('.') {
                Some((table, by)) => (table.to_owned(), Some(by.to_owned())),
                None => (table, None),
            };
            let release = u32::try_from(release).map_err(|_| broken("about_release"))?;
            Ok(About::Figure { release, table, by })
        }
        _ => Err(broken("about_kind")),
    }
}

/// Kind, reference and release.
pub(super) fn about_columns(about: &About) -> (&'static str, Option<String>, Option<i64>) {
    match about {
        About::Survey => ("survey", None, None),
        About::Section { section } => ("section", Some(section.clone()), None),
        About::Question { question } => ("question", Some(question.clone()), None),
        About::Figure { release, table, by } => {
            let table = match by {
                Some(by) => format!("{table}.{by}"),
                None => table.clone(),
            };
            ("figure", Some(table), Some(i64::from(*release)))
        }
    }
}

pub(super) fn broken(column: &str) -> ForumError {
    ForumError::Store(StoreError::DatabaseInconsistency(format!(
        "{column} of the forum"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_gives_its_ids_back_in_the_order_of_numbers() {
        let path = path_of(&path_of(&path_of(&[], 1), 70_000), 1_099_511_627_775);
        assert_eq!(path_ids(&path), [1, 70_000, 1_099_511_627_775]);
        assert!(path_of(&[], 255) < path_of(&[], 256));
        assert!(path_of(&[], 2) < path_of(&path_of(&[], 2), 9));
    }
}
