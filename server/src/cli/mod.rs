//! The command line, one file for each command.

pub mod account;
pub mod anonymise;
pub mod audit;
pub mod backup;
mod complete;
pub mod doctor;
pub mod export;
pub mod instrument;
mod progress;
pub mod release;
pub mod response;
pub mod restore;
pub mod serve;
pub mod simulate;

use std::{
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use clap::{Parser, Subcommand};
use partake_store::Store;

use crate::{
    bootstrap, clock::Clock, config::DatabaseArgs, storage::FileStorage, surveys::Surveys,
};

/// Partake: a survey, its anonymised results, and the discussion of them.
#[derive(Debug, Parser)]
#[command(name = "partake", version, about, propagate_version = true)]
pub struct Cli {
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the site; migrates the database and publishes the instrument first
    Serve(Box<serve::ServeCommand>),
    /// Bring the database to this version's schema
    Migrate,
    /// Check, publish or print an instrument
    Instrument(instrument::InstrumentCommand),
    /// Fill the database with plausible data through the same code path as real submissions
    Simulate(simulate::SimulateCommand),
    /// Cut, list or show releases
    Release(release::ReleaseCommand),
    /// Show what is stored under a receipt
    Response(response::ResponseCommand),
    /// Write the public files of a release in the format that a program wants
    Export(export::ExportCommand),
    /// Make a table k-anonymous by a specification of its columns
    Anonymise(anonymise::AnonymiseCommand),
    /// Create, list and change accounts
    Account(account::AccountCommand),
    /// Verify the public log of moderation
    Audit(audit::AuditCommand),
    /// Write a consistent copy of the database to a file
    Backup(backup::BackupCommand),
    /// Put a backup in the place of a missing database
    Restore(restore::RestoreCommand),
    /// Check the installation, or a running server
    Doctor(doctor::DoctorCommand),
}

impl Cli {
    /// Runs the command.
    pub async fn run(self) -> anyhow::Result<()> {
        let database = self.database;
        match self.command {
            Command::Serve(command) => command.run(&database).await,
            Command::Migrate => {
                let store = connect(&database).await?;
                let applied = bootstrap::migrate(&store).await?;
                print_line(&format!(
                    "{applied} migrations applied; the database is up to date"
                ))
            }
            Command::Instrument(command) => command.run(&database).await,
            Command::Simulate(command) => command.run(&Context::open(&database).await?).await,
            Command::Release(command) => command.run(&Context::open(&database).await?).await,
            Command::Response(command) => command.run(&Context::open(&database).await?).await,
            Command::Export(command) => command.run(&Context::open(&database).await?).await,
            Command::Anonymise(command) => command.run(),
            Command::Account(command) => command.run(&Context::open(&database).await?).await,
            Command::Audit(command) => command.run(&Context::open(&database).await?).await,
            Command::Backup(command) => command.run(&Context::open(&database).await?).await,
            Command::Restore(command) => command.run(&database).await,
            Command::Doctor(command) => command.run(&database).await,
        }
    }
}

/// What a command works with.
pub struct Context {
    pub store: Store,
    pub files: FileStorage,
    pub surveys: Surveys,
    pub clock: Clock,
}

impl Context {
    /// Opens a migrated database. An empty one is set up at once; an old one is left alone,
    /// because migrating is a decision.
    pub async fn open(database: &DatabaseArgs) -> anyhow::Result<Self> {
        let store = connect(database).await?;
        let clock = Clock::system();
        let pending = bootstrap::pending_migrations(&store).await?;
        if bootstrap::is_empty(&pending) {
            bootstrap::migrate(&store).await?;
            bootstrap::publish_builtin(&store, &clock).await?;
        } else if !pending.is_empty() {
            bail!("the database has an older schema: run `partake migrate` first");
        }
        let surveys = Surveys::default();
        surveys.reload(&store).await?;
        Ok(Self {
            files: FileStorage::open(database)?,
            store,
            surveys,
            clock,
        })
    }
}

impl Context {
    /// The survey named, or the featured one.
    pub fn survey(&self, named: Option<&str>) -> anyhow::Result<String> {
        if let Some(named) = named {
            return Ok(named.to_owned());
        }
        let featured = self.surveys.featured();
        let featured =
            featured.context("no survey is published; run `partake instrument publish FILE`")?;
        Ok(featured.survey.clone())
    }
}

/// Connects, with the failing address left out of the message: it may hold a password.
pub async fn connect(database: &DatabaseArgs) -> anyhow::Result<Store> {
    Store::connect(&database.database_url)
        .await
        .context("cannot open the database; check DATABASE_URL (sqlite://FILE?mode=rwc or postgres://USER:PASSWORD@HOST/NAME)")
}

/// The folder that holds the files of releases beside a backup of the database.
fn files_of(backup: &Path) -> PathBuf {
    let mut name = backup.file_name().unwrap_or_default().to_owned();
    name.push(".files");
    backup.with_file_name(name)
}

/// Writes one line to standard output.
pub fn print_line(line: &str) -> anyhow::Result<()> {
    writeln!(std::io::stdout(), "{line}").context("cannot write to standard output")
}
