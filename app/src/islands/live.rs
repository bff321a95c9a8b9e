//! What is new: since the last visit, which only this device remembers, and while reading.

use std::time::Duration;

use leptos::prelude::*;
use web_sys::{
    Element, EventSource, MessageEvent,
    wasm_bindgen::{JsCast, prelude::Closure},
};

use super::{
    draft::storage,
    thread::{ThreadWords, all, set},
};

/// Time in which a reply of one's own finds its place on the page.
const OWN: Duration = Duration::from_millis(1_500);

/// True where there is a thread.
pub(super) fn begin(root: &Element, words: &ThreadWords) -> bool {
    let Some(section) = root.query_selector("[data-live]").ok().flatten() else {
        return false;
    };
    mark(&section, words);
    // Without a connection nothing is announced, and nothing is missing.
    _ = listen(&section, words.clone());
    true
}

/// Marks what is newer than what was there at the last visit, and remembers what is there now.
fn mark(section: &Element, words: &ThreadWords) -> Option<()> {
    let storage = storage()?;
    let thread = section.get_attribute("data-thread")?;
    let key = format!("partake-seen:{thread}");
    let before: Option<u64> = storage
        .get_item(&key)
        .ok()
        .flatten()
        .and_then(|id| id.parse().ok());
    let mut newest = before.unwrap_or(0);
    for comment in all(section, ".comment") {
        let Some(id) = comment
            .id()
            .strip_prefix('c')
            .and_then(|id| id.parse().ok())
        else {
            continue;
        };
        newest = newest.max(id);
        let marked = comment.class_list().contains("fresh-comment");
        if before.is_some_and(|before| id > before) && !marked {
            _ = comment.class_list().add_1("fresh-comment");
            if let Some(by) = comment.query_selector(":scope > .by").ok().flatten()
                && let Ok(tag) = document().create_element("span")
            {
                tag.set_class_name("tag fresh");
                tag.set_text_content(Some(&words.fresh));
                _ = by.append_child(&tag);
            }
        }
    }
    // Refused when the device is full; then everything is new again.
    storage.set_item(&key, &newest.to_string()).ok()
}

fn listen(section: &Element, words: ThreadWords) -> Option<()> {
    let source = EventSource::new(&section.get_attribute("data-live")?).ok()?;
    let count = StoredValue::new(0_u32);
    let first = StoredValue::new(None::<u64>);
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let Some(id) = event
            .data()
            .as_string()
            .and_then(|id| id.parse::<u64>().ok())
        else {
            return;
        };
        let words = words.clone();
        set_timeout(
            move || {
                if document().get_element_by_id(&format!("c{id}")).is_some() {
                    return;
                }
                count.update_value(|n| *n += 1);
                first.update_value(|first| {
                    first.get_or_insert(id);
                });
                announce(&words, count.get_value(), first.get_value().unwrap_or(id));
            },
            OWN,
        );
    });
    source
        .add_event_listener_with_callback("comment", heard.as_ref().unchecked_ref())
        .ok()?;
    // The page listens as long as it lives.
    heard.forget();
    Some(())
}

/// Says how many there are, at the edge of the screen: what is being read does not move.
fn announce(words: &ThreadWords, count: u32, first: u64) -> Option<()> {
    let document = document();
    let bar = document.get_element_by_id("live").or_else(|| {
        let bar = document.create_element("p").ok()?;
        bar.set_id("live");
        bar.set_class_name("live");
        set(Some(&bar), "role", Some("status"));
        let link = document.create_element("a").ok()?;
        bar.append_child(&link).ok()?;
        document
            .query_selector("main")
            .ok()
            .flatten()?
            .append_child(&bar)
            .ok()?;
        Some(bar)
    })?;
    let link = bar.query_selector("a").ok().flatten()?;
    let text = match count {
        1 => words.one_new.clone(),
        n => words.many_new.replace('#', &n.to_string()),
    };
    let since = first.saturating_sub(1);
    set(
        Some(&link),
        "href",
        Some(&format!("?sort=new&since={since}#comments")),
    );
    link.set_text_content(Some(&text));
    Some(())
}
