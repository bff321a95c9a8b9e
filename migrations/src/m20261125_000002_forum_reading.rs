//! What reading, following and editing need: the newest comment below each, languages, earlier
//! versions of a text, followed threads and notices.

use crate::sql::Step;

pub(crate) const STEP: Step = Step {
    name: "m20261125_000002_forum_reading",
    up: UP,
    down: DOWN,
};

const UP: &[&str] = &[
    // Id of the newest comment in the subtree.
    "ALTER TABLE comment ADD COLUMN active bigint NOT NULL DEFAULT 0",
    "UPDATE comment SET active = id",
    "UPDATE comment SET active = (
        WITH RECURSIVE below (id) AS (
            SELECT comment.id
            UNION ALL SELECT c.id FROM comment c JOIN below b ON c.parent_id = b.id
        ) SELECT max(below.id) FROM below
    ) WHERE reply_count > 0",
    "CREATE INDEX comment_roots_active ON comment (thread_id, active DESC)
        WHERE parent_id IS NULL",
    "CREATE INDEX comment_replies_active ON comment (parent_id, active DESC)",
    "CREATE INDEX comment_thread ON comment (thread_id, id)",
    "CREATE INDEX comment_lang ON comment (thread_id, lang) WHERE state = 'visible'",
    "CREATE TABLE comment_revision (
        id {id},
        comment_id bigint NOT NULL REFERENCES comment (id) ON DELETE CASCADE,
        body text NOT NULL,
        written_ms bigint NOT NULL
    )",
    "CREATE INDEX comment_revision_comment ON comment_revision (comment_id, id)",
    // Whoever takes a text back takes back all of its versions.
    "{sqlite}CREATE TRIGGER comment_revision_erased AFTER UPDATE OF state ON comment
        WHEN new.state = 'deleted'
        BEGIN DELETE FROM comment_revision WHERE comment_id = new.id; END",
    "{postgres}CREATE FUNCTION comment_revision_erase() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN DELETE FROM comment_revision WHERE comment_id = NEW.id; RETURN NULL; END $$",
    "{postgres}CREATE TRIGGER comment_revision_erased AFTER UPDATE OF state ON comment
        FOR EACH ROW WHEN (NEW.state = 'deleted') EXECUTE FUNCTION comment_revision_erase()",
    "CREATE TABLE thread_follow (
        account_id text NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        thread_id bigint NOT NULL REFERENCES thread (id) ON DELETE CASCADE,
        PRIMARY KEY (account_id, thread_id)
    ){keyed}",
    "CREATE INDEX thread_follow_thread ON thread_follow (thread_id)",
    "CREATE TABLE notice (
        id {id},
        account_id text NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        kind text NOT NULL CHECK (kind IN ('reply', 'mention', 'thread', 'decision')),
        thread_id bigint NOT NULL REFERENCES thread (id) ON DELETE CASCADE,
        comment_id bigint NOT NULL REFERENCES comment (id) ON DELETE CASCADE,
        seen boolean NOT NULL,
        created_ms bigint NOT NULL
    )",
    "CREATE INDEX notice_account ON notice (account_id, id)",
    "CREATE INDEX notice_unseen ON notice (account_id, thread_id) WHERE NOT seen",
    "CREATE INDEX notice_thread ON notice (thread_id)",
    "CREATE INDEX notice_comment ON notice (comment_id)",
];

const DOWN: &[&str] = &[
    "DROP TABLE notice",
    "DROP TABLE thread_follow",
    "{sqlite}DROP TRIGGER comment_revision_erased",
    "{postgres}DROP TRIGGER comment_revision_erased ON comment",
    "{postgres}DROP FUNCTION comment_revision_erase()",
    "DROP TABLE comment_revision",
    "DROP INDEX comment_lang",
    "DROP INDEX comment_thread",
    "DROP INDEX comment_replies_active",
    "DROP INDEX comment_roots_active",
    "ALTER TABLE comment DROP COLUMN active",
];
