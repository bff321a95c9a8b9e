//! The whole of the large thread, by every cursor.

use std::{collections::HashSet, time::Instant};

use anyhow::{Context as _, Result, bail};

use super::{
    client::{Client, Request},
    facts::Facts,
};
use crate::say;

/// Every `next` and `more` is followed; each comment has to be seen once.
pub(super) fn visit(client: &mut Client, facts: &Facts) -> Result<bool> {
    let large = facts.number("thread large")?;
    let own = large.to_string();
    let size = usize::try_from(facts.number("size large")?)?;
    for sort in ["best", "new", "old", "active"] {
        let start = Instant::now();
        let first = format!("/api/v1/threads/{large}/comments?sort={sort}");
        let mut open = vec![first.clone()];
        let mut seen = HashSet::new();
        let mut requests = 0;
        while let Some(page) = open.pop() {
            requests += 1;
            let answer = client.expect(&Request::get(page), 200)?;
            let body = String::from_utf8(answer.body)?;
            let mut ids: Vec<_> = values(&body, "id").collect();
            // Each page names its thread too, which may be numbered like one of the comments.
            let thread = ids.iter().position(|id| *id == own);
            ids.swap_remove(thread.context("a page without its thread")?);
            for id in ids {
                if !seen.insert(id.to_owned()) {
                    bail!("{sort}: {id} is repeated");
                }
            }
            for name in ["more", "next"] {
                open.extend(values(&body, name).map(|cursor| format!("{first}&cursor={cursor}")));
            }
        }
        if seen.len() != size {
            bail!("{sort}: {} of {size} comments were seen", seen.len());
        }
        say::line(&format!(
            "  ok     {size} comments once each in {requests} pages, {sort}: {}",
            say::seconds(start.elapsed())
        ));
    }
    Ok(true)
}

/// Texts of this name in JSON. Quotes inside a text are escaped, so none is mistaken for it.
fn values<'a>(body: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    body.split(&format!("\"{name}\":\""))
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect::<Vec<_>>()
        .into_iter()
}
