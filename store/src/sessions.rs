//! Sessions for `tower-sessions`. Ids are stored hashed: who reads the database signs in as nobody.

use std::{collections::HashMap, fmt, sync::Arc};

use async_trait::async_trait;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, TryInsertResult, sea_query::OnConflict,
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
            let inserted = session::Entity::insert(row(record)?)
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

    async fn save(&self, record: &Record) -> session_store::Result<()> {
        session::Entity::insert(row(record)?)
            .on_conflict(
                OnConflict::column(session::Column::IdHash)
                    .update_columns([
                        session::Column::AccountId,
                        session::Column::Data,
                        session::Column::ExpiresMs,
                    ])
                    .to_owned(),
            )
            .exec_without_returning(self.store.db.write())
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

fn row(record: &Record) -> session_store::Result<session::ActiveModel> {
    let data = serde_json::to_string(&record.data)
        .map_err(|error| session_store::Error::Encode(error.to_string()))?;
    let expires_ms = i64::try_from(record.expiry_date.unix_timestamp_nanos() / 1_000_000)
        .map_err(|error| session_store::Error::Encode(error.to_string()))?;
    let account = record.data.get(ACCOUNT_KEY).and_then(Value::as_str);
    Ok(session::ActiveModel {
        id_hash: Set(hash(&record.id)),
        account_id: Set(account.map(str::to_owned)),
        data: Set(data),
        expires_ms: Set(expires_ms),
    })
}

fn hash(id: &Id) -> Vec<u8> {
    Sha256::digest(id.0.to_le_bytes()).to_vec()
}

fn backend(error: sea_orm::DbErr) -> session_store::Error {
    session_store::Error::Backend(error.to_string())
}
