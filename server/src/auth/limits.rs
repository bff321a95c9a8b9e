//! Limits on how often something may be tried, held in memory only.
//!
//! Each key is a token bucket. Keys are hashed with a secret of this process, so what is held
//! names nobody, and the number of buckets is bounded: when it is full, buckets that have run
//! full again are dropped, and if there is none, a random part of the rest. A flood of made-up
//! keys therefore costs a bounded amount of memory and locks nobody out.

use std::{
    collections::HashMap,
    fmt,
    hash::{BuildHasher, Hash, RandomState},
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

const MOST_BUCKETS: usize = 50_000;

/// Something that is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    /// Tries to sign in to one account.
    SignInAccount,
    /// Tries to sign in from one address.
    SignInAddress,
    /// Codes for the second step of one account.
    SecondStep,
    /// Accounts made from one address.
    SignUpAddress,
    /// Threads, comments and reports by one account.
    Write,
    /// Links to confirm an address, asked for by one account.
    MailAccount,
    /// The same, sent to one address.
    MailAddress,
}

impl Limit {
    /// How many at once, and after how many milliseconds one more.
    const fn rate(self) -> (i64, i64) {
        match self {
            Self::SignInAccount => (10, 60_000),
            // A school or office shares one address.
            Self::SignInAddress => (60, 5_000),
            // Six digits are guessed in a million tries, and three of them are right at a time.
            Self::SecondStep => (6, 300_000),
            Self::SignUpAddress => (30, 60_000),
            Self::Write => (20, 10_000),
            Self::MailAccount => (4, 600_000),
            Self::MailAddress => (4, 3_600_000),
        }
    }
}

#[derive(Clone, Copy)]
struct Bucket {
    /// Time at which it is full again, in milliseconds.
    full_at: i64,
}

/// What counts as one address: of IPv6 the part that a network is given, since whoever has one
/// address there has 2^64.
#[must_use]
pub fn network(address: IpAddr) -> u128 {
    match address.to_canonical() {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits() >> 64 << 64,
    }
}

/// All buckets of this process.
#[derive(Clone, Default)]
pub struct Limits {
    keyed: RandomState,
    buckets: Arc<Mutex<HashMap<u64, Bucket>>>,
}

impl fmt::Debug for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Limits").finish_non_exhaustive()
    }
}

impl Limits {
    /// Takes one token; when there is none, says after how many seconds there will be.
    pub fn take(&self, limit: Limit, key: impl Hash, now_ms: i64) -> Result<(), u64> {
        let key = self.keyed.hash_one((limit, key));
        let (most, interval) = limit.rate();
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST_BUCKETS && !buckets.contains_key(&key) {
            buckets.retain(|_, bucket| bucket.full_at > now_ms);
            if buckets.len() >= MOST_BUCKETS {
                // The map's order is random to everybody outside.
                let mut keep = 0_usize;
                buckets.retain(|_, _| {
                    keep += 1;
                    keep.is_multiple_of(2)
                });
            }
        }
        // A clock that was set back does not make an empty bucket emptier.
        let latest = now_ms + most * interval;
        let full_at = buckets
            .get(&key)
            .map_or(now_ms, |bucket| bucket.full_at.clamp(now_ms, latest));
        let wait = full_at + interval - latest;
        if wait > 0 {
            buckets.insert(key, Bucket { full_at });
            return Err(u64::try_from(wait).unwrap_or(0).div_ceil(1_000));
        }
        buckets.insert(
            key,
            Bucket {
                full_at: full_at + interval,
            },
        );
        Ok(())
    }

    /// Gives the tokens of a key back, after it has proved itself.
    pub fn forgive(&self, limit: Limit, key: impl Hash) {
        let key = self.keyed.hash_one((limit, key));
        self.buckets
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_and_fills_again() {
        let limits = Limits::default();
        for _ in 0..10 {
            assert_eq!(limits.take(Limit::SignInAccount, "mei", 0), Ok(()));
        }
        assert_eq!(limits.take(Limit::SignInAccount, "mei", 0), Err(60));
        assert_eq!(limits.take(Limit::SignInAccount, "ann", 0), Ok(()));
        assert_eq!(limits.take(Limit::SignInAccount, "mei", 60_000), Ok(()));
        assert_eq!(limits.take(Limit::SignInAccount, "mei", 60_000), Err(60));
        limits.forgive(Limit::SignInAccount, "mei");
        assert_eq!(limits.take(Limit::SignInAccount, "mei", 60_000), Ok(()));
    }

    #[test]
    fn a_clock_that_is_set_back_makes_nobody_wait_longer_than_an_empty_bucket() {
        let limits = Limits::default();
        for _ in 0..10 {
            assert_eq!(limits.take(Limit::SignInAccount, "mei", 600_000), Ok(()));
        }
        assert_eq!(limits.take(Limit::SignInAccount, "mei", 0), Err(60));
        assert_eq!(limits.take(Limit::SignInAccount, "mei", 60_000), Ok(()));
    }

    #[test]
    fn addresses_of_one_network_count_as_one() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8::1"), of("2001:db8:0:0:ffff::2"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }

    #[test]
    fn a_million_tries_take_bounded_memory_and_lock_nobody_out() {
        let limits = Limits::default();
        for key in 0..1_000_000_u32 {
            assert_eq!(limits.take(Limit::SignInAccount, key, 0), Ok(()));
        }
        assert!(limits.buckets.lock().unwrap().len() <= MOST_BUCKETS);
        assert_eq!(limits.take(Limit::SignInAccount, "mei", 0), Ok(()));
    }
}
