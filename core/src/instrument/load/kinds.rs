//! What each type of question takes as its answer.

use super::{
    fields::{Fields, Reader},
    parts::Shared,
    tree::Node,
};
use crate::instrument::{Choice, ChoiceList, Kind, Matrix, Number, Ranking, Row, Slider};

/// Types of questions, as files name them.
pub(in crate::instrument) const TYPES: [&str; 15] = [
    "single",
    "multiple",
    "year_band",
    "yes_no",
    "scale",
    "matrix",
    "slider",
    "numeric",
    "date",
    "ranking",
    "best_worst",
    "short_text",
    "long_text",
    "statement_vote",
    "statement",
];

/// Fields that each type reads beyond those of every question.
pub(in crate::instrument) fn known_fields(kind: &str) -> &'static [&'static str] {
    match kind {
        "single" | "multiple" | "year_band" => &[
            "options",
            "options_from",
            "extra_options",
            "randomise",
            "keep_last",
            "flip_with",
            "auto_answer_if_single",
            "validation",
        ],
        "yes_no" => &["labels", "extra_options"],
        "scale" => &["from", "to", "ends", "extra_options"],
        "date" => &["validation", "bands", "extra_options"],
        "statement" => &[],
        "matrix" => &["scale", "rows", "pin_rows", "randomise"],
        "slider" => &["scale", "anchors"],
        "numeric" => &["validation", "unit", "bands", "extra_options"],
        "ranking" => &["options", "rank_top", "randomise", "validation"],
        "best_worst" => &[
            "items_from",
            "item_text",
            "design",
            "labels",
            "randomise",
            "validation",
        ],
        "short_text" | "long_text" => &["validation", "placeholder", "release"],
        _ => &["statements", "vote_options", "show_at_most", "randomise"],
    }
}

impl<'t> Reader<'t> {
    pub(super) fn kind(&mut self, kind: &str, f: &Fields<'t>, shared: &Shared<'t>) -> Option<Kind> {
        Some(match kind {
            "multiple" => Kind::Multiple(self.choice_list(f, shared)?),
            "yes_no" => Kind::Single(self.yes_no(f)),
            "scale" => Kind::Single(self.row_of_numbers(f)?),
            "date" => Kind::Number(self.date(f)?),
            "statement" => Kind::Statement,
            "matrix" => Kind::Matrix(self.matrix(f, shared)?),
            "slider" => Kind::Slider(self.slider(f, shared)?),
            "numeric" => Kind::Number(self.numeric(f)?),
            "ranking" => Kind::Ranking(self.ranking(f)?),
            "best_worst" => Kind::BestWorst(self.best_worst(f, shared)?),
            "short_text" => Kind::ShortText(self.free_text(f)?),
            "long_text" => Kind::LongText(self.free_text(f)?),
            "statement_vote" => Kind::Votes(self.votes(f)?),
            _ => Kind::Single(self.choice_list(f, shared)?),
        })
    }

    fn choice_list(&mut self, f: &Fields<'t>, shared: &Shared<'t>) -> Option<ChoiceList> {
        let mut only_chosen_in = None;
        let mut options: Vec<Choice> = match (f.get("options"), f.get("options_from")) {
            (Some(node), None) => self.options(node, "options"),
            (None, Some(node)) => {
                let (options, source) = self.borrowed(node, shared)?;
                only_chosen_in = source;
                options
            }
            (Some(_), Some(node)) => {
                self.error(
                    node.at,
                    "`options` and `options_from` exclude each other; keep one",
                );
                return None;
            }
            (None, None) => {
                self.error(
                    f.at,
                    "a question of this type needs `options` or `options_from`",
                );
                return None;
            }
        };
        if let Some(node) = f.get("extra_options") {
            options.extend(self.options(node, "extra_options"));
            let all: Vec<(&Node, Choice)> = options.iter().map(|o| (node, o.clone())).collect();
            self.distinct(&all);
        }
        let randomise = self.randomised(f, &["options"]);
        let keep_last = self.listed_codes(f, "keep_last", &options);
        let flip_with = f.get("flip_with").and_then(|n| self.flip(n, shared));
        let max_selected = f.get("validation").and_then(|node| {
            let v = self.fields(node, "the validation", &["max_selected"], &[])?;
            v.get("max_selected")
                .and_then(|n| self.whole(n, "`max_selected`"))
        });
        let auto_answer_if_single = self.flag(f, "auto_answer_if_single");
        Some(ChoiceList {
            options,
            randomise,
            keep_last,
            flip_with,
            only_chosen_in,
            auto_answer_if_single,
            max_selected,
            ends: None,
        })
    }

    fn flip(&mut self, node: &'t Node, shared: &Shared<'t>) -> Option<String> {
        let id = self.word(node, "`flip_with`")?;
        let factors = shared.factors.iter().map(|f| f.id.as_str());
        if !self.must_be(node.at, "factor", id, factors) {
            return None;
        }
        let two = shared
            .factors
            .iter()
            .any(|f| f.id == id && f.levels.len() == 2);
        if !two {
            self.error(
                node.at,
                format!("`{id}` needs two levels: as listed, and reversed"),
            );
        }
        Some(id.to_owned())
    }

    /// Options of an earlier question or of a shared list.
    fn borrowed(
        &mut self,
        node: &'t Node,
        shared: &Shared<'t>,
    ) -> Option<(Vec<Choice>, Option<String>)> {
        let known = ["question", "filter", "exclude", "list", "text"];
        let f = self.fields(node, "`options_from`", &known, &[])?;
        if let Some(list) = f.get("list") {
            let name = self.word(list, "`list`")?;
            self.must_be(list.at, "list", name, ["conditions"])
                .then_some(())?;
            let long = self.long_text(&f);
            return Some((self.shared_conditions(list, shared, long)?, None));
        }
        let source = self.required(&f, "question")?;
        let id = self.word(source, "`question`")?;
        let earlier: Vec<&str> = shared.multiples.iter().map(|(id, _)| id.as_str()).collect();
        if !self.must_be(source.at, "earlier multiple-choice question", id, earlier) {
            return None;
        }
        if let Some(filter) = f.get("filter") {
            let word = self.word(filter, "`filter`")?;
            self.must_be(filter.at, "filter", word, ["selected"]);
        }
        let (_, options) = shared.multiples.iter().find(|(known, _)| known == id)?;
        let options = options.clone();
        let excluded = self.listed_codes(&f, "exclude", &options);
        let mut left: Vec<Choice> = options
            .into_iter()
            .filter(|o| !excluded.contains(&o.code))
            .collect();
        for option in &mut left {
            option.exclusive = false;
            option.text_max = None;
        }
        Some((left, Some(id.to_owned())))
    }

    pub(super) fn shared_conditions(
        &mut self,
        at: &'t Node,
        shared: &Shared<'t>,
        long: bool,
    ) -> Option<Vec<Choice>> {
        let Some(node) = shared.conditions else {
            self.error(
                at.at,
                "the file has no `conditions` to take them from; add the list",
            );
            return None;
        };
        Some(self.conditions(node, long))
    }

    pub(super) fn long_text(&mut self, f: &Fields<'t>) -> bool {
        let Some(node) = f.get("text").or_else(|| f.get("item_text")) else {
            return false;
        };
        let Some(word) = self.word(node, "the length of the text") else {
            return false;
        };
        self.must_be(node.at, "length", word, ["short", "long"]) && word == "long"
    }

    pub(super) fn randomised(&mut self, f: &Fields<'t>, parts: &[&str]) -> bool {
        let Some(node) = f.get("randomise") else {
            return false;
        };
        match self.word(node, "`randomise`") {
            Some(word) => self.must_be(node.at, "part to randomise", word, parts.iter().copied()),
            None => false,
        }
    }

    fn matrix(&mut self, f: &Fields<'t>, shared: &Shared<'t>) -> Option<Matrix> {
        let scale = self.required(f, "scale")?;
        let name = self.word(scale, "`scale`")?;
        let scales = shared.point_scales.iter().map(|(id, _)| id.as_str());
        self.must_be(scale.at, "scale of points", name, scales)
            .then_some(())?;
        let (_, points) = shared.point_scales.iter().find(|(id, _)| id == name)?;
        let points = points.clone();
        let rows_node = self.required(f, "rows")?;
        let mut rows = Vec::new();
        let mut seen: Vec<Choice> = Vec::new();
        for node in self.list(rows_node, "rows") {
            if let Some(row) = self.row(node, &points) {
                if seen.iter().any(|s| s.code == row.code) {
                    self.error(
                        node.at,
                        format!("row `{}` stands twice; give each its own code", row.code),
                    );
                }
                seen.push(Choice {
                    code: row.code.clone(),
                    label: row.label.clone(),
                    value: None,
                    missing: None,
                    exclusive: false,
                    pipe: None,
                    text_max: None,
                });
                rows.push(row);
            }
        }
        let randomise = self.randomised(f, &["rows"]);
        if let Some(pins) = f.get("pin_rows") {
            self.pins(pins, &mut rows);
        }
        Some(Matrix {
            rows,
            scale: points,
            randomise,
        })
    }

    fn row(&mut self, node: &'t Node, points: &[Choice]) -> Option<Row> {
        let notes = ["construct", "polarity", "pillar", "reverse", "note"];
        let known = ["code", "zh", "en", "attention_check"];
        let f = self.fields(node, "a row", &known, &notes)?;
        let code = self.required(&f, "code").and_then(|n| self.code(n, "code"));
        let label = self.text_in(&f, "a row", "zh", "en");
        let expected = f.get("attention_check").and_then(|n| {
            let check = self.fields(n, "the attention check", &["expected"], &[])?;
            let expected = self.required(&check, "expected")?;
            let word = self.word(expected, "`expected`")?;
            let codes = points.iter().map(|p| p.code.as_str());
            self.must_be(expected.at, "code", word, codes)
                .then(|| word.to_owned())
        });
        Some(Row {
            code: code?,
            label: label?,
            expected,
            pin: None,
        })
    }

    fn pins(&mut self, node: &'t Node, rows: &mut [Row]) {
        let Some(pins) = self.any_fields(node, "`pin_rows`") else {
            return;
        };
        let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        for entry in pins.entries {
            let codes: Vec<String> = rows.iter().map(|r| r.code.clone()).collect();
            self.must_be(
                entry.at,
                "row",
                &entry.key,
                codes.iter().map(String::as_str),
            );
            let Some(f) = self.fields(&entry.value, "a pin", &["first", "last"], &[]) else {
                continue;
            };
            let first = self
                .required(&f, "first")
                .and_then(|n| self.whole(n, "`first`"));
            let last = self
                .required(&f, "last")
                .and_then(|n| self.whole(n, "`last`"));
            let (Some(first), Some(last)) = (first, last) else {
                continue;
            };
            if first < 1 || last < first || last > count {
                let message = format!("positions run from 1 to {count}, first before last");
                self.error(entry.value.at, message);
                continue;
            }
            if let Some(row) = rows.iter_mut().find(|r| r.code == entry.key) {
                row.pin = Some((first, last));
            }
        }
    }

    fn slider(&mut self, f: &Fields<'t>, shared: &Shared<'t>) -> Option<Slider> {
        let scale = self.required(f, "scale")?;
        let name = self.word(scale, "`scale`")?;
        let scales = shared.line_scales.iter().map(|(id, _)| id.as_str());
        self.must_be(scale.at, "scale for sliders", name, scales)
            .then_some(())?;
        let (_, line) = shared.line_scales.iter().find(|(id, _)| id == name)?;
        let mut slider = line.clone();
        let node = self.required(f, "anchors")?;
        let anchors = self.fields(node, "the anchors", &["min", "max"], &[])?;
        let low = self.required_text(&anchors, "min");
        let high = self.required_text(&anchors, "max");
        (slider.low, slider.high) = (low?, high?);
        Some(slider)
    }

    fn numeric(&mut self, f: &Fields<'t>) -> Option<Number> {
        let node = self.required(f, "validation")?;
        let known = ["integer", "min", "max", "soft_max", "soft_message"];
        let v = self.fields(node, "the validation", &known, &[])?;
        let min = self.required_number(&v, "min");
        let max = self.required_number(&v, "max");
        let bands = match f.get("bands") {
            None => Vec::new(),
            Some(node) => {
                let items = self.list(node, "bands");
                items
                    .iter()
                    .filter_map(|n| self.number(n, "a band"))
                    .collect()
            }
        };
        if let Some(node) = f.get("bands")
            && !bands.is_sorted_by(|a: &f64, b: &f64| a < b)
        {
            self.error(node.at, "bands are lower bounds and must rise");
        }
        let number = Number {
            min: min?,
            max: max?,
            integer: self.flag(&v, "integer"),
            soft_max: self.optional_number(&v, "soft_max"),
            soft_message: self.optional_text(&v, "soft_message"),
            unit: self.optional_text(f, "unit"),
            bands,
            date: false,
            missing: self.missing_options(f),
        };
        if number.max <= number.min {
            self.error(v.at, "`max` must be above `min`");
        }
        if number.soft_max.is_some() != number.soft_message.is_some() {
            self.error(
                v.at,
                "`soft_max` and `soft_message` go together; add the other or remove both",
            );
        }
        Some(number)
    }

    fn ranking(&mut self, f: &Fields<'t>) -> Option<Ranking> {
        let options = self
            .required(f, "options")
            .map(|n| self.options(n, "options"))?;
        let node = self.required(f, "rank_top")?;
        let places = self.whole(node, "`rank_top`")?;
        if places < 1 || usize::try_from(places).is_ok_and(|p| p > options.len()) {
            self.error(
                node.at,
                format!("there are {} options to rank", options.len()),
            );
        }
        if let Some(validation) = f.get("validation") {
            let notes = ["min_ranked", "no_ties"];
            if let Some(v) = self.fields(validation, "the validation", &["max_ranked"], &notes)
                && let Some(max) = v.get("max_ranked")
                && self.whole(max, "`max_ranked`").is_some_and(|n| n != places)
            {
                self.error(
                    max.at,
                    format!("`max_ranked` differs from `rank_top`, {places}"),
                );
            }
        }
        Some(Ranking {
            options,
            randomise: self.randomised(f, &["options"]),
            places,
        })
    }
}
