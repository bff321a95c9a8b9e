//! Members and moderators at once, on two instances of the program over one database. A few
//! seconds in the suite; `PARTAKE_LOAD_SECONDS` makes it longer.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use sea_orm::ConnectionTrait as _;

use super::*;
use crate::engines::on_both_engines;

const MODERATORS: usize = 8;
const MEMBERS: usize = 64;

/// What people were told had happened.
#[derive(Default)]
struct Told {
    comments: AtomicI64,
    reports: AtomicI64,
    decisions: AtomicI64,
    clock: AtomicI64,
}

/// Another instance on the same database.
pub(super) async fn another(store: &Store) -> Store {
    let db = store.connection();
    let url = match db.get_database_backend() {
        sea_orm::DbBackend::Postgres => {
            let row = db
                .query_one_raw(sea_orm::Statement::from_string(
                    sea_orm::DbBackend::Postgres,
                    "SELECT current_database()::text AS name",
                ))
                .await
                .unwrap()
                .unwrap();
            let name: String = row.try_get("", "name").unwrap();
            let server = std::env::var("PARTAKE_TEST_POSTGRES").unwrap();
            let (address, _) = server.rsplit_once('/').unwrap();
            format!("{address}/{name}")
        }
        _ => {
            let row = db
                .query_one_raw(sea_orm::Statement::from_string(
                    sea_orm::DbBackend::Sqlite,
                    "SELECT file FROM pragma_database_list WHERE name = 'main'",
                ))
                .await
                .unwrap()
                .unwrap();
            let file: String = row.try_get("", "file").unwrap();
            format!("sqlite://{file}?mode=rw")
        }
    };
    Store::connect(&url).await.unwrap()
}

async fn people(store: &Store, kind: &str, count: usize, role: Role) {
    for number in 0..count {
        let id = format!("{kind}{number}");
        let new = NewAccount {
            id: id.clone(),
            handle: id.clone(),
            handle_folded: id,
            password_hash: "x".to_owned(),
            role,
            created_ms: 0,
        };
        store.create_account(new).await.unwrap();
    }
}

async fn member(store: Store, number: usize, thread: i64, told: Arc<Told>, until: Instant) {
    let id = format!("member{number}");
    let me = Actor::Account {
        id: &id,
        role: Role::Member,
    };
    let mut last = None;
    for round in 0.. {
        if Instant::now() >= until {
            break;
        }
        let now_ms = told.clock.fetch_add(1, Ordering::Relaxed);
        let body = format!("{id} says {round}");
        let new = NewComment {
            thread,
            parent: last.filter(|_| round % 3 == 0),
            body: &body,
            lang: Lang::En,
            findings: &[],
            now_ms,
        };
        match store.add_comment(me, new).await {
            Ok(comment) => {
                told.comments.fetch_add(1, Ordering::Relaxed);
                last = Some(comment);
                // The comment before it is somebody else's, most of the time.
                match store
                    .report_comment(me, comment - 1, Reason::Spam, "", now_ms)
                    .await
                {
                    Ok(()) => _ = told.reports.fetch_add(1, Ordering::Relaxed),
                    Err(error) => assert!(!is_failure(&error), "{error}"),
                }
            }
            Err(ForumError::Denied(Denied::Gone)) => last = None,
            Err(error) => assert!(!is_failure(&error), "{error}"),
        }
    }
}

async fn moderator(store: Store, number: usize, told: Arc<Told>, until: Instant) {
    let id = format!("moderator{number}");
    let me = Actor::Account {
        id: &id,
        role: Role::Moderator,
    };
    let mut turn = number;
    while Instant::now() < until {
        let now_ms = told.clock.fetch_add(1, Ordering::Relaxed);
        let page = match store
            .moderation_queue(me, QueueFilter::default(), None, now_ms)
            .await
        {
            Ok(page) => page,
            Err(error) => {
                assert!(!is_failure(&error), "{error}");
                continue;
            }
        };
        if page.items.is_empty() {
            tokio::task::yield_now().await;
        }
        for item in page.items {
            turn += 1;
            let act = if turn.is_multiple_of(3) {
                Act::Remove
            } else if item.comment.state == CommentState::Withheld {
                Act::Approve
            } else {
                Act::Dismiss
            };
            let decision = Decision {
                act,
                reason: (act == Act::Remove).then_some(Reason::Spam),
                note: "",
                seen: Some(&item.seen),
                now_ms,
            };
            match store.decide_comment(me, item.comment.id, decision).await {
                Ok(Some(_)) => _ = told.decisions.fetch_add(1, Ordering::Relaxed),
                Ok(None) => {}
                Err(error) => assert!(!is_failure(&error), "{error}"),
            }
        }
    }
}

/// Anything but an answer of the rules. A busy database is an answer too: nothing was done.
fn is_failure(error: &ForumError) -> bool {
    match error {
        ForumError::Store(error) => !matches!(error, partake_store::StoreError::Busy),
        _ => false,
    }
}

async fn number(store: &Store, query: &str) -> i64 {
    let db = store.connection();
    let statement = sea_orm::Statement::from_string(db.get_database_backend(), query);
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get("", "n").unwrap()
}

on_both_engines! {
    async fn eight_moderators_and_sixty_four_members_on_two_instances_lose_nothing(store: Store) {
        let site = site(store).await;
        let other = another(&site.store).await;
        people(&site.store, "member", MEMBERS, Role::Member).await;
        people(&site.store, "moderator", MODERATORS, Role::Moderator).await;
        let (thread, _) = site.open().await;
        let seconds = std::env::var("PARTAKE_LOAD_SECONDS")
            .ok()
            .and_then(|s| s.parse().ok())
            .unwrap_or(3);
        let until = Instant::now() + Duration::from_secs(seconds);
        let told = Arc::new(Told::default());
        told.clock.store(10, Ordering::Relaxed);
        let mut tasks = Vec::new();
        for n in 0..MEMBERS {
            let store = [&site.store, &other][n % 2].clone();
            tasks.push(tokio::spawn(member(store, n, thread, told.clone(), until)));
        }
        for n in 0..MODERATORS {
            let store = [&site.store, &other][n % 2].clone();
            tasks.push(tokio::spawn(moderator(store, n, told.clone(), until)));
        }
        for task in tasks {
            task.await.unwrap();
        }

        let store = &site.store;
        let said = |n: &AtomicI64| n.load(Ordering::Relaxed);
        assert!(said(&told.decisions) > 0, "somebody decided something");
        // Whatever somebody was told, is there, once.
        let comments = number(store, "SELECT count(*) AS n FROM comment").await;
        assert_eq!(comments, said(&told.comments) + 1);
        let counted = number(store, "SELECT comment_count AS n FROM thread").await;
        assert_eq!(counted, comments);
        let reports = number(store, "SELECT count(*) AS n FROM report").await;
        assert_eq!(reports, said(&told.reports));
        let acts = "SELECT count(*) AS n FROM moderation_act WHERE act <> 'hold'";
        assert_eq!(number(store, acts).await, said(&told.decisions));
        // Nothing is decided twice: between two removals of a comment it came back.
        let removed = "SELECT count(*) AS n FROM (SELECT comment_id FROM moderation_act
            WHERE act = 'remove' GROUP BY comment_id HAVING count(*) > 1) x";
        assert_eq!(number(store, removed).await, 0);
        let states = "SELECT count(*) AS n FROM comment c WHERE (c.state = 'removed') <>
            EXISTS (SELECT 1 FROM moderation_act m
                WHERE m.comment_id = c.id AND m.act = 'remove')";
        assert_eq!(number(store, states).await, 0);
        // The queue's numbers are those of a recount.
        let open = "SELECT count(DISTINCT comment_id) AS n FROM report WHERE state = 'open'";
        let held = "SELECT count(*) AS n FROM comment_hold h
            WHERE NOT EXISTS (SELECT 1 FROM report r
                WHERE r.comment_id = h.comment_id AND r.state = 'open')";
        let waiting = store.queue_counts(0).await.unwrap().all;
        assert_eq!(waiting, number(store, open).await + number(store, held).await);
        let wrong = "SELECT count(*) AS n FROM moderation_case m WHERE m.reports <>
            (SELECT count(*) FROM report r WHERE r.comment_id = m.comment_id AND r.state = 'open')";
        assert_eq!(number(store, wrong).await, 0);
        let replies = "SELECT count(*) AS n FROM comment c WHERE c.reply_count <>
            (SELECT count(*) FROM comment r WHERE r.parent_id = c.id)";
        assert_eq!(number(store, replies).await, 0);
        let head = store.verify_log(&[]).await.unwrap().unwrap();
        let all = number(store, "SELECT count(*) AS n FROM moderation_act").await;
        assert_eq!(head.entries, all);
        other.close().await.unwrap();
    }
}
