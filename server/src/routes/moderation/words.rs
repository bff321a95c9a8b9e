//! What was found about a comment, and other particulars, in words.

use partake_app::{
    i18n::{t, t_with},
    ui::Words,
};
use partake_core::{
    forum::{
        About, Role,
        detail::By,
        markdown,
        pipeline::{Change, Finding},
    },
    lang::Lang,
};
use partake_store::forum::{Comment, LogEntry};

use crate::{
    routes::discuss::{about_label, minute, span},
    state::AppState,
};

/// The text of a comment as it is quoted.
pub(super) fn words(comment: &Comment) -> Words {
    Words {
        html: markdown::render(&comment.body),
        lang: comment.lang,
    }
}

/// Why a comment is withheld.
pub(crate) fn finding(lang: Lang, finding: &Finding) -> String {
    let key = format!("mod-finding-{}", finding.as_str());
    match finding {
        Finding::Reports { count } => t_with(lang, &key, &[("n", (*count).into())]),
        Finding::Rate { count, minutes } => t_with(
            lang,
            &key,
            &[("n", (*count).into()), ("minutes", (*minutes).into())],
        ),
        Finding::Links { count, most } => t_with(
            lang,
            &key,
            &[("n", (*count).into()), ("most", (*most).into())],
        ),
        Finding::Word { word, listed } => t_with(
            lang,
            &key,
            &[
                ("word", word.clone().into()),
                ("listed", listed.clone().into()),
            ],
        ),
        _ => t(lang, &key),
    }
}

/// What the log says of an act beyond rule and words.
pub(super) fn particulars(state: &AppState, lang: Lang, entry: &LogEntry) -> Vec<String> {
    let detail = &entry.detail;
    let until = detail
        .until_ms
        .map(|ms| t_with(lang, "mod-until-when", &[("until", minute(ms).into())]));
    let seconds = detail.seconds.map(|seconds| match seconds {
        0 => t(lang, "mod-slow-none"),
        _ => span(lang, seconds),
    });
    let appealed = entry
        .appealed
        .map(|id| t_with(lang, "mod-log-appealed", &[("n", id.to_string().into())]));
    let moved = detail.moved.as_ref().map(|(from, to)| {
        let place = |field: &str| {
            let wave = state.surveys.current(&entry.survey);
            match About::from_field(field).zip(wave) {
                Some((about, wave)) => about_label(lang, &wave.instrument, &about),
                None => field.to_owned(),
            }
        };
        let args = [("from", place(from).into()), ("to", place(to).into())];
        t_with(lang, "mod-log-moved", &args)
    });
    [until, seconds, appealed, moved]
        .into_iter()
        .flatten()
        .chain(detail.settings.iter().map(|change| setting(lang, change)))
        .collect()
}

/// A setting that was changed.
fn setting(lang: Lang, change: &Change) -> String {
    let value = |value: &str| match change.field.as_str() {
        "premoderate" | "named" => t(lang, &format!("mod-set-{}-{value}", change.field)),
        "repetition" => t(lang, &format!("mod-log-set-{value}")),
        "words" => {
            let n = value.parse().unwrap_or(0_i64);
            t_with(lang, "mod-log-set-entries", &[("n", n.into())])
        }
        _ => value.to_owned(),
    };
    let args = [
        (
            "setting",
            t(lang, &format!("mod-set-{}", change.field)).into(),
        ),
        ("from", value(&change.from).into()),
        ("to", value(&change.to).into()),
    ];
    t_with(lang, "mod-log-set", &args)
}

/// Who decided, as the log names it: the role, where handles are not shown.
pub(super) fn by(lang: Lang, entry: &LogEntry, handles: bool) -> Option<String> {
    match entry.detail.by {
        Some(By::Automatic) => Some(t(lang, "mod-automatic")),
        _ if handles => entry.moderator.clone(),
        Some(By::Role(Role::Owner)) => Some(t(lang, "account-role-owner")),
        Some(By::Role(_)) | None => Some(t(lang, "account-role-moderator")),
    }
}

/// Code and version of the rule that an entry cites.
pub(super) fn citation(entry: &LogEntry) -> Option<String> {
    let version = entry.detail.rule?;
    entry.reason.map(|reason| format!("{reason}@{version}"))
}
