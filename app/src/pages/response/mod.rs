//! What a receipt opens.

mod lookup;
mod stored;

pub use lookup::{LookupFault, LookupPage, LookupPageProps};
pub use stored::{Standing, StoredPage, StoredPageProps, StoredText, StoredView};
