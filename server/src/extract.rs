//! What handlers ask of a request.

use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, FromRequestParts, RawPathParams},
    http::{HeaderMap, header, request::Parts},
};
use partake_core::{
    forum::{Restriction, Role},
    lang::Lang,
};
use partake_store::sessions::ACCOUNT_KEY;
use tower_sessions::Session;

use crate::{
    error::PageError,
    state::AppState,
    surveys::{Surveys, Wave},
};

/// The language in the first segment of the path.
#[derive(Clone, Copy, Debug)]
pub struct PageLang(pub Lang);

impl FromRequestParts<AppState> for PageLang {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, PageError> {
        lang_of_path(parts.uri.path())
            .map(Self)
            .ok_or(PageError::NotFound)
    }
}

/// The language that a path names, if it names one.
#[must_use]
pub fn lang_of_path(path: &str) -> Option<Lang> {
    match path.split('/').nth(1)? {
        "zh" => Some(Lang::Zh),
        "en" => Some(Lang::En),
        _ => None,
    }
}

/// The language a browser asks for: `Accept-Language` by weight, English when it names none of
/// ours.
#[must_use]
pub fn lang_of_headers(headers: &HeaderMap) -> Lang {
    let Some(value) = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|v| v.to_str().ok())
    else {
        return Lang::En;
    };
    let mut best = (0.0_f32, Lang::En);
    for part in value.split(',') {
        let mut fields = part.split(';');
        let tag = fields
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        let lang = match tag.split('-').next() {
            Some("zh") => Lang::Zh,
            Some("en") => Lang::En,
            _ => continue,
        };
        let weight = fields
            .find_map(|f| f.trim().strip_prefix("q=").and_then(|q| q.parse().ok()))
            .unwrap_or(1.0);
        if weight > best.0 {
            best = (weight, lang);
        }
    }
    best.1
}

/// The language for an answer that has no language in its path: `?lang=`, else the headers.
#[must_use]
pub fn lang_of_request(uri: &axum::http::Uri, headers: &HeaderMap) -> Lang {
    lang_of_path(uri.path())
        .or_else(|| {
            let asked = uri
                .query()?
                .split('&')
                .find_map(|pair| pair.strip_prefix("lang="))?;
            asked.parse().ok()
        })
        .unwrap_or_else(|| lang_of_headers(headers))
}

/// The signed-in account.
#[derive(Clone, Debug)]
pub struct ViewerAccount {
    pub id: String,
    pub handle: String,
    pub role: Role,
    /// May read, export and delete the account, and nothing else.
    pub suspended: bool,
    /// The role takes a second step that is not set up, and until then is a member's.
    pub step_missing: bool,
    /// What a decision of moderators leaves it.
    pub restriction: Option<Restriction>,
    /// Notices not marked as read.
    pub unread: i64,
}

/// Who is signed in, if anyone.
#[derive(Clone, Debug)]
pub struct CurrentViewer(pub Option<ViewerAccount>);

impl FromRequestParts<AppState> for CurrentViewer {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, PageError> {
        let Some(session) = parts.extensions.get::<Session>() else {
            return Ok(Self(None));
        };
        let Some(id) = session
            .get::<String>(ACCOUNT_KEY)
            .await
            .map_err(PageError::internal)?
        else {
            return Ok(Self(None));
        };
        let Some(account) = state.store.account_by_id(&id).await? else {
            return Ok(Self(None));
        };
        mark_day(session, state).await?;
        let step_missing = state.config.site.require_second_step
            && account.role >= Role::Moderator
            && state.store.second_step(&id).await?.is_none();
        let now_ms = state.clock.now_ms();
        let restriction = state.store.restriction(&account.id, now_ms).await?;
        let unread = state.store.unread_notices(&account.id).await?;
        Ok(Self(Some(ViewerAccount {
            id: account.id,
            handle: account.handle,
            role: if step_missing {
                Role::Member
            } else {
                account.role
            },
            suspended: account.suspended,
            step_missing,
            restriction,
            unread,
        })))
    }
}

/// Once a day, remembers that the session is in use, which also puts off its end.
async fn mark_day(session: &Session, state: &AppState) -> Result<(), PageError> {
    const DAY_KEY: &str = "day";
    let today = state.clock.today().to_string();
    let seen: Option<String> = session.get(DAY_KEY).await.map_err(PageError::internal)?;
    if seen.as_ref() == Some(&today) {
        return Ok(());
    }
    session
        .insert(DAY_KEY, today)
        .await
        .map_err(PageError::internal)
}

/// The survey that the path names (`/s/{survey}/…`, `/surveys/{survey}/…`), else the featured one.
#[derive(Clone, Debug)]
pub struct CurrentSurvey {
    pub wave: Arc<Wave>,
    /// Prefix of the survey's pages after the language: empty for the featured one's short paths.
    pub prefix: String,
}

impl CurrentSurvey {
    /// The survey of this name, at its shortest paths.
    #[must_use]
    pub fn named(surveys: &Surveys, slug: &str) -> Option<Self> {
        let wave = surveys.current(slug)?;
        let prefix = if wave.featured {
            String::new()
        } else {
            format!("/s/{slug}")
        };
        Some(Self { wave, prefix })
    }

    /// Prefix of links to this survey's pages: `/zh` or `/zh/s/other`.
    #[must_use]
    pub fn base(&self, lang: Lang) -> String {
        format!("/{lang}{}", self.prefix)
    }
}

impl FromRequestParts<AppState> for CurrentSurvey {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, PageError> {
        let params = RawPathParams::from_request_parts(parts, state)
            .await
            .map_err(|_| PageError::BadRequest)?;
        let named = params
            .iter()
            .find(|(name, _)| *name == "survey")
            .map(|(_, value)| value);
        let (wave, prefix) = match named {
            Some(slug) => (state.surveys.current(slug), format!("/s/{slug}")),
            None => (state.surveys.featured(), String::new()),
        };
        wave.map(|wave| Self { wave, prefix })
            .ok_or(PageError::NotFound)
    }
}

/// The client's address, for limits held in memory; never stored and never logged.
#[derive(Clone, Copy, Debug)]
pub struct ClientAddress(pub Option<IpAddr>);

impl FromRequestParts<AppState> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|info| info.0.ip());
        let hops = state.config.site.trusted_hops;
        if hops == 0 {
            return Ok(Self(peer));
        }
        // Only the last `hops` entries were written by proxies of ours; anything before them is
        // the client's own word.
        let forwarded: Vec<&str> = parts
            .headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|v| v.to_str().ok())
            .flat_map(|v| v.split(','))
            .collect();
        let address = forwarded
            .len()
            .checked_sub(hops)
            .and_then(|i| forwarded.get(i))
            .and_then(|s| s.trim().parse().ok());
        Ok(Self(address.or(peer)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(value: &str) -> Lang {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, value.parse().unwrap());
        lang_of_headers(&headers)
    }

    #[test]
    fn the_heavier_language_wins() {
        assert_eq!(asked("zh-CN,zh;q=0.9,en;q=0.8"), Lang::Zh);
        assert_eq!(asked("en-GB,en;q=0.9,zh;q=0.3"), Lang::En);
        assert_eq!(asked("fr,zh;q=0.5,en;q=0.4"), Lang::Zh);
    }

    #[test]
    fn a_language_we_lack_gets_english() {
        assert_eq!(asked("de-DE,de"), Lang::En);
        assert_eq!(lang_of_headers(&HeaderMap::new()), Lang::En);
    }
}
