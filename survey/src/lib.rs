//! Answering a survey: its questions as markup, what one posted section does to the answers, and
//! the runner that does the same on a phone. The server draws pages with it; built for wasm32 with
//! the feature `browser` it is all that a survey page executes.

mod company;
#[cfg(any(test, feature = "browser"))]
mod compare;
mod config;
mod faults;
mod fields;
mod frame;
mod json;
pub mod markup;
mod overview;
mod parcel;
mod receipt;
mod review;
#[cfg(feature = "browser")]
mod runner;
pub mod steering;
mod step;
mod told;
mod widgets;
mod words;

pub use company::company;
pub use config::{Change, RunnerConfig, Start};
pub use faults::{FaultLine, fault_lines, message};
pub use fields::Fields;
pub use frame::{section_head, summary};
pub use overview::{Overview, REVIEW};
pub use parcel::{CLOSED, Parcel, Refusal, RefusedAnswer, Reply};
pub use receipt::{Copies, QrCode, Receipt, ReceiptKind, SEAL_PATH};
pub use review::{review_head, review_parts};
pub use step::{Confirmed, Step, Taken};
pub use told::{beside, told};
pub use widgets::{Setting, question};
pub use words::Words;
