//! Which of the rules an operator may set.
//!
//! The smallest count shown and the rounding are not among them: the published names of states and
//! the words beside every chart rest on them.

use clap::Args;
use partake_core::disclosure::Parameters;

/// Rules of a release. Stricter ones are applied as they are; a looser one is named on every page
/// and in every file that the release publishes.
#[derive(Args, Clone, Debug)]
pub struct RuleArgs {
    /// Answers without which a table is not shown (promised: 30)
    #[arg(long, env = "PARTAKE_MIN_BASE")]
    min_base: Option<u64>,
    /// Answers without which a table is not split by background (promised: 50)
    #[arg(long, env = "PARTAKE_MIN_SPLIT_BASE")]
    min_split_base: Option<u64>,
    /// Responses without which there is no first release (promised: 30)
    #[arg(long, env = "PARTAKE_FIRST_RELEASE")]
    first_release: Option<u64>,
    /// Responses, drawn at random, that wait for a later release (promised: 20)
    #[arg(long, env = "PARTAKE_HOLD_BACK")]
    hold_back: Option<u64>,
    /// Responses that a release adds at least (promised: 20)
    #[arg(long, env = "PARTAKE_MIN_BATCH")]
    min_batch: Option<u64>,
    /// Width of the interval in which every hidden count can lie (promised: 5)
    #[arg(long, env = "PARTAKE_MIN_WIDTH")]
    min_width: Option<u64>,
    /// Share of a group from which the same sensitive answer hides the group (promised: 0.9)
    #[arg(long, env = "PARTAKE_MAX_SHARE", value_parser = share)]
    max_share: Option<f64>,
    /// Free texts of a list, and of those that join one (promised: 10)
    #[arg(long, env = "PARTAKE_MIN_TEXTS")]
    min_texts: Option<u64>,
    /// Rows of the public file that share a combination of background answers (promised: 10)
    #[arg(long, env = "PARTAKE_K")]
    k: Option<u64>,
    /// Different answers to each sensitive question among them (promised: 2)
    #[arg(long, env = "PARTAKE_L")]
    l: Option<u64>,
    /// Consenting responses that enter the public file together (promised: 200)
    #[arg(long, env = "PARTAKE_MIN_COHORT")]
    min_cohort: Option<u64>,
    /// Share of them that is drawn into it (promised: 0.85)
    #[arg(long, env = "PARTAKE_SAMPLE", value_parser = share)]
    sample: Option<f64>,
}

impl RuleArgs {
    /// The rules, by default the promised ones.
    #[must_use]
    pub fn parameters(&self) -> Parameters {
        let promised = Parameters::default();
        #[cfg(feature = "unprotected")]
        if crate::unprotected::Protection::Rounding.is_off() {
            return Parameters {
                hold_back: 0,
                round_to: 1,
                min_cell: 1,
                min_width: 0,
                ..promised
            };
        }
        Parameters {
            min_base: self.min_base.unwrap_or(promised.min_base),
            min_split_base: self.min_split_base.unwrap_or(promised.min_split_base),
            first_release: self.first_release.unwrap_or(promised.first_release),
            hold_back: self.hold_back.unwrap_or(promised.hold_back),
            min_batch: self.min_batch.unwrap_or(promised.min_batch),
            min_width: self.min_width.unwrap_or(promised.min_width),
            max_share: self.max_share.unwrap_or(promised.max_share),
            min_texts: self.min_texts.unwrap_or(promised.min_texts),
            k: self.k.unwrap_or(promised.k),
            l: self.l.unwrap_or(promised.l),
            min_cohort: self.min_cohort.unwrap_or(promised.min_cohort),
            sample: self.sample.unwrap_or(promised.sample),
            ..promised
        }
    }
}

fn share(text: &str) -> Result<f64, String> {
    let share: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if share > 0.0 && share <= 1.0 {
        Ok(share)
    } else {
        Err("a share lies above 0 and is at most 1".to_owned())
    }
}
