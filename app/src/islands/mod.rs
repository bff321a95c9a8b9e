//! What Leptos runs in the browser.

mod chart_detail;
mod thread;
mod thread_page;

pub use chart_detail::ChartDetail;
pub use thread::ThreadTools;
