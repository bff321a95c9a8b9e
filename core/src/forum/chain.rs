//! The chain that holds the public log of moderation together: each entry carries a hash of itself
//! and of the entry before it, so that a change, a removal or an insertion breaks every later hash.
//!
//! It proves that the log is what it was when somebody last noted its head. Who can write to the
//! database and rewrites the whole chain is caught only by such a note.

use sha2::{Digest as _, Sha256};

/// A link of the chain.
pub type Hash = [u8; 32];

/// What the first entry follows.
pub const START: Hash = [0; 32];

/// What the chain holds fast of an entry. It never changes, also when a thread, a comment or the
/// moderator's account is deleted later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// 1, 2, 3, …
    pub sequence: i64,
    /// Id of the act.
    pub id: i64,
    /// Survey whose discussion it concerns.
    pub survey: &'a str,
    /// What was done.
    pub act: &'a str,
    /// In which thread.
    pub thread: i64,
    /// To which comment, if to one.
    pub comment: Option<i64>,
    /// Under which rule.
    pub reason: Option<&'a str>,
    /// The moderator's words.
    pub note: &'a str,
    /// [`mark`] of the moderator.
    pub moderator: Option<&'a str>,
    /// UTC milliseconds.
    pub created_ms: i64,
    /// The line of [`detail`](super::detail); empty in entries from before there was one.
    pub detail: &'a str,
    /// [`subject_mark`] of whom it is against, [`NONE`] where it is against nobody. Not there in
    /// entries from before this was held fast, and then neither is `wording`.
    pub subject: Option<&'a str>,
    /// [`wording_mark`] of the version of the rule that is cited, [`NONE`] where none is.
    pub wording: Option<&'a str>,
}

/// Stands where an entry holds fast that there is nobody, or no rule.
pub const NONE: &str = "-";

impl Entry<'_> {
    /// The hash of the entry behind `before`: SHA-256 of `before` and of each field in the order
    /// of their declaration, as text in UTF-8 behind its length in bytes (eight bytes, big-endian);
    /// a field that is not there has the length 2⁶⁴ − 1 and no text. An empty `detail` is left out
    /// altogether, as in entries that were made before it existed, and so are `subject` and
    /// `wording` where neither is there.
    #[must_use]
    pub fn hash(&self, before: &Hash) -> Hash {
        let number = |n: i64| Some(n.to_string());
        let text = |s: &str| Some(s.to_owned());
        let fields = [
            number(self.sequence),
            number(self.id),
            text(self.survey),
            text(self.act),
            number(self.thread),
            self.comment.and_then(number),
            self.reason.and_then(text),
            text(self.note),
            self.moderator.and_then(text),
            number(self.created_ms),
        ];
        let detail = (!self.detail.is_empty()).then(|| text(self.detail));
        let held = (self.subject.is_some() || self.wording.is_some())
            .then(|| [self.subject.and_then(text), self.wording.and_then(text)]);
        let mut hasher = Sha256::new_with_prefix(before);
        for field in fields
            .into_iter()
            .chain(detail)
            .chain(held.into_iter().flatten())
        {
            match field {
                Some(text) => {
                    hasher.update((text.len() as u64).to_be_bytes());
                    hasher.update(text);
                }
                None => hasher.update(u64::MAX.to_be_bytes()),
            }
        }
        hasher.finalize().into()
    }
}

/// Stands for a moderator's account: the same for all acts of one account, and no way back to it
/// once the account is deleted, because account ids are random.
#[must_use]
pub fn mark(account: &str) -> String {
    let hash = Sha256::new_with_prefix(b"partake moderator ")
        .chain_update(account)
        .finalize();
    hex(hash.get(..16).unwrap_or_default())
}

/// Stands for the account that an act is against. The act goes into it, so that nobody who reads
/// the log sees which acts are against the same person.
#[must_use]
pub fn subject_mark(act: i64, account: &str) -> String {
    let hash = Sha256::new_with_prefix(b"partake subject ")
        .chain_update(act.to_string())
        .chain_update(b" ")
        .chain_update(account)
        .finalize();
    hex(hash.get(..16).unwrap_or_default())
}

/// Stands for everything that is kept of a version of a rule: its citation, its words in both
/// languages as they are stored, when it was published, and whether it was retired by that.
#[must_use]
pub fn wording_mark(citation: &str, words: &str, published_ms: i64, retired: bool) -> String {
    let mut hasher = Sha256::new_with_prefix(b"partake rule ");
    for field in [
        citation,
        words,
        &published_ms.to_string(),
        if retired { "retired" } else { "" },
    ] {
        hasher.update((field.len() as u64).to_be_bytes());
        hasher.update(field);
    }
    hex(hasher.finalize().get(..16).unwrap_or_default())
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The hash that [`hex`] gives this text for, if it is one.
#[must_use]
pub fn unhex(text: &str) -> Option<Hash> {
    let digits: Vec<u8> = text
        .chars()
        .map(|digit| digit.to_digit(16).and_then(|n| u8::try_from(n).ok()))
        .collect::<Option<_>>()?;
    let bytes: Vec<u8> = match digits.as_chunks() {
        (pairs, []) => pairs.iter().map(|[high, low]| high << 4 | low).collect(),
        _ => return None,
    };
    bytes.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: Entry<'_> = Entry {
        sequence: 1,
        id: 7,
        survey: "roles",
        act: "remove",
        thread: 3,
        comment: Some(12),
        reason: Some("spam"),
        note: "an advertisement",
        moderator: Some("00"),
        created_ms: 5,
        detail: "rule=1",
        subject: Some("01"),
        wording: Some("02"),
    };

    #[test]
    fn every_field_and_the_entry_before_count() {
        let hash = ENTRY.hash(&START);
        let changed = [
            Entry {
                sequence: 2,
                ..ENTRY
            },
            Entry { id: 8, ..ENTRY },
            Entry {
                survey: "role",
                ..ENTRY
            },
            Entry {
                act: "restore",
                ..ENTRY
            },
            Entry { thread: 4, ..ENTRY },
            Entry {
                comment: None,
                ..ENTRY
            },
            Entry {
                reason: None,
                ..ENTRY
            },
            Entry { note: "", ..ENTRY },
            Entry {
                moderator: None,
                ..ENTRY
            },
            Entry {
                created_ms: 6,
                ..ENTRY
            },
            Entry {
                detail: "rule=2",
                ..ENTRY
            },
            Entry {
                detail: "",
                ..ENTRY
            },
            Entry {
                subject: Some(NONE),
                ..ENTRY
            },
            Entry {
                wording: Some(NONE),
                ..ENTRY
            },
            Entry {
                subject: None,
                wording: None,
                ..ENTRY
            },
        ];
        for entry in changed {
            assert_ne!(entry.hash(&START), hash, "{entry:?}");
        }
        assert_ne!(ENTRY.hash(&hash), hash);
    }

    #[test]
    fn words_cannot_move_from_one_field_to_the_next() {
        let one = Entry {
            survey: "ab",
            act: "c",
            ..ENTRY
        };
        let other = Entry {
            survey: "a",
            act: "bc",
            ..ENTRY
        };
        assert_ne!(one.hash(&START), other.hash(&START));
    }

    #[test]
    fn what_is_absent_is_not_what_is_empty() {
        let empty = Entry {
            reason: Some(""),
            ..ENTRY
        };
        let absent = Entry {
            reason: None,
            ..ENTRY
        };
        assert_ne!(empty.hash(&START), absent.hash(&START));
    }
    #[test]
    fn whom_acts_are_against_shows_only_to_those_who_know_the_account() {
        assert_ne!(subject_mark(1, "ann"), subject_mark(2, "ann"));
        assert_ne!(subject_mark(1, "ann"), subject_mark(1, "ben"));
        assert_ne!(subject_mark(1, "ann"), mark("ann"));
    }

    #[test]
    fn a_hash_is_read_as_it_is_written() {
        let hash = ENTRY.hash(&START);
        assert_eq!(unhex(&hex(&hash)), Some(hash));
        assert_eq!(unhex("00"), None);
        assert_eq!(unhex(&"zz".repeat(32)), None);
    }

    #[test]
    fn everything_that_is_kept_of_a_rule_counts() {
        let rule = wording_mark("abuse@1", "words", 5, false);
        for other in [
            wording_mark("abuse@2", "words", 5, false),
            wording_mark("abuse@1", "other", 5, false),
            wording_mark("abuse@1", "words", 6, false),
            wording_mark("abuse@1", "words", 5, true),
        ] {
            assert_ne!(other, rule);
        }
    }
}
