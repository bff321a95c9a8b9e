//! A wasm32 standard library where rustup cannot download: Debian carries a current Rust for
//! building browsers, with its source. It ships no library for the target, so we build it, into a
//! folder of ours: nothing under /usr is touched beyond the packages themselves.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::toolchain::holds_std;
use super::{TARGET, Toolchain};
use crate::{apt, files, process, say, stamp};

pub(super) const RUSTC: &str = "/usr/bin/rustc";
pub(super) const CARGO: &str = "/usr/bin/cargo";
pub(super) const PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm"];

pub(super) fn toolchain() -> Result<Toolchain> {
    if !PACKAGES.iter().all(|package| apt::is_installed(package)) {
        apt::install(PACKAGES, "building WebAssembly with Debian's compiler")?;
    }
    let version = process::output(Command::new(RUSTC).arg("-vV"))?;
    let linker = linker(&version)?;
    let sysroot = files::target().join("wasm-sysroot");
    let stamp_file = sysroot.join("stamp");
    let library = sysroot.join("lib/rustlib").join(TARGET).join("lib");
    if !(stamp::matches(&stamp_file, &version) && holds_std(&library)) {
        say::step(
            "building the wasm32 standard library from Debian's Rust source",
            Some("about 60 s, the first time only"),
            || build(&sysroot, &library, &linker),
        )?;
        stamp::keep(&stamp_file, &version)?;
    }
    Ok(Toolchain::debian(&sysroot, &linker))
}

/// The linker must be of the compiler's own LLVM: an older one does not read its objects.
fn linker(version: &str) -> Result<PathBuf> {
    let major = version
        .lines()
        .find_map(|line| line.strip_prefix("LLVM version: "))
        .and_then(|version| version.split('.').next())
        .context("Debian's rustc does not say which LLVM it uses")?;
    let linker = PathBuf::from(format!("/usr/lib/llvm-{major}/bin/wasm-ld"));
    if !linker.exists() {
        apt::install(&[&format!("lld-{major}")], "linking WebAssembly")?;
    }
    if !linker.exists() {
        bail!(
            "the package lld-{major} is installed but {} is missing",
            linker.display()
        );
    }
    Ok(linker)
}

fn build(sysroot: &Path, library: &Path, linker: &Path) -> Result<()> {
    if sysroot.exists() {
        std::fs::remove_dir_all(sysroot)?;
    }
    let seed = sysroot.join("seed");
    std::fs::create_dir_all(seed.join("src"))?;
    std::fs::write(
        seed.join("Cargo.toml"),
        // Without LTO on purpose: with it the libraries hold bitcode only, and others cannot link.
        "[package]\nname = \"seed\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[lib]\n\
         crate-type = [\"cdylib\"]\n\n[profile.release]\npanic = \"abort\"\n\n[workspace]\n",
    )?;
    std::fs::write(seed.join("src/lib.rs"), "")?;

    let mut cargo = Command::new(CARGO);
    process::forget_cargo_environment(&mut cargo);
    cargo
        .current_dir(&seed)
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("CARGO")
        .env("RUSTC", RUSTC)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
        .args(["build", "--release", "--quiet", "--target", TARGET])
        .arg("--target-dir")
        .arg(seed.join("target"))
        .arg("-Zbuild-std=std,panic_abort");
    process::run(&mut cargo)?;

    std::fs::create_dir_all(library)?;
    let built = seed.join("target").join(TARGET).join("release/deps");
    for file in files::below(&built, &["rlib"])? {
        let name = file.file_name().context("a library without a name")?;
        std::fs::copy(&file, library.join(name))?;
    }
    std::fs::remove_dir_all(&seed)?;
    link_host_libraries(sysroot)
}

/// Proc macros and build scripts are looked up in the same sysroot.
fn link_host_libraries(sysroot: &Path) -> Result<()> {
    let folder = sysroot.join("lib/rustlib");
    for entry in std::fs::read_dir("/usr/lib/rustlib")? {
        let entry = entry?;
        if entry.file_name() != TARGET {
            symlink(entry.path(), folder.join(entry.file_name()))?;
        }
    }
    Ok(())
}
