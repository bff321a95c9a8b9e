//! Pages, one folder for each part of the site. Every page is a component whose props are a plain
//! view model that a handler fills in.

pub mod account;
pub mod data;
pub mod discuss;
pub mod error;
pub mod field;
pub mod moderation;
pub mod response;
pub mod results;
pub mod site;
pub mod survey;
