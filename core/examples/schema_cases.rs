//! Files for a comparison of the schema with the loader, one JSON value a line: the schema first,
//! then the file's text and whether the loader takes it. Beside whole files there are copies with
//! one key misspelt, one line left out, or one value of another type.

use std::io::{self, Write};

use partake_core::instrument::{json_schema, load};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let whole = [
        include_str!("../../instruments/partake_core/instrument.yaml"),
        include_str!("../../instruments/checking/instrument.yaml"),
    ];
    let mut out = io::stdout().lock();
    let schema: Value = serde_json::from_str(&json_schema())?;
    writeln!(out, "{schema}")?;
    for file in whole {
        case(&mut out, "whole", file)?;
    }
    let file = whole[1];
    let lines: Vec<&str> = file.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let name = key.trim_start_matches([' ', '-']);
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
            continue;
        }
        let with = |line: Option<String>| {
            let mut lines: Vec<String> = lines.iter().map(|l| (*l).to_owned()).collect();
            match line {
                Some(line) => lines[at] = line,
                None => _ = lines.remove(at),
            }
            lines.join("\n")
        };
        case(&mut out, "misspelt", &with(Some(format!("{key}x:{value}"))))?;
        if !value.trim().is_empty() {
            case(
                &mut out,
                "of another type",
                &with(Some(format!("{key}: [[]]"))),
            )?;
            case(&mut out, "left out", &with(None))?;
        }
    }
    Ok(())
}

fn case(out: &mut impl Write, what: &str, file: &str) -> io::Result<()> {
    writeln!(
        out,
        "{}",
        json!({"what": what, "file": file, "loads": load(file).is_ok()})
    )
}
