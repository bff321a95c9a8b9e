//! Which version of a rule a report was made under; none for reports from before.

use crate::sql::Step;

pub(crate) const STEP: Step = Step {
    name: "m20261126_000004_report_rule",
    up: &["ALTER TABLE report ADD COLUMN rule_version bigint"],
    down: &["ALTER TABLE report DROP COLUMN rule_version"],
};
