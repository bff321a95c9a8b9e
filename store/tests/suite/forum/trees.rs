use super::*;
use crate::engines::on_both_engines;

on_both_engines! {
    async fn following_every_cursor_visits_every_comment_once_in_every_order(store: Store) {
        let site = site(store).await;
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

    async fn a_page_holds_its_order_and_the_next_begins_after_it(store: Store) {
        let site = site(store).await;
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
            if matches!(sort, Sort::New | Sort::Active) {
                expected.reverse();
            }
            assert_eq!(got, expected, "{sort}");
        }
    }

    async fn comments_written_while_somebody_reads_are_neither_repeated_nor_make_others_be_skipped(store: Store) {
        let site = site(store).await;
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

    async fn a_cursor_of_another_thread_or_of_nobody_is_refused(store: Store) {
        let site = site(store).await;
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

    async fn counters_follow_replies_and_deletions(store: Store) {
        let site = site(store).await;
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

    async fn a_reply_to_the_opening_is_a_reply_to_the_thread(store: Store) {
        let site = site(store).await;
        let (thread, opening) = site.open().await;
        let id = site.reply(BEN, thread, Some(opening)).await;
        assert_eq!(site.seen(id, BEN).await.parent_id, None);
    }

    async fn depth_ends_with_a_clear_refusal(store: Store) {
        let site = site(store).await;
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
}
