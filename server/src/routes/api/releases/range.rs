//! Which part of a file is asked for (RFC 9110, section 14).

use std::ops::Range;

use axum::http::{HeaderMap, header};

/// What the request wants of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Whole,
    Part(Range<u64>),
    /// Nothing of the file lies there.
    Impossible,
}

/// Reads `Range` and `If-Range`. Several parts at once, other units and what is no range at all
/// are answered with the whole file, as the standard allows.
pub(super) fn asked(headers: &HeaderMap, etag: &str, size: u64) -> Asked {
    let text = |name| headers.get(name).and_then(|v| v.to_str().ok());
    let Some(set) = text(header::RANGE).and_then(|range| range.strip_prefix("bytes=")) else {
        return Asked::Whole;
    };
    // A date never fits: files have no time finer than the day.
    if text(header::IF_RANGE).is_some_and(|condition| condition != etag) {
        return Asked::Whole;
    }
    let Some((first, last)) = set.trim().split_once('-') else {
        return Asked::Whole;
    };
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        // A number beyond all files is as good as the last one.
        digits.then(|| text.parse::<u64>().unwrap_or(u64::MAX))
    };
    let part = match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => first..last.saturating_add(1).min(size),
        (Some(first), None) if last.is_empty() => first..size,
        (None, Some(last)) if first.is_empty() => size.saturating_sub(last)..size,
        _ => return Asked::Whole,
    };
    if part.start >= part.end {
        Asked::Impossible
    } else {
        Asked::Part(part)
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn of(range: &str, condition: Option<&'static str>) -> Asked {
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, HeaderValue::from_str(range).expect("ASCII"));
        if let Some(condition) = condition {
            headers.insert(header::IF_RANGE, HeaderValue::from_static(condition));
        }
        asked(&headers, "\"a\"", 100)
    }

    #[test]
    fn parts_are_read_from_both_ends() {
        assert_eq!(of("bytes=0-9", None), Asked::Part(0..10));
        assert_eq!(of("bytes=90-", None), Asked::Part(90..100));
        assert_eq!(of("bytes=-7", None), Asked::Part(93..100));
        assert_eq!(of("bytes=-700", None), Asked::Part(0..100));
        assert_eq!(
            of("bytes=50-99999999999999999999999", None),
            Asked::Part(50..100)
        );
    }

    #[test]
    fn what_lies_behind_the_end_is_impossible() {
        assert_eq!(of("bytes=100-", None), Asked::Impossible);
        assert_eq!(of("bytes=-0", None), Asked::Impossible);
    }

    #[test]
    fn what_is_no_single_range_is_answered_with_the_whole() {
        for range in [
            "bytes=9-3",
            "bytes=a-b",
            "bytes=0-1,5-6",
            "lines=1-2",
            "bytes=-",
            "bytes=+1-2",
        ] {
            assert_eq!(of(range, None), Asked::Whole, "{range}");
        }
    }

    #[test]
    fn a_part_is_given_only_of_the_file_that_the_caller_has() {
        assert_eq!(of("bytes=5-", Some("\"a\"")), Asked::Part(5..100));
        assert_eq!(of("bytes=5-", Some("\"b\"")), Asked::Whole);
        assert_eq!(of("bytes=5-", Some("W/\"a\"")), Asked::Whole);
    }
}
