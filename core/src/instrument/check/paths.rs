//! How long it takes, by the ways that people go.

use std::collections::HashMap;

use super::{
    model::{Model, Placed},
    rounded,
    space::{BLANK, Builder, OPEN, Space, State, Tree, last_reads},
    ways::Ways,
};

/// Ways that are followed at the same time, over all questions.
const MOST_STEPS: usize = 30_000;

/// Expected seconds from the first question to the last, optional sections left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// The shortest way.
    pub shortest: u32,
    /// Half of the ways that were drawn at random are shorter.
    pub median: u32,
    /// The longest way.
    pub longest: u32,
    /// True when there is none shorter or longer; else these are the ends of what was found.
    pub exact: bool,
}

/// Times of all ways. The median is of ways drawn at random, where each answer is as likely as the
/// others and some people leave a lot blank.
pub(super) fn times(model: &Model<'_>, ways: &Ways<'_>) -> Times {
    let gate = model.instrument.consent.gate.est_seconds;
    let counted = || model.questions.iter().filter(|placed| !placed.optional);
    let mut all: Vec<u32> = ways
        .flows()
        .iter()
        .map(|flow| {
            let asked = counted().filter(|placed| flow.asked(&placed.question.id));
            rounded(gate + asked.map(|placed| placed.question.est_seconds).sum::<f64>())
        })
        .collect();
    all.sort_unstable();
    let ends = ends(model).unwrap_or(Ends {
        least: f64::INFINITY,
        most: 0.0,
        exact: false,
    });
    let first = all.first().copied().unwrap_or_default();
    let last = all.last().copied().unwrap_or_default();
    Times {
        shortest: if ends.least.is_finite() {
            rounded(gate + ends.least).min(first)
        } else {
            first
        },
        median: all.get(all.len() / 2).copied().unwrap_or_default(),
        longest: rounded(gate + ends.most).max(last),
        exact: ends.exact,
    }
}

/// When a question is asked; `None` inside is always, outside that its condition is too large.
pub(super) fn asked(builder: &mut Builder<'_, '_>, placed: &Placed<'_>) -> Option<Option<Tree>> {
    let shown = match &placed.question.show_if {
        Some(condition) => Some(builder.tree(condition)?),
        None => None,
    };
    // As a whole: which of the options are offered does not matter.
    let offered = match &placed.offered {
        Some(offered) => Some(builder.atom(offered)?),
        None => None,
    };
    Some(match (shown, offered) {
        (Some(shown), Some(offered)) => Some(Tree::And(Box::new(shown), Box::new(offered))),
        (shown, offered) => shown.or(offered),
    })
}

struct Ends {
    least: f64,
    most: f64,
    exact: bool,
}

/// The least and most seconds of the ways that come to the same state.
#[derive(Default)]
struct Layer {
    places: HashMap<State, usize>,
    ends: Vec<(State, (f64, f64))>,
}

/// Question by question; ways that no later condition can tell apart are one. Where there are too
/// many, those that took longest and shortest so far go on.
fn ends(model: &Model<'_>) -> Option<Ends> {
    let mut builder = Builder::new(model);
    let conditions: Vec<Option<Tree>> = model
        .questions
        .iter()
        .map(|placed| asked(&mut builder, placed))
        .collect::<Option<_>>()?;
    let space = builder.build();
    let width = (MOST_STEPS / model.questions.len().max(1)).clamp(40, 4_000);
    let last = done(&space, &conditions);
    let mut exact = space.whole();
    let mut layer = Layer::default();
    layer.add(vec![OPEN; space.slots.len()], (0.0, 0.0));
    for (place, (placed, condition)) in model.questions.iter().zip(&conditions).enumerate() {
        // A level is drawn where it is first looked at.
        let reads = condition.as_ref().map(|tree| space.reads(tree));
        for slot in reads.into_iter().flatten() {
            let of = space.slots.get(slot).map(|slot| &slot.of);
            if of.is_some_and(|of| of.place().is_none()) {
                layer = chosen(&space, layer, slot, &mut exact, |_| true);
            }
        }
        let mut next = Layer::default();
        for (mut state, (least, most)) in layer.ends {
            let asked = condition.as_ref();
            let asked = asked.is_none_or(|tree| space.truth(tree, &state) == Some(true));
            let seconds = if asked && !placed.optional {
                placed.question.est_seconds
            } else {
                0.0
            };
            // Marked, so that the choice below knows it.
            state.push(u16::from(asked));
            next.add(state, (least + seconds, most + seconds));
        }
        let own = space.slots.iter().enumerate();
        let own: Vec<usize> = own
            .filter(|(_, slot)| slot.of.place() == Some(place))
            .map(|(slot, _)| slot)
            .collect();
        for slot in own {
            let must = placed.must() && space.slots.get(slot).is_some_and(|s| s.must_say);
            let auto = placed.answers_itself();
            next = chosen(&space, next, slot, &mut exact, |(value, asked)| {
                if asked {
                    value != BLANK || !must
                } else {
                    auto || value == BLANK
                }
            });
        }
        layer = Layer::default();
        for (mut state, ends) in next.ends {
            state.pop();
            for slot in last.get(place).into_iter().flatten() {
                if let Some(value) = state.get_mut(*slot) {
                    *value = BLANK;
                }
            }
            layer.add(state, ends);
        }
        if layer.ends.len() > width {
            exact = false;
            layer = narrowed(layer, width);
        }
    }
    let least = layer.ends.iter().map(|(_, (least, _))| *least);
    Some(Ends {
        least: least.fold(f64::INFINITY, f64::min),
        most: layer
            .ends
            .iter()
            .map(|(_, (_, most))| *most)
            .fold(0.0, f64::max),
        exact,
    })
}

/// By the place of a question, the slots at which no later condition looks.
fn done(space: &Space<'_, '_>, conditions: &[Option<Tree>]) -> Vec<Vec<usize>> {
    let last = last_reads(space, conditions.iter().map(Option::as_ref));
    let mut done = vec![Vec::new(); conditions.len()];
    for (slot, last) in last.into_iter().enumerate() {
        if let Some(done) = done.get_mut(last.unwrap_or_default()) {
            done.push(slot);
        }
    }
    done
}

/// Every state with every value of a slot that is allowed, given whether the question is asked.
fn chosen(
    space: &Space<'_, '_>,
    layer: Layer,
    slot: usize,
    exact: &mut bool,
    allowed: impl Fn((u16, bool)) -> bool,
) -> Layer {
    let values = space.slots.get(slot).map_or(0..0, |slot| slot.values());
    // A matrix has many rows, and each may be answered in each way.
    let room = (MOST_STEPS / usize::from(values.end).max(1)).max(2);
    let layer = if layer.ends.len() > room {
        *exact = false;
        narrowed(layer, room)
    } else {
        layer
    };
    let mut next = Layer::default();
    for (state, ends) in layer.ends {
        if state.get(slot).is_some_and(|value| *value != OPEN) {
            next.add(state, ends);
            continue;
        }
        let asked = state.len() > space.slots.len() && state.last() == Some(&1);
        for value in values.clone().filter(|value| allowed((*value, asked))) {
            let mut state = state.clone();
            if let Some(place) = state.get_mut(slot) {
                *place = value;
            }
            next.add(state, ends);
        }
    }
    next
}

impl Layer {
    fn add(&mut self, state: State, (least, most): (f64, f64)) {
        let known = self.places.get(&state).copied();
        if let Some((_, ends)) = known.and_then(|at| self.ends.get_mut(at)) {
            *ends = (ends.0.min(least), ends.1.max(most));
            return;
        }
        self.places.insert(state.clone(), self.ends.len());
        self.ends.push((state, (least, most)));
    }
}

/// Those that took longest, and of the others those that took shortest.
fn narrowed(layer: Layer, width: usize) -> Layer {
    let mut longest = layer.ends;
    longest.sort_by(|(_, a), (_, b)| b.1.total_cmp(&a.1));
    let mut shortest = longest.split_off(longest.len().min(width / 2));
    shortest.sort_by(|(_, a), (_, b)| a.0.total_cmp(&b.0));
    shortest.truncate(width / 2);
    let mut layer = Layer::default();
    for (state, ends) in longest.into_iter().chain(shortest) {
        layer.add(state, ends);
    }
    layer
}
