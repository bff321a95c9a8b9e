//! Votes: one of each account, and counters that are their sum.

use partake_core::forum::ranking::best_rank;

use super::*;
use crate::engines::on_both_engines;

async fn counters(site: &Site, id: i64) -> (i64, Vec<i64>) {
    let comment = site.seen(id, Actor::Visitor).await;
    let tree = site
        .store
        .comment_tree(comment.thread_id, None, Sort::Best, None, Reader::default())
        .await
        .unwrap();
    (comment.score, tree.comments.iter().map(|c| c.id).collect())
}

on_both_engines! {
    async fn a_vote_counts_once_can_be_turned_and_taken_back(store: Store) {
        let site = site(store).await;
        let (thread, opening) = site.open().await;
        let (one, other) = (site.reply(ANN, thread, None).await, site.reply(ANN, thread, None).await);
        for _ in 0..2 {
            site.store.vote(BEN, other, Some(Vote::Up)).await.unwrap();
        }
        assert_eq!(counters(&site, other).await, (1, vec![other, opening, one]));
        assert!(best_rank(1, 0) > 0);
        site.store.vote(BEN, other, Some(Vote::Down)).await.unwrap();
        assert_eq!(counters(&site, other).await.0, -1);
        assert_eq!(
            site.store.votes_on("ben", &[one, other]).await.unwrap(),
            [(other, Vote::Down)].into()
        );
        site.store.vote(BEN, other, None).await.unwrap();
        assert_eq!(counters(&site, other).await, (0, vec![opening, one, other]));
        assert_eq!(site.store.votes_of("ben").await.unwrap(), []);
    }

    async fn nobody_votes_on_their_own_words_or_on_what_is_gone(store: Store) {
        let site = site(store).await;
        let (thread, _) = site.open().await;
        let id = site.reply(BEN, thread, None).await;
        let own = site.store.vote(BEN, id, Some(Vote::Up)).await;
        assert!(matches!(own, Err(ForumError::Denied(Denied::Yours))));
        let visitor = site.store.vote(Actor::Visitor, id, Some(Vote::Up)).await;
        assert!(matches!(visitor, Err(ForumError::Denied(Denied::SignIn))));
        let remove = decision(Act::Remove, Some(Reason::Abuse));
        site.store.decide_comment(MOD, id, remove).await.unwrap();
        let gone = site.store.vote(ANN, id, Some(Vote::Up)).await;
        assert!(matches!(gone, Err(ForumError::Denied(Denied::Gone))));
    }

    async fn votes_at_once_are_all_counted(store: Store) {
        let site = site(store).await;
        let (thread, _) = site.open().await;
        let id = site.reply(ANN, thread, None).await;
        let mut running = Vec::new();
        for n in 0..12 {
            let account = format!("voter{n}");
            let new = NewAccount {
                id: account.clone(),
                handle: account.clone(),
                handle_folded: account.clone(),
                password_hash: "x".to_owned(),
                role: Role::Member,
                created_ms: 0,
            };
            site.store.create_account(new).await.unwrap();
            let store = site.store.clone();
            running.push(tokio::spawn(async move {
                let actor = Actor::Account { id: &account, role: Role::Member };
                let vote = if n % 3 == 0 { Vote::Down } else { Vote::Up };
                store.vote(actor, id, Some(vote)).await.unwrap();
            }));
        }
        for task in running {
            task.await.unwrap();
        }
        assert_eq!(counters(&site, id).await.0, 8 - 4);
        site.store.delete_account("voter0").await.unwrap();
        site.store.delete_account("voter1").await.unwrap();
        assert_eq!(counters(&site, id).await.0, 7 - 3);
    }
}
