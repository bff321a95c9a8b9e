//! A brake on one address: on guessing receipts, on flooding the survey. It lives in memory, counts
//! addresses under a key that dies with the process, and forgets them each minute.

use std::{
    collections::HashMap,
    hash::{BuildHasher as _, RandomState},
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use crate::auth::network;

const WINDOW_MS: i64 = 60_000;
/// More addresses than this are not told apart, so that memory stays bounded.
const ADDRESSES: usize = 10_000;

/// So many a minute for each address.
#[derive(Clone, Debug)]
pub struct Brake(Arc<Counts>);

#[derive(Debug)]
struct Counts {
    most: u32,
    key: RandomState,
    seen: Mutex<(i64, HashMap<u64, u32>)>,
}

impl Brake {
    /// `most` in a minute; 0 for any number.
    #[must_use]
    pub fn new(most: u32) -> Self {
        Self(Arc::new(Counts {
            most,
            key: RandomState::new(),
            seen: Mutex::default(),
        }))
    }

    /// True while this address may go on.
    #[must_use]
    pub fn allows(&self, address: Option<IpAddr>, now_ms: i64) -> bool {
        let name = self.name(address);
        let mut seen = self.0.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let window = now_ms / WINDOW_MS;
        if seen.0 != window {
            *seen = (window, HashMap::new());
        }
        self.0.most == 0 || seen.1.get(&name).is_none_or(|count| *count < self.0.most)
    }

    /// Who has a network of IPv6 has as many addresses as they like, so the network counts.
    fn name(&self, address: Option<IpAddr>) -> u64 {
        self.0.key.hash_one(address.map(network))
    }

    /// Counts one.
    pub fn count(&self, address: Option<IpAddr>) {
        let name = self.name(address);
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
        let brake = Brake::new(3);
        let (one, other) = (
            Some(IpAddr::from([1, 1, 1, 1])),
            Some(IpAddr::from([2, 2, 2, 2])),
        );
        for _ in 0..3 {
            assert!(brake.allows(one, 5));
            brake.count(one);
        }
        assert!(!brake.allows(one, 5));
        assert!(brake.allows(other, 5));
        assert!(brake.allows(one, 5 + WINDOW_MS));
    }

    #[test]
    fn a_network_of_ipv6_is_one_address() {
        let brake = Brake::new(1);
        let of = |text: &str| Some(text.parse::<IpAddr>().expect("an address"));
        brake.count(of("2001:db8:0:1::1"));
        assert!(!brake.allows(of("2001:db8:0:1:ffff::2"), 5));
        assert!(brake.allows(of("2001:db8:0:2::1"), 5));
    }
}
