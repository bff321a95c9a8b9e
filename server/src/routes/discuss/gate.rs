//! What is looked at before something is written: the limits of the account's level, and what
//! speaks for withholding the text.

use axum::http::StatusCode;
use partake_app::{
    i18n::{t, t_with},
    pages::discuss::HeldBack,
};
use partake_core::{
    forum::{
        Restriction, Role,
        pipeline::{Circumstances, Finding, Premoderate, RATE_MINUTES, WordList, judge},
        trust::Level,
    },
    lang::Lang,
};
use partake_store::forum::{Act, Standing};

use super::{refusal::Refusal, when::minute};
use crate::{auth::actor, error::PageError, extract::ViewerAccount, state::AppState};

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writing<'a> {
    Thread {
        title: &'a str,
    },
    Comment {
        /// Every comment of the thread is looked at first.
        premoderated: bool,
    },
    Edit {
        premoderated: bool,
    },
}

/// Everything that speaks for withholding the text, or why it cannot be written today.
pub(super) async fn look(
    state: &AppState,
    lang: Lang,
    viewer: &ViewerAccount,
    writing: Writing<'_>,
    body: &str,
) -> Result<Result<Vec<Finding>, Refusal>, PageError> {
    let now_ms = state.clock.now_ms();
    let standing = state.store.standing(&viewer.id, now_ms).await?;
    let left = standing.left();
    let key = match writing {
        Writing::Thread { .. } if left.threads == 0 => "mod-limit-threads",
        Writing::Thread { .. } | Writing::Comment { .. } if left.comments == 0 => {
            "mod-limit-comments"
        }
        _ => "",
    };
    if !key.is_empty() {
        return Ok(Err(limited(lang, key, &standing)));
    }
    let settings = state.store.moderation_settings().await?;
    let edit = matches!(writing, Writing::Edit { .. });
    let circumstances = Circumstances {
        level: standing.level,
        moderates: viewer.role >= Role::Moderator,
        thread_premoderated: matches!(
            writing,
            Writing::Comment { premoderated: true } | Writing::Edit { premoderated: true }
        ),
        // An edit adds nothing to read, and is always like what was there.
        recent: if edit { 0 } else { standing.recent },
        repeats: !edit
            && settings.repetition
            && state.store.said_before(&viewer.id, body, now_ms).await?,
    };
    let words = WordList::new(&settings.words);
    let judged = match writing {
        Writing::Thread { title } => judge(
            &format!("{title}\n{body}"),
            &circumstances,
            &settings,
            &words,
        ),
        _ => judge(body, &circumstances, &settings, &words),
    };
    Ok(Ok(judged))
}

/// Refuses a report beyond the limits of the day.
pub(super) async fn may_report(
    state: &AppState,
    lang: Lang,
    viewer: &ViewerAccount,
) -> Result<Result<(), Refusal>, PageError> {
    let standing = state
        .store
        .standing(&viewer.id, state.clock.now_ms())
        .await?;
    Ok(if standing.left().reports == 0 {
        Err(limited(lang, "mod-limit-reports", &standing))
    } else {
        Ok(())
    })
}

/// What holds the reader back from writing, until when, and where to read why and what to do.
pub(in crate::routes) async fn held_back(
    state: &AppState,
    lang: Lang,
    viewer: Option<&ViewerAccount>,
) -> Result<Option<HeldBack>, PageError> {
    let Some(viewer) = viewer else {
        return Ok(None);
    };
    if viewer.suspended {
        return Ok(Some(HeldBack {
            text: t(lang, "forum-fault-suspended"),
            href: format!("/{lang}/moderation/mine"),
            link: t(lang, "mod-mine"),
        }));
    }
    let Some(by) = viewer.restriction else {
        return Ok(None);
    };
    let kind = match by {
        Restriction::Warned => Act::Warn,
        Restriction::Silenced => Act::Silence,
        Restriction::Suspended => Act::Suspend,
        Restriction::Banned => Act::Ban,
    };
    let now_ms = state.clock.now_ms();
    let sanctions = state.store.sanctions_of(actor(Some(viewer)), &viewer.id);
    let sanctions = sanctions.await?;
    // Of several of one kind, the one that holds longest.
    let holds = sanctions
        .iter()
        .filter(|sanction| sanction.kind == kind && sanction.holds(now_ms))
        .max_by_key(|sanction| sanction.until_ms.unwrap_or(i64::MAX));
    Ok(holds.map(|sanction| {
        let text = match sanction.until_ms {
            Some(until) => t_with(
                lang,
                &format!("mod-held-{kind}-until"),
                &[("until", minute(until).into())],
            ),
            None => t(lang, &format!("mod-held-{kind}")),
        };
        HeldBack {
            text,
            href: format!("/{lang}/moderation/statement/{}", sanction.act),
            link: t(
                lang,
                match kind {
                    Act::Warn => "mod-held-read-warning",
                    _ => "mod-held-read",
                },
            ),
        }
    }))
}

/// What the person may still write today, where that is worth saying: to newcomers, and to
/// everybody who comes near it.
pub(super) async fn allowance(
    state: &AppState,
    lang: Lang,
    viewer: Option<&ViewerAccount>,
) -> Result<Vec<String>, PageError> {
    const NEAR: i64 = 10;
    /// Comments before the limit of the last minutes at which it is spoken of.
    const RATE_NEAR: i64 = 3;
    let Some(viewer) = viewer else {
        return Ok(Vec::new());
    };
    let settings = state.store.moderation_settings().await?;
    let standing = state
        .store
        .standing(&viewer.id, state.clock.now_ms())
        .await?;
    let left = standing.left();
    let newcomer = standing.level == Level::Newcomer;
    let mut said = Vec::new();
    if newcomer || left.comments <= NEAR {
        let args = [
            ("comments", left.comments.into()),
            ("threads", left.threads.into()),
        ];
        said.push(t_with(lang, "mod-allowance", &args));
    }
    if viewer.role >= Role::Moderator {
        return Ok(said);
    }
    match settings.premoderate {
        Premoderate::Everyone => said.push(t(lang, "mod-notice-everyone")),
        Premoderate::Newcomers if newcomer => said.push(t(lang, "mod-notice-newcomer")),
        Premoderate::Newcomers | Premoderate::Nobody => {}
    }
    if newcomer {
        let args = [("n", settings.newcomer_links.into())];
        said.push(t_with(lang, "mod-notice-links", &args));
    }
    let more = settings.rate - standing.recent;
    if settings.rate > 0 && standing.level < Level::Trusted && more <= RATE_NEAR {
        let args = [("n", more.max(0).into()), ("minutes", RATE_MINUTES.into())];
        said.push(t_with(lang, "mod-notice-rate", &args));
    }
    Ok(said)
}

fn limited(lang: Lang, key: &str, standing: &Standing) -> Refusal {
    let limits = standing.level.limits();
    let level = t(lang, &format!("mod-level-{}", standing.level));
    Refusal {
        status: StatusCode::TOO_MANY_REQUESTS,
        text: t_with(
            lang,
            key,
            &[
                ("threads", limits.threads.into()),
                ("comments", limits.comments.into()),
                ("reports", limits.reports.into()),
                ("level", level.into()),
            ],
        ),
        wait: None,
    }
}
