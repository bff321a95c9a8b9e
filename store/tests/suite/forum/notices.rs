use partake_store::forum::NoticeKind;
use sea_orm::ConnectionTrait as _;

use super::*;
use crate::engines::on_both_engines;

impl Site {
    async fn told(&self, account: &str) -> Vec<(NoticeKind, i64)> {
        let page = self.store.notices(account, None).await.unwrap();
        page.items.iter().map(|n| (n.kind, n.comment)).collect()
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
        assert_eq!((told[0].kind, told[0].comment, told[0].author.as_deref()), (NoticeKind::Decision, id, None));
        let ann = site.store.notices("ann", None).await.unwrap().items;
        assert_eq!(ann[0].author, None, "what was removed names nobody");
    }

    async fn every_version_of_a_text_is_kept_until_its_author_takes_it_back(store: Store) {
        let site = site(store).await;
        let (thread, _) = site.open().await;
        let id = site.says(ANN, thread, None, "first").await;
        site.reply(BEN, thread, Some(id)).await;
        site.store.edit_comment(ANN, id, "second", &[], 6).await.unwrap();
        site.store.edit_comment(ANN, id, "second", &[], 7).await.unwrap();
        site.store.edit_comment(ANN, id, "第三版，改成中文", &[], 8).await.unwrap();
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
