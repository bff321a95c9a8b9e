//! A flood of tries to sign in, from many addresses to many accounts.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

use super::{
    bar::{Times, at_most, milliseconds},
    client::{Client, Request},
    mixed::scatter,
};
use crate::{say, test::running::Server};

const TRIES: u64 = 1_000_000;
const CONNECTIONS: usize = 16;
/// Addresses that it comes from.
const ADDRESSES: u64 = 64;
/// Two passwords are checked at once, each in 19 MiB; the limits themselves take a few megabytes.
const GROWTH: f64 = 80.0;
/// Whoever waits longer than this for a turn is asked to come back.
const PATIENCE: f64 = 6_000.0;
/// Between two tries of somebody else.
const PAUSE: Duration = Duration::from_secs(5);
const PASSWORD: &str = "seven%20grey%20herons%20wait";

/// Memory stays bounded, and somebody from elsewhere still gets in.
pub(super) fn run(server: &Server) -> Result<bool> {
    let mut client = Client::connect(server.port())?;
    let form = format!("handle=Annabel&password={PASSWORD}&again={PASSWORD}");
    client.expect(&from_elsewhere("/en/account/sign-up", form), 303)?;
    let next = AtomicU64::new(0);
    let before = server.resident()?;
    let start = Instant::now();
    let (others, most) = std::thread::scope(|scope| {
        let running: Vec<_> = (0..CONNECTIONS)
            .map(|_| scope.spawn(|| tries(server.port(), &next)))
            .collect();
        let mut others = Times::default();
        let mut most = before;
        while next.load(Ordering::Relaxed) < TRIES {
            let asked = Instant::now();
            let form = format!("handle=Annabel&password={PASSWORD}");
            client.expect(&from_elsewhere("/en/account/sign-in", form), 303)?;
            others.add(asked.elapsed());
            while asked.elapsed() < PAUSE {
                most = most.max(server.resident()?);
                std::thread::sleep(Duration::from_millis(100));
            }
        }
        for thread in running {
            match thread.join() {
                Ok(done) => done?,
                Err(_) => bail!("a connection broke off"),
            }
        }
        Ok((others, most))
    })?;
    let what = format!(
        "memory over {TRIES} tries within {}, from {} MB, by",
        say::seconds(start.elapsed()),
        before / 1_000_000
    );
    let grown = most.saturating_sub(before) as f64 / 1e6;
    let mut held = at_most(&what, grown, GROWTH, " MB");
    let what = format!(
        "{} sign-ins of somebody else meanwhile, the longest",
        others.len()
    );
    held &= at_most(&what, milliseconds(others.below(1_000)), PATIENCE, " ms");
    Ok(held)
}

fn from_elsewhere(path: &str, form: String) -> Request {
    Request {
        address: Some("192.0.2.77".to_owned()),
        form: Some(form),
        ..Request::get(path)
    }
}

fn tries(port: u16, next: &AtomicU64) -> Result<()> {
    let mut client = Client::connect(port)?;
    loop {
        let n = next.fetch_add(1, Ordering::Relaxed);
        if n >= TRIES {
            return Ok(());
        }
        let attempt = Request {
            address: Some(format!("10.0.0.{}", scatter(n) % ADDRESSES)),
            form: Some(format!("handle=somebody-{n}&password=guess%20number%20{n}")),
            ..Request::get("/en/account/sign-in")
        };
        let status = client.ask(&attempt)?.status;
        if !matches!(status, 401 | 422 | 429 | 503) {
            bail!("a try to sign in answered {status}");
        }
    }
}
