//! `GET /api/v1/instrument/schema.json`.

use axum::{http::HeaderMap, response::Response};

use super::{SHORT, cached};
use crate::assets::sha256_hex;

const SCHEMA: &str = include_str!("../../../../../docs/instrument.schema.json");

/// What an instrument file looks like, for editors.
pub(super) async fn show(headers: HeaderMap) -> Response {
    cached(
        &headers,
        &sha256_hex(SCHEMA.as_bytes()),
        SHORT,
        "application/schema+json",
        SCHEMA.as_bytes().to_vec(),
    )
}
