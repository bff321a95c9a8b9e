//! Rules of passwords. Length is what counts; what everybody tries first is refused.

use std::{collections::HashSet, sync::LazyLock};

use unicode_normalization::UnicodeNormalization;

/// Fewest and most characters. The upper bound keeps hashing cheap.
pub const LENGTH: (usize, usize) = (10, 128);

/// Passwords and stems that are tried first, one a line, lower case.
static COMMON: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("common_passwords.txt").lines().collect());

/// Rows of keyboards and the alphabets, along which fingers walk.
const WALKS: [&str; 6] = [
    "01234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
];

/// What is wrong with a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    /// Fewer characters than `min`.
    #[error("shorter than {min}")]
    TooShort {
        /// Fewest characters.
        min: usize,
    },
    /// More characters than `max`.
    #[error("longer than {max}")]
    TooLong {
        /// Most characters.
        max: usize,
    },
    /// Among the passwords that are tried first.
    #[error("common")]
    Common,
    /// The same few characters over and over, or in the order of the keyboard or alphabet.
    #[error("a pattern")]
    Pattern,
    /// Contains the handle.
    #[error("contains the handle")]
    ContainsHandle,
}

/// The form that is hashed: what looks the same is the same, whatever keyboard typed it.
#[must_use]
pub fn normalise(typed: &str) -> String {
    typed.nfkc().collect()
}

/// Checks a password that somebody chooses for `handle` and gives the form that is hashed.
///
/// # Errors
/// When it breaks a rule.
pub fn choose(typed: &str, handle: &str) -> Result<String, PasswordFault> {
    let password = normalise(typed);
    let (min, max) = LENGTH;
    match password.chars().count() {
        n if n < min => return Err(PasswordFault::TooShort { min }),
        n if n > max => return Err(PasswordFault::TooLong { max }),
        _ => {}
    }
    let lower: String = super::handle::fold(&password);
    if is_pattern(&lower) {
        return Err(PasswordFault::Pattern);
    }
    if is_common(&lower) {
        return Err(PasswordFault::Common);
    }
    let handle = super::handle::fold(handle);
    if handle.chars().count() >= 3 && lower.contains(&handle) {
        return Err(PasswordFault::ContainsHandle);
    }
    Ok(password)
}

fn is_common(lower: &str) -> bool {
    if COMMON.contains(lower) {
        return true;
    }
    let (plain, bare) = (unleet(lower), unleet(stem(lower)));
    let stems = [stem(lower), stem(&plain), plain.as_str(), bare.as_str()];
    // A common word with a year, a few digits or signs around it, or said twice, is as common.
    stems.iter().any(|&s| {
        let left_over = lower.chars().count().saturating_sub(s.chars().count());
        let twice = s.len().is_multiple_of(2)
            && s.is_char_boundary(s.len() / 2)
            && s[..s.len() / 2] == s[s.len() / 2..];
        (COMMON.contains(s) && left_over <= 8) || (twice && COMMON.contains(&s[..s.len() / 2]))
    })
}

/// Without the digits and signs around it.
fn stem(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphabetic())
}

fn unleet(word: &str) -> String {
    word.chars()
        .map(|c| match c {
            '@' | '4' => 'a',
            '0' => 'o',
            '1' | '!' => 'i',
            '3' => 'e',
            '$' | '5' => 's',
            '7' => 't',
            c => c,
        })
        .collect()
}

fn is_pattern(lower: &str) -> bool {
    let chars: Vec<char> = lower.chars().collect();
    let distinct: HashSet<_> = chars.iter().collect();
    if distinct.len() < 5 {
        return true;
    }
    // One unit repeated: `abcd1abcd1`.
    let repeats = (1..=chars.len() / 2).any(|unit| {
        chars.len().is_multiple_of(unit) && chars.chunks(unit).all(|c| *c == chars[..unit])
    });
    repeats || walks(&chars)
}

/// True when nearly every step is to a neighbour on a keyboard row or in an alphabet.
fn walks(chars: &[char]) -> bool {
    let steps = chars
        .windows(2)
        .filter(|pair| {
            WALKS.iter().any(|walk| {
                let at = |c| walk.chars().position(|w| w == c);
                match (at(pair[0]), at(pair[1])) {
                    (Some(a), Some(b)) => a.abs_diff(b) == 1,
                    _ => false,
                }
            })
        })
        .count();
    // Three breaks leave room for `qwerty123456` but not for a phrase.
    steps + 3 >= chars.len() && steps * 4 >= (chars.len() - 1) * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_and_random_strings_are_accepted() {
        for good in [
            "correct horse battery staple",
            "窗外的雨下了三天还没有停",
            "k7#vQz!m2Lw9",
            "seven grey herons wait",
            "tYu8-plinth-ox",
        ] {
            assert!(
                choose(good, "mei").is_ok(),
                "{good}: {:?}",
                choose(good, "mei")
            );
        }
    }

    #[test]
    fn length_is_bounded_in_characters() {
        assert_eq!(
            choose("k7#vQz!m2", "mei"),
            Err(PasswordFault::TooShort { min: 10 })
        );
        let long: String = ('一'..).take(129).collect();
        assert_eq!(
            choose(&long, "mei"),
            Err(PasswordFault::TooLong { max: 128 })
        );
        let most: String = ('一'..).take(128).collect();
        assert!(choose(&most, "mei").is_ok());
    }

    #[test]
    fn what_everybody_tries_first_is_refused() {
        for bad in [
            "password123",
            "Password2024!",
            "P@ssw0rd1234",
            "iloveyou2025",
            "letmein12345",
            "welcome!2026",
            "woaini1314520",
            "dragondragon1",
            "administrator",
        ] {
            assert_eq!(choose(bad, "mei"), Err(PasswordFault::Common), "{bad}");
        }
    }

    #[test]
    fn patterns_are_refused() {
        for bad in [
            "aaaaaaaaaaaa",
            "1234567890",
            "abcdefghijkl",
            "qwertyuiop",
            "abcd1abcd1",
            "qwerty123456",
            "1212121212",
            "zyxwvutsrq",
            "1qaz2wsx3edc",
            "人人人人人人人人人人",
        ] {
            assert_eq!(choose(bad, "mei"), Err(PasswordFault::Pattern), "{bad}");
        }
    }

    #[test]
    fn ones_own_handle_is_no_secret() {
        assert_eq!(
            choose("xx-LinXiaoyu-77q", "linxiaoyu"),
            Err(PasswordFault::ContainsHandle)
        );
    }

    #[test]
    fn the_same_looking_password_hashes_the_same() {
        assert_eq!(normalise("ｋ７＃ｖＱ"), normalise("k7#vQ"));
    }

    #[test]
    fn the_list_is_long_enough_and_folded() {
        assert!(COMMON.len() >= 1_000, "{}", COMMON.len());
        assert!(COMMON.iter().all(|p| super::super::handle::fold(p) == **p));
    }
}
