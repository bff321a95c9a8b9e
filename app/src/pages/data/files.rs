//! The files of a release, in groups.

use leptos::prelude::*;
use partake_core::lang::Lang;

use super::{Download, ReleaseFiles};
use crate::i18n::{t, t_with};

/// Files that serve one purpose.
#[derive(Clone, Debug)]
pub struct Group {
    /// Key of its title, and of what is said of it.
    pub title: &'static str,
    pub about: Option<&'static str>,
    pub files: Vec<Download>,
}

/// Everything that can be downloaded of a release.
pub(super) fn view(lang: Lang, release: ReleaseFiles) -> impl IntoView {
    let number = release.number;
    let groups: Vec<_> = release
        .groups
        .into_iter()
        .map(|files| group(lang, number, files))
        .collect();
    let archive = release.archive.map(|file| {
        let text = t_with(
            lang,
            "data-archive-get",
            &[("size", file.size.clone().into())],
        );
        let way = if file.terms {
            view! {
                <form class="terms" method="get" action=file.href>
                    {promise(lang)}
                    <button>{text}</button>
                </form>
            }
            .into_any()
        } else {
            view! {
                <p>
                    <a class="button" href=file.href download=file.name.clone()>
                        {text}
                    </a>
                </p>
            }
            .into_any()
        };
        view! {
            <div class="archive">
                <h4>{t(lang, "data-archive")}</h4>
                <p>{t(lang, "data-archive-about")}</p>
                {way}
                {checksum(lang, file.sha256)}
            </div>
        }
    });
    let questions = (!release.tables.is_empty()).then(|| {
        let count = release.tables.len();
        let files: Vec<_> = release
            .tables
            .into_iter()
            .map(|file| plain(lang, file))
            .collect();
        view! {
            <details class="codebook">
                <summary>
                    {t_with(lang, "data-questions", &[("count", count.into())])}
                </summary>
                <ul class="downloads">{files}</ul>
            </details>
        }
    });
    view! {
        {archive}
        {groups}
        {questions}
    }
}

fn group(lang: Lang, release: i64, group: Group) -> impl IntoView {
    let id = format!("{}-{release}", group.title);
    let about = group.about.map(|about| view! { <p>{t(lang, about)}</p> });
    let terms = group.files.iter().any(|file| file.terms);
    let files: Vec<_> = group
        .files
        .into_iter()
        .map(|file| {
            if file.terms {
                guarded(lang, file).into_any()
            } else {
                plain(lang, file).into_any()
            }
        })
        .collect();
    let list = view! { <ul class="downloads">{files}</ul> };
    let list = if terms {
        view! {
            <form class="terms" method="get" aria-labelledby=id.clone()>
                {promise(lang)}
                <p class="rule">{t(lang, "data-terms-once")}</p>
                {list}
            </form>
        }
        .into_any()
    } else {
        list.into_any()
    };
    view! {
        <h4 id=id>{t(lang, group.title)}</h4>
        {about}
        {list}
    }
}

fn promise(lang: Lang) -> impl IntoView {
    view! {
        <label>
            <input type="checkbox" name="terms" value="accepted" required=true/>
            <span>{t(lang, "results-terms-accept")}</span>
        </label>
    }
}

/// A file that is there for everybody.
pub(super) fn plain(lang: Lang, file: Download) -> impl IntoView {
    let name = file.name.clone();
    view! {
        <li>
            <a href=file.href download=name>{file.name}</a>
            <span class="size">{file.size}</span>
            <p>{file.about}</p>
            {checksum(lang, file.sha256)}
        </li>
    }
}

/// A file that goes to who has accepted the terms in the form around it.
fn guarded(lang: Lang, file: Download) -> impl IntoView {
    let label = t_with(
        lang,
        "data-get-label",
        &[
            ("file", file.name.clone().into()),
            ("size", file.size.clone().into()),
        ],
    );
    view! {
        <li>
            <b>{file.name}</b>
            <span class="size">{file.size}</span>
            <p>{file.about}</p>
            <button class="quiet" formaction=file.href aria-label=label>{t(lang, "data-get")}</button>
            {checksum(lang, file.sha256)}
        </li>
    }
}

fn checksum(lang: Lang, sha256: String) -> impl IntoView {
    view! {
        <p class="checksum">
            {t(lang, "results-data-sha")} " " <code>{sha256}</code>
        </p>
    }
}
