//! Answering, as pages that work without a script.

mod consent;
mod message;
mod receipt;
mod section;

pub use consent::{ConsentPage, ConsentPageProps, ConsentView};
pub use message::{SurveyMessage, SurveyMessageProps};
pub use receipt::{ReceiptPage, ReceiptPageProps, RunnerPage, RunnerPageProps};
pub use section::{SectionPage, SectionPageProps, SectionPageView};
