//! Answering, as pages that work without a script.

mod consent;
mod form;
mod message;
mod receipt;
mod review;
mod section;

pub use consent::{ConsentPage, ConsentPageProps, ConsentView};
pub use form::ANSWERS_FORM;
pub use message::{SurveyMessage, SurveyMessageProps};
pub use receipt::{ReceiptPage, ReceiptPageProps, RunnerPage, RunnerPageProps};
pub use review::{ReviewPage, ReviewPageProps, ReviewPageView};
pub use section::{SectionPage, SectionPageProps, SectionPageView};
