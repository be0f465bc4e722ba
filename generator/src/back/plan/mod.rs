//! From the API and its names to the decided model.
