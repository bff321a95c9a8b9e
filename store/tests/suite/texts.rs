//! Free texts from the respondent to the lists of a release.

use partake_core::forum::{Actor, Denied, Reason, Role, permission::Restriction};
use partake_store::{
    NewRelease, ReviewCounts, ReviewList, ReviewText, Snapshot, Store, TextDecision, TextState,
    forum::ForumError,
};

use crate::{
    engines::on_both_engines,
    releases::{assert_stale, filled, of},
    samples::{SURVEY, WAVE, id, submission, text_ids},
};

const READER: Actor<'_> = Actor::Account {
    id: "reader",
    role: Role::Researcher,
};

async fn list(store: &Store, waiting: bool) -> Vec<ReviewText> {
    let list = ReviewList {
        survey: SURVEY,
        wave: WAVE,
        item: None,
        waiting,
        page: 0,
        limit: 50,
    };
    store.review_texts(READER, list).await.unwrap()
}

/// A release without responses that opens what waits.
async fn opened(store: &Store, count: u32) -> Snapshot {
    let seen = filled(store, count).await;
    store
        .record_release(of(&seen, Vec::new()), &seen)
        .await
        .unwrap();
    store.snapshot(SURVEY, WAVE).await.unwrap()
}

async fn clear(store: &Store, n: u32, words: &str) -> bool {
    let text = store
        .review_text(READER, id(n, "text hope"))
        .await
        .unwrap()
        .unwrap();
    let words = TextDecision::Publish(words.to_owned());
    store.decide_text(READER, &text, words).await.unwrap()
}

fn listing(seen: &Snapshot) -> NewRelease {
    NewRelease {
        texts: seen.texts.iter().map(|text| text.id).collect(),
        ..of(seen, Vec::new())
    }
}

on_both_engines! {
    async fn readers_see_texts_only_once_a_release_has_opened_enough_of_them(store: Store) {
        let seen = filled(&store, 3).await;
        assert!(list(&store, true).await.is_empty());
        assert_eq!(store.review_text(READER, id(0, "text hope")).await.unwrap(), None);
        let few = NewRelease { open_texts_from: 4, ..of(&seen, Vec::new()) };
        store.record_release(few, &seen).await.unwrap();
        assert!(list(&store, true).await.is_empty());

        store.submit(submission(3)).await.unwrap();
        let seen = store.snapshot(SURVEY, WAVE).await.unwrap();
        let enough = NewRelease { open_texts_from: 4, ..of(&seen, Vec::new()) };
        store.record_release(enough, &seen).await.unwrap();
        let texts = list(&store, true).await;
        assert_eq!(texts.len(), 4);
        assert!(texts.is_sorted_by_key(|text| text.id), "in the order of random ids");
        store.submit(submission(4)).await.unwrap();
        assert_eq!(list(&store, true).await, texts, "the next one waits for the next release");
        let counts = store.review_counts(READER, SURVEY, WAVE).await.unwrap();
        assert_eq!(counts["hope"], ReviewCounts { waiting: 4, ..ReviewCounts::default() });
    }

    async fn a_snapshot_holds_only_texts_that_were_read_and_cleared(store: Store) {
        opened(&store, 3).await;
        assert!(clear(&store, 0, "words without a name").await);
        let other = store.review_text(READER, id(1, "text hope")).await.unwrap().unwrap();
        let refused = TextDecision::Refuse(Reason::Identifies);
        assert!(store.decide_text(READER, &other, refused).await.unwrap());
        let seen = store.snapshot(SURVEY, WAVE).await.unwrap();
        assert_eq!(seen.texts.len(), 1);
        assert_eq!(seen.texts[0].words, "words without a name");
        // Whoever looks with the receipt still finds what was written.
        let written = store.response_texts(&text_ids(0)).await.unwrap();
        assert_eq!(written[0].text, "hope 0");

        store.record_release(listing(&seen), &seen).await.unwrap();
        let after = store.snapshot(SURVEY, WAVE).await.unwrap();
        assert_eq!(after.texts[0].release, Some(2));
        let counts = store.review_counts(READER, SURVEY, WAVE).await.unwrap();
        let expected = ReviewCounts { waiting: 1, cleared: 0, released: 1, refused: 1 };
        assert_eq!(counts["hope"], expected);
    }

    async fn a_decision_can_be_undone_until_the_text_is_on_a_list(store: Store) {
        opened(&store, 2).await;
        assert!(clear(&store, 0, "hope […]").await);
        let text = list(&store, false).await.remove(0);
        assert_eq!((&text.state, text.words.as_deref()), (&TextState::Cleared, Some("hope […]")));
        assert!(store.decide_text(READER, &text, TextDecision::Reopen).await.unwrap());
        assert!(!store.decide_text(READER, &text, TextDecision::Reopen).await.unwrap(), "once");
        assert_eq!(list(&store, true).await.len(), 2);
        assert!(clear(&store, 0, "hope").await);
        assert!(!clear(&store, 0, "again").await, "somebody has decided already");

        let seen = store.snapshot(SURVEY, WAVE).await.unwrap();
        store.record_release(listing(&seen), &seen).await.unwrap();
        assert!(!store.decide_text(READER, &text, TextDecision::Reopen).await.unwrap());
    }

    async fn a_list_is_not_made_of_words_that_were_withdrawn_meanwhile(store: Store) {
        opened(&store, 3).await;
        for n in 0..2 {
            assert!(clear(&store, n, "words").await);
        }
        let seen = store.snapshot(SURVEY, WAVE).await.unwrap();
        store.record_release(listing(&seen), &seen).await.unwrap();
        // One that was on the list before, and is withdrawn while the next one is made.
        assert!(clear(&store, 2, "words").await);
        let seen = store.snapshot(SURVEY, WAVE).await.unwrap();
        store.withdraw(id(0, "sheet"), &text_ids(0), id(0, "votes")).await.unwrap();
        assert_stale(&store.record_release(listing(&seen), &seen).await);
        let seen = store.snapshot(SURVEY, WAVE).await.unwrap();
        assert_eq!(seen.texts.len(), 2);
        store.record_release(listing(&seen), &seen).await.unwrap();
    }

    async fn a_text_that_its_writer_changed_is_read_again(store: Store) {
        opened(&store, 1).await;
        assert!(clear(&store, 0, "hope 0").await);
        store.replace(submission(0), &text_ids(0), id(0, "votes")).await.unwrap();
        assert_eq!(list(&store, false).await.len(), 1, "unchanged words stay cleared");
        let mut changed = submission(0);
        changed.texts[0].text = "other words".to_owned();
        store.replace(changed, &text_ids(0), id(0, "votes")).await.unwrap();
        assert!(list(&store, false).await.is_empty());
        assert!(store.snapshot(SURVEY, WAVE).await.unwrap().texts.is_empty());
    }

    async fn a_text_that_may_not_be_shown_comes_to_no_reader(store: Store) {
        crate::samples::publish(&store).await;
        let mut sent = submission(1);
        sent.texts[0].may_show = false;
        store.submit(sent).await.unwrap();
        let seen = store.snapshot(SURVEY, WAVE).await.unwrap();
        store.record_release(of(&seen, Vec::new()), &seen).await.unwrap();
        assert!(list(&store, true).await.is_empty());
        assert_eq!(store.review_text(READER, id(1, "text hope")).await.unwrap(), None);
    }

    async fn members_and_visitors_read_nothing(store: Store) {
        opened(&store, 1).await;
        let text = store.review_text(READER, id(0, "text hope")).await.unwrap().unwrap();
        let member = Actor::Account { id: "member", role: Role::Member };
        let suspended = Actor::Restricted { id: "reader", by: Restriction::Suspended };
        for actor in [Actor::Visitor, suspended, member] {
            let denied = store.decide_text(actor, &text, TextDecision::Reopen).await;
            assert!(matches!(denied, Err(ForumError::Denied(_))), "{denied:?}");
            let counts = store.review_counts(actor, SURVEY, WAVE).await;
            assert!(matches!(counts, Err(ForumError::Denied(_))), "{counts:?}");
        }
        let unread = store.review_text(member, text.id).await;
        assert!(matches!(unread, Err(ForumError::Denied(Denied::Role))));
    }
}
