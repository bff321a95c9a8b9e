//! The two requests that the runner makes: the instrument, and the finished response.

use gloo_net::http::Request;
use partake_core::{
    instrument::{Instrument, from_wire},
    response::{Answers, Fault},
};
use serde::{Deserialize, Serialize};

use crate::survey::ReceiptKind;

/// A finished response on its way.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Parcel {
    pub survey: String,
    pub version: String,
    pub seed: u32,
    pub receipt: String,
    pub answers: Answers,
    /// True when an earlier response with this receipt is to be replaced; the server then keeps
    /// the question versions that were drawn for it.
    #[serde(default)]
    pub replace: bool,
}

/// What the server says about it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Reply {
    pub outcome: ReceiptKind,
}

/// What it says when it refuses.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Refusal {
    /// Machine-readable code.
    #[serde(default)]
    pub error: String,
    pub message: String,
    #[serde(default)]
    pub faults: Vec<Fault>,
}

/// Why a response has not arrived, as far as the device can know.
#[derive(Clone, Debug)]
pub enum Unsent {
    /// No answer came: the network, or a reply lost on the way.
    Offline,
    /// The server could not take it now.
    Failed,
    /// The server does not accept it.
    Refused(Refusal),
}

pub(super) async fn fetch_instrument(address: &str) -> Option<Instrument> {
    let response = Request::get(address).send().await.ok()?;
    if !response.ok() {
        return None;
    }
    from_wire(&response.binary().await.ok()?)
}

pub(super) async fn send(address: &str, parcel: &Parcel) -> Result<ReceiptKind, Unsent> {
    let body = serde_json::to_string(parcel).map_err(|_| Unsent::Failed)?;
    let request = Request::post(address)
        .header("content-type", "application/json")
        .header("accept", "application/json")
        .body(body)
        .map_err(|_| Unsent::Failed)?;
    let response = request.send().await.map_err(|_| Unsent::Offline)?;
    let status = response.status();
    let text = response.text().await.map_err(|_| Unsent::Offline)?;
    match status {
        200 => serde_json::from_str::<Reply>(&text)
            .map(|r| r.outcome)
            .map_err(|_| Unsent::Failed),
        400..=428 => Err(Unsent::Refused(
            serde_json::from_str(&text).unwrap_or_default(),
        )),
        _ => Err(Unsent::Failed),
    }
}
