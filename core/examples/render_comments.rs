//! Renders sources as comments, for a comparison with the examples of a specification: one JSON
//! value a line, `{"markdown": …, "html": …}`, is answered by one, `{"ours": …, "theirs": …}`,
//! where `theirs` is the specification's HTML after the same sanitising as ours.

use std::io::{self, BufRead as _, Write as _};

use partake_core::forum::markdown::{render, sanitise};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let example: Value = serde_json::from_str(&line?)?;
        let text = |name: &str| example[name].as_str().unwrap_or_default();
        let answer = json!({ "ours": render(text("markdown")), "theirs": sanitise(text("html")) });
        writeln!(out, "{answer}")?;
    }
    Ok(())
}
