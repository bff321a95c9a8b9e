//! Where the content of a release's file lies: under this key of the file storage, or, without
//! one, in the row itself, as all of them did before.

use crate::sql::Step;

pub(crate) const STEP: Step = Step {
    name: "m20261125_000001_release_places",
    up: &["ALTER TABLE release_file ADD COLUMN place text"],
    down: &["ALTER TABLE release_file DROP COLUMN place"],
};
