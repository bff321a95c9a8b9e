//! The words of the survey's widgets and of the runner, from the Fluent files.

use std::collections::BTreeMap;

use partake_core::lang::Lang;
use partake_survey::Words;

use crate::i18n::t_with;

/// Every text of the widgets and the runner, as `survey-w-{key}` in the Fluent files, with the
/// names that are filled in where it is shown.
const KEYS: &[(&str, &[&str])] = &[
    ("required", &[]),
    ("soft-required", &[]),
    ("clear", &[]),
    ("row-of", &["n", "total"]),
    ("set-of", &["n", "total"]),
    ("choose-most", &["max"]),
    ("other-text", &["label", "max"]),
    ("slider-box", &["min", "max"]),
    ("number-whole", &["min", "max"]),
    ("number-any", &["min", "max"]),
    ("date", &["min", "max"]),
    ("rank-1", &[]),
    ("rank-2", &[]),
    ("rank-3", &[]),
    ("rank-n", &["n"]),
    ("rank-none", &[]),
    ("rank-hint", &["max"]),
    ("rank-undo", &[]),
    ("rank-order", &[]),
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
    ("overview", &[]),
    ("overview-review", &[]),
    ("answered-of", &["n", "total"]),
    ("to-review", &[]),
    ("review-title", &[]),
    ("review-text", &[]),
    ("review-left", &["n"]),
    ("review-change", &[]),
    ("review-which", &["title"]),
    ("review-none", &[]),
    ("pair", &["label", "item"]),
    ("company-title", &[]),
    ("company-text", &[]),
    ("company-few", &[]),
    ("company-hidden", &[]),
    ("company-people", &["n"]),
    ("company-pairs", &[]),
    ("company-both", &["a", "b"]),
    ("company-all", &[]),
    ("company-instead", &["label"]),
    ("company-done", &[]),
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
    ("unsent-title-unknown", &[]),
    ("unsent-unknown", &[]),
    ("unsent-code", &[]),
    ("offline-answering", &[]),
    ("draft-tried", &[]),
    ("other-tab", &[]),
    ("closed-title", &[]),
    ("closed-text", &[]),
    ("closed-kept", &[]),
    ("language-offline", &[]),
    ("elsewhere-title", &[]),
    ("elsewhere-text", &[]),
    ("elsewhere-start", &[]),
    ("keys-hint", &[]),
    ("unsent-offline", &[]),
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
    ("receipt-words", &[]),
    ("receipt-qr", &[]),
    ("receipt-qr-hint", &[]),
    ("receipt-print", &[]),
    ("receipt-save", &[]),
    ("beside-title", &[]),
    ("beside-text", &[]),
    ("beside-show", &[]),
    ("beside-about", &["release"]),
    ("beside-none", &[]),
    ("beside-failed", &[]),
    ("beside-few", &[]),
    ("beside-withheld", &[]),
    ("beside-you", &[]),
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
    ("fault-short", &["min", "is"]),
    ("fault-date", &[]),
    ("fault-date-range", &["min", "max"]),
    ("fault-twice", &[]),
    ("fault-gap", &[]),
    ("fault-both-ends", &[]),
    ("fault-shape", &[]),
    ("fault-signs", &[]),
];

/// The texts in `lang`.
#[must_use]
pub fn words(lang: Lang) -> Words {
    let text = |(key, names): &(&'static str, &'static [&'static str])| {
        let args: Vec<_> = names
            .iter()
            .map(|name| (*name, format!("{{{name}}}").into()))
            .collect();
        (
            (*key).to_owned(),
            t_with(lang, &format!("survey-w-{key}"), &args),
        )
    };
    KEYS.iter().map(text).collect::<BTreeMap<_, _>>().into()
}

#[cfg(test)]
mod tests {
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
