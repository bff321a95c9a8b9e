//! Limits of titles, comments and notes, counted as people count: in grapheme clusters.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::invisible::is_invisible;

/// Fewest and most characters of a thread's title.
pub const TITLE: (usize, usize) = (3, 120);
/// Fewest and most characters of a comment.
pub const BODY: (usize, usize) = (1, 10_000);
/// Most characters of the note of a report or decision.
pub const NOTE_MAX: usize = 500;
/// Fewest and most characters of an appeal and of its answer.
pub const APPEAL: (usize, usize) = (1, 2_000);
/// Most code points in one grapheme cluster; more is decoration that climbs over other lines.
const CLUSTER_MAX: usize = 16;

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextFault {
    /// Nothing but blanks.
    #[error("empty")]
    Empty,
    /// Fewer characters than `min`.
    #[error("shorter than {min}")]
    TooShort {
        /// Fewest characters.
        min: usize,
    },
    /// More characters than `max`.
    #[error("{is} of {max} characters")]
    TooLong {
        /// Most characters.
        max: usize,
        /// Characters there are.
        is: usize,
    },
}

/// Checks a thread's title and gives it as it is stored: on one line, in normal form C.
///
/// # Errors
/// When it is empty, too short or too long.
pub fn title(typed: &str) -> Result<String, TextFault> {
    let clean = clean(typed, false);
    bounded(
        clean.split_whitespace().collect::<Vec<_>>().join(" "),
        TITLE,
    )
}

/// Checks a comment's source and gives it as it is stored.
///
/// # Errors
/// When it is empty or too long.
pub fn body(typed: &str) -> Result<String, TextFault> {
    bounded(clean(typed, true).trim().to_owned(), BODY)
}

/// Checks an appeal or its answer, and gives it as it is stored.
///
/// # Errors
/// When it is empty or too long.
pub fn appeal(typed: &str) -> Result<String, TextFault> {
    bounded(clean(typed, true).trim().to_owned(), APPEAL)
}

/// How long a comment's source is as it would be stored, and how long it may be.
#[must_use]
pub fn body_length(typed: &str) -> (usize, usize) {
    (clean(typed, true).trim().graphemes(true).count(), BODY.1)
}

/// Checks a note, which may be empty, and gives it as it is stored.
///
/// # Errors
/// When it is too long.
pub fn note(typed: &str) -> Result<String, TextFault> {
    let note = clean(typed, true).trim().to_owned();
    match note.graphemes(true).count() {
        is if is > NOTE_MAX => Err(TextFault::TooLong { max: NOTE_MAX, is }),
        _ => Ok(note),
    }
}

fn bounded(text: String, (min, max): (usize, usize)) -> Result<String, TextFault> {
    match text.graphemes(true).count() {
        0 => Err(TextFault::Empty),
        is if is < min => Err(TextFault::TooShort { min }),
        is if is > max => Err(TextFault::TooLong { max, is }),
        _ => Ok(text),
    }
}

/// Normal form C without control characters and without the characters that reorder the text
/// around them; line ends become `\n`. Joiners stay, since emoji and some scripts need them.
fn clean(typed: &str, lines: bool) -> String {
    let unified = typed.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = unified
        .nfc()
        .filter(|&c| match c {
            '\n' | '\t' => true,
            c => !c.is_control() && !is_invisible(c),
        })
        .map(|c| {
            if !lines && matches!(c, '\n' | '\t') {
                ' '
            } else {
                c
            }
        })
        .collect();
    if !has_heavy_cluster(&kept) {
        return kept;
    }
    kept.graphemes(true)
        .flat_map(|g| g.chars().take(CLUSTER_MAX))
        .collect()
}

fn has_heavy_cluster(text: &str) -> bool {
    text.graphemes(true)
        .any(|g| g.len() > CLUSTER_MAX && g.chars().count() > CLUSTER_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_as_people_count_them() {
        let family = "👨‍👩‍👧‍👦".repeat(120);
        assert_eq!(title(&family), Ok(family.clone()));
        assert_eq!(
            title(&"人".repeat(121)),
            Err(TextFault::TooLong { max: 120, is: 121 })
        );
    }

    #[test]
    fn blanks_are_nothing() {
        assert_eq!(body(" \n\t "), Err(TextFault::Empty));
        assert_eq!(title("　　"), Err(TextFault::Empty));
        assert_eq!(title("是"), Err(TextFault::TooShort { min: 3 }));
    }

    #[test]
    fn a_title_is_one_line() {
        assert_eq!(
            title("  who\r\njudges\u{0}? "),
            Ok("who judges?".to_owned())
        );
    }

    #[test]
    fn characters_that_reorder_or_hide_are_dropped() {
        assert_eq!(body("a\u{202E}b\u{200B}c\u{7}"), Ok("abc".to_owned()));
        assert_eq!(body("\u{202E}"), Err(TextFault::Empty));
    }

    #[test]
    fn stacked_marks_are_cut() {
        let zalgo = format!("a{}", "\u{0301}".repeat(500));
        assert_eq!(
            body(&zalgo).map(|b| b.chars().count() <= CLUSTER_MAX),
            Ok(true)
        );
    }

    #[test]
    fn line_ends_of_forms_are_unified() {
        assert_eq!(body("one\r\ntwo\rthree"), Ok("one\ntwo\nthree".to_owned()));
    }
}
