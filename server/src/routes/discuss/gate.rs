//! What is looked at before something is written: the limits of the account's level, and what
//! speaks for withholding the text.

use axum::http::StatusCode;
use partake_app::i18n::{t, t_with};
use partake_core::{
    forum::{
        Role,
        pipeline::{Circumstances, Finding, WordList, judge},
    },
    lang::Lang,
};
use partake_store::forum::Standing;

use super::refusal::Refusal;
use crate::{error::PageError, extract::ViewerAccount, state::AppState};

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

/// What the person may still write today, where that is worth saying: to newcomers, and to
/// everybody who comes near it.
pub(super) async fn allowance(
    state: &AppState,
    lang: Lang,
    viewer: Option<&ViewerAccount>,
) -> Result<Option<String>, PageError> {
    const NEAR: i64 = 10;
    let Some(viewer) = viewer else {
        return Ok(None);
    };
    let standing = state
        .store
        .standing(&viewer.id, state.clock.now_ms())
        .await?;
    let left = standing.left();
    let worth_saying =
        standing.level == partake_core::forum::trust::Level::Newcomer || left.comments <= NEAR;
    Ok(worth_saying.then(|| {
        t_with(
            lang,
            "mod-allowance",
            &[
                ("comments", left.comments.into()),
                ("threads", left.threads.into()),
            ],
        )
    }))
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
