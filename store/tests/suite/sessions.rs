use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use partake_store::{ACCOUNT_KEY, Sessions, Store};
use sea_orm::EntityTrait;
use serde_json::json;
use time::{Duration, OffsetDateTime};
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
};

use crate::{engines::on_both_engines, samples::NOW};

fn sessions(store: &Store) -> (Sessions, Arc<AtomicI64>) {
    let now = Arc::new(AtomicI64::new(NOW));
    let clock = Arc::clone(&now);
    let sessions = Sessions::new(
        store.clone(),
        Arc::new(move || clock.load(Ordering::Relaxed)),
    );
    (sessions, now)
}

fn record(id: i128, account: Option<&str>) -> Record {
    let mut data = HashMap::from([("lang".to_owned(), json!("zh"))]);
    if let Some(account) = account {
        data.insert(ACCOUNT_KEY.to_owned(), json!(account));
    }
    Record {
        id: Id(id),
        data,
        expiry_date: OffsetDateTime::from_unix_timestamp(NOW / 1000).unwrap() + Duration::HOUR,
    }
}

on_both_engines! {
    async fn a_session_is_saved_changed_and_deleted(store: Store) {
        let (sessions, _) = sessions(&store);
        let mut first = record(1, None);
        sessions.create(&mut first).await.unwrap();
        assert_eq!(first.id, Id(1));
        assert_eq!(sessions.load(&Id(1)).await.unwrap(), Some(first.clone()));
        first.data.insert("seen".to_owned(), json!(3));
        sessions.save(&first).await.unwrap();
        assert_eq!(sessions.load(&Id(1)).await.unwrap(), Some(first));
        sessions.delete(&Id(1)).await.unwrap();
        assert_eq!(sessions.load(&Id(1)).await.unwrap(), None);
    }

    async fn a_new_session_never_takes_over_an_existing_one(store: Store) {
        let (sessions, _) = sessions(&store);
        let mut theirs = record(1, Some("a1"));
        sessions.create(&mut theirs).await.unwrap();
        let mut mine = record(1, None);
        sessions.create(&mut mine).await.unwrap();
        assert_ne!(mine.id, Id(1));
        assert_eq!(sessions.load(&Id(1)).await.unwrap(), Some(theirs));
        assert_eq!(sessions.load(&mine.id).await.unwrap(), Some(mine));
    }

    async fn an_expired_session_is_not_loaded_and_is_swept(store: Store) {
        let (sessions, now) = sessions(&store);
        sessions.create(&mut record(1, None)).await.unwrap();
        assert_eq!(store.delete_expired_sessions(NOW).await.unwrap(), 0);
        now.store(NOW + 3_600_000, Ordering::Relaxed);
        assert_eq!(sessions.load(&Id(1)).await.unwrap(), None);
        assert_eq!(store.delete_expired_sessions(NOW + 3_600_000).await.unwrap(), 1);
    }

    async fn an_account_is_signed_out_everywhere(store: Store) {
        let (sessions, _) = sessions(&store);
        for (id, account) in [(1, Some("a1")), (2, Some("a1")), (3, Some("a2")), (4, None)] {
            sessions.create(&mut record(id, account)).await.unwrap();
        }
        assert_eq!(store.delete_sessions_of("a1").await.unwrap(), 2);
        assert!(sessions.load(&Id(2)).await.unwrap().is_none());
        assert!(sessions.load(&Id(3)).await.unwrap().is_some());
        assert!(sessions.load(&Id(4)).await.unwrap().is_some());
    }

    async fn a_session_ended_during_a_request_is_not_brought_back_by_it(store: Store) {
        let (sessions, _) = sessions(&store);
        let mut mine = record(1, Some("a1"));
        sessions.create(&mut mine).await.unwrap();
        assert_eq!(store.delete_sessions_of("a1").await.unwrap(), 1);
        mine.data.insert("seen".to_owned(), json!(3));
        sessions.save(&mine).await.unwrap();
        assert_eq!(sessions.load(&Id(1)).await.unwrap(), None);
    }

    async fn sessions_are_listed_by_days_and_ended_by_their_account_alone(store: Store) {
        let (sessions, now) = sessions(&store);
        for (id, account) in [(1, Some("a1")), (2, Some("a1")), (3, Some("a2")), (4, None)] {
            sessions.create(&mut record(id, account)).await.unwrap();
        }
        let today = OffsetDateTime::from_unix_timestamp(NOW / 1000).unwrap().date();
        now.store(NOW + 2 * 86_400_000, Ordering::Relaxed);
        let mut used = record(2, Some("a1"));
        used.expiry_date += Duration::days(5);
        sessions.save(&used).await.unwrap();
        let listed = store.sessions_of("a1", NOW).await.unwrap();
        assert_eq!(listed.len(), 2);
        assert_eq!(listed[0].key, Sessions::key(&Id(2)));
        assert_eq!(listed[0].created, Some(today.to_string()));
        assert_eq!(listed[0].used, Some((today + Duration::days(2)).to_string()));
        assert_eq!(listed[1].used, Some(today.to_string()));
        assert!(!store.end_session("a2", &listed[0].key).await.unwrap());
        assert!(store.end_session("a1", &listed[0].key).await.unwrap());
        assert!(!store.end_session("a1", &listed[0].key).await.unwrap());
        assert_eq!(store.end_other_sessions("a1", &listed[1].key).await.unwrap(), 0);
        assert_eq!(store.end_other_sessions("a1", "").await.unwrap(), 1);
        assert_eq!(store.sessions_of("a2", NOW).await.unwrap().len(), 1);
    }

    async fn the_database_does_not_hold_session_ids(store: Store) {
        let (sessions, _) = sessions(&store);
        let mut record = record(0x1122_3344_5566_7788_99aa_bbcc_ddee_ff00, None);
        sessions.create(&mut record).await.unwrap();
        let rows = partake_store::entity::session::Entity::find()
            .all(store.connection())
            .await
            .unwrap();
        assert_eq!(rows.len(), 1);
        assert!(!rows[0].data.contains(&record.id.to_string()));
        assert_ne!(rows[0].id_hash[..16], record.id.0.to_le_bytes());
        assert_ne!(rows[0].id_hash[..16], record.id.0.to_be_bytes());
    }
}
