//! Options, scale points, statements: lists of codes with their texts.

use std::collections::BTreeMap;

use super::{
    fields::{Fields, Reader},
    tree::Node,
};
use crate::instrument::Choice;

/// Keys of an option that the program uses.
const KNOWN: [&str; 8] = [
    "code",
    "value",
    "missing",
    "exclusive",
    "pipe",
    "text",
    "zh",
    "en",
];
/// Keys that are notes for people.
const NOTES: [&str; 3] = ["range", "note", "construct"];

/// Missing codes that an option may stand for.
pub(in crate::instrument) const MISSING: [&str; 3] = ["pnts", "dk", "na"];

impl<'t> Reader<'t> {
    /// A list of options.
    pub(super) fn options(&mut self, node: &'t Node, what: &'static str) -> Vec<Choice> {
        let items = self.list(node, what);
        let choices: Vec<(&Node, Choice)> = items
            .iter()
            .filter_map(|item| Some((item, self.option(item)?)))
            .collect();
        self.distinct(&choices);
        choices.into_iter().map(|(_, choice)| choice).collect()
    }

    fn option(&mut self, node: &'t Node) -> Option<Choice> {
        let fields = self.fields(node, "an option", &KNOWN, &NOTES)?;
        let code = self
            .required(&fields, "code")
            .and_then(|n| self.code(n, "code"));
        let label = self.text_in(&fields, "an option", "zh", "en");
        let missing = fields.get("missing").and_then(|n| {
            let word = self.word(n, "`missing`")?;
            self.must_be(n.at, "missing code", word, MISSING)
                .then(|| word.to_owned())
        });
        let text_max = fields.get("text").and_then(|n| self.other_text(n));
        let value = self.optional_number(&fields, "value");
        let exclusive = self.flag(&fields, "exclusive");
        let pipe = self.optional_text(&fields, "pipe");
        Some(Choice {
            code: code?,
            label: label?,
            value,
            missing,
            exclusive,
            pipe,
            text_max,
        })
    }

    fn other_text(&mut self, node: &'t Node) -> Option<u32> {
        let fields = self.fields(
            node,
            "the text of an option",
            &["max_chars"],
            &["free_text"],
        )?;
        let max = self.required(&fields, "max_chars")?;
        self.whole(max, "`max_chars`")
    }

    /// Reports codes that stand twice.
    pub(super) fn distinct(&mut self, choices: &[(&'t Node, Choice)]) {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for (node, choice) in choices {
            if let Some(line) = seen.insert(&choice.code, node.at.line) {
                self.error(
                    node.at,
                    format!(
                        "code `{}` stands twice in this list (first on line {line}); give each \
                         its own",
                        choice.code
                    ),
                );
            }
        }
    }

    /// The shared list of conditions, with short or long labels.
    pub(super) fn conditions(&mut self, node: &'t Node, long: bool) -> Vec<Choice> {
        let known = ["code", "zh", "en", "zh_long", "en_long"];
        let items = self.list(node, "conditions");
        let mut choices = Vec::new();
        for item in items {
            let Some(fields) = self.fields(item, "a condition", &known, &["pillar", "note"]) else {
                continue;
            };
            let code = self
                .required(&fields, "code")
                .and_then(|n| self.code(n, "code"));
            let short = self.text_in(&fields, "a condition", "zh", "en");
            let full = self.text_in(&fields, "a condition", "zh_long", "en_long");
            if let (Some(code), Some(label)) = (code, if long { full } else { short }) {
                choices.push((item, plain(code, label)));
            }
        }
        self.distinct(&choices);
        choices.into_iter().map(|(_, choice)| choice).collect()
    }

    /// Statements to vote on.
    pub(super) fn statements(&mut self, node: &'t Node) -> Vec<Choice> {
        let items = self.list(node, "statements");
        let mut choices = Vec::new();
        let mut pairs = Vec::new();
        for item in items {
            let notes = ["stance", "theme", "note"];
            let Some(fields) =
                self.fields(item, "a statement", &["id", "pair", "zh", "en"], &notes)
            else {
                continue;
            };
            let code = self
                .required(&fields, "id")
                .and_then(|n| self.code(n, "id"));
            let label = self.text_in(&fields, "a statement", "zh", "en");
            pairs.extend(
                fields
                    .get("pair")
                    .and_then(|n| Some((n, self.word(n, "`pair`")?))),
            );
            if let (Some(code), Some(label)) = (code, label) {
                choices.push((item, plain(code, label)));
            }
        }
        self.distinct(&choices);
        let codes: Vec<&str> = choices.iter().map(|(_, c)| c.code.as_str()).collect();
        for (node, pair) in pairs.iter().filter(|(_, pair)| *pair != "null") {
            self.must_be(node.at, "statement", pair, codes.iter().copied());
        }
        choices.into_iter().map(|(_, choice)| choice).collect()
    }

    /// Codes listed under `key`, each of which must be among the choices.
    pub(super) fn listed_codes(
        &mut self,
        fields: &Fields<'t>,
        key: &str,
        choices: &[Choice],
    ) -> Vec<String> {
        let Some(node) = fields.get(key) else {
            return Vec::new();
        };
        let listed = self.codes(node, key);
        listed
            .into_iter()
            .filter(|(at, code)| {
                self.must_be(*at, "code", code, choices.iter().map(|c| c.code.as_str()))
            })
            .map(|(_, code)| code)
            .collect()
    }
}

pub(super) fn plain(code: String, label: crate::lang::Text) -> Choice {
    Choice {
        code,
        label,
        value: None,
        missing: None,
        exclusive: false,
        pipe: None,
        text_max: None,
    }
}
