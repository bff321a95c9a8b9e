use std::sync::LazyLock;

use partake_core::instrument::{Instrument, load};

pub(crate) const SOURCE: &str = include_str!("../../../instruments/partake_core/instrument.yaml");

static INSTRUMENT: LazyLock<Instrument> = LazyLock::new(|| match load(SOURCE) {
    Ok(instrument) => instrument,
    Err(errors) => panic!(
        "the instrument does not load:\n{}",
        errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    ),
});

pub(crate) fn core_instrument() -> &'static Instrument {
    &INSTRUMENT
}
