//! What a few conditions depend on, and everything that could be answered as far as they can tell
//! the difference.

use std::{cell::RefCell, collections::BTreeMap};

use super::{
    bounds,
    domain::{Domain, Uses},
    model::Model,
};
use crate::{
    flow::{Expr, Scope},
    instrument::{ComputedValue, Instrument, Kind, Question, Section},
    lang::Text,
    response::{Answer, Answers, Assignment},
};

/// Parts of one condition, computed values seen through.
const MOST_PARTS: usize = 2_000;

/// A slot whose value is not chosen yet.
pub(super) const OPEN: u16 = u16::MAX;
/// The value of a slot that stands for a blank.
pub(super) const BLANK: u16 = 0;

/// A value for each slot.
pub(super) type State = Vec<u16>;

/// What a condition looks at: a factor, a question, or a row of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Of {
    Factor(String),
    Question(usize),
    Row(usize, String),
}

enum Value {
    Blank,
    Level(String),
    Answer(Answer),
}

pub(super) struct Slot {
    pub(super) of: Of,
    values: Vec<Value>,
    /// No condition can tell an answer that is not among the values.
    whole: bool,
    /// Whoever has to answer cannot seem to have left it blank.
    pub(super) must_say: bool,
}

/// A condition, taken apart down to what is only true or false.
#[derive(Clone, Debug)]
pub(super) enum Tree {
    Not(Box<Self>),
    And(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
    Atom(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Outcome {
    truth: bool,
    /// Everything that it reads is there.
    there: bool,
}

struct Atom {
    expr: Expr,
    reads: Vec<usize>,
    /// It fails whatever is answered.
    never: bool,
    /// Only whether all that it reads is there matters, and no number can change that.
    presence: bool,
    /// Outcomes by the value of its only slot.
    table: Vec<Outcome>,
    /// The same truth in all of them.
    settled: Option<bool>,
}

pub(super) struct Space<'m, 'a> {
    model: &'m Model<'a>,
    pub(super) slots: Vec<Slot>,
    atoms: Vec<Atom>,
    small: Instrument,
    joint: RefCell<BTreeMap<(usize, Vec<u16>), Outcome>>,
    /// Outcomes that were worked out for it.
    pub(super) work: usize,
}

/// Conditions on their way to a space.
pub(super) struct Builder<'m, 'a> {
    model: &'m Model<'a>,
    atoms: Vec<Atom>,
    parts: usize,
}

impl<'m, 'a> Builder<'m, 'a> {
    pub(super) const fn new(model: &'m Model<'a>) -> Self {
        Self {
            model,
            atoms: Vec::new(),
            parts: 0,
        }
    }

    /// Takes a condition apart; `None` when it is too large.
    pub(super) fn tree(&mut self, expr: &Expr) -> Option<Tree> {
        self.parts = 0;
        self.part(expr)
    }

    fn part(&mut self, expr: &Expr) -> Option<Tree> {
        self.parts += 1;
        if self.parts > MOST_PARTS {
            return None;
        }
        Some(match expr {
            Expr::Not(inner) => Tree::Not(Box::new(self.part(inner)?)),
            Expr::And(left, right) => {
                Tree::And(Box::new(self.part(left)?), Box::new(self.part(right)?))
            }
            Expr::Or(left, right) => {
                Tree::Or(Box::new(self.part(left)?), Box::new(self.part(right)?))
            }
            Expr::Computed(id) => match self.model.instrument.computed(id).map(|c| &c.value) {
                Some(ComputedValue::Expr(inner)) => self.part(inner)?,
                _ => self.atom(expr)?,
            },
            Expr::Derived(id) => {
                match self
                    .model
                    .instrument
                    .derived(id)
                    .and_then(|d| d.expr.as_ref())
                {
                    Some(inner) => self.part(inner)?,
                    None => self.atom(expr)?,
                }
            }
            Expr::Answered(inner) => match self.rows(inner) {
                Some(rows) => {
                    let mut either = None;
                    for row in rows {
                        let row = self.atom(&Expr::Answered(Box::new(row)))?;
                        either = Some(match either {
                            None => row,
                            Some(before) => Tree::Or(Box::new(before), Box::new(row)),
                        });
                    }
                    either?
                }
                None => self.atom(expr)?,
            },
            _ => self.atom(expr)?,
        })
    }

    /// A condition of which only matters whether all that it reads is there.
    pub(super) fn presence(&mut self, expr: &Expr) -> Option<Tree> {
        let first = self.atoms.len();
        let tree = self.tree(expr)?;
        for atom in self.atoms.iter_mut().skip(first) {
            atom.presence = !reckons(self.model, &atom.expr);
        }
        Some(tree)
    }

    /// A condition that is not taken apart.
    pub(super) fn atom(&mut self, expr: &Expr) -> Option<Tree> {
        let mut size = 0;
        (count(self.model, expr, &mut size)).then_some(())?;
        let never = matches!(expr, Expr::Compare(op, left, right)
            if bounds::never(self.model, *op, left, right));
        self.atoms.push(Atom {
            expr: expr.clone(),
            reads: Vec::new(),
            never,
            presence: false,
            table: Vec::new(),
            settled: None,
        });
        Some(Tree::Atom(self.atoms.len() - 1))
    }

    /// The rows of a matrix that is named as a whole.
    fn rows(&self, expr: &Expr) -> Option<Vec<Expr>> {
        let Expr::Question(id) = expr else {
            return None;
        };
        let Kind::Matrix(matrix) = &self.model.question(id)?.kind else {
            return None;
        };
        let rows = matrix.rows.iter();
        Some(
            rows.map(|row| Expr::Cell(id.clone(), row.code.clone()))
                .collect(),
        )
    }

    pub(super) fn build(mut self) -> Space<'m, 'a> {
        let mut slots: Vec<(Of, Uses)> = Vec::new();
        for atom in &mut self.atoms {
            let mut reads = Vec::new();
            look(self.model, &atom.expr, &mut |of, code, counted| {
                let at = slots.iter().position(|(known, _)| *known == of);
                let at = at.unwrap_or_else(|| {
                    slots.push((of, Uses::default()));
                    slots.len() - 1
                });
                if let Some((_, uses)) = slots.get_mut(at) {
                    uses.codes.extend(code.map(str::to_owned));
                    uses.counted |= counted;
                }
                if !reads.contains(&at) {
                    reads.push(at);
                }
            });
            let cuts = Uses::cuts_of(&atom.expr);
            let mut sample = Vec::new();
            Uses::numbers(&atom.expr, &mut sample);
            // Of these only matters whether all that they read is there.
            let idle = atom.presence || atom.never && !reckons(self.model, &atom.expr);
            for at in &reads {
                if let Some((_, uses)) = slots.get_mut(*at) {
                    uses.cuts.extend(cuts.as_ref().unwrap_or(&sample));
                    uses.reckoned |= cuts.is_none() && !idle;
                    uses.joint |= reads.len() > 1 && !idle;
                    uses.shared |= reads.len() > 1;
                }
            }
            atom.reads = reads;
        }
        let places: Vec<usize> = slots.iter().filter_map(|(of, _)| of.place()).collect();
        let mut space = Space {
            small: small(self.model, &places),
            model: self.model,
            slots: Vec::new(),
            atoms: self.atoms,
            joint: RefCell::default(),
            work: 0,
        };
        // Numbers are all there alike; of other answers some count as missing.
        let apart = |of: &Of, uses: &Uses| uses.joint || uses.shared && !of.is_number(self.model);
        let joint: Vec<bool> = slots.iter().map(|(of, uses)| apart(of, uses)).collect();
        space.slots = slots
            .into_iter()
            .map(|(of, uses)| slot(self.model, of, &uses))
            .collect();
        space.tabulate(&joint);
        space
    }
}

impl Of {
    pub(super) const fn place(&self) -> Option<usize> {
        match self {
            Self::Factor(_) => None,
            Self::Question(place) | Self::Row(place, _) => Some(*place),
        }
    }

    fn is_number(&self, model: &Model<'_>) -> bool {
        let placed = self.place().and_then(|at| model.questions.get(at));
        placed.is_some_and(|p| matches!(p.question.kind, Kind::Number(_) | Kind::Slider(_)))
    }
}

impl Slot {
    pub(super) fn values(&self) -> std::ops::Range<u16> {
        0..u16::try_from(self.values.len()).unwrap_or(OPEN)
    }
}

impl Space<'_, '_> {
    /// Whether the condition holds; `None` while that is open.
    pub(super) fn truth(&self, tree: &Tree, state: &[u16]) -> Option<bool> {
        match tree {
            Tree::Not(inner) => self.truth(inner, state).map(|truth| !truth),
            Tree::And(left, right) => match self.truth(left, state) {
                Some(false) => Some(false),
                Some(true) => self.truth(right, state),
                None => self.truth(right, state).filter(|truth| !truth),
            },
            Tree::Or(left, right) => match self.truth(left, state) {
                Some(true) => Some(true),
                Some(false) => self.truth(right, state),
                None => self.truth(right, state).filter(|truth| *truth),
            },
            Tree::Atom(at) => {
                let settled = self.atoms.get(*at).and_then(|atom| atom.settled);
                settled.or_else(|| self.outcome(*at, state).map(|outcome| outcome.truth))
            }
        }
    }

    /// Whether all that the condition reads is there; `None` while that is open.
    pub(super) fn there(&self, tree: &Tree, state: &[u16]) -> Option<bool> {
        let mut open = false;
        for at in atoms(tree) {
            match self.outcome(at, state) {
                Some(outcome) if !outcome.there => return Some(false),
                Some(_) => {}
                None => open = true,
            }
        }
        (!open).then_some(true)
    }

    /// Slots that a condition reads.
    pub(super) fn reads(&self, tree: &Tree) -> Vec<usize> {
        let atoms = atoms(tree);
        let read = atoms.iter().filter_map(|at| self.atoms.get(*at));
        read.flat_map(|atom| atom.reads.iter().copied()).collect()
    }

    /// True when what was tried for these slots stands for all that there is.
    pub(super) fn whole(&self) -> bool {
        self.slots.iter().all(|slot| slot.whole)
    }

    fn outcome(&self, at: usize, state: &[u16]) -> Option<Outcome> {
        let atom = self.atoms.get(at)?;
        let value = |slot: &usize| state.get(*slot).copied().filter(|value| *value != OPEN);
        if let [slot] = atom.reads.as_slice() {
            return atom.table.get(usize::from(value(slot)?)).copied();
        }
        let values: Vec<u16> = atom.reads.iter().map(value).collect::<Option<_>>()?;
        let key = (at, values);
        if let Some(known) = self.joint.borrow().get(&key) {
            return Some(*known);
        }
        let outcome = self.look_up(atom, &key.1);
        self.joint.borrow_mut().insert(key, outcome);
        Some(outcome)
    }

    fn look_up(&self, atom: &Atom, values: &[u16]) -> Outcome {
        let (mut answers, mut assignment) = (Answers::new(), Assignment::new());
        for (slot, value) in atom.reads.iter().zip(values) {
            let slot = self.slots.get(*slot);
            let value = slot.and_then(|slot| slot.values.get(usize::from(*value)));
            match (slot.map(|slot| &slot.of), value) {
                (Some(Of::Factor(id)), Some(Value::Level(level))) => {
                    assignment.insert(id.clone(), level.clone());
                }
                (Some(of), Some(Value::Answer(answer))) => {
                    let placed = of.place().and_then(|at| self.model.questions.get(at));
                    let Some(placed) = placed else { continue };
                    let id = placed.question.id.clone();
                    match (answers.get_mut(&id), answer) {
                        (Some(Answer::Rows(rows)), Answer::Rows(more)) => {
                            rows.extend(more.clone());
                        }
                        _ => _ = answers.insert(id, answer.clone()),
                    }
                }
                _ => {}
            }
        }
        let scope = Scope::new(&self.small, &assignment, &answers);
        Outcome {
            truth: !atom.never && scope.truth(&atom.expr),
            there: scope.index(&atom.expr).is_some(),
        }
    }

    /// Works out what each value does, and keeps one of those that do the same.
    fn tabulate(&mut self, joint: &[bool]) {
        for at in 0..self.slots.len() {
            let count = self.slots.get(at).map_or(0, |slot| slot.values.len());
            let alone = |atom: &&Atom| atom.reads == [at];
            let rows: Vec<Vec<Outcome>> = (0..count)
                .filter_map(|value| u16::try_from(value).ok())
                .map(|value| {
                    let atoms = self.atoms.iter().filter(alone);
                    atoms.map(|atom| self.look_up(atom, &[value])).collect()
                })
                .collect();
            self.work += rows.iter().map(Vec::len).sum::<usize>();
            let mut kept: Vec<usize> = Vec::new();
            let mut seen = std::collections::BTreeSet::new();
            for (value, row) in rows.iter().enumerate() {
                // A blank is kept for itself: some people have to answer.
                let first = value == usize::from(BLANK) || seen.insert(row);
                if first || joint.get(at).is_some_and(|joint| *joint) {
                    kept.push(value);
                }
            }
            let kept_rows: Vec<&Vec<Outcome>> =
                kept.iter().filter_map(|value| rows.get(*value)).collect();
            for (nth, atom) in self
                .atoms
                .iter_mut()
                .filter(|a| a.reads == [at])
                .enumerate()
            {
                atom.table = kept_rows
                    .iter()
                    .filter_map(|row| row.get(nth).copied())
                    .collect();
            }
            if let Some(slot) = self.slots.get_mut(at) {
                let mut value = 0;
                slot.values.retain(|_| {
                    value += 1;
                    kept.binary_search(&(value - 1)).is_ok()
                });
            }
        }
        for at in 0..self.atoms.len() {
            let settled = self.atoms.get(at).and_then(|atom| self.settled(atom));
            if let Some(atom) = self.atoms.get_mut(at) {
                atom.settled = settled;
            }
        }
    }

    fn settled(&self, atom: &Atom) -> Option<bool> {
        match atom.reads.as_slice() {
            _ if atom.never => Some(false),
            [] => Some(self.look_up(atom, &[]).truth),
            [slot] if self.slots.get(*slot).is_some_and(|slot| slot.whole) => {
                let first = atom.table.first()?.truth;
                atom.table.iter().all(|o| o.truth == first).then_some(first)
            }
            _ => None,
        }
    }
}

/// By slot, the last of these conditions that looks at it.
pub(super) fn last_reads<'t>(
    space: &Space<'_, '_>,
    conditions: impl Iterator<Item = Option<&'t Tree>>,
) -> Vec<Option<usize>> {
    let mut last = vec![None; space.slots.len()];
    for (at, tree) in conditions.enumerate() {
        for slot in tree.into_iter().flat_map(|tree| space.reads(tree)) {
            if let Some(last) = last.get_mut(slot) {
                *last = Some(at);
            }
        }
    }
    last
}

fn atoms(tree: &Tree) -> Vec<usize> {
    let (mut open, mut found) = (vec![tree], Vec::new());
    while let Some(tree) = open.pop() {
        match tree {
            Tree::Not(inner) => open.push(inner),
            Tree::And(left, right) | Tree::Or(left, right) => open.extend([&**left, &**right]),
            Tree::Atom(at) => found.push(*at),
        }
    }
    found
}

fn slot(model: &Model<'_>, of: Of, uses: &Uses) -> Slot {
    let question = of.place().and_then(|at| model.questions.get(at));
    let domain = match (&of, question) {
        (Of::Row(_, row), Some(placed)) => Domain::row(placed.question, row),
        (_, Some(placed)) => Domain::of(placed.question, uses),
        (_, None) => {
            let factor = match &of {
                Of::Factor(id) => model.instrument.factor(id),
                _ => None,
            };
            let levels = factor
                .into_iter()
                .flat_map(|f| f.levels.iter().chain(&f.fixed));
            let values = levels.cloned().map(Value::Level).collect();
            return Slot {
                of,
                values,
                whole: true,
                must_say: false,
            };
        }
    };
    let whole_question = matches!(of, Of::Question(_));
    let must_say = whole_question
        && !domain.answers.is_empty()
        && question.is_some_and(|placed| {
            let sets = matches!(placed.question.kind, Kind::Multiple(_));
            sets || placed
                .question
                .choices()
                .iter()
                .all(|c| c.missing.is_none())
        });
    let answers = domain.answers.into_iter().map(Value::Answer);
    let values: Vec<Value> = std::iter::once(Value::Blank).chain(answers).collect();
    Slot {
        of,
        whole: domain.whole && values.len() < usize::from(OPEN),
        values,
        must_say,
    }
}

/// Looking a question up takes as long as the instrument is; this one holds what is needed.
fn small(model: &Model<'_>, places: &[usize]) -> Instrument {
    let mut small = model.frame.clone();
    let mut questions: Vec<Question> = Vec::new();
    for at in places {
        if let Some(placed) = model.questions.get(*at)
            && questions.iter().all(|q| q.id != placed.question.id)
        {
            questions.push(placed.question.clone());
        }
    }
    small.sections = vec![Section {
        id: String::new(),
        title: Text::default(),
        intro: None,
        optional: false,
        shuffled: Vec::new(),
        questions,
    }];
    small
}

/// False when an expression is too large.
fn count(model: &Model<'_>, expr: &Expr, size: &mut usize) -> bool {
    *size += 1;
    *size <= MOST_PARTS
        && inside(model, expr)
            .into_iter()
            .all(|part| count(model, part, size))
}

/// The parts of an expression, computed values and indices seen through.
fn inside<'e>(model: &Model<'e>, expr: &'e Expr) -> Vec<&'e Expr> {
    match expr {
        Expr::Computed(id) => match model.instrument.computed(id).map(|c| &c.value) {
            Some(ComputedValue::Expr(inner)) => vec![inner],
            _ => Vec::new(),
        },
        Expr::Derived(id) => model
            .instrument
            .derived(id)
            .and_then(|d| d.expr.as_ref())
            .into_iter()
            .collect(),
        _ => expr.parts(),
    }
}

/// True when a number can make the expression missing: a quotient by zero, a product without
/// bounds, a day outside the calendar.
fn reckons(model: &Model<'_>, expr: &Expr) -> bool {
    let own = matches!(
        expr,
        Expr::Div(..) | Expr::Mul(..) | Expr::Rescale(..) | Expr::Year(_)
    );
    own || inside(model, expr)
        .into_iter()
        .any(|part| reckons(model, part))
}

/// What an expression looks at; with the code that it asks for, and whether it counts.
fn look(model: &Model<'_>, expr: &Expr, found: &mut impl FnMut(Of, Option<&str>, bool)) {
    let question = |id: &String| model.place(id).map(Of::Question);
    match expr {
        Expr::Factor(id) => found(Of::Factor(id.clone()), None, false),
        Expr::Question(id) => {
            if let Some(of) = question(id) {
                found(of, None, false);
            }
        }
        Expr::Has(id, code) => {
            if let Some(of) = question(id) {
                found(of, Some(code), false);
            }
        }
        Expr::Count(id) => {
            if let Some(of) = question(id) {
                found(of, None, true);
            }
        }
        Expr::Cell(id, row) => {
            if let Some(place) = model.place(id) {
                found(Of::Row(place, row.clone()), None, false);
            }
        }
        _ => inside(model, expr)
            .into_iter()
            .for_each(|part| look(model, part, found)),
    }
}
