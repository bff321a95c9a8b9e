//! Many people at once: reading and writing at a fixed rate, whether the server keeps up or not.

use std::{
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

use super::{
    bar::{Times, at_most, load, milliseconds},
    client::{Client, Request, encode},
    facts::Facts,
};
use crate::{say, test::running::Server};

const READS: u64 = 300;
const WRITES: u64 = 20;
const CONNECTIONS: usize = 64;
const P99: Duration = Duration::from_millis(250);
/// How much more memory the server may hold in the last quarter than in the second.
const GROWTH: f64 = 1.1;
/// Caches fill before anything is counted.
const WARM: Duration = Duration::from_secs(10);

/// What is asked for at number `n`.
struct Asking<'a> {
    facts: &'a Facts,
    threads: u64,
    first_thread: u64,
    /// The one that opens the large thread: its page is the thread's.
    opening: u64,
}

/// Numbers that look random and are the same in every run.
pub(super) fn scatter(n: u64) -> u64 {
    let mut x = n.wrapping_add(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

impl Asking<'_> {
    fn session(&self, n: u64) -> Option<String> {
        let at = usize::try_from(n).ok()? % self.facts.sessions.len();
        self.facts.sessions.get(at).cloned()
    }

    /// One in ten goes to the large thread.
    fn thread(&self, random: u64) -> u64 {
        if random.is_multiple_of(10) {
            self.first_thread
        } else {
            self.first_thread + random / 10 % self.threads
        }
    }

    fn large_comment(&self, random: u64) -> String {
        let large = self.first_thread;
        format!("/zh/discuss/{large}/{}", self.opening + 1 + random % 49_999)
    }

    fn read(&self, n: u64) -> Request {
        let random = scatter(n);
        let thread = self.thread(random / 100);
        let search = usize::try_from(random / 100).ok();
        let search = search.and_then(|at| self.facts.searches.get(at % self.facts.searches.len()));
        let path = match random % 100 {
            0..=34 => format!("/zh/discuss/{thread}"),
            35..=44 => format!("/zh/discuss/{thread}?sort=new"),
            45..=69 => self.large_comment(random / 100),
            70..=79 => "/zh/discuss".to_owned(),
            80..=87 => format!("/api/v1/threads/{thread}/comments?sort=old"),
            88..=91 => "/api/v1/threads".to_owned(),
            92..=95 => format!("/zh/discuss/{thread}/feed.atom"),
            _ => {
                let words = search.map(|(_, words)| encode(words)).unwrap_or_default();
                format!("/zh/discuss/search?q={words}")
            }
        };
        Request {
            // One in five is signed in.
            session: self.session(random).filter(|_| random.is_multiple_of(5)),
            compressed: true,
            ..Request::get(path)
        }
    }

    fn write(&self, n: u64) -> Request {
        let random = scatter(n);
        let session = self.session(n).unwrap_or_default();
        let comment = self.large_comment(random / 10);
        let body = format!(
            "body={}",
            encode(&format!("Said at {n}, and never before."))
        );
        match random % 10 {
            0..=3 => Request::post(format!("{comment}/vote"), &session, "vote=up"),
            4..=6 => Request::post(format!("{comment}/reply"), &session, body),
            _ => {
                let thread = self.thread(1 + random / 10);
                Request::post(format!("/zh/discuss/{thread}/reply"), &session, body)
            }
        }
    }
}

/// What happened so far.
#[derive(Default)]
struct Tally {
    next: AtomicU64,
    over: AtomicBool,
}

pub(super) fn run(server: &Server, facts: &Facts, time: Duration) -> Result<bool> {
    let first_thread = facts.number("thread large")?;
    let asking = Asking {
        facts,
        threads: 2_000,
        first_thread,
        // The chain begins at the hundredth.
        opening: facts.number("comment large.depth-0")? - 100,
    };
    let tally = Tally::default();
    let start = Instant::now();
    let all = WARM + time;
    let (reads, writes, memory) = std::thread::scope(|scope| {
        let running: Vec<_> = (0..CONNECTIONS)
            .map(|_| {
                scope.spawn(|| {
                    let done = one(server.port(), &asking, &tally, start, all);
                    if done.is_err() {
                        tally.over.store(true, Ordering::Relaxed);
                    }
                    done
                })
            })
            .collect();
        let memory = watch(server, &tally.over, start, all)?;
        tally.over.store(true, Ordering::Relaxed);
        let (mut reads, mut writes) = (Times::default(), Times::default());
        for thread in running {
            match thread.join() {
                Ok(done) => {
                    let (read, written) = done?;
                    reads.join(read);
                    writes.join(written);
                }
                Err(_) => bail!("a connection broke off"),
            }
        }
        Ok((reads, writes, memory))
    })?;
    let seconds = time.as_secs_f64();
    let rate = |times: &Times| u32::try_from(times.len()).map(|n| f64::from(n) / seconds);
    say::line(&format!(
        "  {} s with {:.0} readings and {:.1} writings a second; load {}; medians {:.1} and {:.1} ms",
        time.as_secs(),
        rate(&reads)?,
        rate(&writes)?,
        load(),
        milliseconds(reads.median()),
        milliseconds(writes.median()),
    ));
    let p99 = milliseconds(P99);
    let mut held = at_most("reading, p99", milliseconds(reads.p99()), p99, " ms");
    held &= at_most("writing, p99", milliseconds(writes.p99()), p99, " ms");
    let asked = (reads.len() + writes.len()) as f64 / seconds;
    let missing = (READS + WRITES) as f64 / asked;
    held &= at_most("the asked rate, times the reached one", missing, 1.02, "");
    let what = format!(
        "memory, {} MB in the second quarter, in the last times",
        memory.0 / 1_000_000
    );
    held &= at_most(&what, memory.1 as f64 / memory.0 as f64, GROWTH, "");
    Ok(held)
}

/// The most memory held in the second and in the last quarter.
fn watch(server: &Server, over: &AtomicBool, start: Instant, all: Duration) -> Result<(u64, u64)> {
    let (mut second, mut last) = (1, 0);
    while start.elapsed() < all && !over.load(Ordering::Relaxed) {
        let quarter = start.elapsed().as_millis() * 4 / all.as_millis();
        let resident = server.resident()?;
        match quarter {
            1 => second = second.max(resident),
            3 => last = last.max(resident),
            _ => {}
        }
        std::thread::sleep(Duration::from_millis(250));
    }
    Ok((second, last))
}

/// Takes the next number when its time has come. How long somebody waits counts from then, so a
/// server that stands still is not asked less for it.
fn one(
    port: u16,
    asking: &Asking<'_>,
    tally: &Tally,
    start: Instant,
    all: Duration,
) -> Result<(Times, Times)> {
    let mut client = Client::connect(port)?;
    let (mut reads, mut writes) = (Times::default(), Times::default());
    loop {
        let n = tally.next.fetch_add(1, Ordering::Relaxed);
        let due = Duration::from_secs(n) / u32::try_from(READS + WRITES)?;
        if due >= all || tally.over.load(Ordering::Relaxed) {
            return Ok((reads, writes));
        }
        std::thread::sleep(due.saturating_sub(start.elapsed()));
        let writing = n.is_multiple_of((READS + WRITES) / WRITES);
        let request = if writing {
            asking.write(n)
        } else {
            asking.read(n)
        };
        let answer = client.ask(&request)?;
        let waited = start.elapsed().saturating_sub(due);
        match (answer.status, writing) {
            (200, false) | (303, true) => {}
            // A vote on what the person wrote.
            (403, true) if request.path.ends_with("/vote") => {}
            (status, _) => bail!("{} answered {status}", request.path),
        }
        if due < WARM {
            continue;
        }
        let times = if writing { &mut writes } else { &mut reads };
        times.add(waited);
    }
}
