//! Parts that questions share: scales, conditions, factors; and what stands beside the questions.

use super::{
    fields::{Fields, Reader},
    symbols::Symbols,
    tree::{Data, Node, Position},
};
use crate::{
    instrument::{Choice, Derived, Factor, Hypothesis, MissingCode, Slider},
    lang::{Lang, Text},
};

/// Languages that a file may declare.
pub(in crate::instrument) const LANGUAGES: [&str; 2] = ["zh-Hans", "en"];

/// What is declared outside questions and used by them.
#[derive(Default)]
pub(super) struct Shared<'t> {
    pub(super) factors: Vec<Factor>,
    /// Levels that the owner may set for everyone, beside those drawn.
    pub(super) may_fix: Vec<(String, Vec<String>)>,
    pub(super) point_scales: Vec<(String, Vec<Choice>)>,
    pub(super) line_scales: Vec<(String, Slider)>,
    pub(super) conditions: Option<&'t Node>,
    /// Multiple-choice questions read so far.
    pub(super) multiples: Vec<(String, Vec<Choice>)>,
}

impl<'t> Reader<'t> {
    pub(super) fn languages(&mut self, fields: &Fields<'t>) {
        let Some(node) = self.required(fields, "languages") else {
            return;
        };
        let mut languages = Vec::new();
        for item in self.list(node, "languages") {
            let Some(tag) = self.word(item, "a language") else {
                continue;
            };
            match tag.parse::<Lang>() {
                Ok(lang) if languages.contains(&lang) => {
                    self.error(
                        item.at,
                        format!("language `{tag}` stands twice; remove one"),
                    );
                }
                Ok(lang) => languages.push(lang),
                Err(_) => {
                    self.must_be(item.at, "language", tag, LANGUAGES);
                }
            }
        }
        if languages.is_empty() {
            self.error(node.at, "an instrument has at least one language");
        } else {
            self.languages = languages;
        }
    }

    pub(super) fn missing_codes(&mut self, node: &'t Node) -> Vec<MissingCode> {
        let Some(fields) = self.any_fields(node, "the missing codes") else {
            return Vec::new();
        };
        let mut codes = Vec::new();
        for entry in fields.entries {
            // `skipped` and `not_shown` are states of the system, described for people.
            if let Data::Sequence(_) = entry.value.data {
                self.error(entry.value.at, "a missing code is a text, not a list");
            }
            if let Data::Mapping(_) = entry.value.data {
                self.must_be(
                    entry.at,
                    "missing code",
                    &entry.key,
                    super::choices::MISSING,
                );
                let label = self.text(&entry.value, "a missing code");
                codes.extend(label.map(|label| MissingCode {
                    code: entry.key.clone(),
                    label,
                }));
            }
        }
        codes
    }

    pub(super) fn scales(&mut self, node: &'t Node, shared: &mut Shared<'t>) {
        let Some(fields) = self.any_fields(node, "the scales") else {
            return;
        };
        let notes = [
            "kind",
            "labelled",
            "display",
            "start",
            "ticks",
            "accessible_alternative",
        ];
        for entry in fields.entries {
            let known = ["points", "extra", "min", "max", "step"];
            let Some(f) = self.fields(&entry.value, "a scale", &known, &notes) else {
                continue;
            };
            let extra = f
                .get("extra")
                .map(|n| self.options(n, "extra"))
                .unwrap_or_default();
            if let Some(points) = f.get("points") {
                let mut scale = self.options(points, "points");
                scale.extend(extra);
                shared.point_scales.push((entry.key.clone(), scale));
                continue;
            }
            let min = self.required_number(&f, "min");
            let max = self.required_number(&f, "max");
            let step = self.required_number(&f, "step");
            let (Some(min), Some(max), Some(step)) = (min, max, step) else {
                continue;
            };
            if max <= min || step <= 0.0 {
                self.error(f.at, "a scale runs from `min` up to `max` in steps above 0");
            }
            let (low, high) = (Text::default(), Text::default());
            let slider = Slider {
                min,
                max,
                step,
                low,
                high,
                missing: extra,
            };
            shared.line_scales.push((entry.key.clone(), slider));
        }
    }

    pub(super) fn factors(&mut self, node: &'t Node, shared: &mut Shared<'t>) {
        let Some(f) = self.fields(node, "the experiments", &["factors"], &["allocation"]) else {
            return;
        };
        let Some(list) = self.required(&f, "factors") else {
            return;
        };
        for item in self.list(list, "factors") {
            let known = ["id", "levels", "texts", "fixed", "may_fix"];
            let notes = ["used_in", "note", "override_note"];
            let Some(f) = self.fields(item, "a factor", &known, &notes) else {
                continue;
            };
            if let Some(factor) = self.factor(&f, shared) {
                shared.factors.push(factor);
            }
        }
    }

    fn factor(&mut self, f: &Fields<'t>, shared: &mut Shared<'t>) -> Option<Factor> {
        let id = self.required(f, "id").and_then(|n| self.id(n, "factor id"));
        let levels_node = self.required(f, "levels")?;
        let levels: Vec<String> = self
            .codes(levels_node, "a level")
            .into_iter()
            .map(|(_, level)| level)
            .collect();
        if levels.is_empty() {
            self.error(levels_node.at, "a factor needs at least one level");
        }
        let mut texts = Vec::new();
        if let Some(node) = f.get("texts")
            && let Some(by_level) = self.any_fields(node, "the texts of a factor")
        {
            for entry in by_level.entries {
                self.must_be(
                    entry.at,
                    "level",
                    &entry.key,
                    levels.iter().map(String::as_str),
                );
            }
            for level in &levels {
                match by_level.get(level) {
                    Some(text) => texts.extend(self.text(text, "the text of a level")),
                    None => self.error(node.at, format!("level `{level}` has no text; add it")),
                }
            }
        }
        let may_fix: Vec<String> = f
            .get("may_fix")
            .map(|n| {
                self.codes(n, "a level")
                    .into_iter()
                    .map(|(_, level)| level)
                    .collect()
            })
            .unwrap_or_default();
        let fixed = f.get("fixed").and_then(|n| {
            let level = self.code(n, "a level")?;
            let valid: Vec<&str> = levels.iter().chain(&may_fix).map(String::as_str).collect();
            self.must_be(n.at, "level", &level, valid).then_some(level)
        });
        let id = id?;
        shared.may_fix.push((id.clone(), may_fix));
        Some(Factor {
            id,
            levels,
            texts,
            fixed,
        })
    }

    pub(super) fn hypotheses(
        &mut self,
        node: &'t Node,
        symbols: &Symbols<'_>,
        derived: &[Derived],
    ) -> Vec<Hypothesis> {
        let Some(f) = self.fields(node, "the hypotheses", &["items"], &["rule"]) else {
            return Vec::new();
        };
        let Some(list) = self.required(&f, "items") else {
            return Vec::new();
        };
        let mut items = Vec::new();
        for node in self.list(list, "hypotheses") {
            let known = ["id", "zh", "en", "metric", "test", "measure"];
            let Some(f) = self.fields(node, "a hypothesis", &known, &["essay_part", "prior"])
            else {
                continue;
            };
            let claim = self.text_in(&f, "a hypothesis", "zh", "en");
            let mut word = |key| {
                let node = self.required(&f, key)?;
                Some(self.word(node, key)?.to_owned())
            };
            let (id, metric, test) = (word("id"), word("metric"), word("test"));
            let measure = f
                .get("measure")
                .and_then(|n| self.measure(n, symbols, derived));
            if let (Some(id), Some(claim), Some(metric), Some(test)) = (id, claim, metric, test) {
                items.push(Hypothesis {
                    id,
                    claim,
                    metric,
                    test,
                    measure,
                });
            }
        }
        items
    }

    /// Reports ids that stand twice.
    pub(super) fn unique(&mut self, what: &str, ids: &[(Position, String)]) {
        let mut ids: Vec<&(Position, String)> = ids.iter().collect();
        ids.sort_by_key(|(at, _)| (at.line, at.column));
        for (i, (at, id)) in ids.iter().enumerate() {
            if let Some((first, _)) = ids.iter().take(i).find(|(_, other)| other == id) {
                let line = first.line;
                self.error(
                    *at,
                    format!("{what} `{id}` is already taken on line {line}; choose another"),
                );
            }
        }
    }
}
