use partake_core::forum::pipeline::Finding;
use partake_store::forum::{ThreadChange, Title, Vote};

use super::*;
use crate::engines::on_both_engines;

on_both_engines! {
    async fn removed_text_is_masked_for_everyone_but_its_author_and_moderators(store: Store) {
        let site = site(store).await;
        let (thread, _) = site.open().await;
        let id = site.reply(BEN, thread, None).await;
        let remove = decision(Act::Remove, Some(Reason::Abuse));
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
            note: "on reflection",
            now_ms: 6,
            ..decision(Act::Restore, None)
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

    async fn a_removed_opening_takes_the_title_with_it(store: Store) {
        let site = site(store).await;
        let (thread, opening) = site.open().await;
        let remove = decision(Act::Remove, Some(Reason::Hate));
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
        assert_eq!(seen.title, Title::Removed);
        let list = site
            .store
            .threads("s", None, None, Reader::default())
            .await
            .unwrap();
        assert_eq!(list.items[0].title, Title::Removed);
        assert_eq!(
            site.store.moderation_log(None).await.unwrap().items[0].thread_title,
            Title::Removed
        );
        let seen = site
            .store
            .thread(thread, Reader::of(MOD))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(seen.title.text(), Some("Who decides?"));
    }

    async fn a_withheld_opening_is_not_called_removed(store: Store) {
        let site = site(store).await;
        let new = NewThread {
            survey: "s",
            about: &About::Survey,
            title: "Who decides?",
            body: "opening",
            lang: Lang::En,
            findings: &[Finding::Newcomer],
            now_ms: 1,
        };
        let thread = site.store.open_thread(ANN, new).await.unwrap();
        let title = async |reader| site.store.thread(thread, reader).await.unwrap().unwrap().title;
        assert_eq!(title(Reader::of(BEN)).await, Title::Withheld);
        assert_eq!(title(Reader::of(ANN)).await.text(), Some("Who decides?"));
    }

    async fn a_removed_title_is_not_read_in_what_others_did_there(store: Store) {
        let site = site(store).await;
        let (thread, opening) = site.open().await;
        site.reply(BEN, thread, None).await;
        site.store.vote(BEN, opening, Some(Vote::Up)).await.unwrap();
        site.store.report_comment(BEN, opening, Reason::Hate, "", 4).await.unwrap();
        let remove = decision(Act::Remove, Some(Reason::Hate));
        site.store.decide_comment(MOD, opening, remove).await.unwrap();
        let store = &site.store;
        assert_eq!(store.contributions("ben", None).await.unwrap().items[0].thread_title, Title::Removed);
        assert_eq!(store.votes_cast("ben", None).await.unwrap().items[0].thread_title, Title::Removed);
        assert_eq!(store.reports_made("ben", None).await.unwrap().items[0].thread_title, Title::Removed);
        assert_eq!(store.notices("ben", None).await.unwrap().items[0].thread_title, Title::Removed);
        let own = &store.contributions("ann", None).await.unwrap().items[0];
        assert_eq!(own.thread_title.text(), Some("Who decides?"));
    }

    async fn reports_are_one_per_person_folded_and_closed_by_the_decision(store: Store) {
        let site = site(store).await;
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

        assert!(site.store.moderation_queue(ANN, QueueFilter::default(), None, 9).await.is_err());
        let queue = site.store.moderation_queue(MOD, QueueFilter::default(), None, 9).await.unwrap().items;
        assert_eq!(queue.len(), 1);
        assert_eq!((queue[0].comment.id, queue[0].reports.len()), (id, 2));
        let dismiss = decision(Act::Dismiss, None);
        site.store.decide_comment(MOD, id, dismiss).await.unwrap();
        site.store.decide_comment(MOD, id, dismiss).await.unwrap();
        assert_eq!(
            site.store
                .moderation_queue(MOD, QueueFilter::default(), None, 9)
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

    async fn the_queue_and_the_log_are_paged_without_gaps(store: Store) {
        let site = site(store).await;
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
                .moderation_queue(MOD, QueueFilter::default(), cursor.as_deref(), 9)
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
                now_ms,
                ..decision(act, Some(Reason::OffTopic))
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

    async fn who_is_demoted_while_deciding_decides_nothing(store: Store) {
        let site = site(store).await;
        let (thread, _) = site.open().await;
        let id = site.reply(BEN, thread, None).await;
        site.store.set_role("mod", Role::Member).await.unwrap();
        // The request still comes with the role it began with.
        let remove = site.store.decide_comment(MOD, id, decision(Act::Remove, Some(Reason::Spam))).await;
        assert!(matches!(remove, Err(ForumError::Denied(Denied::Role))), "{remove:?}");
        let lock = site.store.decide_thread(MOD, thread, decision(Act::Lock, Some(Reason::Spam))).await;
        assert!(matches!(lock, Err(ForumError::Denied(Denied::Role))), "{lock:?}");
        let slow = site.store.change_thread(MOD, thread, ThreadChange::Slow(60), "", 6).await;
        assert!(matches!(slow, Err(ForumError::Denied(Denied::Role))), "{slow:?}");
        assert!(site.store.moderation_log(None).await.unwrap().items.is_empty());
        assert_eq!(site.seen(id, Actor::Visitor).await.state, CommentState::Visible);
    }

    async fn a_locked_thread_takes_nothing_new(store: Store) {
        let site = site(store).await;
        let (thread, opening) = site.open().await;
        let lock = Decision {
            note: "heated",
            now_ms: 3,
            ..decision(Act::Lock, Some(Reason::OffTopic))
        };
        site.store.decide_thread(MOD, thread, lock).await.unwrap();
        site.store.decide_thread(MOD, thread, lock).await.unwrap();
        assert!(matches!(
            site.try_reply(MOD, thread, None).await,
            Err(ForumError::Denied(Denied::Locked))
        ));
        let edit = site.store.edit_comment(ANN, opening, "new words", None, &[], 4).await;
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

    async fn a_forgotten_author_is_nobody(store: Store) {
        let site = site(store).await;
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

    async fn only_the_author_edits_and_the_edit_shows(store: Store) {
        let site = site(store).await;
        let (thread, _) = site.open().await;
        let id = site.reply(BEN, thread, None).await;
        let edit = site.store.edit_comment(ANN, id, "mine now", None, &[], 9).await;
        assert!(matches!(edit, Err(ForumError::Denied(Denied::NotYours))));
        site.store.edit_comment(BEN, id, "words", None, &[], 9).await.unwrap();
        assert_eq!(site.seen(id, ANN).await.edited_ms, None, "nothing changed");
        site.store
            .edit_comment(BEN, id, "better words", None, &[], 9)
            .await
            .unwrap();
        let seen = site.seen(id, ANN).await;
        assert_eq!(
            (seen.body.as_str(), seen.edited_ms),
            ("better words", Some(9))
        );
    }
}
