//! How far along a respondent is, by expected time rather than by number of pages. Questions that
//! the answers so far rule out do not count, and an answered question lies behind.

use serde::{Deserialize, Serialize};

use super::Flow;
use crate::response::Pace;

/// Progress in a section, under the routing that follows from the answers so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Place of the section among those that are asked, from 1.
    pub index: u32,
    /// Number of sections that are asked.
    pub total: u32,
    /// Expected seconds to the end, without what is answered in this section; optional sections are
    /// not counted unless they are the one in question.
    pub seconds_left: u32,
    /// Share of the expected time of the sections that are not optional that lies behind, 0 to 100.
    pub percent: u8,
}

impl Progress {
    /// Expected minutes left, rounded up, at least 1.
    #[must_use]
    pub const fn minutes_left(self) -> u32 {
        let minutes = self.seconds_left.div_ceil(60);
        if minutes == 0 { 1 } else { minutes }
    }
}

/// Below this share of the expected time nobody reads every question.
const FAST: f64 = 0.4;

impl Flow<'_> {
    /// The class of a time that the answered questions took in one sitting.
    #[must_use]
    pub fn pace(&self, seconds: f64) -> Pace {
        let answered = self
            .instrument
            .questions()
            .filter(|q| self.asked(&q.id) && self.answers().contains_key(&q.id));
        let expected: f64 = answered.map(|q| q.est_seconds).sum();
        if seconds < expected * FAST {
            Pace::Fast
        } else {
            Pace::Usual
        }
    }

    /// Progress in a section; for an unknown section, that at the end.
    #[must_use]
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "seconds are small and not negative"
    )]
    pub fn progress(&self, section: &str) -> Progress {
        let sections = self.sections();
        let at = sections
            .iter()
            .position(|id| *id == section)
            .unwrap_or(sections.len());
        let seconds = |id: &str| {
            let asked = self
                .instrument
                .section(id)
                .into_iter()
                .flat_map(|s| &s.questions);
            asked
                .filter(|q| self.asked(&q.id))
                .map(|q| q.est_seconds)
                .sum::<f64>()
        };
        let done = |id: &str| {
            let declared = self.instrument.section(id);
            let asked = declared.into_iter().flat_map(|s| &s.questions);
            asked
                .filter(|q| self.asked(&q.id) && self.answers().contains_key(&q.id))
                .map(|q| q.est_seconds)
                .sum::<f64>()
        };
        let optional = |id: &str| self.instrument.section(id).is_some_and(|s| s.optional);
        let (mut behind, mut left) = (0.0, 0.0);
        for (i, id) in sections.iter().enumerate().filter(|(_, id)| !optional(id)) {
            let here = if i == at { done(id) } else { 0.0 };
            behind += here;
            *(if i < at { &mut behind } else { &mut left }) += seconds(id) - here;
        }
        let whole = behind + left;
        let share = if whole > 0.0 {
            behind / whole * 100.0
        } else {
            100.0
        };
        if optional(section) {
            left += seconds(section) - done(section);
        }
        Progress {
            index: (at + 1).min(sections.len()) as u32,
            total: sections.len() as u32,
            seconds_left: left.ceil() as u32,
            percent: share.round() as u8,
        }
    }
}
