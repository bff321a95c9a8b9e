//! Reading and writing at a steady pace, however much was written before: indices that both engines
//! take the right way.

use crate::sql::Step;

pub(crate) const STEP: Step = Step {
    name: "m20261126_000001_forum_pace",
    up: UP,
    down: DOWN,
};

const UP: &[&str] = &[
    // What somebody did lately is counted before each comment.
    "DROP INDEX thread_author",
    "CREATE INDEX thread_author ON thread (author_id, created_ms)",
    "DROP INDEX report_reporter",
    "CREATE INDEX report_reporter ON report (reporter_id, created_ms)",
    // PostgreSQL takes a thread's comments to be spread evenly over all ids, and so would rather walk
    // through everything that was written since than look into an index. It cannot walk in the order
    // of a sum.
    "DROP INDEX comment_roots",
    "CREATE INDEX comment_roots ON comment (thread_id, (id + 0)) WHERE parent_id IS NULL",
    "DROP INDEX comment_thread",
    "CREATE INDEX comment_thread ON comment (thread_id, (id + 0))",
    // SQLite takes what has no parent for the few replies of one more parent, and would read the
    // roots of all threads for those of one.
    "DROP INDEX comment_replies_best",
    "CREATE INDEX comment_replies_best ON comment (parent_id, best DESC, id)
        WHERE parent_id IS NOT NULL",
    "DROP INDEX comment_replies",
    "CREATE INDEX comment_replies ON comment (parent_id, id) WHERE parent_id IS NOT NULL",
    "DROP INDEX comment_replies_active",
    "CREATE INDEX comment_replies_active ON comment (parent_id, active DESC)
        WHERE parent_id IS NOT NULL",
    // Otherwise new words wait in a list that every search reads, and that now and then one writer
    // has to put away for all.
    "{postgres}ALTER INDEX comment_search_words SET (fastupdate = off)",
    "{postgres}SELECT gin_clean_pending_list('comment_search_words')",
];

const DOWN: &[&str] = &[
    "{postgres}ALTER INDEX comment_search_words RESET (fastupdate)",
    "DROP INDEX comment_replies_active",
    "CREATE INDEX comment_replies_active ON comment (parent_id, active DESC)",
    "DROP INDEX comment_replies",
    "CREATE INDEX comment_replies ON comment (parent_id, id)",
    "DROP INDEX comment_replies_best",
    "CREATE INDEX comment_replies_best ON comment (parent_id, best DESC, id)",
    "DROP INDEX comment_thread",
    "CREATE INDEX comment_thread ON comment (thread_id, id)",
    "DROP INDEX comment_roots",
    "CREATE INDEX comment_roots ON comment (thread_id, id) WHERE parent_id IS NULL",
    "DROP INDEX report_reporter",
    "CREATE INDEX report_reporter ON report (reporter_id)",
    "DROP INDEX thread_author",
    "CREATE INDEX thread_author ON thread (author_id)",
];
