//! Somebody takes the files of the database and knows in which order people took part.

use std::{collections::HashMap, path::Path};

use partake_store::{NewRelease, Store};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::{
    engines::{block_on, on_postgres},
    samples::{SURVEY, WAVE, id, marker, publish, submission, text_ids},
};

const COUNT: u32 = 2_000;

async fn filled_and_released(store: &Store) {
    publish(store).await;
    for n in 0..COUNT {
        store.submit(submission(n)).await.unwrap();
    }
    let seen = store.snapshot(SURVEY, WAVE).await.unwrap();
    let release = NewRelease {
        survey: SURVEY.to_owned(),
        number: 1,
        day: "2026-11-30".to_owned(),
        wave: WAVE.to_owned(),
        n: i64::from(COUNT),
        params: "{}".to_owned(),
        sha256: "a".repeat(64),
        files: Vec::new(),
        responses: seen.responses.iter().skip(20).map(|part| part.id).collect(),
        votes: seen.votes.iter().skip(20).map(|part| part.id).collect(),
        texts: Vec::new(),
        open_texts_from: 1,
        cohort: Vec::new(),
    };
    store.record_release(release, &seen).await.unwrap();
    store.rewrite_shuffled().await.unwrap();
}

/// Every place of every marker in every file of a folder, files one after the other by name.
fn places(folder: &Path) -> Vec<u32> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|f| f.unwrap().path())
        .collect();
    files.sort();
    let mut found = Vec::new();
    for file in files {
        let bytes = std::fs::read(file).unwrap();
        for window in bytes.windows(marker(0).len()) {
            if window.starts_with(b"<#") && window.ends_with(b"#>") {
                found.push(String::from_utf8_lossy(&window[2..10]).parse().unwrap());
            }
        }
    }
    found
}

/// Kendall's tau-a between the order of a list and the order of its numbers.
fn tau(list: &[u32]) -> f64 {
    let mut balance = 0_i64;
    for (at, left) in list.iter().enumerate() {
        for right in &list[at + 1..] {
            balance += match left.cmp(right) {
                std::cmp::Ordering::Less => 1,
                std::cmp::Ordering::Greater => -1,
                std::cmp::Ordering::Equal => 0,
            };
        }
    }
    let pairs = list.len() * (list.len() - 1) / 2;
    balance as f64 / pairs as f64
}

/// The same for neighbours only: 1 when each is followed by a greater one, -1 by a lesser.
fn drift(list: &[u32]) -> f64 {
    let up = list.windows(2).filter(|pair| pair[0] < pair[1]).count();
    2.0 * up as f64 / (list.len() - 1) as f64 - 1.0
}

#[test]
fn the_sqlite_files_do_not_tell_who_came_before_whom() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!(
        "sqlite://{}?mode=rwc",
        folder.path().join("test.db").display()
    );
    block_on(async {
        let store = Store::connect(&url).await.unwrap();
        partake_migrations::migrate(store.connection())
            .await
            .unwrap();
        filled_and_released(&store).await;
        store
            .backup(&folder.path().join("backup.db"))
            .await
            .unwrap();

        // While the server is running: the thief does not wait for it to close its files.
        let found = places(folder.path());
        let mut times: HashMap<u32, u32> = HashMap::new();
        for n in &found {
            *times.entry(*n).or_default() += 1;
        }
        assert_eq!(times.len(), COUNT as usize);
        assert!(
            times.values().all(|n| *n == 4),
            "sheet and votes, in database and backup only"
        );
        for quarter in found.chunks(found.len() / 4) {
            let tau = tau(quarter);
            assert!(tau.abs() < 0.1, "tau {tau}");
            // Within a page, too, where only neighbours would tell.
            let neighbours = drift(quarter);
            assert!(neighbours.abs() < 0.1, "neighbours {neighbours}");
        }
        let log = std::fs::metadata(folder.path().join("test.db-wal")).unwrap();
        assert_eq!(log.len(), 0);
        store.close().await.unwrap();
    });
}

#[test]
fn before_a_rewrite_the_sqlite_log_does_tell() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!(
        "sqlite://{}?mode=rwc",
        folder.path().join("test.db").display()
    );
    block_on(async {
        let store = Store::connect(&url).await.unwrap();
        partake_migrations::migrate(store.connection())
            .await
            .unwrap();
        publish(&store).await;
        for n in 0..100 {
            store.submit(submission(n)).await.unwrap();
        }
        let mut first = Vec::new();
        for n in places(folder.path()) {
            if !first.contains(&n) {
                first.push(n);
            }
        }
        // What the other tests measure is there to be found: they would notice.
        assert!(tau(&first) > 0.5, "tau {}", tau(&first));
        store.close().await.unwrap();
    });
}

#[test]
fn a_withdrawn_answer_is_in_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!(
        "sqlite://{}?mode=rwc",
        folder.path().join("test.db").display()
    );
    block_on(async {
        let store = Store::connect(&url).await.unwrap();
        partake_migrations::migrate(store.connection())
            .await
            .unwrap();
        publish(&store).await;
        for n in 0..30 {
            store.submit(submission(n)).await.unwrap();
        }
        assert!(places(folder.path()).contains(&7));
        store
            .withdraw(id(7, "sheet"), &text_ids(7), id(7, "votes"))
            .await
            .unwrap();
        let found = places(folder.path());
        assert!(!found.contains(&7) && found.contains(&8));
        store.close().await.unwrap();
    });
}

#[test]
fn postgres_rows_do_not_tell_who_came_before_whom() {
    on_postgres(|store| async move {
        filled_and_released(&store).await;
        for (table, column) in [("response", "sheet"), ("vote_sheet", "body")] {
            let rows = async |order: &str| {
                let sql = format!("SELECT {column}, xmin::text FROM {table} ORDER BY {order}");
                let rows = store
                    .connection()
                    .query_all_raw(Statement::from_string(DbBackend::Postgres, sql))
                    .await
                    .unwrap();
                rows.into_iter()
                    .map(|row| {
                        let content: Vec<u8> = row.try_get_by_index(0).unwrap();
                        let number = String::from_utf8_lossy(&content[2..10]).parse().unwrap();
                        (number, row.try_get_by_index(1).unwrap())
                    })
                    .collect::<Vec<(u32, String)>>()
            };
            let by_place = rows("ctid").await;
            assert_eq!(by_place.len(), COUNT as usize);
            let order: Vec<u32> = by_place.iter().map(|(n, _)| *n).collect();
            assert!(tau(&order).abs() < 0.1, "{table}");
            let mut writers: Vec<&String> = by_place.iter().map(|(_, writer)| writer).collect();
            writers.dedup();
            assert_eq!(
                writers.len(),
                1,
                "{table}: rows carry the marks of several transactions"
            );
        }
    });
}

/// The columns of submissions that say the same of many.
const COMMON: [&str; 9] = [
    "survey", "wave", "release", "cohort", "item", "state", "may_show", "readable", "refusal",
];

#[test]
fn postgres_puts_no_samples_of_submissions_aside_for_its_planner() {
    on_postgres(|store| async move {
        publish(&store).await;
        for n in 0..200 {
            store.submit(submission(n)).await.unwrap();
        }
        store
            .connection()
            .execute_unprepared("ANALYZE")
            .await
            .unwrap();
        let sampled = store
            .connection()
            .query_all_raw(Statement::from_string(
                DbBackend::Postgres,
                "SELECT tablename || '.' || attname FROM pg_stats
                    WHERE schemaname = current_schema()
                        AND tablename IN ('response', 'free_text', 'vote_sheet')",
            ))
            .await
            .unwrap();
        let sampled: Vec<String> = sampled
            .iter()
            .map(|row| row.try_get_by_index(0).unwrap())
            .collect();
        assert!(
            sampled.iter().any(|column| column == "response.wave"),
            "{sampled:?}"
        );
        for column in sampled {
            let (_, name) = column.split_once('.').unwrap();
            assert!(COMMON.contains(&name), "{column}");
        }
    });
}
