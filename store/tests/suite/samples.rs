//! Submissions to test with.

use partake_store::{NewResponse, NewText, NewVotes, PartId, Store};
use sha2::{Digest, Sha256};

pub(crate) const SURVEY: &str = "roles";
pub(crate) const WAVE: &str = "1.0.0";
/// 2026-11-23.
pub(crate) const NOW: i64 = 1_795_478_400_000;

pub(crate) async fn publish(store: &Store) {
    store
        .publish_instrument(SURVEY, WAVE, "{}", NOW)
        .await
        .unwrap();
}

/// The id that receipt number `n` gives to a part, spread like a real one.
pub(crate) fn id(n: u32, part: &str) -> PartId {
    let hash = Sha256::digest(format!("{part} {n}"));
    hash[..16].try_into().unwrap()
}

pub(crate) fn text_ids(n: u32) -> Vec<PartId> {
    vec![id(n, "text hope"), id(n, "text fear")]
}

/// A submission whose sheet begins with its number, followed by padding as long as real answers.
pub(crate) fn submission(n: u32) -> NewResponse {
    let mut sheet = marker(n);
    sheet.extend_from_slice(&[0xAB; 80]);
    NewResponse {
        id: id(n, "sheet"),
        survey: SURVEY.to_owned(),
        wave: WAVE.to_owned(),
        sheet,
        texts: vec![NewText {
            id: id(n, "text hope"),
            item: "hope".to_owned(),
            text: format!("hope {n}"),
            may_show: true,
        }],
        votes: Some(NewVotes {
            id: id(n, "votes"),
            body: marker(n),
        }),
    }
}

/// Bytes that occur nowhere by chance, and say which submission they belong to.
pub(crate) fn marker(n: u32) -> Vec<u8> {
    format!("<#{n:08}#>").into_bytes()
}
