//! The figure that a thread is about.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::{
    charts::{Figure, FigureView, FigureViewProps, Level},
    i18n::t,
};

/// A figure of a release, as it was published.
#[derive(Clone, Debug)]
pub struct QuotedFigure {
    pub figure: Figure,
    /// Number, day and size of the release.
    pub line: String,
}

/// The figure with the release it stays that of.
pub(super) fn quoted_figure(lang: Lang, quoted: Option<QuotedFigure>) -> AnyView {
    let Some(QuotedFigure { figure, line }) = quoted else {
        return ().into_any();
    };
    view! {
        <section class="quoted-figure" aria-label=t(lang, "thread-quoted")>
            <p class="by">
                <span>{line}</span>
                <span>{t(lang, "thread-quoted-stays")}</span>
            </p>
            {FigureView(FigureViewProps {
                figure,
                level: Level::Section,
            })}
        </section>
    }
    .into_any()
}
