//! Those who talk, each signed in.

use std::{collections::HashMap, sync::Arc};

use partake_core::forum::Role;
use partake_store::{ACCOUNT_KEY, Store, accounts::NewAccount, sessions::Sessions};
use tower_sessions::{
    SessionStore as _,
    session::{Id, Record},
};

/// Enough that none of them writes faster than one person may.
pub(crate) const PEOPLE: usize = 1_000;
const DAY_MS: i64 = 86_400_000;

pub(crate) struct People {
    pub(crate) ids: Vec<String>,
    /// Values of their cookies.
    pub(crate) sessions: Vec<String>,
}

pub(crate) async fn create(store: &Store, now_ms: i64) -> People {
    let sessions_of = Sessions::new(store.clone(), Arc::new(move || now_ms));
    let (mut ids, mut sessions) = (Vec::new(), Vec::new());
    for number in 0..PEOPLE {
        let id = format!("person-{number}");
        let new = NewAccount {
            id: id.clone(),
            handle: id.clone(),
            handle_folded: id.clone(),
            // Opens nothing: nobody's password hashes to this.
            password_hash: "none".to_owned(),
            role: Role::Member,
            created_ms: now_ms - 60 * DAY_MS,
        };
        store.create_account(new).await.unwrap();
        let data = HashMap::from([(ACCOUNT_KEY.to_owned(), id.clone().into())]);
        let mut record = Record {
            id: Id::default(),
            data,
            expiry_date: time::OffsetDateTime::now_utc() + time::Duration::days(20),
        };
        sessions_of.create(&mut record).await.unwrap();
        sessions.push(record.id.to_string());
        ids.push(id);
    }
    People { ids, sessions }
}
