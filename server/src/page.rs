//! How a handler answers with a page.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::FromRequestParts,
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{Html, IntoResponse, Response},
};
use leptos::IntoView;
use partake_app::shell::{AssetPaths, Nav, Shell, SurveyPlace, Viewer, render};
use partake_core::lang::Lang;

use crate::{
    error::PageError,
    extract::{CurrentViewer, PageLang, ViewerAccount},
    middleware::front::SameForAll,
    rendered::Rendered,
    state::AppState,
    surveys::Surveys,
};

/// What every page needs: its language and who is looking.
#[derive(Clone, Debug)]
pub struct PageContext {
    pub lang: Lang,
    pub viewer: Option<ViewerAccount>,
    assets: Arc<AssetPaths>,
    surveys: Surveys,
}

impl FromRequestParts<AppState> for PageContext {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, PageError> {
        let PageLang(lang) = PageLang::from_request_parts(parts, state).await?;
        let CurrentViewer(viewer) = CurrentViewer::from_request_parts(parts, state).await?;
        Ok(Self {
            lang,
            viewer,
            assets: state.assets.clone(),
            surveys: state.surveys.clone(),
        })
    }
}

impl PageContext {
    /// A context that never looks at the session: for the survey's pages, which must not know who
    /// is signed in.
    #[must_use]
    pub fn anonymous(lang: Lang, state: &AppState) -> Self {
        Self {
            lang,
            viewer: None,
            assets: state.assets.clone(),
            surveys: state.surveys.clone(),
        }
    }

    /// The surroundings of a page at `path` (after the language, with a leading slash).
    #[must_use]
    pub fn shell(&self, path: impl Into<String>, title: impl Into<String>, active: Nav) -> Shell {
        let viewer = self.viewer.as_ref().map(|v| Viewer {
            handle: v.handle.clone(),
            role: v.role,
            unread: v.unread,
        });
        let path = path.into();
        Shell {
            survey: self.place(&path, active),
            lang: self.lang,
            path,
            title: title.into(),
            description: None,
            viewer,
            active,
            module: None,
            assets: self.assets.clone(),
            language_form: None,
            private: false,
            shared_from: None,
            feeds: Vec::new(),
            picture: None,
        }
    }

    /// The survey that a path belongs to: the one it names, or the featured one on the pages that
    /// every survey has.
    fn place(&self, path: &str, active: Nav) -> Option<SurveyPlace> {
        let named = path
            .strip_prefix("/s/")
            .map(|rest| match rest.split_once('/') {
                Some((slug, _)) => slug,
                None => rest,
            });
        let (wave, prefix) = match (named, active) {
            (Some(slug), _) => (self.surveys.current(slug)?, format!("/s/{slug}")),
            (None, Nav::Answer | Nav::Results | Nav::Data) => {
                (self.surveys.featured()?, String::new())
            }
            _ => return None,
        };
        let spoken = wave.instrument.spoken(self.lang);
        Some(SurveyPlace {
            prefix,
            title: wave.instrument.title.get(self.lang).to_owned(),
            foreign: (spoken != self.lang).then_some(spoken),
        })
    }

    /// Renders the page. What a signed-in person sees is theirs alone and is not kept by caches;
    /// other pages may be kept but must be checked again.
    pub fn respond<V: IntoView + 'static>(
        &self,
        status: StatusCode,
        shell: Shell,
        page: impl FnOnce() -> V,
    ) -> Response {
        self.html(status, Bytes::from(render(shell, page)))
    }

    /// Answers with a page that is rendered already.
    pub fn html(&self, status: StatusCode, html: Bytes) -> Response {
        let mut response = (status, Html(html)).into_response();
        let caching = if self.viewer.is_some() {
            "private, no-store"
        } else {
            "no-cache"
        };
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
        response
    }

    /// Answers with a page that is kept for every visitor.
    pub fn kept(&self, brotli: bool, page: Rendered) -> Response {
        let body = if brotli { page.brotli } else { page.plain };
        let mut response = self.html(StatusCode::OK, body.clone());
        response.extensions_mut().insert(SameForAll(body));
        let headers = response.headers_mut();
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if brotli {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        }
        response
    }

    /// The signed-in account, or the way to sign in and come back to `next`.
    pub fn signed_in(&self, next: &str) -> Result<&ViewerAccount, PageError> {
        self.viewer.as_ref().ok_or_else(|| PageError::SignIn {
            lang: self.lang,
            next: next.to_owned(),
        })
    }
}
