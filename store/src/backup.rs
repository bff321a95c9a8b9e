//! Copies of an SQLite database, taken while it is in use.

use std::path::Path;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, Statement,
    sqlx::sqlite::SqliteConnectOptions,
};

use crate::{
    Store, StoreError,
    db::{make_folder, sqlite_file},
};

impl Store {
    /// Writes a consistent copy to `file`, which must not exist. The copy holds its rows in key
    /// order, like a database after [`Store::rewrite_shuffled`].
    ///
    /// # Errors
    /// [`StoreError::FileExists`]; [`StoreError::UsePgDump`] on PostgreSQL.
    pub async fn backup(&self, file: &Path) -> Result<(), StoreError> {
        if !self.db.is_sqlite() {
            return Err(StoreError::UsePgDump);
        }
        copy_into(self.db.write(), file).await
    }
}

/// Puts a backup in the place of the SQLite database at `url`, where no file may be.
///
/// # Errors
/// [`StoreError::BadBackup`] when the file is damaged or no database of this program;
/// [`StoreError::FileExists`]; [`StoreError::UsePgDump`] on PostgreSQL.
pub async fn restore(url: &str, backup: &Path) -> Result<(), StoreError> {
    if url.starts_with("postgres") {
        return Err(StoreError::UsePgDump);
    }
    let target = sqlite_file(url)?;
    let bad = |reason: String| StoreError::BadBackup {
        path: backup.display().to_string(),
        reason,
    };
    let source = backup.to_owned();
    let mut options = ConnectOptions::new("sqlite::memory:");
    options
        .sqlx_logging(false)
        .max_connections(1)
        .map_sqlx_sqlite_opts(move |_| {
            SqliteConnectOptions::new()
                .filename(&source)
                .read_only(true)
        });
    let db = Database::connect(options)
        .await
        .map_err(|error| bad(error.to_string()))?;
    let verdict = first_text(&db, "PRAGMA integrity_check")
        .await
        .map_err(|error| bad(error.to_string()))?;
    if verdict.as_deref() != Some("ok") {
        return Err(bad(verdict.unwrap_or_default()));
    }
    let ours = "SELECT version FROM seaql_migrations ORDER BY version LIMIT 1";
    if !matches!(first_text(&db, ours).await, Ok(Some(_))) {
        return Err(bad("it is no database of this program".to_owned()));
    }
    copy_into(&db, &target).await?;
    db.close().await?;
    Ok(())
}

async fn first_text(db: &DatabaseConnection, sql: &str) -> Result<Option<String>, DbErr> {
    db.query_one_raw(Statement::from_string(DbBackend::Sqlite, sql))
        .await?
        .map(|row| row.try_get_by_index(0))
        .transpose()
}

async fn copy_into(db: &DatabaseConnection, file: &Path) -> Result<(), StoreError> {
    let name = file.display().to_string();
    if file.exists() {
        return Err(StoreError::FileExists(name));
    }
    make_folder(file)?;
    let path = file.to_str().ok_or_else(|| StoreError::BadBackup {
        path: name.clone(),
        reason: "the path is not UTF-8".to_owned(),
    })?;
    db.execute_raw(Statement::from_sql_and_values(
        DbBackend::Sqlite,
        "VACUUM INTO $1",
        [path.into()],
    ))
    .await?;
    // The engine leaves the copy to the system's cache; a backup has to be on the disk.
    std::fs::File::open(file)
        .and_then(|copy| copy.sync_all())
        .map_err(|error| StoreError::BadBackup {
            path: name,
            reason: error.to_string(),
        })
}
