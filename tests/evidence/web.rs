//! A client of plain HTTP that knows nothing but sockets.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The HTTP status.
    pub(crate) code: u16,
    /// The fields of its head.
    head: String,
    /// What it brings.
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The value of a field of the head; empty when there is none.
    pub(crate) fn field(&self, name: &str) -> &str {
        let fields = self.head.lines().filter_map(|line| line.split_once(": "));
        fields.into_iter().find(|(field, _)| *field == name).map_or("", |(_, value)| value)
    }
}

/// Asks with this first line, on a connection of its own.
pub(crate) fn ask(url: &str, line: &str) -> Answer {
    let address = url.strip_prefix("http://").expect("plain HTTP");
    let mut socket = TcpStream::connect(address).expect("it listens");
    socket.set_read_timeout(Some(PATIENCE)).expect("a socket");
    let question = format!("{line}\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    // It may answer and close before it has read everything.
    let _cut = socket.write_all(question.as_bytes());
    let mut answer = Vec::new();
    let _reset = socket.read_to_end(&mut answer);
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    let body = answer.split_off(end + 4);
    let head = String::from_utf8_lossy(&answer).into_owned();
    let code = head.split(' ').nth(1).and_then(|code| code.parse().ok());
    Answer { code: code.expect("a status"), head, body }
}
