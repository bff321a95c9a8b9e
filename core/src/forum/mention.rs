//! Names of people in a text: `@Ann`.
//!
//! Chinese is written without blanks, so where a name ends only the list of names can tell: of
//! 「@李雷你好」 every beginning is a candidate, and the longest that is somebody's handle counts.

use std::ops::Range;

use super::handle::{Handle, LENGTH};

/// Most people that one text mentions.
pub const MOST: usize = 10;

/// Beginnings of what follows each `@`, as keys of handles.
#[must_use]
pub fn candidates(text: &str) -> Vec<String> {
    let mut keys: Vec<String> = signs(text)
        .take(MOST)
        .flat_map(|at| beginnings(text, at))
        .map(|(_, key)| key)
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Where people are mentioned, the sign included, with the key of each one's handle.
#[must_use]
pub fn places(text: &str, is_known: impl Fn(&str) -> bool) -> Vec<(Range<usize>, String)> {
    signs(text)
        .filter_map(|at| {
            beginnings(text, at)
                .filter(|(_, key)| is_known(key))
                .last()
                .map(|(end, key)| (at..end, key))
        })
        .take(MOST)
        .collect()
}

/// Places of `@` that could begin a name: one inside a word belongs to an address.
fn signs(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices('@')
        .map(|(at, _)| at)
        .filter(|&at| !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '@'))
}

/// Every beginning that could be a handle, the shortest first, with its end. A Latin word is not
/// cut in two.
fn beginnings(text: &str, at: usize) -> impl Iterator<Item = (usize, String)> {
    let name = &text[at + 1..];
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let latin = |c: char| c.is_ascii_alphanumeric() || c == '_';
    name.char_indices()
        .take_while(move |&(_, c)| is_part(c))
        .take(LENGTH.1)
        .filter_map(move |(i, c)| {
            let end = i + c.len_utf8();
            let next = name[end..].chars().next();
            if latin(c) && next.is_some_and(latin) {
                return None;
            }
            let handle = Handle::parse(&name[..end]).ok()?;
            Some((at + 1 + end, handle.key().to_owned()))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, known: &[&str]) -> Vec<String> {
        let keys: Vec<String> = known
            .iter()
            .map(|name| Handle::parse(name).expect("a handle").key().to_owned())
            .collect();
        places(text, |key| keys.iter().any(|k| k == key))
            .into_iter()
            .map(|(range, _)| text[range].to_owned())
            .collect()
    }

    #[test]
    fn the_longest_known_name_counts() {
        assert_eq!(found("@李雷你好", &["李雷"]), ["@李雷"]);
        assert_eq!(found("@李雷你好", &["李雷", "李雷你"]), ["@李雷你"]);
        assert_eq!(found("谢谢@Ann-3。", &["Ann-3"]), ["@Ann-3"]);
        assert_eq!(found("@ann, see", &["Ann"]), ["@ann"], "whatever the case");
    }

    #[test]
    fn nobody_is_mentioned_by_accident() {
        assert!(found("mail ann@ben.example", &["ben"]).is_empty());
        assert!(found("@benjamin", &["ben"]).is_empty());
        assert!(found("@@ben @", &["Ann"]).is_empty());
    }

    #[test]
    fn a_text_full_of_names_asks_for_a_bounded_number() {
        assert!(candidates(&"@李雷你好 ".repeat(1_000)).len() <= MOST * LENGTH.1);
    }
}
