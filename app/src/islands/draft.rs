//! What is being written: kept and looked at on the device, quoted into.

use std::{cell::RefCell, collections::HashMap, time::Duration};

use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomParser, Element, HtmlFormElement, HtmlTextAreaElement, Storage, SupportedType,
    wasm_bindgen::{JsCast, JsValue},
};

use super::{
    fetched::{fetch_page, number, post_json, text},
    thread::{all, say, set},
};

/// What is said about a draft.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DraftWords {
    /// `#` stands for its length, `##` for the most.
    pub length: String,
    /// `#` stands for the rule that it comes near to.
    pub near: String,
}

/// After the last key until the preview follows.
const PAUSE: Duration = Duration::from_millis(250);
/// The draft that a form took along to the next page.
const LEFT: &str = "partake-draft-left";

pub(super) fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn key(form: &Element) -> String {
    format!(
        "partake-draft:{}",
        form.get_attribute("action").unwrap_or_default()
    )
}

fn area(form: &Element) -> Option<HtmlTextAreaElement> {
    form.query_selector("textarea")
        .ok()
        .flatten()?
        .dyn_into()
        .ok()
}

/// Brings drafts back into the forms that are empty, and drops the one that was published.
pub(super) fn restore(root: &Element, words: &str) {
    let Some(storage) = storage() else {
        return;
    };
    let arrived = window().location().search().unwrap_or_default();
    if arrived.contains("done=posted")
        && let Ok(Some(left)) = storage.get_item(LEFT)
    {
        _ = storage.remove_item(&left);
    }
    _ = storage.remove_item(LEFT);
    for form in all(root, "form.compose") {
        let draft = storage.get_item(&key(&form)).ok().flatten();
        let (Some(area), Some(draft)) = (area(&form), draft) else {
            continue;
        };
        if area.value().is_empty() && !draft.is_empty() {
            area.set_value(&draft);
            say(&form, words);
            let fold = form.closest("details.reply").ok().flatten();
            set(fold.as_ref(), "open", Some(""));
        }
    }
}

/// Keeps what was typed, and shows after a pause what it will look like.
pub(super) fn typed(form: HtmlFormElement, words: DraftWords) {
    let Some(area) = area(&form) else {
        return;
    };
    let now = area.value();
    if let Some(storage) = storage() {
        // Refused when the device is full; the text is still in the form.
        _ = if now.trim().is_empty() {
            storage.remove_item(&key(&form))
        } else {
            storage.set_item(&key(&form), &now)
        };
    }
    set_timeout(
        move || {
            // Whoever types on asks later.
            if area.value() == now {
                spawn_local(preview(form, words));
            }
        },
        PAUSE,
    );
}

/// Forgets a draft that was published.
pub(super) fn sent(form: &Element) {
    if let Some(storage) = storage() {
        _ = storage.remove_item(&key(form));
    }
    show(form, "", "", false, "");
}

/// Remembers which draft a form takes along; the page that thanks for it drops it.
pub(super) fn leaves(form: &Element) {
    if let Some(storage) = storage() {
        _ = storage.set_item(LEFT, &key(form));
    }
}

/// Shows how the draft will look.
pub(super) async fn preview(form: HtmlFormElement, words: DraftWords) {
    let Some((base, area)) = form
        .get_attribute("action")
        .and_then(|action| {
            let (base, _) = action.split_once("/discuss/")?;
            Some(format!("{base}/discuss"))
        })
        .zip(area(&form))
    else {
        return;
    };
    if on_device(&form, &area.value(), &base, words)
        .await
        .is_none()
    {
        from_server(&form, &area.value(), &base).await;
    }
}

/// The same renderer that publishes, on the device: nothing of a draft leaves it.
async fn on_device(form: &Element, draft: &str, base: &str, words: DraftWords) -> Option<()> {
    let composer: js_sys::Function = js_sys::Reflect::get(&window(), &"partakeComposer".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let composer = js_sys::Promise::resolve(&composer.call0(&JsValue::UNDEFINED).ok()?);
    let module = JsFuture::from(composer).await.ok()?;
    let look: js_sys::Function = js_sys::Reflect::get(&module, &"look".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let href = format!("{base}/search?by=");
    let look = look
        .call3(&module, &draft.into(), &people(), &href.into())
        .ok()?;
    let (length, most) = (number(&look, "length")?, number(&look, "most")?);
    let count = words.length.replace("##", &counted(most));
    let near = match text(&look, "near") {
        Some(code) => rule_title(form, &code)
            .await
            .map_or_else(String::new, |rule| words.near.replace('#', &rule)),
        None => String::new(),
    };
    // Whoever typed on meanwhile is shown the next one.
    if area(form)?.value() != draft {
        return Some(());
    }
    show(
        form,
        &text(&look, "html")?,
        &count.replace('#', &counted(length)),
        length > most,
        &near,
    )
}

/// Those who wrote or are named on this page: who else there is only the server knows.
fn people() -> JsValue {
    let root = document().document_element();
    let named = root
        .iter()
        .flat_map(|root| all(root, ".comment .author, a.mention"));
    named
        .filter_map(|name| name.text_content())
        .map(|name| JsValue::from(name.trim_start_matches('@')))
        .collect::<js_sys::Array>()
        .into()
}

thread_local! {
    /// What the page of rules calls each rule that was near, by code.
    static TITLES: RefCell<HashMap<String, String>> = RefCell::default();
}

/// What the page of rules calls one; asked for once.
async fn rule_title(form: &Element, code: &str) -> Option<String> {
    let known = TITLES.with_borrow(|titles| titles.get(code).cloned());
    if known.is_some() {
        return known;
    }
    let link = form.query_selector(".reminder a").ok().flatten()?;
    let rules = fetch_page(&link.get_attribute("href")?).await?.page;
    let heading = rules
        .query_selector(&format!("#{code} h3"))
        .ok()
        .flatten()?;
    let title = heading.first_child()?.text_content()?.trim().to_owned();
    TITLES.with_borrow_mut(|titles| titles.insert(code.to_owned(), title.clone()));
    Some(title)
}

/// For a device that cannot look itself.
async fn from_server(form: &Element, draft: &str, base: &str) {
    let body = js_sys::encode_uri_component(draft);
    let Some(answer) = post_json(&format!("{base}/preview"), &format!("body={body}")).await else {
        return;
    };
    let word = |name| text(&answer, name).unwrap_or_default();
    let over = js_sys::Reflect::get(&answer, &"over".into()).is_ok_and(|over| over.is_truthy());
    show(form, &word("html"), &word("count"), over, &word("near"));
}

/// With commas between thousands, as the server writes it.
fn counted(number: f64) -> String {
    js_sys::Number::from(number).to_locale_string("en").into()
}

fn show(form: &Element, html: &str, count: &str, over: bool, near: &str) -> Option<()> {
    let part = |selector| form.query_selector(selector).ok().flatten();
    let counter = part("[data-count]")?;
    counter.set_text_content(Some(count));
    counter.set_class_name(if over { "count over" } else { "count" });
    let warning = part("[data-near]")?;
    if warning.text_content().as_deref() != Some(near) {
        warning.set_text_content(Some(near));
    }
    let section = part("[data-preview]")?;
    let prose = section.query_selector(".prose").ok().flatten()?;
    while let Some(child) = prose.first_child() {
        prose.remove_child(&child).ok()?;
    }
    let page = DomParser::new()
        .ok()?
        .parse_from_string(html, SupportedType::TextHtml)
        .ok()?;
    let body = page.body()?;
    while let Some(child) = body.first_child() {
        body.remove_child(&child).ok()?;
        let child = document().import_node_with_deep(&child, true).ok()?;
        prose.append_child(&child).ok()?;
    }
    set(Some(&section), "hidden", html.is_empty().then_some(""));
    Some(())
}

/// Quotes what is selected in a comment into the reply to it.
pub(super) fn quote(link: &Element, words: &DraftWords) -> Option<()> {
    let comment = link.closest(".comment").ok().flatten()?;
    let selection = window().get_selection().ok().flatten()?;
    let inside = comment.contains(selection.anchor_node().as_ref());
    let chosen = String::from(selection.to_string());
    if !inside || chosen.trim().is_empty() {
        return None;
    }
    let fold = comment
        .query_selector("details.reply")
        .ok()
        .flatten()
        .filter(|fold| fold.closest(".comment").ok().flatten().as_ref() == Some(&comment))?;
    set(Some(&fold), "open", Some(""));
    let form = fold.query_selector("form").ok().flatten()?;
    let area = area(&form)?;
    let quoted: Vec<String> = chosen.lines().map(|line| format!("> {line}")).collect();
    area.set_value(&format!("{}{}\n\n", area.value(), quoted.join("\n")));
    area.focus().ok()?;
    typed(form.dyn_into().ok()?, words.clone());
    Some(())
}
