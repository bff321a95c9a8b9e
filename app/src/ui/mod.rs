//! Small parts that every page shares, and the only places where escaping is done by hand.

#[cfg(feature = "ssr")]
mod markup;
#[cfg(feature = "ssr")]
mod page_title;
mod seal;
mod text_area;

#[cfg(feature = "ssr")]
pub use markup::SafeHtml;
#[cfg(feature = "ssr")]
pub use page_title::PageTitle;
pub use seal::{SEAL_PATH, Seal};
pub use text_area::TextArea;
