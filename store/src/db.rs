//! Connections: who may write, and how transactions begin.

use std::{path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags};
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction,
    DbBackend, DbErr, IsolationLevel, RuntimeErr, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
    sqlx::{
        Executor as _,
        sqlite::{SqliteConnectOptions, SqliteJournalMode},
    },
};

use crate::{StoreError, order::TABLES};

const READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 16;
/// How connections that write are set up.
const WRITING: [(&str, &str); 4] = [
    ("foreign_keys", "ON"),
    // An acknowledged write has to survive a power cut; NORMAL would not sync the log.
    ("synchronous", "FULL"),
    // Deleted answers are overwritten, not only unlinked.
    ("secure_delete", "ON"),
    ("wal_autocheckpoint", CHECKPOINT),
];
/// Pages in the log before they are folded into the file, 32 MB of them. Ids are random, so every
/// submission writes to other pages; the later they are folded, the fewer of them twice.
const CHECKPOINT: &str = "8000";
/// KiB, as a negative number, of pages that the writer of submissions keeps: ids are random, so it
/// comes to any of them, and would read most of them again.
const CACHE: &str = "-8000";
const BUSY: Duration = Duration::from_secs(5);
const ACQUIRE: Duration = Duration::from_secs(10);
/// A connection is tested when it is given back. One that has rested for longer is tested again
/// before it is used; testing each time would cost every statement a way to the server and back.
const RESTED: Duration = Duration::from_secs(1);

/// Two handles on one database. SQLite has one writer and several readers; on PostgreSQL both are
/// the same pool.
#[derive(Clone, Debug)]
pub(crate) struct Db {
    read: DatabaseConnection,
    write: DatabaseConnection,
}

impl Db {
    pub(crate) async fn connect(url: &str) -> Result<Self, StoreError> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let mut options = quiet(url);
            options
                .max_connections(POSTGRES_CONNECTIONS)
                .map_sqlx_postgres_pool_opts(|options| {
                    options.after_connect(|connection, _| {
                        Box::pin(async move {
                            // Compiling a plan for the machine takes longer than any page does.
                            connection.execute("SET jit = off").await.map(|_| ())
                        })
                    })
                });
            let pool = open(options).await?;
            return Ok(Self {
                read: pool.clone(),
                write: pool,
            });
        }
        let file = sqlite_file(url)?;
        make_folder(&file)?;
        // The writer comes first: it creates the file and switches it to a write-ahead log, which
        // a read-only connection cannot do.
        let write = open(sqlite(url, 1, |o| {
            let wal = o.journal_mode(SqliteJournalMode::Wal);
            WRITING
                .iter()
                .fold(wal, |o, (name, value)| o.pragma(*name, *value))
        }))
        .await?;
        if file == Path::new(":memory:") {
            return Ok(Self {
                read: write.clone(),
                write,
            });
        }
        let read = open(sqlite(url, READERS, |o| {
            o.read_only(true).create_if_missing(false)
        }))
        .await?;
        Ok(Self { read, write })
    }

    /// A connection for submissions beside the others, on SQLite, where the database is a file.
    /// Whoever else writes waits for it, and it for them.
    pub(crate) fn writer_of_submissions(url: &str) -> Result<Option<Connection>, StoreError> {
        if !url.starts_with("sqlite:") {
            return Ok(None);
        }
        let file = sqlite_file(url)?;
        if file == Path::new(":memory:") {
            return Ok(None);
        }
        let refused = |error: rusqlite::Error| {
            StoreError::Connect(DbErr::Conn(RuntimeErr::Internal(error.to_string())))
        };
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(file, flags).map_err(refused)?;
        connection.busy_timeout(ACQUIRE).map_err(refused)?;
        for (name, value) in WRITING.into_iter().chain([("cache_size", CACHE)]) {
            connection
                .pragma_update(None, name, value)
                .map_err(refused)?;
        }
        Ok(Some(connection))
    }

    pub(crate) fn read(&self) -> &DatabaseConnection {
        &self.read
    }

    pub(crate) fn write(&self) -> &DatabaseConnection {
        &self.write
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        self.write.get_database_backend() == DbBackend::Sqlite
    }

    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction, StoreError> {
        // A deferred transaction that turns into a writer fails at once when somebody else writes;
        // an immediate one waits.
        let options = TransactionOptions {
            sqlite_transaction_mode: self.is_sqlite().then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.write.begin_with_options(options).await?)
    }

    /// A transaction that only reads and sees one state of the database throughout.
    pub(crate) async fn snapshot(&self) -> Result<DatabaseTransaction, StoreError> {
        let options = if self.is_sqlite() {
            TransactionOptions::default()
        } else {
            TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..TransactionOptions::default()
            }
        };
        Ok(self.read.begin_with_options(options).await?)
    }

    /// The same for reading submissions.
    pub(crate) async fn snapshot_of_submissions(&self) -> Result<DatabaseTransaction, StoreError> {
        let tx = self.snapshot().await?;
        if !self.is_sqlite() {
            // A rewrite empties its tables for transactions that began before it. Whoever holds
            // this lock before looking keeps rewrites out.
            let tables = TABLES.join(", ");
            tx.execute_unprepared(&format!("LOCK TABLE {tables} IN ACCESS SHARE MODE"))
                .await?;
        }
        Ok(tx)
    }

    pub(crate) async fn close(self) -> Result<(), StoreError> {
        // The last SQLite connection to close folds the log into the file, and only the writer can.
        self.read.close().await?;
        self.write.close().await?;
        Ok(())
    }
}

/// Statements carry answers and password hashes: none of them is logged.
fn quiet(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .sqlx_logging(false)
        .record_stmt_in_spans(false)
        .acquire_timeout(ACQUIRE)
        .test_before_acquire_if_idle_for(RESTED);
    options
}

fn sqlite<F>(url: &str, connections: u32, more: F) -> ConnectOptions
where
    F: Fn(SqliteConnectOptions) -> SqliteConnectOptions + Send + Sync + 'static,
{
    let mut options = quiet(url);
    options
        .max_connections(connections)
        .idle_timeout(None::<Duration>)
        .max_lifetime(None::<Duration>)
        .map_sqlx_sqlite_opts(move |o| more(o.foreign_keys(true).busy_timeout(BUSY)));
    options
}

async fn open(options: ConnectOptions) -> Result<DatabaseConnection, StoreError> {
    Database::connect(options)
        .await
        .map_err(StoreError::Connect)
}

/// The file that an SQLite address names.
pub(crate) fn sqlite_file(url: &str) -> Result<std::path::PathBuf, StoreError> {
    if !url.starts_with("sqlite:") {
        return Err(StoreError::Url);
    }
    let options: SqliteConnectOptions = url.parse().map_err(|_| StoreError::Url)?;
    if url.contains(":memory:") || url.contains("mode=memory") {
        return Ok(":memory:".into());
    }
    Ok(options.get_filename().to_owned())
}

pub(crate) fn make_folder(file: &Path) -> Result<(), StoreError> {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => {
            std::fs::create_dir_all(folder).map_err(|error| StoreError::Folder {
                path: folder.display().to_string(),
                reason: error.to_string(),
            })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_writer_of_submissions_syncs_each_commit_and_overwrites_what_it_deletes() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("test.db");
        Connection::open(&file).expect("a database");
        let url = format!("sqlite://{}", file.display());
        let writer = Db::writer_of_submissions(&url).expect("it opens");
        let writer = writer.expect("a file has one");
        for (name, expected) in [
            ("synchronous", 2),
            ("secure_delete", 1),
            ("foreign_keys", 1),
        ] {
            let value: i64 = writer
                .pragma_query_value(None, name, |row| row.get(0))
                .expect("a number");
            assert_eq!(value, expected, "{name}");
        }
    }
}
