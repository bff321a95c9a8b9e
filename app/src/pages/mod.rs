//! Pages, one folder for each part of the site. Every page is a component whose props are a plain
//! view model that a handler fills in.

pub mod error;
pub mod response;
pub mod site;
pub mod survey;
