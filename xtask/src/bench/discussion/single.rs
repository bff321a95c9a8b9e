//! One reader and one writer: what the server takes for a page, a comment, a search.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use super::{
    bar::{Times, at_most, milliseconds, p95_at_most},
    client::{Client, Request, encode},
    facts::Facts,
};

const PAGE: Duration = Duration::from_millis(50);
const PERMALINK: Duration = Duration::from_millis(20);
const WRITING: Duration = Duration::from_millis(20);
const SEARCH: Duration = Duration::from_millis(150);
/// A page far into a thread may take this many times what the first takes.
const LATER: f64 = 1.2;
/// Writing in a large thread may take this many times what it takes in a small one.
const LARGER: f64 = 1.2;
const ROUNDS: usize = 60;
const SORTS: [&str; 4] = ["best", "new", "old", "active"];

/// Asks once and says how long that took.
fn timed(client: &mut Client, request: &Request, status: u16) -> Result<Duration> {
    let start = Instant::now();
    client.expect(request, status)?;
    Ok(start.elapsed())
}

fn again(client: &mut Client, request: &Request) -> Result<Times> {
    let mut times = Times::default();
    // The first one fills caches.
    timed(client, request, 200)?;
    for _ in 0..ROUNDS {
        times.add(timed(client, request, 200)?);
    }
    Ok(times)
}

pub(super) fn reading(client: &mut Client, facts: &Facts) -> Result<bool> {
    let mut held = true;
    let thread = facts.thread("large")?;
    for sort in SORTS {
        let page = Request::get(format!("{thread}?sort={sort}"));
        let times = again(client, &page)?;
        held &= p95_at_most(&format!("first page of 50 000, {sort}"), &times, PAGE);
    }
    let session = facts.sessions.first().cloned();
    let page = Request {
        session,
        ..Request::get(thread)
    };
    let times = again(client, &page)?;
    held &= p95_at_most("the same, signed in", &times, PAGE);
    for place in ["depth-0", "depth-47", "middle", "last"] {
        let page = Request::get(facts.comment(&format!("large.{place}"))?);
        let times = again(client, &page)?;
        held &= p95_at_most(&format!("permalink, {place}"), &times, PERMALINK);
    }
    Ok(held)
}

/// Follows a list to its end, and compares pages far into it with the first. Pages have different
/// texts, so many of them are compared with many.
pub(super) fn paging(client: &mut Client, facts: &Facts) -> Result<bool> {
    let large = facts.number("thread large")?;
    let magnet = facts.number("comment large.magnet")?;
    let mut held = true;
    let lists = SORTS.map(|sort| {
        let roots = format!("/api/v1/threads/{large}/comments?sort={sort}");
        (format!("roots, {sort}"), roots)
    });
    let replies = format!("/api/v1/threads/{large}/comments/{magnet}/replies?sort=best");
    let lists = lists
        .into_iter()
        .chain([("replies to one comment".to_owned(), replies)]);
    for (name, first) in lists {
        let mut pages = vec![first.clone()];
        let mut next = next(client, &first)?;
        while let Some(cursor) = next {
            let page = format!("{first}&cursor={cursor}");
            next = self::next(client, &page)?;
            pages.push(page);
        }
        // The last page is seldom full.
        pages.pop();
        let size = pages.len();
        let (begin, end) = (size.min(12) / 2, size.saturating_sub(size.min(12) / 2));
        let early = pages.get(..begin).context("pages")?;
        let late = pages.get(end..).context("pages")?;
        let middle = pages.get((end / 2)..(end / 2 + begin)).context("pages")?;
        let mut times = [Times::default(), Times::default(), Times::default()];
        for _ in 0..ROUNDS / 3 {
            // In turn, so that a machine that gets busy slows all of them.
            for (pages, times) in [early, middle, late].iter().zip(&mut times) {
                for page in *pages {
                    times.add(timed(client, &Request::get(page), 200)?);
                }
            }
        }
        let [early, middle, late] = times.map(|times| milliseconds(times.median()));
        let what = format!("{name}: {size} pages, the first {early:.1} ms, middle and last times");
        held &= at_most(&what, middle.max(late) / early, LATER, "");
    }
    Ok(held)
}

fn next(client: &mut Client, path: &str) -> Result<Option<String>> {
    let answer = client.expect(&Request::get(path), 200)?;
    // The list's own cursor stands last.
    Ok(answer.json_text("next"))
}

/// People take turns, so that nobody writes faster than one person may.
pub(super) struct Turns<'a> {
    sessions: &'a [String],
    taken: usize,
}

impl<'a> Turns<'a> {
    pub(super) const fn new(sessions: &'a [String]) -> Self {
        Self { sessions, taken: 0 }
    }

    fn next(&mut self) -> Result<&'a str> {
        self.taken += 1;
        let session = self.sessions.get(self.taken % self.sessions.len());
        Ok(session.context("nobody is signed in")?)
    }
}

pub(super) fn writing(client: &mut Client, facts: &Facts, turns: &mut Turns<'_>) -> Result<bool> {
    let mut held = true;
    let mut medians = Vec::new();
    for place in ["", "depth-0", "depth-20", "depth-47"] {
        let mut times = [Times::default(), Times::default()];
        for round in 0..ROUNDS {
            for (thread, times) in ["large", "small"].iter().zip(&mut times) {
                let to = if place.is_empty() {
                    facts.thread(thread)?
                } else {
                    facts.comment(&format!("{thread}.{place}"))?
                };
                let body = format!("Said in round {round} below {place}, and never before.");
                let reply = Request::post(
                    format!("{to}/reply"),
                    turns.next()?,
                    format!("body={}", encode(&body)),
                );
                times.add(timed(client, &reply, 303)?);
            }
        }
        let name = if place.is_empty() { "thread" } else { place };
        let [large, small] = times;
        held &= p95_at_most(&format!("reply, {name}, large thread"), &large, WRITING);
        held &= p95_at_most(&format!("reply, {name}, small thread"), &small, WRITING);
        medians.push((milliseconds(large.median()), milliseconds(small.median())));
    }
    let sum = |of: fn(&(f64, f64)) -> f64| medians.iter().map(of).sum::<f64>();
    let ratio = sum(|m| m.0) / sum(|m| m.1);
    held &= at_most(
        "replies in the large thread, times the small one",
        ratio,
        LARGER,
        "",
    );
    let comment = facts.comment("large.middle")?;
    let mut times = Times::default();
    for round in 0..ROUNDS {
        let vote = ["vote=up", "vote=down", "vote=none"]
            .get(round % 3)
            .copied()
            .unwrap_or_default();
        let vote = Request::post(format!("{comment}/vote"), turns.next()?, vote);
        let start = Instant::now();
        // One of them wrote it, and may not.
        if client.ask(&vote)?.status == 303 {
            times.add(start.elapsed());
        }
    }
    held &= p95_at_most("vote", &times, WRITING);
    Ok(held)
}

pub(super) fn searching(client: &mut Client, facts: &Facts) -> Result<bool> {
    let mut held = true;
    for (name, words) in &facts.searches {
        let page = Request::get(format!("/zh/discuss/search?q={}", encode(words)));
        let times = again(client, &page)?;
        held &= p95_at_most(&format!("search, {name}"), &times, SEARCH);
    }
    Ok(held)
}
