//! Notices of every decision: which act it was, also where no comment or thread is concerned, and
//! what became of a report. Comments remember whether anybody was told of them, so that what is
//! withheld at first is told when it is released, once.

use crate::sql::Step;

pub(crate) const STEP: Step = Step {
    name: "m20261126_000001_notices",
    up: UP,
    down: DOWN,
};

const UP: &[&str] = &[
    // SQLite cannot change a check; nothing refers to this table.
    "{sqlite}CREATE TABLE notice_new (
        id {id},
        account_id text NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        kind text NOT NULL CHECK (kind IN ('reply', 'mention', 'thread', 'decision', 'report')),
        thread_id bigint REFERENCES thread (id) ON DELETE CASCADE,
        comment_id bigint REFERENCES comment (id) ON DELETE CASCADE,
        act_id bigint REFERENCES moderation_act (id) ON DELETE CASCADE,
        seen boolean NOT NULL,
        created_ms bigint NOT NULL
    )",
    "{sqlite}INSERT INTO notice_new (id, account_id, kind, thread_id, comment_id, seen, created_ms)
        SELECT id, account_id, kind, thread_id, comment_id, seen, created_ms FROM notice",
    "{sqlite}DROP TABLE notice",
    "{sqlite}ALTER TABLE notice_new RENAME TO notice",
    "{sqlite}CREATE INDEX notice_account ON notice (account_id, id)",
    "{sqlite}CREATE INDEX notice_unseen ON notice (account_id, thread_id) WHERE NOT seen",
    "{sqlite}CREATE INDEX notice_thread ON notice (thread_id)",
    "{sqlite}CREATE INDEX notice_comment ON notice (comment_id)",
    "{postgres}ALTER TABLE notice DROP CONSTRAINT notice_kind_check",
    "{postgres}ALTER TABLE notice ADD CONSTRAINT notice_kind_check
        CHECK (kind IN ('reply', 'mention', 'thread', 'decision', 'report'))",
    "{postgres}ALTER TABLE notice ALTER COLUMN thread_id DROP NOT NULL",
    "{postgres}ALTER TABLE notice ALTER COLUMN comment_id DROP NOT NULL",
    "{postgres}ALTER TABLE notice
        ADD COLUMN act_id bigint REFERENCES moderation_act (id) ON DELETE CASCADE",
    "UPDATE notice SET act_id = (SELECT max(m.id) FROM moderation_act m
        WHERE m.comment_id = notice.comment_id AND m.created_ms = notice.created_ms)
        WHERE kind = 'decision'",
    "DELETE FROM notice WHERE kind = 'decision' AND act_id IS NULL",
    "CREATE INDEX notice_act ON notice (act_id)",
    "ALTER TABLE comment ADD COLUMN announced boolean NOT NULL DEFAULT true",
    "UPDATE comment SET announced = false WHERE id IN (SELECT comment_id FROM comment_hold
        WHERE kind = 'premoderation')",
];

const DOWN: &[&str] = &[
    "ALTER TABLE comment DROP COLUMN announced",
    "DROP INDEX notice_act",
    "DELETE FROM notice WHERE kind = 'report' OR thread_id IS NULL OR comment_id IS NULL",
    "{postgres}ALTER TABLE notice DROP COLUMN act_id",
];
