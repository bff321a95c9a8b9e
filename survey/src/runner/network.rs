//! The two requests that the runner makes: the instrument, and the finished response.

use js_sys::{JsString, Uint8Array};
use partake_core::instrument::{Instrument, from_wire};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response};

use super::device::window;
use crate::{
    Parcel, ReceiptKind, RefusedAnswer,
    parcel::{outcome, refusal},
};

/// Why a response has not arrived, as far as the device can know.
#[derive(Clone, Debug)]
pub(super) enum Unsent {
    /// No answer came: the network, or a reply lost on the way.
    Offline,
    /// The server could not take it now.
    Failed,
    /// The server does not accept it.
    Refused(String, Vec<RefusedAnswer>),
}

pub(super) async fn fetch_instrument(address: &str) -> Option<Instrument> {
    let response = fetch(address, &RequestInit::new()).await?;
    if !response.ok() {
        return None;
    }
    let body = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    from_wire(&Uint8Array::new(&body).to_vec())
}

pub(super) async fn send(address: &str, parcel: &Parcel) -> Result<ReceiptKind, Unsent> {
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
    let response = fetch(address, &request).await.ok_or(Unsent::Offline)?;
    let status = response.status();
    let text = text(&response).await.ok_or(Unsent::Offline)?;
    match status {
        200 => outcome(&text).ok_or(Unsent::Failed),
        400..=428 => {
            let (message, faults) = refusal(&text);
            Err(Unsent::Refused(message, faults))
        }
        _ => Err(Unsent::Failed),
    }
}

async fn fetch(address: &str, request: &RequestInit) -> Option<Response> {
    let promise = window()?.fetch_with_str_and_init(address, request);
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

async fn text(response: &Response) -> Option<String> {
    let text = JsFuture::from(response.text().ok()?).await.ok()?;
    Some(text.dyn_into::<JsString>().ok()?.into())
}
