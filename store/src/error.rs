//! What can go wrong, as codes. The edge logs the source once and shows a translated sentence.

use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// Failure of a storage operation.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// The address names neither engine.
    #[error("the database address must start with sqlite: or postgres:")]
    Url,
    /// The folder of the SQLite file cannot be made.
    #[error("cannot make the folder {path} for the database: {reason}")]
    Folder {
        /// The folder.
        path: String,
        /// What the system said.
        reason: String,
    },
    /// The database cannot be opened or reached.
    #[error("cannot open the database: {0}")]
    Connect(DbErr),
    /// The system gives no thread for the writer of submissions.
    #[error("cannot start the writer of submissions: {0}")]
    Thread(String),
    /// No connection became free in time.
    #[error("the database is busy")]
    Busy,
    /// Somebody else has this handle.
    #[error("this handle is taken")]
    HandleTaken,
    /// No such account, or it is deleted.
    #[error("no such account")]
    UnknownAccount,
    /// Somebody has to be the owner of the site.
    #[error("the only owner: make another owner first")]
    LastOwner,
    /// No survey of this name.
    #[error("no such survey")]
    UnknownSurvey,
    /// The survey has no such wave.
    #[error("no such version of the instrument")]
    UnknownWave,
    /// The wave takes no responses any more.
    #[error("this version of the survey is closed")]
    WaveClosed,
    /// This version was published with other content; a published instrument never changes.
    #[error("version {0} is already published with other content; raise the version")]
    VersionChanged(String),
    /// What a release was computed from is no longer what is stored: another instance released
    /// first, or a response was changed or withdrawn meanwhile. Take a new snapshot and try again.
    #[error("the responses changed while the release was made; nothing was released")]
    SnapshotStale,
    /// This can only be done on SQLite.
    #[error("not possible on PostgreSQL: use pg_dump and pg_restore")]
    UsePgDump,
    /// The file exists already and is not overwritten.
    #[error("{0} exists already; choose another name or move it away")]
    FileExists(String),
    /// The file is no sound backup.
    #[error("{path} is not a usable backup: {reason}")]
    BadBackup {
        /// The file.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A row contradicts what this program writes.
    #[error("inconsistent data: {0}")]
    DatabaseInconsistency(String),
    /// Any other refusal of the engine.
    #[error("database error: {0}")]
    Database(DbErr),
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match error {
            DbErr::ConnectionAcquire(_) => Self::Busy,
            other if is_busy(&other) => Self::Busy,
            other => Self::Database(other),
        }
    }
}

impl StoreError {
    /// A row that contradicts what this program writes.
    pub(crate) fn inconsistent(what: impl Into<String>) -> Self {
        Self::DatabaseInconsistency(what.into())
    }
}

/// True when the engine gave way to somebody else: trying again may succeed.
fn is_busy(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause))) =
        error
    else {
        return false;
    };
    // SQLite: busy, locked, busy recovering, busy snapshot. PostgreSQL: serialization failure,
    // deadlock, lock not available.
    const CODES: [&str; 7] = ["5", "6", "261", "517", "40001", "40P01", "55P03"];
    cause
        .as_database_error()
        .and_then(|refusal| refusal.code())
        .is_some_and(|code| CODES.contains(&code.as_ref()))
}

/// True when the engine refused a row because its key exists already.
pub(crate) fn is_duplicate(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

/// True when the engine refused a row because what it refers to is missing.
pub(crate) fn is_orphan(error: &DbErr) -> bool {
    matches!(
        error.sql_err(),
        Some(SqlErr::ForeignKeyConstraintViolation(_))
    )
}
