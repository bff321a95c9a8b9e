//! Instances whose clocks differ: one writes at 1 000 000, the other ten minutes before.

use std::{collections::HashMap, sync::Arc};

use partake_store::{ACCOUNT_KEY, sessions::Sessions};
use tower_sessions::{
    SessionStore as _,
    session::{Id, Record},
};

use super::*;
use crate::engines::on_both_engines;

const AHEAD: i64 = 1_000_000;
const BEHIND: i64 = AHEAD - 600_000;

impl Site {
    async fn say_at(&self, thread: i64, parent: Option<i64>, now_ms: i64) -> i64 {
        let new = NewComment {
            thread,
            parent,
            body: "words",
            lang: Lang::En,
            findings: &[],
            now_ms,
        };
        self.store.add_comment(BEN, new).await.unwrap()
    }

    async fn order(&self, thread: i64, sort: Sort) -> Vec<i64> {
        let page = self
            .store
            .comment_tree(thread, None, sort, None, Reader::default())
            .await
            .unwrap();
        page.comments.iter().map(|c| c.id).collect()
    }
}

on_both_engines! {
    async fn comments_stand_in_the_order_in_which_they_were_written_whatever_the_clocks_say(store: Store) {
        let site = site(store).await;
        let (thread, opening) = site.open().await;
        let first = site.say_at(thread, None, AHEAD).await;
        let second = site.say_at(thread, None, BEHIND).await;
        let third = site.say_at(thread, None, AHEAD).await;
        assert_eq!(site.order(thread, Sort::Old).await, [opening, first, second, third]);
        assert_eq!(site.order(thread, Sort::New).await, [third, second, first, opening]);
        site.say_at(thread, Some(second), BEHIND).await;
        assert_eq!(site.order(thread, Sort::Active).await, [second, third, first, opening]);
    }

    async fn a_thread_does_not_go_back_in_the_list_for_a_clock_that_is_behind(store: Store) {
        let site = site(store).await;
        let (one, _) = site.open().await;
        let (other, _) = site.open().await;
        site.say_at(other, None, BEHIND + 1).await;
        site.say_at(one, None, AHEAD).await;
        site.say_at(one, None, BEHIND).await;
        let listed = site.store.threads("s", None, None, Reader::default()).await.unwrap();
        let ids: Vec<i64> = listed.items.iter().map(|t| t.id).collect();
        assert_eq!(ids, [one, other]);
        assert_eq!(listed.items[0].last_activity_ms, AHEAD);
    }

    async fn a_session_begun_by_either_instance_is_known_to_both_and_ends_by_their_own_clocks(store: Store) {
        let site = site(store).await;
        let at = |now_ms: i64| Sessions::new(site.store.clone(), Arc::new(move || now_ms));
        let day_ms = 86_400_000;
        for (here, there) in [(AHEAD, BEHIND), (BEHIND, AHEAD)] {
            let ends = time::OffsetDateTime::UNIX_EPOCH + time::Duration::milliseconds(here + day_ms);
            let mut record = Record {
                id: Id::default(),
                data: HashMap::from([(ACCOUNT_KEY.to_owned(), "ann".into())]),
                expiry_date: ends,
            };
            at(here).create(&mut record).await.unwrap();
            assert!(at(there).load(&record.id).await.unwrap().is_some());
            assert!(at(here + day_ms - 1).load(&record.id).await.unwrap().is_some());
            assert!(at(here + day_ms).load(&record.id).await.unwrap().is_none());
        }
    }

    async fn what_is_limited_in_a_day_counts_what_an_instance_ahead_has_taken(store: Store) {
        let site = site(store).await;
        let (thread, _) = site.open().await;
        for _ in 0..3 {
            site.say_at(thread, None, AHEAD).await;
        }
        let standing = site.store.standing("ben", BEHIND).await.unwrap();
        assert_eq!((standing.today.comments, standing.recent), (3, 3));
    }
}
