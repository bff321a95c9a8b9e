//! Replies in place, and the rest of a comment's replies.

use leptos::prelude::*;
use web_sys::{Element, HtmlFormElement, HtmlTextAreaElement, wasm_bindgen::JsCast};

use super::{
    draft,
    fetched::{Fetched, fetch_page, post_reply},
    thread::{children_of, focus, go, say, set},
};

/// Sends a reply and puts it where the server's own page has it.
pub(super) async fn send(form: HtmlFormElement, sending: String, failed: String) {
    let Some(text) = form
        .query_selector("textarea")
        .ok()
        .flatten()
        .and_then(|element| element.dyn_into::<HtmlTextAreaElement>().ok())
    else {
        return;
    };
    let Some(action) = form.get_attribute("action") else {
        return;
    };
    let button = form.query_selector("button").ok().flatten();
    if button
        .as_ref()
        .is_some_and(|button| button.has_attribute("disabled"))
    {
        return;
    }
    set(button.as_ref(), "disabled", Some("disabled"));
    say(&form, &sending);
    let answer = post_reply(&action, &text.value()).await;
    set(button.as_ref(), "disabled", None);
    match answer {
        Some(Fetched {
            ok: true,
            id: Some(id),
            page,
        }) => {
            let placed = page
                .get_element_by_id(&format!("c{id}"))
                .is_some_and(|comment| place(&form, &comment).is_some());
            text.set_value("");
            draft::sent(&form);
            if placed {
                say(&form, "");
                let fold = form.closest("details.reply").ok().flatten();
                set(fold.as_ref(), "open", None);
            } else {
                go(&format!("{}#c{id}", action.trim_end_matches("/reply")));
            }
        }
        // The page knows how to say what is wrong, and keeps the text.
        Some(_) => _ = form.submit(),
        None => say(&form, &failed),
    }
}

/// Puts a new comment below what it replies to, or first among the roots.
fn place(form: &HtmlFormElement, comment: &Element) -> Option<()> {
    let document = document();
    let comment: Element = document
        .import_node_with_deep(comment, true)
        .ok()?
        .dyn_into()
        .ok()?;
    let list = match form.closest(".comment").ok().flatten() {
        Some(parent) => children_of(&parent).or_else(|| {
            let list = document.create_element("div").ok()?;
            list.set_class_name("children");
            parent.append_child(&list).ok()?;
            Some(list)
        })?,
        None => document.query_selector(".roots").ok().flatten()?,
    };
    if let Some(empty) = list.query_selector("p.empty").ok().flatten() {
        empty.remove();
    }
    list.insert_before(&comment, list.first_child().as_ref())
        .ok()?;
    focus(comment)
}

/// Fetches the page that a "more replies" link leads to and takes the replies from it.
pub(super) async fn more(link: Element) {
    let Some(href) = link.get_attribute("href") else {
        return;
    };
    let id = link.get_attribute("data-more").unwrap_or_default();
    let added = async {
        let Fetched { ok: true, page, .. } = fetch_page(&href).await? else {
            return None;
        };
        let here = children_of(&link.closest(".comment").ok().flatten()?)?;
        let there = children_of(&page.get_element_by_id(&format!("c{id}"))?)?;
        let document = document();
        let mut first = None;
        while let Some(child) = there.first_element_child() {
            child.remove();
            if document.get_element_by_id(&child.id()).is_some() {
                continue;
            }
            let child = document.import_node_with_deep(&child, true).ok()?;
            here.append_child(&child).ok()?;
            first = first.or_else(|| child.dyn_into::<Element>().ok());
        }
        let onward = page
            .query_selector(".comments .pages a")
            .ok()
            .flatten()
            .and_then(|next| next.get_attribute("href"));
        match onward {
            Some(next) => set(Some(&link), "href", Some(&next)),
            None => link.parent_element()?.remove(),
        }
        focus(first?)
    };
    if added.await.is_none() {
        go(&href);
    }
}
