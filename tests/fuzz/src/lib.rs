//! What the targets share: how libFuzzer changes documents.

use clientsmith_tests::mutation;
use libfuzzer_sys::fuzzer_mutate;

/// Changes an input: mostly as a document, so that what comes of it gets past the reader; now and then, and where it is
/// none, byte by byte.
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let changed = if seed.is_multiple_of(8) {
        None
    } else {
        mutation::changed(&data[..size], seed.into())
    };
    match changed {
        Some(text) if text.len() <= max_size => {
            data[..text.len()].copy_from_slice(text.as_bytes());
            text.len()
        }
        _ => fuzzer_mutate(data, size, max_size),
    }
}

/// Puts a part of one document into another. Nothing comes of it where one is no document, or the whole is too long.
pub fn cross(left: &[u8], right: &[u8], out: &mut [u8], seed: u32) -> usize {
    match mutation::crossed(left, right, seed.into()) {
        Some(text) if text.len() <= out.len() => {
            out[..text.len()].copy_from_slice(text.as_bytes());
            text.len()
        }
        _ => 0,
    }
}
