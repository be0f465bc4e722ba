//! Any bytes, read as YAML, JSON and TOML.

#![no_main]

use clientsmith_tests::promises;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| promises::reading(bytes).unwrap());
