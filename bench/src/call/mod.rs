//! `bench call`: generated calls beside the same ones written by hand.
//!
//! Knows in which order calls are made, and what is said about them.

mod by_hand;
mod contender;
mod generated;
mod socket;

use std::time::Instant;

pub use contender::{Call, Caller, Contender, Running};
use serde::{Deserialize, Serialize};

use crate::process::{self, Server};
use crate::statistics::{median, quantile};
use crate::{Failure, runtime};

/// What the server is called with; it takes anything.
const KEY: &str = "bb_live_31415926535897932384";
/// The id of the session that the server answers.
const SESSION: &str = "9f0c0d5e-5f0b-4a53-9a0e-2f6b8f1f7c11";
/// Rounds whose times do not count: connections, caches and clocks settle.
const WARM_UP: usize = 10;

/// How often, and how slow is too slow.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Exit status 1 where a generated call takes more than this times what it takes by hand, such as 1.05.
    #[arg(long, value_name = "RATIO")]
    limit: Option<f64>,
    /// How often the contenders take turns.
    #[arg(long, default_value_t = 2000)]
    rounds: usize,
    /// Calls in each turn: so few that most turns pass without the machine doing something else.
    #[arg(long, default_value_t = 10)]
    calls: u32,
}

/// What one call allocates.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Counted {
    /// Blocks, and times that one was made larger.
    blocks: f64,
    bytes: f64,
}

impl Counted {
    /// For each of so many calls.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "nothing here comes near 2^53")]
    pub fn new(stats: &stats_alloc::Stats, calls: u32) -> Self {
        let each = |count: usize| count as f64 / f64::from(calls);
        Self {
            blocks: each(stats.allocations + stats.reallocations),
            bytes: each(stats.bytes_allocated),
        }
    }
}

/// Whether each generated call is within the limit.
///
/// # Errors
/// The server cannot be reached, or a call fails.
pub fn run(arguments: &Arguments) -> Result<bool, Failure> {
    let server = Server::start()?;
    let mut within = true;
    println!("{HEADINGS}");
    for call in Call::ALL {
        for contender in Contender::ALL {
            let turns = runtime()?.block_on(turns(&server.base_url, call, contender, arguments))?;
            let names = [&*server.base_url, &call.to_string(), &contender.to_string()];
            let counted: Counted = process::measured("allocations", &names)?;
            println!("{}", row(call, contender, &turns, counted));
            let limit = arguments.limit.filter(|_| contender == Contender::Generated);
            within &= limit.is_none_or(|limit| median(&turns.ratios()) <= limit);
        }
    }
    println!("\n{LEGEND}");
    if let Some(limit) = arguments.limit {
        println!("\nlimit {limit}: {}", if within { "kept" } else { "exceeded" });
    }
    Ok(within)
}

const HEADINGS: &str = "call    contender    µs/call   ratio  middle half     allocations   bytes";
const LEGEND: &str = "\
µs/call      on one thread, from the call to its decoded answer; the median of all turns
ratio        to the call by hand right before or after; the median of all rounds, and their middle half
allocations  for each call, on all threads of the client: blocks, and times that one grew
generated    browserbase-client, as its users write the call
by-hand      reqwest and serde's derive: the same address, headers, times, types and failures; beside itself
socket       the same bytes over a bare connection: what the network and the server take";

/// Microseconds for each call, by turn: of a contender, and of the same calls by hand right before or after.
#[derive(Debug, Default)]
struct Turns {
    own: Vec<f64>,
    by_hand: Vec<f64>,
}

impl Turns {
    /// What a contender took in each round, by what it took by hand: whatever else the machine does in a round, it does
    /// to both.
    fn ratios(&self) -> Vec<f64> {
        let pairs = self.own.iter().zip(&self.by_hand);
        pairs.map(|(own, by_hand)| own / by_hand).collect()
    }
}

/// Lets a contender and the calls by hand take turns; by hand beside by hand shows how far the ratio can be trusted.
async fn turns(base_url: &str, call: Call, contender: Contender, arguments: &Arguments) -> Result<Turns, Failure> {
    let mut own = contender.caller(base_url, call)?;
    let mut by_hand = Contender::ByHand.caller(base_url, call)?;
    let mut turns = Turns::default();
    for round in 0..WARM_UP + arguments.rounds {
        // Who comes second finds in the processor's caches what both have in common: each does every other time.
        let (own, by_hand) = if round % 2 == 0 {
            let own = turn(&mut *own, arguments.calls).await?;
            (own, turn(&mut *by_hand, arguments.calls).await?)
        } else {
            let by_hand = turn(&mut *by_hand, arguments.calls).await?;
            (turn(&mut *own, arguments.calls).await?, by_hand)
        };
        if round >= WARM_UP {
            turns.own.push(own);
            turns.by_hand.push(by_hand);
        }
    }
    Ok(turns)
}

/// What each call of a turn takes.
async fn turn(caller: &mut dyn Caller, calls: u32) -> Result<f64, Failure> {
    let start = Instant::now();
    caller.repeat(calls).await?;
    Ok(start.elapsed().as_secs_f64() * 1e6 / f64::from(calls.max(1)))
}

fn row(call: Call, contender: Contender, turns: &Turns, counted: Counted) -> String {
    let ratios = turns.ratios();
    format!(
        "{call:<7} {contender:<10} {:>9.1} {:>7.3}  {:.3} to {:.3} {:>12.1} {:>7.0}",
        median(&turns.own),
        median(&ratios),
        quantile(&ratios, 0.25),
        quantile(&ratios, 0.75),
        counted.blocks,
        counted.bytes,
    )
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::{Ipv4Addr, TcpListener};
    use std::thread;

    use http::StatusCode;

    use super::{Call, Contender};
    use crate::{runtime, server};

    /// What a contender sends: the lines of the head, but for the client's own name, and the body.
    fn sent(listener: &TcpListener, call: Call, contender: Contender) -> Vec<String> {
        let base_url = format!("http://{}", listener.local_addr().expect("it listens"));
        thread::scope(|scope| {
            let lines = scope.spawn(|| received(listener));
            let calls = async { contender.caller(&base_url, call)?.repeat(1).await };
            runtime()
                .expect("there is one")
                .block_on(calls)
                .expect("it is answered");
            lines.join().expect("it receives")
        })
    }

    fn received(listener: &TcpListener) -> Vec<String> {
        let (mut connection, _) = listener.accept().expect("a client comes");
        let mut input = BufReader::new(connection.try_clone().expect("it is open"));
        let lines = input.by_ref().lines().map_while(Result::ok);
        let mut lines: Vec<_> = lines.take_while(|line| !line.is_empty()).collect();
        lines.retain(|line| !line.starts_with("user-agent: "));
        lines[1..].sort();
        let length = lines.iter().find_map(|line| line.strip_prefix("content-length: "));
        let mut body = vec![0; length.map_or(0, |length| length.parse().expect("it is a number"))];
        input.read_exact(&mut body).expect("it comes whole");
        lines.push(String::from_utf8(body).expect("it is text"));
        let answer = server::json(StatusCode::OK, server::SESSION);
        connection.write_all(&answer).expect("it is read");
        lines
    }

    #[test]
    fn all_send_the_same() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("there is a port");
        for call in Call::ALL {
            let [generated, by_hand, socket] = Contender::ALL.map(|contender| sent(&listener, call, contender));
            assert_eq!(by_hand, generated);
            assert_eq!(socket, generated);
        }
    }
}
