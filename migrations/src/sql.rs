//! One text for two engines: the few words that differ are written as placeholders.

use sea_orm_migration::{
    SchemaManager,
    sea_orm::{ConnectionTrait, DbBackend, DbErr},
};

/// Runs statements one by one after filling in the engine's words: `{bytes}` (binary column),
/// `{keyed}` (after a table's closing bracket: on SQLite the primary key is the table, so no row
/// id records in which order rows came).
pub(crate) async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
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
