//! The index of words of the discussion.
//!
//! The store writes the words, because only it knows how a text is split. That they go with the
//! text is not left to whoever changes a comment: the database sees to it.

use crate::sql::Step;

pub(crate) const STEP: Step = Step {
    name: "m20261125_000001_forum_search",
    up: UP,
    down: DOWN,
};

const UP: &[&str] = &[
    "{sqlite}CREATE VIRTUAL TABLE comment_search USING fts5 (
        words, thread, content = '', contentless_delete = 1,
        tokenize = 'unicode61 remove_diacritics 0'
    )",
    "{sqlite}CREATE TRIGGER comment_search_changed AFTER UPDATE OF body ON comment
        WHEN old.body <> new.body
        BEGIN DELETE FROM comment_search WHERE rowid = old.id; END",
    "{sqlite}CREATE TRIGGER comment_search_deleted AFTER DELETE ON comment
        BEGIN DELETE FROM comment_search WHERE rowid = old.id; END",
    "{postgres}CREATE TABLE comment_search (
        comment_id bigint NOT NULL PRIMARY KEY REFERENCES comment (id) ON DELETE CASCADE,
        thread_id bigint NOT NULL,
        words tsvector NOT NULL
    )",
    "{postgres}CREATE INDEX comment_search_words ON comment_search USING gin (words)",
    "{postgres}CREATE INDEX comment_search_thread ON comment_search (thread_id, comment_id)",
    "{postgres}CREATE FUNCTION comment_search_forget() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN DELETE FROM comment_search WHERE comment_id = OLD.id; RETURN NULL; END $$",
    "{postgres}CREATE TRIGGER comment_search_changed AFTER UPDATE OF body ON comment
        FOR EACH ROW WHEN (OLD.body <> NEW.body) EXECUTE FUNCTION comment_search_forget()",
];

const DOWN: &[&str] = &[
    "{sqlite}DROP TRIGGER comment_search_deleted",
    "{sqlite}DROP TRIGGER comment_search_changed",
    "{postgres}DROP TRIGGER comment_search_changed ON comment",
    "{postgres}DROP FUNCTION comment_search_forget()",
    "DROP TABLE comment_search",
];
