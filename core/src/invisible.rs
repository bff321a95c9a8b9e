//! What stands in a text without being seen: marks that reorder what is around them, and signs of
//! no width.

/// Bidirectional marks, overrides and isolates, and characters that are invisible by design.
/// Joiners are none of them: emoji and some scripts need them.
#[must_use]
pub const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{61C}'
            | '\u{180E}'
            | '\u{200B}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{E0000}'..='\u{E007F}'
    )
}

/// True when a person sees nothing in `text`: spaces, invisible characters, joiners and variants of
/// nothing.
#[must_use]
pub fn is_unseen(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace()
            || c.is_control()
            || is_invisible(c)
            || matches!(
                c,
                '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{200C}' | '\u{200D}'
            )
            || matches!(
                c,
                '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FFA0}'
            )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_which_nothing_is_seen_is_unseen() {
        for text in [
            "",
            " \t\u{3000}",
            "\u{200B}\u{200B}",
            "\u{202E}\u{2066}",
            "\u{200D}\u{FE0F}",
        ] {
            assert!(is_unseen(text), "{text:?}");
        }
        for text in [".", "\u{202E}x", "家", "👨\u{200D}👩"] {
            assert!(!is_unseen(text), "{text:?}");
        }
    }
}
