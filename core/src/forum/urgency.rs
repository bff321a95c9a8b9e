//! How urgent a case in the queue is.
//!
//! Urgency at a time `t`, in points:
//!
//! ```text
//! urgency = reports + severity + spread + waiting
//! reports  = 4 · log2(1 + Σ weight of each reporter)
//! severity = 0 … 8, of the gravest rule that is said to be broken
//! spread   = log2(1 + replies below it)
//! waiting  = hours since the case was opened / 3
//! ```
//!
//! A reporter weighs what their [`trust`](super::trust) is worth: a newcomer half, a member one, a
//! trusted member two. The logarithm keeps a crowd from outweighing everything else: a hundred
//! reports are worth about three times as much as four. Waiting is linear and without bound, so
//! that nothing waits for ever behind what is graver: a case of eight points less overtakes after a
//! day. Because it is linear, the order of two cases does not change with time, and [`rank`] can be
//! stored and indexed.

use super::{Reason, trust::Level};

const HOURS_PER_POINT: i64 = 3;
/// Ranks are stored as thousandths of a point.
const SCALE: f64 = 1_000.0;
const MS_PER_HOUR: i64 = 3_600_000;

/// What makes a case urgent.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Case {
    /// Sum of [`weight`] over the open reports.
    pub reports: f64,
    /// [`severity`] of the gravest rule; 0 where none is named.
    pub severity: f64,
    /// Replies below the comment.
    pub replies: i64,
    /// UTC milliseconds.
    pub opened_ms: i64,
}

/// What a report of somebody at this level weighs.
#[must_use]
pub const fn weight(level: Level) -> f64 {
    match level {
        Level::Newcomer => 0.5,
        Level::Member => 1.0,
        Level::Trusted => 2.0,
    }
}

/// How grave a breach of this rule is, if it is one.
#[must_use]
pub const fn severity(reason: Reason) -> f64 {
    match reason {
        // Harm that grows while people read on.
        Reason::Identifies | Reason::Illegal => 8.0,
        Reason::Hate => 6.0,
        Reason::Abuse => 5.0,
        Reason::Misleading => 4.0,
        Reason::Spam => 3.0,
        Reason::Other => 2.0,
        Reason::OffTopic => 1.0,
    }
}

/// Points that do not depend on how long it has waited.
fn standing(case: &Case) -> f64 {
    let replies = f64::from(u32::try_from(case.replies.max(0)).unwrap_or(u32::MAX));
    4.0 * case.reports.max(0.0).ln_1p() / std::f64::consts::LN_2
        + case.severity
        + replies.ln_1p() / std::f64::consts::LN_2
}

/// The place in the queue: the higher, the earlier. Two cases keep their order whatever the time.
#[must_use]
pub fn rank(case: &Case) -> i64 {
    let waiting = case.opened_ms / (MS_PER_HOUR * HOURS_PER_POINT / 1_000);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a few dozen points, rounded to thousandths"
    )]
    let points = (standing(case) * SCALE).round() as i64;
    points - waiting
}

/// Urgency in points at `now_ms`, of a stored [`rank`].
#[must_use]
pub fn at(rank: i64, now_ms: i64) -> i64 {
    (rank + now_ms / (MS_PER_HOUR * HOURS_PER_POINT / 1_000)) / 1_000
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = MS_PER_HOUR;

    fn case(reports: f64, reason: Reason, opened_ms: i64) -> Case {
        Case {
            reports,
            severity: severity(reason),
            replies: 0,
            opened_ms,
        }
    }

    #[test]
    fn graver_trusted_wider_and_older_come_first() {
        let base = case(1.0, Reason::Spam, 0);
        for earlier in [
            case(2.0, Reason::Spam, 0),
            case(1.0, Reason::Identifies, 0),
            Case { replies: 9, ..base },
            case(1.0, Reason::Spam, -HOUR),
        ] {
            assert!(rank(&earlier) > rank(&base), "{earlier:?}");
        }
    }

    #[test]
    fn nothing_waits_for_ever() {
        let trifle = case(0.5, Reason::OffTopic, 0);
        let crowd = |opened| case(60.0, Reason::Illegal, opened);
        assert!(rank(&crowd(0)) > rank(&trifle));
        assert!(rank(&crowd(100 * HOUR)) < rank(&trifle));
    }

    #[test]
    fn a_crowd_is_not_worth_its_number() {
        let one = standing(&case(1.0, Reason::OffTopic, 0));
        let hundred = standing(&case(100.0, Reason::OffTopic, 0));
        assert!(hundred < 7.0 * one);
    }

    #[test]
    fn urgency_grows_by_a_point_in_three_hours() {
        let rank = rank(&case(1.0, Reason::Abuse, 1_795_435_200_000));
        let now = 1_795_435_200_000;
        assert_eq!(at(rank, now), 9);
        assert_eq!(at(rank, now + 3 * HOUR), 10);
    }
}
