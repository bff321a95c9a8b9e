//! Which sensitive values occur in each class. To know whether a class has l of them, l of each
//! part are enough, so that is all that is kept.

/// For each class up to `most` different values, sorted.
#[derive(Clone)]
pub(super) struct ValueSets {
    most: usize,
    starts: Vec<u32>,
    values: Vec<u32>,
}

impl ValueSets {
    /// From the value and the class of each row.
    pub(super) fn of_rows(codes: &[u32], class_of: &[u32], classes: usize, most: usize) -> Self {
        let mut pairs: Vec<(u32, u32)> = class_of
            .iter()
            .copied()
            .zip(codes.iter().copied())
            .collect();
        Self::of_pairs(&mut pairs, classes, most)
    }

    /// The sets of classes made of these classes.
    pub(super) fn merged(&self, class_of: &[u32], classes: usize) -> Self {
        let mut pairs: Vec<(u32, u32)> = class_of
            .iter()
            .enumerate()
            .flat_map(|(old, &class)| self.of(old).iter().map(move |&value| (class, value)))
            .collect();
        Self::of_pairs(&mut pairs, classes, self.most)
    }

    pub(super) fn retained(&self, keep: &[bool]) -> Self {
        let mut kept = Self {
            most: self.most,
            starts: vec![0],
            values: Vec::new(),
        };
        for (class, _) in keep.iter().enumerate().filter(|(_, keep)| **keep) {
            kept.values.extend_from_slice(self.of(class));
            // Never more values than rows.
            kept.starts.push(kept.values.len() as u32);
        }
        kept
    }

    /// The values known to occur in a class: all, or the first `most`.
    pub(super) fn of(&self, class: usize) -> &[u32] {
        &self.values[self.starts[class] as usize..self.starts[class + 1] as usize]
    }

    /// Whether the class has as many different values as are kept at most.
    pub(super) fn enough(&self, class: usize) -> bool {
        self.starts[class + 1] - self.starts[class] >= self.most as u32
    }

    fn of_pairs(pairs: &mut Vec<(u32, u32)>, classes: usize, most: usize) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let mut starts = Vec::with_capacity(classes + 1);
        let mut values: Vec<u32> = Vec::with_capacity(pairs.len());
        let mut rest = pairs.as_slice();
        for class in 0..classes as u32 {
            starts.push(values.len() as u32);
            let end = rest.partition_point(|pair| pair.0 <= class);
            let (own, others) = rest.split_at(end);
            values.extend(own.iter().take(most).map(|pair| pair.1));
            rest = others;
        }
        starts.push(values.len() as u32);
        Self {
            most,
            starts,
            values,
        }
    }
}
