//! What a mail says: that something happened, never what somebody wrote. Mail is read on its way.

use partake_app::i18n::{t, t_with};
use partake_store::mail::{DueMail, Post};

use super::Link;
use crate::{sealed::SealError, state::AppState};

/// A mail in words.
pub(super) struct Letter {
    /// Name of the sender.
    pub(super) from: String,
    pub(super) subject: String,
    pub(super) body: String,
    /// Address at which one can stop them.
    pub(super) stop: String,
}

pub(super) fn of(state: &AppState, mail: &DueMail) -> Result<Letter, SealError> {
    let lang = mail.to.lang;
    let name = t(lang, "shell-name");
    let base = state.config.base_url();
    let stop = format!("{base}/{lang}/account/mail");
    let (subject, lines, ending) = match &mail.post {
        Post::Link => {
            let link = Link {
                account: mail.account.clone(),
                address: mail.to.address.clone(),
                asked_ms: mail.to.asked_ms,
            };
            let address = format!("{stop}?token={}", link.seal(&state.seal)?);
            let lines = vec![
                t_with(
                    lang,
                    "mail-link-text",
                    &[
                        ("handle", mail.handle.clone().into()),
                        ("site", base.to_owned().into()),
                    ],
                ),
                address,
            ];
            (t(lang, "mail-link-subject"), lines, "mail-link-end")
        }
        Post::Notices { counts, .. } => {
            let all: i64 = counts.iter().map(|(_, n)| n).sum();
            let mut lines: Vec<String> = counts
                .iter()
                .map(|(kind, n)| t_with(lang, &format!("mail-{kind}"), &[("n", (*n).into())]))
                .collect();
            lines.push(format!("{base}/{lang}/discuss/notices"));
            let subject = t_with(lang, "mail-subject", &[("n", all.into())]);
            (subject, lines, "mail-end")
        }
    };
    let ending = t_with(lang, ending, &[("address", stop.clone().into())]);
    Ok(Letter {
        subject: format!("{subject} · {name}"),
        body: format!("{}\n\n-- \n{ending}\n", lines.join("\n\n")),
        from: name,
        stop,
    })
}
