use std::time::{Duration, Instant};

use partake_store::{Store, StoreError};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::{
    engines::{block_on, on_both_engines, on_sqlite},
    samples::{SURVEY, WAVE, publish, submission},
};

on_both_engines! {
    async fn migrating_again_does_nothing(store: Store) {
        assert!(partake_migrations::pending(store.connection()).await.unwrap().is_empty());
        assert!(partake_migrations::migrate(store.connection()).await.unwrap().is_empty());
        store.ping().await.unwrap();
    }

    async fn every_step_can_be_taken_back_and_taken_again(store: Store) {
        use partake_migrations::{Migrator, MigratorTrait};
        Migrator::down(store.connection(), None).await.unwrap();
        assert!(!partake_migrations::pending(store.connection()).await.unwrap().is_empty());
        assert!(!partake_migrations::migrate(store.connection()).await.unwrap().is_empty());
        publish(&store).await;
        store.submit(submission(1)).await.unwrap();
    }

    async fn readers_and_writers_do_not_starve_each_other(store: Store) {
        publish(&store).await;
        let started = Instant::now();
        let tasks: Vec<_> = (0..40)
            .map(|n| {
                let store = store.clone();
                tokio::spawn(async move {
                    store.submit(submission(n)).await.unwrap();
                    store.setting_or_insert(&format!("key {n}"), b"x").await.unwrap();
                    store.snapshot(SURVEY, WAVE).await.unwrap();
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(store.snapshot(SURVEY, WAVE).await.unwrap().responses.len(), 40);
        assert!(started.elapsed() < Duration::from_secs(10));
    }
}

#[test]
fn the_sqlite_writer_syncs_each_commit_and_overwrites_what_it_deletes() {
    on_sqlite(|store| async move {
        let pragma = |name: &'static str| {
            let store = store.clone();
            async move {
                let sql = format!("PRAGMA {name}");
                let row = store
                    .connection()
                    .query_one_raw(Statement::from_string(DbBackend::Sqlite, sql))
                    .await
                    .unwrap()
                    .unwrap();
                row.try_get_by_index::<String>(0)
                    .or_else(|_| row.try_get_by_index::<i64>(0).map(|n| n.to_string()))
                    .unwrap()
            }
        };
        assert_eq!(pragma("journal_mode").await, "wal");
        assert_eq!(pragma("synchronous").await, "2");
        assert_eq!(pragma("secure_delete").await, "1");
        assert_eq!(pragma("foreign_keys").await, "1");
    });
}

#[test]
fn closing_folds_the_log_into_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("partake.db");
    block_on(async {
        let store = Store::connect(&format!("sqlite://{}?mode=rwc", file.display()))
            .await
            .unwrap();
        partake_migrations::migrate(store.connection())
            .await
            .unwrap();
        publish(&store).await;
        store.submit(submission(1)).await.unwrap();
        store.close().await.unwrap();
    });
    assert!(file.exists());
    assert!(!folder.path().join("partake.db-wal").exists());
}

#[test]
fn the_folder_of_a_new_sqlite_file_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a/b/partake.db");
    block_on(async {
        let store = Store::connect(&format!("sqlite://{}?mode=rwc", file.display()))
            .await
            .unwrap();
        store.ping().await.unwrap();
        store.close().await.unwrap();
    });
    assert!(file.exists());
}

#[test]
fn an_address_of_another_engine_is_refused_by_name() {
    let refused = block_on(Store::connect("mysql://localhost/x"));
    assert!(matches!(refused, Err(StoreError::Url)), "{refused:?}");
    let missing = block_on(Store::connect("sqlite:///nonexistent-folder/x.db?mode=ro"));
    assert!(missing.is_err());
}
