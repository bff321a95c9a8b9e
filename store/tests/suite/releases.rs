use partake_store::{Content, NewFile, NewRelease, PartId, Replaced, Snapshot, Store, StoreError};

use crate::{
    engines::on_both_engines,
    samples::{SURVEY, WAVE, id, publish, submission, text_ids},
};

pub(crate) async fn filled(store: &Store, count: u32) -> Snapshot {
    publish(store).await;
    for n in 0..count {
        store.submit(submission(n)).await.unwrap();
    }
    store.snapshot(SURVEY, WAVE).await.unwrap()
}

pub(crate) fn of(snapshot: &Snapshot, responses: Vec<PartId>) -> NewRelease {
    NewRelease {
        survey: SURVEY.to_owned(),
        number: snapshot.next_number,
        day: "2026-11-30".to_owned(),
        wave: WAVE.to_owned(),
        n: 40,
        params: "{}".to_owned(),
        sha256: "a".repeat(64),
        files: vec![
            NewFile {
                name: "aggregates.csv".to_owned(),
                media_type: "text/csv".to_owned(),
                sha256: "b".repeat(64),
                content: Content::Here(b"code,count\n".to_vec()),
            },
            NewFile {
                name: "responses.csv".to_owned(),
                media_type: "text/csv".to_owned(),
                sha256: "c".repeat(64),
                content: Content::Stored {
                    place: "1/ab/responses.csv".to_owned(),
                    size: 5_000_000_000,
                },
            },
        ],
        responses,
        votes: Vec::new(),
        texts: Vec::new(),
        open_texts_from: 1,
        cohort: Vec::new(),
    }
}

fn all(snapshot: &Snapshot) -> Vec<PartId> {
    snapshot.responses.iter().map(|part| part.id).collect()
}

pub(crate) fn assert_stale(outcome: &Result<(), StoreError>) {
    assert!(
        matches!(outcome, Err(StoreError::SnapshotStale)),
        "{outcome:?}"
    );
}

on_both_engines! {
    async fn a_release_is_recorded_with_its_files_and_marks_what_it_holds(store: Store) {
        let seen = filled(&store, 3).await;
        assert_eq!(seen.next_number, 1);
        let mut new = of(&seen, vec![id(0, "sheet"), id(2, "sheet")]);
        new.votes = vec![id(1, "votes")];
        store.record_release(new, &seen).await.unwrap();

        let listed = store.releases(SURVEY).await.unwrap();
        assert_eq!(listed.len(), 1);
        assert_eq!((listed[0].number, listed[0].n), (1, 40));
        assert_eq!(store.release(SURVEY, 1).await.unwrap().as_ref(), Some(&listed[0]));
        assert_eq!(store.newest_release(SURVEY).await.unwrap().as_ref(), Some(&listed[0]));
        assert_eq!(store.release(SURVEY, 2).await.unwrap(), None);
        assert_eq!(store.release("other", 1).await.unwrap(), None);

        let files = store.release_files(SURVEY, 1).await.unwrap();
        assert_eq!(files.len(), 2);
        assert_eq!((files[0].size, files[0].place.as_deref()), (11, None));
        assert_eq!(files[1].size, 5_000_000_000);
        assert_eq!(files[1].place.as_deref(), Some("1/ab/responses.csv"));
        let stored = store.stored_files().await.unwrap();
        assert_eq!(stored.len(), 1);
        assert_eq!(Some(&stored[0].place), files[1].place.as_ref());
        let file = store.release_file(SURVEY, 1, "aggregates.csv").await.unwrap().unwrap();
        assert_eq!(file.body, b"code,count\n");
        assert_eq!(file.info, files[0]);
        assert_eq!(store.release_file(SURVEY, 1, "other.csv").await.unwrap(), None);

        let after = store.snapshot(SURVEY, WAVE).await.unwrap();
        assert_eq!(after.next_number, 2);
        for part in &after.responses {
            let entered = part.id == id(0, "sheet") || part.id == id(2, "sheet");
            assert_eq!(part.release, entered.then_some(1));
        }
        for part in &after.votes {
            assert_eq!(part.release, (part.id == id(1, "votes")).then_some(1));
        }
    }

    async fn a_released_response_can_be_withdrawn_but_not_changed(store: Store) {
        let seen = filled(&store, 2).await;
        store.record_release(of(&seen, all(&seen)), &seen).await.unwrap();
        let mut changed = submission(0);
        changed.sheet = b"second thoughts".to_vec();
        changed.texts.clear();
        let outcome = store.replace(changed, &text_ids(0), id(0, "votes")).await.unwrap();
        assert_eq!(outcome, Replaced::Frozen);
        assert_eq!(store.response_texts(&text_ids(0)).await.unwrap().len(), 1);

        assert!(store.withdraw(id(0, "sheet"), &text_ids(0), id(0, "votes")).await.unwrap());
        let after = store.snapshot(SURVEY, WAVE).await.unwrap();
        assert_eq!(all(&after), vec![id(1, "sheet")]);
        assert_eq!(store.releases(SURVEY).await.unwrap()[0].n, 40);
    }

    async fn nothing_is_released_from_answers_that_changed_meanwhile(store: Store) {
        let seen = filled(&store, 3).await;
        let mut changed = submission(1);
        changed.sheet = b"second thoughts".to_vec();
        store.replace(changed, &text_ids(1), id(1, "votes")).await.unwrap();
        assert_stale(&store.record_release(of(&seen, all(&seen)), &seen).await);

        let seen = store.snapshot(SURVEY, WAVE).await.unwrap();
        store.withdraw(id(2, "sheet"), &text_ids(2), id(2, "votes")).await.unwrap();
        assert_stale(&store.record_release(of(&seen, all(&seen)), &seen).await);

        assert!(store.releases(SURVEY).await.unwrap().is_empty());
        let after = store.snapshot(SURVEY, WAVE).await.unwrap();
        assert!(after.responses.iter().all(|part| part.release.is_none()));
    }

    async fn of_two_instances_that_release_at_once_one_succeeds(store: Store) {
        let seen = filled(&store, 700).await;
        let cuts: Vec<_> = (0..4)
            .map(|_| {
                let (store, seen) = (store.clone(), seen.clone());
                tokio::spawn(async move {
                    store.record_release(of(&seen, all(&seen)), &seen).await
                })
            })
            .collect();
        let mut done = 0;
        for cut in cuts {
            match cut.await.unwrap() {
                Ok(()) => done += 1,
                stale => assert_stale(&stale),
            }
        }
        assert_eq!(done, 1);
        assert_eq!(store.releases(SURVEY).await.unwrap().len(), 1);
        assert_eq!(store.release_files(SURVEY, 1).await.unwrap().len(), 2);
    }

    async fn what_was_released_does_not_enter_again(store: Store) {
        let seen = filled(&store, 3).await;
        store.record_release(of(&seen, vec![id(0, "sheet")]), &seen).await.unwrap();
        let seen = store.snapshot(SURVEY, WAVE).await.unwrap();
        assert_stale(&store.record_release(of(&seen, all(&seen)), &seen).await);
        let rest = vec![id(1, "sheet"), id(2, "sheet")];
        store.record_release(of(&seen, rest), &seen).await.unwrap();
        let numbers: Vec<i64> =
            store.releases(SURVEY).await.unwrap().iter().map(|r| r.number).collect();
        assert_eq!(numbers, [2, 1]);
    }

    async fn rewriting_keeps_every_part(store: Store) {
        let seen = filled(&store, 50).await;
        store.record_release(of(&seen, vec![id(3, "sheet")]), &seen).await.unwrap();
        let before = store.snapshot(SURVEY, WAVE).await.unwrap();
        store.rewrite_shuffled().await.unwrap();
        store.rewrite_shuffled().await.unwrap();
        assert_eq!(store.snapshot(SURVEY, WAVE).await.unwrap(), before);
        assert_eq!(store.response_texts(&text_ids(3)).await.unwrap().len(), 1);
        // The tables kept their keys and references.
        store.submit(submission(3)).await.unwrap();
        assert_eq!(store.snapshot(SURVEY, WAVE).await.unwrap(), before);
        let mut stray = submission(60);
        stray.wave = "9.9.9".to_owned();
        assert!(matches!(store.submit(stray).await, Err(StoreError::UnknownWave)));
    }

    async fn a_snapshot_taken_during_a_rewrite_is_whole(store: Store) {
        filled(&store, 200).await;
        let rewriting = tokio::spawn({
            let store = store.clone();
            async move {
                for _ in 0..10 {
                    match store.rewrite_shuffled().await {
                        Ok(()) | Err(StoreError::Busy) => {}
                        Err(other) => panic!("{other}"),
                    }
                }
            }
        });
        for _ in 0..40 {
            let seen = store.snapshot(SURVEY, WAVE).await.unwrap();
            assert_eq!((seen.responses.len(), seen.votes.len()), (200, 200));
        }
        rewriting.await.unwrap();
    }

    async fn a_submission_that_comes_during_a_rewrite_is_not_lost(store: Store) {
        filled(&store, 200).await;
        let rewriting = tokio::spawn({
            let store = store.clone();
            async move {
                for _ in 0..5 {
                    match store.rewrite_shuffled().await {
                        Ok(()) | Err(StoreError::Busy) => {}
                        Err(other) => panic!("{other}"),
                    }
                }
            }
        });
        for n in 200..300 {
            store.submit(submission(n)).await.unwrap();
        }
        rewriting.await.unwrap();
        let after = store.snapshot(SURVEY, WAVE).await.unwrap();
        assert_eq!((after.responses.len(), after.votes.len()), (300, 300));
    }
}
