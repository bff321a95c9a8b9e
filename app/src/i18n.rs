//! Texts of the interface, from the Fluent files in `locales/`. Only the server has them; islands
//! are given the strings they show.

use std::sync::LazyLock;

pub use fluent_bundle::FluentValue;
use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use partake_core::lang::Lang;
use unic_langid::LanguageIdentifier;

macro_rules! locale {
    ($($part:literal),* $(,)?) => {
        /// The Fluent source of each part: name, Chinese, English.
        pub const LOCALES: &[(&str, &str, &str)] = &[$((
            $part,
            include_str!(concat!("../../locales/zh/", $part, ".ftl")),
            include_str!(concat!("../../locales/en/", $part, ".ftl")),
        )),*];
    };
}

locale!(
    "shell",
    "site",
    "survey",
    "surveys",
    "answering",
    "accessibility",
    "results",
    "data",
    "charts",
    "forum",
    "threads",
    "account",
    "account_safety",
    "mail",
    "moderation",
    "casework",
    "texts",
    "errors"
);

static ZH: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Lang::Zh));
static EN: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Lang::En));

fn bundle(lang: Lang) -> FluentBundle<FluentResource> {
    let tag = lang.tag().parse::<LanguageIdentifier>().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Isolation marks around arguments would be copied along with the text by people.
    bundle.set_use_isolating(false);
    for (_, zh, en) in LOCALES {
        let source = match lang {
            Lang::Zh => zh,
            Lang::En => en,
        };
        // A test holds that every file parses and that no key stands twice.
        let resource =
            FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(partial, _)| partial);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// The text of `key`.
#[must_use]
pub fn t(lang: Lang, key: &str) -> String {
    t_with(lang, key, &[])
}

/// The text of `key` with its arguments filled in. An unknown key gives the key itself; a test
/// holds that every key that is used exists.
#[must_use]
pub fn t_with(lang: Lang, key: &str, args: &[(&'static str, FluentValue<'static>)]) -> String {
    let bundle = match lang {
        Lang::Zh => &*ZH,
        Lang::En => &*EN,
    };
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return key.to_owned();
    };
    let args: FluentArgs<'_> = args.iter().cloned().collect();
    bundle
        .format_pattern(pattern, Some(&args), &mut Vec::new())
        .into_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use fluent_bundle::FluentResource;

    use super::*;

    fn keys(source: &str) -> BTreeSet<String> {
        FluentResource::try_new(source.to_owned()).expect("the file parses");
        source
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|line| line.split_once(" ="))
            .map(|(key, _)| key.to_owned())
            .collect()
    }

    #[test]
    fn both_languages_have_the_same_keys() {
        for (part, zh, en) in LOCALES {
            assert_eq!(keys(zh), keys(en), "locales/*/{part}.ftl");
        }
    }

    #[test]
    fn no_key_stands_in_two_files() {
        let mut seen = BTreeSet::new();
        for (part, zh, _) in LOCALES {
            for key in keys(zh) {
                assert!(seen.insert(key.clone()), "{key} stands again in {part}.ftl");
            }
        }
    }

    #[test]
    fn arguments_are_inserted_without_isolation_marks() {
        let text = t_with(
            Lang::En,
            "shell-page-of",
            &[("page", 2.into()), ("pages", 5.into())],
        );
        assert_eq!(text, "Page 2 of 5");
    }
}
