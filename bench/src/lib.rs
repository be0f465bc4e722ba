//! What `cargo xtask bench` measures: calls, files on their way, and what a client costs to compile.
//!
//! Every call goes over loopback, to a server in a process of its own, so that nothing it does counts. Two programs share
//! this library: `bench`, which takes times and sizes, and `allocations`, which counts with an allocator that takes time
//! itself.

pub mod call;
pub mod compile;
pub mod process;
pub mod server;
pub mod statistics;
pub mod transfer;

/// Whatever ended a measurement; it is only ever printed.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The runtime that all calls are made on: one thread, so that the machine's other cores are the server's.
///
/// # Errors
/// The operating system refuses it.
pub fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}
