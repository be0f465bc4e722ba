//! One question each about an API.
