//! Votes on comments. The counters stand in the comment and are changed with the vote.

use crate::sql::Step;

pub(crate) const STEP: Step = Step {
    name: "m20261124_000002_comment_votes",
    up: UP,
    down: &["DROP TABLE comment_vote"],
};

const UP: &[&str] = &[
    // No time: when somebody agreed with whom is nobody's business.
    "CREATE TABLE comment_vote (
        account_id text NOT NULL REFERENCES account (id),
        comment_id bigint NOT NULL REFERENCES comment (id) ON DELETE CASCADE,
        value bigint NOT NULL CHECK (value IN (-1, 1)),
        PRIMARY KEY (account_id, comment_id)
    ){keyed}",
    "CREATE INDEX comment_vote_comment ON comment_vote (comment_id)",
];
