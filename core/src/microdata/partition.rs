//! Which rows are alike: rows of numbers become numbers of classes.

/// Rows put into classes.
pub(super) struct Partition {
    /// Class of each row; classes are numbered by their first row.
    pub(super) class_of: Vec<u32>,
    /// A row of each class, its first.
    pub(super) first: Vec<u32>,
}

/// Puts equal rows into the same class. A column comes with the number that all its codes are below.
///
/// Codes are packed into one 64-bit key by their place value; where the key would overflow, what
/// is packed so far is first numbered densely. `rows` is below 2^32.
pub(super) fn partition(columns: &[(&[u32], usize)], rows: usize) -> Partition {
    let mut keys = vec![0_u64; rows];
    let mut range = 1_u64;
    for (codes, values) in columns {
        let values = (*values).max(1) as u64;
        if range.checked_mul(values).is_none() {
            let mut numbers = Numbers::default();
            for key in &mut keys {
                *key = u64::from(numbers.of(*key));
            }
            range = (numbers.keys.len() as u64).max(1);
        }
        range = range.saturating_mul(values);
        for (key, code) in keys.iter_mut().zip(*codes) {
            *key = *key * values + u64::from(*code);
        }
    }
    let mut numbers = Numbers::default();
    let mut first = Vec::new();
    let mut class_of = Vec::with_capacity(rows);
    for (row, key) in (0_u32..).zip(&keys) {
        let class = numbers.of(*key);
        if class as usize == first.len() {
            first.push(row);
        }
        class_of.push(class);
    }
    Partition { class_of, first }
}

/// Numbers keys from 0 by first appearance: open addressing, since every node of a lattice hashes
/// all its classes and the standard map costs several times as much.
#[derive(Default)]
struct Numbers {
    /// Number of the key plus one; 0 where free. The length is a power of two.
    slots: Vec<u32>,
    keys: Vec<u64>,
}

impl Numbers {
    fn of(&mut self, key: u64) -> u32 {
        if self.keys.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let mask = self.slots.len() - 1;
        let mut at = spread(key) & mask;
        loop {
            match self.slots[at] {
                0 => {
                    self.keys.push(key);
                    // Below 2^32, as rows are.
                    let number = self.keys.len() as u32;
                    self.slots[at] = number;
                    return number - 1;
                }
                number if self.keys[number as usize - 1] == key => return number - 1,
                _ => at = (at + 1) & mask,
            }
        }
    }

    fn grow(&mut self) {
        let length = (self.slots.len() * 4).max(256);
        self.slots = vec![0; length];
        let mask = length - 1;
        for (number, key) in (1_u32..).zip(&self.keys) {
            let mut at = spread(*key) & mask;
            while self.slots[at] != 0 {
                at = (at + 1) & mask;
            }
            self.slots[at] = number;
        }
    }
}

/// Multiplicative hashing; the multiplier is 2^64 divided by the golden ratio.
const fn spread(key: u64) -> usize {
    let product = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (product ^ (product >> 32)) as usize
}

#[cfg(test)]
mod tests {
    use super::partition;

    #[test]
    fn rows_are_alike_when_all_columns_are_even_if_the_key_overflows() {
        let big = 1 << 30;
        let columns: Vec<Vec<u32>> = (0..5)
            .map(|c| vec![7, 7, big - 1, 7 + u32::from(c == 4), big - 1])
            .collect();
        let columns: Vec<(&[u32], usize)> = columns
            .iter()
            .map(|c| (c.as_slice(), big as usize))
            .collect();
        let found = partition(&columns, 5);
        assert_eq!(found.class_of, [0, 0, 1, 2, 1]);
        assert_eq!(found.first, [0, 2, 3]);
    }

    #[test]
    fn many_classes_keep_their_numbers() {
        let codes: Vec<u32> = (0..20_000).map(|i| i % 9_000).collect();
        let found = partition(&[(&codes, 9_000)], codes.len());
        assert_eq!(found.first.len(), 9_000);
        assert!(found.class_of.iter().zip(&codes).all(|(a, b)| a == b));
    }
}
