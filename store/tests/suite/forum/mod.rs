//! The discussion against a naive model, and the counters against a recount.

mod before;
mod bulk;
mod chain;
mod clocks;
mod decisions;
mod instances;
mod load;
mod meanwhile;
mod model;
mod notices;
mod search;
mod tampering;
mod trees;
mod votes;

use std::collections::{BTreeMap, BTreeSet};

use partake_core::{
    forum::{About, Actor, CommentState, Denied, MAX_DEPTH, Reason, Role, Sort},
    lang::Lang,
};
use partake_store::{
    Store,
    accounts::NewAccount,
    forum::{
        Act, BulkComment, BulkReport, BulkThread, Comment, Decision, Deleted, ForumError,
        NewComment, NewThread, QueueFilter, Reader, Vote,
    },
};

struct Site {
    store: Store,
}

const ANN: Actor<'static> = Actor::Account {
    id: "ann",
    role: Role::Member,
};
const BEN: Actor<'static> = Actor::Account {
    id: "ben",
    role: Role::Member,
};
const MOD: Actor<'static> = Actor::Account {
    id: "mod",
    role: Role::Moderator,
};

/// What a moderator decides, with words and a time that most tests do not look at.
fn decision(act: Act, reason: Option<Reason>) -> Decision<'static> {
    Decision {
        act,
        reason,
        note: "unkind",
        seen: None,
        now_ms: 5,
    }
}

async fn site(store: Store) -> Site {
    store.publish_instrument("s", "1", "{}", 0).await.unwrap();
    for (id, role) in [
        ("ann", Role::Member),
        ("ben", Role::Member),
        ("mod", Role::Moderator),
    ] {
        let new = NewAccount {
            id: id.to_owned(),
            handle: id.to_owned(),
            handle_folded: id.to_owned(),
            password_hash: "x".to_owned(),
            role,
            created_ms: 0,
        };
        store.create_account(new).await.unwrap();
    }
    Site { store }
}

impl Site {
    async fn open(&self) -> (i64, i64) {
        let new = NewThread {
            survey: "s",
            about: &About::Survey,
            title: "Who decides?",
            body: "opening",
            lang: Lang::En,
            findings: &[],
            now_ms: 1,
        };
        let id = self.store.open_thread(ANN, new).await.unwrap();
        let thread = self
            .store
            .thread(id, Reader::default())
            .await
            .unwrap()
            .unwrap();
        (id, thread.opening)
    }

    async fn reply(&self, actor: Actor<'_>, thread: i64, parent: Option<i64>) -> i64 {
        self.try_reply(actor, thread, parent).await.unwrap()
    }

    async fn try_reply(
        &self,
        actor: Actor<'_>,
        thread: i64,
        parent: Option<i64>,
    ) -> Result<i64, ForumError> {
        let new = NewComment {
            thread,
            parent,
            body: "words",
            lang: Lang::En,
            findings: &[],
            now_ms: 2,
        };
        self.store.add_comment(actor, new).await
    }

    async fn seen(&self, id: i64, actor: Actor<'_>) -> Comment {
        self.store
            .comment(id, Reader::of(actor))
            .await
            .unwrap()
            .unwrap()
    }

    /// Follows every `next` and `more`; gives parent and place of each comment seen.
    async fn walk(&self, thread: i64, sort: Sort) -> Vec<Comment> {
        let mut seen = Vec::new();
        let mut cursors: Vec<Option<String>> = vec![None];
        while let Some(cursor) = cursors.pop() {
            let page = self
                .store
                .comment_tree(thread, None, sort, cursor.as_deref(), Reader::default())
                .await
                .unwrap();
            cursors.extend(page.next.map(Some));
            let mut open = page.comments;
            while let Some(mut comment) = open.pop() {
                open.append(&mut comment.replies);
                cursors.extend(comment.more.take().map(Some));
                seen.push(comment);
            }
        }
        seen
    }
}

/// Small, seeded, and good enough to draw a tree.
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % n
    }
}

fn drawn_thread(n: usize, seed: u64) -> BulkThread {
    let mut draw = Draw(seed);
    let comments = (0..n)
        .map(|i| {
            // A third are roots, a few chains grow deep, one comment has very many replies.
            let parent = match draw.below(6) {
                _ if i < 2 => None,
                0 => None,
                2 => Some(1),
                1 | 3 => Some(i - 1),
                _ => Some(1 + draw.below(i - 1)),
            };
            BulkComment {
                parent,
                author: if i % 2 == 0 { "ann" } else { "ben" }.to_owned(),
                lang: Lang::Zh,
                body: format!("第 {i} 条"),
                created_ms: i64::try_from(i).unwrap(),
                votes: ["ann", "ben", "mod"]
                    .into_iter()
                    .skip(draw.below(4))
                    .map(|name| (name.to_owned(), [Vote::Up, Vote::Down][draw.below(2)]))
                    .collect(),
                report: (i % 50 == 7).then(|| BulkReport {
                    reporter: "mod".to_owned(),
                    reason: Reason::Spam,
                    note: String::new(),
                }),
            }
        })
        .collect();
    BulkThread {
        survey: "s".to_owned(),
        about: About::Question {
            question: "q".to_owned(),
        },
        title: "A long one".to_owned(),
        comments,
    }
}
