//! `serve`, `build` and `wasm`.

use std::os::unix::process::CommandExt;
use std::process::Command;

use anyhow::{Context, Result};

use crate::{files, process, say, wasm};

pub(crate) fn site() -> Result<()> {
    wasm::pack()
}

/// The release binary with the site inside.
pub(crate) fn binary() -> Result<()> {
    site()?;
    say::step(
        "compiling the server",
        Some("5 to 7 min the first time, a second when nothing changed"),
        || {
            process::run(
                process::cargo()
                    .args(["build", "--release", "--package", "partake-server"])
                    .arg("--target-dir")
                    .arg(files::target()),
            )
        },
    )
}

/// Builds, then becomes the server: signals reach it without a parent in between.
pub(crate) fn serve(arguments: &[String]) -> Result<()> {
    binary()?;
    let mut server = Command::new(files::binary());
    server
        .current_dir(files::root())
        .arg("serve")
        .args(arguments);
    process::forget_cargo_environment(&mut server);
    say::line(&format!("--> {}", process::shown(&server)));
    let error = server.exec();
    Err(error).with_context(|| format!("starting {}", files::binary().display()))
}
