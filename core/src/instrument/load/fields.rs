//! Reading mappings field by field, collecting every error on the way.

use super::{
    LoadError,
    suggest::hint,
    tree::{Data, Entry, Node, Position},
};
use crate::{
    invisible::{is_invisible, is_unseen},
    lang::{Lang, Text},
};

/// A text with pipes, to be checked when all names are known.
pub(super) struct Piped<'t> {
    pub(super) node: &'t Node,
    pub(super) text: String,
    pub(super) owner: Owner,
}

/// What a condition or a text belongs to: it decides which names it may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// Nothing that has answers before it: no pipes.
    Nothing,
    /// The question with this place in the instrument.
    Question(usize),
    /// A computed value, by its place among them.
    Computed(usize),
}

/// Errors after which unknown fields are no longer looked up.
const ENOUGH: usize = 2_000;

/// Errors so far, and what has to wait until all names are known.
pub(super) struct Reader<'t> {
    pub(super) errors: Vec<LoadError>,
    pub(super) languages: Vec<Lang>,
    pub(super) owner: Owner,
    pub(super) piped: Vec<Piped<'t>>,
}

impl Default for Reader<'_> {
    fn default() -> Self {
        Self {
            errors: Vec::new(),
            languages: Lang::ALL.to_vec(),
            owner: Owner::Nothing,
            piped: Vec::new(),
        }
    }
}

/// The fields of one mapping.
#[derive(Clone, Copy)]
pub(super) struct Fields<'t> {
    pub(super) at: Position,
    pub(super) entries: &'t [Entry],
    what: &'static str,
}

impl<'t> Fields<'t> {
    pub(super) fn get(&self, key: &str) -> Option<&'t Node> {
        self.entries
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.value)
    }
}

impl<'t> Reader<'t> {
    pub(super) fn error(&mut self, at: Position, message: impl Into<String>) {
        self.errors.push(at.error(message.into()));
    }

    /// The fields of a mapping whose keys are all in `known` or `notes`; notes are for people.
    pub(super) fn fields(
        &mut self,
        node: &'t Node,
        what: &'static str,
        known: &[&str],
        notes: &[&str],
    ) -> Option<Fields<'t>> {
        let fields = self.any_fields(node, what)?;
        for entry in fields.entries {
            if self.errors.len() > ENOUGH {
                break;
            }
            let key = entry.key.as_str();
            if !known.contains(&key) && !notes.contains(&key) {
                let hint = hint(key, known.iter().chain(notes).copied());
                self.error(entry.at, format!("{what} has no field `{key}`; {hint}"));
            }
        }
        Some(fields)
    }

    /// The fields of a mapping whose keys are names of the author's choice.
    pub(super) fn any_fields(&mut self, node: &'t Node, what: &'static str) -> Option<Fields<'t>> {
        match &node.data {
            Data::Mapping(entries) => Some(Fields {
                at: node.at,
                entries,
                what,
            }),
            _ => {
                self.error(
                    node.at,
                    format!("{what} must be a mapping, not {}", node.what()),
                );
                None
            }
        }
    }

    pub(super) fn required(&mut self, fields: &Fields<'t>, key: &str) -> Option<&'t Node> {
        let found = fields.get(key);
        if found.is_none() {
            self.error(fields.at, format!("{} lacks `{key}`; add it", fields.what));
        }
        found
    }

    pub(super) fn list(&mut self, node: &'t Node, what: &str) -> &'t [Node] {
        match &node.data {
            Data::Sequence(items) => items,
            _ => {
                self.error(
                    node.at,
                    format!("{what} must be a list, not {}", node.what()),
                );
                &[]
            }
        }
    }

    pub(super) fn word(&mut self, node: &'t Node, what: &str) -> Option<&'t str> {
        match &node.data {
            Data::Scalar { text, .. } => Some(text),
            _ => {
                self.error(
                    node.at,
                    format!("{what} must be a single value, not {}", node.what()),
                );
                None
            }
        }
    }

    /// An id: small letters, digits and single underscores, beginning with a letter.
    pub(super) fn id(&mut self, node: &'t Node, what: &str) -> Option<String> {
        let text = self.code(node, what)?;
        if text.starts_with(|c: char| c.is_ascii_lowercase()) {
            return Some(text);
        }
        self.error(
            node.at,
            format!("{what} `{text}` must begin with a small letter"),
        );
        None
    }

    /// A code: small letters, digits and single underscores.
    pub(super) fn code(&mut self, node: &'t Node, what: &str) -> Option<String> {
        let text = self.word(node, what)?;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if text.is_empty() || !text.chars().all(plain) || text.contains("__") {
            self.error(
                node.at,
                format!(
                    "{what} `{text}` must be small letters, digits and single underscores; \
                     `__` joins a question and its row"
                ),
            );
            return None;
        }
        Some(text.to_owned())
    }

    pub(super) fn flag(&mut self, fields: &Fields<'t>, key: &str) -> bool {
        let Some(node) = fields.get(key) else {
            return false;
        };
        match &node.data {
            Data::Scalar {
                text,
                quoted: false,
            } if text == "true" => true,
            Data::Scalar {
                text,
                quoted: false,
            } if text == "false" => false,
            _ => {
                self.error(node.at, format!("`{key}` must be true or false"));
                false
            }
        }
    }

    pub(super) fn number(&mut self, node: &'t Node, what: &str) -> Option<f64> {
        let number = match &node.data {
            Data::Scalar {
                text,
                quoted: false,
            } => text.parse::<f64>().ok(),
            _ => None,
        };
        match number.filter(|n| n.is_finite()) {
            Some(n) => Some(n),
            None => {
                self.error(node.at, format!("{what} must be a number without quotes"));
                None
            }
        }
    }

    pub(super) fn whole(&mut self, node: &'t Node, what: &str) -> Option<u32> {
        let number = match &node.data {
            Data::Scalar {
                text,
                quoted: false,
            } => text.parse::<u32>().ok(),
            _ => None,
        };
        if number.is_none() {
            self.error(
                node.at,
                format!("{what} must be a whole number, 0 or more, without quotes"),
            );
        }
        number
    }

    pub(super) fn optional_number(&mut self, fields: &Fields<'t>, key: &str) -> Option<f64> {
        fields
            .get(key)
            .and_then(|node| self.number(node, &format!("`{key}`")))
    }

    pub(super) fn required_number(&mut self, fields: &Fields<'t>, key: &str) -> Option<f64> {
        let node = self.required(fields, key)?;
        self.number(node, &format!("`{key}`"))
    }

    pub(super) fn codes(&mut self, node: &'t Node, what: &str) -> Vec<(Position, String)> {
        let items = self.list(node, what);
        items
            .iter()
            .filter_map(|item| Some((item.at, self.code(item, what)?)))
            .collect()
    }

    /// A text in every declared language: `{zh: …, en: …}`.
    pub(super) fn text(&mut self, node: &'t Node, what: &'static str) -> Option<Text> {
        let fields = self.fields(node, what, &["zh", "en"], &[])?;
        self.text_in(&fields, what, "zh", "en")
    }

    pub(super) fn required_text(&mut self, fields: &Fields<'t>, key: &'static str) -> Option<Text> {
        let node = self.required(fields, key)?;
        self.text(node, key)
    }

    pub(super) fn optional_text(&mut self, fields: &Fields<'t>, key: &'static str) -> Option<Text> {
        fields.get(key).and_then(|node| self.text(node, key))
    }

    /// A text whose languages stand under these keys of a larger mapping.
    pub(super) fn text_in(
        &mut self,
        fields: &Fields<'t>,
        what: &str,
        zh: &str,
        en: &str,
    ) -> Option<Text> {
        let mut text = Text::default();
        let mut complete = true;
        for (lang, key) in [(Lang::Zh, zh), (Lang::En, en)] {
            let declared = self.languages.contains(&lang);
            let Some(node) = fields.get(key) else {
                if declared {
                    complete = false;
                    self.error(
                        fields.at,
                        format!("{what} lacks its {lang} text; add `{key}: …`"),
                    );
                }
                continue;
            };
            let Some(written) = self.word(node, what) else {
                complete = false;
                continue;
            };
            if is_unseen(written) {
                complete = false;
                self.error(
                    node.at,
                    format!("the {lang} text of {what} is empty; write it"),
                );
                continue;
            }
            if let Some(sign) = written.chars().find(|&c| is_invisible(c)) {
                let code = u32::from(sign);
                self.error(
                    node.at,
                    format!("the {lang} text of {what} holds an invisible sign (U+{code:04X}); remove it"),
                );
            }
            if written.contains("{{") {
                let owner = self.owner.clone();
                self.piped.push(Piped {
                    node,
                    text: written.to_owned(),
                    owner,
                });
            }
            match lang {
                Lang::Zh => text.zh = Some(written.to_owned()),
                Lang::En => text.en = Some(written.to_owned()),
            }
        }
        complete.then_some(text)
    }

    /// Reports a name that is not among the valid ones.
    pub(super) fn must_be<'v>(
        &mut self,
        at: Position,
        what: &str,
        name: &str,
        valid: impl IntoIterator<Item = &'v str> + Clone,
    ) -> bool {
        let known = valid.clone().into_iter().any(|v| v == name);
        if !known {
            let hint = hint(name, valid);
            self.error(at, format!("unknown {what} `{name}`; {hint}"));
        }
        known
    }
}
