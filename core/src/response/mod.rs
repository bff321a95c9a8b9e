//! Answers: their types, their one validator, and how they are stored.

mod answer;
mod decode;
mod encoding;
mod fault;
mod finish;
mod pattern;
pub mod receipt;
mod validate;
mod varint;

pub use answer::*;
pub use decode::{Decoded, decode_form, decode_section};
pub use encoding::{DecodeError, decode_sheet, decode_votes, encode_sheet, encode_votes};
pub use fault::{Fault, FaultCode};
pub use finish::{finish, finish_only_asked};
pub use pattern::{Pattern, PatternError};
pub use validate::validate;
