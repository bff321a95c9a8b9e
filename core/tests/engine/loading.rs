use crate::support::core_instrument;

#[test]
fn the_core_instrument_loads() {
    let instrument = core_instrument();
    assert_eq!(instrument.questions().count(), 42);
}
