//! Everything that also runs in the browser.

mod chart_detail;
mod runner;
mod runner_browser;
mod runner_net;
mod runner_state;
mod runner_view;
mod thread;
mod thread_page;

pub use chart_detail::ChartDetail;
pub use runner::{Change, RunnerConfig, Start, SurveyDraft, SurveyRunner};
pub use runner_net::{Parcel, Refusal, Reply};
pub use thread::ThreadTools;
