//! Reading a tree while others write into it. Whoever follows the cursors sees every comment that
//! was there when they began, once, in the order it had then.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use sea_orm::{ConnectionTrait, TransactionTrait};

use super::{
    load::another,
    model::{Model, Modelled},
    *,
};
use crate::engines::{on_both_engines, on_postgres};

/// A thread with votes, in the store and in the model.
async fn drawn(site: &Site, draw: &mut Draw, size: usize) -> (i64, Model) {
    let (thread, opening) = site.open().await;
    let mut model = Model::default();
    model.0.push(modelled(opening, None, "ann"));
    for _ in 0..size {
        write(site, draw, thread, &mut model).await;
    }
    for _ in 0..size {
        let at = draw.below(model.0.len());
        let (id, author) = (model.0[at].id, model.0[at].author);
        let (name, actor) = [("ann", ANN), ("ben", BEN), ("mod", MOD)][draw.below(3)];
        if author != name {
            let (vote, value) = [(Vote::Up, 1), (Vote::Down, -1)][draw.below(2)];
            site.store.vote(actor, id, Some(vote)).await.unwrap();
            model.get(id).votes.insert(name, value);
        }
    }
    (thread, model)
}

fn modelled(id: i64, parent: Option<i64>, author: &'static str) -> Modelled {
    Modelled {
        id,
        parent,
        author,
        deleted: false,
        votes: BTreeMap::new(),
    }
}

/// A reply to anything, most often to what is old.
async fn write(site: &Site, draw: &mut Draw, thread: i64, model: &mut Model) {
    let most = 1 + draw.below(model.0.len());
    let at = draw.below(most);
    let parent = (at > 0 && draw.below(5) > 0).then_some(model.0[at].id);
    let (name, actor) = [("ann", ANN), ("ben", BEN)][draw.below(2)];
    match site.try_reply(actor, thread, parent).await {
        Ok(id) => model.0.push(modelled(id, parent, name)),
        Err(error) => assert!(matches!(error, ForumError::TooDeep), "{error}"),
    }
}

/// Ids below each parent in the order in which pages and cursors give them; `between` runs between
/// two pages.
async fn read(
    store: &Store,
    thread: i64,
    sort: Sort,
    mut between: impl AsyncFnMut(),
) -> BTreeMap<Option<i64>, Vec<i64>> {
    let mut lists: BTreeMap<Option<i64>, Vec<i64>> = BTreeMap::new();
    let mut cursors: Vec<Option<String>> = vec![None];
    while let Some(cursor) = cursors.pop() {
        let page = store
            .comment_tree(thread, None, sort, cursor.as_deref(), Reader::default())
            .await
            .unwrap();
        between().await;
        cursors.extend(page.next.map(Some));
        let mut open = page.comments;
        open.reverse();
        while let Some(mut comment) = open.pop() {
            open.extend(std::mem::take(&mut comment.replies).into_iter().rev());
            cursors.extend(comment.more.take().map(Some));
            lists.entry(comment.parent_id).or_default().push(comment.id);
        }
    }
    lists
}

fn seen_once(lists: &BTreeMap<Option<i64>, Vec<i64>>, before: &BTreeSet<i64>, what: &str) {
    let all: Vec<i64> = lists.values().flatten().copied().collect();
    let set: BTreeSet<i64> = all.iter().copied().collect();
    assert_eq!(set.len(), all.len(), "{what}: something is repeated");
    let missed: Vec<&i64> = before.difference(&set).collect();
    assert!(missed.is_empty(), "{what}: {missed:?} are skipped");
}

on_both_engines! {
    async fn replies_between_any_two_pages_make_nothing_repeated_skipped_or_moved(store: Store) {
        let site = site(store).await;
        for seed in 1..=3 {
            let mut draw = Draw(seed * 104_729);
            let (thread, mut model) = drawn(&site, &mut draw, 260).await;
            for sort in Sort::ALL {
                let what = format!("seed {seed} {sort}");
                let before: BTreeSet<i64> = model.0.iter().map(|c| c.id).collect();
                let parents: BTreeSet<Option<i64>> = model.0.iter().map(|c| c.parent).collect();
                let expected: BTreeMap<_, _> = parents
                    .into_iter()
                    .map(|parent| (parent, model.ordered(parent, sort)))
                    .collect();
                let lists = read(&site.store, thread, sort, async || {
                    for _ in 0..3 {
                        write(&site, &mut draw, thread, &mut model).await;
                    }
                })
                .await;
                seen_once(&lists, &before, &what);
                for (parent, expected) in expected {
                    // The replies to one comment are begun later than the roots, and by then have
                    // the places that newer replies gave them.
                    if sort == Sort::Active && parent.is_some() {
                        continue;
                    }
                    let mut list = lists[&parent].clone();
                    list.retain(|id| before.contains(id));
                    assert_eq!(list, expected, "{what} below {parent:?}");
                }
            }
        }
    }

    async fn readers_beside_writers_on_another_instance_see_every_comment_once(store: Store) {
        let site = site(store).await;
        let mut draw = Draw(7);
        let (thread, model) = drawn(&site, &mut draw, 400).await;
        let before: BTreeSet<i64> = model.0.iter().map(|c| c.id).collect();
        let over = Arc::new(AtomicBool::new(false));
        let written = Arc::new(AtomicUsize::new(0));
        let writers: Vec<_> = (0..2)
            .map(|number| {
                let (over, written) = (Arc::clone(&over), Arc::clone(&written));
                let ids: Vec<i64> = before.iter().copied().collect();
                let store = site.store.clone();
                tokio::spawn(async move {
                    let other = Site { store: another(&store).await };
                    let mut draw = Draw(1_000 + number);
                    while !over.load(Ordering::Relaxed) {
                        let parent = ids[draw.below(ids.len())];
                        match other.try_reply(ANN, thread, Some(parent)).await {
                            Ok(_) => _ = written.fetch_add(1, Ordering::Relaxed),
                            Err(error) => assert!(matches!(error, ForumError::TooDeep), "{error}"),
                        }
                    }
                    other.store.close().await.unwrap();
                })
            })
            .collect();
        while written.load(Ordering::Relaxed) == 0 {
            tokio::task::yield_now().await;
        }
        for round in 0..3 {
            for sort in Sort::ALL {
                let lists = read(&site.store, thread, sort, async || {}).await;
                seen_once(&lists, &before, &format!("round {round} {sort}"));
            }
        }
        over.store(true, Ordering::Relaxed);
        for writer in writers {
            writer.await.unwrap();
        }
    }

    async fn a_cursor_of_the_active_order_that_was_made_up_gives_a_page_or_a_refusal(store: Store) {
        let site = site(store).await;
        let mut draw = Draw(11);
        let (thread, _) = drawn(&site, &mut draw, 200).await;
        let page = site
            .store
            .comment_tree(thread, None, Sort::Active, None, Reader::default())
            .await
            .unwrap();
        let good = page.next.unwrap();
        for at in 0..good.len() {
            for digit in ["0", "7", "f"] {
                let mut forged = good.clone();
                forged.replace_range(at..=at, digit);
                match site
                    .store
                    .comment_tree(thread, None, Sort::Active, Some(&forged), Reader::default())
                    .await
                {
                    Ok(page) => assert!(page.comments.len() <= 51),
                    Err(error) => assert!(matches!(error, ForumError::BadCursor), "{error}"),
                }
            }
        }
    }
}

#[test]
fn the_discussion_is_read_while_submissions_are_written_anew() {
    on_postgres(|store| async move {
        let site = site(store).await;
        let (thread, opening) = site.open().await;
        let rewrite = site.store.connection().begin().await.unwrap();
        rewrite
            .execute_unprepared(
                "LOCK TABLE response, free_text, vote_sheet IN ACCESS EXCLUSIVE MODE",
            )
            .await
            .unwrap();
        let reading = site
            .store
            .comment_tree(thread, None, Sort::New, None, Reader::default());
        let page = tokio::time::timeout(Duration::from_secs(20), reading).await;
        let page = page.expect("the page waits for the rewrite").unwrap();
        assert_eq!(page.comments[0].id, opening);
        rewrite.rollback().await.unwrap();
    });
}
