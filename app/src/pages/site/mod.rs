//! The pages about the site itself.

mod about;
mod accessibility;
mod landing;
mod path;
mod privacy;
mod promise;
mod rules;
mod stamped_row;

use partake_core::lang::Lang;

use crate::i18n::t;

pub use about::{About, AboutProps};
pub use accessibility::{Accessibility, AccessibilityProps};
pub use landing::{
    Landing, LandingProps, LandingView, OtherSurvey, ReleaseFacts, SurveyFacts, SurveyHome,
    SurveyHomeProps,
};
pub use privacy::{Privacy, PrivacyProps};
pub use rules::{RuleHistory, RuleView, Rules, RulesProps};

/// What the operator has entered about themselves; what is missing is said to be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Operator {
    pub name: Option<String>,
    pub contact: Option<String>,
    /// Country and provider where the data is kept.
    pub hosting_place: Option<String>,
    /// Days for which the server in front keeps its access log.
    pub log_days: Option<u32>,
    /// Day on which the data set is frozen.
    pub freeze_date: Option<String>,
}

impl Operator {
    fn name(&self, lang: Lang) -> String {
        self.name
            .clone()
            .unwrap_or_else(|| t(lang, "site-unset-operator"))
    }

    fn contact(&self, lang: Lang) -> String {
        self.contact
            .clone()
            .unwrap_or_else(|| t(lang, "site-unset-contact"))
    }
}
