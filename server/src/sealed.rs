//! Answers that travel with a page: encrypted, so that nobody who finds the page's source or a
//! cached copy reads them, and authenticated, so that nobody alters them.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use partake_core::response::{Answers, Assignment, Pace};
use partake_survey::Confirmed;
use serde::{Deserialize, Serialize};

use crate::entropy::{self, EntropyError};

/// What the seal is for; a seal made for anything else does not open here.
const PURPOSE: &[u8] = b"partake survey state 1";
const NONCE: usize = 24;

/// A response in progress, as a page without a script carries it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    pub survey: String,
    pub version: String,
    pub seed: u32,
    /// The receipt: it is what makes a repeated submission the same response.
    pub receipt: String,
    pub assignment: Assignment,
    pub answers: Answers,
    /// Pages of earlier versions do not say.
    #[serde(default)]
    pub confirmed: Confirmed,
    /// The device is shared, so the runner must keep no draft.
    pub shared: bool,
    /// A stored response is being changed.
    pub change: bool,
    /// The answers have been looked over once. Pages of earlier versions do not say.
    #[serde(default)]
    pub reviewed: bool,
    /// When it was begun, until its pace is judged: it is sealed in the page and nowhere else.
    #[serde(default)]
    pub begun_ms: Option<i64>,
    #[serde(default)]
    pub pace: Pace,
}

/// The server's key.
#[derive(Clone)]
pub struct SealKey(XChaCha20Poly1305);

/// A key of the wrong length.
#[derive(Debug, thiserror::Error)]
#[error("the stored seal key has {0} bytes instead of 32")]
pub struct KeyLength(usize);

/// A seal that does not open: altered, cut short, or made with another key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the state of the page does not verify")]
pub struct Broken;

impl SealKey {
    /// The key from its 32 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyLength> {
        XChaCha20Poly1305::new_from_slice(bytes)
            .map(Self)
            .map_err(|_| KeyLength(bytes.len()))
    }

    /// Seals a response in progress.
    pub fn seal(&self, progress: &Progress) -> Result<String, SealError> {
        self.seal_bytes(PURPOSE, &serde_json::to_vec(progress)?)
    }

    /// Opens what [`Self::seal`] made.
    pub fn open(&self, sealed: &str) -> Result<Progress, Broken> {
        serde_json::from_slice(&self.open_bytes(PURPOSE, sealed)?).map_err(|_| Broken)
    }

    /// Seals anything else; what is sealed for one purpose opens for no other.
    pub fn seal_bytes(&self, purpose: &[u8], plain: &[u8]) -> Result<String, SealError> {
        let nonce = entropy::bytes::<NONCE>()?;
        let payload = Payload {
            msg: plain,
            aad: purpose,
        };
        let sealed = self
            .0
            .encrypt(XNonce::from_slice(&nonce), payload)
            .map_err(|_| SealError::TooLong)?;
        Ok(URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// Opens what [`Self::seal_bytes`] made for the same purpose.
    pub fn open_bytes(&self, purpose: &[u8], sealed: &str) -> Result<Vec<u8>, Broken> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| Broken)?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE).ok_or(Broken)?;
        let payload = Payload {
            msg: sealed,
            aad: purpose,
        };
        self.0
            .decrypt(XNonce::from_slice(nonce), payload)
            .map_err(|_| Broken)
    }
}

/// Why nothing could be sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    #[error(transparent)]
    Encoding(#[from] serde_json::Error),
    #[error("the state is too long to seal")]
    TooLong,
}

#[cfg(test)]
mod tests {
    use partake_core::response::Answer;

    use super::*;

    fn progress() -> Progress {
        Progress {
            survey: "s".to_owned(),
            version: "1".to_owned(),
            seed: 7,
            receipt: "a receipt code".to_owned(),
            assignment: Assignment::new(),
            answers: Answers::from([("q".to_owned(), Answer::Number(0.5))]),
            confirmed: Confirmed::from([("q".to_owned(), "0.5".to_owned())]),
            shared: true,
            change: false,
            reviewed: true,
            begun_ms: Some(1),
            pace: Pace::Usual,
        }
    }

    #[test]
    fn opens_what_it_sealed_and_hides_it() {
        let key = SealKey::from_bytes(&[1; 32]).unwrap();
        let sealed = key.seal(&progress()).unwrap();
        assert_eq!(key.open(&sealed), Ok(progress()));
        assert_ne!(
            sealed,
            key.seal(&progress()).unwrap(),
            "the same state looks new each time"
        );
    }

    #[test]
    fn refuses_every_altered_byte_another_key_and_a_stump() {
        let key = SealKey::from_bytes(&[1; 32]).unwrap();
        let sealed = key.seal(&progress()).unwrap();
        for at in 0..sealed.len() {
            let mut altered = sealed.clone().into_bytes();
            altered[at] = if altered[at] == b'A' { b'B' } else { b'A' };
            let altered = String::from_utf8(altered).unwrap();
            // The last character carries spare bits that no decoder may accept in two forms.
            assert_eq!(key.open(&altered), Err(Broken), "at {at}");
        }
        assert_eq!(
            SealKey::from_bytes(&[2; 32]).unwrap().open(&sealed),
            Err(Broken)
        );
        assert_eq!(key.open(&sealed[..sealed.len() / 2]), Err(Broken));
        assert_eq!(key.open(""), Err(Broken));
        assert_eq!(key.open("不是"), Err(Broken));
    }
}
