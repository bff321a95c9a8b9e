//! The chain of the public log of moderation, and its head.
//!
//! Threads, comments and accounts may be deleted, and acts then lose the reference; what the chain
//! holds fast stands in columns of its own.

use crate::sql::Step;

pub(crate) const STEP: Step = Step {
    name: "m20261124_000001_log_chain",
    up: UP,
    down: DOWN,
};

const UP: &[&str] = &[
    "CREATE TABLE moderation_chain (
        sequence bigint NOT NULL PRIMARY KEY,
        act_id bigint NOT NULL UNIQUE,
        thread_ref bigint NOT NULL,
        comment_ref bigint,
        moderator_mark text,
        hash {bytes} NOT NULL
    )",
    "CREATE TABLE moderation_head (
        id bigint NOT NULL PRIMARY KEY CHECK (id = 1),
        sequence bigint NOT NULL,
        hash {bytes} NOT NULL
    )",
];

const DOWN: &[&str] = &["DROP TABLE moderation_head", "DROP TABLE moderation_chain"];
