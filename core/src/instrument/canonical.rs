//! The one JSON form of an instrument: what is hashed, stored, published and sent to the browser.

use super::Instrument;

/// The instrument as JSON, always the same bytes for the same instrument: fields stand in the
/// order of the types, lists in declared order, and no map with an order of its own occurs.
#[must_use]
pub fn canonical_json(instrument: &Instrument) -> String {
    #[expect(
        clippy::expect_used,
        reason = "the types hold no map with non-string keys, and writing to memory cannot fail"
    )]
    serde_json::to_string(instrument).expect("an instrument is serialisable")
}
