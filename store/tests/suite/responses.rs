use partake_store::{NewText, Replaced, StoreError, Submitted};

use crate::{
    engines::on_both_engines,
    samples::{SURVEY, WAVE, id, publish, submission, text_ids},
};

on_both_engines! {
    async fn a_submission_can_be_read_back_with_all_its_parts(store: Store) {
        publish(&store).await;
        let sent = submission(1);
        assert_eq!(store.submit(sent.clone()).await.unwrap(), Submitted::New);

        let stored = store.response(sent.id).await.unwrap().unwrap();
        assert_eq!(stored.sheet, sent.sheet);
        assert_eq!((stored.survey.as_str(), stored.wave.as_str()), (SURVEY, WAVE));
        assert_eq!(stored.release, None);
        let texts = store.response_texts(&text_ids(1)).await.unwrap();
        assert_eq!(texts.len(), 1);
        assert_eq!(texts[0].text, "hope 1");
        assert!(texts[0].may_show);
        let votes = store.response_votes(id(1, "votes")).await.unwrap();
        assert_eq!(votes, Some(sent.votes.unwrap().body));
    }

    async fn a_submission_sent_again_changes_nothing(store: Store) {
        publish(&store).await;
        store.submit(submission(1)).await.unwrap();
        let mut again = submission(1);
        again.sheet = b"something else".to_vec();
        assert_eq!(store.submit(again).await.unwrap(), Submitted::Already);
        let stored = store.response(id(1, "sheet")).await.unwrap().unwrap();
        assert_eq!(stored.sheet, submission(1).sheet);
        // The connection is still usable for the next person.
        assert_eq!(store.submit(submission(2)).await.unwrap(), Submitted::New);
    }

    async fn the_same_submission_sent_many_times_at_once_is_stored_once(store: Store) {
        publish(&store).await;
        let sends: Vec<_> = (0..12)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move { store.submit(submission(7)).await.unwrap() })
            })
            .collect();
        let mut new = 0;
        for send in sends {
            new += usize::from(send.await.unwrap() == Submitted::New);
        }
        assert_eq!(new, 1);
        assert_eq!(store.snapshot(SURVEY, WAVE).await.unwrap().responses.len(), 1);
    }

    async fn one_that_is_refused_takes_no_other_with_it(store: Store) {
        publish(&store).await;
        let sends: Vec<_> = (0..30)
            .map(|n| {
                let store = store.clone();
                let mut sent = submission(n);
                if n == 15 {
                    sent.wave = "9.9.9".to_owned();
                }
                tokio::spawn(async move { store.submit(sent).await })
            })
            .collect();
        for (n, send) in sends.into_iter().enumerate() {
            match send.await.unwrap() {
                Err(StoreError::UnknownWave) => assert_eq!(n, 15),
                outcome => assert_eq!(outcome.unwrap(), Submitted::New),
            }
        }
        assert_eq!(store.snapshot(SURVEY, WAVE).await.unwrap().responses.len(), 29);
    }

    async fn a_submission_to_an_unknown_version_is_refused_whole(store: Store) {
        publish(&store).await;
        let mut sent = submission(1);
        sent.wave = "9.9.9".to_owned();
        let refused = store.submit(sent).await;
        assert!(matches!(refused, Err(StoreError::UnknownWave)), "{refused:?}");
        assert!(store.response(id(1, "sheet")).await.unwrap().is_none());
        assert!(store.response_texts(&text_ids(1)).await.unwrap().is_empty());
    }

    async fn a_response_can_be_changed_before_its_release(store: Store) {
        publish(&store).await;
        store.submit(submission(1)).await.unwrap();
        let mut changed = submission(1);
        changed.sheet = b"second thoughts".to_vec();
        changed.texts = vec![NewText {
            id: id(1, "text fear"),
            item: "fear".to_owned(),
            text: "a fear".to_owned(),
            may_show: false,
        }];
        changed.votes = None;
        let outcome = store.replace(changed, &text_ids(1), id(1, "votes")).await.unwrap();
        assert_eq!(outcome, Replaced::Done);

        let stored = store.response(id(1, "sheet")).await.unwrap().unwrap();
        assert_eq!(stored.sheet, b"second thoughts");
        let texts = store.response_texts(&text_ids(1)).await.unwrap();
        assert_eq!(texts.len(), 1);
        assert_eq!(texts[0].item, "fear");
        assert_eq!(store.response_votes(id(1, "votes")).await.unwrap(), None);
    }

    async fn an_unknown_response_cannot_be_changed(store: Store) {
        publish(&store).await;
        let outcome = store.replace(submission(1), &text_ids(1), id(1, "votes")).await.unwrap();
        assert_eq!(outcome, Replaced::Missing);
        assert!(store.response_texts(&text_ids(1)).await.unwrap().is_empty());
    }

    async fn withdrawing_deletes_every_part_and_nothing_else(store: Store) {
        publish(&store).await;
        store.submit(submission(1)).await.unwrap();
        store.submit(submission(2)).await.unwrap();
        assert!(store.withdraw(id(1, "sheet"), &text_ids(1), id(1, "votes")).await.unwrap());
        assert!(!store.withdraw(id(1, "sheet"), &text_ids(1), id(1, "votes")).await.unwrap());

        assert!(store.response(id(1, "sheet")).await.unwrap().is_none());
        assert!(store.response_texts(&text_ids(1)).await.unwrap().is_empty());
        assert!(store.response_votes(id(1, "votes")).await.unwrap().is_none());
        assert!(store.response(id(2, "sheet")).await.unwrap().is_some());
        assert_eq!(store.response_texts(&text_ids(2)).await.unwrap().len(), 1);
    }
}
