//! Percentages, medians and scores, computed from published cells and from nothing else. Each
//! carries the bounds that rounding and suppression leave open.

use super::{Cell, Parameters, Status, Sum, Table};

/// Bounds between which the exact figure lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// A share of the base in per cent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The published count over the published base.
    pub percent: f64,
    /// Where the share among these respondents can lie, given the rounding.
    pub rounding: Interval,
    /// 95 % interval (Wilson) as if the respondents were a random sample.
    pub sampling: Interval,
}

/// The share of a shown cell; `None` when the cell or the base is not shown.
#[must_use]
pub fn share(table: &Table, cell: &Cell, parameters: &Parameters) -> Option<Share> {
    share_together(table, &[cell], parameters)
}

/// The share of cells of which each person is in one at most, taken together; `None` when one of
/// them or the base is not shown. Each count was rounded by itself, so each can be off.
#[must_use]
pub fn share_together(table: &Table, cells: &[&Cell], parameters: &Parameters) -> Option<Share> {
    let base = table.base.filter(|&b| b > 0)?;
    let count: u64 = cells.iter().map(|cell| cell.count).sum::<Option<u64>>()?;
    let (c_low, c_high) = cells
        .iter()
        .map(|cell| possible(cell.count.unwrap_or(0), parameters))
        .fold((0, 0), |sum, reach| (sum.0 + reach.0, sum.1 + reach.1));
    let (b_low, b_high) = parameters.unround(base);
    let percent = |count: u64, base: u64| (ratio(count, base) * 100.0).clamp(0.0, 100.0);
    Some(Share {
        percent: percent(count, base),
        rounding: Interval {
            low: percent(c_low, b_high),
            high: percent(c_high, b_low),
        },
        sampling: wilson(ratio(count, base).min(1.0), base),
    })
}

/// The smallest and the largest exact count of a cell that agree with its table. Of a withheld
/// cell the shown ones leave a rest; the audit says more, but not to a reader of this table alone.
#[must_use]
pub fn reach(table: &Table, cell: &Cell, parameters: &Parameters) -> (u64, u64) {
    match (cell.status, cell.count) {
        (Status::Shown, Some(count)) => possible(count, parameters),
        (Status::FewerThan10, _) => (0, parameters.min_cell.saturating_sub(1)),
        _ => {
            let (_, base) = parameters.unround(table.base.unwrap_or(0));
            (0, base.saturating_sub(others(table, &[cell], parameters)))
        }
    }
}

/// People who at least are in other cells of the same column than these, where each is in one.
pub(super) fn others(table: &Table, cells: &[&Cell], parameters: &Parameters) -> u64 {
    if table.sum != Sum::Base {
        return 0;
    }
    table
        .cells
        .iter()
        .filter(|other| !cells.contains(other))
        .filter(|other| cells.iter().all(|c| c.by_code == other.by_code) && other.code.is_some())
        .filter_map(|other| Some(possible(other.count?, parameters).0))
        .sum()
}

/// Exact counts that are shown as `published`.
fn possible(published: u64, parameters: &Parameters) -> (u64, u64) {
    if published == 0 {
        return (0, 0);
    }
    let (low, high) = parameters.unround(published);
    (low.max(parameters.min_cell), high)
}

/// Standard errors to either side within which 95 % lie.
pub(crate) const Z: f64 = 1.96;

/// A count as a number.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of people are far below 2^52"
)]
pub(crate) const fn real(count: u64) -> f64 {
    count as f64
}

fn ratio(count: u64, base: u64) -> f64 {
    if base == 0 {
        0.0
    } else {
        real(count) / real(base)
    }
}

fn wilson(p: f64, n: u64) -> Interval {
    let n = real(n);
    let z2 = Z * Z;
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    Interval {
        low: ((centre - half) * 100.0).clamp(0.0, 100.0),
        high: ((centre + half) * 100.0).clamp(0.0, 100.0),
    }
}

/// The bands between which the median lies, as positions among the codes given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MedianBand {
    /// Position of the lowest band it can be in.
    pub low: usize,
    /// Position of the highest.
    pub high: usize,
}

/// The median of an ordered table over the cells `codes`; missing codes are left out by leaving
/// them out of `codes`. Hidden and rounded cells widen the answer instead of being guessed.
#[must_use]
pub fn median_band(table: &Table, codes: &[&str], parameters: &Parameters) -> Option<MedianBand> {
    quartile_band(table, codes, 2, parameters)
}

/// The same for a quarter of the people (1), half of them (2) or three quarters (3).
#[must_use]
pub fn quartile_band(
    table: &Table,
    codes: &[&str],
    quarter: u64,
    parameters: &Parameters,
) -> Option<MedianBand> {
    table.base?;
    let bounds: Vec<(u64, u64)> = codes
        .iter()
        .map(|code| {
            let cell = table.cell(code)?;
            Some(reach(table, cell, parameters))
        })
        .collect::<Option<_>>()?;
    let at = |most_below: bool| {
        // The median is lowest when the counts up to some band are as high as they can be and
        // those above as low as they can be; highest the other way round.
        (0..bounds.len()).find(|&i| {
            let below: u64 = bounds
                .iter()
                .take(i + 1)
                .map(|b| if most_below { b.1 } else { b.0 })
                .sum();
            let above: u64 = bounds
                .iter()
                .skip(i + 1)
                .map(|b| if most_below { b.0 } else { b.1 })
                .sum();
            below * 4_u64.saturating_sub(quarter) >= above * quarter && below > 0
        })
    };
    Some(MedianBand {
        low: at(true)?,
        high: at(false)?,
    })
}

/// The best-worst score of an item, from -100 to 100: times best minus times worst over times
/// shown. A hidden count makes it an interval.
#[must_use]
pub fn score(best: &Cell, worst: &Cell, shown: &Cell, parameters: &Parameters) -> Option<Interval> {
    let times = shown.count.filter(|&n| n > 0)?;
    let bounds = |cell: &Cell| match (cell.status, cell.count) {
        (Status::Shown, Some(count)) => (count, count),
        (Status::FewerThan10, _) => (0, parameters.min_cell.saturating_sub(1)),
        // An item is chosen at most as often as it is shown.
        _ => (0, times),
    };
    let (best, worst) = (bounds(best), bounds(worst));
    let net = |plus: u64, minus: u64| {
        ((ratio(plus, times) - ratio(minus, times)) * 100.0).clamp(-100.0, 100.0)
    };
    Some(Interval {
        low: net(best.0, worst.1),
        high: net(best.1, worst.0),
    })
}

/// Where the exact best-worst score of an item can lie, given the smallest and the largest number of
/// times that it can have been best, worst and shown.
pub(super) fn score_reach(best: (u64, u64), worst: (u64, u64), shown: (u64, u64)) -> Interval {
    let score = |plus: u64, minus: u64, extreme: bool| {
        // A lead weighs most among few, a lag among many: each end takes what is farther out.
        let times = if extreme { shown.0.max(1) } else { shown.1 };
        ((ratio(plus, times) - ratio(minus, times)) * 100.0).clamp(-100.0, 100.0)
    };
    Interval {
        low: score(best.0, worst.1, best.0 < worst.1),
        high: score(best.1, worst.0, best.1 > worst.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclosure::TableKind;

    #[test]
    fn a_score_can_lie_as_far_out_as_few_showings_take_it() {
        let lead = score_reach((28, 32), (0, 9), (98, 102));
        assert!((lead.low - 100.0 * 19.0 / 102.0).abs() < 1e-9, "{lead:?}");
        assert!((lead.high - 100.0 * 32.0 / 98.0).abs() < 1e-9, "{lead:?}");
        let lag = score_reach((0, 9), (28, 32), (98, 102));
        assert!((lag.low + 100.0 * 32.0 / 98.0).abs() < 1e-9, "{lag:?}");
        assert!((lag.high + 100.0 * 19.0 / 102.0).abs() < 1e-9, "{lag:?}");
    }

    fn table(counts: &[u64]) -> Table {
        let rules = Parameters::default();
        let cells = counts.iter().enumerate().map(|(i, &count)| {
            let shown = count >= rules.min_cell;
            Cell {
                code: Some(i.to_string()),
                by_code: None,
                count: shown.then(|| rules.round(count)),
                status: if shown {
                    Status::Shown
                } else {
                    Status::FewerThan10
                },
                reason: None,
            }
        });
        Table {
            id: "q".to_owned(),
            question: "q".to_owned(),
            by: None,
            kind: TableKind::Count,
            sum: Sum::Base,
            base: Some(rules.round(counts.iter().sum())),
            cells: cells.collect(),
        }
    }

    #[test]
    fn a_share_is_the_published_count_over_the_published_base() {
        let table = table(&[52, 48]);
        let share = share(&table, &table.cells[0], &Parameters::default()).unwrap();
        assert!((share.percent - 50.0).abs() < 1e-9);
        assert!(share.rounding.low <= 52.0 && 52.0 <= share.rounding.high);
        assert!(share.sampling.low < 50.0 && 50.0 < share.sampling.high);
    }

    #[test]
    fn cells_taken_together_are_as_uncertain_as_their_roundings_add_up_to() {
        let table = table(&[20, 30, 50]);
        let rules = Parameters::default();
        let both = share_together(&table, &[&table.cells[0], &table.cells[1]], &rules).unwrap();
        assert!((both.percent - 50.0).abs() < 1e-9);
        // 18 to 22 and 28 to 32 people, of 98 to 102.
        assert!(
            (both.rounding.low - 100.0 * 46.0 / 102.0).abs() < 1e-9,
            "{both:?}"
        );
        assert!(
            (both.rounding.high - 100.0 * 54.0 / 98.0).abs() < 1e-9,
            "{both:?}"
        );
    }

    #[test]
    fn cells_of_which_one_is_hidden_have_no_share_together() {
        let table = table(&[40, 5, 50]);
        let cells = [&table.cells[0], &table.cells[1]];
        assert_eq!(share_together(&table, &cells, &Parameters::default()), None);
    }

    #[test]
    fn a_withheld_cell_reaches_as_far_as_the_shown_ones_leave_room() {
        let mut table = table(&[50, 5, 12, 30]);
        table.cells[2].count = None;
        table.cells[2].status = Status::Withheld;
        let rules = Parameters::default();
        // 93 to 97 people, of whom at least 48 and 28 are in the shown cells.
        assert_eq!(reach(&table, &table.cells[2], &rules), (0, 97 - 48 - 28));
        assert_eq!(reach(&table, &table.cells[1], &rules), (0, 9));
    }

    #[test]
    fn a_hidden_cell_has_no_share() {
        let table = table(&[95, 5]);
        assert_eq!(share(&table, &table.cells[1], &Parameters::default()), None);
    }

    #[test]
    fn the_median_is_one_band_when_the_hidden_cells_cannot_move_it() {
        let table = table(&[3, 20, 80, 20, 4]);
        let codes = ["0", "1", "2", "3", "4"];
        let median = median_band(&table, &codes, &Parameters::default()).unwrap();
        assert_eq!(median, MedianBand { low: 2, high: 2 });
    }

    #[test]
    fn the_median_is_a_range_when_they_can() {
        let table = table(&[40, 40, 0, 0]);
        let codes = ["0", "1", "2", "3"];
        let median = median_band(&table, &codes, &Parameters::default()).unwrap();
        assert_eq!(median, MedianBand { low: 0, high: 1 });
    }
}
