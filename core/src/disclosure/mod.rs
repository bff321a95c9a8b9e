//! What may be published from counted answers, and in which form.
//!
//! The way of a number: [`plan`] lists, from the instrument alone, every table that will ever be
//! published; [`Tabulator`] counts answer sheets into it; [`protect`] applies the thresholds and
//! the rounding. Only what comes out of [`protect`] leaves the server, and every percentage,
//! median and score is computed from that, never from the raw counts.

mod aggregates;
mod bands;
mod codebook;
mod findings;
mod parameters;
mod plan;
mod protect;
mod selection;
mod statistics;
mod table_csv;
mod tabulate;
mod wording;

pub use aggregates::{Aggregates, Cell, Reason, Status, Table, TableKind};
pub use bands::Band;
pub use codebook::{codebook_csv, codebook_json};
pub use findings::{Finding, findings};
pub use parameters::Parameters;
pub use plan::{Planned, PlannedCell, plan};
pub use protect::protect;
pub use selection::{Selection, TooFew, select};
pub use statistics::{Interval, MedianBand, Share, median_band, score, share};
pub use table_csv::aggregates_csv;
pub use tabulate::{RawCell, RawTable, Tabulator, tabulate};
pub use wording::public_text;
