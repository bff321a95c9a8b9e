//! Style, scripts and WebAssembly, packed into the binary at build time.

use std::fmt::Write as _;

use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use partake_app::shell::{AssetPaths, ModulePaths};
use sha2::{Digest as _, Sha256};

/// One packed file. `name` holds a hash of its content, so it never changes under one address.
struct Asset {
    plain: &'static str,
    name: &'static str,
    hash: &'static str,
    body: &'static [u8],
    brotli: &'static [u8],
}

static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// What lets a survey be loaded again without a network. Its address has to stay, and it is looked
/// for again each time.
const SURVEY_WORKER: &str = include_str!("../../app/survey-worker.js");

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const FOR_A_DAY: HeaderValue = HeaderValue::from_static("public, max-age=86400");

/// Where the pages find their style and scripts. In a build without a packed site the paths lead
/// nowhere, and the pages are plain.
pub fn paths() -> AssetPaths {
    AssetPaths {
        origin: String::new(),
        style: path("style.css"),
        boot: path("boot.js"),
        islands: module("app"),
        survey: module("survey"),
        composer: module("composer"),
    }
}

fn module(name: &str) -> ModulePaths {
    ModulePaths {
        js: path(&format!("{name}.js")),
        wasm: path(&format!("{name}_bg.wasm")),
    }
}

fn path(plain: &str) -> String {
    let asset = ASSETS.iter().find(|asset| asset.plain == plain);
    format!("/assets/{}", asset.map_or(plain, |asset| asset.name))
}

/// `/assets/{file}` for ever, and the icon under the address that pages and browsers know.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/assets/{file}", get(hashed))
        .route("/favicon.svg", get(icon))
        .route("/survey-worker.js", get(survey_worker))
}

async fn hashed(Path(file): Path<String>, request: HeaderMap) -> Response {
    answer(
        ASSETS.iter().find(|asset| asset.name == file),
        &request,
        FOR_EVER,
    )
}

async fn icon(request: HeaderMap) -> Response {
    answer(
        ASSETS.iter().find(|asset| asset.plain == "favicon.svg"),
        &request,
        FOR_A_DAY,
    )
}

async fn survey_worker() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, SURVEY_WORKER).into_response()
}

fn answer(asset: Option<&'static Asset>, request: &HeaderMap, keep: HeaderValue) -> Response {
    let Some(asset) = asset else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let compressed = accepts_brotli(request);
    let tag = format!("\"{}{}\"", asset.hash, if compressed { "-br" } else { "" });
    let known = request
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|value| value.trim().trim_start_matches("W/") == tag || value.trim() == "*");

    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let body = if compressed { asset.brotli } else { asset.body };
        let mut response = body.into_response();
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, content_type(asset.name));
        if compressed {
            let brotli = HeaderValue::from_static("br");
            response
                .headers_mut()
                .insert(header::CONTENT_ENCODING, brotli);
        }
        response
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, keep);
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// Compressed by brotli, at a level that takes about 10 ms for a page of 300 kB.
#[must_use]
pub fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 6,
        ..Default::default()
    };
    // Writing into memory does not fail.
    _ = brotli::BrotliCompress(&mut &*bytes, &mut out, &parameters);
    out
}

/// `br` is listed, and not with a weight of zero.
pub(crate) fn accepts_brotli(request: &HeaderMap) -> bool {
    request
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|coding| {
            let mut parts = coding.split(';').map(str::trim);
            let is_brotli = parts
                .next()
                .is_some_and(|name| name.eq_ignore_ascii_case("br"));
            let refused = parts
                .filter_map(|part| part.strip_prefix("q="))
                .any(|weight| weight.parse().is_ok_and(|weight: f32| weight == 0.0));
            is_brotli && !refused
        })
}

fn content_type(name: &str) -> HeaderValue {
    HeaderValue::from_static(match name.rsplit_once('.') {
        Some((_, "css")) => "text/css; charset=utf-8",
        Some((_, "js")) => "text/javascript; charset=utf-8",
        Some((_, "svg")) => "image/svg+xml",
        Some((_, "wasm")) => "application/wasm",
        _ => "application/octet-stream",
    })
}

/// The SHA-256 of some bytes, as downloads and their checks write it.
pub fn sha256_hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a String does not fail.
        _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    static STYLE: Asset = Asset {
        plain: "style.css",
        name: "style.0a1b.css",
        hash: "0a1b",
        body: b"p{}",
        brotli: b"packed",
    };

    fn request(name: header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn a_browser_that_takes_brotli_gets_the_packed_copy() {
        let response = answer(
            Some(&STYLE),
            &request(header::ACCEPT_ENCODING, "gzip, deflate, br;q=0.9, zstd"),
            FOR_EVER,
        );
        assert_eq!(response.headers()[header::CONTENT_ENCODING], "br");
        assert_eq!(
            response.headers()[header::CONTENT_TYPE],
            "text/css; charset=utf-8"
        );
        assert_eq!(response.headers()[header::ETAG], "\"0a1b-br\"");
        assert_eq!(response.headers()[header::CACHE_CONTROL], FOR_EVER);
    }

    #[test]
    fn a_client_that_refuses_brotli_gets_the_plain_copy() {
        for accepted in ["gzip", "br;q=0", "br; q=0.0, gzip", "brotli"] {
            let response = answer(
                Some(&STYLE),
                &request(header::ACCEPT_ENCODING, accepted),
                FOR_EVER,
            );
            assert!(
                response.headers().get(header::CONTENT_ENCODING).is_none(),
                "{accepted}"
            );
            assert_eq!(response.headers()[header::ETAG], "\"0a1b\"");
        }
    }

    #[test]
    fn a_copy_that_is_still_good_is_not_sent_again() {
        let request = request(header::IF_NONE_MATCH, "\"other\", W/\"0a1b\"");
        let response = answer(Some(&STYLE), &request, FOR_EVER);
        assert_eq!(response.status(), StatusCode::NOT_MODIFIED);
        assert!(response.headers().get(header::CONTENT_TYPE).is_none());
    }

    #[test]
    fn an_unknown_file_is_not_found() {
        assert_eq!(
            answer(None, &HeaderMap::new(), FOR_EVER).status(),
            StatusCode::NOT_FOUND
        );
    }

    #[test]
    fn a_digest_is_written_as_sha256sum_writes_it() {
        assert_eq!(
            sha256_hex(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
