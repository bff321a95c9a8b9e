//! The public file of single answers: which columns it has, who enters it, and how each row keeps
//! company.
//!
//! Responses whose owner said yes gather into cohorts. A secret random part of a cohort is
//! generalised until every combination of background answers stands in at least k rows with at
//! least l different values of each sensitive question, put into a random order and appended to the
//! file. A row that was published is never generalised anew, so no two versions of it can be
//! compared; and nobody, not even who knows that a person consented, can tell whether they are in
//! the file at all.

mod association;
mod background;
mod cells;
mod cohort;
mod datapackage;
mod ddi;
mod documents;
mod guards;
mod measured;
mod numeric;
mod relations;
mod text;
mod variables;
mod xml;

pub use cells::{NOT_ASKED, SKIPPED, consents, states};
pub use cohort::{Cohort, CohortError, Waits, form};
pub use datapackage::{Resource, Study, datapackage_json};
pub use ddi::codebook_xml;
pub use documents::{
    LOAD_PYTHON, citation_cff, codebook_html, datacite_json, load_r, load_stata, readme,
};
pub use measured::{MeasureError, Measured, Measuring};
pub use numeric::{Numeric, numeric_columns};
pub use relations::{Found, Relating, Relation, RelationFigure, from_public_file};
pub use text::{Format, Lines, header};
pub use variables::{Code, Role, Values, Variable, variables};
pub use xml::escaped;
