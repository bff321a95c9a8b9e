//! Tables as sea-orm entities, one per file.

pub mod account;
pub mod free_text;
pub mod release;
pub mod release_file;
pub mod response;
pub mod session;
pub mod setting;
pub mod survey;
pub mod vote_sheet;
pub mod wave;
