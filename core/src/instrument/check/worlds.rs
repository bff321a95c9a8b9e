//! Whether a condition can hold, and whether it can fail. A way drawn at random shows that it can;
//! that it cannot is said only after everything that could be answered was tried.

use std::{
    cell::Cell,
    collections::{BTreeSet, VecDeque},
};

use super::{
    model::Model,
    space::{BLANK, Builder, OPEN, Space, State, Tree, last_reads},
    ways::Ways,
};
use crate::flow::{Expr, Flow, Scope};

/// Values that are tried for one condition before it is left undecided, and for all together.
const MOST_WAYS: u32 = 20_000;
const MOST_WAYS_TOGETHER: u32 = 80_000;
/// Outcomes that take as long to work out as a value that is tried.
const OUTCOMES_A_WAY: usize = 10;
/// Questions that are looked at together; whether farther ones are asked is left open.
const MOST_QUESTIONS: usize = 40;

/// What is known of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decided {
    /// It can hold: yes, no, or not known.
    pub(super) hold: Option<bool>,
    /// It can fail.
    pub(super) fail: Option<bool>,
}

const UNKNOWN: Decided = Decided {
    hold: None,
    fail: None,
};

/// What is asked of a condition.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'e> {
    pub(super) condition: &'e Expr,
    /// Only ways on which this holds count.
    pub(super) under: Option<&'e Expr>,
    /// Only ways on which all that this check reads is there and it does not hold count.
    pub(super) broken: Option<&'e Expr>,
    /// Only ways on which all that this reads is there count.
    pub(super) there: Option<&'e Expr>,
    /// Only ways on which all that it reads is there count.
    pub(super) complete: bool,
    /// Section in which it matters: what has to be answered there may still be blank.
    pub(super) section: Option<usize>,
}

pub(super) struct Worlds<'a> {
    pub(super) model: &'a Model<'a>,
    ways: &'a Ways<'a>,
    left: Cell<u32>,
}

/// A question on the way.
struct Step {
    place: usize,
    slots: Vec<usize>,
    /// When it is asked; none is always or unknown.
    asked: Option<Tree>,
    /// It may have been hidden although nothing is known of it.
    free: bool,
    must: bool,
}

struct Goal {
    condition: Tree,
    under: Option<Tree>,
    broken: Option<Tree>,
    there: Option<Tree>,
    complete: bool,
}

impl<'a> Worlds<'a> {
    pub(super) const fn new(model: &'a Model<'a>, ways: &'a Ways<'a>) -> Self {
        Self {
            model,
            ways,
            left: Cell::new(MOST_WAYS_TOGETHER),
        }
    }

    pub(super) fn decide(&self, wanted: Wanted<'_>) -> Decided {
        let shown = self.ways.seen(|_: &Flow<'_>, scope: &Scope<'_>| {
            if wanted.under.is_some_and(|under| !scope.truth(under)) {
                return None;
            }
            if wanted.there.is_some_and(|read| scope.index(read).is_none()) {
                return None;
            }
            if wanted
                .broken
                .is_some_and(|broken| scope.index(broken) != Some(0.0))
            {
                return None;
            }
            if wanted.complete {
                return scope.index(wanted.condition).map(|n| n != 0.0);
            }
            Some(scope.truth(wanted.condition))
        });
        if shown == (true, true) {
            return Decided {
                hold: Some(true),
                fail: Some(true),
            };
        }
        let near = self.near(wanted);
        // First as if each question could be asked or not on its own: what cannot be then cannot
        // be anyway.
        let alone = self.explore(wanted, &near, &BTreeSet::new());
        let alone = alone.unwrap_or(UNKNOWN);
        let known = |decided: &Decided| {
            (shown.0 || decided.hold == Some(false)) && (shown.1 || decided.fail == Some(false))
        };
        let with = |decided: Decided| Decided {
            hold: if shown.0 { Some(true) } else { decided.hold },
            fail: if shown.1 { Some(true) } else { decided.fail },
        };
        if known(&alone) {
            return with(alone);
        }
        let (all, routed) = self.closed(&near);
        let complete = all.len() == routed.len();
        let deep = self.explore(wanted, &all, &routed);
        let deep = deep.unwrap_or(UNKNOWN);
        let can = |near: Option<bool>, deep: Option<bool>| match (near, deep) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (_, Some(true)) if complete => Some(true),
            _ => None,
        };
        with(Decided {
            hold: can(alone.hold, deep.hold),
            fail: can(alone.fail, deep.fail),
        })
    }

    /// Questions that it reads.
    fn near(&self, wanted: Wanted<'_>) -> BTreeSet<usize> {
        let mut ids = BTreeSet::new();
        for expr in [
            Some(wanted.condition),
            wanted.under,
            wanted.broken,
            wanted.there,
        ]
        .into_iter()
        .flatten()
        {
            expr.mentions(self.model.instrument, &mut ids);
        }
        ids.iter().filter_map(|id| self.model.place(id)).collect()
    }

    /// Those, and those that decide whether they are asked; and of which of them all that is known.
    fn closed(&self, near: &BTreeSet<usize>) -> (BTreeSet<usize>, BTreeSet<usize>) {
        let (mut all, mut routed) = (near.clone(), BTreeSet::new());
        let mut open: VecDeque<usize> = near.iter().rev().copied().collect();
        while let Some(at) = open.pop_front() {
            let Some(placed) = self.model.questions.get(at) else {
                continue;
            };
            let mut ids = BTreeSet::new();
            for expr in placed.question.show_if.iter().chain(&placed.offered) {
                expr.mentions(self.model.instrument, &mut ids);
            }
            let more: Vec<usize> = ids.iter().filter_map(|id| self.model.place(id)).collect();
            let new = more.iter().filter(|at| !all.contains(at)).count();
            if all.len() + new > MOST_QUESTIONS {
                continue;
            }
            routed.insert(at);
            for at in more {
                if all.insert(at) {
                    open.push_back(at);
                }
            }
        }
        (all, routed)
    }

    /// Tries everything; `None` when that is too much.
    fn explore(
        &self,
        wanted: Wanted<'_>,
        places: &BTreeSet<usize>,
        routed: &BTreeSet<usize>,
    ) -> Option<Decided> {
        if self.left.get() == 0 {
            return None;
        }
        let mut builder = Builder::new(self.model);
        let goal = Goal {
            condition: builder.tree(wanted.condition)?,
            under: match wanted.under {
                Some(under) => Some(builder.tree(under)?),
                None => None,
            },
            broken: match wanted.broken {
                Some(broken) => Some(builder.tree(broken)?),
                None => None,
            },
            there: match wanted.there {
                Some(read) => Some(builder.presence(read)?),
                None => None,
            },
            complete: wanted.complete,
        };
        let mut steps = Vec::new();
        for place in places {
            let placed = self.model.questions.get(*place)?;
            let known = routed.contains(place);
            let asked = if known {
                super::paths::asked(&mut builder, placed)?
            } else {
                None
            };
            let conditional = placed.question.show_if.is_some() || placed.offered.is_some();
            steps.push(Step {
                place: *place,
                slots: Vec::new(),
                asked,
                free: !known && conditional || placed.answers_itself(),
                must: placed.must()
                    && wanted
                        .section
                        .is_some_and(|section| section != placed.section),
            });
        }
        let space = builder.build();
        let work = u32::try_from(space.work / OUTCOMES_A_WAY).unwrap_or(u32::MAX);
        self.left.set(self.left.get().saturating_sub(work));
        for step in &mut steps {
            let own = space.slots.iter().enumerate();
            let own = own.filter(|(_, slot)| slot.of.place() == Some(step.place));
            step.slots = own.map(|(at, _)| at).collect();
        }
        let seen = self.walk(&space, &steps, &goal);
        let whole = space.whole();
        let can = |seen: bool, gave_up: bool| match (seen, gave_up || !whole) {
            (true, _) => Some(true),
            (false, false) => Some(false),
            (false, true) => None,
        };
        Some(Decided {
            hold: can(seen.0, seen.2),
            fail: can(seen.1, seen.2),
        })
    }

    /// Slot by slot, in the order in which they are asked; ways that no later condition can tell
    /// apart are one. Whether it held, failed, and was too much.
    fn walk(&self, space: &Space<'_, '_>, steps: &[Step], goal: &Goal) -> (bool, bool, bool) {
        let mut seen = (false, false, false);
        let mut tried = 0_u32;
        let mut states: BTreeSet<State> = BTreeSet::from([vec![OPEN; space.slots.len()]]);
        let factors = space.slots.iter().enumerate();
        let factors = factors.filter(|(_, slot)| slot.of.place().is_none());
        let factors: Vec<(Option<&Step>, usize)> = factors.map(|(at, _)| (None, at)).collect();
        let slots = steps
            .iter()
            .flat_map(|step| step.slots.iter().map(move |slot| (Some(step), *slot)));
        let order: Vec<(Option<&Step>, usize)> = factors.into_iter().chain(slots).collect();
        let kept: BTreeSet<usize> = std::iter::once(&goal.condition)
            .chain(&goal.under)
            .chain(&goal.broken)
            .chain(&goal.there)
            .flat_map(|tree| space.reads(tree))
            .collect();
        if let Some(state) = states.pop_first()
            && !settle(space, goal, &state, &mut seen)
        {
            states.insert(state);
        }
        let conditions = order.iter();
        let conditions = conditions.map(|(step, _)| step.and_then(|step| step.asked.as_ref()));
        let last = last_reads(space, conditions);
        for (at, (step, slot)) in order.iter().enumerate() {
            let over = |slot: usize| {
                last.get(slot)
                    .copied()
                    .flatten()
                    .is_none_or(|last| last < at)
            };
            let mut next = BTreeSet::new();
            for mut state in states {
                for (slot, value) in state.iter_mut().enumerate() {
                    if *value != OPEN && !kept.contains(&slot) && over(slot) {
                        *value = BLANK;
                    }
                }
                for value in values(space, *step, *slot, &state) {
                    tried += 1;
                    if tried > MOST_WAYS || self.left.get() == 0 {
                        seen.2 = true;
                        return seen;
                    }
                    self.left.set(self.left.get() - 1);
                    let mut state = state.clone();
                    if let Some(place) = state.get_mut(*slot) {
                        *place = value;
                    }
                    if !settle(space, goal, &state, &mut seen) {
                        next.insert(state);
                    }
                    if seen.0 && seen.1 {
                        return seen;
                    }
                }
            }
            states = next;
        }
        seen
    }
}

/// What can be answered here.
fn values(
    space: &Space<'_, '_>,
    step: Option<&Step>,
    slot: usize,
    state: &[u16],
) -> std::ops::Range<u16> {
    let Some(slot) = space.slots.get(slot) else {
        return 0..0;
    };
    let all = slot.values();
    let Some(step) = step else {
        return all;
    };
    let asked = step.asked.as_ref();
    let asked = asked.is_none_or(|tree| space.truth(tree, state) != Some(false));
    if !asked && !step.free {
        return BLANK..BLANK + 1;
    }
    let must = step.must && !step.free && slot.must_say;
    if must { BLANK + 1..all.end } else { all }
}

/// True when nothing that is still open matters any more.
fn settle(
    space: &Space<'_, '_>,
    goal: &Goal,
    state: &[u16],
    seen: &mut (bool, bool, bool),
) -> bool {
    let under = match &goal.under {
        Some(under) => space.truth(under, state),
        None => Some(true),
    };
    let there = if goal.complete {
        space.there(&goal.condition, state)
    } else {
        Some(true)
    };
    let broken = match &goal.broken {
        Some(check) => match (space.there(check, state), space.truth(check, state)) {
            (Some(false), _) | (_, Some(true)) => Some(false),
            (Some(true), Some(false)) => Some(true),
            _ => None,
        },
        None => Some(true),
    };
    let read = match &goal.there {
        Some(read) => space.there(read, state),
        None => Some(true),
    };
    let counts = [under, there, broken, read];
    if counts.contains(&Some(false)) {
        return true;
    }
    let Some(truth) = space
        .truth(&goal.condition, state)
        .filter(|_| !counts.contains(&None))
    else {
        return false;
    };
    if truth {
        seen.0 = true;
    } else {
        seen.1 = true;
    }
    true
}
