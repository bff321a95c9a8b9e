use std::path::Path;

use partake_store::{Store, StoreError, backup::restore};

use crate::{
    engines::{block_on, on_postgres, on_sqlite},
    samples::{SURVEY, WAVE, publish, submission},
};

#[test]
fn a_backup_taken_in_use_can_be_restored_elsewhere() {
    on_sqlite(|store| async move {
        publish(&store).await;
        for n in 0..20 {
            store.submit(submission(n)).await.unwrap();
        }
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("copies/it's a copy?.db");
        store.backup(&copy).await.unwrap();
        store.submit(submission(20)).await.unwrap();
        let again = store.backup(&copy).await;
        assert!(matches!(again, Err(StoreError::FileExists(_))), "{again:?}");

        let url = format!(
            "sqlite://{}?mode=rwc",
            folder.path().join("new/partake.db").display()
        );
        restore(&url, &copy).await.unwrap();
        let restored = Store::connect(&url).await.unwrap();
        let snapshot = restored.snapshot(SURVEY, WAVE).await.unwrap();
        assert_eq!(snapshot.responses.len(), 20);
        assert!(
            partake_migrations::pending(restored.connection())
                .await
                .unwrap()
                .is_empty()
        );
        restored.close().await.unwrap();
        let over = restore(&url, &copy).await;
        assert!(matches!(over, Err(StoreError::FileExists(_))), "{over:?}");
    });
}

#[test]
fn a_file_that_is_no_backup_is_refused_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("partake.db");
    let url = format!("sqlite://{}?mode=rwc", target.display());
    let text = folder.path().join("text.db");
    std::fs::write(
        &text,
        "not a database, but long enough to be looked at".repeat(100),
    )
    .unwrap();
    for source in [text.as_path(), Path::new("/nonexistent/x.db")] {
        let refused = block_on(restore(&url, source));
        assert!(
            matches!(refused, Err(StoreError::BadBackup { .. })),
            "{refused:?}"
        );
    }
    assert!(!target.exists());
}

#[test]
fn postgres_names_the_tool_to_use() {
    on_postgres(|store| async move {
        let refused = store.backup(Path::new("/tmp/never-written.db")).await;
        assert!(matches!(refused, Err(StoreError::UsePgDump)), "{refused:?}");
    });
}
