//! The lists of free texts that a release carries.

use partake_core::{
    disclosure::Parameters,
    free_text::{TextLists, listed},
    instrument::Instrument,
};
use partake_store::snapshot::{Snapshot, TextPart};
use rand::{Rng, RngExt as _};

/// The lists, and which texts are on them.
pub(super) struct Texts {
    /// `texts.json`.
    pub(super) json: String,
    pub(super) ids: Vec<[u8; 16]>,
    pub(super) all: usize,
    pub(super) new: usize,
    /// Texts that were cleared and wait, because too few would join their list.
    pub(super) waiting: usize,
}

impl Texts {
    /// Makes the lists of release `number`; `None` when the instrument asks for no text that may
    /// be shown.
    pub(super) fn make(
        instrument: &Instrument,
        number: u32,
        snapshot: &Snapshot,
        rules: &Parameters,
        rng: &mut impl Rng,
    ) -> Result<Option<Self>, serde_json::Error> {
        let mut on_lists: Vec<&TextPart> = Vec::new();
        let lists = TextLists::new(instrument, number, rules.min_texts, |question| {
            let (before, new) = snapshot
                .texts
                .iter()
                .filter(|text| text.item == question)
                .partition(|text| text.release.is_some());
            let list: Vec<&TextPart> = listed(before, new, rules.min_texts, |n| {
                rng.random_range(0..n.max(1))
            });
            on_lists.extend(&list);
            list.into_iter().map(|text| text.words.clone()).collect()
        });
        if lists.questions.is_empty() {
            return Ok(None);
        }
        let new = on_lists.iter().filter(|t| t.release.is_none()).count();
        let cleared = snapshot.texts.iter().filter(|t| t.release.is_none());
        Ok(Some(Self {
            json: serde_json::to_string(&lists)?,
            ids: on_lists.iter().map(|text| text.id).collect(),
            all: on_lists.len(),
            new,
            waiting: cleared.count() - new,
        }))
    }
}
