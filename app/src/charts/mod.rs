//! Charts of a release as server-rendered HTML and SVG.
//!
//! Each chart is a list of rows: the label and the figures are text, so that they keep their size
//! on a phone and are read aloud as they stand; only the marks are drawn. Marks stretch with the
//! page, so nothing in a drawing depends on its aspect.

mod asked;
mod bars;
mod behind;
mod curve;
mod data_table;
mod declared;
mod diverging;
mod experiments;
mod figure;
mod groups;
mod image;
mod numbers;
mod over_time;
mod ranking;
mod scores;
mod source;
mod stacked;
mod strip;
mod withheld;

pub use data_table::DataTable;
pub use declared::{Claim, Declared, DeclaredView, DeclaredViewProps, Index, declared};
pub use figure::{Chart, Figure, FigureView, FigureViewProps, FigureWords, Level, Threads, figure};
pub use groups::{Group, choices, group_tables, groups};
pub use image::{Caption, svg};
pub use numbers::{counted, date, grouped};
pub use over_time::{Earlier, OverTime, OverTimeView, OverTimeViewProps, over_time};
pub use source::Source;
