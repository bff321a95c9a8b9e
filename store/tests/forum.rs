//! The discussion against a naive model, and the counters against a recount.

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
        NewComment, NewThread, Reader,
    },
};
use tempfile::TempDir;

struct Site {
    store: Store,
    _folder: TempDir,
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

async fn site() -> Site {
    let folder = TempDir::new().unwrap();
    let url = format!("sqlite://{}/t.db?mode=rwc", folder.path().display());
    let store = Store::connect(&url).await.unwrap();
    partake_migrations::migrate(store.connection())
        .await
        .unwrap();
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
    Site {
        store,
        _folder: folder,
    }
}

impl Site {
    async fn open(&self) -> (i64, i64) {
        let new = NewThread {
            survey: "s",
            about: &About::Survey,
            title: "Who decides?",
            body: "opening",
            lang: Lang::En,
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

#[tokio::test]
async fn following_every_cursor_visits_every_comment_once_in_every_order() {
    let site = site().await;
    site.open().await;
    for seed in [1, 2, 3] {
        let drawn = drawn_thread(2_000, seed);
        let thread = site.store.import_thread(&drawn).await.unwrap();
        let mut orders = BTreeMap::new();
        for sort in Sort::ALL {
            let seen = site.walk(thread, sort).await;
            let ids: BTreeSet<i64> = seen.iter().map(|c| c.id).collect();
            assert_eq!((seen.len(), ids.len()), (2_000, 2_000), "{sort} {seed}");
            for comment in &seen {
                let children = seen
                    .iter()
                    .filter(|c| c.parent_id == Some(comment.id))
                    .count();
                assert_eq!(usize::try_from(comment.reply_count).unwrap(), children);
                assert_eq!(comment.ancestors().last().copied(), comment.parent_id);
            }
            let under: i64 = seen
                .iter()
                .filter(|c| c.depth == 0)
                .map(|c| c.descendant_count + 1)
                .sum();
            assert_eq!(under, 2_000);
            orders.insert(sort.as_str(), ids);
        }
        assert_eq!(orders["best"], orders["new"]);
        let deepest = site
            .walk(thread, Sort::Old)
            .await
            .iter()
            .map(|c| c.depth)
            .max()
            .unwrap();
        assert!(deepest > 10 && deepest <= MAX_DEPTH, "{deepest}");
    }
}

#[tokio::test]
async fn a_page_holds_its_order_and_the_next_begins_after_it() {
    let site = site().await;
    let (thread, opening) = site.open().await;
    let mut roots = vec![opening];
    for _ in 0..45 {
        roots.push(site.reply(BEN, thread, None).await);
    }
    for sort in Sort::ALL {
        let mut got = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let page = site
                .store
                .comment_tree(thread, None, sort, cursor.as_deref(), Reader::default())
                .await
                .unwrap();
            got.extend(page.comments.iter().map(|c| c.id));
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        let mut expected = roots.clone();
        if sort == Sort::New {
            expected.reverse();
        }
        assert_eq!(got, expected, "{sort}");
    }
}

#[tokio::test]
async fn comments_written_while_somebody_reads_are_neither_repeated_nor_make_others_be_skipped() {
    let site = site().await;
    let (thread, opening) = site.open().await;
    let mut before = BTreeSet::from([opening]);
    for _ in 0..60 {
        before.insert(site.reply(BEN, thread, None).await);
    }
    for sort in Sort::ALL {
        let mut got = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let page = site
                .store
                .comment_tree(thread, None, sort, cursor.as_deref(), Reader::default())
                .await
                .unwrap();
            got.extend(page.comments.iter().map(|c| c.id));
            site.reply(ANN, thread, None).await;
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        let set: BTreeSet<i64> = got.iter().copied().collect();
        assert_eq!(set.len(), got.len(), "{sort} repeats");
        assert!(set.is_superset(&before), "{sort} skips");
        before = site
            .walk(thread, Sort::Old)
            .await
            .iter()
            .map(|c| c.id)
            .collect();
    }
}

#[tokio::test]
async fn a_cursor_of_another_thread_or_of_nobody_is_refused() {
    let site = site().await;
    let (first, _) = site.open().await;
    for _ in 0..30 {
        site.reply(BEN, first, None).await;
    }
    let (second, _) = site.open().await;
    let page = site
        .store
        .comment_tree(first, None, Sort::Old, None, Reader::default())
        .await
        .unwrap();
    for cursor in [page.next.unwrap().as_str(), "", "zz", "00"] {
        let got = site
            .store
            .comment_tree(second, None, Sort::Old, Some(cursor), Reader::default())
            .await;
        assert!(matches!(got, Err(ForumError::BadCursor)), "{cursor}");
    }
    assert!(matches!(
        site.store.moderation_log(Some("x")).await,
        Err(ForumError::BadCursor)
    ));
}

#[tokio::test]
async fn counters_follow_replies_and_deletions() {
    let site = site().await;
    let (thread, opening) = site.open().await;
    let a = site.reply(ANN, thread, None).await;
    let b = site.reply(BEN, thread, Some(a)).await;
    let c = site.reply(ANN, thread, Some(b)).await;
    let seen = site.seen(a, ANN).await;
    assert_eq!((seen.reply_count, seen.descendant_count), (1, 2));

    assert_eq!(
        site.store.delete_comment(ANN, c, 3).await.unwrap(),
        Deleted::Comment
    );
    let seen = site.seen(a, ANN).await;
    assert_eq!((seen.reply_count, seen.descendant_count), (1, 1));
    assert_eq!(
        site.store.delete_comment(ANN, a, 3).await.unwrap(),
        Deleted::Placeholder
    );
    let seen = site.seen(a, ANN).await;
    assert_eq!(
        (seen.state, seen.body.as_str(), seen.author),
        (CommentState::Deleted, "", None)
    );
    let counted = site
        .store
        .thread(thread, Reader::default())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(counted.comment_count, 3);
    assert_eq!(
        site.store.delete_comment(ANN, opening, 3).await.unwrap(),
        Deleted::Placeholder
    );

    let (alone, opening) = site.open().await;
    assert_eq!(
        site.store.delete_comment(ANN, opening, 3).await.unwrap(),
        Deleted::Thread
    );
    assert!(
        site.store
            .thread(alone, Reader::default())
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn a_reply_to_the_opening_is_a_reply_to_the_thread() {
    let site = site().await;
    let (thread, opening) = site.open().await;
    let id = site.reply(BEN, thread, Some(opening)).await;
    assert_eq!(site.seen(id, BEN).await.parent_id, None);
}

#[tokio::test]
async fn depth_ends_with_a_clear_refusal() {
    let site = site().await;
    let (thread, _) = site.open().await;
    let mut parent = None;
    for _ in 0..=MAX_DEPTH {
        parent = Some(site.reply(BEN, thread, parent).await);
    }
    assert!(matches!(
        site.try_reply(BEN, thread, parent).await,
        Err(ForumError::TooDeep)
    ));
    assert_eq!(site.walk(thread, Sort::New).await.len(), 51);
}

#[tokio::test]
async fn removed_text_is_masked_for_everyone_but_its_author_and_moderators() {
    let site = site().await;
    let (thread, _) = site.open().await;
    let id = site.reply(BEN, thread, None).await;
    let remove = Decision {
        act: Act::Remove,
        reason: Some(Reason::Abuse),
        note: "unkind",
        now_ms: 5,
    };
    let denied = site.store.decide_comment(ANN, id, remove).await;
    assert!(matches!(denied, Err(ForumError::Denied(Denied::Role))));
    site.store.decide_comment(MOD, id, remove).await.unwrap();

    for (actor, body) in [
        (Actor::Visitor, ""),
        (ANN, ""),
        (BEN, "words"),
        (MOD, "words"),
    ] {
        let seen = site.seen(id, actor).await;
        assert_eq!(seen.body, body, "{actor:?}");
        assert_eq!(seen.author.is_some(), !body.is_empty());
        assert_eq!(
            (seen.state, seen.reason),
            (CommentState::Removed, Some(Reason::Abuse))
        );
        assert_eq!(seen.note.as_deref(), Some("unkind"));
    }
    assert!(matches!(
        site.try_reply(ANN, thread, Some(id)).await,
        Err(ForumError::Denied(Denied::Gone))
    ));
    let back = Decision {
        act: Act::Restore,
        reason: None,
        note: "on reflection",
        now_ms: 6,
    };
    site.store.decide_comment(MOD, id, back).await.unwrap();
    assert_eq!(site.seen(id, Actor::Visitor).await.body, "words");
    let log = site.store.moderation_log(None).await.unwrap().items;
    let acts: Vec<_> = log.iter().map(|e| (e.act, e.note.as_str())).collect();
    assert_eq!(
        acts,
        [(Act::Restore, "on reflection"), (Act::Remove, "unkind")]
    );
}

#[tokio::test]
async fn a_removed_opening_takes_the_title_with_it() {
    let site = site().await;
    let (thread, opening) = site.open().await;
    let remove = Decision {
        act: Act::Remove,
        reason: Some(Reason::Hate),
        note: "",
        now_ms: 5,
    };
    site.store
        .decide_comment(MOD, opening, remove)
        .await
        .unwrap();
    let seen = site
        .store
        .thread(thread, Reader::of(BEN))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(seen.title, None);
    let list = site
        .store
        .threads("s", None, None, Reader::default())
        .await
        .unwrap();
    assert_eq!(list.items[0].title, None);
    assert_eq!(
        site.store.moderation_log(None).await.unwrap().items[0].thread_title,
        None
    );
    let seen = site
        .store
        .thread(thread, Reader::of(MOD))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(seen.title.as_deref(), Some("Who decides?"));
}

#[tokio::test]
async fn reports_are_one_per_person_folded_and_closed_by_the_decision() {
    let site = site().await;
    let (thread, _) = site.open().await;
    let id = site.reply(BEN, thread, None).await;
    let report = |actor| {
        site.store
            .report_comment(actor, id, Reason::Spam, "again", 4)
    };
    assert!(matches!(
        report(BEN).await,
        Err(ForumError::Denied(Denied::Yours))
    ));
    report(ANN).await.unwrap();
    assert!(matches!(
        report(ANN).await,
        Err(ForumError::AlreadyReported)
    ));
    report(MOD).await.unwrap();

    assert!(site.store.moderation_queue(ANN, None).await.is_err());
    let queue = site.store.moderation_queue(MOD, None).await.unwrap().items;
    assert_eq!(queue.len(), 1);
    assert_eq!((queue[0].comment.id, queue[0].reports.len()), (id, 2));
    let dismiss = Decision {
        act: Act::Dismiss,
        reason: None,
        note: "",
        now_ms: 5,
    };
    site.store.decide_comment(MOD, id, dismiss).await.unwrap();
    site.store.decide_comment(MOD, id, dismiss).await.unwrap();
    assert_eq!(
        site.store
            .moderation_queue(MOD, None)
            .await
            .unwrap()
            .items
            .len(),
        0
    );
    assert_eq!(site.store.reported_comments().await.unwrap(), 0);
    assert_eq!(
        site.store.moderation_log(None).await.unwrap().items.len(),
        1
    );
}

#[tokio::test]
async fn the_queue_and_the_log_are_paged_without_gaps() {
    let site = site().await;
    let thread = site
        .store
        .import_thread(&drawn_thread(2_000, 9))
        .await
        .unwrap();
    assert_eq!(site.store.reported_comments().await.unwrap(), 40);
    let (mut ids, mut cursor) = (Vec::new(), None);
    loop {
        let page = site
            .store
            .moderation_queue(MOD, cursor.as_deref())
            .await
            .unwrap();
        ids.extend(page.items.iter().map(|i| i.comment.id));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 40);
    for now_ms in 0..120 {
        let act = if now_ms % 2 == 0 {
            Act::Lock
        } else {
            Act::Unlock
        };
        let decision = Decision {
            act,
            reason: None,
            note: "",
            now_ms,
        };
        site.store
            .decide_thread(MOD, thread, decision)
            .await
            .unwrap();
    }
    let (mut entries, mut cursor) = (0, None);
    loop {
        let page = site.store.moderation_log(cursor.as_deref()).await.unwrap();
        entries += page.items.len();
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(entries, 120);
}

#[tokio::test]
async fn a_locked_thread_takes_nothing_new() {
    let site = site().await;
    let (thread, opening) = site.open().await;
    let lock = Decision {
        act: Act::Lock,
        reason: None,
        note: "heated",
        now_ms: 3,
    };
    site.store.decide_thread(MOD, thread, lock).await.unwrap();
    site.store.decide_thread(MOD, thread, lock).await.unwrap();
    assert!(matches!(
        site.try_reply(MOD, thread, None).await,
        Err(ForumError::Denied(Denied::Locked))
    ));
    let edit = site.store.edit_comment(ANN, opening, "new words", 4).await;
    assert!(matches!(edit, Err(ForumError::Denied(Denied::Locked))));
    assert_eq!(
        site.store.moderation_log(None).await.unwrap().items.len(),
        1
    );
    let unlock = Decision {
        act: Act::Unlock,
        ..lock
    };
    site.store.decide_thread(MOD, thread, unlock).await.unwrap();
    site.reply(BEN, thread, None).await;
}

#[tokio::test]
async fn a_forgotten_author_is_nobody() {
    let site = site().await;
    let (thread, _) = site.open().await;
    let id = site.reply(BEN, thread, None).await;
    assert_eq!(
        site.store
            .contributions("ben", None)
            .await
            .unwrap()
            .items
            .len(),
        1
    );
    site.store.forget_author("ben").await.unwrap();
    site.store.delete_account("ben").await.unwrap();
    let seen = site.seen(id, Actor::Visitor).await;
    assert_eq!((seen.author, seen.body.as_str()), (None, "words"));
    assert!(
        site.store
            .contributions("ben", None)
            .await
            .unwrap()
            .items
            .is_empty()
    );
}

#[tokio::test]
async fn only_the_author_edits_and_the_edit_shows() {
    let site = site().await;
    let (thread, _) = site.open().await;
    let id = site.reply(BEN, thread, None).await;
    let edit = site.store.edit_comment(ANN, id, "mine now", 9).await;
    assert!(matches!(edit, Err(ForumError::Denied(Denied::NotYours))));
    site.store.edit_comment(BEN, id, "words", 9).await.unwrap();
    assert_eq!(site.seen(id, ANN).await.edited_ms, None, "nothing changed");
    site.store
        .edit_comment(BEN, id, "better words", 9)
        .await
        .unwrap();
    let seen = site.seen(id, ANN).await;
    assert_eq!(
        (seen.body.as_str(), seen.edited_ms),
        ("better words", Some(9))
    );
}
