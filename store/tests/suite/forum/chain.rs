//! The public log cannot be rewritten without `verify_log` saying where.

use partake_store::forum::ChainFault;
use sea_orm::ConnectionTrait as _;

use super::*;
use crate::engines::on_both_engines;

/// Ten acts on one thread.
async fn ten_acts(store: Store) -> (Site, i64) {
    let site = site(store).await;
    let (thread, _) = site.open().await;
    for now_ms in 0..10 {
        decide(&site.store, thread, now_ms).await.unwrap();
    }
    (site, thread)
}

async fn decide(store: &Store, thread: i64, now_ms: i64) -> Result<(), ForumError> {
    let act = if now_ms % 2 == 0 {
        Act::Lock
    } else {
        Act::Unlock
    };
    let decision = Decision {
        note: "heated",
        now_ms,
        ..decision(act, Some(Reason::OffTopic))
    };
    store.decide_thread(MOD, thread, decision).await
}

async fn fault_after(store: &Store, statement: &str) -> ChainFault {
    assert!(store.verify_log(&[]).await.unwrap().is_ok());
    store
        .connection()
        .execute_unprepared(statement)
        .await
        .unwrap();
    store.verify_log(&[]).await.unwrap().unwrap_err()
}

on_both_engines! {
    async fn an_untouched_log_holds_and_readers_can_note_its_head(store: Store) {
        let empty = store.verify_log(&[]).await.unwrap().unwrap();
        assert_eq!((empty.entries, store.log_head().await.unwrap()), (0, empty));
        let (site, _) = ten_acts(store).await;
        let head = site.store.verify_log(&[]).await.unwrap().unwrap();
        assert_eq!(head.entries, 10);
        assert_eq!(site.store.log_head().await.unwrap(), head);
        let newest = site.store.moderation_log(None).await.unwrap().items.remove(0);
        let link = newest.link.unwrap();
        assert_eq!(link.sequence, 10);
        assert_eq!(link.hash, partake_core::forum::chain::hex(&head.hash));
    }

    async fn a_changed_word_is_found(store: Store) {
        let (site, _) = ten_acts(store).await;
        let change = "UPDATE moderation_act SET note = 'calm' WHERE created_ms = 3";
        assert_eq!(fault_after(&site.store, change).await, ChainFault::Changed(4));
    }

    async fn another_moderator_under_an_act_is_found(store: Store) {
        let (site, _) = ten_acts(store).await;
        let change = "UPDATE moderation_act SET moderator_id = 'ann' WHERE created_ms = 5";
        assert_eq!(fault_after(&site.store, change).await, ChainFault::Changed(6));
    }

    async fn a_removed_act_is_found(store: Store) {
        let (site, _) = ten_acts(store).await;
        let remove = "DELETE FROM moderation_act WHERE created_ms = 6";
        assert_eq!(fault_after(&site.store, remove).await, ChainFault::Removed(7));
    }

    async fn a_removed_entry_is_found(store: Store) {
        let (site, _) = ten_acts(store).await;
        let remove = "DELETE FROM moderation_chain WHERE sequence = 4";
        assert_eq!(fault_after(&site.store, remove).await, ChainFault::Missing(4));
    }

    async fn a_cut_tail_is_found(store: Store) {
        let (site, _) = ten_acts(store).await;
        let cut = "DELETE FROM moderation_act WHERE created_ms >= 8";
        site.store.connection().execute_unprepared(
            "DELETE FROM moderation_chain WHERE sequence > 8",
        ).await.unwrap();
        site.store.connection().execute_unprepared(cut).await.unwrap();
        assert_eq!(
            site.store.verify_log(&[]).await.unwrap(),
            Err(ChainFault::Length { found: 8, head: 10 })
        );
    }

    async fn an_inserted_act_is_found(store: Store) {
        let (site, _) = ten_acts(store).await;
        let insert = "INSERT INTO moderation_act (survey, act, note, created_ms)
            VALUES ('s', 'lock', 'never happened', 4)";
        assert!(matches!(
            fault_after(&site.store, insert).await,
            ChainFault::Inserted(_)
        ));
    }

    async fn two_exchanged_entries_are_found(store: Store) {
        let (site, _) = ten_acts(store).await;
        let exchange = "UPDATE moderation_act SET created_ms = 5 - created_ms
            WHERE created_ms IN (2, 3)";
        assert_eq!(fault_after(&site.store, exchange).await, ChainFault::Changed(3));
    }

    async fn an_account_that_is_deleted_does_not_break_the_chain(store: Store) {
        let (site, _) = ten_acts(store).await;
        for account in ["mod", "ann"] {
            site.store.delete_account(account).await.unwrap();
        }
        assert!(site.store.verify_log(&[]).await.unwrap().is_ok());
    }

    async fn decisions_at_once_write_one_chain(store: Store) {
        let site = site(store).await;
        let mut threads = Vec::new();
        for _ in 0..8 {
            threads.push(site.open().await.0);
        }
        let running: Vec<_> = threads
            .into_iter()
            .map(|thread| {
                let store = site.store.clone();
                tokio::spawn(async move {
                    for now_ms in 0..10 {
                        decide(&store, thread, now_ms).await.unwrap();
                    }
                })
            })
            .collect();
        for task in running {
            task.await.unwrap();
        }
        assert_eq!(site.store.verify_log(&[]).await.unwrap().unwrap().entries, 80);
    }

    async fn acts_from_before_the_chain_are_chained_once(store: Store) {
        let (site, thread) = ten_acts(store).await;
        // As the schema's step leaves a database that has acts and no chain.
        for before in [
            "DELETE FROM moderation_chain",
            "UPDATE moderation_head SET sequence = -1",
        ] {
            site.store.connection().execute_unprepared(before).await.unwrap();
        }
        site.store.chain_earlier_acts().await.unwrap();
        site.store.chain_earlier_acts().await.unwrap();
        decide(&site.store, thread, 10).await.unwrap();
        assert_eq!(site.store.verify_log(&[]).await.unwrap().unwrap().entries, 11);
    }
}
