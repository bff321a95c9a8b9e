//! The two requests that the runner makes: the instrument, and the finished response.

use js_sys::{JsString, Uint8Array};
use partake_core::instrument::{Instrument, from_wire};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response};

use super::device::{online, window};
use crate::{
    CLOSED, Parcel, RefusedAnswer, Reply,
    parcel::{outcome, refusal},
};

/// Why a response is not known to have arrived.
#[derive(Clone, Debug)]
pub(super) enum Unsent {
    /// There is no network: nothing left the device.
    Offline,
    /// No answer came, or none that says: the reply may have been lost on the way.
    Unknown,
    /// The server takes no more from this address for now.
    Slowed(String),
    /// The survey was closed meanwhile.
    Closed,
    /// The server does not accept it.
    Refused(String, Vec<RefusedAnswer>),
}

impl Unsent {
    /// True when sending again later may help.
    pub(super) const fn passes(&self) -> bool {
        !matches!(self, Self::Refused(..) | Self::Closed)
    }
}

pub(super) async fn fetch_instrument(address: &str) -> Option<Instrument> {
    let response = fetch(address, &RequestInit::new()).await?;
    if !response.ok() {
        return None;
    }
    let body = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    from_wire(&Uint8Array::new(&body).to_vec())
}

pub(super) async fn send(address: &str, parcel: &Parcel) -> Result<Reply, Unsent> {
    let offline = !online();
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(&JsValue::from_str(&parcel.to_json()));
    let headers = js_sys::Object::new();
    for (name, value) in [
        ("content-type", "application/json"),
        ("accept", "application/json"),
    ] {
        _ = js_sys::Reflect::set(&headers, &name.into(), &value.into());
    }
    request.set_headers(&headers);
    let silence = if offline {
        Unsent::Offline
    } else {
        Unsent::Unknown
    };
    let response = fetch(address, &request).await.ok_or(silence)?;
    let status = response.status();
    let text = text(&response).await.ok_or(Unsent::Unknown)?;
    match status {
        200 => outcome(&text).ok_or(Unsent::Unknown),
        429 => Err(Unsent::Slowed(refusal(&text).message)),
        400..=428 => {
            let refused = refusal(&text);
            Err(if refused.error == CLOSED {
                Unsent::Closed
            } else {
                Unsent::Refused(refused.message, refused.faults)
            })
        }
        _ => Err(Unsent::Unknown),
    }
}

pub(super) async fn fetch_text(address: &str) -> Option<String> {
    let response = fetch(address, &RequestInit::new()).await?;
    if !response.ok() {
        return None;
    }
    text(&response).await
}

async fn fetch(address: &str, request: &RequestInit) -> Option<Response> {
    let promise = window()?.fetch_with_str_and_init(address, request);
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

async fn text(response: &Response) -> Option<String> {
    let text = JsFuture::from(response.text().ok()?).await.ok()?;
    Some(text.dyn_into::<JsString>().ok()?.into())
}
