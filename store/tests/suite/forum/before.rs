//! Databases from before moderation had cases.

use partake_migrations::{Migrator, MigratorTrait as _, migrate};
use sea_orm::ConnectionTrait as _;

use super::*;
use crate::engines::on_both_engines;

const ROWS: [&str; 7] = [
    "INSERT INTO survey (slug, featured) VALUES ('s', true)",
    "INSERT INTO account (id, handle, handle_folded, password_hash, role, state, created_ms)
        VALUES ('mod', 'Mod', 'mod', 'x', 'moderator', 'active', 1)",
    "INSERT INTO thread (id, survey, about_kind, title, author_id, opening_id, locked,
        comment_count, created_ms, last_activity_ms)
        VALUES (1, 's', 'survey', 'Old', NULL, 1, false, 1, 1, 1)",
    "INSERT INTO comment (id, thread_id, depth, path, lang, body, state, up, down, score, best,
        reply_count, descendant_count, created_ms)
        VALUES (1, 1, 0, '', 'en', 'old words', 'visible', 0, 0, 0, 0, 0, 0, 1)",
    "INSERT INTO report (comment_id, reason, note, state, created_ms)
        VALUES (1, 'spam', 'an old report', 'open', 2)",
    "INSERT INTO report (comment_id, reason, note, state, created_ms)
        VALUES (1, 'abuse', '', 'open', 3)",
    "INSERT INTO moderation_act (survey, act, thread_id, comment_id, note, moderator_id, created_ms)
        VALUES ('s', 'dismiss', 1, 1, 'an old act', 'mod', 4)",
];

on_both_engines! {
    async fn what_was_reported_and_decided_before_is_taken_over(store: Store) {
        let db = store.connection();
        Migrator::down(db, None).await.unwrap();
        let steps = Migrator::migrations();
        let before = steps.iter().position(|step| step.name().ends_with("_moderation"));
        let before = u32::try_from(before.unwrap()).unwrap();
        Migrator::up(db, Some(before)).await.unwrap();
        for row in ROWS {
            db.execute_unprepared(row).await.unwrap();
        }
        migrate(db).await.unwrap();

        let queue = store
            .moderation_queue(MOD, QueueFilter::default(), None, 9)
            .await
            .unwrap()
            .items;
        assert_eq!(queue.len(), 1);
        assert_eq!(queue[0].reports.len(), 2);
        assert_eq!(queue[0].reports[0].note, "an old report");
        store.chain_earlier_acts().await.unwrap();
        let dismiss = Decision {
            seen: Some(&queue[0].seen),
            ..decision(Act::Dismiss, None)
        };
        store.decide_comment(MOD, 1, dismiss).await.unwrap().unwrap();
        let log = store.moderation_log(None).await.unwrap().items;
        let notes: Vec<_> = log.iter().map(|entry| entry.note.as_str()).collect();
        assert_eq!(notes, ["unkind", "an old act"]);
        assert_eq!(store.verify_log(&[]).await.unwrap().unwrap().entries, 2);
    }
}
