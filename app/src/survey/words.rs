//! The words of the widgets and the runner. They are resolved on the server, so that no locale
//! data travels to the browser; what is only known there is filled in there.

use std::{collections::BTreeMap, sync::Arc};

/// Texts by key, in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(Arc<BTreeMap<String, String>>);

impl From<BTreeMap<String, String>> for Words {
    fn from(texts: BTreeMap<String, String>) -> Self {
        Self(Arc::new(texts))
    }
}

impl Words {
    /// The text of `key`; the key itself shows a text that was forgotten.
    #[must_use]
    pub fn get(&self, key: &str) -> String {
        self.0.get(key).cloned().unwrap_or_else(|| key.to_owned())
    }

    /// The text of `key` with `{name}` replaced.
    #[must_use]
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.get(key);
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    /// The texts, to hand them to an island.
    #[must_use]
    pub fn texts(&self) -> BTreeMap<String, String> {
        (*self.0).clone()
    }
}

/// Every text of the widgets and the runner, as `survey-w-{key}` in the Fluent files, with the
/// names that are filled in where it is shown.
#[cfg(feature = "ssr")]
const KEYS: &[(&str, &[&str])] = &[
    ("required", &[]),
    ("clear", &[]),
    ("row-of", &["n", "total"]),
    ("set-of", &["n", "total"]),
    ("choose-most", &["max"]),
    ("other-text", &["max"]),
    ("slider-box", &["min", "max"]),
    ("number-whole", &["min", "max"]),
    ("number-any", &["min", "max"]),
    ("rank-1", &[]),
    ("rank-2", &[]),
    ("rank-3", &[]),
    ("rank-n", &["n"]),
    ("rank-none", &[]),
    ("rank-hint", &["max"]),
    ("rank-undo", &[]),
    ("rank-said", &["option", "place"]),
    ("rank-said-off", &["option"]),
    ("chars-max", &["max"]),
    ("chars-left", &["n"]),
    ("chars-over", &["n"]),
    ("votes-more", &["n"]),
    ("summary", &["n"]),
    ("minutes-last", &[]),
    ("minutes-left", &["n"]),
    ("progress", &["n", "total"]),
    ("optional", &[]),
    ("opened", &[]),
    ("cleared", &[]),
    ("back", &[]),
    ("next", &[]),
    ("submit", &[]),
    ("kept-page", &[]),
    ("kept-device", &[]),
    ("kept-nowhere", &[]),
    ("kept-failed", &[]),
    ("draft-resumed", &[]),
    ("draft-found", &[]),
    ("draft-continue", &[]),
    ("draft-discard", &[]),
    ("draft-discard-sure", &[]),
    ("draft-discarded", &[]),
    ("sending", &[]),
    ("unsent-title", &[]),
    ("unsent-offline", &[]),
    ("unsent-failed", &[]),
    ("unsent-refused", &[]),
    ("unsent-kept", &[]),
    ("unsent-kept-nowhere", &[]),
    ("retry", &[]),
    ("receipt-title", &[]),
    ("receipt-title-changed", &[]),
    ("receipt-title-frozen", &[]),
    ("receipt-already", &[]),
    ("receipt-changed", &[]),
    ("receipt-frozen", &[]),
    ("receipt-label", &[]),
    ("receipt-copy", &[]),
    ("receipt-copied", &[]),
    ("receipt-for-title", &[]),
    ("receipt-for-see", &[]),
    ("receipt-for-change", &[]),
    ("receipt-for-later", &[]),
    ("receipt-keep", &[]),
    ("receipt-results", &[]),
    ("receipt-response", &[]),
    ("receipt-discuss", &[]),
    ("fault-required", &[]),
    ("fault-code", &[]),
    ("fault-field", &[]),
    ("fault-not-asked", &[]),
    ("fault-exclusive", &[]),
    ("fault-too-many", &["max"]),
    ("fault-range", &["min", "max"]),
    ("fault-number", &[]),
    ("fault-integer", &[]),
    ("fault-long", &["max", "is"]),
    ("fault-twice", &[]),
    ("fault-gap", &[]),
    ("fault-both-ends", &[]),
    ("fault-shape", &[]),
];

/// The texts in `lang`.
#[cfg(feature = "ssr")]
#[must_use]
pub fn words(lang: partake_core::lang::Lang) -> Words {
    let text = |(key, names): &(&'static str, &'static [&'static str])| {
        let args: Vec<_> = names
            .iter()
            .map(|name| (*name, format!("{{{name}}}").into()))
            .collect();
        (
            (*key).to_owned(),
            crate::i18n::t_with(lang, &format!("survey-w-{key}"), &args),
        )
    };
    KEYS.iter().map(text).collect::<BTreeMap<_, _>>().into()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use partake_core::lang::Lang;

    use super::*;

    #[test]
    fn every_text_exists_and_keeps_its_placeholders() {
        for lang in Lang::ALL {
            let words = words(lang);
            for (key, names) in KEYS {
                let text = words.get(key);
                assert!(!text.starts_with("survey-w-"), "{lang}: {key} is missing");
                for name in *names {
                    assert!(
                        text.contains(&format!("{{{name}}}")),
                        "{lang}: {key} lacks {name}"
                    );
                }
            }
        }
    }
}
