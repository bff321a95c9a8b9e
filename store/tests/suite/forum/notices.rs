use partake_core::forum::pipeline::Finding;
use partake_store::forum::{NoticeKind, Sentence, ThreadChange};
use sea_orm::ConnectionTrait as _;

use super::*;
use crate::engines::on_both_engines;

impl Site {
    async fn told(&self, account: &str) -> Vec<(NoticeKind, i64)> {
        let page = self.store.notices(account, None).await.unwrap();
        page.items
            .iter()
            .filter_map(|n| Some((n.kind, n.comment?)))
            .collect()
    }

    async fn says(&self, actor: Actor<'_>, thread: i64, parent: Option<i64>, body: &str) -> i64 {
        let new = NewComment {
            thread,
            parent,
            body,
            lang: Lang::En,
            now_ms: 5,
            findings: &[],
        };
        self.store.add_comment(actor, new).await.unwrap()
    }

    /// Written, and withheld until a moderator looks.
    async fn waits(&self, actor: Actor<'_>, thread: i64, body: &str, finding: Finding) -> i64 {
        let new = NewComment {
            thread,
            parent: None,
            body,
            lang: Lang::En,
            now_ms: 5,
            findings: &[finding],
        };
        self.store.add_comment(actor, new).await.unwrap()
    }

    /// Acts that an account was told of, the latest first.
    async fn acts(&self, account: &str) -> Vec<Act> {
        let page = self.store.notices(account, None).await.unwrap();
        page.items
            .into_iter()
            .filter_map(|n| Some(n.decision?.act))
            .collect()
    }
}

fn sentence(act: Act) -> Sentence<'static> {
    Sentence {
        act,
        reason: Reason::Spam,
        note: "enough",
        lang: Lang::En,
        until_ms: (act != Act::Warn).then_some(1_000_000),
        survey: "s",
        now_ms: 6,
    }
}

on_both_engines! {
    async fn people_are_told_of_replies_names_and_followed_threads_once_each(store: Store) {
        let site = site(store).await;
        let (thread, _) = site.open().await;
        let reply = site.says(BEN, thread, None, "hello").await;
        assert_eq!(site.told("ann").await, [(NoticeKind::Reply, reply)]);
        let named = site.says(ANN, thread, Some(reply), "@ben 谢谢@ben").await;
        assert_eq!(site.told("ben").await, [(NoticeKind::Reply, named)], "once, as a reply");
        assert_eq!(site.told("ann").await.len(), 1, "nobody is told of their own words");
        let third = site.says(MOD, thread, None, "你好@ben，@nobody").await;
        assert_eq!(site.told("ben").await[0], (NoticeKind::Mention, third));

        site.store.follow(MOD, thread, true).await.unwrap();
        site.store.follow(MOD, thread, true).await.unwrap();
        let more = site.says(BEN, thread, None, "more").await;
        site.says(BEN, thread, None, "still more").await;
        assert_eq!(site.told("mod").await, [(NoticeKind::Thread, more)]);
        assert_eq!(site.store.unread_notices("mod").await.unwrap(), 1, "one for each thread until it is read");
        site.store.read_notices("mod").await.unwrap();
        assert_eq!(site.store.unread_notices("mod").await.unwrap(), 0);
        site.says(BEN, thread, None, "again").await;
        assert_eq!(site.store.unread_notices("mod").await.unwrap(), 1);
        site.store.follow(MOD, thread, false).await.unwrap();
        site.store.read_notices("mod").await.unwrap();
        site.says(BEN, thread, None, "unheard").await;
        assert_eq!(site.store.unread_notices("mod").await.unwrap(), 0);
    }

    async fn authors_are_told_what_was_decided_and_by_nobodys_name(store: Store) {
        let site = site(store).await;
        let (thread, _) = site.open().await;
        let id = site.says(BEN, thread, None, "unkind").await;
        site.store.decide_comment(MOD, id, decision(Act::Remove, Some(Reason::Abuse))).await.unwrap();
        let told = site.store.notices("ben", None).await.unwrap().items;
        assert_eq!((told[0].kind, told[0].comment, told[0].author.as_deref()), (NoticeKind::Decision, Some(id), None));
        let decision = told[0].decision.as_ref().unwrap();
        assert_eq!((decision.act, decision.reason, decision.detail.rule), (Act::Remove, Some(Reason::Abuse), Some(1)));
        assert_eq!(decision.note, "unkind");
        let ann = site.store.notices("ann", None).await.unwrap().items;
        assert_eq!(ann[0].author, None, "what was removed names nobody");
    }

    async fn every_decision_about_a_comment_is_told_to_its_author(store: Store) {
        let site = site(store).await;
        let (thread, _) = site.open().await;
        let id = site.says(BEN, thread, None, "words").await;
        for (act, reason) in [
            (Act::LockBranch, Some(Reason::OffTopic)),
            (Act::UnlockBranch, None),
            (Act::Withhold, Some(Reason::Abuse)),
            (Act::Approve, None),
            (Act::Remove, Some(Reason::Abuse)),
            (Act::Restore, None),
        ] {
            site.store.decide_comment(MOD, id, decision(act, reason)).await.unwrap();
        }
        assert_eq!(
            site.acts("ben").await,
            [Act::Restore, Act::Remove, Act::Approve, Act::Withhold, Act::UnlockBranch, Act::LockBranch]
        );
        site.store.report_comment(ANN, id, Reason::Spam, "", 6).await.unwrap();
        site.store.decide_comment(MOD, id, decision(Act::Dismiss, None)).await.unwrap();
        assert_eq!(site.acts("ben").await.len(), 6, "that nothing was found is the reporters' matter");
    }

    async fn what_is_released_is_told_to_its_author_and_to_whom_it_answers_once(store: Store) {
        let site = site(store).await;
        let (thread, _) = site.open().await;
        let mut here = site.store.posted();
        let id = site.waits(BEN, thread, "hello", Finding::Newcomer).await;
        assert!(site.told("ann").await.is_empty(), "nobody hears of what is withheld");
        site.store.decide_comment(MOD, id, decision(Act::Approve, None)).await.unwrap();
        assert_eq!(site.acts("ben").await, [Act::Approve]);
        assert_eq!(site.told("ann").await, [(NoticeKind::Reply, id)]);
        let naming = site.waits(ANN, thread, "what do you say, @ben?", Finding::Newcomer).await;
        site.store.decide_comment(MOD, naming, decision(Act::Approve, None)).await.unwrap();
        assert_eq!(site.told("ben").await[0], (NoticeKind::Mention, naming));
        if site.store.connection().get_database_backend() == sea_orm::DatabaseBackend::Sqlite {
            assert_eq!(here.try_recv().unwrap().comment, id, "readers hear of it now");
        }
        site.store.decide_comment(MOD, id, decision(Act::Remove, Some(Reason::Spam))).await.unwrap();
        site.store.decide_comment(MOD, id, decision(Act::Restore, None)).await.unwrap();
        let replies = site.told("ann").await.into_iter().filter(|(kind, _)| *kind == NoticeKind::Reply);
        assert_eq!(replies.count(), 1, "once");

        let held = site.waits(BEN, thread, "buy this", Finding::Repetition).await;
        assert_eq!(site.acts("ben").await[0], Act::Hold);
        site.store.decide_comment(MOD, held, decision(Act::Dismiss, None)).await.unwrap();
        assert_eq!(site.acts("ben").await[0], Act::Dismiss, "a release, whatever it is called");
        assert_eq!(site.told("ann").await[0], (NoticeKind::Reply, held));
    }

    async fn whoever_reported_is_told_how_it_ended(store: Store) {
        let site = site(store).await;
        let (thread, _) = site.open().await;
        for (act, outcome) in [(Act::Remove, "removed"), (Act::Dismiss, "dismissed"), (Act::Withhold, "withheld")] {
            let id = site.says(BEN, thread, None, "words").await;
            site.store.report_comment(ANN, id, Reason::Spam, "", 6).await.unwrap();
            site.store.decide_comment(MOD, id, decision(act, Some(Reason::Spam))).await.unwrap();
            let told = site.store.notices("ann", None).await.unwrap().items.remove(0);
            assert_eq!((told.kind, told.comment, told.author), (NoticeKind::Report, Some(id), None));
            let report = told.report.unwrap();
            assert_eq!((report.outcome.as_str(), report.reason), (outcome, Some(Reason::Spam)));
        }
        let id = site.says(BEN, thread, None, "words").await;
        site.store.report_comment(ANN, id, Reason::Spam, "", 6).await.unwrap();
        site.store.delete_comment(BEN, id, 7).await.unwrap();
        let told = site.store.notices("ann", None).await.unwrap().items.remove(0);
        assert_eq!(told.report.unwrap().outcome, "deleted");
    }

    async fn what_is_decided_about_a_thread_or_an_account_is_told_to_whom_it_concerns(store: Store) {
        let site = site(store).await;
        let (thread, _) = site.open().await;
        let lock = decision(Act::Lock, Some(Reason::OffTopic));
        site.store.decide_thread(MOD, thread, lock).await.unwrap();
        site.store.decide_thread(MOD, thread, decision(Act::Unlock, None)).await.unwrap();
        site.store.decide_thread(MOD, thread, decision(Act::Pin, None)).await.unwrap();
        let to = About::Section { section: "work".to_owned() };
        let moving = |about| site.store.change_thread(MOD, thread, ThreadChange::About(about), "it belongs there", 6);
        moving(&to).await.unwrap();
        moving(&to).await.unwrap();
        assert_eq!(site.acts("ann").await, [Act::Move, Act::Unlock, Act::Lock], "moved once, and pinning is nobody's own matter");
        let log = site.store.moderation_log(None).await.unwrap().items.remove(0);
        assert_eq!(log.detail.moved, Some((String::new(), "section.work".to_owned())));

        for act in [Act::Warn, Act::Silence, Act::Suspend, Act::Ban] {
            site.store.sanction(MOD, "ben", &sentence(act)).await.unwrap();
        }
        let told = site.store.notices("ben", None).await.unwrap().items;
        let acts: Vec<_> = told.iter().map(|n| n.decision.as_ref().unwrap().act).collect();
        assert_eq!(acts, [Act::Ban, Act::Suspend, Act::Silence, Act::Warn]);
        assert_eq!((told[0].thread, told[0].comment), (None, None));
        let ban = told[0].decision.as_ref().unwrap();
        assert_eq!((ban.note.as_str(), ban.detail.until_ms), ("enough", Some(1_000_000)));
        let sanction = site.store.sanctions_of(MOD, "ben").await.unwrap().remove(0);
        site.store.lift_sanction(MOD, sanction.id, "s", 7).await.unwrap();
        assert_eq!(site.acts("ben").await[0], Act::Lift);
    }

    async fn the_answer_to_an_appeal_is_told_with_the_act_it_was_about(store: Store) {
        let site = site(store).await;
        let (thread, _) = site.open().await;
        let id = site.says(BEN, thread, None, "words").await;
        let act = site.store.decide_comment(MOD, id, decision(Act::Remove, Some(Reason::Abuse))).await.unwrap().unwrap();
        site.store.appeal(BEN, act, "it quotes a book", (14, 7), 6).await.unwrap();
        site.store.set_role("ann", Role::Moderator).await.unwrap();
        let other = Actor::Account { id: "ann", role: Role::Moderator };
        site.store.decide_appeal(other, act, true, "so it does", "s", 7).await.unwrap();
        let told = site.store.notices("ben", None).await.unwrap().items.remove(0);
        let decision = told.decision.unwrap();
        assert_eq!((decision.act, decision.detail.appealed), (Act::Overturn, Some(act)));
        assert_eq!(site.seen(id, Actor::Visitor).await.state, CommentState::Visible);
    }

    async fn a_moderator_is_not_told_of_what_they_did_themselves(store: Store) {
        let site = site(store).await;
        let new = NewThread {
            survey: "s",
            about: &About::Survey,
            title: "Mine",
            body: "opening",
            lang: Lang::En,
            findings: &[],
            now_ms: 1,
        };
        let thread = site.store.open_thread(MOD, new).await.unwrap();
        site.store.decide_thread(MOD, thread, decision(Act::Lock, Some(Reason::OffTopic))).await.unwrap();
        assert!(site.acts("mod").await.is_empty());
    }

    async fn every_version_of_a_text_is_kept_until_its_author_takes_it_back(store: Store) {
        let site = site(store).await;
        let (thread, _) = site.open().await;
        let id = site.says(ANN, thread, None, "first").await;
        site.reply(BEN, thread, Some(id)).await;
        site.store.edit_comment(ANN, id, "second", None, &[], 6).await.unwrap();
        site.store.edit_comment(ANN, id, "second", None, &[], 7).await.unwrap();
        site.store.edit_comment(ANN, id, "第三版，改成中文", None, &[], 8).await.unwrap();
        let comment = site.seen(id, BEN).await;
        assert_eq!(comment.lang, Lang::Zh);
        let versions = site.store.versions(&comment).await.unwrap();
        let texts: Vec<(&str, i64)> = versions.iter().map(|v| (v.body.as_str(), v.written_ms)).collect();
        assert_eq!(texts, [("第三版，改成中文", 8), ("second", 6), ("first", 5)]);

        site.store.decide_comment(MOD, id, decision(Act::Remove, Some(Reason::Spam))).await.unwrap();
        assert!(site.store.versions(&site.seen(id, BEN).await).await.unwrap().is_empty());
        assert_eq!(site.store.versions(&site.seen(id, MOD).await).await.unwrap().len(), 3);
        site.store.decide_comment(MOD, id, decision(Act::Restore, None)).await.unwrap();
        site.store.delete_comment(ANN, id, 9).await.unwrap();
        let count = site.store.connection().query_one_raw(sea_orm::Statement::from_string(
            site.store.connection().get_database_backend(),
            "SELECT count(*) AS n FROM comment_revision",
        )).await.unwrap().unwrap();
        assert_eq!(count.try_get::<i64>("", "n").unwrap(), 0, "erased with the text");
    }

    async fn readers_hear_of_new_comments(store: Store) {
        let site = site(store).await;
        let (thread, _) = site.open().await;
        let mut here = site.store.posted();
        let hearing = tokio::spawn({ let store = site.store.clone(); async move { store.listen().await } });
        // On PostgreSQL news pass through the database; somebody has to listen first.
        let mut heard = None;
        for _ in 0..50 {
            let id = site.says(BEN, thread, None, "news").await;
            let waited = tokio::time::timeout(std::time::Duration::from_millis(200), here.recv()).await;
            if let Ok(Ok(posted)) = waited {
                heard = Some((posted, id));
                break;
            }
        }
        let (posted, _) = heard.unwrap();
        assert_eq!(posted.thread, thread);
        hearing.abort();
    }
}
