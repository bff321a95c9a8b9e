//! Answers what is the same for every visitor before anything else is looked at. A page that many
//! people open at once, like new results, costs little more than sending its bytes.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::Response,
};

use crate::{assets::accepts_brotli, state::AppState};

/// So long an answer is given again before it is made anew: new results and new words are seen
/// this late at most.
const FRESH_MS: i64 = 250;
/// Answers kept.
const KEPT: usize = 8;

/// Marks a response that is the same for every visitor, and holds its body.
#[derive(Clone, Debug)]
pub struct SameForAll(pub Bytes);

/// What was answered a moment ago, with the headers that the layers inside have added.
#[derive(Debug)]
struct Answer {
    /// Path and query.
    address: String,
    brotli: bool,
    made_ms: i64,
    headers: HeaderMap,
    body: Bytes,
}

/// The answers given last.
#[derive(Clone, Debug, Default)]
pub struct Front(Arc<Mutex<VecDeque<Arc<Answer>>>>);

impl Front {
    fn get(&self, address: &str, brotli: bool, now_ms: i64) -> Option<Arc<Answer>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut fresh = kept
            .iter()
            .filter(|answer| (0..FRESH_MS).contains(&(now_ms - answer.made_ms)));
        fresh
            .find(|answer| answer.brotli == brotli && answer.address == address)
            .cloned()
    }

    fn keep(&self, answer: Answer) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|k| k.brotli != answer.brotli || k.address != answer.address);
        kept.push_front(Arc::new(answer));
        kept.truncate(KEPT);
    }
}

/// Gives a fresh answer again, or has it made.
pub async fn answer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let address = request.uri().path_and_query();
    let (Some(brotli), Some(address)) = (brotli(&request), address) else {
        return next.run(request).await;
    };
    let now_ms = state.clock.now_ms();
    if let Some(kept) = state.front.get(address.as_str(), brotli, now_ms) {
        let mut response = Response::new(Body::from(kept.body.clone()));
        *response.headers_mut() = kept.headers.clone();
        return response;
    }
    let address = address.as_str().to_owned();
    let response = next.run(request).await;
    if let Some(SameForAll(body)) = response.extensions().get() {
        state.front.keep(Answer {
            address,
            brotli,
            made_ms: now_ms,
            headers: response.headers().clone(),
            body: body.clone(),
        });
    }
    response
}

/// Whether the reader takes brotli; `None` unless the request is one for a page, by somebody of
/// whom nothing is known, in a coding that pages are kept in.
fn brotli(request: &Request) -> Option<bool> {
    let headers = request.headers();
    let plain = headers
        .get(header::ACCEPT_ENCODING)
        .is_none_or(|codings| codings == "identity");
    let known = headers.contains_key(header::COOKIE) || headers.contains_key(header::RANGE);
    let brotli = !plain && accepts_brotli(headers);
    (request.method() == Method::GET && !known && (plain || brotli)).then_some(brotli)
}
