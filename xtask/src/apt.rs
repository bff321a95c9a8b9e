//! Debian packages: installed only when something is missing and this runs as root.

use std::process::Command;
use std::sync::Mutex;

use anyhow::{Result, bail};

use crate::{process, say};

/// The package lists are fetched once per run, and only when something has to be installed.
static LISTS_FRESH: Mutex<bool> = Mutex::new(false);

/// Installs packages. `purpose` completes the sentence "… is needed for".
pub(crate) fn install(packages: &[&str], purpose: &str) -> Result<()> {
    let by_hand = format!(
        "apt-get install --no-install-recommends {}",
        packages.join(" ")
    );
    if process::find("apt-get").is_none() {
        bail!(
            "{purpose} needs what Debian calls {}; there is no apt-get here, so install it by the \
             means of this system and run the command again",
            packages.join(", ")
        );
    }
    if !process::is_root() {
        bail!("{purpose} needs Debian packages and this does not run as root; run: sudo {by_hand}");
    }
    say::step(
        &format!("installing {}", packages.join(" ")),
        Some("for the first time only"),
        || {
            if let Ok(mut fresh) = LISTS_FRESH.lock()
                && !*fresh
            {
                process::run(apt().args(["update", "-qq"]))?;
                *fresh = true;
            }
            process::run(
                apt()
                    .args(["install", "-y", "-qq", "--no-install-recommends"])
                    .args(packages),
            )
        },
    )
}

fn apt() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

pub(crate) fn is_installed(package: &str) -> bool {
    process::output(Command::new("dpkg-query").args(["-W", "-f=${Status}", package]))
        .is_ok_and(|status| status.ends_with("install ok installed"))
}
