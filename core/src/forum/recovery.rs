//! Recovery codes: what gives an account back to somebody who lost the password, since no e-mail
//! address is known.
//!
//! Ten random bytes, written as sixteen characters of Crockford's base 32 in groups of four. Eighty
//! bits cannot be guessed even by somebody who holds the hashes, so one pass of a plain hash is
//! enough; the account is part of what is hashed, so a code opens no other.

use std::{fmt, str::FromStr};

use sha2::{Digest, Sha256};

use crate::response::receipt::{ALPHABET, value_of};

/// Codes in a set.
pub const COUNT: usize = 10;
/// Random bytes of a code.
pub const BYTES: usize = 10;
const LENGTH: usize = 16;

/// A recovery code.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RecoveryCode([u8; BYTES]);

/// The text is no recovery code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a recovery code has 16 letters and digits")]
pub struct NoRecoveryCode;

impl RecoveryCode {
    /// A code from random bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; BYTES]) -> Self {
        Self(bytes)
    }

    /// What is stored of the code of `account`.
    #[must_use]
    pub fn hash(&self, account: &str) -> [u8; 32] {
        let mut hash = Sha256::new();
        for part in ["partake recovery v1", account] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        hash.update(self.0);
        hash.finalize().into()
    }
}

impl FromStr for RecoveryCode {
    type Err = NoRecoveryCode;

    /// Reads a code as a person may have written it: any case, O for 0, I and L for 1, with or
    /// without spaces and hyphens, in full-width characters.
    fn from_str(text: &str) -> Result<Self, NoRecoveryCode> {
        let mut bits = 0_u128;
        let mut n = 0;
        for written in text.chars() {
            let Some(value) = value_of(written).map_err(|_| NoRecoveryCode)? else {
                continue;
            };
            n += 1;
            if n > LENGTH {
                return Err(NoRecoveryCode);
            }
            bits = bits << 5 | u128::from(value);
        }
        if n != LENGTH {
            return Err(NoRecoveryCode);
        }
        let mut bytes = [0; BYTES];
        bytes.copy_from_slice(&bits.to_be_bytes()[16 - BYTES..]);
        Ok(Self(bytes))
    }
}

impl fmt::Display for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut whole = [0; 16];
        whole[16 - BYTES..].copy_from_slice(&self.0);
        let bits = u128::from_be_bytes(whole);
        for at in 0..LENGTH {
            if at > 0 && at % 4 == 0 {
                f.write_str("-")?;
            }
            let [low, ..] = (bits >> (5 * (LENGTH - 1 - at))).to_le_bytes();
            let letter = ALPHABET.get(usize::from(low & 31)).copied().unwrap_or(b'0');
            write!(f, "{}", char::from(letter))?;
        }
        Ok(())
    }
}

impl fmt::Debug for RecoveryCode {
    /// A code must not get into a log by way of a derived `Debug`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_code_is_read_as_it_was_written(bytes: [u8; BYTES]) {
            let code = RecoveryCode::from_bytes(bytes);
            prop_assert_eq!(code.to_string().parse(), Ok(code));
            let sloppy = code.to_string().to_lowercase().replace('-', "  ").replace('0', "o");
            prop_assert_eq!(sloppy.parse(), Ok(code));
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for bad in [
            "",
            "0000",
            "0000-0000-0000-000",
            "0000-0000-0000-00000",
            "000000000000000!",
            "０一二三",
        ] {
            assert_eq!(bad.parse::<RecoveryCode>(), Err(NoRecoveryCode), "{bad}");
        }
    }

    #[test]
    fn a_code_opens_one_account() {
        let code = RecoveryCode::from_bytes([7; BYTES]);
        assert_ne!(code.hash("a"), code.hash("b"));
        assert_ne!(
            code.hash("a"),
            RecoveryCode::from_bytes([8; BYTES]).hash("a")
        );
        assert!(!format!("{code:?}").contains(&code.to_string()));
    }
}
