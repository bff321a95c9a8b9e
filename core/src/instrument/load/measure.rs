//! What decides a hypothesis, in a form that can be computed.

use super::{
    fields::{Fields, Reader},
    symbols::Symbols,
    tree::Node,
};
use crate::instrument::{Derived, Kind, Measure, Question};

/// The names that a measure may use.
struct Names<'n> {
    symbols: &'n Symbols<'n>,
    derived: &'n [Derived],
}

const SCALE: &str = "scale or index";

impl Names<'_> {
    /// What is a number for each person: indices, sliders, and single choices with values.
    fn scales(&self) -> Vec<String> {
        let scale = |q: &&Question| match &q.kind {
            Kind::Slider(_) => true,
            Kind::Single(list) => list.options.iter().any(|option| option.value.is_some()),
            _ => false,
        };
        let questions = self.symbols.questions.iter().copied().filter(scale);
        let indices = self.derived.iter().filter(|d| d.expr.is_some());
        questions
            .map(|q| q.id.clone())
            .chain(indices.map(|d| d.id.clone()))
            .collect()
    }
}

impl<'t> Reader<'t> {
    pub(super) fn measure(
        &mut self,
        node: &'t Node,
        symbols: &Symbols<'_>,
        derived: &[Derived],
    ) -> Option<Measure> {
        let known = [
            "share",
            "mean",
            "above",
            "table",
            "by",
            "group",
            "within",
            "factor",
            "from",
            "to",
            "first",
            "second",
            "trend",
            "order",
            "together",
            "correlation",
            "slopes",
            "on",
        ];
        let f = self.fields(node, "a measure", &known, &[])?;
        let names = Names { symbols, derived };
        if f.get("share").is_some() {
            let index = self.index_named(&f, "share", &names);
            let above = self.required_number(&f, "above");
            Some(Measure::Share {
                index: index?,
                above: above?,
            })
        } else if f.get("mean").is_some() {
            let index = self.index_named(&f, "mean", &names);
            let above = self.required_number(&f, "above");
            Some(Measure::Mean {
                index: index?,
                above: above?,
            })
        } else if f.get("table").is_some() {
            self.groups(&f, &names)
        } else if f.get("trend").is_some() {
            let index = self.index_named(&f, "trend", &names);
            let factor = self.factor_named(&f, &names);
            Some(Measure::Trend {
                index: index?,
                factor: factor?,
            })
        } else if f.get("first").is_some() {
            self.arms(&f, &names)
        } else if f.get("order").is_some() {
            let question = self.question_named(&f, "order", &names, |q| {
                matches!(q.kind, Kind::BestWorst(_))
            })?;
            Some(Measure::Order { question })
        } else if f.get("correlation").is_some() {
            let [first, second] = self.pair(&f, "correlation", &names)?;
            Some(Measure::Correlation { first, second })
        } else if f.get("slopes").is_some() {
            let pair = self.pair(&f, "slopes", &names);
            let on = self.scale_named(&f, "on", &names);
            let [first, second] = pair?;
            Some(Measure::Slopes {
                first,
                second,
                on: on?,
            })
        } else {
            let node = self.required(&f, "together")?;
            let valid = || {
                let questions = names.symbols.questions.iter().map(|q| q.id.as_str());
                questions.chain(names.derived.iter().map(|d| d.id.as_str()))
            };
            let valid: Vec<&str> = valid().collect();
            let of: Vec<String> = self
                .codes(node, "what has to stand side by side")
                .into_iter()
                .filter(|(at, id)| {
                    self.must_be(*at, "question or index", id, valid.iter().copied())
                })
                .map(|(_, id)| id)
                .collect();
            Some(Measure::Together { of })
        }
    }

    fn pair(&mut self, f: &Fields<'t>, key: &str, names: &Names<'_>) -> Option<[String; 2]> {
        let node = self.required(f, key)?;
        let scales = names.scales();
        let pair: Vec<String> = self
            .codes(node, "what is compared")
            .into_iter()
            .filter(|(at, id)| self.must_be(*at, SCALE, id, scales.iter().map(String::as_str)))
            .map(|(_, id)| id)
            .collect();
        let pair = <[String; 2]>::try_from(pair);
        if pair.is_err() {
            self.error(node.at, format!("`{key}` takes two scales or indices"));
        }
        pair.ok()
    }

    fn scale_named(&mut self, f: &Fields<'t>, key: &str, names: &Names<'_>) -> Option<String> {
        let node = self.required(f, key)?;
        let id = self.word(node, key)?;
        let scales = names.scales();
        self.must_be(node.at, SCALE, id, scales.iter().map(String::as_str))
            .then(|| id.to_owned())
    }

    fn groups(&mut self, f: &Fields<'t>, names: &Names<'_>) -> Option<Measure> {
        let table = self.required(f, "table")?;
        let table_at = table.at;
        let table = self.word(table, "`table`")?;
        let (question, row) = table
            .split_once("__")
            .map_or((table, None), |(q, row)| (q, Some(row)));
        let asked = names.symbols.question(question).map(|(_, q)| q);
        let fits = asked.is_some_and(|q| match (&q.kind, row) {
            (Kind::Matrix(m), Some(row)) => m.rows.iter().any(|r| r.code == row),
            (Kind::Single(_), None) => true,
            _ => false,
        });
        if !fits {
            self.error(
                table_at,
                format!("`{table}` is no row of a matrix and no single choice"),
            );
        }
        let by = self.question_named(f, "by", names, |q| q.quasi_identifier.is_some());
        let group = self.required(f, "group");
        let group_at = group.map(|n| n.at);
        let group = group.and_then(|n| self.word(n, "`group`"));
        let (above, within) = (
            self.required_number(f, "above"),
            self.required_number(f, "within"),
        );
        let (by, group) = (by?, group?);
        let ladder = names
            .symbols
            .question(&by)
            .and_then(|(_, q)| q.quasi_identifier.as_ref())?;
        let groups: Vec<&str> = ladder
            .ladder
            .iter()
            .flatten()
            .map(|(code, _)| code.as_str())
            .collect();
        self.must_be(group_at?, "group of the ladder", group, groups)
            .then_some(())?;
        fits.then(|| Measure::Groups {
            table: table.to_owned(),
            by,
            group: group.to_owned(),
            above: above.unwrap_or_default(),
            within: within.unwrap_or_default(),
        })
    }

    fn arms(&mut self, f: &Fields<'t>, names: &Names<'_>) -> Option<Measure> {
        let slider = |q: &Question| matches!(q.kind, Kind::Slider(_));
        let first = self.question_named(f, "first", names, slider);
        let second = self.question_named(f, "second", names, slider);
        let factor = self.factor_named(f, names)?;
        let levels = names.symbols.factor(&factor)?.levels.clone();
        let mut level = |key| {
            let node = self.required(f, key)?;
            let word = self.word(node, key)?;
            self.must_be(node.at, "level", word, levels.iter().map(String::as_str))
                .then(|| word.to_owned())
        };
        let (from, to) = (level("from"), level("to"));
        Some(Measure::Arms {
            factor,
            from: from?,
            to: to?,
            first: first?,
            second: second?,
        })
    }

    fn index_named(&mut self, f: &Fields<'t>, key: &str, names: &Names<'_>) -> Option<String> {
        let node = self.required(f, key)?;
        let id = self.word(node, key)?;
        let valid: Vec<&str> = names
            .derived
            .iter()
            .filter(|d| d.expr.is_some())
            .map(|d| d.id.as_str())
            .collect();
        self.must_be(node.at, "index", id, valid)
            .then(|| id.to_owned())
    }

    fn factor_named(&mut self, f: &Fields<'t>, names: &Names<'_>) -> Option<String> {
        let node = self.required(f, "factor")?;
        let id = self.word(node, "`factor`")?;
        let valid: Vec<&str> = names
            .symbols
            .factors
            .iter()
            .map(|factor| factor.id.as_str())
            .collect();
        self.must_be(node.at, "factor", id, valid)
            .then(|| id.to_owned())
    }

    fn question_named(
        &mut self,
        f: &Fields<'t>,
        key: &str,
        names: &Names<'_>,
        fits: impl Fn(&Question) -> bool,
    ) -> Option<String> {
        let node = self.required(f, key)?;
        let id = self.word(node, key)?;
        let valid: Vec<&str> = names
            .symbols
            .questions
            .iter()
            .filter(|q| fits(q))
            .map(|q| q.id.as_str())
            .collect();
        self.must_be(node.at, "question for this measure", id, valid)
            .then(|| id.to_owned())
    }
}
