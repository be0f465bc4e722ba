//! Prism, serving one document on loopback.
//!
//! Knows how Prism is started and when it is ready; it is ended when it is dropped.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use clientsmith::cli::failure::Failure;
use serde_json::{Value, json};

/// Prism reads the document before it listens, which takes a slow machine its time.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running Prism.
#[derive(Debug)]
pub(super) struct Prism {
    child: Child,
    pub(super) address: SocketAddr,
}

impl Prism {
    /// Starts it; it is not ready yet.
    pub(super) fn start(program: &Path, document: &Path) -> Result<Self, Failure> {
        // The port is free now, and nobody else on loopback is likely to take it within a second.
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let port = address.port().to_string();
        let child = Command::new("node")
            .arg(program)
            .args([
                "mock",
                "--host",
                "127.0.0.1",
                "--verboseLevel",
                "silent",
                "--port",
                &port,
            ])
            .arg(document)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .map_err(|error| Failure::new(format!("`node` cannot be run: {error}"), "install Node.js 20 or later"))?;
        Ok(Self { child, address })
    }

    /// Waits until it answers.
    pub(super) fn ready(&mut self) -> Result<(), Failure> {
        let start = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            if let Some(status) = self.child.try_wait()? {
                return Err(Failure::new(
                    format!("Prism ended with {status}"),
                    "see what it said above",
                ));
            }
            if start.elapsed() > PATIENCE {
                return Err(Failure::new(
                    "Prism does not listen",
                    "see whether the machine is overloaded",
                ));
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

/// The document with the bounds of integer formats in words that Prism's generator of random values knows.
pub(super) fn bounded(mut document: Value) -> Value {
    bound(&mut document);
    document
}

fn bound(value: &mut Value) {
    match value {
        Value::Object(object) => {
            let bounds = match object.get("format").and_then(Value::as_str) {
                Some("int8") => Some((-128, 127)),
                Some("uint8") => Some((0, 255)),
                Some("int16") => Some((-32_768, 32_767)),
                Some("uint16") => Some((0, 65_535)),
                _ => None,
            };
            if let Some((least, most)) = bounds {
                object.entry("minimum").or_insert(json!(least));
                object.entry("maximum").or_insert(json!(most));
            }
            object.values_mut().for_each(bound);
        }
        Value::Array(items) => items.iter_mut().for_each(bound),
        _ => {}
    }
}

impl Drop for Prism {
    fn drop(&mut self) {
        // Either of them fails only where the process has ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
