//! As much of Browserbase as is measured, over HTTP/1.1 on loopback.
//!
//! Knows four requests. Its answers are made in advance, so that next to nothing of a call's time is spent here.

use std::io;
use std::net::Ipv4Addr;

use http::StatusCode;

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufStream, copy_buf, sink};
use tokio::net::{TcpListener, TcpStream};

use crate::{Failure, runtime};

/// A session as the API answers it, with an id that a call can be checked by.
pub const SESSION: &str = include_str!("session.json");

/// The size of the pieces in which downloads are sent.
const PIECE: usize = 64 * 1024;

/// Answers until standard input ends. The first line of the output says where.
///
/// All connections are served by one thread: with one for each, the operating system might place one connection's
/// thread better than another's, and so decide who is faster.
///
/// # Errors
/// It cannot listen.
pub fn serve() -> Result<(), Failure> {
    std::thread::spawn(|| {
        // The end of the input, and a failure to read it, are the end of the program.
        let _ = io::copy(&mut io::stdin(), &mut io::sink());
        std::process::exit(0);
    });
    let tasks = tokio::task::LocalSet::new();
    tasks.block_on(&runtime()?, async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        println!("http://{}", listener.local_addr()?);
        loop {
            let (connection, _) = listener.accept().await?;
            // What goes wrong on a connection is seen at its other end.
            tokio::task::spawn_local(async { drop(answer(connection).await) });
        }
    })
}

/// An answer in JSON.
#[must_use]
pub fn json(status: StatusCode, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}")
        .into_bytes()
}

/// Answers all requests of a connection.
async fn answer(connection: TcpStream) -> io::Result<()> {
    connection.set_nodelay(true)?;
    let mut connection = BufStream::with_capacity(PIECE, PIECE, connection);
    let session = json(StatusCode::OK, SESSION);
    while let Some(request) = Head::read(&mut connection).await? {
        let mut body = (&mut connection).take(request.content_length);
        match request.route().as_slice() {
            ["GET", "v1", "sessions", _] | ["POST", "v1", "sessions"] => {
                copy_buf(&mut body, &mut sink()).await?;
                connection.write_all(&session).await?;
            }
            ["GET", "v1", "sessions", size, "downloads"] => {
                download(&mut connection, size.parse().unwrap_or_default()).await?;
            }
            ["POST", "v1", "sessions", _, "uploads"] => {
                let length = file_length(&mut body).await?;
                let received = serde_json::json!({ "message": length.to_string() }).to_string();
                connection.write_all(&json(StatusCode::OK, &received)).await?;
            }
            _ => connection.write_all(&json(StatusCode::NOT_FOUND, "{}")).await?,
        }
        connection.flush().await?;
    }
    Ok(())
}

/// Sends so many bytes.
async fn download(connection: &mut BufStream<TcpStream>, size: u64) -> io::Result<()> {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: application/zip\r\ncontent-length: {size}\r\n\r\n");
    connection.write_all(head.as_bytes()).await?;
    let mut body = tokio::io::repeat(b'z').take(size);
    tokio::io::copy(&mut body, connection).await?;
    Ok(())
}

/// Reads a form that is one file, and gives the file's length.
async fn file_length(form: &mut (impl AsyncBufRead + Unpin)) -> io::Result<u64> {
    let mut line = String::new();
    // The delimiter, which stands at the end once more, between line breaks and with two dashes behind it.
    let framing = form.read_line(&mut line).await? as u64 + "\r\n--".len() as u64;
    while !line.trim_end().is_empty() {
        line.clear();
        form.read_line(&mut line).await?;
    }
    Ok(copy_buf(form, &mut sink()).await?.saturating_sub(framing))
}

/// What a request says before its body.
#[derive(Debug, PartialEq, Eq)]
struct Head {
    method: String,
    path: String,
    content_length: u64,
}

impl Head {
    /// The next one; `None` where the connection ends.
    async fn read(input: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<Self>> {
        let mut line = String::new();
        input.read_line(&mut line).await?;
        let mut words = line.split_ascii_whitespace().map(str::to_owned);
        let (Some(method), Some(path)) = (words.next(), words.next()) else {
            return Ok(None);
        };
        let mut head = Self {
            method,
            path,
            content_length: 0,
        };
        loop {
            line.clear();
            input.read_line(&mut line).await?;
            let Some((name, value)) = line.split_once(':') else {
                return Ok(Some(head));
            };
            if name.eq_ignore_ascii_case("content-length") {
                head.content_length = value.trim().parse().map_err(io::Error::other)?;
            }
        }
    }

    /// The method and the path's segments.
    fn route(&self) -> Vec<&str> {
        std::iter::once(&*self.method)
            .chain(self.path.split('/').skip(1))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Head, file_length};
    use crate::runtime;

    #[test]
    fn counts_what_is_in_a_file() {
        let mut form: &[u8] = b"--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n12345\r\n--b--\r\n";
        let length = runtime().unwrap().block_on(file_length(&mut form)).unwrap();
        assert_eq!(length, 5);
    }

    #[test]
    fn reads_requests_one_after_the_other() {
        let mut input: &[u8] = b"GET /v1/sessions/a HTTP/1.1\r\nhost: x\r\n\r\n\
            POST /v1/sessions HTTP/1.1\r\nContent-Length: 7\r\n\r\n";
        let mut next = || runtime().unwrap().block_on(Head::read(&mut input)).unwrap();
        let (get, post, end) = (next().unwrap(), next().unwrap(), next());
        assert_eq!(get.route(), ["GET", "v1", "sessions", "a"]);
        assert_eq!(get.content_length, 0);
        assert_eq!(post.route(), ["POST", "v1", "sessions"]);
        assert_eq!(post.content_length, 7);
        assert_eq!(end, None);
    }
}
