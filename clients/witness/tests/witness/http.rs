//! Over real HTTP on the loopback.

use crate::fixture::{Log, ORIGIN, Place, WITNESS};
use barid_proto::tlog::add_checkpoint::MAX_REQUEST_LEN;
use barid_proto::tlog::note::Note;
use barid_witness::http::{Site, serve};
use barid_witness::ledger::origin_hash;
use barid_witness::witness::Witness;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A witness that listens on a free port of the loopback.
pub(crate) struct Served {
    pub(crate) address: SocketAddr,
    pub(crate) witness: Arc<Witness>,
    task: JoinHandle<()>,
}

impl Served {
    pub(crate) async fn start(place: &Place) -> Self {
        let witness = Arc::new(place.open());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let site = Site { witness: Arc::clone(&witness), mirrors: Some(place.path("mirror")) };
        Self { address, witness, task: tokio::spawn(serve(listener, site)) }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) code: u16,
    pub(crate) content_type: String,
    pub(crate) body: String,
    pub(crate) bytes: Vec<u8>,
}

pub(crate) async fn post(address: SocketAddr, body: &[u8]) -> Reply {
    exchange(address, "POST /add-checkpoint", body).await
}

pub(crate) async fn get(address: SocketAddr, path: &str) -> Reply {
    exchange(address, &format!("GET {path}"), b"").await
}

async fn exchange(address: SocketAddr, what: &str, body: &[u8]) -> Reply {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "{what} HTTP/1.1\r\nhost: witness.test\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    // A server that has read enough may have closed already.
    drop(stream.write_all(body).await);
    let mut reply = Vec::new();
    drop(stream.read_to_end(&mut reply).await);
    let end = reply.windows(4).position(|bytes| bytes == b"\r\n\r\n").expect("a head");
    let (head, bytes) = (String::from_utf8_lossy(&reply[..end]), reply[end + 4..].to_vec());
    let code = head.split(' ').nth(1).unwrap().parse().unwrap();
    let content_type = head.lines().find_map(|line| line.strip_prefix("content-type: "));
    let content_type = content_type.unwrap_or_default().to_owned();
    Reply { code, content_type, body: String::from_utf8_lossy(&bytes).into_owned(), bytes }
}

#[tokio::test]
async fn a_log_is_cosigned_as_it_grows_and_monitors_see_it() {
    let log = Log::with_leaves(300);
    let place = Place::following(&log);
    let served = Served::start(&place).await;
    let monitored = format!("/{}/checkpoint", origin_hash(ORIGIN));
    assert_eq!(get(served.address, &monitored).await.code, 404, "nothing was cosigned yet");
    let mut old = 0;
    for new in [0, 1, 2, 7, 256, 256, 257, 300] {
        let reply = post(served.address, log.question(old, new).to_string().as_bytes()).await;
        assert_eq!(reply.code, 200, "{old} to {new}: {reply:?}");
        assert_eq!(reply.body.lines().count(), 2);
        let shown = get(served.address, &monitored).await.body;
        let note = Note::parse(shown.as_bytes()).unwrap();
        assert_eq!(note.text(), log.checkpoint(new).to_string());
        assert!(note.verify(&log.verifier()).unwrap().is_some());
        for line in reply.body.lines() {
            assert!(line.starts_with(&format!("\u{2014} {WITNESS} ")));
            assert!(shown.contains(line), "what was returned is what is shown");
        }
        old = new;
    }
    assert_eq!(place.kept(), Vec::<std::path::PathBuf>::new());
}

#[tokio::test]
async fn what_is_no_question_is_answered_all_the_same() {
    let log = Log::with_leaves(1);
    let place = Place::following(&log);
    let served = Served::start(&place).await;
    assert_eq!(post(served.address, b"").await.code, 400);
    assert_eq!(post(served.address, b"old 1\n\nnothing\n").await.code, 400);
    assert_eq!(post(served.address, &vec![b'x'; MAX_REQUEST_LEN + 1]).await.code, 400);
    let reply = exchange(served.address, "GET /add-checkpoint", b"").await;
    assert_eq!(reply.code, 405);
    for path in ["/", "/x/checkpoint", "/mirror/..%2f/checkpoint", "/mirror/../keys/tile/0/000"] {
        assert_eq!(get(served.address, path).await.code, 404, "{path}");
    }
}

/// Sends what it is told, and never more; gives the code of the answer, if one comes in time.
async fn stall(address: SocketAddr, bytes: &[u8]) -> Option<u16> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    let mut reply = Vec::new();
    let read = stream.read_to_end(&mut reply);
    tokio::time::timeout(std::time::Duration::from_secs(60), read).await.ok()?.unwrap();
    String::from_utf8_lossy(&reply).split(' ').nth(1)?.parse().ok()
}

#[tokio::test]
async fn a_client_that_stalls_or_never_ends_is_let_go() {
    let log = Log::with_leaves(3);
    let place = Place::following(&log);
    let served = Served::start(&place).await;
    // Half a head, and half a body: both run out of time beside each other.
    let head = "POST /add-checkpoint HTTP/1.1\r\nhost: w\r\ncontent-length: 100\r\n";
    let body = format!("{head}\r\nold 0\n");
    let (no_head, no_body) = tokio::join!(
        stall(served.address, head.as_bytes()),
        stall(served.address, body.as_bytes())
    );
    assert!(no_head.is_none_or(|code| code == 408), "{no_head:?}");
    assert_eq!(no_body, Some(408));

    // A gigabyte is announced and sent until the witness has had enough.
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    let head =
        format!("POST /add-checkpoint HTTP/1.1\r\nhost: w\r\ncontent-length: {}\r\n\r\n", 1 << 30);
    stream.write_all(head.as_bytes()).await.unwrap();
    let chunk = vec![b'x'; 64 * 1024];
    let mut sent = 0_usize;
    while sent < 1 << 30 && stream.write_all(&chunk).await.is_ok() {
        sent += chunk.len();
    }
    assert!(sent < 64 << 20, "{sent} bytes were taken");
    assert_eq!(post(served.address, log.question(0, 3).to_string().as_bytes()).await.code, 200);
}
