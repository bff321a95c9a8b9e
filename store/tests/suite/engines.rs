//! Runs each test on SQLite and on PostgreSQL, with a database of its own.
//!
//! `PARTAKE_TEST_POSTGRES` is the address of a server on which databases may be created. Without
//! it the PostgreSQL half fails, unless `PARTAKE_TEST_SKIP_POSTGRES=1` says that this is meant.

use std::sync::atomic::{AtomicU32, Ordering};

use partake_store::Store;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};

/// Defines each test twice: `sqlite::name` and `postgres::name`.
macro_rules! on_both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($store:ident: Store) $body:block)*) => {
        $(async fn $name($store: partake_store::Store) $body)*

        mod sqlite {
            $($(#[$meta])* #[test] fn $name() {
                crate::engines::on_sqlite(super::$name);
            })*
        }

        mod postgres {
            $($(#[$meta])* #[test] fn $name() {
                crate::engines::on_postgres(super::$name);
            })*
        }
    };
}
pub(crate) use on_both_engines;

pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}

async fn migrated(url: &str) -> Store {
    let store = Store::connect(url).await.unwrap();
    partake_migrations::migrate(store.connection())
        .await
        .unwrap();
    store
}

pub(crate) fn on_sqlite<F: Future>(test: impl FnOnce(Store) -> F) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!(
        "sqlite://{}?mode=rwc",
        folder.path().join("test.db").display()
    );
    block_on(async {
        let store = migrated(&url).await;
        test(store.clone()).await;
        store.close().await.unwrap();
    });
}

pub(crate) fn on_postgres<F: Future>(test: impl FnOnce(Store) -> F) {
    on_one_postgres(async |first, _| {
        test(first).await;
    });
}

/// Two instances on one database.
pub(crate) fn on_two_instances(test: impl AsyncFnOnce(Store, Store)) {
    on_one_postgres(async |first, address| {
        let second = Store::connect(&address).await.unwrap();
        test(first, second.clone()).await;
        second.close().await.unwrap();
    });
}

fn on_one_postgres(test: impl AsyncFnOnce(Store, String)) {
    let Ok(server) = std::env::var("PARTAKE_TEST_POSTGRES") else {
        let skip = std::env::var("PARTAKE_TEST_SKIP_POSTGRES").is_ok_and(|v| v == "1");
        assert!(
            skip,
            "set PARTAKE_TEST_POSTGRES to a server's address, or PARTAKE_TEST_SKIP_POSTGRES=1"
        );
        return;
    };
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!(
        "partake_store_{}_{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    );
    block_on(async {
        let admin = admin(&server).await;
        admin
            .execute_unprepared(&format!("CREATE DATABASE {name}"))
            .await
            .unwrap();
        let (address, _) = server.rsplit_once('/').unwrap();
        let address = format!("{address}/{name}");
        let store = migrated(&address).await;
        test(store.clone(), address).await;
        store.close().await.unwrap();
        admin
            .execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)"))
            .await
            .unwrap();
    });
}

async fn admin(server: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(server);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.unwrap()
}
