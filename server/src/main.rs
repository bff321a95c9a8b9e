//! `partake`: see `partake help`.

use std::{io::Write as _, process::ExitCode};

use clap::Parser as _;
use partake_server::cli::Cli;
use tracing_subscriber::EnvFilter;

/// A release makes and drops small texts on several threads at once, which takes a fifth longer with
/// the C library's allocator. How soon it gives memory back stands in `.cargo/config.toml`.
#[cfg(target_env = "gnu")]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

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
