//! `POST /{lang}/account/sign-out`.

use axum::response::{IntoResponse as _, Redirect, Response};
use tower_sessions::Session;

use crate::{auth::sign_out, error::PageError, extract::PageLang};

pub(super) async fn act(PageLang(lang): PageLang, session: Session) -> Result<Response, PageError> {
    sign_out(&session).await?;
    Ok(Redirect::to(&format!("/{lang}/account?done=signed-out")).into_response())
}
