//! The database schema, step by step.
//!
//! Every step is plain SQL, written for both engines: the exact types and constraints matter here
//! (tables without a row id on SQLite, checks, partial indices), and a schema builder hides them.

mod m20261123_000001_foundation;
mod m20261123_000002_forum;
mod m20261124_000001_log_chain;
mod m20261124_000002_comment_votes;
mod m20261124_000003_cohorts;
mod m20261125_000001_account;
mod m20261125_000001_forum_search;
mod m20261125_000001_free_text_review;
mod m20261125_000001_moderation;
mod m20261125_000001_release_places;
mod m20261125_000002_forum_reading;
mod m20261126_000001_forum_pace;
mod m20261126_000001_notices;
mod m20261126_000002_mail;
mod m20261126_000003_log_holds;
mod m20261126_000004_report_rule;
mod m20261127_000001_no_samples;
mod sql;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::{
    MigrationTrait,
    sea_orm::TransactionTrait,
    sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr},
};

/// The list of steps, oldest first.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_foundation::STEP),
            Box::new(m20261123_000002_forum::STEP),
            Box::new(m20261124_000001_log_chain::STEP),
            Box::new(m20261124_000002_comment_votes::STEP),
            Box::new(m20261124_000003_cohorts::STEP),
            Box::new(m20261125_000001_forum_search::STEP),
            Box::new(m20261125_000001_account::STEP),
            Box::new(m20261125_000001_moderation::STEP),
            Box::new(m20261125_000001_release_places::STEP),
            Box::new(m20261125_000002_forum_reading::STEP),
            Box::new(m20261125_000001_free_text_review::STEP),
            Box::new(m20261126_000001_notices::STEP),
            Box::new(m20261126_000002_mail::STEP),
            Box::new(m20261126_000001_forum_pace::STEP),
            Box::new(m20261126_000003_log_holds::STEP),
            Box::new(m20261126_000004_report_rule::STEP),
            Box::new(m20261127_000001_no_samples::STEP),
        ]
    }
}

/// Any number will do, as long as every instance takes the same.
const LOCK: i64 = 0x7061_7274_616b_6531;

/// Brings the schema up to date and returns the names of the steps taken. Instances that start
/// together on one PostgreSQL wait for each other; on SQLite the single writer does the same.
///
/// # Errors
/// When the database cannot be reached or refuses a step; the step is rolled back.
pub async fn migrate(db: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    if db.get_database_backend() != DbBackend::Postgres {
        return apply(db).await;
    }
    let lock = db.begin().await?;
    lock.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOCK})"))
        .await?;
    let applied = apply(db).await?;
    lock.commit().await?;
    Ok(applied)
}

async fn apply(db: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    let steps = pending(db).await?;
    if !steps.is_empty() {
        Migrator::up(db, None).await?;
    }
    Ok(steps)
}

/// Names of the steps that the database has not seen yet. Changes nothing.
///
/// # Errors
/// When the database cannot be reached, or knows a step that this program does not (the program is
/// older than its database).
pub async fn pending(db: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    Ok(Migrator::get_pending_migrations_read_only(db)
        .await?
        .iter()
        .map(|step| step.name().to_owned())
        .collect())
}
