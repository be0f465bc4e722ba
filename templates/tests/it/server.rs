//! A server on the loopback interface: answers as its script says, and records requests byte by byte.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;

/// What the server does for one request.
#[derive(Clone)]
pub struct Answer {
    steps: Vec<Step>,
}

#[derive(Clone)]
enum Step {
    Send(Vec<u8>),
    Wait(Duration),
}

impl Answer {
    /// A whole answer with its length.
    pub fn new(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut head = format!("HTTP/1.1 {status} Reason\r\ncontent-length: {}\r\n", body.len());
        for (name, value) in headers {
            write!(head, "{name}: {value}\r\n").unwrap();
        }
        let mut bytes = (head + "\r\n").into_bytes();
        bytes.extend_from_slice(body);
        Self::raw(bytes)
    }

    /// JSON with a status.
    pub fn json(status: u16, body: impl AsRef<[u8]>) -> Self {
        Self::new(status, &[("content-type", "application/json")], body)
    }

    /// These bytes.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            steps: vec![Step::Send(bytes.into())],
        }
    }

    /// No answer for a time; the connection is closed after it.
    pub fn silence(time: Duration) -> Self {
        Self {
            steps: vec![Step::Wait(time)],
        }
    }

    /// Then wait.
    pub fn wait(mut self, time: Duration) -> Self {
        self.steps.push(Step::Wait(time));
        self
    }

    /// Then send these bytes.
    pub fn send(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.steps.push(Step::Send(bytes.into()));
        self
    }
}

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Request line and headers, with `\r\n`.
    pub head: String,
    /// The body, chunks included where it came in chunks.
    pub body: Vec<u8>,
    /// When it had come.
    pub at: Instant,
}

impl Recorded {
    /// `GET /path`
    pub fn line(&self) -> &str {
        self.head.lines().next().unwrap().strip_suffix(" HTTP/1.1").unwrap()
    }

    /// The address alone.
    pub fn target(&self) -> &str {
        self.line().split_once(' ').unwrap().1
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        let fields = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        let mut found = fields
            .filter(|(field, _)| field.eq_ignore_ascii_case(name))
            .map(|(_, value)| value);
        let value = found.next();
        assert_eq!(found.next(), None, "{name} came twice");
        value
    }

    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// A running server.
pub struct Server {
    address: String,
    requests: Arc<Mutex<Vec<Recorded>>>,
}

impl Server {
    /// Starts one that gives these answers, in order, and the last one from then on.
    pub async fn start(answers: impl Into<Vec<Answer>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let requests = Arc::<Mutex<Vec<Recorded>>>::default();
        let script = Arc::new(Mutex::new((answers.into(), 0)));
        let recorded = requests.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, script.clone(), recorded.clone()));
            }
        });
        Self { address, requests }
    }

    /// The times between the requests, in milliseconds.
    pub fn pauses(&self) -> Vec<u128> {
        let requests = self.requests();
        let pairs = requests.windows(2);
        pairs.map(|pair| (pair[1].at - pair[0].at).as_millis()).collect()
    }

    /// `http://127.0.0.1:…`
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// `127.0.0.1:…`
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What has come so far.
    pub fn requests(&self) -> Vec<Recorded> {
        self.requests.lock().unwrap().clone()
    }

    /// The one request that has come.
    pub fn request(&self) -> Recorded {
        let requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:#?}");
        requests[0].clone()
    }
}

type Script = Arc<Mutex<(Vec<Answer>, usize)>>;

async fn serve(mut stream: TcpStream, script: Script, requests: Arc<Mutex<Vec<Recorded>>>) {
    let mut buffer = Vec::new();
    while let Some(head) = read_head(&mut stream, &mut buffer).await {
        let answer = {
            let mut script = script.lock().unwrap();
            let index = script.1.min(script.0.len() - 1);
            script.1 += 1;
            script.0[index].clone()
        };
        let body = read_body(&head, &mut stream, &mut buffer).await;
        requests.lock().unwrap().push(Recorded {
            head,
            body,
            at: Instant::now(),
        });
        for step in &answer.steps {
            match step {
                Step::Send(bytes) if stream.write_all(bytes).await.is_err() => return,
                Step::Send(_) => {}
                Step::Wait(time) => tokio::time::sleep(*time).await,
            }
        }
        if !matches!(answer.steps[..], [Step::Send(_)]) {
            return;
        }
    }
}

async fn read_head(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<String> {
    loop {
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            let rest = buffer.split_off(end + 4);
            let head = std::mem::replace(buffer, rest);
            return Some(String::from_utf8(head).unwrap());
        }
        more(stream, buffer).await?;
    }
}

async fn read_body(head: &str, stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Vec<u8> {
    let lower = head.to_ascii_lowercase();
    let length = lower
        .lines()
        .find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
    let chunked = lower.contains("transfer-encoding: chunked");
    loop {
        let end = match length {
            Some(length) => Some(length).filter(|length| buffer.len() >= *length),
            None if chunked => buffer
                .windows(5)
                .position(|window| window == b"0\r\n\r\n")
                .map(|at| at + 5),
            None => Some(0),
        };
        if let Some(end) = end {
            let rest = buffer.split_off(end);
            return std::mem::replace(buffer, rest);
        }
        if more(stream, buffer).await.is_none() {
            return std::mem::take(buffer);
        }
    }
}

async fn more(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<()> {
    let count = stream.read_buf(buffer).await.ok()?;
    (count > 0).then_some(())
}
