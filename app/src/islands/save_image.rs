//! A drawing as a PNG, made by the reader's browser: it has the fonts that the drawing needs, which
//! a server often has not.

use leptos::prelude::*;

/// A button that saves the SVG at `svg` as a PNG named `name`. Without this code there is no
/// button, and the SVG itself is linked beside it.
#[island]
pub fn SaveImage(svg: String, name: String, label: String, failed: String) -> impl IntoView {
    let ready = RwSignal::new(false);
    let problem = RwSignal::new(String::new());
    Effect::new(move |_| ready.set(true));
    let save = move |_event| {
        let failed = failed.clone();
        let refuse = move || problem.set(failed.clone());
        if save(&svg, &name, refuse.clone()).is_none() {
            refuse();
        }
    };
    view! {
        <button type="button" class="button quiet" hidden=move || !ready.get() on:click=save>
            {label}
        </button>
        <span role="status">{move || problem.get()}</span>
    }
}

#[cfg(feature = "hydrate")]
use browser::save;

/// The server never runs a click.
#[cfg(not(feature = "hydrate"))]
fn save(_svg: &str, _name: &str, _failed: impl Fn() + Clone + 'static) -> Option<()> {
    None
}

#[cfg(feature = "hydrate")]
mod browser {
    use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
    use web_sys::{
        Blob, CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement, HtmlImageElement, Url,
    };

    /// Points of the picture for each point of the drawing.
    const SCALE: u32 = 2;

    pub(super) fn save(svg: &str, name: &str, failed: impl Fn() + Clone + 'static) -> Option<()> {
        let image = HtmlImageElement::new().ok()?;
        let (drawn, name) = (image.clone(), name.to_owned());
        let refused = failed.clone();
        let loaded = Closure::once_into_js(move || {
            if draw(&drawn, name, refused.clone()).is_none() {
                refused();
            }
        });
        let broken = Closure::once_into_js(failed);
        image.set_onload(Some(loaded.unchecked_ref()));
        image.set_onerror(Some(broken.unchecked_ref()));
        image.set_src(svg);
        Some(())
    }

    fn draw(image: &HtmlImageElement, name: String, failed: impl Fn() + 'static) -> Option<()> {
        let document = web_sys::window()?.document()?;
        let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
        let (width, height) = (image.natural_width(), image.natural_height());
        canvas.set_width(width * SCALE);
        canvas.set_height(height * SCALE);
        let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        let scaled = (f64::from(width * SCALE), f64::from(height * SCALE));
        context
            .draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, scaled.0, scaled.1)
            .ok()?;
        let done = Closure::once_into_js(move |blob: JsValue| {
            let saved = blob
                .dyn_into::<Blob>()
                .ok()
                .and_then(|blob| download(&blob, &name));
            if saved.is_none() {
                failed();
            }
        });
        canvas.to_blob(done.unchecked_ref()).ok()
    }

    fn download(blob: &Blob, name: &str) -> Option<()> {
        let document = web_sys::window()?.document()?;
        let address = Url::create_object_url_with_blob(blob).ok()?;
        let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
        link.set_href(&address);
        link.set_download(name);
        link.click();
        Url::revoke_object_url(&address).ok()
    }
}
