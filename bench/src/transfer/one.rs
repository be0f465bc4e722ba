//! One transfer with the generated client, and the peak of this process's memory in its course.

use std::fmt;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::str::FromStr;
use std::task::{Context, Poll};
use std::time::Instant;

use browserbase_client::{Client, Upload};
use bytes::Bytes;
use futures_core::Stream;
use serde::{Deserialize, Serialize};

use crate::{Failure, runtime};

/// The size of the pieces that a stream is sent in.
const PIECE: usize = 64 * 1024;

/// What is done with a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// A file is sent.
    SendFile,
    /// A stream is sent.
    SendStream,
    /// A file is written.
    SaveFile,
    /// Pieces are taken as they come.
    ReadStream,
}

impl Way {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::SendFile, Self::SendStream, Self::SaveFile, Self::ReadStream];
}

/// Which transfer.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    base_url: String,
    way: Way,
    size: u64,
    file: PathBuf,
}

/// What it took.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    pub(super) seconds: f64,
    /// The most memory that the process held, in bytes; `None` where the operating system does not say.
    pub(super) peak: Option<u64>,
}

/// Makes it, and prints what it took as a line of JSON.
///
/// # Errors
/// It fails, or another number of bytes arrives.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let start = Instant::now();
    let arrived = runtime()?.block_on(transfer(arguments))?;
    if arrived != arguments.size {
        return Err(format!("{arrived} bytes arrived of {}", arguments.size).into());
    }
    let measured = Measured {
        seconds: start.elapsed().as_secs_f64(),
        peak: peak(),
    };
    println!("{}", serde_json::to_string(&measured)?);
    Ok(())
}

/// How many bytes arrived.
async fn transfer(arguments: &Arguments) -> Result<u64, Failure> {
    let Arguments { way, size, file, .. } = arguments;
    let client = Client::builder()
        .api_key("key")
        .base_url(&*arguments.base_url)
        .build()?;
    match way {
        Way::SendFile => sent(&client, Upload::from_path(file).await?).await,
        Way::SendStream => sent(&client, Upload::from_stream("file.zip", Zeros(*size), Some(*size))).await,
        Way::SaveFile => saved(&client, *size, file).await,
        Way::ReadStream => read(&client, *size).await,
    }
}

async fn sent(client: &Client, upload: Upload) -> Result<u64, Failure> {
    let answer = client.sessions().upload_file("id", upload).await?;
    Ok(answer.message.parse()?)
}

async fn saved(client: &Client, size: u64, file: &Path) -> Result<u64, Failure> {
    let download = client.sessions().get_downloads(size.to_string()).await?;
    download.save_to(file).await?;
    Ok(fs_err::metadata(file)?.len())
}

async fn read(client: &Client, size: u64) -> Result<u64, Failure> {
    let mut download = client.sessions().get_downloads(size.to_string()).await?;
    let mut length = 0;
    while let Some(piece) = download.chunk().await? {
        length += piece.len() as u64;
    }
    Ok(length)
}

/// So many zeros, in pieces.
struct Zeros(u64);

impl Stream for Zeros {
    type Item = Result<Bytes, std::convert::Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let length = PIECE.min(usize::try_from(self.0).unwrap_or(PIECE));
        self.0 -= length as u64;
        Poll::Ready((length > 0).then(|| Ok(vec![0; length].into())))
    }
}

/// The most memory that this process has held so far.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::SendFile => "upload, file",
            Self::SendStream => "upload, stream",
            Self::SaveFile => "download, file",
            Self::ReadStream => "download, stream",
        })
    }
}

impl FromStr for Way {
    type Err = Failure;

    fn from_str(text: &str) -> Result<Self, Failure> {
        let found = Self::ALL.into_iter().find(|way| way.to_string() == text);
        found.ok_or_else(|| format!("there is no way `{text}`").into())
    }
}
