//! The schema for editors.

use partake_core::instrument::json_schema;

#[test]
fn the_schema_in_docs_is_the_one_that_the_loader_gives() {
    let kept = include_str!("../../../docs/instrument.schema.json");
    assert!(
        kept == json_schema(),
        "run `cargo run -p partake-core --features yaml --example schema > docs/instrument.schema.json`"
    );
}
