//! Trust that newcomers earn by time and by contributions that stay, and what each level may do in
//! a day. Limits are generous for people and narrow for programs.

use std::fmt;

const DAY_MS: i64 = 86_400_000;

/// How far an account has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Has just arrived.
    Newcomer,
    /// Has stayed a day and has said a few things that stayed.
    Member,
    /// Has stayed for weeks, has said much that stayed and nothing lately that did not.
    Trusted,
}

/// What a level is earned by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// Milliseconds since the account was made.
    pub age_ms: i64,
    /// Comments that everyone can read, counted to [`COUNTED`].
    pub accepted: i64,
    /// Decisions against the account in the last ninety days that were not overturned.
    pub recent_decisions: i64,
    /// Moderators, researchers and owners are trusted from the start.
    pub staff: bool,
}

/// Accepted comments beyond this number change nothing.
pub const COUNTED: i64 = MEMBER_TO_TRUSTED.0;
/// Days back in which decisions against an account count.
pub const RECENT_DAYS: i64 = 90;

/// Accepted comments and days.
const NEWCOMER_TO_MEMBER: (i64, i64) = (3, 1);
const MEMBER_TO_TRUSTED: (i64, i64) = (30, 15);

impl Level {
    /// Every level.
    pub const ALL: [Self; 3] = [Self::Newcomer, Self::Member, Self::Trusted];

    /// The level that a record has earned.
    #[must_use]
    pub fn of(record: &Record) -> Self {
        let earned = |(accepted, days): (i64, i64)| {
            record.accepted >= accepted && record.age_ms >= days * DAY_MS
        };
        if record.staff || (earned(MEMBER_TO_TRUSTED) && record.recent_decisions == 0) {
            Self::Trusted
        } else if earned(NEWCOMER_TO_MEMBER) {
            Self::Member
        } else {
            Self::Newcomer
        }
    }

    /// What is left to the next level: accepted comments and days.
    #[must_use]
    pub const fn next(self) -> Option<(i64, i64)> {
        match self {
            Self::Newcomer => Some(NEWCOMER_TO_MEMBER),
            Self::Member => Some(MEMBER_TO_TRUSTED),
            Self::Trusted => None,
        }
    }

    /// What it may do within a day.
    #[must_use]
    pub const fn limits(self) -> Limits {
        match self {
            Self::Newcomer => Limits {
                threads: 5,
                comments: 40,
                reports: 20,
            },
            Self::Member => Limits {
                threads: 20,
                comments: 300,
                reports: 100,
            },
            Self::Trusted => Limits {
                threads: 50,
                comments: 1_000,
                reports: 500,
            },
        }
    }

    /// The code in texts.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Newcomer => "newcomer",
            Self::Member => "member",
            Self::Trusted => "trusted",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Numbers within twenty-four hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Threads.
    pub threads: i64,
    /// Comments, openings included.
    pub comments: i64,
    /// Reports.
    pub reports: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEW: Record = Record {
        age_ms: 0,
        accepted: 0,
        recent_decisions: 0,
        staff: false,
    };

    #[test]
    fn trust_takes_both_time_and_contributions() {
        let level = |days, accepted| {
            Level::of(&Record {
                age_ms: days * DAY_MS,
                accepted,
                ..NEW
            })
        };
        assert_eq!(level(0, 30), Level::Newcomer);
        assert_eq!(level(400, 2), Level::Newcomer);
        assert_eq!(level(1, 3), Level::Member);
        assert_eq!(level(14, 30), Level::Member);
        assert_eq!(level(15, 30), Level::Trusted);
    }

    #[test]
    fn a_recent_decision_costs_the_highest_level_only() {
        let record = Record {
            age_ms: 400 * DAY_MS,
            accepted: COUNTED,
            recent_decisions: 1,
            staff: false,
        };
        assert_eq!(Level::of(&record), Level::Member);
    }

    #[test]
    fn whoever_runs_the_site_need_not_earn_it() {
        assert_eq!(Level::of(&Record { staff: true, ..NEW }), Level::Trusted);
    }

    #[test]
    fn each_level_may_do_more_than_the_one_before() {
        for pair in Level::ALL.windows(2) {
            let (less, more) = (pair[0].limits(), pair[1].limits());
            assert!(less.threads < more.threads);
            assert!(less.comments < more.comments);
            assert!(less.reports < more.reports);
        }
    }
}
