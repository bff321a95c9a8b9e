//! What Leptos runs in the browser.

mod chart_detail;
mod keep_codes;
mod queue_keys;
mod save_image;
mod thread;
mod thread_page;

pub use chart_detail::ChartDetail;
pub use keep_codes::KeepCodes;
pub use queue_keys::QueueKeys;
pub use save_image::SaveImage;
pub use thread::ThreadTools;
