//! `partake`: see `partake help`.

use std::{io::Write as _, process::ExitCode};

use clap::Parser as _;
use partake_server::cli::Cli;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    #[cfg(target_env = "gnu")]
    give_large_blocks_back();
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

/// The first hashed password would teach the C library that blocks of 19 MiB belong on its heap;
/// from then on it keeps one for each core until the process ends.
#[cfg(target_env = "gnu")]
#[expect(unsafe_code, reason = "the C library offers no other way to set this")]
fn give_large_blocks_back() {
    const FROM: libc::c_int = 1 << 20;
    // SAFETY: it sets a number of the allocator, before there is a second thread.
    _ = unsafe { libc::mallopt(libc::M_MMAP_THRESHOLD, FROM) };
}

fn fail(error: &dyn std::fmt::Display) -> ExitCode {
    // With stderr gone there is nobody left to tell.
    _ = writeln!(std::io::stderr(), "partake: {error}");
    ExitCode::FAILURE
}
