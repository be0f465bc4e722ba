//! What native targets and browsers do differently: threads and clocks. Knows nothing of HTTP.
//!
//! In a browser (`wasm32`) nothing is sent between threads, and the standard library has no clock.

#[cfg(not(target_arch = "wasm32"))]
mod target {
    use std::pin::Pin;

    use futures_core::Stream;

    pub(in super::super) use std::time::SystemTime;
    pub(in super::super) use tokio::time::{Instant, Sleep, sleep, sleep_until, timeout_at};

    /// `Send`, where there are threads.
    pub trait MaybeSend: Send {}

    impl<T: Send + ?Sized> MaybeSend for T {}

    /// `Sync`, where there are threads.
    pub trait MaybeSync: Sync {}

    impl<T: Sync + ?Sized> MaybeSync for T {}

    /// A future of any kind.
    pub(in super::super) type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

    /// A stream of any kind.
    pub(in super::super) type BoxStream<T> = Pin<Box<dyn Stream<Item = T> + Send>>;
}

#[cfg(target_arch = "wasm32")]
mod target {
    use std::pin::Pin;

    use futures_core::Stream;

    pub(in super::super) use wasmtimer::std::{Instant, SystemTime};
    pub(in super::super) use wasmtimer::tokio::{Sleep, sleep, sleep_until, timeout_at};

    /// `Send`, where there are threads.
    pub trait MaybeSend {}

    impl<T: ?Sized> MaybeSend for T {}

    /// `Sync`, where there are threads.
    pub trait MaybeSync {}

    impl<T: ?Sized> MaybeSync for T {}

    /// A future of any kind.
    pub(in super::super) type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

    /// A stream of any kind.
    pub(in super::super) type BoxStream<T> = Pin<Box<dyn Stream<Item = T>>>;
}

pub(super) use target::{BoxFuture, BoxStream, Instant, Sleep, SystemTime, sleep, sleep_until, timeout_at};
pub use target::{MaybeSend, MaybeSync};
