//! `GET /{lang}/discuss/{thread}/live`: new comments as they are written, as server-sent events.

use std::{collections::HashMap, convert::Infallible, time::Duration};

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{
        IntoResponse as _, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::stream;
use tokio::sync::broadcast::error::RecvError;

use super::number;
use crate::{error::PageError, extract::ClientAddress, state::AppState};

/// Between two signs of life on a quiet connection.
const QUIET: Duration = Duration::from_secs(25);
/// After which a browser tries again when the connection was lost.
const RETRY: Duration = Duration::from_secs(15);

pub(super) async fn show(
    State(state): State<AppState>,
    ClientAddress(address): ClientAddress,
    Path(path): Path<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let thread = number(&path, "thread")?;
    let Some(seat) = state.live.seat(address) else {
        // An event source that is answered so does not come back.
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    let posted = state.store.posted();
    let events = stream::unfold((posted, seat), move |(mut posted, mut seat)| async move {
        loop {
            let heard = tokio::select! {
                () = seat.closing() => return None,
                heard = posted.recv() => heard,
            };
            match heard {
                Ok(comment) if comment.thread == thread => {
                    let event = Event::default()
                        .event("comment")
                        .retry(RETRY)
                        .data(comment.comment.to_string());
                    return Some((Ok::<_, Infallible>(event), (posted, seat)));
                }
                Ok(_) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return None,
            }
        }
    });
    Ok(Sse::new(events)
        .keep_alive(KeepAlive::new().interval(QUIET))
        .into_response())
}
