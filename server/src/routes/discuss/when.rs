//! Times as they are shown. The zone is named once, in the page's `datetime` attributes.

use partake_app::i18n::t_with;
use partake_core::lang::Lang;
use time::{OffsetDateTime, format_description::well_known::Rfc3339, macros::format_description};

fn at(ms: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(ms.div_euclid(1_000)).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// `2026-11-23`.
pub(crate) fn day(ms: i64) -> String {
    at(ms)
        .format(format_description!("[year]-[month]-[day]"))
        .unwrap_or_default()
}

/// `2026-11-23 12:00 UTC`.
pub(crate) fn minute(ms: i64) -> String {
    at(ms)
        .format(format_description!(
            "[year]-[month]-[day] [hour]:[minute] UTC"
        ))
        .unwrap_or_default()
}

/// `2026-11-23T12:00:00Z`.
pub(crate) fn rfc3339(ms: i64) -> String {
    at(ms).format(&Rfc3339).unwrap_or_default()
}

/// A span of time in a unit of which it holds a few, rounded up: who waits that long never comes
/// too early.
pub(crate) fn span(lang: Lang, seconds: i64) -> String {
    const HOUR: i64 = 3_600;
    let (key, unit) = if seconds < 120 && seconds % 60 != 0 {
        ("mod-seconds", 1)
    } else if seconds < 2 * HOUR && seconds != HOUR {
        ("mod-minutes", 60)
    } else if seconds < 48 * HOUR {
        ("mod-hours", HOUR)
    } else {
        ("mod-days", 24 * HOUR)
    };
    let n = (seconds + unit - 1).div_euclid(unit);
    t_with(lang, key, &[("n", n.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_told_in_the_largest_unit_they_fill_and_never_shortened() {
        for (seconds, en, zh) in [
            (1, "1 second", "1 秒"),
            (59, "59 seconds", "59 秒"),
            (60, "1 minute", "1 分钟"),
            (90, "90 seconds", "90 秒"),
            (121, "3 minutes", "3 分钟"),
            (3_600, "1 hour", "1 小时"),
            (3_601, "61 minutes", "61 分钟"),
            (86_399, "24 hours", "24 小时"),
            (259_200, "3 days", "3 天"),
        ] {
            assert_eq!(span(Lang::En, seconds), en);
            assert_eq!(span(Lang::Zh, seconds), zh);
        }
    }

    #[test]
    fn times_are_those_of_utc() {
        assert_eq!(minute(1_795_435_200_000), "2026-11-23 12:00 UTC");
        assert_eq!(day(1_795_435_200_000), "2026-11-23");
        assert_eq!(rfc3339(1_795_435_200_999), "2026-11-23T12:00:00Z");
    }
}
