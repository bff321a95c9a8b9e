//! Questions as people see them, on the server and in the browser alike: each widget draws itself
//! from a view and the fields typed so far, and reports nothing but ordinary form fields.

mod best_worst;
mod faults;
mod fields;
mod matrix;
mod multiple;
mod number;
mod question;
mod ranking;
mod receipt;
mod section;
mod single;
mod slider;
mod step;
mod text;
mod votes;
mod words;

pub use faults::{FaultLine, fault_lines, message};
pub use fields::Fields;
pub use question::{Question, Setting};
pub use receipt::{ReceiptKind, ReceiptView};
pub use section::{ErrorSummary, ProgressBar, SectionHead, minutes_left};
pub use step::{Step, Taken};
pub use words::Words;
#[cfg(feature = "ssr")]
pub use words::words;
