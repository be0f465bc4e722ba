//! The API as a readable outline, for snapshots and `clientsmith outline`.
