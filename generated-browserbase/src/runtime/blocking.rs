//! For programs without async: any call, made by [`block`](Block::block), and any stream, gone through by
//! [`iterate`](Iterate::iterate). The feature `blocking` brings it in.
//!
//! Client, builders, types and errors are the same; sockets and timers are served by one thread that all blocking calls
//! of the process share.

use std::io::{self, Read};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use futures_core::Stream;
use tokio::runtime::{Builder, Handle};

use super::stream::next;
use super::{Download, Error};

/// Makes a call and waits for what it gives.
pub trait Block: IntoFuture {
    /// Makes the call and waits for what it gives.
    ///
    /// In async code, await the call instead: whatever else this thread's runtime serves stands still meanwhile, and
    /// that may be the very connection that the client would use.
    ///
    /// # Errors
    /// Those of the call; [`Error::Io`] where the system gives no thread.
    fn block(self) -> Self::Output;
}

impl<T, F> Block for F
where
    F: IntoFuture<Output = Result<T, Error>>,
{
    fn block(self) -> Self::Output {
        wait(self.into_future())?
    }
}

/// Goes through a stream: the pages or items of a list, events, values, the pieces of a download.
pub trait Iterate: Stream + Sized {
    /// What the stream gives, one after the other.
    fn iterate(self) -> Iter<Self>;
}

impl<T, S: Stream<Item = Result<T, Error>> + Unpin> Iterate for S {
    fn iterate(self) -> Iter<Self> {
        Iter(self)
    }
}

/// What a stream gives, one after the other: see [`Iterate::iterate`].
#[derive(Debug)]
#[must_use = "nothing is asked for until it is gone through"]
pub struct Iter<S>(S);

impl<T, S: Stream<Item = Result<T, Error>> + Unpin> Iterator for Iter<S> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        wait(next(&mut self.0)).unwrap_or_else(|error| Some(Err(error)))
    }
}

/// A download, read without async. Its errors hold an [`Error`].
#[derive(Debug)]
pub struct Reader(Download);

impl From<Download> for Reader {
    fn from(download: Download) -> Self {
        Self(download)
    }
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        wait(self.0.read_some(buffer)).map_err(io::Error::other)?
    }
}

/// Waits for a future on this thread, while another one serves sockets and timers.
fn wait<T>(future: impl Future<Output = T>) -> Result<T, Error> {
    let handle = serving().map_err(|error| Error::io("cannot make blocking calls".to_owned(), error))?;
    let _context = handle.enter();
    let signal = Arc::new(Signal {
        thread: thread::current(),
        woken: AtomicBool::new(false),
    });
    let waker = Waker::from(Arc::clone(&signal));
    // This is no task that could let others go first.
    let mut future = pin!(tokio::task::unconstrained(future));
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return Ok(output);
        }
        while !signal.woken.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

/// Wakes a thread that waits.
struct Signal {
    thread: Thread,
    woken: AtomicBool,
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.woken.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

/// The runtime that serves sockets and timers, on a thread that is started with the first call.
fn serving() -> io::Result<Handle> {
    static SERVING: Mutex<Option<Handle>> = Mutex::new(None);
    let mut serving = SERVING.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(handle) = &*serving {
        return Ok(handle.clone());
    }
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    thread::Builder::new()
        .name("blocking-calls".to_owned())
        .spawn(move || runtime.block_on(std::future::pending::<()>()))?;
    Ok(serving.insert(handle).clone())
}
