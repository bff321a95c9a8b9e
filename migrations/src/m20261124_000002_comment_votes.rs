//! Votes on comments. The counters stand in the comment and are changed with the vote.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr,
};

use crate::sql;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261124_000002_comment_votes"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, &["DROP TABLE comment_vote"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const UP: &[&str] = &[
    // No time: when somebody agreed with whom is nobody's business.
    "CREATE TABLE comment_vote (
        account_id text NOT NULL REFERENCES account (id),
        comment_id bigint NOT NULL REFERENCES comment (id) ON DELETE CASCADE,
        value bigint NOT NULL CHECK (value IN (-1, 1)),
        PRIMARY KEY (account_id, comment_id)
    ){keyed}",
    "CREATE INDEX comment_vote_comment ON comment_vote (comment_id)",
];
