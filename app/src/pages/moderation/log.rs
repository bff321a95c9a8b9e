//! The public log.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::i18n::t;

/// One line of it.
#[derive(Clone, Debug)]
pub struct LogLine {
    /// Its number in the chain, and the id by which other entries speak of it.
    pub number: Option<i64>,
    pub id: i64,
    pub when: String,
    pub act: &'static str,
    /// Path and title of the thread, while it exists.
    pub thread: Option<(String, String)>,
    /// It was not about a thread.
    pub elsewhere: bool,
    /// Path of the comment.
    pub comment: Option<String>,
    pub reason: Option<String>,
    /// Code and version of the rule.
    pub citation: Option<String>,
    /// When it ends, how long to wait, what it answers: in words.
    pub particulars: Vec<String>,
    pub note: String,
    pub moderator: Option<String>,
}

#[component]
pub fn LogPage(
    lang: Lang,
    lines: Vec<LogLine>,
    next: Option<String>,
    /// Hash of the newest entry.
    head: String,
) -> impl IntoView {
    let body = if lines.is_empty() {
        view! { <p class="empty">{t(lang, "moderation-log-empty")}</p> }.into_any()
    } else {
        let rows = lines.into_iter().map(|line| row(lang, line)).collect_view();
        view! {
            <div class="scroll" role="region" aria-label=t(lang, "moderation-log-title") tabindex="0">
                <table class="log">
                    <thead>
                        <tr>
                            <th scope="col">{t(lang, "moderation-log-number")}</th>
                            <th scope="col">{t(lang, "moderation-log-when")}</th>
                            <th scope="col">{t(lang, "moderation-log-act")}</th>
                            <th scope="col">{t(lang, "moderation-log-where")}</th>
                            <th scope="col">{t(lang, "moderation-log-why")}</th>
                            <th scope="col">{t(lang, "moderation-log-who")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    let older = next.map(|cursor| {
        view! {
            <p class="pages">
                <a href=format!("/{lang}/moderation/log?cursor={cursor}")>
                    {t(lang, "moderation-log-older")}
                </a>
            </p>
        }
    });
    view! {
        <div class="page-head">
            <h1>{t(lang, "moderation-log-title")}</h1>
            <p>{t(lang, "moderation-log-lede")}</p>
            <p class="under">
                <a href=format!("/{lang}/moderation/statistics")>{t(lang, "mod-statistics")}</a>
                <a href=format!("/{lang}/moderation/log.atom")>{t(lang, "mod-feed")}</a>
            </p>
        </div>
        {body}
        {older}
        <section class="log-chain" aria-labelledby="chain">
            <h2 id="chain">{t(lang, "moderation-chain-title")}</h2>
            <p>{t(lang, "moderation-chain-text")}</p>
            <p class="checksum">
                {t(lang, "moderation-chain-head")} " " <code>{head}</code>
            </p>
        </section>
    }
}

fn row(lang: Lang, line: LogLine) -> AnyView {
    let place = match line.thread {
        Some((href, title)) => view! { <a href=href>{title}</a> }.into_any(),
        None if line.elsewhere => t(lang, "mod-site").into_any(),
        None => t(lang, "moderation-thread-gone").into_any(),
    };
    let comment = line.comment.map(|href| {
        view! { " · " <a href=href>{t(lang, "moderation-comment")}</a> }
    });
    let citation = line.citation.map(|citation| {
        let href = format!("/{lang}/rules#{}", citation.replace('@', "-"));
        view! { <p><a href=href><code>{citation}</code></a></p> }
    });
    let why = [line.reason, Some(line.note).filter(|note| !note.is_empty())]
        .into_iter()
        .flatten()
        .chain(line.particulars)
        .map(|text| view! { <p>{text}</p> })
        .collect_view();
    let who = line
        .moderator
        .unwrap_or_else(|| t(lang, "moderation-moderator-gone"));
    view! {
        <tr id=format!("entry-{}", line.id)>
            <td class="number">{line.number.map(|n| format!("{} {n}", t(lang, "moderation-log-number")))}</td>
            <td class="when">{line.when}</td>
            <td>{t(lang, &format!("moderation-act-{}", line.act))}</td>
            <td>{place} {comment}</td>
            <td>{why} {citation}</td>
            <td>{who}</td>
        </tr>
    }
    .into_any()
}
