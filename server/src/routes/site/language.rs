//! Which language a reader prefers. A cookie is set only for those who read in another language
//! than the one their browser asks for; the others need none.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use partake_core::lang::Lang;

use crate::{
    extract::{lang_of_headers, lang_of_path},
    state::AppState,
};

const COOKIE: &str = "lang";
const YEAR_SECONDS: u32 = 31_536_000;

/// The language of the cookie, else of `Accept-Language`.
pub(super) fn preferred(headers: &HeaderMap) -> Lang {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(name, _)| *name == COOKIE)
        .find_map(|(_, value)| value.parse().ok())
        .unwrap_or_else(|| lang_of_headers(headers))
}

/// Remembers the language of a page that was opened against the preference known so far.
pub(super) async fn remember(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let shown = lang_of_path(request.uri().path());
    let known = preferred(request.headers());
    let mut response = next.run(request).await;
    if let Some(lang) = shown.filter(|lang| *lang != known && response.status().is_success()) {
        let secure = if state.config.is_https() {
            "; Secure"
        } else {
            ""
        };
        let cookie = format!(
            "{COOKIE}={lang}; Path=/; Max-Age={YEAR_SECONDS}; HttpOnly; SameSite=Lax{secure}"
        );
        if let Ok(cookie) = HeaderValue::try_from(cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
            response.headers_mut().insert(
                header::CACHE_CONTROL,
                HeaderValue::from_static("private, no-store"),
            );
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(cookie: &str, accept: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, cookie.parse().unwrap());
        headers.insert(header::ACCEPT_LANGUAGE, accept.parse().unwrap());
        headers
    }

    #[test]
    fn the_cookie_outweighs_the_browser() {
        assert_eq!(preferred(&headers("partake=x; lang=zh", "en-GB")), Lang::Zh);
        assert_eq!(preferred(&headers("lang=en", "zh-CN,zh;q=0.9")), Lang::En);
    }

    #[test]
    fn a_cookie_that_names_no_language_is_passed_over() {
        assert_eq!(preferred(&headers("lang=../x", "zh-CN")), Lang::Zh);
        assert_eq!(preferred(&headers("language=en", "zh-CN")), Lang::Zh);
    }
}
