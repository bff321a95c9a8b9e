//! The first screen of the results: what can be said from a release without saying more than it
//! shows. A sentence is given only where rounding and suppression cannot turn it round.

use super::{
    Aggregates, Cell, Interval, MedianBand, Parameters, Status, Table, median_band, score, share,
};
use crate::instrument::{Instrument, Kind, Matrix, Question};

/// One thing a release says, by ids; the page puts it into words.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// The rows of a matrix with the largest and the smallest share of its two highest points.
    Rows {
        /// Question.
        question: String,
        /// Codes of the two highest points.
        points: [String; 2],
        /// Row with the largest share, and the share in per cent.
        most: (String, f64),
        /// Row with the smallest.
        least: (String, f64),
    },
    /// Medians of two sliders that are asked as a pair.
    Pair {
        /// First question and the band of its median.
        first: (String, MedianBand),
        /// Second.
        second: (String, MedianBand),
    },
    /// The items of a best-worst question with the highest and the lowest score.
    BestWorst {
        /// Question.
        question: String,
        /// Highest.
        most: String,
        /// Lowest.
        least: String,
    },
    /// The option that most people gave one of the places of a ranking, and their share.
    Ranking {
        /// Question.
        question: String,
        /// Option.
        code: String,
        /// Share in per cent.
        percent: f64,
        /// Number of places.
        places: u32,
    },
    /// The statement that the largest share of its voters agreed with.
    Agreement {
        /// Question.
        question: String,
        /// Statement.
        statement: String,
        /// Share in per cent.
        percent: f64,
    },
}

/// What a release says, at most one sentence of each sort, in the order of the instrument.
#[must_use]
pub fn findings(
    instrument: &Instrument,
    aggregates: &Aggregates,
    parameters: &Parameters,
) -> Vec<Finding> {
    let context = Context {
        instrument,
        aggregates,
        parameters,
    };
    let mut found: Vec<Finding> = Vec::new();
    for question in instrument.questions() {
        let Some(finding) = context.about(question) else {
            continue;
        };
        let seen = found
            .iter()
            .any(|f| std::mem::discriminant(f) == std::mem::discriminant(&finding));
        if !seen {
            found.push(finding);
        }
    }
    found
}

struct Context<'a> {
    instrument: &'a Instrument,
    aggregates: &'a Aggregates,
    parameters: &'a Parameters,
}

impl Context<'_> {
    fn about(&self, question: &Question) -> Option<Finding> {
        match &question.kind {
            Kind::Matrix(matrix) => self.rows(question, matrix),
            Kind::Slider(_) => self.pair(question),
            Kind::BestWorst(_) => self.best_worst(question),
            Kind::Ranking(ranking) => self.ranking(question, ranking.places),
            Kind::Votes(votes) => {
                let agree = &votes.ballot.first()?.code;
                let shares = votes.statements.iter().map(|s| {
                    let table = self.table(&format!("{}__{}", question.id, s.code))?;
                    Some((s.code.clone(), self.one(table, agree)?))
                });
                let shares: Vec<_> = shares.flatten().collect();
                let (statement, percent) = clear_lead(&shares)?;
                Some(Finding::Agreement {
                    question: question.id.clone(),
                    statement,
                    percent,
                })
            }
            _ => None,
        }
    }

    fn table(&self, id: &str) -> Option<&Table> {
        self.aggregates.table(id).filter(|t| !t.withheld())
    }

    /// Published share of some cells together, and its rounding bounds.
    fn bounds<'c>(
        &self,
        table: &Table,
        codes: impl IntoIterator<Item = &'c String>,
    ) -> Option<(f64, Interval)> {
        codes.into_iter().try_fold(
            (
                0.0,
                Interval {
                    low: 0.0,
                    high: 0.0,
                },
            ),
            |sum, code| {
                let share = share(table, table.cell(code)?, self.parameters)?;
                Some((
                    sum.0 + share.percent,
                    Interval {
                        low: sum.1.low + share.rounding.low,
                        high: sum.1.high + share.rounding.high,
                    },
                ))
            },
        )
    }

    /// The same for one cell, which may be hidden: it then competes with the most it can be.
    fn one(&self, table: &Table, code: &String) -> Option<(f64, Interval)> {
        let hidden = table
            .cell(code)
            .is_some_and(|c| c.status == Status::FewerThan10);
        if !hidden {
            return self.bounds(table, [code]);
        }
        let most = Cell {
            count: Some(self.parameters.min_cell),
            status: Status::Shown,
            code: None,
            by_code: None,
            reason: None,
        };
        let high = share(table, &most, self.parameters)?.rounding.high;
        Some((0.0, Interval { low: 0.0, high }))
    }

    fn rows(&self, question: &Question, matrix: &Matrix) -> Option<Finding> {
        let valued: Vec<_> = matrix.scale.iter().filter(|c| c.value.is_some()).collect();
        let [.., fourth, fifth] = valued.as_slice() else {
            return None;
        };
        let points = [fourth.code.clone(), fifth.code.clone()];
        // Every row has to be known, or "most" and "least" could be wrong.
        let shares: Vec<_> = matrix
            .rows
            .iter()
            .filter(|row| row.expected.is_none())
            .map(|row| {
                let table = self.table(&format!("{}__{}", question.id, row.code))?;
                Some((row.code.clone(), self.bounds(table, &points)?))
            })
            .collect::<Option<_>>()?;
        let most = clear_lead(&shares)?;
        let turned: Vec<_> = shares
            .into_iter()
            .map(|(code, (p, i))| {
                (
                    code,
                    (
                        -p,
                        Interval {
                            low: -i.high,
                            high: -i.low,
                        },
                    ),
                )
            })
            .collect();
        let (least, percent) = clear_lead(&turned)?;
        Some(Finding::Rows {
            question: question.id.clone(),
            points,
            most,
            least: (least, -percent),
        })
    }

    fn pair(&self, question: &Question) -> Option<Finding> {
        let group = question.order_group.as_ref()?;
        let second = self
            .instrument
            .questions()
            .skip_while(|q| q.id != question.id)
            .skip(1)
            .find(|q| q.order_group.as_ref().is_some_and(|g| g.id == group.id))?;
        Some(Finding::Pair {
            first: (question.id.clone(), self.median(question)?),
            second: (second.id.clone(), self.median(second)?),
        })
    }

    fn median(&self, question: &Question) -> Option<MedianBand> {
        let Kind::Slider(slider) = &question.kind else {
            return None;
        };
        let table = self.table(&question.id)?;
        let codes: Vec<_> = table
            .cells
            .iter()
            .filter_map(|c| c.code.as_deref())
            .filter(|code| !slider.missing.iter().any(|m| m.code == *code))
            .collect();
        median_band(table, &codes, self.parameters)
    }

    fn best_worst(&self, question: &Question) -> Option<Finding> {
        let [best, worst, shown] =
            ["best", "worst", "shown"].map(|s| self.table(&format!("{}__{s}", question.id)));
        let (best, worst, shown) = (best?, worst?, shown?);
        let scores: Vec<_> = shown
            .cells
            .iter()
            .filter(|cell| cell.count != Some(0))
            .map(|cell| {
                let code = cell.code.as_deref()?;
                let of = |t: &Table| -> Option<Cell> { t.cell(code).cloned() };
                let score = score(&of(best)?, &of(worst)?, cell, self.parameters)?;
                Some((code.to_owned(), (score.low.midpoint(score.high), score)))
            })
            .collect::<Option<_>>()?;
        let (most, _) = clear_lead(&scores)?;
        let turned: Vec<_> = scores
            .into_iter()
            .map(|(code, (p, i))| {
                (
                    code,
                    (
                        -p,
                        Interval {
                            low: -i.high,
                            high: -i.low,
                        },
                    ),
                )
            })
            .collect();
        let (least, _) = clear_lead(&turned)?;
        Some(Finding::BestWorst {
            question: question.id.clone(),
            most,
            least,
        })
    }

    fn ranking(&self, question: &Question, places: u32) -> Option<Finding> {
        let table = self.table(&format!("{}__top", question.id))?;
        let shares: Vec<_> = table
            .cells
            .iter()
            .filter_map(|cell| {
                let code = cell.code.clone()?;
                let bounds = self.one(table, &code)?;
                Some((code, bounds))
            })
            .collect();
        let (code, percent) = clear_lead(&shares)?;
        Some(Finding::Ranking {
            question: question.id.clone(),
            code,
            percent,
            places,
        })
    }
}

/// The entry that is above every other one whatever the rounding hides, with its figure.
fn clear_lead(entries: &[(String, (f64, Interval))]) -> Option<(String, f64)> {
    if entries.len() < 2 {
        return None;
    }
    entries
        .iter()
        .find(|(code, (_, interval))| {
            entries
                .iter()
                .all(|(other, (_, o))| other == code || interval.low > o.high)
        })
        .map(|(code, (percent, _))| (code.clone(), *percent))
}
