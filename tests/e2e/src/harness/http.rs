//! The few plain requests that need no browser: the sandbox's controls, and ending a session when a journey panics.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

/// Sends JSON to a server on this machine and returns the body of the answer.
pub(crate) fn send(port: u16, method: &str, path: &str, body: Option<&Value>) -> Result<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let body = body.map(Value::to_string).unwrap_or_default();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (head, body) = answer.split_once("\r\n\r\n").context("an answer without an end of its head")?;
    let status = head.split(' ').nth(1).unwrap_or_default();
    ensure!(status.starts_with('2'), "{method} {path}: {status} {body}");
    Ok(body.to_owned())
}

/// The port of an origin such as `http://localhost:8802`.
pub(crate) fn port(origin: &str) -> Result<u16> {
    origin.rsplit(':').next().and_then(|port| port.parse().ok()).with_context(|| format!("no port in {origin}"))
}
