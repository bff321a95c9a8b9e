//! Free texts on their way to the public: what a reader may take out of one, and which lists a
//! release carries.

mod lists;
mod redaction;

pub use lists::{QuestionTexts, TextLists, listed, publishable};
pub use redaction::{MARK, RedactionFault, redact};
