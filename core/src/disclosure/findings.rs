//! The first screen of the results: what can be said from a release without saying more than it
//! shows. A sentence is given only where rounding and suppression cannot turn it round.

use super::{
    Aggregates, Cell, Interval, MedianBand, Parameters, Table, median_band, score,
    statistics::{others, reach, score_reach},
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
    /// Where the middle answer of a slider lies.
    Middle {
        /// Question.
        question: String,
        /// Bands of its median.
        median: MedianBand,
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

/// Most sentences of a first screen.
const MOST: usize = 5;

/// A median is worth a sentence while it is known within so many bands.
const WIDEST: usize = 2;

/// What a release says, at most one sentence of each sort and five in all, in the order of the
/// instrument.
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
        if matches!(finding, Finding::Middle { .. }) {
            // The last such question is the one that the survey leads up to.
            found.retain(|f| !matches!(f, Finding::Middle { .. }));
            found.push(finding);
        } else if !seen {
            found.push(finding);
        }
    }
    found.truncate(MOST);
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
            Kind::Slider(_) if question.order_group.is_some() => self.pair(question),
            Kind::Slider(_) => self.middle(question),
            Kind::BestWorst(_) => self.best_worst(question),
            Kind::Ranking(ranking) => self.ranking(question, ranking.places),
            Kind::Votes(votes) => {
                let agree = &votes.ballot.first()?.code;
                // Every statement has to be known, or another could lead.
                let shares: Vec<_> = votes
                    .statements
                    .iter()
                    .map(|s| {
                        let table = self.table(&format!("{}__{}", question.id, s.code))?;
                        let share = self.together(table, std::slice::from_ref(agree))?;
                        Some((s.code.clone(), share))
                    })
                    .collect::<Option<_>>()?;
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

    /// The share of some cells together: the published one, where all of them are shown, and the
    /// bounds that rounding and suppression leave it. What is hidden competes with the most that
    /// it can be.
    fn together(&self, table: &Table, codes: &[String]) -> Option<Entry> {
        let cells: Vec<&Cell> = codes
            .iter()
            .map(|code| table.cell(code))
            .collect::<Option<_>>()?;
        let base = table.base.filter(|&b| b > 0)?;
        let (base_low, base_high) = self.parameters.unround(base);
        let reach = cells.iter().map(|cell| reach(table, cell, self.parameters));
        let (low, high) = reach.fold((0, 0), |sum, r| (sum.0 + r.0, sum.1 + r.1));
        let room = base_high.saturating_sub(others(table, &cells, self.parameters));
        let shown: Option<u64> = cells.iter().map(|cell| cell.count).sum();
        Some(Entry {
            percent: shown.map(|count| percent(count, base)),
            bounds: Interval {
                low: percent(low, base_high),
                high: percent(high.min(room), base_low),
            },
        })
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
                Some((row.code.clone(), self.together(table, &points)?))
            })
            .collect::<Option<_>>()?;
        let most = clear_lead(&shares)?;
        let turned: Vec<_> = shares
            .into_iter()
            .map(|(code, entry)| (code, entry.turned()))
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

    /// Only of a slider that everyone is asked, or it would not speak of all.
    fn middle(&self, question: &Question) -> Option<Finding> {
        let median = self.median(question)?;
        let known = question.show_if.is_none() && median.high - median.low < WIDEST;
        known.then(|| Finding::Middle {
            question: question.id.clone(),
            median,
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
                let (b, w) = (best.cell(code)?, worst.cell(code)?);
                let published = score(b, w, cell, self.parameters)?;
                let entry = Entry {
                    percent: Some(published.low.midpoint(published.high)),
                    bounds: score_reach(
                        reach(best, b, self.parameters),
                        reach(worst, w, self.parameters),
                        reach(shown, cell, self.parameters),
                    ),
                };
                Some((code.to_owned(), entry))
            })
            .collect::<Option<_>>()?;
        let (most, _) = clear_lead(&scores)?;
        let turned: Vec<_> = scores
            .into_iter()
            .map(|(code, entry)| (code, entry.turned()))
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
            .filter_map(|cell| cell.code.clone())
            .map(|code| Some((code.clone(), self.together(table, &[code])?)))
            .collect::<Option<_>>()?;
        let (code, percent) = clear_lead(&shares)?;
        Some(Finding::Ranking {
            question: question.id.clone(),
            code,
            percent,
            places,
        })
    }
}

/// What competes for the lead.
struct Entry {
    /// The published figure; `None` when a part of it is hidden.
    percent: Option<f64>,
    /// Where the exact figure can lie.
    bounds: Interval,
}

impl Entry {
    fn turned(self) -> Self {
        Self {
            percent: self.percent.map(|p| -p),
            bounds: Interval {
                low: -self.bounds.high,
                high: -self.bounds.low,
            },
        }
    }
}

/// The entry that is above every other one whatever rounding and suppression hide, with its
/// figure, if that is published.
fn clear_lead(entries: &[(String, Entry)]) -> Option<(String, f64)> {
    if entries.len() < 2 {
        return None;
    }
    entries
        .iter()
        .find(|(code, entry)| {
            entries
                .iter()
                .all(|(other, o)| other == code || entry.bounds.low > o.bounds.high)
        })
        .and_then(|(code, entry)| Some((code.clone(), entry.percent?)))
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of people are far below 2^52"
)]
fn percent(count: u64, base: u64) -> f64 {
    if base == 0 {
        return 0.0;
    }
    (count as f64 / base as f64 * 100.0).min(100.0)
}
