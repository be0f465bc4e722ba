//! A relay on loopback between a client and Prism that keeps what went through it.
//!
//! Knows as much of HTTP/1.1 as that takes: one exchange for each connection, bodies with a length or in chunks.

use std::fmt::Write as _;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// Nothing on loopback takes longer.
const PATIENCE: Duration = Duration::from_secs(60);

/// A request or an answer.
#[derive(Debug, Clone, Default)]
pub(super) struct Message {
    /// `POST /v1/sessions HTTP/1.1`, or `HTTP/1.1 200 OK`.
    pub(super) start: String,
    /// Names in lower case, and values.
    pub(super) headers: Vec<(String, String)>,
    /// Without the frames of chunks.
    pub(super) body: Vec<u8>,
}

impl Message {
    /// The value of a header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The first line's words.
    pub(super) fn word(&self, index: usize) -> &str {
        self.start.split(' ').nth(index).unwrap_or_default()
    }
}

/// A request, and what was answered.
#[derive(Debug, Clone, Default)]
pub(super) struct Exchange {
    pub(super) request: Message,
    pub(super) answer: Message,
}

/// A running relay; it ends when it is dropped.
#[derive(Debug)]
pub(super) struct Relay {
    pub(super) address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    upstream: SocketAddr,
    /// The part of the path that is the base URL's: Prism does not know it.
    prefix: String,
    exchanges: Mutex<Vec<Exchange>>,
    over: AtomicBool,
}

impl Relay {
    /// Starts one.
    pub(super) fn start(upstream: SocketAddr, prefix: &str) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            upstream,
            prefix: prefix.to_owned(),
            exchanges: Mutex::default(),
            over: AtomicBool::new(false),
        });
        let own = Arc::clone(&shared);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if own.over.load(Ordering::Relaxed) {
                    break;
                }
                let shared = Arc::clone(&own);
                // A connection that breaks is seen by the client, whose answer says so.
                thread::spawn(move || drop(shared.serve(client)));
            }
        });
        Ok(Self { address, shared })
    }

    /// The exchanges since the last time.
    pub(super) fn take(&self) -> Vec<Exchange> {
        std::mem::take(&mut *self.shared.exchanges.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.shared.over.store(true, Ordering::Relaxed);
        // Wakes the loop up, so that it sees that it is over.
        drop(TcpStream::connect(self.address));
    }
}

impl Shared {
    fn serve(&self, mut client: TcpStream) -> io::Result<()> {
        client.set_read_timeout(Some(PATIENCE))?;
        let request = receive(&mut BufReader::new(&client))?;
        let mut upstream = TcpStream::connect(self.upstream)?;
        upstream.set_read_timeout(Some(PATIENCE))?;
        upstream.write_all(&self.forwarded(&request))?;
        let answer = receive(&mut BufReader::new(&upstream))?;
        let bytes = returned(&answer);
        // Kept before it is sent: whoever has the answer may ask for the exchange.
        let exchange = Exchange { request, answer };
        let mut exchanges = self.exchanges.lock().unwrap_or_else(PoisonError::into_inner);
        exchanges.push(exchange);
        drop(exchanges);
        client.write_all(&bytes)
    }

    fn forwarded(&self, request: &Message) -> Vec<u8> {
        let target = request.word(1);
        let target = target.strip_prefix(&self.prefix).unwrap_or(target);
        let start = format!("{} {target} HTTP/1.1", request.word(0));
        // Prism takes a request without a length for one without a body.
        let has_length = request.header("content-length").or(request.header("transfer-encoding"));
        written(&start, request, has_length.is_some())
    }
}

fn returned(answer: &Message) -> Vec<u8> {
    // RFC 9110, section 8.6: no length with 204.
    written(&answer.start, answer, answer.word(1) != "204")
}

/// A message with its length instead of chunks, and no other after it on the same connection.
fn written(start: &str, message: &Message, length: bool) -> Vec<u8> {
    const FRAMING: [&str; 4] = ["connection", "content-length", "keep-alive", "transfer-encoding"];
    let mut head = format!("{start}\r\nconnection: close\r\n");
    for (name, value) in message
        .headers
        .iter()
        .filter(|(name, _)| !FRAMING.contains(&name.as_str()))
    {
        // Writing to a String cannot fail.
        let _ = write!(head, "{name}: {value}\r\n");
    }
    if length {
        let _ = write!(head, "content-length: {}\r\n", message.body.len());
    }
    head.push_str("\r\n");
    let mut bytes = head.into_bytes();
    bytes.extend_from_slice(&message.body);
    bytes
}

fn receive(input: &mut impl BufRead) -> io::Result<Message> {
    let mut message = Message {
        start: line(input)?,
        ..Message::default()
    };
    loop {
        let line = line(input)?;
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        message
            .headers
            .push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let length = message.header("content-length").and_then(|length| length.parse().ok());
    if message.header("transfer-encoding").is_some() {
        message.body = chunks(input)?;
    } else if let Some(length) = length {
        message.body = exactly(input, length)?;
    } else if message.start.starts_with("HTTP/") && message.word(1) != "204" {
        input.read_to_end(&mut message.body)?;
    }
    Ok(message)
}

fn line(input: &mut impl BufRead) -> io::Result<String> {
    let mut bytes = Vec::new();
    input.read_until(b'\n', &mut bytes)?;
    if bytes.is_empty() {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(String::from_utf8_lossy(bytes.trim_ascii_end()).into_owned())
}

fn exactly(input: &mut impl Read, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = input.take(length).read_to_end(&mut bytes)?;
    if read as u64 == length {
        Ok(bytes)
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

fn chunks(input: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let size = u64::from_str_radix(&line(input)?, 16).map_err(io::Error::other)?;
        body.extend(exactly(input, size)?);
        line(input)?;
        if size == 0 {
            return Ok(body);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::receive;

    #[test]
    fn reads_chunks_and_lengths() {
        let chunked = b"POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n";
        let message = receive(&mut chunked.as_slice()).expect("it is whole");
        assert_eq!((message.word(1), message.body.as_slice()), ("/a", b"abcd".as_slice()));
        let counted = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokay";
        assert_eq!(receive(&mut counted.as_slice()).expect("it is whole").body, b"ok");
    }
}
