//! Who listens for new comments: a bounded number of connections, which end when the server stops.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::watch;

/// Connections of everybody.
const MOST: usize = 2_000;
/// Connections from one address; a school or office shares one.
const MOST_OF_ONE: usize = 60;

/// The seats of this process. Addresses are held while somebody sits, and no longer.
#[derive(Clone, Debug)]
pub struct LiveSeats {
    taken: Arc<Mutex<HashMap<Option<IpAddr>, usize>>>,
    closing: watch::Sender<bool>,
}

impl Default for LiveSeats {
    fn default() -> Self {
        Self {
            taken: Arc::default(),
            closing: watch::Sender::new(false),
        }
    }
}

impl LiveSeats {
    /// A seat, if there is one left.
    #[must_use]
    pub fn seat(&self, address: Option<IpAddr>) -> Option<Seat> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = taken.values().sum();
        let own = taken.get(&address).copied().unwrap_or_default();
        if all >= MOST || own >= MOST_OF_ONE || *self.closing.borrow() {
            return None;
        }
        *taken.entry(address).or_default() += 1;
        Some(Seat {
            seats: self.clone(),
            address,
            closing: self.closing.subscribe(),
        })
    }

    /// Ends every connection, so that the server can stop.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }
}

/// A connection that is open.
#[derive(Debug)]
pub struct Seat {
    seats: LiveSeats,
    address: Option<IpAddr>,
    closing: watch::Receiver<bool>,
}

impl Seat {
    /// Resolves when the server stops.
    pub async fn closing(&mut self) {
        // The sender lives in `seats`.
        _ = self.closing.wait_for(|&closing| closing).await;
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self
            .seats
            .taken
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn seats_are_limited_given_back_and_end_with_the_server() {
        let seats = LiveSeats::default();
        let one: Option<IpAddr> = "192.0.2.1".parse().ok();
        let mut sitting: Vec<Seat> = (0..MOST_OF_ONE).filter_map(|_| seats.seat(one)).collect();
        assert_eq!(sitting.len(), MOST_OF_ONE);
        assert!(seats.seat(one).is_none());
        assert!(seats.seat(None).is_some(), "others still sit down");
        let mut last = sitting.pop().into_iter();
        drop(last.next());
        assert!(seats.seat(one).is_some());
        drop(sitting);
        assert!(seats.taken.lock().is_ok_and(|taken| taken.is_empty()));
        let mut seat = seats.seat(one);
        seats.close();
        if let Some(seat) = &mut seat {
            seat.closing().await;
        }
        assert!(seats.seat(one).is_none());
    }
}
