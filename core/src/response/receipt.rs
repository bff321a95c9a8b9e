//! The receipt: the one key to a stored response, held by its author only.
//!
//! Sixteen random bytes, written as 28 characters of Crockford's base 32 in groups of four. The
//! last twelve bits are a check, so that a slip of the pen is told from an unknown receipt. What
//! the server stores is derived from it one way; the derivations of sheet, texts and votes are
//! separate, so that none of them leads to another without the receipt.

use std::{fmt, str::FromStr};

use sha2::{Digest, Sha256};

pub(crate) const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 28;

/// A receipt.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Receipt([u8; 16]);

/// Why a text is not a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// Not 28 letters and digits.
    #[error("a receipt has 28 letters and digits")]
    Length,
    /// A character that no receipt holds.
    #[error("{0:?} does not occur in a receipt")]
    Character(char),
    /// The check does not fit: a character is wrong.
    #[error("a character of the receipt is wrong")]
    Check,
}

impl Receipt {
    /// A receipt from sixteen random bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The bytes it was made from: whoever has them has the receipt.
    #[must_use]
    pub const fn to_bytes(&self) -> [u8; 16] {
        self.0
    }

    /// Reads a receipt as a person may have written it: any case, O for 0, I and L for 1, with or
    /// without spaces and hyphens, in full-width characters.
    ///
    /// # Errors
    /// When it is not a receipt.
    pub fn parse(text: &str) -> Result<Self, ReceiptError> {
        let mut bits = 0_u128;
        let mut check = 0_u16;
        let mut n = 0;
        for written in text.chars() {
            let Some(value) = value_of(written)? else {
                continue;
            };
            // 25 characters and the first three bits of the next are the secret, the rest check it.
            match n {
                0..25 => bits = bits << 5 | u128::from(value),
                25 => {
                    bits = bits << 3 | u128::from(value >> 2);
                    check = u16::from(value & 3);
                }
                26..LENGTH => check = check << 5 | u16::from(value),
                _ => return Err(ReceiptError::Length),
            }
            n += 1;
        }
        if n != LENGTH {
            return Err(ReceiptError::Length);
        }
        let receipt = Self(bits.to_be_bytes());
        if receipt.check() == check {
            Ok(receipt)
        } else {
            Err(ReceiptError::Check)
        }
    }

    /// The id under which the sheet is stored.
    #[must_use]
    pub fn response_id(&self) -> [u8; 16] {
        self.derive("response", "")
    }

    /// The id under which the text given to an item is stored.
    #[must_use]
    pub fn text_id(&self, item: &str) -> [u8; 16] {
        self.derive("text", item)
    }

    /// The id under which the votes are stored.
    #[must_use]
    pub fn votes_id(&self) -> [u8; 16] {
        self.derive("votes", "")
    }

    fn derive(&self, purpose: &str, item: &str) -> [u8; 16] {
        let mut hash = Sha256::new();
        for part in ["partake receipt v1", purpose, item] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        hash.update(self.0);
        let digest: [u8; 32] = hash.finalize().into();
        let mut id = [0; 16];
        id.copy_from_slice(&digest[..16]);
        id
    }

    fn check(&self) -> u16 {
        let [first, second, ..] = self.derive("check", "");
        u16::from_be_bytes([first, second]) >> 4
    }
}

/// The value of a character; `None` for one that only separates.
pub(crate) fn value_of(written: char) -> Result<Option<u8>, ReceiptError> {
    let plain = match u32::from(written) {
        full @ 0xff01..=0xff5e => char::from_u32(full - 0xfee0).unwrap_or(written),
        _ => written,
    };
    let upper = plain.to_ascii_uppercase();
    let meant = match upper {
        '-' | '‐' | '‑' | '–' | '—' | '_' => return Ok(None),
        space if space.is_whitespace() => return Ok(None),
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET
        .iter()
        .zip(0_u8..)
        .find(|(letter, _)| char::from(**letter) == meant)
        .map(|(_, value)| Some(value))
        .ok_or(ReceiptError::Character(written))
}

impl FromStr for Receipt {
    type Err = ReceiptError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let secret = u128::from_be_bytes(self.0);
        let check = self.check();
        for at in 0..LENGTH {
            if at > 0 && at % 4 == 0 {
                f.write_str("-")?;
            }
            let [low, ..] = match at {
                0..25 => (secret >> (3 + 5 * (24 - at))).to_le_bytes(),
                25 => (secret << 2 | u128::from(check >> 10)).to_le_bytes(),
                _ => u128::from(check >> (5 * (27 - at))).to_le_bytes(),
            };
            let letter = ALPHABET.get(usize::from(low & 31)).copied().unwrap_or(b'0');
            write!(f, "{}", char::from(letter))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Receipt {
    /// A receipt must not get into a log by way of a derived `Debug`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Receipt(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn reads_what_it_writes(bytes: [u8; 16]) {
            let receipt = Receipt::from_bytes(bytes);
            let text = receipt.to_string();
            prop_assert_eq!(text.len(), 34);
            prop_assert_eq!(Receipt::parse(&text), Ok(receipt));
            prop_assert_eq!(Receipt::parse(&text.to_lowercase().replace('-', " ")), Ok(receipt));
        }

        #[test]
        fn never_panics(text: String) {
            let _ = Receipt::parse(&text);
        }
    }

    #[test]
    fn codes_and_ids_stay_what_they_are() {
        // Computed by another program: a stored response must be found by every later version.
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(0..).for_each(|(byte, n)| *byte = n);
        let receipt = Receipt::from_bytes(bytes);
        let hex = |id: [u8; 16]| id.map(|b| format!("{b:02x}")).concat();
        assert_eq!(receipt.to_string(), "000G-40R4-0M30-E209-185G-R38E-1W36");
        assert_eq!(
            hex(receipt.response_id()),
            "86a913b25151064cdba35aa007911d59"
        );
        assert_eq!(
            hex(receipt.text_id("keep_human")),
            "28d336d79385d81591a653b81f79422b"
        );
    }

    #[test]
    fn forgives_look_alikes_and_full_width() {
        let text = Receipt::from_bytes([0x08; 16]).to_string();
        assert!(text.contains('0') && text.contains('1'), "{text}");
        let written = text.replace('0', "o").replace('1', "l").replace('-', "－");
        assert_eq!(
            Receipt::parse(&written),
            Ok(Receipt::from_bytes([0x08; 16]))
        );
    }

    #[test]
    fn tells_slips_from_receipts() {
        let text = Receipt::from_bytes([9; 16]).to_string();
        let swapped = if text.starts_with('7') {
            text.replacen('7', "8", 1)
        } else {
            text.replacen(&text[..1], "7", 1)
        };
        assert_eq!(Receipt::parse(&swapped), Err(ReceiptError::Check));
        assert_eq!(Receipt::parse(&text[..20]), Err(ReceiptError::Length));
        assert_eq!(Receipt::parse("U000"), Err(ReceiptError::Character('U')));
    }

    #[test]
    fn ids_differ_by_purpose_and_item() {
        let receipt = Receipt::from_bytes([1; 16]);
        let ids = [
            receipt.response_id(),
            receipt.votes_id(),
            receipt.text_id("open_condition"),
            receipt.text_id("keep_human"),
        ];
        for (i, a) in ids.iter().enumerate() {
            assert!(ids.iter().skip(i + 1).all(|b| a != b));
        }
    }
}
