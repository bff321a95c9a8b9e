//! A thread on the device: replies and votes in place, further replies without leaving the page,
//! drafts that are kept, previews while writing, keys, and news of what others write.

use leptos::{ev, prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use web_sys::{Element, HtmlElement, HtmlFormElement, wasm_bindgen::JsCast};

use super::{
    draft::{self, DraftWords},
    keys, live, reply, vote,
};

/// What the script says; it has no texts of its own.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ThreadWords {
    /// While something is on its way.
    pub sending: String,
    /// When it could not be sent.
    pub failed: String,
    /// When a draft was found on the device.
    pub restored: String,
    pub one_new: String,
    /// `#` stands for the number.
    pub many_new: String,
    /// Beside a comment that was not there at the last visit.
    pub fresh: String,
    /// Which keys there are.
    pub keys: String,
    pub draft: DraftWords,
}

/// Surrounds a thread or a form that works without it. Forms and links keep what they do; this
/// does the same without a new page, and whatever it cannot do it leaves to them.
#[island]
pub fn ThreadTools(words: ThreadWords, children: Children) -> impl IntoView {
    let root = NodeRef::<leptos::html::Div>::new();
    let with_keys = RwSignal::new(false);
    let began = words.clone();
    Effect::new(move |_| {
        let Some(root) = root.get() else {
            return;
        };
        draft::restore(&root, &began.restored);
        with_keys.set(live::begin(&root, &began));
        let keyed = window_event_listener(ev::keydown, |event| keys::press(&event));
        on_cleanup(move || keyed.remove());
    });

    let said = words.clone();
    let writing = words.draft.clone();
    let on_submit = move |event: ev::SubmitEvent| {
        let form = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        let Some(form) = form else {
            return;
        };
        let pressed = event.submitter().unwrap_or_else(|| form.clone().into());
        let value = pressed.get_attribute("value").unwrap_or_default();
        let action = form.get_attribute("action").unwrap_or_default();
        if value == "preview" {
            event.prevent_default();
            spawn_local(draft::preview(form, said.draft.clone()));
        } else if action.ends_with("/vote") {
            event.prevent_default();
            spawn_local(vote::send(form, value));
        } else if action.ends_with("/reply") {
            event.prevent_default();
            spawn_local(reply::send(form, said.sending.clone(), said.failed.clone()));
        } else if form.class_list().contains("compose") {
            draft::leaves(&form);
        }
    };
    let quoting = words.draft.clone();
    let on_click = move |event: ev::MouseEvent| {
        if event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        let link = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|element| element.closest("a").ok().flatten());
        let Some(link) = link else {
            return;
        };
        let href = link.get_attribute("href").unwrap_or_default();
        if link.has_attribute("data-more") {
            event.prevent_default();
            spawn_local(reply::more(link));
        } else if href.contains("?quote=1") && draft::quote(&link, &quoting).is_some() {
            event.prevent_default();
        }
    };
    let on_input = move |event: ev::Event| {
        let form = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|element| element.closest("form.compose").ok().flatten())
            .and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        if let Some(form) = form {
            draft::typed(form, writing.clone());
        }
    };
    let keys = words.keys;
    view! {
        <div
            class="thread-tools"
            node_ref=root
            on:submit=on_submit
            on:click=on_click
            on:input=on_input
        >
            {children()}
            <p class="hint keys" hidden=move || !with_keys.get()>{keys}</p>
        </div>
    }
}

/// The list of replies directly under a comment.
pub(super) fn children_of(comment: &Element) -> Option<Element> {
    comment
        .query_selector(":scope > .replies > .children, :scope > .children")
        .ok()
        .flatten()
}

pub(super) fn say(form: &Element, text: &str) {
    let status = form
        .query_selector("[data-status]")
        .ok()
        .flatten()
        .or_else(|| {
            let status = document().create_element("p").ok()?;
            set(Some(&status), "role", Some("status"));
            set(Some(&status), "data-status", Some(""));
            status.set_class_name("hint");
            form.append_child(&status).ok()?;
            Some(status)
        });
    if let Some(status) = status {
        status.set_text_content(Some(text));
    }
}

pub(super) fn set(element: Option<&Element>, name: &str, value: Option<&str>) {
    if let Some(element) = element {
        // An attribute of ours with a name of ours: neither call can be refused.
        _ = match value {
            Some(value) => element.set_attribute(name, value),
            None => element.remove_attribute(name),
        };
    }
}

pub(super) fn go(href: &str) {
    // Refused only for addresses that are none; these come from our own links.
    _ = window().location().set_href(href);
}

/// Moves the focus, and with it what is read.
pub(super) fn focus(element: Element) -> Option<()> {
    set(Some(&element), "tabindex", Some("-1"));
    element.dyn_into::<HtmlElement>().ok()?.focus().ok()
}

/// Everything inside `element` that fits.
pub(super) fn all(element: &Element, selector: &str) -> Vec<Element> {
    let Ok(list) = element.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..list.length())
        .filter_map(|i| list.get(i)?.dyn_into().ok())
        .collect()
}
