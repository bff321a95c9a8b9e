//! Handlers, one folder for each noun and one file for each endpoint.

pub mod account;
pub mod api;
pub mod data;
pub mod discuss;
pub mod health;
pub mod moderation;
pub mod response;
pub mod results;
pub mod site;
pub mod survey;
