//! Faults of servers and networks, and what both clients make of them.
//!
//! A fault is a [`Row`]: what the server does, what the error then is, how often the call was sent and after which
//! pauses. Each row is played with the four calls of [`callers`], which have the rules about retries that their APIs'
//! documentation has. What needs more than a row is a test of its own, in the module of its kind.

mod callers;
mod connections;
mod downloads;
mod dropped;
mod failures;
mod redirects;
mod retries;
mod row;
mod successes;
mod times;

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use callers::{CALLERS, Caller};
use row::{Fault, IN_DOUBT, ONCE, Row, Sends, TURNED_AWAY};
use tokio::task::JoinSet;

/// How much later than it should a loaded machine may do something.
const SLACK: Duration = Duration::from_secs(8);

/// `{}`, compressed as `gzip` does it.
const GZIP: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\xab\xae\x05\x00\x43\xbf\xa6\xa3\x02\x00\x00\x00";

/// Plays all rows with all calls, at the same time.
async fn play(rows: impl IntoIterator<Item = Row>) {
    // All is set up before the first call is made: that takes longer than a call, and is no time of a call's.
    let mut ready = Vec::new();
    for row in rows.into_iter().map(Arc::new) {
        let calls = CALLERS.into_iter().zip(row.sends);
        ready.extend(calls.map(|(caller, sends)| Arc::clone(&row).play(caller, sends)));
    }
    let mut playing: JoinSet<()> = ready.into_iter().collect();
    let mut failed = 0;
    while let Some(played) = playing.join_next().await {
        failed += usize::from(played.is_err());
    }
    assert_eq!(failed, 0, "each of them is reported above");
}

/// Tests something with each call, at the same time.
async fn with_each<T>(test: fn(&'static Caller) -> T)
where
    T: Future<Output = ()> + Send + 'static,
{
    let mut testing = JoinSet::new();
    for caller in CALLERS {
        testing.spawn(test(caller));
    }
    testing.join_all().await;
}

/// Goes on until something is so.
async fn until(mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + SLACK;
    while !is_so() {
        assert!(Instant::now() < end, "it did not come about");
        tokio::time::sleep(milliseconds(5)).await;
    }
}

const fn milliseconds(number: u64) -> Duration {
    Duration::from_millis(number)
}
