//! Times as they are shown. The zone is named once, in the page's `datetime` attributes.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_utc() {
        assert_eq!(minute(1_795_435_200_000), "2026-11-23 12:00 UTC");
        assert_eq!(day(1_795_435_200_000), "2026-11-23");
        assert_eq!(rfc3339(1_795_435_200_999), "2026-11-23T12:00:00Z");
    }
}
