//! What may be published from counted answers, and in which form.
//!
//! The way of a number: [`plan`] lists, from the instrument alone, every table that will ever be
//! published; [`Tabulator`] counts answer sheets into it; `protect` (feature `release`) applies the
//! thresholds, the complementary suppression and the rounding, and audits what is left. Only what
//! comes out of it leaves the server, and every percentage, median and score is computed from
//! that, never from the raw counts.

mod aggregates;
#[cfg(feature = "release")]
mod audit;
mod bands;
mod codebook;
mod company;
mod findings;
mod hypotheses;
mod index;
mod parameters;
mod plan;
#[cfg(feature = "release")]
mod protect;
mod raw;
mod selection;
mod statistics;
mod table_csv;
mod tabulate;
mod wording;

pub use aggregates::{Aggregates, Cell, Reason, Status, Table, TableKind};
#[cfg(feature = "release")]
pub use audit::{Audit, AuditedCell, AuditedIncrement, AuditedTable};
pub use bands::Band;
pub(crate) use bands::{index_of as band_of, of_number as bands_of_number};
pub use codebook::{CodeEntry, Entry, codebook_csv, codebook_json, entries};
pub use company::background_csv;
pub use findings::{Finding, findings};
pub use hypotheses::{Evidence, Tested, Verdict, arm_shares, item_scores, test};
pub use index::{
    Figure, IndexFigure, IndexForm, index_figure, index_form, index_sources, scale_mean, table_mean,
};
pub(crate) use index::{Formula, bands as index_bands};
pub use parameters::Parameters;
pub(crate) use plan::band as band_cell;
pub use plan::{
    Attention, Crossing, Planned, PlannedCell, Sum, arms, attention, background, crossings,
    level_label, plan,
};
#[cfg(feature = "release")]
pub use protect::{Protected, protect};
pub use raw::{Input, RawColumn, RawRow, RawTable};
pub use selection::{Selection, TooFew, select};
pub use statistics::{
    Interval, MedianBand, Share, median_band, quartile_band, reach, score, share, share_together,
};
pub(crate) use statistics::{Z, real};
pub(crate) use table_csv::{Csv, csv_field};
pub use table_csv::{aggregates_csv, question_csv};
pub use tabulate::{Tabulator, tabulate};
pub use wording::public_text;
