//! Threads, comments, reports and the public log of moderation.
//!
//! Nothing here refers to responses. Counters and ranks are columns from the first row on, because
//! filling them in afterwards over a large forum takes longer than anybody waits.

use crate::sql::Step;

pub(crate) const STEP: Step = Step {
    name: "m20261123_000002_forum",
    up: UP,
    down: DOWN,
};

const UP: &[&str] = &[
    "CREATE TABLE thread (
        id {id},
        survey text NOT NULL REFERENCES survey (slug),
        about_kind text NOT NULL
            CHECK (about_kind IN ('survey', 'section', 'question', 'figure')),
        about_ref text,
        about_release bigint,
        title text NOT NULL,
        author_id text REFERENCES account (id) ON DELETE SET NULL,
        opening_id bigint,
        locked boolean NOT NULL,
        comment_count bigint NOT NULL CHECK (comment_count >= 0),
        created_ms bigint NOT NULL,
        last_activity_ms bigint NOT NULL,
        CHECK ((about_kind = 'survey') = (about_ref IS NULL))
    )",
    "CREATE INDEX thread_activity ON thread (survey, last_activity_ms DESC, id DESC)",
    "CREATE INDEX thread_about
        ON thread (survey, about_kind, about_ref, last_activity_ms DESC, id DESC)",
    "CREATE INDEX thread_author ON thread (author_id)",
    "CREATE TABLE comment (
        id {id},
        thread_id bigint NOT NULL REFERENCES thread (id),
        parent_id bigint REFERENCES comment (id),
        depth bigint NOT NULL CHECK (depth BETWEEN 0 AND 49),
        path {bytes} NOT NULL,
        author_id text REFERENCES account (id) ON DELETE SET NULL,
        lang text NOT NULL,
        body text NOT NULL,
        state text NOT NULL CHECK (state IN ('visible', 'deleted', 'removed', 'withheld')),
        reason text,
        note text,
        up bigint NOT NULL CHECK (up >= 0),
        down bigint NOT NULL CHECK (down >= 0),
        score bigint NOT NULL,
        best bigint NOT NULL,
        reply_count bigint NOT NULL CHECK (reply_count >= 0),
        descendant_count bigint NOT NULL CHECK (descendant_count >= 0),
        created_ms bigint NOT NULL,
        edited_ms bigint
    )",
    "CREATE INDEX comment_roots_best ON comment (thread_id, best DESC, id)
        WHERE parent_id IS NULL",
    "CREATE INDEX comment_roots ON comment (thread_id, id) WHERE parent_id IS NULL",
    "CREATE INDEX comment_replies_best ON comment (parent_id, best DESC, id)",
    "CREATE INDEX comment_replies ON comment (parent_id, id)",
    "CREATE INDEX comment_author ON comment (author_id, id)",
    "CREATE TABLE report (
        id {id},
        comment_id bigint NOT NULL REFERENCES comment (id),
        reporter_id text REFERENCES account (id) ON DELETE SET NULL,
        reason text NOT NULL,
        note text NOT NULL,
        state text NOT NULL CHECK (state IN ('open', 'resolved')),
        outcome text CHECK (outcome IN ('removed', 'dismissed', 'deleted')),
        created_ms bigint NOT NULL,
        resolved_ms bigint,
        UNIQUE (comment_id, reporter_id),
        CHECK ((state = 'open') = (outcome IS NULL))
    )",
    "CREATE INDEX report_open ON report (comment_id, id) WHERE state = 'open'",
    "CREATE INDEX report_reporter ON report (reporter_id)",
    "CREATE TABLE moderation_act (
        id {id},
        survey text NOT NULL REFERENCES survey (slug),
        act text NOT NULL CHECK (act IN ('remove', 'restore', 'dismiss', 'lock', 'unlock')),
        thread_id bigint REFERENCES thread (id) ON DELETE SET NULL,
        comment_id bigint REFERENCES comment (id) ON DELETE SET NULL,
        reason text,
        note text NOT NULL,
        moderator_id text REFERENCES account (id) ON DELETE SET NULL,
        created_ms bigint NOT NULL
    )",
    "CREATE INDEX moderation_act_thread ON moderation_act (thread_id)",
    "CREATE INDEX moderation_act_comment ON moderation_act (comment_id)",
    // Accounts whose password somebody else set; they can do nothing until it is changed.
    "CREATE TABLE password_due (
        account_id text NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE
    ){keyed}",
];

const DOWN: &[&str] = &[
    "DROP TABLE password_due",
    "DROP TABLE moderation_act",
    "DROP TABLE report",
    "DROP TABLE comment",
    "DROP TABLE thread",
];
