//! Reading free texts before they are published.
//!
//! A text comes into the readers' hands with a release, together with others: a reader who looks
//! every hour must not see whose text came when. What is published of it stands beside the text as
//! it was written. Nothing says who read it, or when.

use crate::sql::Step;

pub(crate) const STEP: Step = Step {
    name: "m20261125_000001_free_text_review",
    up: &[
        "ALTER TABLE free_text ADD COLUMN readable boolean NOT NULL DEFAULT false",
        "ALTER TABLE free_text ADD COLUMN words text",
        "ALTER TABLE free_text ADD COLUMN refusal text",
        "UPDATE free_text SET readable = true WHERE state <> 'pending'",
        "UPDATE free_text SET words = body WHERE state = 'published'",
    ],
    down: &[
        "ALTER TABLE free_text DROP COLUMN refusal",
        "ALTER TABLE free_text DROP COLUMN words",
        "ALTER TABLE free_text DROP COLUMN readable",
    ],
};
