//! Work that several threads do on a long list, whose results are taken one by one and in order.

use std::sync::mpsc::sync_channel;

/// Items that a thread works on before it hands their results over.
const BATCH: usize = 256;
/// Batches that a thread may be ahead of whoever takes them.
const AHEAD: usize = 2;

/// Gives what `work` makes of each of `items` (and its place) to `take`, in the order of `items`,
/// and stops at the first error of `take`. However long the list is, the results of a few hundred
/// items are held at a time. With fewer than two `workers` all happens on the thread that calls.
pub(crate) fn in_order<T: Sync, R: Send, E>(
    items: &[T],
    workers: usize,
    work: impl Fn(usize, &T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    if workers < 2 || items.len() <= BATCH {
        let mut all = items.iter().enumerate();
        return all.try_for_each(|(place, item)| take(work(place, item)));
    }
    let batches = || items.chunks(BATCH).enumerate();
    let work = &work;
    std::thread::scope(|scope| {
        let hands: Vec<_> = (0..workers)
            .map(|worker| {
                let (give, hand) = sync_channel::<Vec<R>>(AHEAD);
                scope.spawn(move || {
                    for (at, batch) in batches().skip(worker).step_by(workers) {
                        let made = batch
                            .iter()
                            .enumerate()
                            .map(|(place, item)| work(at * BATCH + place, item))
                            .collect();
                        // Nobody takes any more after an error.
                        if give.send(made).is_err() {
                            return;
                        }
                    }
                });
                hand
            })
            .collect();
        // A thread that panicked hands nothing over; the scope then panics too.
        batches()
            .zip(hands.iter().cycle())
            .map_while(|(_, hand)| hand.recv().ok())
            .flatten()
            .try_for_each(&mut take)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_list_whoever_made_them() {
        let items: Vec<usize> = (0..10_000).collect();
        for workers in [0, 1, 2, 3, 7] {
            let mut taken = Vec::new();
            let done = in_order(
                &items,
                workers,
                |place, item| {
                    assert_eq!(place, *item);
                    item * 2
                },
                |made| {
                    taken.push(made);
                    Ok::<(), ()>(())
                },
            );
            assert_eq!(done, Ok(()));
            let expected: Vec<usize> = items.iter().map(|item| item * 2).collect();
            assert_eq!(taken, expected, "{workers}");
        }
    }

    #[test]
    fn the_first_error_ends_it() {
        let items: Vec<usize> = (0..100_000).collect();
        for workers in [1, 2] {
            let mut taken = 0;
            let done = in_order(
                &items,
                workers,
                |_, item| *item,
                |made| {
                    taken += 1;
                    if made == 700 { Err("enough") } else { Ok(()) }
                },
            );
            assert_eq!((done, taken), (Err("enough"), 701));
        }
    }
}
