//! Best-worst designs, free text and votes.

use super::{
    fields::{Fields, Reader},
    parts::Shared,
    plain::inside,
    tree::{Data, Node},
};
use crate::{
    instrument::{BestWorst, Choice, FreeText, TextPattern, TextRelease, Votes},
    response::Pattern,
};

impl<'t> Reader<'t> {
    pub(super) fn best_worst(&mut self, f: &Fields<'t>, shared: &Shared<'t>) -> Option<BestWorst> {
        let source = self.required(f, "items_from")?;
        let name = self.word(source, "`items_from`")?;
        self.must_be(source.at, "list", name, ["conditions"])
            .then_some(())?;
        let long = self.long_text(f);
        let items = self.shared_conditions(source, shared, long)?;
        if let Some(node) = f.get("randomise") {
            for part in self.codes(node, "`randomise`") {
                self.must_be(part.0, "part to randomise", &part.1, ["tasks", "items"]);
            }
        }
        let labels_node = self.required(f, "labels")?;
        let labels = self.fields(labels_node, "the labels", &["best", "worst"], &[])?;
        let best = self.required_text(&labels, "best");
        let worst = self.required_text(&labels, "worst");
        let design_node = self.required(f, "design")?;
        let notes = ["name", "assignment", "option_two_classes"];
        let known = ["factor", "tasks_per_respondent", "classes"];
        let design = self.fields(design_node, "the design", &known, &notes)?;
        let factor_node = self.required(&design, "factor")?;
        let factor = self.word(factor_node, "`factor`")?;
        let factors = shared.factors.iter().map(|f| f.id.as_str());
        self.must_be(factor_node.at, "factor", factor, factors)
            .then_some(())?;
        let levels = shared
            .factors
            .iter()
            .find(|f| f.id == factor)?
            .levels
            .clone();
        let tasks = self.required(&design, "tasks_per_respondent")?;
        let tasks = self.whole(tasks, "`tasks_per_respondent`")?;
        let classes_node = self.required(&design, "classes")?;
        let classes = self.classes(classes_node, &items, &levels, tasks)?;
        Some(BestWorst {
            items,
            best: best?,
            worst: worst?,
            factor: factor.to_owned(),
            classes,
        })
    }

    fn classes(
        &mut self,
        node: &'t Node,
        items: &[Choice],
        levels: &[String],
        tasks: u32,
    ) -> Option<Vec<(String, Vec<Vec<String>>)>> {
        let fields = self.any_fields(node, "the classes")?;
        let mut classes: Vec<(String, Vec<Vec<String>>)> = Vec::new();
        for entry in fields.entries {
            self.must_be(
                entry.at,
                "level",
                &entry.key,
                levels.iter().map(String::as_str),
            );
            let mut sets = Vec::new();
            for set in self.list(&entry.value, "a class") {
                let codes = self.codes(set, "a set");
                for (at, code) in &codes {
                    self.must_be(*at, "item", code, items.iter().map(|i| i.code.as_str()));
                }
                sets.push(codes.into_iter().map(|(_, code)| code).collect());
            }
            if u32::try_from(sets.len()) != Ok(tasks) {
                let message = format!(
                    "has {} sets, `tasks_per_respondent` says {tasks}",
                    sets.len()
                );
                self.error(entry.at, format!("class `{}` {message}", entry.key));
            }
            classes.push((entry.key.clone(), sets));
        }
        for level in levels
            .iter()
            .filter(|l| classes.iter().all(|(c, _)| c != *l))
        {
            self.error(
                node.at,
                format!("there is no class for level `{level}`; add it"),
            );
        }
        Some(classes)
    }

    pub(super) fn free_text(&mut self, f: &Fields<'t>) -> Option<FreeText> {
        let node = self.required(f, "validation")?;
        let known = ["max_chars", "min_chars", "pattern", "message"];
        let v = self.fields(node, "the validation", &known, &[])?;
        let max = self.required(&v, "max_chars")?;
        let max_chars = self.whole(max, "`max_chars`")?;
        let min_chars = v
            .get("min_chars")
            .and_then(|n| self.whole(n, "`min_chars`"));
        if let Some(node) = v.get("min_chars")
            && min_chars.is_some_and(|min| min > max_chars)
        {
            self.error(node.at, "`min_chars` is above `max_chars`");
        }
        let pattern = v.get("pattern").and_then(|n| self.pattern(n, &v));
        let release = self.required(f, "release").and_then(|n| self.release(n));
        let placeholder = self.optional_text(f, "placeholder");
        Some(FreeText {
            max_chars,
            min_chars: min_chars.filter(|min| *min > 0),
            pattern,
            placeholder,
            release: release?,
        })
    }

    fn pattern(&mut self, node: &'t Node, validation: &Fields<'t>) -> Option<TextPattern> {
        let source = self.word(node, "`pattern`")?;
        if let Err(error) = Pattern::new(source) {
            self.error(
                inside(node, error.offset),
                format!("in the pattern: {error}"),
            );
        }
        let message = self.required_text(validation, "message");
        Some(TextPattern {
            source: source.to_owned(),
            message: message?,
        })
    }

    fn release(&mut self, node: &'t Node) -> Option<TextRelease> {
        if let Data::Scalar { text, .. } = &node.data {
            self.must_be(node.at, "way of release", text, ["never", "after_review"])
                .then_some(())?;
            return Some(match text.as_str() {
                "after_review" => TextRelease::AfterReview,
                _ => TextRelease::Never,
            });
        }
        let f = self.fields(node, "the release", &["asked", "show", "delete"], &[])?;
        let mut part = |key| self.required(&f, key).and_then(|n| self.code(n, key));
        let (question, show, delete) = (part("asked"), part("show"), part("delete"));
        Some(TextRelease::Asked {
            question: question?,
            show: show?,
            delete: delete?,
        })
    }

    pub(super) fn votes(&mut self, f: &Fields<'t>) -> Option<Votes> {
        self.randomised(f, &["statements"]);
        let statements = self.required(f, "statements").map(|n| self.statements(n));
        let ballot = self
            .required(f, "vote_options")
            .map(|n| self.options(n, "vote_options"));
        let shown = self.required(f, "show_at_most")?;
        let show_at_most = self.whole(shown, "`show_at_most`")?;
        Some(Votes {
            statements: statements?,
            ballot: ballot?,
            show_at_most,
        })
    }
}
