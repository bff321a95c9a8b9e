//! `GET /{lang}/moderation`.

use std::collections::HashMap;

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use partake_app::{
    i18n::{t, t_with},
    pages::moderation::{BatchNotice, Choice, QueueEntry, QueuePage, QueuePageProps, ReportLine},
    shell::{Module, Nav},
};
use partake_core::{
    forum::{CommentState, Reason, urgency},
    lang::Lang,
};
use partake_store::forum::{
    Act, Batch, CaseKind, Claimed, QueueFilter, QueueItem, Snippet, UNDO_MS,
};

use super::{decision::queue, finding, words::words};
use crate::{
    auth::actor,
    error::PageError,
    page::PageContext,
    routes::discuss::{RuleBook, minute},
    state::AppState,
};

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let viewer = context.signed_in(&format!("/{lang}/moderation"))?;
    let actor = actor(Some(viewer));
    let now_ms = state.clock.now_ms();
    let (store, cursor) = (&state.store, query.get("cursor").map(String::as_str));
    let page = store
        .moderation_queue(actor, filter(&query), cursor, now_ms)
        .await?;
    let counts = store.queue_counts(now_ms).await?;
    let snippets = store.snippets(actor).await?;
    let book = RuleBook::load(&state, lang).await?;
    let batch = match query.get("batch").and_then(|id| id.parse().ok()) {
        Some(id) => store.batch(actor, id).await?,
        None => None,
    };
    let mut shell = context.shell("/moderation", t(lang, "moderation-title"), Nav::Moderation);
    shell.private = true;
    shell.module = Some(Module::Islands);
    let props = QueuePageProps {
        lang,
        done: done(lang, &query),
        refused: query
            .get("refused")
            .and_then(|code| refused(lang, code, &query)),
        batch: batch.map(|batch| notice(lang, &batch)),
        waiting: counts.all,
        kinds: CaseKind::ALL
            .into_iter()
            .zip(counts.by_kind)
            .filter(|&(_, n)| n > 0)
            .map(|(kind, n)| (kind.as_str().to_owned(), n))
            .collect(),
        appeals: counts.appeals,
        overdue: counts.overdue,
        filters: choices(lang, &book, &query),
        snippets: snippets.into_iter().map(|s| sentence(&book, s)).collect(),
        rules: book.offered(),
        here: here(&query),
        entries: page
            .items
            .into_iter()
            .map(|item| entry(lang, &book, item, now_ms))
            .collect(),
        next: page.next,
    };
    Ok(context.respond(StatusCode::OK, shell, move || QueuePage(props)))
}

fn filter(query: &HashMap<String, String>) -> QueueFilter {
    let get = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
    QueueFilter {
        kind: get("kind").parse().ok(),
        reason: get("rule").parse().ok(),
        lang: get("language").parse().ok(),
        claimed: match get("claim") {
            "mine" => Claimed::Mine,
            "free" => Claimed::Free,
            _ => Claimed::Any,
        },
    }
}

/// The filters of this page as a query.
fn here(query: &HashMap<String, String>) -> String {
    let pairs: Vec<String> = ["kind", "rule", "language", "claim"]
        .into_iter()
        .filter_map(|name| Some(format!("{name}={}", query.get(name)?)))
        .collect();
    let address = queue(Lang::En, &pairs.join("&"), "");
    address
        .split_once('?')
        .map(|(_, query)| query.to_owned())
        .unwrap_or_default()
}

fn choices(lang: Lang, book: &RuleBook, query: &HashMap<String, String>) -> Vec<Choice> {
    let choice = |name: &'static str, options: Vec<(String, String)>| {
        let asked = query.get(name).cloned().unwrap_or_default();
        let known = options.iter().any(|(value, _)| *value == asked);
        Choice {
            name,
            label: t(lang, &format!("mod-filter-{name}")),
            value: if known { asked } else { String::new() },
            options,
        }
    };
    let kinds = CaseKind::ALL.map(|kind| {
        let text = t(lang, &format!("mod-kind-{}", kind.as_str()));
        (kind.as_str().to_owned(), text)
    });
    let rules = Reason::ALL.map(|reason| (reason.to_string(), book.title(reason, None)));
    let langs = [("zh", "中文"), ("en", "English")].map(|(code, name)| (code.into(), name.into()));
    let claims = ["mine", "free"].map(|code| {
        (
            code.to_owned(),
            t(lang, &format!("mod-filter-claim-{code}")),
        )
    });
    vec![
        choice("kind", kinds.to_vec()),
        choice("rule", rules.to_vec()),
        choice("language", langs.to_vec()),
        choice("claim", claims.to_vec()),
    ]
}

/// What was just done, and how to undo it.
fn done(
    lang: Lang,
    query: &HashMap<String, String>,
) -> Option<(String, Option<(String, &'static str)>)> {
    let code = query.get("done")?;
    if matches!(
        code.as_str(),
        "claim" | "take" | "release" | "note" | "undone"
    ) {
        return Some((t(lang, &format!("mod-done-{code}")), None));
    }
    let act: Act = code.parse().ok()?;
    let id = |name: &str| query.get(name).and_then(|id| id.parse::<i64>().ok());
    let comment = |back: Act| {
        id("comment").map(|id| (format!("/{lang}/moderation/comment/{id}"), back.as_str()))
    };
    let thread = |back: Act| {
        id("thread").map(|id| (format!("/{lang}/moderation/thread/{id}"), back.as_str()))
    };
    let undo = match act {
        Act::Remove => comment(Act::Restore),
        Act::Withhold => comment(Act::Approve),
        Act::LockBranch => comment(Act::UnlockBranch),
        Act::Lock => thread(Act::Unlock),
        Act::Pin => thread(Act::Unpin),
        Act::Premoderate => thread(Act::Unpremoderate),
        _ => None,
    };
    Some((t(lang, &format!("moderation-done-{act}")), undo))
}

fn refused(lang: Lang, code: &str, query: &HashMap<String, String>) -> Option<String> {
    match code {
        "claimed" => {
            let who = query.get("who").cloned().unwrap_or_default();
            Some(t_with(lang, "mod-fault-claimed", &[("who", who.into())]))
        }
        "decided" => Some(t(lang, "mod-fault-decided")),
        "nothing" => Some(t(lang, "mod-fault-nothing")),
        "rule" => Some(t(lang, "moderation-fault-reason")),
        "words" => Some(t(lang, "moderation-fault-note")),
        _ => None,
    }
}

fn notice(lang: Lang, batch: &Batch) -> BatchNotice {
    let size = i64::try_from(batch.size).unwrap_or(i64::MAX);
    let act = t(lang, &format!("mod-batch-{}", batch.act));
    let text = match batch.state.as_str() {
        "waiting" => t_with(
            lang,
            "mod-batch-waiting",
            &[
                ("n", size.into()),
                ("act", act.into()),
                ("seconds", (UNDO_MS / 1_000).into()),
            ],
        ),
        "undone" => t(lang, "mod-batch-undone"),
        _ => t_with(
            lang,
            "mod-batch-applied",
            &[
                ("n", batch.applied.into()),
                ("act", act.into()),
                ("refused", batch.refused.into()),
            ],
        ),
    };
    let undo =
        (batch.state == "waiting").then(|| format!("/{lang}/moderation/batch/{}/undo", batch.id));
    BatchNotice { text, undo }
}

fn sentence(book: &RuleBook, snippet: Snippet) -> (String, String) {
    let start: String = snippet.body.chars().take(60).collect();
    let text = format!("{}: {start}", book.title(snippet.reason, None));
    (snippet.id.to_string(), text)
}

fn entry(lang: Lang, book: &RuleBook, item: QueueItem, now_ms: i64) -> QueueEntry {
    let comment = item.comment;
    let nobody = || t(lang, "forum-by-nobody");
    QueueEntry {
        id: comment.id,
        href: format!("/{lang}/discuss/{}/{}", comment.thread_id, comment.id),
        thread_title: item.thread_title,
        author: comment.author.clone(),
        author_href: item
            .author
            .map(|id| format!("/{lang}/moderation/account/{id}")),
        when: minute(comment.created_ms),
        words: words(&comment),
        parent: item
            .parent
            .map(|parent| (parent.author.clone().unwrap_or_else(nobody), words(&parent))),
        kind: item.kind.as_str(),
        withheld: comment.state == CommentState::Withheld,
        findings: item.findings.iter().map(|f| finding(lang, f)).collect(),
        urgency: urgency::at(item.rank, now_ms),
        claimed_by: item.claimed_by,
        claimed_by_me: item.mine,
        seen: item.seen,
        mendable: !item.mended,
        notes: item.notes,
        decisions: item.decisions,
        reports: item
            .reports
            .into_iter()
            .map(|report| ReportLine {
                reason: book.title(report.reason, report.version),
                note: report.note,
                reporter: report.reporter,
                when: minute(report.created_ms),
            })
            .collect(),
    }
}
