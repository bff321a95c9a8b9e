//! Finding words in texts of both languages, the same way on every engine.
//!
//! Chinese has no blanks between words, and no engine's own splitter finds 角色 in 人的角色. A run
//! of Chinese (or kana, or hangul) characters is therefore written as its overlapping pairs, with
//! the last character once more by itself: 人工智能 becomes 人工, 工智, 智能, 能. A word of two or
//! more characters is a phrase of pairs; one character is the beginning of a pair. Words of other
//! scripts are folded to lower case without accents and found by their beginning.

use std::ops::Range;

use unicode_normalization::{
    UnicodeNormalization,
    char::{decompose_canonical, is_combining_mark},
};

/// Most characters of a word that are kept; nobody looks for more.
const WORD_MAX: usize = 40;
/// Most characters of a query that are read.
pub const QUERY_MAX: usize = 200;
/// Most phrases of a query that are looked for.
const PHRASES_MAX: usize = 10;
/// Fewest characters of a word that is found by its beginning; shorter ones are found whole.
const PREFIX_MIN: usize = 3;

/// A character in the form in which it is compared, and where it came from.
#[derive(Clone, Debug)]
struct Folded {
    letter: char,
    at: Range<usize>,
}

fn fold(text: &str) -> Vec<Folded> {
    let mut out = Vec::with_capacity(text.len());
    for (start, c) in text.char_indices() {
        let at = start..start + c.len_utf8();
        if c.is_ascii() {
            out.push(Folded {
                letter: c.to_ascii_lowercase(),
                at,
            });
            continue;
        }
        for wide in c.nfkc().filter(|&c| !is_combining_mark(c)) {
            let mut base = wide;
            if matches!(wide, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}') {
                let mut first = None;
                decompose_canonical(wide, |c| {
                    first.get_or_insert(c);
                });
                base = first.unwrap_or(wide);
            }
            for letter in base.to_lowercase().filter(|&c| !is_combining_mark(c)) {
                out.push(Folded {
                    letter,
                    at: at.clone(),
                });
            }
        }
    }
    out
}

/// Characters that are written without blanks between words.
const fn is_unspaced(c: char) -> bool {
    matches!(
        c,
        '\u{2E80}'..='\u{2FDF}'
            | '\u{3005}'..='\u{3007}'
            | '\u{3041}'..='\u{31FF}'
            | '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{A000}'..='\u{A4CF}'
            | '\u{AC00}'..='\u{D7AF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{3FFFF}'
    ) && !matches!(c, '\u{30FB}' | '\u{30A0}')
}

/// Runs of letters of one kind.
fn runs(folded: &[Folded]) -> impl Iterator<Item = (bool, &[Folded])> {
    folded
        .chunk_by(|a, b| kind(a.letter) == kind(b.letter))
        .filter_map(|run| match kind(run[0].letter) {
            Kind::Gap => None,
            kind => Some((kind == Kind::Unspaced, run)),
        })
}

#[derive(PartialEq, Eq)]
enum Kind {
    Gap,
    Spaced,
    Unspaced,
}

fn kind(c: char) -> Kind {
    if is_unspaced(c) {
        Kind::Unspaced
    } else if c.is_alphanumeric() {
        Kind::Spaced
    } else {
        Kind::Gap
    }
}

fn letters(run: &[Folded]) -> impl Iterator<Item = char> {
    run.iter().map(|f| f.letter)
}

/// The words of a text as they are stored, in their order.
#[must_use]
pub fn tokens(text: &str) -> Vec<String> {
    let folded = fold(text);
    let mut out = Vec::new();
    for (unspaced, run) in runs(&folded) {
        if unspaced {
            out.extend(run.windows(2).map(|pair| letters(pair).collect::<String>()));
            out.extend(run.last().map(|last| last.letter.to_string()));
        } else {
            out.push(letters(run).take(WORD_MAX).collect());
        }
    }
    out
}

/// Words that have to follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// As in [`tokens`].
    pub tokens: Vec<String>,
    /// The last one is only the beginning of a word.
    pub open: bool,
    /// The letters that are shown as found.
    letters: Vec<char>,
}

/// What is looked for: all of its phrases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// None where nothing was asked that could be found.
    pub phrases: Vec<Phrase>,
}

impl Query {
    /// Reads what somebody typed.
    #[must_use]
    pub fn parse(typed: &str) -> Self {
        let typed: String = typed.chars().take(QUERY_MAX).collect();
        let folded = fold(&typed);
        let mut phrases: Vec<Phrase> = Vec::new();
        for (unspaced, run) in runs(&folded) {
            let letters: Vec<char> = letters(run).take(WORD_MAX).collect();
            let (tokens, open) = match (unspaced, letters.len()) {
                (true, 2..) => (
                    letters
                        .windows(2)
                        .map(|pair| pair.iter().collect())
                        .collect(),
                    false,
                ),
                (true, _) => (vec![letters.iter().collect()], true),
                (false, n) => (vec![letters.iter().collect()], n >= PREFIX_MIN),
            };
            let phrase = Phrase {
                tokens,
                open,
                letters,
            };
            if !phrases.contains(&phrase) {
                phrases.push(phrase);
            }
        }
        phrases.truncate(PHRASES_MAX);
        Self { phrases }
    }

    /// True where nothing can be found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// Where the phrases stand in a text, in order and without overlap.
    #[must_use]
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let folded = fold(text);
        let mut found = Vec::new();
        for (unspaced, run) in runs(&folded) {
            let word: Vec<char> = letters(run).collect();
            for phrase in &self.phrases {
                let n = phrase.letters.len();
                let is_unspaced = phrase.letters.first().is_some_and(|&c| is_unspaced(c));
                if unspaced != is_unspaced || n > word.len() {
                    continue;
                }
                if unspaced {
                    for (i, window) in word.windows(n).enumerate() {
                        if *window == phrase.letters {
                            found.push(run[i].at.start..run[i + n - 1].at.end);
                        }
                    }
                } else if word[..n] == phrase.letters && (phrase.open || n == word.len()) {
                    found.push(run[0].at.start..run[run.len() - 1].at.end);
                }
            }
        }
        found.sort_by_key(|range| (range.start, range.end));
        let mut merged: Vec<Range<usize>> = Vec::new();
        for range in found {
            match merged.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => merged.push(range),
            }
        }
        merged
    }

    /// A piece of `text` of about `length` characters around the first place, cut up where what
    /// was looked for begins and ends; `true` marks it.
    #[must_use]
    pub fn excerpt(&self, text: &str, length: usize) -> Vec<(bool, String)> {
        let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let places = self.places(&text);
        let first = places.first().map_or(0, |range| range.start);
        let before = text[..first]
            .char_indices()
            .rev()
            .nth(length / 3)
            .map_or(0, |(i, _)| i);
        let end = text[before..]
            .char_indices()
            .nth(length)
            .map_or(text.len(), |(i, _)| before + i);
        let mut pieces = Vec::new();
        let mut push = |marked: bool, piece: &str| {
            if !piece.is_empty() {
                pieces.push((marked, piece.to_owned()));
            }
        };
        if before > 0 {
            push(false, "…");
        }
        let mut at = before;
        for range in places {
            let (start, stop) = (range.start.max(at), range.end.min(end));
            if start >= stop {
                continue;
            }
            push(false, &text[at..start]);
            push(true, &text[start..stop]);
            at = stop;
        }
        push(false, &text[at..end]);
        if end < text.len() {
            push(false, "…");
        }
        pieces
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What an index over [`tokens`] does with a phrase.
    fn finds(text: &str, query: &str) -> bool {
        let tokens = tokens(text);
        let query = Query::parse(query);
        !query.is_empty()
            && query.phrases.iter().all(|phrase| {
                tokens.windows(phrase.tokens.len()).any(|window| {
                    window
                        .iter()
                        .zip(&phrase.tokens)
                        .enumerate()
                        .all(|(i, (have, want))| {
                            if phrase.open && i + 1 == phrase.tokens.len() {
                                have.starts_with(want.as_str())
                            } else {
                                have == want
                            }
                        })
                })
            })
    }

    #[test]
    fn chinese_is_stored_in_overlapping_pairs() {
        assert_eq!(
            tokens("人工智能，AI roles"),
            ["人工", "工智", "智能", "能", "ai", "roles"]
        );
    }

    #[test]
    fn words_of_any_length_are_found_in_chinese() {
        let text = "人工智能与人的角色。";
        for query in ["角色", "人工智能", "智能与人", "色", "人", "角"] {
            assert!(finds(text, query), "{query}");
        }
        for query in ["角人", "人能", "角色扮演", "机"] {
            assert!(!finds(text, query), "{query}");
        }
    }

    #[test]
    fn english_is_found_by_the_beginning_of_its_words_whatever_the_case() {
        let text = "The system Decides; we approve. Naïve café, ＡＩ";
        for query in [
            "decide",
            "DECIDES",
            "system approve",
            "naive",
            "cafe",
            "ai",
            "we",
        ] {
            assert!(finds(text, query), "{query}");
        }
        for query in ["ecides", "app rove machine", "a", "!", ""] {
            assert!(!finds(text, query), "{query}");
        }
    }

    #[test]
    fn what_was_found_is_marked_in_the_original_letters() {
        let query = Query::parse("角色 café");
        let pieces = query.excerpt("人的角色，在 CAFÉ 里", 80);
        let marked: Vec<&str> = pieces
            .iter()
            .filter(|(marked, _)| *marked)
            .map(|(_, piece)| piece.as_str())
            .collect();
        assert_eq!(marked, ["角色", "CAFÉ"]);
        let whole: String = pieces.iter().map(|(_, piece)| piece.as_str()).collect();
        assert_eq!(whole, "人的角色，在 CAFÉ 里");
    }

    #[test]
    fn an_excerpt_begins_near_what_was_found() {
        let text = format!("{}角色{}", "一".repeat(500), "二".repeat(500));
        let pieces = Query::parse("角色").excerpt(&text, 60);
        let whole: String = pieces.iter().map(|(_, piece)| piece.as_str()).collect();
        assert!(
            whole.starts_with("…一") && whole.ends_with("二…"),
            "{whole}"
        );
        assert!(
            whole.contains("角色") && whole.chars().count() <= 63,
            "{whole}"
        );
    }

    #[test]
    fn a_word_without_end_is_cut() {
        assert_eq!(tokens(&"a".repeat(100_000))[0].len(), WORD_MAX);
        assert!(finds(&"a".repeat(100_000), &"a".repeat(100_000)));
    }

    proptest! {
        #[test]
        fn every_piece_of_a_chinese_text_is_found_in_it(
            text in "[一-龥]{1,30}", start in 0_usize..30, length in 1_usize..6,
        ) {
            let chars: Vec<char> = text.chars().collect();
            let start = start % chars.len();
            let piece: String = chars[start..(start + length).min(chars.len())].iter().collect();
            prop_assert!(finds(&text, &piece), "{piece} in {text}");
            prop_assert!(!Query::parse(&piece).places(&text).is_empty());
        }

        #[test]
        fn excerpts_never_break_a_character(text in "\\PC{0,80}", query in "\\PC{0,8}") {
            let pieces = Query::parse(&query).excerpt(&text, 20);
            let whole: String = pieces.into_iter().map(|(_, piece)| piece).collect();
            prop_assert!(whole.chars().count() <= 22);
        }
    }
}
