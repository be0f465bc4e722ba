//! What written-out `Deserialize` implementations of generated types call. Knows no particular type.
//!
//! Generated code holds only what differs between types (names, and which field takes which value); everything else is
//! here once, so that a type costs little to compile. Where a key comes twice, the last one wins.

mod choice;
mod constant;
mod entries;
mod integer;
mod object;
mod seed;
mod text;
mod time;
mod trial;

pub use choice::{
    Choice, choice, from_integer, from_map, from_map_by, from_number, from_sequence, from_sequence_by, from_str,
    from_str_by,
};
pub use constant::Constant;
pub use entries::Entries;
pub use integer::integer;
pub use object::{Fields, Object, object};
pub use seed::{Seed, from_json};
pub use serde::de::Error;
pub use text::text;
pub use time::{list, map, nullable, optional, time};
pub use trial::{Trial, buffer_map, buffer_sequence};
