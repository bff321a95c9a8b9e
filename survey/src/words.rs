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
}

impl serde::Serialize for Words {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter())
    }
}
