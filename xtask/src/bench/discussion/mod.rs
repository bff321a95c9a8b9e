//! The discussion at size, on both engines: a million comments in two thousand threads, one of
//! them of fifty thousand.

mod bar;
mod client;
mod facts;
mod flood;
mod mixed;
mod single;
mod whole;

use std::time::Duration;

use anyhow::Result;

use self::{bar::load, client::Client, facts::Facts, single::Turns};
use crate::{
    build, process, say,
    test::{
        postgres::Cluster,
        running::{EmptyFolder, Server},
    },
};

/// For so long many people read and write at once, unless asked otherwise.
const TIME: Duration = Duration::from_secs(600);

pub(super) fn on_sqlite(seconds: Option<u64>) -> Result<bool> {
    let folder = EmptyFolder::new("bench-discussion")?;
    engine("SQLite", &folder, &folder.sqlite(), seconds)
}

pub(super) fn on_postgres(seconds: Option<u64>) -> Result<bool> {
    let cluster = Cluster::start()?;
    let folder = EmptyFolder::new("bench-discussion")?;
    engine("PostgreSQL", &folder, &cluster.url("postgres"), seconds)
}

fn engine(name: &str, folder: &EmptyFolder, database: &str, seconds: Option<u64>) -> Result<bool> {
    let time = seconds.map_or(TIME, Duration::from_secs);
    build::binary()?;
    say::line(&format!("\n=== {name}"));
    let file = folder.path().join("facts");
    say::step(
        "1 000 000 comments, counted again",
        Some("some minutes"),
        || {
            // A server that starts migrates the database and publishes the survey.
            drop(Server::start(folder.path(), database)?);
            process::run(
                process::cargo()
                    .args(["run", "--release", "--quiet", "--package", "partake-store"])
                    .args(["--example", "discussion_at_size", "--", database])
                    .arg(&file),
            )
        },
    )?;
    let facts = Facts::read(&file)?;
    let server = Server::start_behind_a_proxy(folder.path(), database)?;
    let mut client = Client::connect(server.port())?;
    let mut turns = Turns::new(&facts.sessions);
    let mut held = true;
    for (part, ask) in [
        (
            "reading",
            single::reading as fn(&mut Client, &Facts) -> Result<bool>,
        ),
        ("paging", single::paging),
        ("every page", whole::visit),
        ("searching", single::searching),
    ] {
        say::line(&format!("--> {part}; load {}", load()));
        held &= ask(&mut client, &facts)?;
    }
    say::line(&format!("--> writing; load {}", load()));
    held &= single::writing(&mut client, &facts, &mut turns)?;
    say::line(&format!("--> everybody at once; load {}", load()));
    held &= mixed::run(&server, &facts, time)?;
    say::line(&format!("--> a flood of tries to sign in; load {}", load()));
    held &= flood::run(&server)?;
    Ok(held)
}
