//! Prints the schema of instrument files.

use std::io::{self, Write as _};

fn main() -> io::Result<()> {
    let schema = partake_core::instrument::json_schema();
    io::stdout().lock().write_all(schema.as_bytes())
}
