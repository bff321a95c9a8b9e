//! Moderation people can respect: versioned rules, decisions that cite them, what is withheld and
//! why, the queue, sanctions, appeals.
//!
//! SQLite cannot change a check, so the two tables with more acts and outcomes are written anew;
//! nothing refers to them.

use crate::sql::Step;

pub(crate) const STEP: Step = Step {
    name: "m20261125_000001_moderation",
    up: UP,
    down: DOWN,
};

const UP: &[&str] = &[
    "{sqlite}CREATE TABLE moderation_act_new (
        id {id},
        survey text NOT NULL REFERENCES survey (slug),
        act text NOT NULL CHECK (act IN ('remove', 'restore', 'dismiss', 'lock', 'unlock',
            'approve', 'withhold', 'hold', 'pin', 'unpin', 'slow', 'premoderate', 'unpremoderate',
            'lock_branch', 'unlock_branch', 'move', 'warn', 'silence', 'suspend', 'ban', 'lift',
            'uphold', 'overturn', 'configure', 'rule')),
        thread_id bigint REFERENCES thread (id) ON DELETE SET NULL,
        comment_id bigint REFERENCES comment (id) ON DELETE SET NULL,
        reason text,
        note text NOT NULL,
        moderator_id text REFERENCES account (id) ON DELETE SET NULL,
        created_ms bigint NOT NULL,
        detail text NOT NULL DEFAULT '',
        subject_id text REFERENCES account (id) ON DELETE SET NULL
    )",
    "{sqlite}INSERT INTO moderation_act_new (id, survey, act, thread_id, comment_id, reason, note,
            moderator_id, created_ms)
        SELECT id, survey, act, thread_id, comment_id, reason, note, moderator_id, created_ms
        FROM moderation_act",
    "{sqlite}DROP TABLE moderation_act",
    "{sqlite}ALTER TABLE moderation_act_new RENAME TO moderation_act",
    "{sqlite}CREATE INDEX moderation_act_thread ON moderation_act (thread_id)",
    "{sqlite}CREATE INDEX moderation_act_comment ON moderation_act (comment_id)",
    "{postgres}ALTER TABLE moderation_act DROP CONSTRAINT moderation_act_act_check",
    "{postgres}ALTER TABLE moderation_act ADD CONSTRAINT moderation_act_act_check
        CHECK (act IN ('remove', 'restore', 'dismiss', 'lock', 'unlock',
            'approve', 'withhold', 'hold', 'pin', 'unpin', 'slow', 'premoderate', 'unpremoderate',
            'lock_branch', 'unlock_branch', 'move', 'warn', 'silence', 'suspend', 'ban', 'lift',
            'uphold', 'overturn', 'configure', 'rule'))",
    "{postgres}ALTER TABLE moderation_act ADD COLUMN detail text NOT NULL DEFAULT ''",
    "{postgres}ALTER TABLE moderation_act
        ADD COLUMN subject_id text REFERENCES account (id) ON DELETE SET NULL",
    "CREATE INDEX moderation_act_subject ON moderation_act (subject_id, id)",
    "{sqlite}CREATE TABLE report_new (
        id {id},
        comment_id bigint NOT NULL REFERENCES comment (id),
        reporter_id text REFERENCES account (id) ON DELETE SET NULL,
        reason text NOT NULL,
        note text NOT NULL,
        state text NOT NULL CHECK (state IN ('open', 'resolved')),
        outcome text CHECK (outcome IN ('removed', 'dismissed', 'deleted', 'withheld')),
        created_ms bigint NOT NULL,
        resolved_ms bigint,
        weight bigint NOT NULL DEFAULT 1000,
        UNIQUE (comment_id, reporter_id),
        CHECK ((state = 'open') = (outcome IS NULL))
    )",
    "{sqlite}INSERT INTO report_new (id, comment_id, reporter_id, reason, note, state, outcome,
            created_ms, resolved_ms)
        SELECT id, comment_id, reporter_id, reason, note, state, outcome, created_ms, resolved_ms
        FROM report",
    "{sqlite}DROP TABLE report",
    "{sqlite}ALTER TABLE report_new RENAME TO report",
    "{sqlite}CREATE INDEX report_open ON report (comment_id, id) WHERE state = 'open'",
    "{sqlite}CREATE INDEX report_reporter ON report (reporter_id)",
    "{postgres}ALTER TABLE report DROP CONSTRAINT report_outcome_check",
    "{postgres}ALTER TABLE report ADD CONSTRAINT report_outcome_check
        CHECK (outcome IN ('removed', 'dismissed', 'deleted', 'withheld'))",
    "{postgres}ALTER TABLE report ADD COLUMN weight bigint NOT NULL DEFAULT 1000",
    "ALTER TABLE thread ADD COLUMN pinned boolean NOT NULL DEFAULT false",
    "ALTER TABLE thread ADD COLUMN slow_seconds bigint NOT NULL DEFAULT 0",
    "ALTER TABLE thread ADD COLUMN premoderated boolean NOT NULL DEFAULT false",
    "CREATE INDEX thread_pinned ON thread (survey) WHERE pinned",
    "ALTER TABLE comment ADD COLUMN branch_locked boolean NOT NULL DEFAULT false",
    "ALTER TABLE comment ADD COLUMN mended boolean NOT NULL DEFAULT false",
    "CREATE INDEX comment_author_time ON comment (author_id, created_ms)",
    // Versions are never deleted: what cites one can cite it for good.
    "CREATE TABLE moderation_rule (
        reason text NOT NULL,
        version bigint NOT NULL CHECK (version > 0),
        wording text NOT NULL,
        published_ms bigint NOT NULL,
        retired boolean NOT NULL,
        PRIMARY KEY (reason, version)
    ){keyed}",
    // Why a comment is withheld, as long as it is.
    "CREATE TABLE comment_hold (
        comment_id bigint NOT NULL PRIMARY KEY REFERENCES comment (id) ON DELETE CASCADE,
        kind text NOT NULL CHECK (kind IN ('premoderation', 'automatic', 'mended', 'edit')),
        findings text NOT NULL
    )",
    // What waits for a decision. The rank makes its place in the queue; see core's urgency.
    "CREATE TABLE moderation_case (
        comment_id bigint NOT NULL PRIMARY KEY REFERENCES comment (id) ON DELETE CASCADE,
        kind text NOT NULL CHECK (kind IN ('reported', 'premoderation', 'automatic', 'mended')),
        reports bigint NOT NULL CHECK (reports >= 0),
        rank bigint NOT NULL,
        opened_ms bigint NOT NULL,
        claimed_by text REFERENCES account (id) ON DELETE SET NULL,
        claimed_ms bigint
    )",
    "CREATE INDEX moderation_case_rank ON moderation_case (rank DESC, comment_id)",
    // A place for what is open already; the next report of a comment computes it exactly.
    "INSERT INTO moderation_case (comment_id, kind, reports, rank, opened_ms)
        SELECT comment_id, 'reported', count(*), 8000 - min(created_ms) / 10800, min(created_ms)
        FROM report WHERE state = 'open' GROUP BY comment_id",
    "CREATE TABLE sanction (
        id {id},
        account_id text NOT NULL REFERENCES account (id),
        kind text NOT NULL CHECK (kind IN ('warn', 'silence', 'suspend', 'ban')),
        act_id bigint NOT NULL UNIQUE REFERENCES moderation_act (id),
        until_ms bigint,
        ended_ms bigint
    )",
    "CREATE INDEX sanction_open ON sanction (account_id) WHERE ended_ms IS NULL",
    "CREATE TABLE appeal (
        id {id},
        act_id bigint NOT NULL UNIQUE REFERENCES moderation_act (id),
        body text NOT NULL,
        state text NOT NULL CHECK (state IN ('open', 'upheld', 'overturned')),
        answer text NOT NULL,
        decider_id text REFERENCES account (id) ON DELETE SET NULL,
        created_ms bigint NOT NULL,
        due_ms bigint NOT NULL,
        decided_ms bigint,
        CHECK ((state = 'open') = (decided_ms IS NULL))
    )",
    "CREATE INDEX appeal_open ON appeal (due_ms, id) WHERE state = 'open'",
    "CREATE TABLE moderation_note (
        id {id},
        comment_id bigint REFERENCES comment (id) ON DELETE CASCADE,
        account_id text REFERENCES account (id),
        writer_id text REFERENCES account (id) ON DELETE SET NULL,
        body text NOT NULL,
        created_ms bigint NOT NULL
    )",
    "CREATE INDEX moderation_note_comment ON moderation_note (comment_id, id)",
    "CREATE INDEX moderation_note_account ON moderation_note (account_id, id)",
    // Sentences that moderators keep at hand.
    "CREATE TABLE moderation_snippet (
        id {id},
        reason text NOT NULL,
        lang text NOT NULL,
        body text NOT NULL
    )",
    // Decisions about many comments, which can be taken back until they are applied.
    "CREATE TABLE moderation_batch (
        id {id},
        moderator_id text NOT NULL REFERENCES account (id),
        act text NOT NULL CHECK (act IN ('remove', 'dismiss', 'approve', 'withhold')),
        reason text,
        note text NOT NULL,
        items text NOT NULL,
        apply_ms bigint NOT NULL,
        state text NOT NULL CHECK (state IN ('waiting', 'applied', 'undone')),
        applied bigint NOT NULL,
        refused bigint NOT NULL
    )",
    "CREATE INDEX moderation_batch_waiting ON moderation_batch (apply_ms) WHERE state = 'waiting'",
    // Verdicts of a second moderator who did not know the first one's.
    "CREATE TABLE second_review (
        act_id bigint NOT NULL PRIMARY KEY REFERENCES moderation_act (id),
        reviewer_id text REFERENCES account (id) ON DELETE SET NULL,
        first_verdict text NOT NULL,
        second_verdict text NOT NULL,
        created_ms bigint NOT NULL
    )",
];

const DOWN: &[&str] = &[
    "DROP TABLE second_review",
    "DROP TABLE moderation_batch",
    "DROP TABLE moderation_snippet",
    "DROP TABLE moderation_note",
    "DROP TABLE appeal",
    "DROP TABLE sanction",
    "DROP TABLE moderation_case",
    "DROP TABLE comment_hold",
    "DROP TABLE moderation_rule",
    "DROP INDEX comment_author_time",
    "DROP INDEX thread_pinned",
    "DROP INDEX moderation_act_subject",
    "ALTER TABLE comment DROP COLUMN mended",
    "ALTER TABLE comment DROP COLUMN branch_locked",
    "ALTER TABLE thread DROP COLUMN premoderated",
    "ALTER TABLE thread DROP COLUMN slow_seconds",
    "ALTER TABLE thread DROP COLUMN pinned",
];
