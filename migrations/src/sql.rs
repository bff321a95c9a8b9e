//! A step of the schema as plain SQL. One text for two engines: the few words that differ are
//! written as placeholders.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    sea_orm::{ConnectionTrait, DbBackend, DbErr},
};

/// One step, taken in one transaction.
pub(crate) struct Step {
    /// Its name in the database's list of steps.
    pub(crate) name: &'static str,
    /// Statements that take it.
    pub(crate) up: &'static [&'static str],
    /// Statements that take it back.
    pub(crate) down: &'static [&'static str],
}

impl MigrationName for Step {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, self.up).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, self.down).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Runs statements one by one after filling in the engine's words: `{bytes}` (binary column),
/// `{keyed}` (after a table's closing bracket: on SQLite the primary key is the table, so no row
/// id records in which order rows came).
async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let (bytes, keyed) = match db.get_database_backend() {
        DbBackend::Postgres => ("bytea", ""),
        _ => ("blob", " WITHOUT ROWID"),
    };
    for statement in statements {
        let sql = statement
            .replace("{bytes}", bytes)
            .replace("{keyed}", keyed);
        db.execute_unprepared(&sql).await?;
    }
    Ok(())
}
