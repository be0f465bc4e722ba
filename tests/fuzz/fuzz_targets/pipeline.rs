//! Documents up to the files of a crate.

#![no_main]

use clientsmith_fuzz::{cross, mutate};
use clientsmith_tests::promises;
use libfuzzer_sys::{fuzz_crossover, fuzz_mutator, fuzz_target};

fuzz_target!(|bytes: &[u8]| promises::generating(bytes).unwrap());

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate(data, size, max_size, seed) });

fuzz_crossover!(|left: &[u8], right: &[u8], out: &mut [u8], seed: u32| { cross(left, right, out, seed) });
