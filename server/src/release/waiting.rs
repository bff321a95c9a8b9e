//! How many answers the first release still waits for. It is told in steps of ten, and moves only
//! on the days on which a release is attempted: a number that moved with each answer would tell
//! when somebody took part.

use partake_core::disclosure::Parameters;
use partake_store::{Store, StoreError, instruments::Wave};

const STEP: u64 = 10;

fn name(survey: &str) -> String {
    format!("release_waits_for/{survey}")
}

/// Notes what is missing after an attempt that made nothing. Once there is a release there is
/// nothing to wait for, and nobody starts on a version that another has followed.
///
/// # Errors
/// When the database cannot be read or written.
pub(super) async fn note(store: &Store, wave: &Wave, rules: &Parameters) -> Result<(), StoreError> {
    let Wave {
        survey, version, ..
    } = wave;
    let current = store.current_wave(survey).await?;
    let followed = current.is_none_or(|current| current.version != *version);
    if followed || store.newest_release(survey).await?.is_some() {
        return Ok(());
    }
    let there = store.snapshot(survey, version).await?.responses.len();
    let there = u64::try_from(there).unwrap_or(u64::MAX);
    let needed = rules.first_release + rules.hold_back;
    let missing = needed.saturating_sub(there).div_ceil(STEP).max(1) * STEP;
    let value = missing.to_string();
    let seen = store
        .setting_or_insert(&name(survey), value.as_bytes())
        .await?;
    if seen != value.as_bytes() {
        store
            .setting_exchange(&name(survey), &seen, value.as_bytes())
            .await?;
    }
    Ok(())
}

/// What was noted last.
///
/// # Errors
/// When the database cannot be read.
pub async fn noted(store: &Store, survey: &str) -> Result<Option<u64>, StoreError> {
    let value = store.setting(&name(survey)).await?;
    Ok(value
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .and_then(|text| text.parse().ok()))
}
