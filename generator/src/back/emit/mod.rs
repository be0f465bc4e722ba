//! From the decided model to text.
