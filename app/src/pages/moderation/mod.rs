//! The queue, decisions and what is told about them, appeals, settings, and the public log.

mod appeals;
mod decide;
mod log;
mod mine;
mod person;
mod queue;
mod review;
mod rule;
mod settings;
mod statement;
mod statistics;
mod texts;

pub use appeals::{AppealLine, AppealPage, AppealPageProps, AppealsPage, AppealsPageProps};
pub use decide::{DecidePage, DecidePageProps, Value};
use leptos::prelude::*;
pub use log::{LogLine, LogPage, LogPageProps};
pub use mine::{DecisionLine, HeldPage, HeldPageProps, MinePage, MinePageProps, ReportOutcome};
use partake_core::lang::Lang;
pub use person::{
    CasePage, CasePageProps, NoteLine, PersonPage, PersonPageProps, Said, SanctionLine,
};
pub use queue::{BatchNotice, Choice, QueueEntry, QueuePage, QueuePageProps, ReportLine};
pub use review::{ReviewPage, ReviewPageProps, ToReview};
pub use rule::{RulePage, RulePageProps, RuleText};
pub use settings::{NumberSetting, SentenceTyped, SettingsPage, SettingsPageProps, SnippetLine};
pub use statement::{AppealView, StatementPage, StatementPageProps, StatementView};
pub use statistics::{StatisticsPage, StatisticsPageProps};
pub use texts::{CountLine, TextEntry, TextsPage, TextsPageProps, TextsView};

use crate::i18n::t;

/// The ways between the pages of moderation.
fn links(lang: Lang) -> AnyView {
    let link = |tail: &str, key: &str| {
        view! { <a href=format!("/{lang}/moderation{tail}")>{t(lang, key)}</a> }
    };
    view! {
        <nav class="under" aria-label=t(lang, "mod-nav")>
            {link("", "mod-queue")} {link("/appeals", "mod-appeals")}
            {link("/review", "mod-review")} {link("/texts", "texts-review-title")} {link("/log", "moderation-log-link")}
            {link("/statistics", "mod-statistics")} {link("/settings", "mod-settings")}
        </nav>
    }
    .into_any()
}
