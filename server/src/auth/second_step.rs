//! Codes of an authenticator (TOTP: SHA-1, six digits, thirty seconds), which every app reads.

use std::sync::Arc;

use partake_store::{SecondStep, Store, StoreError};
use qrcode::{Color, EcLevel, QrCode};
use totp_rs::{Builder, Secret, Totp};

use super::HashError;
use crate::{entropy, error::percent_encode};
use partake_core::forum::RecoveryCode;
use unicode_normalization::UnicodeNormalization as _;

/// Bytes of a secret.
const SECRET: usize = 20;

/// A secret as it is shown while the second step is set up.
#[derive(Clone, Debug)]
pub struct Enrolment {
    /// For typing by hand, in groups of four.
    pub text: String,
    /// What the picture says.
    pub uri: String,
    /// The picture: rows of dark and light, without the margin.
    pub picture: Arc<[Vec<bool>]>,
}

fn totp(secret: &[u8]) -> Totp {
    Builder::new()
        .with_secret(Secret::from(secret))
        .build_noncompliant()
}

/// A new secret.
pub fn new_secret() -> Result<Vec<u8>, entropy::EntropyError> {
    Ok(entropy::bytes::<SECRET>()?.to_vec())
}

/// How `secret` gets into an authenticator.
pub fn enrolment(secret: &[u8], site: &str, handle: &str) -> Result<Enrolment, HashError> {
    let text = Secret::from(secret).to_base32();
    let (site, handle) = (percent_encode(site), percent_encode(handle));
    let uri = format!("otpauth://totp/{site}:{handle}?secret={text}&issuer={site}");
    let code = QrCode::with_error_correction_level(&uri, EcLevel::L)
        .map_err(|error| HashError::Failed(error.to_string()))?;
    let picture = code
        .to_colors()
        .chunks(code.width())
        .map(|row| row.iter().map(|&module| module == Color::Dark).collect())
        .collect();
    let groups: Vec<String> = text
        .as_bytes()
        .chunks(4)
        .map(|group| String::from_utf8_lossy(group).into_owned())
        .collect();
    Ok(Enrolment {
        text: groups.join(" "),
        uri,
        picture,
    })
}

/// The time step whose code was typed: this one, the one before or the one after, because clocks
/// differ.
#[must_use]
pub fn step_of(secret: &[u8], typed: &str, now_ms: i64) -> Option<i64> {
    let seconds = u64::try_from(now_ms / 1_000).ok()?;
    let digits: String = typed.nfkc().filter(|c| !c.is_whitespace()).collect();
    let step = totp(secret).check(&digits, seconds)?;
    i64::try_from(step).ok()
}

/// Takes a code of the authenticator or a recovery code; each is good once.
pub async fn accept(
    store: &Store,
    account: &str,
    factor: &SecondStep,
    typed: &str,
    now_ms: i64,
) -> Result<bool, StoreError> {
    if let Some(step) = step_of(&factor.secret, typed, now_ms) {
        return store.accept_step(account, step).await;
    }
    match typed.parse::<RecoveryCode>() {
        Ok(code) => store.use_recovery_code(account, &code.hash(account)).await,
        Err(_) => Ok(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_are_those_of_the_standard() {
        // RFC 6238, appendix B: the last six digits of the SHA-1 column.
        let secret = b"12345678901234567890";
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (20_000_000_000_i64, "353130"),
        ] {
            assert_eq!(step_of(secret, code, seconds * 1_000), Some(seconds / 30));
        }
        assert_eq!(step_of(secret, " ２８７ 082", 59_000), Some(1));
        assert_eq!(step_of(secret, "287082", 59_000 + 30_000), Some(1));
        assert_eq!(step_of(secret, "287082", 59_000 + 90_000), None);
        assert_eq!(step_of(secret, "", 59_000), None);
    }

    #[test]
    fn a_secret_is_shown_as_text_and_as_a_picture() {
        let shown = enrolment(b"12345678901234567890", "例.example", "林小雨").unwrap();
        assert_eq!(shown.text, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert!(shown.uri.is_ascii() && shown.uri.starts_with("otpauth://totp/"));
        assert!(shown.picture.len() >= 21);
        assert!(
            shown
                .picture
                .iter()
                .all(|row| row.len() == shown.picture.len())
        );
        assert!(shown.picture[0][..7].iter().all(|&dark| dark));
    }
}
