//! The set of all tables that agree with what a reader knows, and how far it reaches.

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};

/// How far from a whole number the solver may end.
const TOLERANCE: f64 = 1e-6;

/// A sum of variables with signs.
pub(super) type Terms = Vec<(usize, f64)>;

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// No table agrees with everything that is known.
    Infeasible,
    /// The solver gave up.
    Unsolved,
}

/// Counts that are unknown within bounds, and what is known of their sums.
#[derive(Clone, Debug, Default)]
pub(crate) struct Polytope {
    bounds: Vec<(f64, f64)>,
    constraints: Vec<(Terms, ComparisonOp, f64)>,
}

impl Polytope {
    /// A count that is known to lie between two others, both included.
    pub(crate) fn variable(&mut self, (low, high): (u64, u64)) -> usize {
        self.bounds.push((real(low), real(high.max(low))));
        self.bounds.len() - 1
    }

    /// The terms add up to `total`.
    pub(crate) fn equal(&mut self, terms: Terms, total: f64) {
        if !terms.is_empty() {
            self.constraints.push((terms, ComparisonOp::Eq, total));
        }
    }

    /// The terms add up to at most `total`.
    pub(crate) fn at_most(&mut self, terms: Terms, total: f64) {
        if !terms.is_empty() {
            self.constraints.push((terms, ComparisonOp::Le, total));
        }
    }

    /// A point at which `objective` is largest, or smallest.
    fn extreme(&self, objective: &[(usize, f64)], largest: bool) -> Result<Vec<f64>, Failure> {
        let direction = if largest {
            OptimizationDirection::Maximize
        } else {
            OptimizationDirection::Minimize
        };
        let mut weights = vec![0.0; self.bounds.len()];
        for &(variable, factor) in objective {
            if let Some(weight) = weights.get_mut(variable) {
                *weight += factor;
            }
        }
        let mut problem = Problem::new(direction);
        let variables: Vec<Variable> = self
            .bounds
            .iter()
            .zip(&weights)
            .map(|(&bounds, &weight)| problem.add_var(weight, bounds))
            .collect();
        for (terms, operator, total) in &self.constraints {
            let terms: Vec<(Variable, f64)> = terms
                .iter()
                .filter_map(|&(variable, factor)| Some((*variables.get(variable)?, factor)))
                .collect();
            problem.add_constraint(terms.as_slice(), *operator, *total);
        }
        let outcome = problem.solve().map_err(|error| match error {
            microlp::Error::Infeasible => Failure::Infeasible,
            _ => Failure::Unsolved,
        })?;
        let solution = outcome.solution().ok_or(Failure::Unsolved)?;
        Ok(variables.iter().map(|&v| solution.var_value(v)).collect())
    }
}

/// How far sums of the variables are known to reach.
#[derive(Debug)]
pub(crate) struct Reach<'p> {
    polytope: &'p Polytope,
    targets: &'p [Terms],
    found: Vec<Option<(f64, f64)>>,
    failure: Option<Failure>,
}

impl<'p> Reach<'p> {
    /// Nothing is known yet.
    pub(crate) fn new(polytope: &'p Polytope, targets: &'p [Terms]) -> Self {
        Self {
            polytope,
            targets,
            found: vec![None; targets.len()],
            failure: None,
        }
    }

    /// Learns from a point of the polytope.
    pub(crate) fn learn(&mut self, point: &[f64]) {
        for (found, terms) in self.found.iter_mut().zip(self.targets) {
            let value = value(terms, point);
            let (low, high) = found.unwrap_or((value, value));
            *found = Some((low.min(value), high.max(value)));
        }
    }

    /// The first target that cannot reach the width asked of it, or cannot be shown to.
    pub(crate) fn first_narrow(&mut self, width: impl Fn(usize) -> u64) -> Option<usize> {
        self.sweep(&width);
        for target in 0..self.targets.len() {
            let wanted = real(width(target));
            if self.width(target) + TOLERANCE >= wanted {
                continue;
            }
            self.push(target, true);
            if self.width(target) + TOLERANCE >= wanted {
                continue;
            }
            self.push(target, false);
            if self.failure.is_some() || self.width(target) + TOLERANCE < wanted {
                return Some(target);
            }
        }
        None
    }

    /// The whole interval of each target; `None` where the solver gives no answer.
    pub(crate) fn intervals(&mut self) -> Vec<Option<(u64, u64)>> {
        self.sweep(&|_| u64::MAX);
        for target in 0..self.targets.len() {
            let (least, most) = self.trivial(target);
            let (low, high) = self.known(target).unwrap_or((f64::MAX, f64::MIN));
            if high + TOLERANCE < most {
                self.push(target, true);
            }
            if low - TOLERANCE > least {
                self.push(target, false);
            }
        }
        (0..self.targets.len())
            .map(|target| {
                let (low, high) = self.known(target).filter(|_| self.failure.is_none())?;
                Some((
                    whole((low - TOLERANCE).ceil()),
                    whole((high + TOLERANCE).floor()),
                ))
            })
            .collect()
    }

    /// The interval found for a target so far.
    pub(crate) fn known(&self, target: usize) -> Option<(f64, f64)> {
        self.found.get(target).copied().flatten()
    }

    /// Why the solver gave no answer, if it did not.
    pub(crate) const fn failure(&self) -> Option<Failure> {
        self.failure
    }

    /// Extremes of all targets at once, in halves that separate any two of them: they settle most
    /// targets in a few solutions.
    fn sweep(&mut self, width: &impl Fn(usize) -> u64) {
        let done = |reach: &Self| {
            (0..reach.targets.len()).all(|t| reach.width(t) + TOLERANCE >= real(width(t)))
        };
        let bits = usize::BITS - self.targets.len().leading_zeros();
        for bit in 0..=bits {
            for largest in [true, false] {
                if self.failure.is_some() || done(self) {
                    return;
                }
                let objective: Terms = self
                    .targets
                    .iter()
                    .enumerate()
                    .flat_map(|(i, terms)| {
                        let sign = if bit > 0 && i >> (bit - 1) & 1 == 1 {
                            -1.0
                        } else {
                            1.0
                        };
                        terms.iter().map(move |&(v, factor)| (v, sign * factor))
                    })
                    .collect();
                self.solve(&objective, largest);
            }
        }
    }

    fn push(&mut self, target: usize, largest: bool) {
        if let Some(terms) = self.targets.get(target) {
            self.solve(terms, largest);
        }
    }

    fn solve(&mut self, objective: &[(usize, f64)], largest: bool) {
        match self.polytope.extreme(objective, largest) {
            Ok(point) => self.learn(&point),
            Err(failure) => self.failure = Some(failure),
        }
    }

    fn width(&self, target: usize) -> f64 {
        self.known(target).map_or(-1.0, |(low, high)| high - low)
    }

    /// Bounds that the variables of a target cannot leave.
    fn trivial(&self, target: usize) -> (f64, f64) {
        let terms = self.targets.get(target).map_or(&[][..], Vec::as_slice);
        terms
            .iter()
            .fold((0.0, 0.0), |(low, high), &(variable, factor)| {
                let (least, most) = self
                    .polytope
                    .bounds
                    .get(variable)
                    .copied()
                    .unwrap_or((f64::MIN, f64::MAX));
                if factor < 0.0 {
                    (low + factor * most, high + factor * least)
                } else {
                    (low + factor * least, high + factor * most)
                }
            })
    }
}

fn value(terms: &[(usize, f64)], point: &[f64]) -> f64 {
    terms
        .iter()
        .map(|&(variable, factor)| factor * point.get(variable).copied().unwrap_or(0.0))
        .sum()
}

/// A count as the solver wants it.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of people are far below 2^52"
)]
pub(crate) const fn real(count: u64) -> f64 {
    count as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts of people are whole, not negative and far below 2^52"
)]
fn whole(value: f64) -> u64 {
    value.max(0.0) as u64
}
