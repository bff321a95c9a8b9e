//! Small parts that every page shares, and the only places where escaping is done by hand.

mod markup;
mod page_title;
mod seal;
mod text_area;
mod words;

pub(crate) use markup::config;
pub use markup::{Drawn, SafeHtml};
pub use page_title::PageTitle;
pub use seal::Seal;
pub use text_area::TextArea;
pub use words::{Quoted, Words};
