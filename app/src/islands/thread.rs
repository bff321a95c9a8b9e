//! A thread on the device: replies in place, further replies without leaving the page.

use leptos::{ev, prelude::*, task::spawn_local};
use web_sys::{Element, HtmlElement, HtmlFormElement, HtmlTextAreaElement, wasm_bindgen::JsCast};

use super::thread_page::{Fetched, fetch_page, post_reply};

/// Surrounds a thread that works without it. Forms and links keep what they do; this does the
/// same without a new page, and whatever it cannot do it leaves to them.
#[island]
pub fn ThreadTools(
    /// Shown while a reply is on its way.
    sending: String,
    /// Shown when it could not be sent.
    failed: String,
    children: Children,
) -> impl IntoView {
    let on_submit = move |event: ev::SubmitEvent| {
        if let Some(form) = reply_form(&event) {
            event.prevent_default();
            spawn_local(send(form, sending.clone(), failed.clone()));
        }
    };
    let on_click = move |event: ev::MouseEvent| {
        if event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        let link = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|element| element.closest("a[data-more]").ok().flatten());
        if let Some(link) = link {
            event.prevent_default();
            spawn_local(more(link));
        }
    };
    view! { <div class="thread-tools" on:submit=on_submit on:click=on_click>{children()}</div> }
}

fn reply_form(event: &ev::SubmitEvent) -> Option<HtmlFormElement> {
    let form = event.target()?.dyn_into::<HtmlFormElement>().ok()?;
    form.get_attribute("action")
        .filter(|action| action.ends_with("/reply"))?;
    Some(form)
}

/// Sends a reply and puts it where the server's own page has it.
async fn send(form: HtmlFormElement, sending: String, failed: String) {
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
            if placed {
                say(&form, "");
                text.set_value("");
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
    comment.set_attribute("tabindex", "-1").ok()?;
    comment.dyn_into::<HtmlElement>().ok()?.focus().ok()
}

/// Fetches the page that a "more replies" link leads to and takes the replies from it.
async fn more(link: Element) {
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
            first = first.or_else(|| child.dyn_into::<HtmlElement>().ok());
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
        let first = first?;
        first.set_attribute("tabindex", "-1").ok()?;
        first.focus().ok()
    };
    if added.await.is_none() {
        go(&href);
    }
}

/// The list of replies directly under a comment.
fn children_of(comment: &Element) -> Option<Element> {
    comment
        .query_selector(":scope > .replies > .children, :scope > .children")
        .ok()
        .flatten()
}

fn say(form: &HtmlFormElement, text: &str) {
    let status = form
        .query_selector("[role=status]")
        .ok()
        .flatten()
        .or_else(|| {
            let status = document().create_element("p").ok()?;
            status.set_attribute("role", "status").ok()?;
            status.set_class_name("hint");
            form.append_child(&status).ok()?;
            Some(status)
        });
    if let Some(status) = status {
        status.set_text_content(Some(text));
    }
}

fn set(element: Option<&Element>, name: &str, value: Option<&str>) {
    if let Some(element) = element {
        // An attribute of ours with a name of ours: neither call can be refused.
        _ = match value {
            Some(value) => element.set_attribute(name, value),
            None => element.remove_attribute(name),
        };
    }
}

fn go(href: &str) {
    // Refused only for addresses that are none; these come from our own links.
    _ = window().location().set_href(href);
}
