//! The one place that draws randomness.

use rand::SeedableRng as _;
use rand_chacha::ChaCha20Rng;

/// The system gave no randomness; nothing that needs secrecy may go on.
#[derive(Debug, thiserror::Error)]
#[error("the system's random number generator failed: {0}")]
pub struct EntropyError(#[from] getrandom::Error);

/// `N` random bytes from the system.
pub fn bytes<const N: usize>() -> Result<[u8; N], EntropyError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// A generator seeded by the system.
pub fn rng() -> Result<ChaCha20Rng, EntropyError> {
    Ok(ChaCha20Rng::from_seed(bytes()?))
}
