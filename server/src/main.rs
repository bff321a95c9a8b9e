//! `partake`: see `partake help`.

use std::{io::Write as _, process::ExitCode};

use clap::Parser as _;
use partake_server::cli::Cli;
use tracing_subscriber::EnvFilter;

/// A release makes and drops some hundred small texts for each response: with the C library's
/// allocator it takes a third longer. It also gives the memory of a hashed password back at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    // The library levels keep statements, and with them answers, out of every log.
    let filter = EnvFilter::try_from_env("PARTAKE_LOG").unwrap_or_else(|_| {
        EnvFilter::new(
            "info,object_store=warn,sqlx=off,sea_orm=off,sea_orm_migration=warn,usvg=error",
        )
    });
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();

    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error),
    };
    match runtime.block_on(cli.run()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&format!("{error:#}")),
    }
}

fn fail(error: &dyn std::fmt::Display) -> ExitCode {
    // With stderr gone there is nobody left to tell.
    _ = writeln!(std::io::stderr(), "partake: {error}");
    ExitCode::FAILURE
}
