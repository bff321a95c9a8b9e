//! Reading and writing the bytes of stored answers.

/// Appends a number in groups of seven bits, lowest first.
pub(super) fn write(out: &mut Vec<u8>, mut n: u64) {
    loop {
        let byte = n.to_le_bytes()[0] & 0x7f;
        n >>= 7;
        if n == 0 {
            out.push(byte);
            return;
        }
        out.push(byte | 0x80);
    }
}

/// Appends one bit for each item, lowest first.
pub(super) fn write_bits(out: &mut Vec<u8>, bits: impl Iterator<Item = bool>) {
    let bits: Vec<bool> = bits.collect();
    for byte in bits.chunks(8) {
        out.push(
            byte.iter()
                .rev()
                .fold(0, |acc, bit| acc << 1 | u8::from(*bit)),
        );
    }
}

/// What is left to read.
#[derive(Debug)]
pub(super) struct Bytes<'a>(pub(super) &'a [u8]);

impl Bytes<'_> {
    pub(super) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    pub(super) fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*first)
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        let mut n = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let part = u64::from(byte & 0x7f);
            if part.leading_zeros() < shift {
                return None;
            }
            n |= part << shift;
            if byte & 0x80 == 0 {
                return Some(n);
            }
        }
        None
    }

    pub(super) fn index(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    pub(super) fn bits(&mut self, n: usize) -> Option<Vec<bool>> {
        let mut bits = Vec::with_capacity(n);
        while bits.len() < n {
            let byte = self.byte()?;
            let here = (n - bits.len()).min(8);
            if here < 8 && byte >> here != 0 {
                return None;
            }
            bits.extend((0..here).map(|i| byte >> i & 1 == 1));
        }
        Some(bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_round_trip() {
        for n in [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX] {
            let mut out = Vec::new();
            write(&mut out, n);
            assert_eq!(Bytes(&out).number(), Some(n));
        }
    }

    #[test]
    fn a_number_that_does_not_fit_is_refused() {
        assert_eq!(Bytes(&[0xff; 11]).number(), None);
        assert_eq!(
            Bytes(&[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f]).number(),
            None
        );
    }
}
