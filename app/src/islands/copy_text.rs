//! Copying a text that the page shows.

use leptos::prelude::*;

/// A button that only a script can make work, so it appears with it.
#[island]
pub fn CopyText(text: String, copy: String, copied: String, refused: String) -> impl IntoView {
    let ready = RwSignal::new(false);
    let outcome = RwSignal::new(None::<bool>);
    Effect::new(move |_| ready.set(true));
    let on_click = move |_event: leptos::ev::MouseEvent| {
        #[cfg(feature = "hydrate")]
        {
            let promise = window().navigator().clipboard().write_text(&text);
            leptos::task::spawn_local(async move {
                let done = wasm_bindgen_futures::JsFuture::from(promise).await;
                outcome.set(Some(done.is_ok()));
            });
        }
        #[cfg(not(feature = "hydrate"))]
        {
            _ = &text;
        }
    };
    view! {
        <div class="keep" hidden=move || !ready.get()>
            <button type="button" class="quiet" on:click=on_click>{copy}</button>
            <span role="status">
                {move || {
                    outcome.get().map(|done| if done { copied.clone() } else { refused.clone() })
                }}
            </span>
        </div>
    }
}
