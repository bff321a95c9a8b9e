//! The word list. Entries are words and phrases, not patterns: all of them are sought in one pass
//! whose cost grows with the length of the text alone, so no entry can make it slow.

use aho_corasick::{AhoCorasick, MatchKind};
use unicode_normalization::UnicodeNormalization as _;

use super::Finding;
use crate::invisible::is_invisible;

/// Words and phrases for which a text is withheld. Case, width and invisible characters make no
/// difference. A Latin word matches as a whole, or as a beginning where it ends in `*`; a Chinese
/// one wherever it stands. Other characters stand for themselves.
#[derive(Clone, Debug)]
pub struct WordList {
    searcher: Option<AhoCorasick>,
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    listed: String,
    /// Anything may follow.
    open: bool,
}

impl WordList {
    /// Prepares a list. An empty one finds nothing.
    #[must_use]
    pub fn new(words: &[String]) -> Self {
        let mut entries = Vec::new();
        let mut needles = Vec::new();
        for listed in words {
            let open = listed.ends_with('*');
            let (needle, _) = fold(listed.trim_end_matches('*'));
            if !needle.is_empty() {
                needles.push(needle);
                entries.push(Entry {
                    listed: listed.clone(),
                    open,
                });
            }
        }
        let searcher = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(&needles)
            // Refused only beyond two thousand million states; the list is bounded far below.
            .ok()
            .filter(|_| !needles.is_empty());
        Self { searcher, entries }
    }

    /// The first place of each entry that the text holds.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Finding> {
        let Some(searcher) = &self.searcher else {
            return Vec::new();
        };
        let (folded, origin) = fold(text);
        let mut found = vec![false; self.entries.len()];
        let mut findings = Vec::new();
        for place in searcher.find_overlapping_iter(&folded) {
            let index = place.pattern().as_usize();
            let Some(entry) = self.entries.get(index).filter(|_| !found[index]) else {
                continue;
            };
            let (before, rest) = folded.split_at(place.start());
            let (inside, after) = rest.split_at(place.end() - place.start());
            let joined = |a: Option<char>, b: Option<char>| matches!((a, b), (Some(a), Some(b)) if of_words(a) && of_words(b));
            if joined(before.chars().next_back(), inside.chars().next())
                || (!entry.open && joined(inside.chars().next_back(), after.chars().next()))
            {
                continue;
            }
            found[index] = true;
            let start = origin.get(place.start()).copied().unwrap_or(0);
            let end = origin.get(place.end()).copied().unwrap_or(text.len());
            findings.push(Finding::Word {
                word: text.get(start..end).unwrap_or(inside).trim().to_owned(),
                listed: entry.listed.clone(),
            });
        }
        findings
    }
}

/// A character of a script that separates its words.
fn of_words(c: char) -> bool {
    c.is_alphanumeric()
        && !matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The form in which texts are compared, and for each byte of it where it comes from.
fn fold(text: &str) -> (String, Vec<usize>) {
    let mut folded = String::with_capacity(text.len());
    let mut origin = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if is_invisible(c) || matches!(c, '\u{200C}' | '\u{200D}') {
            continue;
        }
        for plain in c.nfkc().flat_map(char::to_lowercase) {
            folded.push(if plain.is_whitespace() { ' ' } else { plain });
            origin.resize(folded.len(), at);
        }
    }
    (folded, origin)
}
