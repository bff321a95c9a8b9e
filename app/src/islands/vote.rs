//! Votes without a new page.

use leptos::prelude::*;
use web_sys::{Element, HtmlFormElement};

use super::{
    fetched::{number, post_json},
    thread::{all, set},
};

/// Sends the vote and shows what the server counted; without an answer the form goes its own way.
pub(super) async fn send(form: HtmlFormElement, value: String) {
    let Some(action) = form.get_attribute("action") else {
        return;
    };
    let answer = post_json(&action, &format!("vote={value}")).await;
    let counted =
        answer.and_then(|answer| Some((number(&answer, "score")?, number(&answer, "vote")?)));
    let Some((score, own)) = counted else {
        return by_itself(&form, &value);
    };
    for (button, (name, sign)) in all(&form, "button")
        .iter()
        .zip([("up", 1.0), ("down", -1.0)])
    {
        let pressed = own == sign;
        let value = if pressed { "none" } else { name };
        set(Some(button), "value", Some(value));
        set(
            Some(button),
            "aria-pressed",
            Some(if pressed { "true" } else { "false" }),
        );
    }
    for shown in all(&form, ".score > span") {
        shown.set_text_content(Some(&score.to_string()));
    }
}

fn by_itself(form: &HtmlFormElement, value: &str) {
    let field = document().create_element("input").ok();
    let field: Option<&Element> = field.as_ref();
    set(field, "type", Some("hidden"));
    set(field, "name", Some("vote"));
    set(field, "value", Some(value));
    if let Some(field) = field {
        _ = form.append_child(field);
    }
    _ = form.submit();
}
