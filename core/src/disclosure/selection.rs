//! Which responses a release takes in.

use super::Parameters;

/// What a release takes in and what waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection<T> {
    /// Released now.
    pub released: Vec<T>,
    /// Held back for a later release.
    pub held_back: Vec<T>,
}

/// There are not enough new responses. No number is carried along: how many wait is not public.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not enough responses for a release")]
pub struct TooFew;

/// Draws the responses that wait and releases the others, if they are enough.
///
/// `eligible` are the responses not yet released; `already` is the number released before.
/// `below(n)` returns a uniform number below `n`; nothing about the order of `eligible` decides
/// who waits.
///
/// # Errors
/// [`TooFew`] when a batch, or the first release as a whole, would be too small.
pub fn select<T>(
    mut eligible: Vec<T>,
    already: u64,
    parameters: &Parameters,
    mut below: impl FnMut(usize) -> usize,
) -> Result<Selection<T>, TooFew> {
    let waiting = usize::try_from(parameters.hold_back)
        .unwrap_or(usize::MAX)
        .min(eligible.len());
    let batch = u64::try_from(eligible.len() - waiting).unwrap_or(u64::MAX);
    if batch < parameters.min_batch || already + batch < parameters.first_release {
        return Err(TooFew);
    }
    // Fisher–Yates over the first places only: each subset of that size is equally likely.
    for i in 0..waiting {
        let j = i + below(eligible.len() - i).min(eligible.len() - i - 1);
        eligible.swap(i, j);
    }
    let released = eligible.split_off(waiting);
    Ok(Selection {
        released,
        held_back: eligible,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(_: usize) -> usize {
        0
    }

    #[test]
    fn the_first_release_needs_thirty_beside_the_twenty_that_wait() {
        let rules = Parameters::default();
        assert_eq!(select((0..49).collect(), 0, &rules, first), Err(TooFew));
        let selection = select((0..50).collect::<Vec<_>>(), 0, &rules, first).unwrap();
        assert_eq!(
            (selection.released.len(), selection.held_back.len()),
            (30, 20)
        );
    }

    #[test]
    fn a_later_batch_needs_twenty() {
        let rules = Parameters::default();
        assert_eq!(select((0..39).collect(), 480, &rules, first), Err(TooFew));
        assert_eq!(
            select((0..40).collect::<Vec<_>>(), 480, &rules, first)
                .unwrap()
                .released
                .len(),
            20
        );
        assert_eq!(select(Vec::<u8>::new(), 480, &rules, first), Err(TooFew));
    }

    #[test]
    fn the_draw_decides_who_waits() {
        let rules = Parameters {
            hold_back: 2,
            min_batch: 1,
            first_release: 1,
            ..Parameters::default()
        };
        let selection = select(vec![0, 1, 2, 3, 4], 0, &rules, |n| n - 1).unwrap();
        assert_eq!(selection.held_back, [4, 0]);
        assert_eq!(selection.released, [2, 3, 1]);
    }
}
