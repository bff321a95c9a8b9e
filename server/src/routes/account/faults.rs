//! What is wrong with a handle or password, in words.

use partake_app::i18n::{t, t_with};
use partake_core::{
    forum::{HandleFault, PasswordFault},
    lang::Lang,
};

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

pub(super) fn handle(lang: Lang, fault: HandleFault) -> String {
    match fault {
        HandleFault::Empty => t(lang, "account-handle-empty"),
        HandleFault::Length { min, max } => t_with(
            lang,
            "account-handle-length",
            &[("min", number(min).into()), ("max", number(max).into())],
        ),
        HandleFault::Character(c) => {
            // What cannot be seen is named by its number.
            let shown = if c.is_control() || !c.is_alphanumeric() && !c.is_ascii_graphic() {
                format!("U+{:04X}", u32::from(c))
            } else {
                c.to_string()
            };
            t_with(
                lang,
                "account-handle-character",
                &[("character", shown.into())],
            )
        }
        HandleFault::MixedScripts => t(lang, "account-handle-mixed"),
        HandleFault::Reserved => t(lang, "account-handle-reserved"),
    }
}

pub(super) fn password(lang: Lang, fault: PasswordFault) -> String {
    match fault {
        PasswordFault::TooShort { min } => t_with(
            lang,
            "account-password-short",
            &[("min", number(min).into())],
        ),
        PasswordFault::TooLong { max } => t_with(
            lang,
            "account-password-long",
            &[("max", number(max).into())],
        ),
        PasswordFault::Common => t(lang, "account-password-common"),
        PasswordFault::Pattern => t(lang, "account-password-pattern"),
        PasswordFault::ContainsHandle => t(lang, "account-password-handle"),
    }
}

pub(super) fn seconds(lang: Lang, key: &str, seconds: u64) -> String {
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
    t_with(lang, key, &[("seconds", seconds.into())])
}
