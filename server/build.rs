//! Puts the packed site into the binary. Without one (a plain `cargo check`) the set is empty.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let manifest = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let site = manifest.join("../target/site");
    // Cargo takes a watched path that is missing for a change, and would build the server anew
    // each time; an empty folder is none.
    fs::create_dir_all(&site)?;
    println!("cargo::rerun-if-changed={}", site.display());
    println!("cargo::rerun-if-changed=build.rs");

    let site = fs::canonicalize(site)?;
    let mut names: Vec<String> = fs::read_dir(&site)?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| !name.ends_with(".br") && name != "manifest.json")
        .collect();
    names.sort();

    let mut code = String::from("&[\n");
    for name in &names {
        // style.0123456789ab.css is known to the pages as style.css.
        let [stem, hash, extension] = name.split('.').collect::<Vec<_>>()[..] else {
            continue;
        };
        let bytes = |path: &Path| format!("include_bytes!({:?})", path.display().to_string());
        writeln!(
            code,
            "    Asset {{ plain: {:?}, name: {name:?}, hash: {hash:?}, body: {}, brotli: {} }},",
            format!("{stem}.{extension}"),
            bytes(&site.join(name)),
            bytes(&site.join(format!("{name}.br"))),
        )
        .map_err(io::Error::other)?;
    }
    code.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("assets.rs"), code)
}
