//! What Leptos runs in the browser.

mod chart_detail;
mod copy_text;
mod draft;
mod fetched;
mod keep_codes;
mod keys;
mod live;
mod queue_keys;
mod reply;
mod save_image;
mod thread;
mod vote;

pub use chart_detail::ChartDetail;
pub use copy_text::CopyText;
pub use draft::DraftWords;
pub use keep_codes::KeepCodes;
pub use queue_keys::QueueKeys;
pub use save_image::SaveImage;
pub use thread::{ThreadTools, ThreadWords};
