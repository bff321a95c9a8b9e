//! The JavaScript that a browser needs to load the module.

use std::path::Path;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

pub(crate) struct Bindings {
    pub(crate) script: Vec<u8>,
    pub(crate) module: Vec<u8>,
}

pub(crate) fn generate(name: &str, wasm: &Path) -> Result<Bindings> {
    let mut bindgen = Bindgen::new();
    let mut output = bindgen
        .input_path(wasm)
        .out_name(name)
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        // The boot script names the module, hash included; a default name would be a dead link.
        .omit_default_module_path(true)
        .generate_output()
        .with_context(|| format!("making bindings for {}", wasm.display()))?;
    let own: Vec<&String> = output
        .snippets()
        .iter()
        .filter(|(_, inline)| !inline.is_empty())
        .map(|(name, _)| name)
        .chain(output.local_modules().keys())
        .collect();
    if !own.is_empty() {
        bail!(
            "a dependency of {name} brings JavaScript files of its own ({own:?}); the site \
             serves one script for a module, so replace the dependency or teach the packer to carry them"
        );
    }
    Ok(Bindings {
        script: slim(output.js()).into_bytes(),
        module: output.wasm_mut().emit_wasm(),
    })
}

/// The script without its comments and indentation, which a phone need not load.
fn slim(script: &str) -> String {
    let mut slim = String::with_capacity(script.len());
    for line in script.lines().map(str::trim) {
        let comment = ["//", "/*", "*"].iter().any(|mark| line.starts_with(mark));
        if !line.is_empty() && !comment {
            slim.push_str(line);
            slim.push('\n');
        }
    }
    slim
}
