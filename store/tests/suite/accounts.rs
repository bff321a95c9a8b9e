use partake_core::forum::Role;
use partake_store::{NewAccount, StoreError};

use crate::{engines::on_both_engines, samples::NOW};

fn account(id: &str, handle: &str) -> NewAccount {
    NewAccount {
        id: id.to_owned(),
        handle: handle.to_owned(),
        handle_folded: handle.to_lowercase(),
        password_hash: "$argon2id$…".to_owned(),
        role: Role::Member,
        created_ms: NOW,
    }
}

fn assert_unknown(outcome: &Result<(), StoreError>) {
    assert!(
        matches!(outcome, Err(StoreError::UnknownAccount)),
        "{outcome:?}"
    );
}

on_both_engines! {
    async fn an_account_is_found_by_handle_and_by_id(store: Store) {
        store.create_account(account("a1", "Lin")).await.unwrap();
        let found = store.account_by_handle("lin").await.unwrap().unwrap();
        assert_eq!((found.id.as_str(), found.handle.as_str()), ("a1", "Lin"));
        assert_eq!((found.role, found.suspended, found.created_ms), (Role::Member, false, NOW));
        assert_eq!(store.account_by_id("a1").await.unwrap(), Some(found));
        assert_eq!(store.account_by_id("a2").await.unwrap(), None);
        assert_eq!(store.account_by_handle("wang").await.unwrap(), None);
    }

    async fn a_handle_that_differs_only_in_case_is_taken(store: Store) {
        store.create_account(account("a1", "Lin")).await.unwrap();
        let second = store.create_account(account("a2", "LIN")).await;
        assert!(matches!(second, Err(StoreError::HandleTaken)), "{second:?}");
        store.create_account(account("a3", "Wang")).await.unwrap();
    }

    async fn password_role_and_suspension_change(store: Store) {
        store.create_account(account("a1", "Lin")).await.unwrap();
        store.set_password("a1", "$argon2id$new").await.unwrap();
        store.set_role("a1", Role::Moderator).await.unwrap();
        store.suspend_account("a1").await.unwrap();
        let found = store.account_by_id("a1").await.unwrap().unwrap();
        assert_eq!(found.password_hash, "$argon2id$new");
        assert_eq!((found.role, found.suspended), (Role::Moderator, true));
        store.reinstate_account("a1").await.unwrap();
        assert!(!store.account_by_id("a1").await.unwrap().unwrap().suspended);
        assert_unknown(&store.set_role("a2", Role::Owner).await);
        assert_unknown(&store.suspend_account("a2").await);
    }

    async fn a_deleted_account_leaves_no_name_and_frees_its_handle(store: Store) {
        store.create_account(account("a1", "Lin")).await.unwrap();
        store.create_account(account("a2", "Wang")).await.unwrap();
        store.delete_account("a1").await.unwrap();
        store.delete_account("a2").await.unwrap();
        assert_eq!(store.account_by_id("a1").await.unwrap(), None);
        assert_eq!(store.account_by_handle("lin").await.unwrap(), None);
        assert_unknown(&store.delete_account("a1").await);
        assert_unknown(&store.reinstate_account("a1").await);
        assert_unknown(&store.set_password("a1", "x").await);
        store.create_account(account("a3", "Lin")).await.unwrap();
    }

    async fn the_site_knows_whether_it_has_an_owner(store: Store) {
        store.create_account(account("a1", "Lin")).await.unwrap();
        assert!(!store.any_owner_exists().await.unwrap());
        store.set_role("a1", Role::Owner).await.unwrap();
        assert!(store.any_owner_exists().await.unwrap());
        store.delete_account("a1").await.unwrap();
        assert!(!store.any_owner_exists().await.unwrap());
    }

    async fn somebody_stays_the_owner_also_when_two_step_down_at_once(store: Store) {
        for id in ["a1", "a2"] {
            store.create_account(account(id, id)).await.unwrap();
            store.change_role(id, Role::Owner).await.unwrap();
        }
        let (one, other) = tokio::join!(
            store.change_role("a1", Role::Member),
            store.change_role("a2", Role::Moderator)
        );
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        let refused = one.and(other);
        assert!(matches!(refused, Err(StoreError::LastOwner)), "{refused:?}");
        assert!(store.any_owner_exists().await.unwrap());
        let owner = if store.is_last_owner("a1").await.unwrap() { "a1" } else { "a2" };
        let refused = store.change_role(owner, Role::Researcher).await;
        assert!(matches!(refused, Err(StoreError::LastOwner)), "{refused:?}");
        store.change_role(owner, Role::Owner).await.unwrap();
        assert_unknown(&store.change_role("a3", Role::Owner).await);
    }

    async fn a_handle_that_looks_like_anothers_is_taken_until_that_account_goes(store: Store) {
        store.create_account(account("a1", "coco")).await.unwrap();
        let twin = store.create_account(account("a2", "c0c0")).await;
        assert!(matches!(twin, Err(StoreError::HandleTaken)), "{twin:?}");
        assert_eq!(store.account_by_id("a2").await.unwrap(), None);
        store.delete_account("a1").await.unwrap();
        store.create_account(account("a2", "c0c0")).await.unwrap();
    }

    async fn a_recovery_code_is_used_once_and_by_its_own_account(store: Store) {
        for id in ["a1", "a2"] {
            store.create_account(account(id, id)).await.unwrap();
        }
        store.replace_recovery_codes("a1", &[[1; 32], [2; 32]]).await.unwrap();
        assert!(!store.use_recovery_code("a2", &[1; 32]).await.unwrap());
        let (one, other) = tokio::join!(
            store.use_recovery_code("a1", &[1; 32]),
            store.use_recovery_code("a1", &[1; 32]),
        );
        assert_ne!(one.unwrap(), other.unwrap());
        assert_eq!(store.recovery_codes_left("a1").await.unwrap(), 1);
        store.replace_recovery_codes("a1", &[[3; 32]]).await.unwrap();
        assert!(!store.use_recovery_code("a1", &[2; 32]).await.unwrap());
        assert!(store.use_recovery_code("a1", &[3; 32]).await.unwrap());
    }

    async fn a_time_step_is_accepted_once_and_never_backwards(store: Store) {
        store.create_account(account("a1", "Lin")).await.unwrap();
        assert!(!store.accept_step("a1", 7).await.unwrap());
        store.set_second_step("a1", &[9; 20], 5).await.unwrap();
        let (one, other) = tokio::join!(store.accept_step("a1", 7), store.accept_step("a1", 7));
        assert_ne!(one.unwrap(), other.unwrap());
        assert!(!store.accept_step("a1", 6).await.unwrap());
        let kept = store.second_step("a1").await.unwrap().unwrap();
        assert_eq!((kept.secret, kept.last_step), (vec![9; 20], 7));
        assert!(store.remove_second_step("a1").await.unwrap());
        assert!(!store.remove_second_step("a1").await.unwrap());
        assert_eq!(store.second_step("a1").await.unwrap(), None);
    }

    async fn a_deleted_account_leaves_nothing_that_opens_it(store: Store) {
        store.create_account(account("a1", "Lin")).await.unwrap();
        store.set_second_step("a1", &[9; 20], 5).await.unwrap();
        store.replace_recovery_codes("a1", &[[1; 32]]).await.unwrap();
        store.delete_account("a1").await.unwrap();
        assert_eq!(store.second_step("a1").await.unwrap(), None);
        assert_eq!(store.recovery_codes_left("a1").await.unwrap(), 0);
        assert!(store.accounts().await.unwrap().is_empty());
    }
}
