//! What the engine decides on generated instruments, as one number, for WebAssembly. A test asks
//! the native build for the same number.

#[path = "../../../../core/examples/agreement/mod.rs"]
mod agreement;
#[path = "../../../../core/examples/generated/mod.rs"]
mod generated;

/// The digest of `instruments` instruments from `seed` on, with `people` people each.
#[unsafe(no_mangle)]
pub extern "C" fn digest(seed: u32, instruments: u32, people: u32) -> u64 {
    agreement::digest(seed, instruments, people)
}
