//! A server on the loopback interface: real TCP and HTTP/1.1. It answers as its script says and records every request
//! byte by byte. It has threads of its own, so that it does not depend on the runtime under test, and ends with the
//! test: dropping it closes all of its connections. Its faults are those of real servers and networks: it can send half of
//! anything, byte by byte, keep silent, hang up, and reset a connection.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a test that cannot go on says so by failing"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::Value;
use socket2::SockRef;

/// No request of a test is larger, head included.
const LIMIT: usize = 64 * 1024 * 1024;
/// A connection on which nothing comes for this long is closed, so that no test hangs.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often a server that waits looks whether it is over.
const GLANCE: Duration = Duration::from_millis(10);

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// The method.
    pub method: String,
    /// The target as it was sent: path and query, still encoded.
    pub target: String,
    /// The headers in their order; the names in the spelling that was sent.
    pub headers: Vec<(String, String)>,
    /// Request line and headers, byte by byte, with the empty line.
    pub head: Vec<u8>,
    /// The body; chunks are put together.
    pub body: Vec<u8>,
    /// When it had come.
    pub arrived: Instant,
    /// The number of its connection: the server's first is 0.
    pub connection: usize,
}

impl Recorded {
    /// The values of a header, whatever the spelling of its name.
    pub fn values(&self, name: &str) -> Vec<&str> {
        let same = |(known, value)| if is(known, name) { Some(value) } else { None };
        self.headers
            .iter()
            .map(|(known, value)| (known.as_str(), value.as_str()))
            .filter_map(same)
            .collect()
    }

    /// The value of a header, if it is there; it must not be there twice.
    pub fn header(&self, name: &str) -> Option<&str> {
        let values = self.values(name);
        assert!(values.len() <= 1, "`{name}` came more than once: {values:?}");
        values.first().copied()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error} in the body {:?}", String::from_utf8_lossy(&self.body)))
    }

    /// Whether these bytes stand anywhere in the request.
    pub fn contains(&self, text: &str) -> bool {
        let found = |bytes: &[u8]| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        found(&self.head) || found(&self.body)
    }
}

fn is(known: &str, name: &str) -> bool {
    known.eq_ignore_ascii_case(name)
}

/// What the server does for one request.
#[derive(Debug, Clone)]
pub struct Answer {
    steps: Vec<Step>,
    /// Whether it is given before the request's body is read, which then is read no more.
    is_early: bool,
}

#[derive(Debug, Clone)]
enum Step {
    Send(Vec<u8>),
    /// Byte by byte, with a pause after each.
    Trickle(Vec<u8>, Duration),
    Wait(Duration),
    /// So many bytes of [`pattern`].
    Pattern(u64),
    Close,
    Reset,
}

/// How a connection ends.
#[derive(PartialEq, Eq)]
enum End {
    /// In order: whatever was sent arrives.
    Closed,
    /// With `RST`.
    Reset,
}

impl Answer {
    /// An answer with its length.
    pub fn new(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let length = body.len().to_string();
        let mut all = headers.to_vec();
        // RFC 9110, section 8.6: not with 204.
        if status != 204 {
            all.push(("content-length", &length));
        }
        Self::head(status, &all).send(body)
    }

    /// A JSON value.
    pub fn json(status: u16, body: &Value) -> Self {
        Self::new(status, &[("content-type", "application/json")], body.to_string())
    }

    /// An answer without a body.
    pub fn empty(status: u16) -> Self {
        Self::new(status, &[], "")
    }

    /// A status line and headers; whatever follows has to be said.
    pub fn head(status: u16, headers: &[(&str, &str)]) -> Self {
        let mut head = format!("HTTP/1.1 {status} Scripted\r\n");
        for (name, value) in headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        Self::nothing().send(head + "\r\n")
    }

    /// No bytes at all; whatever is to happen has to be said.
    pub fn nothing() -> Self {
        Self {
            steps: Vec::new(),
            is_early: false,
        }
    }

    /// Nothing for as long as the test runs.
    pub fn silence() -> Self {
        Self::nothing().stall()
    }

    /// The same to the head of a request alone; its body is not read.
    #[must_use]
    pub fn early(mut self) -> Self {
        self.is_early = true;
        self
    }

    /// Then these bytes.
    #[must_use]
    pub fn send(mut self, bytes: impl AsRef<[u8]>) -> Self {
        self.steps.push(Step::Send(bytes.as_ref().to_vec()));
        self
    }

    /// Then these bytes one by one, with a pause after each.
    #[must_use]
    pub fn trickle(mut self, bytes: impl AsRef<[u8]>, pause: Duration) -> Self {
        self.steps.push(Step::Trickle(bytes.as_ref().to_vec(), pause));
        self
    }

    /// Then nothing for as long as the test runs, on a connection that stays open.
    #[must_use]
    pub fn stall(self) -> Self {
        self.wait(PATIENCE)
    }

    /// Then nothing for a time.
    #[must_use]
    pub fn wait(mut self, time: Duration) -> Self {
        self.steps.push(Step::Wait(time));
        self
    }

    /// Then so many bytes of [`pattern`], made while they are sent.
    #[must_use]
    pub fn pattern(mut self, length: u64) -> Self {
        self.steps.push(Step::Pattern(length));
        self
    }

    /// Then the end of the connection.
    #[must_use]
    pub fn close(mut self) -> Self {
        self.steps.push(Step::Close);
        self
    }

    /// Then a reset of the connection, as by a host or a firewall that knows nothing of it.
    #[must_use]
    pub fn reset(mut self) -> Self {
        // What is not read yet when the reset arrives may be lost: it gets the time to be read.
        self = self.wait(Duration::from_millis(50));
        self.steps.push(Step::Reset);
        self
    }
}

/// Bytes without a short period, so that pieces that are lost, doubled or swapped are noticed.
pub fn pattern(offset: u64, buffer: &mut [u8]) {
    for (index, byte) in (offset..).zip(buffer) {
        *byte = (index ^ (index >> 8) ^ (index >> 16).wrapping_mul(151)).to_le_bytes()[0];
    }
}

/// A hash of a stream of bytes (FNV-1a, 64 bits), for comparing what two sides saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    /// Takes more bytes in.
    pub fn update(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// A server. Every request takes the next answer of the script; one too many is answered with 599.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    listener: Option<JoinHandle<()>>,
}

struct Shared {
    script: Mutex<std::vec::IntoIter<Answer>>,
    recorded: Mutex<Vec<Recorded>>,
    /// What the patterns that were sent hash to.
    sent: Mutex<Hash>,
    /// Those that are open.
    connections: Mutex<BTreeMap<usize, TcpStream>>,
    stopped: AtomicBool,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Server {
    /// Starts a server.
    pub fn start(script: impl IntoIterator<Item = Answer>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let shared = Arc::new(Shared {
            script: Mutex::new(script.into_iter().collect::<Vec<_>>().into_iter()),
            recorded: Mutex::default(),
            sent: Mutex::default(),
            connections: Mutex::default(),
            stopped: AtomicBool::new(false),
        });
        let listening = Arc::clone(&shared);
        let listener = std::thread::spawn(move || listening.listen(&listener));
        Self {
            address,
            shared,
            listener: Some(listener),
        }
    }

    /// `http://127.0.0.1:PORT`
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// `127.0.0.1:PORT`
    pub fn authority(&self) -> String {
        self.address.to_string()
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<Recorded> {
        lock(&self.shared.recorded).clone()
    }

    /// The only request.
    pub fn request(&self) -> Recorded {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:#?}");
        requests.remove(0)
    }

    /// How many connections neither side has ended yet.
    pub fn open_connections(&self) -> usize {
        lock(&self.shared.connections).len()
    }

    /// What the patterns that were sent so far hash to.
    pub fn sent(&self) -> Hash {
        *lock(&self.shared.sent)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        for connection in lock(&self.shared.connections).values() {
            // It may be closed already.
            let _ = connection.shutdown(Shutdown::Both);
        }
        // Wakes the listener, which then sees that it is over.
        let _ = TcpStream::connect(self.address);
        if let Some(listener) = self.listener.take() {
            let _ = listener.join();
        }
    }
}

impl Shared {
    fn listen(self: &Arc<Self>, listener: &TcpListener) {
        for (number, connection) in listener.incoming().enumerate() {
            if self.stopped.load(Ordering::SeqCst) {
                return;
            }
            let Ok(connection) = connection else { continue };
            if let Ok(copy) = connection.try_clone() {
                lock(&self.connections).insert(number, copy);
            }
            let shared = Arc::clone(self);
            std::thread::spawn(move || shared.attend(number, connection));
        }
    }

    /// Serves a connection to its end.
    fn attend(&self, number: usize, connection: TcpStream) {
        // The other side may go away at any time; the test sees what was recorded.
        let end = self.serve(number, &connection).unwrap_or(End::Closed);
        if end == End::Closed {
            let _ = connection.shutdown(Shutdown::Both);
        }
        drop(connection);
        // The last handle: now it is closed, or reset.
        lock(&self.connections).remove(&number);
    }

    fn serve(&self, number: usize, connection: &TcpStream) -> io::Result<End> {
        connection.set_read_timeout(Some(PATIENCE))?;
        connection.set_write_timeout(Some(PATIENCE))?;
        connection.set_nodelay(true)?;
        let mut reader = BufReader::new(connection);
        while let Some(mut request) = read_head(&mut reader, number)? {
            let is_early = lock(&self.script)
                .as_slice()
                .first()
                .is_some_and(|answer| answer.is_early);
            if !is_early {
                request.body = read_body(&mut reader, &request)?;
            }
            request.arrived = Instant::now();
            lock(&self.recorded).push(request);
            let next = lock(&self.script).next();
            let answer = next.unwrap_or_else(|| Answer::new(599, &[], "the script has ended"));
            for step in answer.steps {
                if self.stopped.load(Ordering::SeqCst) {
                    return Ok(End::Closed);
                }
                if let Some(end) = self.play(step, connection)? {
                    return Ok(end);
                }
            }
            if is_early {
                break;
            }
        }
        Ok(End::Closed)
    }

    /// Does one step; says whether the connection ends with it.
    fn play(&self, step: Step, mut connection: &TcpStream) -> io::Result<Option<End>> {
        match step {
            Step::Send(bytes) => connection.write_all(&bytes)?,
            Step::Trickle(bytes, pause) => {
                for byte in bytes {
                    connection.write_all(&[byte])?;
                    self.wait(connection, pause)?;
                }
            }
            Step::Wait(time) => self.wait(connection, time)?,
            Step::Pattern(length) => self.send_pattern(connection, length)?,
            Step::Close => return Ok(Some(End::Closed)),
            Step::Reset => {
                SockRef::from(connection).set_linger(Some(Duration::ZERO))?;
                return Ok(Some(End::Reset));
            }
        }
        Ok(None)
    }

    /// Passes a time. It is an error if the other side ends the connection meanwhile.
    fn wait(&self, connection: &TcpStream, time: Duration) -> io::Result<()> {
        let end = Instant::now() + time;
        while !self.stopped.load(Ordering::SeqCst) {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            connection.set_read_timeout(Some(left.min(GLANCE)))?;
            match connection.peek(&mut [0]) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                // The next request is there, and has to wait.
                Ok(_) => std::thread::sleep(left.min(GLANCE)),
                Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {}
                Err(error) => return Err(error),
            }
        }
        connection.set_read_timeout(Some(PATIENCE))
    }

    fn send_pattern(&self, mut connection: &TcpStream, length: u64) -> io::Result<()> {
        let mut buffer = vec![0; 64 * 1024];
        let mut sent = 0;
        while sent < length {
            let size = usize::try_from(length - sent).map_or(buffer.len(), |left| left.min(buffer.len()));
            let piece = &mut buffer[..size];
            pattern(sent, piece);
            lock(&self.sent).update(piece);
            connection.write_all(piece)?;
            sent += size as u64;
        }
        Ok(())
    }
}

/// The next request of a connection without its body; `None` where the other side has ended it.
fn read_head(reader: &mut impl BufRead, connection: usize) -> io::Result<Option<Recorded>> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if read_line(reader, &mut head)? == 0 {
            return Ok(None);
        }
    }
    let text = String::from_utf8(head.clone()).map_err(io::Error::other)?;
    let mut lines = text.split("\r\n");
    let mut words = lines.next().unwrap_or_default().splitn(3, ' ');
    let mut word = || words.next().unwrap_or_default().to_owned();
    let (method, target, version) = (word(), word(), word());
    assert_eq!(version, "HTTP/1.1", "in {text:?}");
    let headers: Vec<_> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect();
    Ok(Some(Recorded {
        method,
        target,
        headers,
        head,
        body: Vec::new(),
        arrived: Instant::now(),
        connection,
    }))
}

fn read_body(reader: &mut impl BufRead, request: &Recorded) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    if request.header("transfer-encoding") == Some("chunked") {
        assert_eq!(request.header("content-length"), None, "RFC 9112, section 6.2");
        while read_chunk(reader, &mut body)? {}
    } else if let Some(length) = request.header("content-length") {
        let length: usize = length.parse().expect("a length");
        assert!(length <= LIMIT, "{length} bytes");
        body.resize(length, 0);
        reader.read_exact(&mut body)?;
    }
    Ok(body)
}

/// Reads one chunk (RFC 9112, section 7.1); whether more follow.
fn read_chunk(reader: &mut impl BufRead, body: &mut Vec<u8>) -> io::Result<bool> {
    let mut line = Vec::new();
    read_line(reader, &mut line)?;
    let text = String::from_utf8(line).map_err(io::Error::other)?;
    let length = usize::from_str_radix(text.trim(), 16).map_err(io::Error::other)?;
    let start = body.len();
    assert!(start + length <= LIMIT, "{length} more bytes");
    body.resize(start + length, 0);
    reader.read_exact(&mut body[start..])?;
    let mut end = [0; 2];
    reader.read_exact(&mut end)?;
    assert_eq!(&end, b"\r\n", "the end of a chunk");
    Ok(length > 0)
}

fn read_line(reader: &mut impl BufRead, into: &mut Vec<u8>) -> io::Result<usize> {
    let read = reader.take(64 * 1024).read_until(b'\n', into)?;
    assert!(into.len() <= LIMIT, "a head that does not end");
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::{Answer, Server};
    use std::io::{self, Read, Write};
    use std::net::TcpStream;
    use std::time::Duration;

    fn exchange(server: &Server, request: &str) -> String {
        let mut connection = TcpStream::connect(server.authority()).unwrap();
        connection.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn requests_are_recorded_as_they_came() {
        let server = Server::start([Answer::new(200, &[("x-a", "b")], "hello").close()]);
        let answer = exchange(
            &server,
            "POST /a%20b?c=d HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n",
        );
        assert_eq!(
            answer,
            "HTTP/1.1 200 Scripted\r\nx-a: b\r\ncontent-length: 5\r\n\r\nhello"
        );
        let request = server.request();
        assert_eq!((&*request.method, &*request.target), ("POST", "/a%20b?c=d"));
        assert_eq!(
            request.headers,
            [("Host", "h"), ("Transfer-Encoding", "chunked")].map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
        assert_eq!(request.body, b"abc0123456789");
    }

    #[test]
    fn what_was_sent_before_a_reset_arrives() {
        let server = Server::start([Answer::nothing().trickle("abc", Duration::from_millis(1)).reset()]);
        let mut connection = TcpStream::connect(server.authority()).unwrap();
        connection.write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        let error = connection.read_to_end(&mut answer).unwrap_err();
        assert_eq!((&*answer, error.kind()), (&b"abc"[..], io::ErrorKind::ConnectionReset));
    }

    #[test]
    fn a_connection_is_open_until_one_side_ends_it() {
        let server = Server::start([Answer::silence()]);
        let mut connection = TcpStream::connect(server.authority()).unwrap();
        connection.write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap();
        while server.requests().is_empty() {
            std::thread::yield_now();
        }
        assert_eq!(server.open_connections(), 1);
        drop(connection);
        while server.open_connections() > 0 {
            std::thread::yield_now();
        }
    }

    #[test]
    fn a_script_that_has_ended_says_so() {
        let server = Server::start([]);
        let mut connection = TcpStream::connect(server.authority()).unwrap();
        connection.write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap();
        let mut answer = [0; 12];
        connection.read_exact(&mut answer).unwrap();
        assert_eq!(&answer, b"HTTP/1.1 599");
    }
}
