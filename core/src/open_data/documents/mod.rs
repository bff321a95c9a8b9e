//! What stands beside the data of a release: for people to read, to cite, and to load it with.

mod citation;
mod codebook_html;
mod r;
mod readme;
mod stata;

pub use citation::{citation_cff, datacite_json};
pub use codebook_html::codebook_html;
pub use r::load_r;
pub use readme::readme;
pub use stata::load_stata;

/// `load.py`: reads the rows with the labels of `datapackage.json`. The same for every release.
pub const LOAD_PYTHON: &str = include_str!("load.py");
