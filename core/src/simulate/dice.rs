//! Chance, from any source of random bits.

/// A source of random bits; a closure is one.
pub trait Draw {
    /// The next 32 bits.
    fn next_u32(&mut self) -> u32;
}

impl<F: FnMut() -> u32> Draw for F {
    fn next_u32(&mut self) -> u32 {
        self()
    }
}

pub(super) struct Dice<'r>(&'r mut dyn Draw);

impl<'r> Dice<'r> {
    pub(super) fn new(source: &'r mut impl Draw) -> Self {
        Self(source)
    }

    pub(super) fn bits(&mut self) -> u32 {
        self.0.next_u32()
    }

    /// From 0 up to 1.
    pub(super) fn unit(&mut self) -> f64 {
        f64::from(self.bits()) / (f64::from(u32::MAX) + 1.0)
    }

    pub(super) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Mean 0, standard deviation 1, never beyond 6: twelve uniform draws.
    pub(super) fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }

    /// One of the items, by weight; `None` when none weighs anything.
    pub(super) fn weighted<'i, T>(&mut self, items: &'i [(T, f64)]) -> Option<&'i T> {
        let total: f64 = items.iter().map(|(_, weight)| weight).sum();
        let mut left = self.unit() * total;
        for (item, weight) in items {
            left -= weight;
            if left < 0.0 {
                return Some(item);
            }
        }
        items
            .iter()
            .rev()
            .find(|(_, weight)| *weight > 0.0)
            .map(|(item, _)| item)
    }

    /// One of the items, each as likely as the others.
    pub(super) fn one<'i, T>(&mut self, items: &'i [T]) -> Option<&'i T> {
        let n = u32::try_from(items.len()).ok().filter(|n| *n > 0)?;
        items.get(usize::try_from(self.bits() % n).ok()?)
    }
}
