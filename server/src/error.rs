//! Failures of handlers. They carry a code; the failure middleware turns it into a page or a JSON
//! body in the reader's language.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use partake_store::StoreError;

/// Why a page could not be shown.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    #[error("bad request")]
    BadRequest,
    /// Sign-in is needed; afterwards the person comes back to this path.
    #[error("sign-in needed")]
    SignIn {
        lang: partake_core::lang::Lang,
        next: String,
    },
    #[error("forbidden")]
    Forbidden,
    #[error("not found")]
    NotFound,
    #[error("conflict")]
    Conflict,
    #[error("too many requests")]
    TooMany,
    #[error("busy")]
    Busy,
    #[error("internal error: {0}")]
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

/// Put beside the answer that sends somebody to the sign-in page: where that is.
#[derive(Clone, Debug)]
pub struct SignInNeeded(pub String);

impl PageError {
    /// Wraps an error that nobody outside may see.
    pub fn internal(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(error.into())
    }

    const fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::SignIn { .. } => StatusCode::SEE_OTHER,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Conflict => StatusCode::CONFLICT,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<StoreError> for PageError {
    fn from(error: StoreError) -> Self {
        Self::internal(error)
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        match &self {
            Self::SignIn { lang, next } => {
                let next = percent_encode(next);
                let place = format!("/{lang}/account?next={next}");
                let mut response = Redirect::to(&place).into_response();
                response.extensions_mut().insert(SignInNeeded(place));
                return response;
            }
            Self::Internal(error) => tracing::error!(%error, "a request failed"),
            _ => {}
        }
        self.status().into_response()
    }
}

/// Percent-encodes everything but unreserved characters and `/`.
#[must_use]
pub fn percent_encode(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// Failures of the API: the same codes; the middleware writes JSON because of the path.
pub type ApiError = PageError;
