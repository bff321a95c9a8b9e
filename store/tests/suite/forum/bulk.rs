//! What is written at once is what writing it piece by piece makes.

use partake_core::search::Query;
use partake_store::forum::Search;

use super::*;
use crate::engines::on_both_engines;

/// Everything that is stored of a comment, with ids as places in the thread.
#[derive(Debug, PartialEq, Eq)]
struct Placed {
    parent: Option<i64>,
    depth: u32,
    ancestors: Vec<i64>,
    author: Option<String>,
    lang: Lang,
    body: String,
    score: i64,
    best: i64,
    active: i64,
    replies: i64,
    below: i64,
    created_ms: i64,
}

impl Site {
    async fn placed(&self, thread: i64) -> Vec<Placed> {
        let mut comments = self.walk(thread, Sort::Old).await;
        comments.sort_by_key(|c| c.id);
        let first = comments[0].id;
        comments
            .into_iter()
            .map(|c| Placed {
                parent: c.parent_id.map(|id| id - first),
                depth: c.depth,
                ancestors: c.ancestors().into_iter().map(|id| id - first).collect(),
                author: c.author,
                lang: c.lang,
                body: c.body,
                score: c.score,
                best: c.best,
                active: c.active - first,
                replies: c.reply_count,
                below: c.descendant_count,
                created_ms: c.created_ms,
            })
            .collect()
    }

    async fn places_of(&self, words: &str, thread: i64) -> Vec<i64> {
        let query = Query::parse(words);
        let search = Search {
            survey: "s",
            query: &query,
            thread: Some(thread),
            author: None,
            from_ms: None,
            until_ms: None,
        };
        let first = self
            .store
            .thread(thread, Reader::default())
            .await
            .unwrap()
            .unwrap()
            .opening;
        let mut places = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let page = self
                .store
                .search_comments(search, cursor.as_deref(), Reader::default())
                .await
                .unwrap();
            places.extend(page.items.iter().map(|f| f.comment.id - first));
            cursor = page.next;
            if cursor.is_none() {
                return places;
            }
        }
    }

    /// The same thread, comment by comment and vote by vote.
    async fn write_out(&self, drawn: &BulkThread) -> i64 {
        let actor = |id: &str| {
            [ANN, BEN, MOD]
                .into_iter()
                .find(|a| Reader::of(*a).account == Some(id))
        };
        let opening = &drawn.comments[0];
        let new = NewThread {
            survey: "s",
            about: &drawn.about,
            title: &drawn.title,
            body: &opening.body,
            lang: opening.lang,
            findings: &[],
            now_ms: opening.created_ms,
        };
        let thread = self
            .store
            .open_thread(actor(&opening.author).unwrap(), new)
            .await
            .unwrap();
        let first = self
            .store
            .thread(thread, Reader::default())
            .await
            .unwrap()
            .unwrap()
            .opening;
        let mut ids = vec![first];
        for comment in &drawn.comments[1..] {
            let new = NewComment {
                thread,
                parent: comment.parent.map(|p| ids[p]),
                body: &comment.body,
                lang: comment.lang,
                findings: &[],
                now_ms: comment.created_ms,
            };
            let id = self
                .store
                .add_comment(actor(&comment.author).unwrap(), new)
                .await
                .unwrap();
            ids.push(id);
        }
        for (comment, id) in drawn.comments.iter().zip(&ids) {
            for (voter, vote) in &comment.votes {
                self.store
                    .vote(actor(voter).unwrap(), *id, Some(*vote))
                    .await
                    .unwrap();
            }
        }
        thread
    }
}

on_both_engines! {
    async fn a_thread_written_at_once_is_stored_as_if_it_had_been_written_out(store: Store) {
        let site = site(store).await;
        let mut drawn = drawn_thread(150, 9);
        for comment in &mut drawn.comments {
            // Reports go through a queue of their own, and nobody votes on their own words.
            comment.report = None;
            let author = comment.author.clone();
            comment.votes.retain(|(voter, _)| *voter != author);
        }
        let at_once = site.store.import_thread(&drawn).await.unwrap();
        let written_out = site.write_out(&drawn).await;
        assert_eq!(site.placed(at_once).await, site.placed(written_out).await);
        for words in ["第", "1", "long", "条"] {
            let found = site.places_of(words, at_once).await;
            assert_eq!(found, site.places_of(words, written_out).await, "{words}");
            assert!(!found.is_empty());
        }
        let thread = async |id| {
            let thread = site.store.thread(id, Reader::default()).await.unwrap().unwrap();
            (thread.about, thread.title, thread.author, thread.comment_count, thread.last_activity_ms)
        };
        assert_eq!(thread(at_once).await, thread(written_out).await);
        assert!(site.store.follows("ann", at_once).await.unwrap());
    }

    async fn what_is_rare_is_found_however_many_comments_were_written_since(store: Store) {
        let site = site(store).await;
        let mut drawn = drawn_thread(10_100, 3);
        for comment in &mut drawn.comments {
            comment.body = "Said often".to_owned();
            comment.report = None;
            comment.votes.clear();
        }
        for place in [1, 40, 10_098] {
            drawn.comments[place].body = "难得一见 said rarely".to_owned();
        }
        let thread = site.store.import_thread(&drawn).await.unwrap();
        assert_eq!(site.places_of("难得", thread).await, [10_098, 40, 1]);
        assert_eq!(site.places_of("rarely", thread).await, [10_098, 40, 1]);
        assert!(site.places_of("未见", thread).await.is_empty());
    }
}
