//! The whole server over HTTP, without a socket.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod account;
mod account_safety;
mod atom;
mod bad_input;
mod bucket;
mod calendar;
mod casework;
mod charts;
mod corpus;
mod figures;
mod form;
mod forum;
mod forum_at_odds;
mod front;
mod held_back;
mod mail;
mod moderation;
mod notices;
mod open_data;
mod openapi;
mod permissions;
mod pipeline;
mod receipts;
mod release_files;
mod results;
mod review;
mod rulebook;
mod sentences;
mod site;
mod support;
mod survey;
mod survey_parcel;
mod surveys;
mod texts;
mod threads;
mod unlinked;
mod unsent;
mod versions;
