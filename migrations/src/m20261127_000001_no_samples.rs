//! PostgreSQL keeps no samples of submissions. For its planner it puts aside some values of each
//! column from time to time; ids and answers put aside early would tell who was among the first, and
//! those of somebody who withdrew would stay. The same type is given again to the columns because
//! that throws away what was put aside so far.

use crate::sql::Step;

pub(crate) const STEP: Step = Step {
    name: "m20261127_000001_no_samples",
    up: &[
        "{postgres}ALTER TABLE response ALTER COLUMN id TYPE bytea, ALTER COLUMN sheet TYPE bytea",
        "{postgres}ALTER TABLE response
            ALTER COLUMN id SET STATISTICS 0, ALTER COLUMN sheet SET STATISTICS 0",
        "{postgres}ALTER TABLE free_text ALTER COLUMN id TYPE bytea, ALTER COLUMN body TYPE text,
            ALTER COLUMN words TYPE text",
        "{postgres}ALTER TABLE free_text ALTER COLUMN id SET STATISTICS 0,
            ALTER COLUMN body SET STATISTICS 0, ALTER COLUMN words SET STATISTICS 0",
        "{postgres}ALTER TABLE vote_sheet ALTER COLUMN id TYPE bytea, ALTER COLUMN body TYPE bytea",
        "{postgres}ALTER TABLE vote_sheet
            ALTER COLUMN id SET STATISTICS 0, ALTER COLUMN body SET STATISTICS 0",
    ],
    down: &[
        "{postgres}ALTER TABLE response
            ALTER COLUMN id SET STATISTICS -1, ALTER COLUMN sheet SET STATISTICS -1",
        "{postgres}ALTER TABLE free_text ALTER COLUMN id SET STATISTICS -1,
            ALTER COLUMN body SET STATISTICS -1, ALTER COLUMN words SET STATISTICS -1",
        "{postgres}ALTER TABLE vote_sheet
            ALTER COLUMN id SET STATISTICS -1, ALTER COLUMN body SET STATISTICS -1",
    ],
};
