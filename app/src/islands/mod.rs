//! What Leptos runs in the browser.

mod chart_detail;
mod keep_codes;
mod thread;
mod thread_page;

pub use chart_detail::ChartDetail;
pub use keep_codes::KeepCodes;
pub use thread::ThreadTools;
