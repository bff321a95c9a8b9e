//! Taking identifying details out of somebody's words without putting others in.

/// Stands where words were taken out.
pub const MARK: &str = "[…]";
/// The same as people type it.
const TYPED: [&str; 6] = ["[...]", "[……]", "[。。。]", "【…】", "【……】", "【...】"];

/// What is wrong with a redaction.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RedactionFault {
    /// Nothing is left to be read.
    #[error("empty")]
    Empty,
    /// These words are not the writer's, or not in this place.
    #[error("not the writer's words: {0}")]
    NotTheWriters(String),
}

/// Checks that `edited` is `original` with pieces replaced by [`MARK`], and gives it as it is
/// published. A reader takes out; nobody puts words into a respondent's mouth.
///
/// # Errors
/// When words were changed or added, or when none are left.
pub fn redact(original: &str, edited: &str) -> Result<String, RedactionFault> {
    let original = lines(original);
    let edited = TYPED
        .iter()
        .fold(lines(edited), |text, typed| text.replace(typed, MARK));
    if edited == original {
        return readable(edited);
    }
    let edited = readable(edited)?;
    let mut rest = original.as_str();
    let pieces: Vec<&str> = edited.split(MARK).collect();
    for (i, piece) in pieces.iter().enumerate() {
        let words = piece.trim();
        let strange = || RedactionFault::NotTheWriters(words.to_owned());
        let first = i == 0;
        let last = i + 1 == pieces.len();
        if last {
            // The end stays the end: words after the last piece would be missing without a mark.
            let end = rest.trim_end();
            let fits = if first {
                end == words
            } else {
                end.ends_with(words)
            };
            if !fits {
                return Err(strange());
            }
        } else if first {
            rest = rest.trim_start().strip_prefix(words).ok_or_else(strange)?;
        } else {
            let (_, after) = rest.split_once(words).ok_or_else(strange)?;
            rest = after;
        }
    }
    Ok(edited)
}

fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

fn readable(text: String) -> Result<String, RedactionFault> {
    if text.replace(MARK, "").chars().any(char::is_alphanumeric) {
        Ok(text)
    } else {
        Err(RedactionFault::Empty)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "我在青山医院上班，主任说系统排班不能改。\n后来我们争取到每周可以换两次。";

    #[test]
    fn a_text_may_stay_as_it_is_or_lose_pieces() {
        for (edited, published) in [
            (TEXT, TEXT.to_owned()),
            (
                "我在[…]上班，主任说系统排班不能改。\r\n后来我们争取到每周可以换两次。",
                TEXT.replace("青山医院", MARK),
            ),
            (
                "[...]主任说系统排班不能改。\n[...]",
                "[…]主任说系统排班不能改。\n[…]".to_owned(),
            ),
            ("我在【……】换两次。", "我在[…]换两次。".to_owned()),
        ] {
            assert_eq!(redact(TEXT, edited), Ok(published), "{edited}");
        }
    }

    #[test]
    fn words_that_were_not_written_are_refused_and_named() {
        for (edited, strange) in [
            ("我在一家医院上班[…]", "我在一家医院上班"),
            ("[…]后来[…]主任说[…]", "主任说"),
            ("我在青山医院上班", "我在青山医院上班"),
            ("[…]我们争取到", "我们争取到"),
            ("医院[…]换两次。", "医院"),
        ] {
            assert_eq!(
                redact(TEXT, edited),
                Err(RedactionFault::NotTheWriters(strange.to_owned())),
                "{edited}"
            );
        }
    }

    #[test]
    fn a_text_of_which_nothing_is_left_is_none() {
        for edited in ["", "  ", "[…]", "[...] [...]", "。[…]"] {
            assert_eq!(
                redact("叫。", edited),
                Err(RedactionFault::Empty),
                "{edited:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_piece_can_be_taken_out_of_any_text(
            before in "[a-c 一二\n]{0,12}", piece in "[a-c 一二]{1,8}", after in "[a-c 一二]{0,12}",
        ) {
            let original = format!("{before}{piece}{after}");
            let edited = format!("{before}{MARK}{after}");
            let kept = format!("{before}{after}").chars().any(char::is_alphanumeric);
            prop_assert_eq!(redact(&original, &edited).is_ok(), kept);
        }

        #[test]
        fn a_letter_that_is_not_in_the_text_never_gets_into_it(
            text in "[a-c ]{1,20}", edited in "[a-dx \\[…\\]]{0,20}",
        ) {
            if let Ok(published) = redact(&text, &edited) {
                prop_assert!(!published.contains(['d', 'x']));
            }
        }
    }
}
