//! `GET /.well-known/security.txt` (RFC 9116), once the operator has entered a contact.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use time::Duration;

use crate::{error::PageError, state::AppState};

/// The file asks to be renewed; it is written anew for each reader.
const VALID_DAYS: i64 = 180;

pub(super) async fn show(State(state): State<AppState>) -> Result<Response, PageError> {
    let contact = state
        .config
        .site
        .operator_contact
        .as_deref()
        .and_then(as_uri);
    let contact = contact.ok_or(PageError::NotFound)?;
    let expires = state
        .clock
        .today()
        .saturating_add(Duration::days(VALID_DAYS));
    let text = format!(
        "Contact: {contact}\nExpires: {expires}T00:00:00Z\nPreferred-Languages: zh, en\n\
         Canonical: {}/.well-known/security.txt\n",
        state.config.base_url()
    );
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}

/// The contact as the URI that the format asks for; `None` for a contact of another kind.
fn as_uri(contact: &str) -> Option<String> {
    let contact = contact.trim();
    if contact.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return None;
    }
    if contact.starts_with("https://") || contact.starts_with("mailto:") {
        return Some(contact.to_owned());
    }
    let (name, host) = contact.split_once('@')?;
    (!name.is_empty() && host.contains('.')).then(|| format!("mailto:{contact}"))
}

#[cfg(test)]
mod tests {
    use super::as_uri;

    #[test]
    fn an_address_becomes_a_mailto() {
        assert_eq!(
            as_uri("a@example.org").as_deref(),
            Some("mailto:a@example.org")
        );
        assert_eq!(
            as_uri("https://example.org/x").as_deref(),
            Some("https://example.org/x")
        );
    }

    #[test]
    fn what_is_no_uri_gives_no_file() {
        assert_eq!(as_uri("room 12, second floor"), None);
        assert_eq!(as_uri("a@example.org\nExpires: never"), None);
    }
}
