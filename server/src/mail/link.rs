//! The link that confirms an address: it is sealed, so nothing about it has to be stored.

use serde::{Deserialize, Serialize};

use crate::sealed::{SealError, SealKey};

const PURPOSE: &[u8] = b"partake mail address 1";
/// How long it opens.
const HOLDS_MS: i64 = 3 * 24 * 60 * 60 * 1_000;

/// Whose address it is, which, and when it was given.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Link {
    pub(crate) account: String,
    pub(crate) address: String,
    pub(crate) asked_ms: i64,
}

impl Link {
    pub(crate) fn seal(&self, key: &SealKey) -> Result<String, SealError> {
        key.seal_bytes(PURPOSE, &serde_json::to_vec(self)?)
    }

    /// What a link says, as long as it holds.
    pub(crate) fn open(key: &SealKey, sealed: &str, now_ms: i64) -> Option<Self> {
        let plain = key.open_bytes(PURPOSE, sealed).ok()?;
        let link: Self = serde_json::from_slice(&plain).ok()?;
        (now_ms - link.asked_ms <= HOLDS_MS).then_some(link)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_opens_for_three_days_and_only_as_it_was_made() {
        let key = SealKey::from_bytes(&[1; 32]).unwrap();
        let link = Link {
            account: "a".to_owned(),
            address: "ann@example.org".to_owned(),
            asked_ms: 5,
        };
        let sealed = link.seal(&key).unwrap();
        assert_eq!(Link::open(&key, &sealed, 6), Some(link));
        assert_eq!(Link::open(&key, &sealed, 6 + HOLDS_MS), None);
        let other = key.seal_bytes(b"another purpose", b"{}").unwrap();
        assert_eq!(Link::open(&key, &other, 6), None);
        assert_eq!(Link::open(&key, &sealed[1..], 6), None);
    }
}
