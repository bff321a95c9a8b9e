//! A brake on guessing receipts. It lives in memory, counts addresses under a key that dies with
//! the process, and only counts codes that open nothing.

use std::{
    collections::HashMap,
    hash::{BuildHasher as _, RandomState},
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

const WINDOW_MS: i64 = 60_000;
const PER_WINDOW: u32 = 20;
/// More addresses than this are not told apart, so that memory stays bounded.
const ADDRESSES: usize = 10_000;

#[derive(Clone, Debug, Default)]
pub(super) struct Guesses(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    key: RandomState,
    seen: Mutex<(i64, HashMap<u64, u32>)>,
}

impl Guesses {
    /// True while this address may go on guessing.
    pub(super) fn may_try(&self, address: Option<IpAddr>, now_ms: i64) -> bool {
        let name = self.0.key.hash_one(address);
        let mut seen = self.0.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let window = now_ms / WINDOW_MS;
        if seen.0 != window {
            *seen = (window, HashMap::new());
        }
        seen.1.get(&name).is_none_or(|count| *count < PER_WINDOW)
    }

    /// Counts a code that opened nothing.
    pub(super) fn missed(&self, address: Option<IpAddr>) {
        let name = self.0.key.hash_one(address);
        let mut seen = self.0.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.1.len() < ADDRESSES {
            *seen.1.entry(name).or_default() += 1;
        } else if let Some(count) = seen.1.get_mut(&name) {
            *count += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slows_one_address_for_a_minute_and_no_other() {
        let guesses = Guesses::default();
        let (one, other) = (
            Some(IpAddr::from([1, 1, 1, 1])),
            Some(IpAddr::from([2, 2, 2, 2])),
        );
        for _ in 0..PER_WINDOW {
            assert!(guesses.may_try(one, 5));
            guesses.missed(one);
        }
        assert!(!guesses.may_try(one, 5));
        assert!(guesses.may_try(other, 5));
        assert!(guesses.may_try(one, 5 + WINDOW_MS));
    }
}
