//! Random histories of a thread beside a model that keeps everything in one list.

use partake_core::forum::ranking::best_rank;

use super::*;
use crate::engines::on_both_engines;

#[derive(Clone, Debug)]
pub(super) struct Modelled {
    pub(super) id: i64,
    pub(super) parent: Option<i64>,
    pub(super) author: &'static str,
    pub(super) deleted: bool,
    pub(super) votes: BTreeMap<&'static str, i64>,
}

#[derive(Default)]
pub(super) struct Model(pub(super) Vec<Modelled>);

impl Model {
    pub(super) fn get(&mut self, id: i64) -> &mut Modelled {
        self.0.iter_mut().find(|c| c.id == id).unwrap()
    }

    fn children(&self, parent: Option<i64>) -> Vec<&Modelled> {
        self.0.iter().filter(|c| c.parent == parent).collect()
    }

    fn below(&self, id: i64) -> Vec<i64> {
        let mut ids = Vec::new();
        for child in self.children(Some(id)) {
            ids.push(child.id);
            ids.extend(self.below(child.id));
        }
        ids
    }

    fn rank(&self, comment: &Modelled) -> i64 {
        let count = |value| {
            let n = comment.votes.values().filter(|&&v| v == value).count();
            u32::try_from(n).unwrap()
        };
        best_rank(count(1), count(-1))
    }

    pub(super) fn ordered(&self, parent: Option<i64>, sort: Sort) -> Vec<i64> {
        let mut children = self.children(parent);
        children.sort_by_key(|c| match sort {
            Sort::Best => (-self.rank(c), c.id),
            Sort::New => (-c.id, 0),
            Sort::Old => (c.id, 0),
            Sort::Active => {
                let newest = self.below(c.id).into_iter().max().unwrap_or(c.id);
                (-newest.max(c.id), -c.id)
            }
        });
        children.iter().map(|c| c.id).collect()
    }
}

const PEOPLE: [(&str, Actor<'static>); 3] = [("ann", ANN), ("ben", BEN), ("mod", MOD)];

impl Site {
    /// Children of every comment in the order in which pages and cursors give them.
    async fn read(&self, thread: i64, sort: Sort) -> BTreeMap<Option<i64>, Vec<Comment>> {
        let mut lists: BTreeMap<Option<i64>, Vec<Comment>> = BTreeMap::new();
        let mut cursors: Vec<Option<String>> = vec![None];
        while let Some(cursor) = cursors.pop() {
            let page = self
                .store
                .comment_tree(thread, None, sort, cursor.as_deref(), Reader::default())
                .await
                .unwrap();
            // What continues a list has to be read before anything that comes later in it.
            cursors.extend(page.next.map(Some));
            let mut open = page.comments;
            open.reverse();
            while let Some(mut comment) = open.pop() {
                let mut replies = std::mem::take(&mut comment.replies);
                replies.reverse();
                open.append(&mut replies);
                cursors.extend(comment.more.take().map(Some));
                lists.entry(comment.parent_id).or_default().push(comment);
            }
        }
        lists
    }

    async fn compare(&self, thread: i64, model: &Model, step: &str) {
        for sort in Sort::ALL {
            let lists = self.read(thread, sort).await;
            let seen: usize = lists.values().map(Vec::len).sum();
            assert_eq!(seen, model.0.len(), "{step} {sort}: every comment once");
            for (parent, list) in &lists {
                let ids: Vec<i64> = list.iter().map(|c| c.id).collect();
                assert_eq!(
                    ids,
                    model.ordered(*parent, sort),
                    "{step} {sort} below {parent:?}"
                );
                for comment in list {
                    let modelled = model.0.iter().find(|c| c.id == comment.id).unwrap();
                    let below = model.below(comment.id).len();
                    assert_eq!(usize::try_from(comment.descendant_count).unwrap(), below);
                    assert_eq!(
                        usize::try_from(comment.reply_count).unwrap(),
                        model.children(Some(comment.id)).len()
                    );
                    assert_eq!(comment.score, modelled.votes.values().sum::<i64>());
                    assert_eq!(comment.state == CommentState::Deleted, modelled.deleted);
                }
            }
        }
        let thread = self.store.thread(thread, Reader::default()).await.unwrap();
        let count = usize::try_from(thread.unwrap().comment_count).unwrap();
        assert_eq!(count, model.0.len(), "{step}");
    }
}

on_both_engines! {
    async fn a_random_history_reads_like_the_naive_model_in_every_order(store: Store) {
        let site = site(store).await;
        for seed in 1..=3 {
            let mut draw = Draw(seed * 7_919);
            let (thread, opening) = site.open().await;
            let mut model = Model(vec![Modelled {
                id: opening,
                parent: None,
                author: "ann",
                deleted: false,
                votes: BTreeMap::new(),
            }]);
            for step in 0..160 {
                let at = draw.below(model.0.len());
                let chosen = model.0[at].clone();
                let (name, actor) = PEOPLE[draw.below(3)];
                match draw.below(8) {
                    0..=3 => {
                        let parent = (draw.below(4) > 0 && chosen.id != opening).then_some(chosen.id);
                        let said = site.try_reply(actor, thread, parent).await;
                        if chosen.deleted && parent.is_some() {
                            assert!(matches!(said, Err(ForumError::Denied(Denied::Gone))));
                        } else {
                            let id = said.unwrap();
                            model.0.push(Modelled { id, parent, author: name, deleted: false, votes: BTreeMap::new() });
                        }
                    }
                    4..=6 => {
                        let vote = [Some(Vote::Up), Some(Vote::Down), None][draw.below(3)];
                        let voted = site.store.vote(actor, chosen.id, vote).await;
                        if chosen.author == name || chosen.deleted {
                            assert!(matches!(voted, Err(ForumError::Denied(_))));
                            continue;
                        }
                        voted.unwrap();
                        let votes = &mut model.get(chosen.id).votes;
                        match vote {
                            Some(Vote::Up) => votes.insert(name, 1),
                            Some(Vote::Down) => votes.insert(name, -1),
                            None => votes.remove(name),
                        };
                    }
                    _ => {
                        let deleted = site.store.delete_comment(actor, chosen.id, 9).await;
                        if chosen.author != name || chosen.deleted {
                            assert!(matches!(deleted, Err(ForumError::Denied(_))));
                            continue;
                        }
                        match deleted.unwrap() {
                            Deleted::Placeholder => model.get(chosen.id).deleted = true,
                            Deleted::Comment => model.0.retain(|c| c.id != chosen.id),
                            Deleted::Thread => break,
                        }
                    }
                }
                // A subtree keeps the place of its newest comment when that is taken back; the
                // model does not remember it, so it is compared before the first of these.
                if step % 20 == 19 {
                    site.compare_without_activity(thread, &model, &format!("seed {seed} step {step}")).await;
                }
            }
        }
    }

    async fn without_deletions_the_active_order_is_the_models_too(store: Store) {
        let site = site(store).await;
        let mut draw = Draw(42);
        let (thread, opening) = site.open().await;
        let mut model = Model(vec![Modelled { id: opening, parent: None, author: "ann", deleted: false, votes: BTreeMap::new() }]);
        for _ in 0..200 {
            let at = draw.below(model.0.len());
            let parent = (draw.below(3) > 0 && at > 0).then_some(model.0[at].id);
            let (name, actor) = PEOPLE[draw.below(3)];
            let id = site.reply(actor, thread, parent).await;
            model.0.push(Modelled { id, parent, author: name, deleted: false, votes: BTreeMap::new() });
        }
        site.compare(thread, &model, "at the end").await;
    }

    async fn fifty_levels_deep_every_order_reaches_the_bottom(store: Store) {
        let site = site(store).await;
        let comments = (0..51)
            .map(|i: usize| BulkComment {
                parent: (i > 1).then(|| i - 1),
                author: "ann".to_owned(),
                lang: Lang::Zh,
                body: "深".to_owned(),
                created_ms: 1,
                votes: Vec::new(),
                report: None,
            })
            .collect();
        let drawn = BulkThread { comments, ..drawn_thread(1, 1) };
        let thread = site.store.import_thread(&drawn).await.unwrap();
        for sort in Sort::ALL {
            let seen = site.walk(thread, sort).await;
            assert_eq!(seen.len(), 51);
            assert_eq!(seen.iter().map(|c| c.depth).max(), Some(MAX_DEPTH));
        }
    }

    async fn fifteen_thousand_roots_are_read_once_each_in_every_order(store: Store) {
        let site = site(store).await;
        let comments = (0..15_000)
            .map(|i: i64| BulkComment {
                parent: None,
                author: "ann".to_owned(),
                lang: Lang::En,
                body: "root".to_owned(),
                created_ms: i,
                votes: Vec::new(),
                report: None,
            })
            .collect();
        let drawn = BulkThread { comments, ..drawn_thread(1, 1) };
        let thread = site.store.import_thread(&drawn).await.unwrap();
        for sort in Sort::ALL {
            let ids: BTreeSet<i64> = site.walk(thread, sort).await.iter().map(|c| c.id).collect();
            assert_eq!(ids.len(), 15_000, "{sort}");
        }
    }
}

impl Site {
    async fn compare_without_activity(&self, thread: i64, model: &Model, step: &str) {
        for sort in [Sort::Best, Sort::New, Sort::Old] {
            let lists = self.read(thread, sort).await;
            for (parent, list) in &lists {
                let ids: Vec<i64> = list.iter().map(|c| c.id).collect();
                assert_eq!(
                    ids,
                    model.ordered(*parent, sort),
                    "{step} {sort} below {parent:?}"
                );
            }
        }
        let active: BTreeSet<i64> = self
            .walk(thread, Sort::Active)
            .await
            .iter()
            .map(|c| c.id)
            .collect();
        let known: BTreeSet<i64> = model.0.iter().map(|c| c.id).collect();
        assert_eq!(active, known, "{step} active");
        let seen = self.read(thread, Sort::Old).await;
        for comment in seen.values().flatten() {
            let modelled = model.0.iter().find(|c| c.id == comment.id).unwrap();
            let below = model.below(comment.id).len();
            assert_eq!(
                usize::try_from(comment.descendant_count).unwrap(),
                below,
                "{step}"
            );
            assert_eq!(
                comment.score,
                modelled.votes.values().sum::<i64>(),
                "{step}"
            );
            assert_eq!(
                comment.state == CommentState::Deleted,
                modelled.deleted,
                "{step}"
            );
        }
    }
}
