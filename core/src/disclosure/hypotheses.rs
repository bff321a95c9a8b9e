//! Registered hypotheses against a release: the figures that decide each, and what they decide.

use super::{
    Aggregates, Figure, Interval, Parameters, Table, TableKind, index_figure, index_form, score,
    statistics::{Z, reach, real, score_reach, share},
    table_mean,
};
use crate::{
    instrument::{Derived, Hypothesis, Instrument, Kind, Measure},
    open_data::{Found, Relation, from_public_file},
};

/// People needed in all, and in each group that is compared.
const LEAST: u64 = 100;
const LEAST_IN_GROUP: u64 = 30;

/// What a release says of a hypothesis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The registered rule is met, whatever rounding and hidden counts leave open.
    Supported,
    /// It is not met.
    NotSupported,
    /// Too few answered, or too much of it is hidden.
    TooFew,
    /// No direction was claimed; the figures are described.
    Described,
    /// It needs several answers of one person side by side, which nothing that is published holds.
    Together,
    /// The instrument declares no measure.
    Undeclared,
}

/// The figures that decide a hypothesis.
#[derive(Clone, Debug, PartialEq)]
pub enum Evidence {
    /// None.
    None,
    /// A share or a mean, and what it has to lie above.
    Above(Figure, f64),
    /// The group's mean, that of the others, and their difference.
    Groups(Figure, Figure, Interval),
    /// By how much the mean of the first and of the second question falls from arm to arm, and the
    /// difference.
    Arms(Figure, Figure, Figure),
    /// How answers go together in the public file, in so many of its rows.
    Beside(Found, u64),
    /// The share in each arm, and by how much it falls from the first to the last.
    Trend(Vec<(String, Figure)>, Interval),
    /// Items that lie above all others, and below, as far as the intervals tell: codes.
    Order {
        /// Above every item that is not among them.
        above: Vec<String>,
        /// Below.
        below: Vec<String>,
    },
}

/// A hypothesis with its result.
#[derive(Clone, Debug, PartialEq)]
pub struct Tested {
    /// The result.
    pub verdict: Verdict,
    /// What it rests on.
    pub evidence: Evidence,
}

/// What a release says of a hypothesis; `relations` is what its public file says of some.
#[must_use]
pub fn test(
    instrument: &Instrument,
    aggregates: &Aggregates,
    rules: &Parameters,
    relations: &[Relation],
    hypothesis: &Hypothesis,
) -> Tested {
    let release = Release {
        instrument,
        aggregates,
        rules,
    };
    let undecided = |verdict| Tested {
        verdict,
        evidence: Evidence::None,
    };
    let tested = match &hypothesis.measure {
        None => return undecided(Verdict::Undeclared),
        Some(Measure::Together { .. }) => return undecided(Verdict::Together),
        Some(Measure::Share { index, above } | Measure::Mean { index, above }) => {
            release.above(index, *above)
        }
        Some(Measure::Groups {
            table,
            by,
            group,
            above,
            within,
        }) => release.groups(table, by, group, *above, *within),
        Some(Measure::Arms {
            factor,
            from,
            to,
            first,
            second,
        }) => release.arms(factor, [from, to], [first, second]),
        Some(Measure::Trend { index, factor }) => release.trend(index, factor),
        Some(Measure::Order { question }) => release.order(question),
        Some(measure @ (Measure::Correlation { .. } | Measure::Slopes { .. })) => {
            if !from_public_file(instrument, measure) {
                return undecided(Verdict::Together);
            }
            let said = relations.iter().find(|r| r.hypothesis == hypothesis.id);
            said.and_then(beside)
        }
    };
    tested.unwrap_or_else(|| undecided(Verdict::TooFew))
}

struct Release<'a> {
    instrument: &'a Instrument,
    aggregates: &'a Aggregates,
    rules: &'a Parameters,
}

fn beside(relation: &Relation) -> Option<Tested> {
    let found = relation.found.clone().filter(|_| relation.n >= LEAST)?;
    Some(Tested {
        verdict: decided(found.low > 0.0),
        evidence: Evidence::Beside(found, relation.n),
    })
}

const fn decided(met: bool) -> Verdict {
    if met {
        Verdict::Supported
    } else {
        Verdict::NotSupported
    }
}

impl Release<'_> {
    fn above(&self, index: &str, above: f64) -> Option<Tested> {
        let derived = self.instrument.derived(index)?;
        let found = index_figure(self.instrument, self.aggregates, derived, self.rules)?;
        let figure = *found.figure();
        (figure.n >= LEAST).then(|| Tested {
            verdict: decided(figure.interval.low > above),
            evidence: Evidence::Above(figure, above),
        })
    }

    fn groups(
        &self,
        table: &str,
        by: &str,
        group: &str,
        above: f64,
        within: f64,
    ) -> Option<Tested> {
        let background = self.instrument.question(by)?;
        let ladder = background.quasi_identifier.as_ref()?;
        let (_, codes) = ladder
            .ladder
            .iter()
            .flatten()
            .find(|(code, _)| code == group)?;
        let rest: Vec<String> = background
            .choices()
            .iter()
            .filter(|c| c.missing.is_none() && !codes.contains(&c.code))
            .map(|c| c.code.clone())
            .collect();
        let values = self.scale(table)?;
        let (of_group, of_rest) = (
            self.pooled(table, by, codes, &values)?,
            self.pooled(table, by, &rest, &values)?,
        );
        let enough = of_group.n + of_rest.n >= LEAST && of_group.n.min(of_rest.n) >= LEAST_IN_GROUP;
        let difference = difference(&of_group, &of_rest);
        let met = of_group.interval.low > above
            && difference.interval.low > -within
            && difference.interval.high < within;
        enough.then(|| Tested {
            verdict: decided(met),
            evidence: Evidence::Groups(of_group, of_rest, difference.interval),
        })
    }

    /// The mean in several groups together: each is known by itself, and they are weighed by their
    /// published sizes. Groups of which nothing is shown are left out.
    fn pooled(
        &self,
        table: &str,
        by: &str,
        codes: &[String],
        values: &[(String, Interval)],
    ) -> Option<Figure> {
        let parts: Vec<Figure> = codes
            .iter()
            .filter_map(|code| {
                let group = self.aggregates.group(by, code);
                let n = group.table(table)?.base.filter(|&n| n > 0)?;
                let mean = table_mean(group.table(table)?, values, self.rules)?;
                Some(Figure { n, ..mean })
            })
            .collect();
        let n: u64 = parts.iter().map(|p| p.n).sum();
        let weighed =
            |of: fn(&Figure) -> f64| parts.iter().map(|p| of(p) * real(p.n)).sum::<f64>() / real(n);
        (n > 0).then(|| {
            let deviation =
                weighed(|p| p.deviation.powi(2) + p.value.powi(2)) - weighed(|p| p.value).powi(2);
            figure(
                weighed(|p| p.value),
                weighed(|p| p.certain.low),
                weighed(|p| p.certain.high),
                deviation.max(0.0).sqrt(),
                n,
            )
        })
    }

    fn scale(&self, table: &str) -> Option<Vec<(String, Interval)>> {
        let question = table
            .split_once("__")
            .map_or(table, |(question, _)| question);
        let asked = self.instrument.question(question)?;
        Some(
            asked
                .choices()
                .iter()
                .filter(|c| c.missing.is_none())
                .filter_map(|c| {
                    let v = c.value?;
                    Some((c.code.clone(), Interval { low: v, high: v }))
                })
                .collect(),
        )
    }

    /// The table of one arm.
    fn arm(&self, table: &str, factor: &str, level: &str) -> Option<Table> {
        let group = self.aggregates.group(factor, level);
        let found = group.tables.into_iter().find(|t| t.id == table)?;
        (found.kind == TableKind::Arm && found.base? >= LEAST_IN_GROUP).then_some(found)
    }

    fn arms(&self, factor: &str, levels: [&String; 2], questions: [&String; 2]) -> Option<Tested> {
        let mut falls = vec![];
        for question in questions {
            let asked = self.instrument.question(question)?;
            let Kind::Slider(slider) = &asked.kind else {
                return None;
            };
            // Both arms are cut into the same bands, so where in its band an answer lies is the
            // same for both but for chance: the middle stands for it.
            let values: Vec<_> = super::bands::of_slider(slider)
                .into_iter()
                .map(|band| {
                    let middle = band.low.midpoint(band.high.unwrap_or(slider.max));
                    let value = Interval {
                        low: middle,
                        high: middle,
                    };
                    (band.code, value)
                })
                .collect();
            let mut means = vec![];
            for level in levels {
                let table = self.arm(question, factor, level)?;
                means.push(table_mean(&table, &values, self.rules)?);
            }
            let [from, to] = means.as_slice() else {
                return None;
            };
            falls.push(difference(from, to));
        }
        let [first, second] = falls.as_slice() else {
            return None;
        };
        if first.n.min(second.n) < LEAST {
            return None;
        }
        // The same people answered both: the two chances add up at most.
        let chance = |f: &Figure| f.certain.low - f.interval.low;
        let (low, high) = (
            first.certain.low - second.certain.high,
            first.certain.high - second.certain.low,
        );
        let chance = chance(first) + chance(second);
        let net = Figure {
            value: first.value - second.value,
            certain: Interval { low, high },
            interval: Interval {
                low: low - chance,
                high: high + chance,
            },
            deviation: first.deviation + second.deviation,
            n: first.n.min(second.n),
        };
        Some(Tested {
            verdict: decided(net.interval.low > 0.0),
            evidence: Evidence::Arms(*first, *second, net),
        })
    }

    fn trend(&self, index: &str, factor: &str) -> Option<Tested> {
        let arms = arm_shares(self.instrument, self.aggregates, self.rules, index, factor)?;
        let n: u64 = arms.iter().map(|(_, share)| share.n).sum();
        let (first, last) = (&arms.first()?.1, &arms.last()?.1);
        let fall = difference(first, last).interval;
        (n >= LEAST).then(|| Tested {
            verdict: decided(fall.low > 0.0),
            evidence: Evidence::Trend(arms.clone(), fall),
        })
    }

    fn order(&self, question: &str) -> Option<Tested> {
        let scores = item_scores(self.aggregates, self.rules, question)?;
        let apart = |item: &Figure, higher: bool| {
            let others = scores.iter().filter(|(_, other)| {
                if higher {
                    other.interval.low > item.interval.high
                } else {
                    other.interval.high < item.interval.low
                }
            });
            others.count()
        };
        // An item is among the foremost when none lies clearly above it.
        let foremost = |higher: bool| -> Vec<String> {
            let mut found: Vec<_> = scores
                .iter()
                .filter(|(_, item)| apart(item, higher) == 0)
                .collect();
            found.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
            found.into_iter().map(|(code, _)| code.clone()).collect()
        };
        let enough = scores.iter().all(|(_, s)| s.n >= LEAST);
        enough.then(|| Tested {
            verdict: Verdict::Described,
            evidence: Evidence::Order {
                above: foremost(true),
                below: foremost(false),
            },
        })
    }
}

/// The share for whom an index is true in each arm of an experiment, in the order of its levels.
#[must_use]
pub fn arm_shares(
    instrument: &Instrument,
    aggregates: &Aggregates,
    rules: &Parameters,
    index: &str,
    factor: &str,
) -> Option<Vec<(String, Figure)>> {
    let derived: &Derived = instrument.derived(index)?;
    let super::IndexForm::Table { table, .. } = index_form(instrument, derived) else {
        return None;
    };
    let release = Release {
        instrument,
        aggregates,
        rules,
    };
    instrument
        .factor(factor)?
        .levels
        .iter()
        .map(|level| {
            let arm = Aggregates {
                release: aggregates.release,
                n: aggregates.n,
                tables: vec![release.arm(&table, factor, level)?],
            };
            let found = index_figure(instrument, &arm, derived, rules)?;
            Some((level.clone(), *found.figure()))
        })
        .collect()
}

/// The scores of a best-worst question with their intervals.
#[must_use]
pub fn item_scores(
    aggregates: &Aggregates,
    rules: &Parameters,
    question: &str,
) -> Option<Vec<(String, Figure)>> {
    let table = |suffix: &str| {
        aggregates
            .table(&format!("{question}__{suffix}"))
            .filter(|t| !t.withheld())
    };
    let (best, worst, shown) = (table("best")?, table("worst")?, table("shown")?);
    let people = shown.base?;
    shown
        .cells
        .iter()
        .filter(|cell| cell.count != Some(0))
        .map(|cell| {
            let code = cell.code.as_deref()?;
            let (b, w) = (best.cell(code)?, worst.cell(code)?);
            let certain = score(b, w, cell, rules)?;
            let share = |table: &Table, cell| {
                let as_base = Table {
                    base: shown.cell(code)?.count,
                    ..table.clone()
                };
                share(&as_base, cell, rules).map(|s| s.percent / 100.0)
            };
            let (p, q) = (
                share(best, b).unwrap_or_default(),
                share(worst, w).unwrap_or_default(),
            );
            let deviation = (p + q - (p - q).powi(2)).max(0.0).sqrt() * 100.0;
            let value = certain.low.midpoint(certain.high);
            let can_be = score_reach(
                reach(best, b, rules),
                reach(worst, w, rules),
                reach(shown, cell, rules),
            );
            // Each person sees an item once, so times shown are people.
            let times = cell.count?.min(people.max(1));
            Some((
                code.to_owned(),
                figure(value, can_be.low, can_be.high, deviation, times),
            ))
        })
        .collect()
}

fn figure(value: f64, low: f64, high: f64, deviation: f64, n: u64) -> Figure {
    let chance = Z * deviation / real(n.max(1)).sqrt();
    Figure {
        value,
        certain: Interval { low, high },
        interval: Interval {
            low: low - chance,
            high: high + chance,
        },
        deviation,
        n,
    }
}

/// The first minus the second, of different people.
fn difference(a: &Figure, b: &Figure) -> Figure {
    let (low, high) = (
        a.certain.low - b.certain.high,
        a.certain.high - b.certain.low,
    );
    let error = |f: &Figure| f.deviation.powi(2) / real(f.n.max(1));
    let chance = Z * (error(a) + error(b)).sqrt();
    Figure {
        value: a.value - b.value,
        certain: Interval { low, high },
        interval: Interval {
            low: low - chance,
            high: high + chance,
        },
        deviation: a.deviation.hypot(b.deviation),
        n: a.n + b.n,
    }
}
