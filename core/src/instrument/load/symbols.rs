//! The names that conditions, formulas and pipes may use.

use std::collections::{BTreeMap, BTreeSet};

use crate::instrument::{Choice, Factor, Kind, Question};

/// What a name stands for in an expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Type {
    /// True or false.
    Bool,
    /// A number.
    Number,
    /// A day.
    Date,
    /// One code of these; the flag says whether the codes have values on a scale.
    Code(Vec<String>, bool),
    /// Any number of these codes.
    Codes(Vec<String>),
    /// A matrix or another answer with parts: only `answered` understands it.
    Parts,
    /// Text made from cases: only pipes understand it.
    Text,
}

/// A declared computed value or index.
#[derive(Clone, Debug)]
pub(super) struct Formula {
    pub(super) id: String,
    pub(super) kind: Type,
    /// Places of the questions that it depends on.
    pub(super) needs: BTreeSet<usize>,
    /// Parts of it, with those of the values that it names.
    pub(super) parts: usize,
}

/// Everything declared.
#[derive(Default)]
pub(super) struct Symbols<'i> {
    pub(super) questions: Vec<&'i Question>,
    pub(super) factors: &'i [Factor],
    pub(super) may_fix: Vec<(String, Vec<String>)>,
    pub(super) computed: Vec<Formula>,
    /// What is said of a computed value that cannot be used here; nothing where its own fault was
    /// told already.
    pub(super) withheld: BTreeMap<String, String>,
    /// What is said of computed texts that insert each other.
    pub(super) circles: BTreeMap<(String, String), String>,
    pub(super) derived: Vec<Formula>,
}

impl<'i> Symbols<'i> {
    pub(super) fn question(&self, id: &str) -> Option<(usize, &'i Question)> {
        self.questions
            .iter()
            .enumerate()
            .find(|(_, q)| q.id == id)
            .map(|(at, q)| (at, *q))
    }

    pub(super) fn factor(&self, id: &str) -> Option<&'i Factor> {
        self.factors.iter().find(|f| f.id == id)
    }

    /// Levels that a factor can come to have, drawn or fixed.
    pub(super) fn levels(&self, factor: &Factor) -> Vec<String> {
        let fixable = self
            .may_fix
            .iter()
            .filter(|(id, _)| *id == factor.id)
            .flat_map(|(_, l)| l);
        factor
            .levels
            .iter()
            .chain(&factor.fixed)
            .chain(fixable)
            .cloned()
            .collect()
    }

    /// Every name, for suggestions.
    pub(super) fn names(&self) -> Vec<String> {
        let questions = self.questions.iter().flat_map(|q| {
            let rows: &[_] = match &q.kind {
                Kind::Matrix(matrix) => &matrix.rows,
                _ => &[],
            };
            let cells = rows.iter().map(|row| format!("{}__{}", q.id, row.code));
            std::iter::once(q.id.clone()).chain(cells)
        });
        let formulas = self
            .computed
            .iter()
            .chain(&self.derived)
            .map(|f| f.id.clone());
        questions
            .chain(formulas)
            .chain(self.factors.iter().map(|f| f.id.clone()))
            .collect()
    }
}

/// The type of a question's answer.
pub(super) fn type_of(question: &Question) -> Type {
    match &question.kind {
        Kind::Single(list) => codes(&list.options),
        Kind::Multiple(list) => Type::Codes(substantive(&list.options)),
        Kind::Number(number) if number.date => Type::Date,
        Kind::Slider(_) | Kind::Number(_) => Type::Number,
        Kind::Matrix(_)
        | Kind::Ranking(_)
        | Kind::BestWorst(_)
        | Kind::Votes(_)
        | Kind::ShortText(_)
        | Kind::LongText(_)
        | Kind::Statement => Type::Parts,
    }
}

/// The type of one of these codes.
pub(super) fn codes(choices: &[Choice]) -> Type {
    let valued = choices
        .iter()
        .filter(|c| c.missing.is_none())
        .all(|c| c.value.is_some());
    Type::Code(substantive(choices), valued)
}

fn substantive(choices: &[Choice]) -> Vec<String> {
    choices
        .iter()
        .filter(|c| c.missing.is_none())
        .map(|c| c.code.clone())
        .collect()
}
