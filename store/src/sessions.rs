//! Sessions for `tower-sessions`. Ids are stored hashed: who reads the database signs in as nobody.

use std::{collections::HashMap, fmt, sync::Arc};

use async_trait::async_trait;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, TryInsertResult,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store,
};

use crate::{Store, StoreError, entity::session};

/// Key of the account id in a session's data. What stands under it is also kept as a column, so
/// that all sessions of an account can be ended.
pub const ACCOUNT_KEY: &str = "account_id";

/// A session as its owner sees it: nothing tells the device or the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionDays {
    /// Names the session; made from the hash of its id, so it opens nothing.
    pub key: String,
    /// Day on which it began, as YYYY-MM-DD.
    pub created: Option<String>,
    /// Day on which it was last used.
    pub used: Option<String>,
}

/// Gives UTC milliseconds.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// Sessions in the database.
#[derive(Clone)]
pub struct Sessions {
    store: Store,
    clock: Clock,
}

impl Sessions {
    /// Sessions of this store; expiry is judged by `clock`.
    #[must_use]
    pub fn new(store: Store, clock: Clock) -> Self {
        Self { store, clock }
    }
}

impl Sessions {
    /// The key under which the session of `id` is listed.
    #[must_use]
    pub fn key(id: &Id) -> String {
        key_of(&hash(id))
    }
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sessions").finish_non_exhaustive()
    }
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        // An id that exists belongs to somebody else: take a new one, never the row.
        loop {
            let inserted = session::Entity::insert(row(record, (self.clock)())?)
                .on_conflict(
                    OnConflict::column(session::Column::IdHash)
                        .do_nothing()
                        .to_owned(),
                )
                .try_insert()
                .exec_without_returning(self.store.db.write())
                .await
                .map_err(backend)?;
            match inserted {
                TryInsertResult::Inserted(1) => return Ok(()),
                _ => record.id = Id::default(),
            }
        }
    }

    /// Changes a session that is there. One that was ended meanwhile stays ended: a request that
    /// was under way must not bring it back.
    async fn save(&self, record: &Record) -> session_store::Result<()> {
        let new = parts(record, (self.clock)())?;
        let column = |column: session::Column| Expr::col((session::Entity, column));
        session::Entity::update_many()
            .col_expr(session::Column::AccountId, Expr::value(new.account))
            .col_expr(session::Column::Data, Expr::value(new.data))
            .col_expr(session::Column::ExpiresMs, Expr::value(new.expires_ms))
            .col_expr(
                session::Column::CreatedDay,
                column(session::Column::CreatedDay).if_null(Expr::value(new.day.clone())),
            )
            .col_expr(session::Column::UsedDay, Expr::value(new.day))
            .filter(session::Column::IdHash.eq(hash(&record.id)))
            .exec(self.store.db.write())
            .await
            .map_err(backend)?;
        Ok(())
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        let found = session::Entity::find_by_id(hash(id))
            .filter(session::Column::ExpiresMs.gt((self.clock)()))
            .one(self.store.db.read())
            .await
            .map_err(backend)?;
        let Some(found) = found else { return Ok(None) };
        let data: HashMap<String, Value> = serde_json::from_str(&found.data)
            .map_err(|error| session_store::Error::Decode(error.to_string()))?;
        let expiry_date =
            OffsetDateTime::from_unix_timestamp_nanos(i128::from(found.expires_ms) * 1_000_000)
                .map_err(|error| session_store::Error::Decode(error.to_string()))?;
        Ok(Some(Record {
            id: *id,
            data,
            expiry_date,
        }))
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        session::Entity::delete_by_id(hash(id))
            .exec(self.store.db.write())
            .await
            .map_err(backend)?;
        Ok(())
    }
}

impl Store {
    /// Deletes sessions that ended before `now_ms`; returns how many.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn delete_expired_sessions(&self, now_ms: i64) -> Result<u64, StoreError> {
        Ok(session::Entity::delete_many()
            .filter(session::Column::ExpiresMs.lte(now_ms))
            .exec(self.db.write())
            .await?
            .rows_affected)
    }

    /// The sessions in which `account` is signed in, the last used first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn sessions_of(
        &self,
        account: &str,
        now_ms: i64,
    ) -> Result<Vec<SessionDays>, StoreError> {
        let found = session::Entity::find()
            .filter(session::Column::AccountId.eq(account))
            .filter(session::Column::ExpiresMs.gt(now_ms))
            .order_by_desc(session::Column::UsedDay)
            .order_by_desc(session::Column::CreatedDay)
            .order_by_asc(session::Column::IdHash)
            .all(self.db.read())
            .await?;
        Ok(found
            .into_iter()
            .map(|row| SessionDays {
                key: key_of(&row.id_hash),
                created: row.created_day,
                used: row.used_day,
            })
            .collect())
    }

    /// Ends one session of `account`, by its key; false when it has none of that name.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn end_session(&self, account: &str, key: &str) -> Result<bool, StoreError> {
        let named: Option<Vec<u8>> = session::Entity::find()
            .filter(session::Column::AccountId.eq(account))
            .all(self.db.read())
            .await?
            .into_iter()
            .map(|row| row.id_hash)
            .find(|hash| key_of(hash) == key);
        let Some(id_hash) = named else {
            return Ok(false);
        };
        let done = session::Entity::delete_by_id(id_hash)
            .exec(self.db.write())
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Ends every session of `account` but the one named by `keep`; returns how many ended.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn end_other_sessions(&self, account: &str, keep: &str) -> Result<u64, StoreError> {
        let mut ended = 0;
        let found = session::Entity::find()
            .filter(session::Column::AccountId.eq(account))
            .all(self.db.read())
            .await?;
        for row in found.into_iter().filter(|row| key_of(&row.id_hash) != keep) {
            let done = session::Entity::delete_by_id(row.id_hash)
                .exec(self.db.write())
                .await?;
            ended += done.rows_affected;
        }
        Ok(ended)
    }

    /// Signs an account out everywhere; returns how many sessions ended.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn delete_sessions_of(&self, account: &str) -> Result<u64, StoreError> {
        Ok(session::Entity::delete_many()
            .filter(session::Column::AccountId.eq(account))
            .exec(self.db.write())
            .await?
            .rows_affected)
    }
}

/// What is stored of a session beside the hash of its id.
struct Parts {
    account: Option<String>,
    data: String,
    expires_ms: i64,
    /// Today, in a session that is signed in.
    day: Option<String>,
}

fn parts(record: &Record, now_ms: i64) -> session_store::Result<Parts> {
    let encode = |error: &dyn fmt::Display| session_store::Error::Encode(error.to_string());
    let data = serde_json::to_string(&record.data).map_err(|error| encode(&error))?;
    let expires_ms = i64::try_from(record.expiry_date.unix_timestamp_nanos() / 1_000_000)
        .map_err(|error| encode(&error))?;
    let account = record
        .data
        .get(ACCOUNT_KEY)
        .and_then(Value::as_str)
        .map(str::to_owned);
    let now =
        OffsetDateTime::from_unix_timestamp(now_ms / 1_000).map_err(|error| encode(&error))?;
    let day = account.is_some().then(|| now.date().to_string());
    Ok(Parts {
        account,
        data,
        expires_ms,
        day,
    })
}

fn row(record: &Record, now_ms: i64) -> session_store::Result<session::ActiveModel> {
    let new = parts(record, now_ms)?;
    Ok(session::ActiveModel {
        id_hash: Set(hash(&record.id)),
        account_id: Set(new.account),
        data: Set(new.data),
        expires_ms: Set(new.expires_ms),
        created_day: Set(new.day.clone()),
        used_day: Set(new.day),
    })
}

fn key_of(id_hash: &[u8]) -> String {
    id_hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hash(id: &Id) -> Vec<u8> {
    Sha256::digest(id.0.to_le_bytes()).to_vec()
}

fn backend(error: sea_orm::DbErr) -> session_store::Error {
    session_store::Error::Backend(error.to_string())
}
