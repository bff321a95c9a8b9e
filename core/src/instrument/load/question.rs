//! One question.

use std::collections::BTreeSet;

use super::{
    fields::{Fields, Owner, Reader},
    kinds::{TYPES, known_fields},
    parts::Shared,
    tree::{Data, Node},
};
use crate::instrument::{Kind, OrderGroup, QuasiIdentifier, Question};

pub(in crate::instrument) const FIELDS: [&str; 15] = [
    "checks",
    "id",
    "type",
    "title",
    "stem",
    "help",
    "required",
    "show_if",
    "default_if_skipped",
    "order_group",
    "own_screen",
    "flags",
    "est_seconds",
    "sensitive",
    "generalisation",
];

/// Notes for people: what a question measures and where it comes from.
pub(in crate::instrument) const NOTES: [&str; 16] = [
    "construct",
    "sources",
    "wording",
    "item_form",
    "polarity",
    "tier",
    "mobile",
    "ui",
    "routing",
    "pipe_target",
    "vignette",
    "placed_before",
    "show_more",
    "min_votes_for_map",
    "render",
    "note",
];

const FLAGS: [&str; 3] = ["quasi_identifier", "generalisation", "sensitive"];
const FLAG_NOTES: [&str; 5] = [
    "free_text",
    "release",
    "outlier_control",
    "linkage",
    "identifying",
];

/// A question whose condition waits until all names are known.
pub(super) struct Read<'t> {
    pub(super) question: Question,
    pub(super) condition: Option<&'t Node>,
    pub(super) checks: Option<&'t Node>,
    pub(super) node: &'t Node,
}

impl<'t> Reader<'t> {
    pub(super) fn question(
        &mut self,
        node: &'t Node,
        owner: Owner,
        shared: &Shared<'t>,
    ) -> Option<Read<'t>> {
        self.owner = owner;
        let any = self.any_fields(node, "a question")?;
        let kind_node = self.required(&any, "type")?;
        let kind = self.word(kind_node, "`type`")?;
        self.must_be(kind_node.at, "type of question", kind, TYPES)
            .then_some(())?;
        let known: Vec<&str> = FIELDS.iter().chain(known_fields(kind)).copied().collect();
        let f = self.fields(node, "a question of this type", &known, &NOTES)?;

        let id = self
            .required(&f, "id")
            .and_then(|n| self.id(n, "question id"));
        let title = self.required_text(&f, "title");
        let body = self.kind(kind, &f, shared);
        let est_seconds = self.required_number(&f, "est_seconds");
        if let Some(node) = f.get("est_seconds")
            && est_seconds.is_some_and(|seconds| seconds <= 0.0)
        {
            self.error(
                node.at,
                "`est_seconds` must be above 0; it takes time to read",
            );
        }
        let order_group = f
            .get("order_group")
            .and_then(|n| self.order_group(n, shared));
        let (stem, help) = (
            self.optional_text(&f, "stem"),
            self.optional_text(&f, "help"),
        );
        let (required, soft_required) = self.requirement(&f);
        let own_screen = self.flag(&f, "own_screen");
        let default_node = f.get("default_if_skipped");
        let default = default_node.and_then(|n| self.code(n, "default"));
        let (id, title, kind, est_seconds) = (id?, title?, body?, est_seconds?);
        let mut question = Question {
            id,
            kind,
            stem,
            title,
            help,
            required,
            soft_required,
            own_screen,
            show_if: None,
            checks: Vec::new(),
            default_if_skipped: default,
            order_group,
            quasi_identifier: None,
            sensitive: false,
            est_seconds,
        };
        if let (Some(node), Some(code)) = (default_node, &question.default_if_skipped) {
            let codes = question
                .choices()
                .iter()
                .map(|c| c.code.clone())
                .collect::<Vec<_>>();
            self.must_be(node.at, "code", code, codes.iter().map(String::as_str));
        }
        if let Some(flags) = f.get("flags") {
            self.flags(flags, &mut question);
        }
        Some(Read {
            question,
            condition: f.get("show_if"),
            checks: f.get("checks"),
            node,
        })
    }

    /// `required: true`, `false` or `soft`.
    fn requirement(&mut self, f: &Fields<'t>) -> (bool, bool) {
        match f.get("required").map(|node| &node.data) {
            Some(Data::Scalar { text, .. }) if text == "soft" => (false, true),
            Some(Data::Scalar {
                text,
                quoted: false,
            }) if text == "true" => (true, false),
            Some(Data::Scalar {
                text,
                quoted: false,
            }) if text == "false" => (false, false),
            None => (false, false),
            Some(_) => {
                if let Some(node) = f.get("required") {
                    self.error(node.at, "`required` must be true, false or soft");
                }
                (false, false)
            }
        }
    }

    fn flags(&mut self, node: &'t Node, question: &mut Question) {
        let Some(f) = self.fields(node, "the flags", &FLAGS, &FLAG_NOTES) else {
            return;
        };
        if let Some(sensitive) = f.get("sensitive")
            && let Some(word) = self.word(sensitive, "`sensitive`")
        {
            question.sensitive = self.must_be(sensitive.at, "sensitivity", word, ["workplace"]);
        }
        if self.flag(&f, "quasi_identifier") {
            question.quasi_identifier = self.ladder(&f, question);
        }
    }

    /// Levels from fine to coarse; each must cover every code once and only merge groups of the
    /// level before.
    fn ladder(&mut self, flags: &Fields<'t>, question: &Question) -> Option<QuasiIdentifier> {
        let node = self.required(flags, "generalisation")?;
        let f = self.any_fields(node, "the generalisation")?;
        if !matches!(question.kind, Kind::Single(_)) {
            self.error(
                node.at,
                "only single-choice questions can be quasi-identifiers",
            );
            return None;
        }
        let codes: Vec<String> = question.choices().iter().map(|c| c.code.clone()).collect();
        let mut ladder: Vec<Vec<(String, Vec<String>)>> = Vec::new();
        let mut labels = Vec::new();
        let mut labelled_at = node.at;
        for entry in f.entries {
            match (&entry.value.data, entry.key.as_str()) {
                (Data::Mapping(groups), "group_labels") => {
                    labelled_at = entry.at;
                    for group in groups {
                        let label = self.text(&group.value, "a group's label");
                        labels.extend(label.map(|text| (group.key.clone(), text)));
                    }
                }
                (Data::Scalar { text, .. }, _) if text == "*" => {}
                (Data::Mapping(groups), _) => {
                    let mut level = Vec::new();
                    for group in groups {
                        let members = self.codes(&group.value, "a group");
                        for (at, code) in &members {
                            self.must_be(*at, "code", code, codes.iter().map(String::as_str));
                        }
                        let members = members.into_iter().map(|(_, code)| code).collect();
                        level.push((group.key.clone(), members));
                    }
                    self.covers(&entry.value, &level, &codes, ladder.last());
                    ladder.push(level);
                }
                _ => self.error(entry.at, "a level is a mapping of groups, or \"*\""),
            }
        }
        self.one_meaning(node, &ladder);
        for (group, _) in ladder.iter().flatten() {
            if labels.iter().all(|(key, _)| key != group) {
                self.error(
                    labelled_at,
                    format!("group `{group}` has no label; add it to `group_labels`"),
                );
            }
        }
        Some(QuasiIdentifier { ladder, labels })
    }

    /// A published group has to mean the same whatever the level it is published at.
    fn one_meaning(&mut self, node: &Node, ladder: &[Vec<(String, Vec<String>)>]) {
        let groups: Vec<&(String, Vec<String>)> = ladder.iter().flatten().collect();
        for (place, (group, members)) in groups.iter().enumerate() {
            let sorted = |codes: &[String]| -> BTreeSet<String> { codes.iter().cloned().collect() };
            let differs = groups
                .iter()
                .take(place)
                .any(|(other, codes)| other == group && sorted(codes) != sorted(members));
            if differs {
                self.error(
                    node.at,
                    format!("group `{group}` has other codes on another level; rename one"),
                );
            }
        }
    }

    fn covers(
        &mut self,
        node: &Node,
        level: &[(String, Vec<String>)],
        codes: &[String],
        finer: Option<&Vec<(String, Vec<String>)>>,
    ) {
        for code in codes {
            let times = level
                .iter()
                .flat_map(|(_, m)| m)
                .filter(|m| *m == code)
                .count();
            if times != 1 {
                self.error(
                    node.at,
                    format!(
                        "code `{code}` is in {times} groups of this level; put it in exactly one"
                    ),
                );
            }
        }
        for (group, members) in finer.into_iter().flatten() {
            let split = level
                .iter()
                .filter(|(_, m)| members.iter().any(|c| m.contains(c)))
                .count();
            if split > 1 {
                self.error(
                    node.at,
                    format!(
                        "this level splits group `{group}` of the level before; only merge groups"
                    ),
                );
            }
        }
    }

    fn order_group(&mut self, node: &'t Node, shared: &Shared<'t>) -> Option<OrderGroup> {
        let f = self.fields(
            node,
            "the order group",
            &["id", "factor", "position_if"],
            &[],
        )?;
        let id = self
            .required(&f, "id")
            .and_then(|n| self.code(n, "group id"));
        let factor_node = self.required(&f, "factor")?;
        let factor = self.word(factor_node, "`factor`")?;
        let factors = shared.factors.iter().map(|f| f.id.as_str());
        self.must_be(factor_node.at, "factor", factor, factors)
            .then_some(())?;
        let level_node = self.required(&f, "position_if")?;
        let level = self.word(level_node, "`position_if`")?;
        let levels = &shared.factors.iter().find(|f| f.id == factor)?.levels;
        self.must_be(
            level_node.at,
            "level",
            level,
            levels.iter().map(String::as_str),
        );
        Some(OrderGroup {
            id: id?,
            factor: factor.to_owned(),
            declared_if: level.to_owned(),
        })
    }
}
