//! Which responses were taken into account for the public file of single answers: the release at
//! which their cohort was formed. Whether a response of a cohort is in the file is drawn by lot and
//! stored nowhere.

use crate::sql::Step;

pub(crate) const STEP: Step = Step {
    name: "m20261124_000003_cohorts",
    up: &["ALTER TABLE response ADD COLUMN cohort bigint"],
    down: &["ALTER TABLE response DROP COLUMN cohort"],
};
