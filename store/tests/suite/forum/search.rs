use partake_core::search::Query;
use partake_store::forum::Search;
use sea_orm::ConnectionTrait as _;

use super::*;
use crate::engines::on_both_engines;

impl Site {
    async fn say(&self, actor: Actor<'_>, thread: i64, body: &str, now_ms: i64) -> i64 {
        let new = NewComment {
            thread,
            parent: None,
            body,
            lang: Lang::En,
            findings: &[],
            now_ms,
        };
        self.store.add_comment(actor, new).await.unwrap()
    }

    async fn found(&self, words: &str) -> Vec<i64> {
        self.found_in(words, |_| {}).await
    }

    async fn found_in(&self, words: &str, narrow: impl FnOnce(&mut Search<'_>)) -> Vec<i64> {
        let query = Query::parse(words);
        let mut search = Search {
            survey: "s",
            query: &query,
            thread: None,
            author: None,
            from_ms: None,
            until_ms: None,
        };
        narrow(&mut search);
        let mut ids = Vec::new();
        let mut cursor = None;
        loop {
            let page = self
                .store
                .search_comments(search, cursor.as_deref(), Reader::default())
                .await
                .unwrap();
            ids.extend(page.items.iter().map(|found| found.comment.id));
            cursor = page.next;
            if cursor.is_none() {
                return ids;
            }
        }
    }
}

on_both_engines! {
    async fn words_of_both_languages_are_found_latest_first(store: Store) {
        let site = site(store).await;
        let (thread, opening) = site.open().await;
        let zh = site.say(ANN, thread, "人工智能替我决定，这**不算**选择。", 2).await;
        let en = site.say(BEN, thread, "The system Decides what the roles are", 3).await;
        let both = site.say(BEN, thread, "AI 与人的角色，it decides", 4).await;
        assert_eq!(site.found("角色").await, [both]);
        assert_eq!(site.found("智能").await, [zh]);
        assert_eq!(site.found("decide").await, [both, en, opening], "the title is the opening's");
        assert_eq!(site.found("ai 角色").await, [both]);
        assert_eq!(site.found("角").await, [both], "one character");
        assert_eq!(site.found("择").await, [zh], "the last character of a run");
        assert_eq!(site.found("system roles").await, [en], "all of the words");
        assert!(site.found("人角").await.is_empty(), "not side by side");
        assert!(site.found("").await.is_empty());
        assert!(site.found("\" OR 1 ' : * & | ! <-> (").await.is_empty());
    }

    async fn it_is_narrowed_by_thread_author_and_time(store: Store) {
        let site = site(store).await;
        let (first, _) = site.open().await;
        let (second, _) = site.open().await;
        let a = site.say(ANN, first, "工作 work", 100).await;
        let b = site.say(BEN, second, "工作 work", 200).await;
        assert_eq!(site.found("工作").await, [b, a]);
        assert_eq!(site.found_in("工作", |s| s.thread = Some(first)).await, [a]);
        assert_eq!(site.found_in("work", |s| s.author = Some("ben")).await, [b]);
        assert_eq!(site.found_in("工作", |s| s.from_ms = Some(150)).await, [b]);
        assert_eq!(site.found_in("工作", |s| s.until_ms = Some(200)).await, [a]);
        assert_eq!(site.found_in("", |s| { s.author = Some("ben"); s.thread = Some(second); }).await, [b]);
        assert!(site.found_in("工作", |s| s.survey = "other").await.is_empty());
    }

    async fn what_was_edited_deleted_or_removed_is_not_found(store: Store) {
        let site = site(store).await;
        let (thread, _) = site.open().await;
        let edited = site.say(ANN, thread, "before", 2).await;
        site.store.edit_comment(ANN, edited, "afterwards", None, &[], 3).await.unwrap();
        assert!(site.found("before").await.is_empty());
        assert_eq!(site.found("afterwards").await, [edited]);

        let kept = site.say(ANN, thread, "placeholder", 4).await;
        site.reply(BEN, thread, Some(kept)).await;
        let gone = site.say(ANN, thread, "placeholder", 5).await;
        for id in [kept, gone] {
            site.store.delete_comment(ANN, id, 6).await.unwrap();
        }
        assert!(site.found("placeholder").await.is_empty());

        let removed = site.say(ANN, thread, "unkind words", 7).await;
        let remove = decision(Act::Remove, Some(Reason::Abuse));
        site.store.decide_comment(MOD, removed, remove).await.unwrap();
        assert!(site.found("unkind").await.is_empty());
        let restore = decision(Act::Restore, None);
        site.store.decide_comment(MOD, removed, restore).await.unwrap();
        assert_eq!(site.found("unkind").await, [removed]);
    }

    async fn every_page_of_what_is_found_begins_after_the_one_before(store: Store) {
        let site = site(store).await;
        let drawn = drawn_thread(500, 4);
        site.store.import_thread(&drawn).await.unwrap();
        let found = site.found("第").await;
        assert_eq!(found.len(), 500);
        assert!(found.is_sorted_by(|a, b| a > b));
    }

    async fn frequent_and_rare_words_are_found_whole_wherever_they_stand(store: Store) {
        let site = site(store).await;
        // The latest two thousand, which are gone through first, have none of the frequent one.
        for (count, word) in [(2_300, "frequent"), (2_200, "other")] {
            let mut drawn = drawn_thread(count, 4);
            for (i, comment) in drawn.comments.iter_mut().enumerate() {
                // PostgreSQL expects nothing of the beginning of a word before it knows a hundred.
                comment.body = format!("{} filler{}", if i == 40 { "rare" } else { word }, i % 200);
            }
            site.store.import_thread(&drawn).await.unwrap();
        }
        site.store.connection().execute_unprepared("ANALYZE").await.unwrap();
        for (word, count) in [("frequent", 2_299), ("rare", 2), ("nowhere", 0)] {
            let found = site.found(word).await;
            assert_eq!(found.len(), count, "{word}");
            assert!(found.is_sorted_by(|a, b| a > b), "{word}");
        }
    }

    async fn an_index_is_made_of_what_was_there_before(store: Store) {
        let site = site(store).await;
        let (thread, opening) = site.open().await;
        let id = site.say(ANN, thread, "人的角色", 2).await;
        site.store
            .connection()
            .execute_unprepared("DELETE FROM comment_search")
            .await
            .unwrap();
        assert!(site.found("角色").await.is_empty());
        site.store.index_earlier_comments().await.unwrap();
        assert_eq!(site.found("角色").await, [id]);
        assert_eq!(site.found("decides").await, [opening]);
    }

    async fn a_word_without_end_and_a_wall_of_words_are_stored_and_found(store: Store) {
        let site = site(store).await;
        let (thread, _) = site.open().await;
        let long = site.say(ANN, thread, &"w".repeat(10_000), 2).await;
        let wall = site.say(ANN, thread, &"角色".repeat(5_000), 3).await;
        assert_eq!(site.found(&"w".repeat(10_000)).await, [long]);
        assert_eq!(site.found("角色").await, [wall]);
    }

    async fn threads_about_a_question_include_those_about_its_figures(store: Store) {
        let site = site(store).await;
        let open = async |field: &str| {
            let about = About::from_field(field).unwrap();
            let new = NewThread { survey: "s", about: &about, title: "Title", body: "b", lang: Lang::En, findings: &[], now_ms: 1 };
            let id = site.store.open_thread(ANN, new).await.unwrap();
            let stored = site.store.thread(id, Reader::default()).await.unwrap().unwrap();
            assert_eq!(stored.about, about);
            id
        };
        let mut ids = Vec::new();
        for field in ["trust", "r1.trust", "r2.trust.age", "r2.trust__doctors", "r2.trusty", "section.trust", ""] {
            ids.push(open(field).await);
        }
        let listed = async |field: &str| {
            let about = About::from_field(field).unwrap();
            let page = site.store.threads("s", Some(&about), None, Reader::default()).await.unwrap();
            let mut ids: Vec<i64> = page.items.iter().map(|t| t.id).collect();
            ids.sort_unstable();
            ids
        };
        assert_eq!(listed("trust").await, ids[..4]);
        assert_eq!(listed("r2.trust.age").await, [ids[2]]);
        assert_eq!(listed("section.trust").await, [ids[5]]);
        assert_eq!(listed("").await, [ids[6]]);
        assert_eq!(site.store.thread_counts("s").await.unwrap().len(), 7);
    }
}
