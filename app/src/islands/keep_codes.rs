//! Copying and printing what is shown once.

use leptos::prelude::*;

/// Buttons that only a script can make work, so they appear with it.
#[island]
pub fn KeepCodes(codes: String, copy: String, copied: String, print: String) -> impl IntoView {
    let ready = RwSignal::new(false);
    let done = RwSignal::new(false);
    Effect::new(move |_| ready.set(true));
    let on_copy = move |_event: leptos::ev::MouseEvent| {
        #[cfg(feature = "hydrate")]
        {
            let promise = window().navigator().clipboard().write_text(&codes);
            leptos::task::spawn_local(async move {
                let copied = wasm_bindgen_futures::JsFuture::from(promise).await;
                done.set(copied.is_ok());
            });
        }
        #[cfg(not(feature = "hydrate"))]
        {
            _ = &codes;
        }
    };
    let on_print = move |_event: leptos::ev::MouseEvent| {
        #[cfg(feature = "hydrate")]
        {
            _ = window().print();
        }
    };
    view! {
        <div class="keep" hidden=move || !ready.get()>
            <button type="button" class="quiet" on:click=on_copy>{copy}</button>
            <button type="button" class="quiet" on:click=on_print>{print}</button>
            <span role="status">{move || done.get().then(|| copied.clone())}</span>
        </div>
    }
}
