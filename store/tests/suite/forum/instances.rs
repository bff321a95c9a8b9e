//! Two instances on one PostgreSQL, and sixty-four people who talk at once.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use partake_store::forum::Posted;
use tokio::sync::broadcast::{Receiver, error::RecvError};

use super::*;
use crate::engines::on_two_instances;

const PEOPLE: usize = 64;
const EACH: usize = 8;

/// Counts what a reader of one instance hears of the thread.
fn hear(mut posted: Receiver<Posted>, thread: i64, heard: Arc<AtomicUsize>) {
    tokio::spawn(async move {
        loop {
            match posted.recv().await {
                Ok(comment) if comment.thread == thread => {
                    heard.fetch_add(1, Ordering::Relaxed);
                }
                Ok(_) => {}
                Err(RecvError::Lagged(n)) => {
                    heard.fetch_add(usize::try_from(n).unwrap(), Ordering::Relaxed);
                }
                Err(RecvError::Closed) => return,
            }
        }
    });
}

async fn until(what: &str, holds: impl AsyncFn() -> bool) {
    let waited = tokio::time::timeout(Duration::from_secs(30), async {
        while !holds().await {
            tokio::task::yield_now().await;
        }
    });
    assert!(waited.await.is_ok(), "{what}");
}

#[test]
fn sixty_four_people_on_two_instances_lose_no_vote_and_no_reply_and_hear_of_each_other() {
    on_two_instances(async |first, second| {
        let site = site(first.clone()).await;
        for number in 0..PEOPLE {
            let new = NewAccount {
                id: format!("p{number}"),
                handle: format!("p{number}"),
                handle_folded: format!("p{number}"),
                password_hash: "x".to_owned(),
                role: Role::Member,
                created_ms: 0,
            };
            first.create_account(new).await.unwrap();
        }
        let (thread, _) = site.open().await;
        let target = site.reply(ANN, thread, None).await;
        let heard = [Arc::default(), Arc::default()];
        for (store, heard) in [&first, &second].into_iter().zip(&heard) {
            let listening = store.clone();
            tokio::spawn(async move { listening.listen().await });
            hear(store.posted(), thread, Arc::clone(heard));
        }
        // Both have to listen before anything is counted.
        until("both instances listen", async || {
            site.reply(BEN, thread, None).await;
            heard.iter().all(|n| n.load(Ordering::Relaxed) > 0)
        })
        .await;

        let people: Vec<_> = (0..PEOPLE)
            .map(|number| {
                let store = if number % 2 == 0 {
                    first.clone()
                } else {
                    second.clone()
                };
                tokio::spawn(async move {
                    let id = format!("p{number}");
                    let actor = Actor::Account {
                        id: &id,
                        role: Role::Member,
                    };
                    let mut parent = target;
                    for turn in 0..EACH {
                        let vote = match (number + turn) % 3 {
                            0 => Some(Vote::Up),
                            1 => Some(Vote::Down),
                            _ => None,
                        };
                        store.vote(actor, target, vote).await.unwrap();
                        let new = NewComment {
                            thread,
                            parent: Some(parent),
                            body: "words",
                            lang: Lang::En,
                            now_ms: 3,
                            findings: &[],
                        };
                        parent = store.add_comment(actor, new).await.unwrap();
                    }
                })
            })
            .collect();
        for person in people {
            person.await.unwrap();
        }

        let last = |number: usize| match (number + EACH - 1) % 3 {
            0 => 1,
            1 => -1,
            _ => 0,
        };
        let expected: i64 = (0..PEOPLE).map(last).sum();
        let seen = site.seen(target, ANN).await;
        assert_eq!(seen.score, expected, "no vote is lost");
        assert_eq!(seen.reply_count, i64::try_from(PEOPLE).unwrap());
        assert_eq!(seen.descendant_count, i64::try_from(PEOPLE * EACH).unwrap());
        let all = site.walk(thread, Sort::Old).await;
        let counted = second
            .thread(thread, Reader::default())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(usize::try_from(counted.comment_count).unwrap(), all.len());
        for comment in &all {
            let below = all.iter().filter(|c| c.ancestors().contains(&comment.id));
            let newest = below.clone().map(|c| c.id).max().unwrap_or(comment.id);
            assert_eq!(
                usize::try_from(comment.descendant_count).unwrap(),
                below.count()
            );
            assert_eq!(comment.active, newest);
        }
        until("readers of both hear of every reply", async || {
            heard
                .iter()
                .all(|n| n.load(Ordering::Relaxed) >= PEOPLE * EACH)
        })
        .await;
    });
}
