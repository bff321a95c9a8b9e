//! Which compiler builds the WebAssembly, found in the order from plain to laborious.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};

use super::{TARGET, debian};
use crate::{process, say};

/// A place that refuses the download says so at once; one that says nothing is not waited for.
const DOWNLOAD_LIMIT: Duration = Duration::from_secs(180);

const FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";
/// One receipt is hashed at a time: the unrolled rounds of SHA-256 would be 6 kB for nothing.
const COMPACT: &str = "--cfg sha2_backend_soft=\"compact\"";

/// A compiler that has a standard library for the browser.
pub(crate) struct Toolchain {
    cargo: PathBuf,
    environment: Vec<(String, String)>,
    /// Variables that would send a foreign cargo back to rustup's compiler.
    forgotten: Vec<&'static str>,
    /// Whether this is the machine's own toolchain, lints included.
    pub(crate) has_clippy: bool,
}

impl Toolchain {
    /// A cargo command whose builds go to a folder of their own, so that they neither wait for
    /// nor invalidate those of the server.
    pub(crate) fn cargo(&self, subcommand: &str) -> Command {
        let mut command = Command::new(&self.cargo);
        command.current_dir(crate::files::root());
        process::forget_cargo_environment(&mut command);
        for name in &self.forgotten {
            command.env_remove(name);
        }
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.arg(subcommand).args(["--target", TARGET]);
        command
            .arg("--target-dir")
            .arg(crate::files::target().join("wasm"));
        command
    }

    fn own() -> Self {
        Self {
            cargo: PathBuf::from(process::cargo().get_program()),
            environment: vec![(FLAGS.to_owned(), COMPACT.to_owned())],
            forgotten: Vec::new(),
            has_clippy: true,
        }
    }

    /// Debian's compiler with a standard library that we built from its source.
    pub(super) fn debian(sysroot: &Path, linker: &Path) -> Self {
        Self {
            cargo: PathBuf::from(debian::CARGO),
            environment: vec![
                ("RUSTC".to_owned(), debian::RUSTC.to_owned()),
                (
                    FLAGS.to_owned(),
                    format!("{COMPACT} --sysroot={}", sysroot.display()),
                ),
                (
                    "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER".to_owned(),
                    linker.display().to_string(),
                ),
            ],
            forgotten: vec!["RUSTUP_TOOLCHAIN", "CARGO", "RUSTC_WRAPPER", "RUSTFLAGS"],
            has_clippy: false,
        }
    }
}

/// Finds or makes a toolchain, and says which way was taken. `PARTAKE_WASM_STD` = `here`,
/// `rustup` or `debian` takes one way only, for those who test the others.
pub(crate) fn find() -> Result<Toolchain> {
    let only = std::env::var("PARTAKE_WASM_STD").ok();
    let allowed = |way: &str| only.as_deref().is_none_or(|only| only == way);

    if allowed("here") && is_here() {
        say::note("wasm32 standard library: the one of the installed toolchain");
        return Ok(Toolchain::own());
    }
    let mut failures = Vec::new();
    if allowed("rustup") {
        match with_rustup() {
            Ok(toolchain) => {
                say::note("wasm32 standard library: rustup fetched it, as the toolchain had none");
                return Ok(toolchain);
            }
            Err(error) => {
                say::note(format_args!("rustup cannot provide it: {error:#}"));
                failures.push(format!("rustup: {error:#}"));
            }
        }
    }
    if allowed("debian") {
        match debian::toolchain() {
            Ok(toolchain) => {
                say::note("wasm32 standard library: built from Debian's packaged Rust source");
                return Ok(toolchain);
            }
            Err(error) => failures.push(format!("Debian packages: {error:#}")),
        }
    }
    bail!(
        "there is no standard library for {TARGET}, and no way to get one worked:\n  {}\nInstall \
         it with `rustup target add {TARGET}`, or on Debian as root let this command install the \
         packages {}",
        failures.join("\n  "),
        debian::PACKAGES.join(" ")
    )
}

fn is_here() -> bool {
    process::output(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]))
        .is_ok_and(|folder| holds_std(Path::new(folder.trim())))
}

/// The folder alone proves little: an interrupted install leaves it empty.
pub(super) fn holds_std(folder: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return false;
    };
    entries.flatten().any(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with("libstd-") && name.ends_with(".rlib")
    })
}

fn with_rustup() -> Result<Toolchain> {
    if process::find("rustup").is_none() {
        bail!("it is not installed");
    }
    let mut command = Command::new("rustup");
    command.args(["target", "add", TARGET]);
    say::step(
        "asking rustup for the wasm32 standard library",
        None,
        || process::run_within(&mut command, DOWNLOAD_LIMIT),
    )?;
    if !is_here() {
        bail!("it reports success, but the compiler in use has no {TARGET} library");
    }
    Ok(Toolchain::own())
}
