//! The versions of a comment.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::i18n::{t, t_with};

/// What became of a piece of text from one version to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    Same,
    Added,
    Dropped,
}

/// A version beside the one before it.
#[derive(Clone, Debug)]
pub struct VersionView {
    pub when: String,
    pub datetime: String,
    /// The text in pieces; all the same in the first version.
    pub pieces: Vec<(Piece, String)>,
}

#[component]
pub fn HistoryPage(
    lang: Lang,
    /// Path of the comment.
    href: String,
    author: String,
    /// The present one first.
    versions: Vec<VersionView>,
    comment_lang: &'static str,
) -> impl IntoView {
    let first = versions.len().saturating_sub(1);
    let items = versions
        .into_iter()
        .enumerate()
        .map(|(i, version)| {
            let name = match i {
                0 => t(lang, "history-now"),
                i if i == first => t(lang, "history-first"),
                _ => t(lang, "history-earlier"),
            };
            let pieces = version
                .pieces
                .into_iter()
                .map(|(piece, text)| match piece {
                    Piece::Same => text.into_any(),
                    Piece::Added => view! { <ins>{text}</ins> }.into_any(),
                    Piece::Dropped => view! { <del>{text}</del> }.into_any(),
                })
                .collect_view();
            view! {
                <li>
                    <h2>{name}</h2>
                    <p class="by">
                        <time datetime=version.datetime>{version.when}</time>
                    </p>
                    <p class="version" lang=comment_lang>{pieces}</p>
                </li>
            }
        })
        .collect_view();
    let text = if first == 0 {
        t(lang, "history-never")
    } else {
        t(lang, "history-text")
    };
    view! {
        <div class="page-head">
            <h1>{t_with(lang, "history-title", &[("author", author.into())])}</h1>
            <p>{text}</p>
            <p><a href=href>{t(lang, "history-back")}</a></p>
        </div>
        <ol class="plain-list versions">{items}</ol>
    }
}
