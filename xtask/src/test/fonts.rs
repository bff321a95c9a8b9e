//! Chinese letters for browsers and for the pictures that the server makes.

use std::process::Command;

use anyhow::Result;

use crate::{apt, process};

const PACKAGES: [&str; 2] = ["fonts-noto-cjk", "fontconfig"];

/// Without them every character is the same box, and a picture shows nothing.
pub(super) fn install() -> Result<()> {
    let known = process::output(Command::new("fc-list").arg(":lang=zh"))
        .is_ok_and(|fonts| !fonts.trim().is_empty());
    if known {
        return Ok(());
    }
    apt::install(&PACKAGES, "showing Chinese text")
}
