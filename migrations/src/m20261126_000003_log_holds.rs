//! What the chain of the public log holds fast besides: whom an act is against, and the words of the
//! rule that it cites. A head from the beginning, so that a log without one has lost it.
//!
//! Entries from before hold neither, and keep their hashes.

use crate::sql::Step;

pub(crate) const STEP: Step = Step {
    name: "m20261126_000003_log_holds",
    up: UP,
    down: DOWN,
};

const UP: &[&str] = &[
    "ALTER TABLE moderation_chain ADD COLUMN subject_mark text",
    "ALTER TABLE moderation_chain ADD COLUMN wording_mark text",
    // -1: there are acts from before the chain, which are chained when the server starts.
    "{sqlite}INSERT INTO moderation_head (id, sequence, hash)
        SELECT 1, CASE WHEN EXISTS (SELECT 1 FROM moderation_act) THEN -1 ELSE 0 END, zeroblob(32)
        WHERE NOT EXISTS (SELECT 1 FROM moderation_head)
            AND NOT EXISTS (SELECT 1 FROM moderation_chain)",
    "{postgres}INSERT INTO moderation_head (id, sequence, hash)
        SELECT 1, CASE WHEN EXISTS (SELECT 1 FROM moderation_act) THEN -1 ELSE 0 END,
            decode(repeat('00', 32), 'hex')
        WHERE NOT EXISTS (SELECT 1 FROM moderation_head)
            AND NOT EXISTS (SELECT 1 FROM moderation_chain)",
];

const DOWN: &[&str] = &[
    "ALTER TABLE moderation_chain DROP COLUMN wording_mark",
    "ALTER TABLE moderation_chain DROP COLUMN subject_mark",
];
