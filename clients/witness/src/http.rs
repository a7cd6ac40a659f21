//! Being asked over plain HTTP/1.1, as C2SP has it.
//!
//! ```text
//! POST /add-checkpoint                    tlog-witness
//! GET  /ORIGIN-HASH/checkpoint            tlog-witness, monitoring
//! GET  /mirror/ORIGIN-HASH/checkpoint     tlog-tiles: what the mirror holds
//! GET  /mirror/ORIGIN-HASH/tile/...
//! ```
//!
//! Nobody is authenticated: the log's signature is. TLS, where it is wanted, is a proxy's. So that
//! strangers cannot use the machine up, connections, bytes and time are bounded.

use crate::mirror::Mirror;
use crate::witness::{Answer, Witness};
use barid_proto::tlog::add_checkpoint::MAX_REQUEST_LEN;
use bytes::Bytes;
use http::header::{ALLOW, CONTENT_TYPE};
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::convert::Infallible;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

/// Connections at one time: a hub needs one, monitors a few.
const MAX_CONNECTIONS: usize = 64;
/// Connections of one address, so that one stranger cannot hold them all. A proxy on this machine
/// brings everybody under one address and bounds them itself.
const MAX_CONNECTIONS_OF_ADDRESS: usize = 8;
/// How long a client may take for the head of a request, and idle connections may stay.
const HEAD_WITHIN: Duration = Duration::from_secs(20);
/// How long a client may take for a body of at most 256 KiB.
const BODY_WITHIN: Duration = Duration::from_secs(15);
/// The longest that one connection lives, whatever it does.
const CONNECTION_LIFE: Duration = Duration::from_secs(3600);
/// Rest after a failed accept, for instance for want of file descriptors.
const ACCEPT_REST: Duration = Duration::from_millis(100);

type Reply = Response<Full<Bytes>>;

/// What is served.
#[derive(Clone)]
pub struct Site {
    /// Who answers.
    pub witness: Arc<Witness>,
    /// The folder of the mirrors, if they are served.
    pub mirrors: Option<PathBuf>,
}

/// Answers on `listener` until the future is dropped.
pub async fn serve(listener: TcpListener, site: Site) {
    let room = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let guests = Arc::new(Guests::default());
    loop {
        let Ok(place) = Arc::clone(&room).acquire_owned().await else { return };
        match listener.accept().await {
            Ok((connection, from)) => {
                // Without a seat it is closed at once: that is all a stranger is owed.
                let Some(seat) = guests.enter(from.ip()) else { continue };
                let site = site.clone();
                tokio::spawn(async move {
                    // Broken connections are the client's affair.
                    drop(timeout(CONNECTION_LIFE, converse(connection, site)).await);
                    drop((place, seat));
                });
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                sleep(ACCEPT_REST).await;
            }
        }
    }
}

/// How many connections each address has.
#[derive(Default)]
struct Guests(Mutex<HashMap<IpAddr, usize>>);

/// One connection of an address, given back when dropped.
struct Seat {
    address: IpAddr,
    guests: Arc<Guests>,
}

impl Guests {
    fn enter(self: &Arc<Self>, address: IpAddr) -> Option<Seat> {
        let address = address.to_canonical();
        let mut seated = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own = seated.entry(address).or_default();
        if !address.is_loopback() && *own >= MAX_CONNECTIONS_OF_ADDRESS {
            return None;
        }
        *own += 1;
        Some(Seat { address, guests: Arc::clone(self) })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seated = self.guests.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Entry::Occupied(mut own) = seated.entry(self.address) {
            *own.get_mut() -= 1;
            if *own.get() == 0 {
                own.remove();
            }
        }
    }
}

async fn converse(connection: TcpStream, site: Site) -> Result<(), hyper::Error> {
    let answer = service_fn(move |request| {
        let site = site.clone();
        async move { Ok::<_, Infallible>(route(request, site).await) }
    });
    hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .serve_connection(TokioIo::new(connection), answer)
        .await
}

async fn route(request: Request<Incoming>, site: Site) -> Reply {
    let path = request.uri().path().to_owned();
    let (allowed, is_question) =
        if path == "/add-checkpoint" { (Method::POST, true) } else { (Method::GET, false) };
    if *request.method() != allowed {
        let mut reply = plain(StatusCode::METHOD_NOT_ALLOWED, "another method is needed\n");
        if let Ok(value) = allowed.as_str().parse() {
            reply.headers_mut().insert(ALLOW, value);
        }
        return reply;
    }
    if is_question { add_checkpoint(request, site).await } else { read(&path, site).await }
}

async fn add_checkpoint(request: Request<Incoming>, site: Site) -> Reply {
    let body = Limited::new(request.into_body(), MAX_REQUEST_LEN).collect();
    let body = match timeout(BODY_WITHIN, body).await {
        Ok(Ok(body)) => body.to_bytes(),
        Ok(Err(_)) => return plain(StatusCode::BAD_REQUEST, "the request cannot be read\n"),
        Err(_) => return plain(StatusCode::REQUEST_TIMEOUT, "the request took too long\n"),
    };
    let answer = tokio::task::spawn_blocking(move || site.witness.add_checkpoint(&body)).await;
    answer.map_or_else(|_| fault(), reply_of)
}

async fn read(path: &str, site: Site) -> Reply {
    let parts = path.strip_prefix('/').and_then(|path| path.split_once('/'));
    match parts {
        Some(("mirror", rest)) => read_mirror(rest, site.mirrors).await,
        Some((origin_hash, "checkpoint")) => match site.witness.checkpoint(origin_hash) {
            Ok(Some(note)) => plain(StatusCode::OK, &note.to_string()),
            Ok(None) => not_found(),
            Err(_) => fault(),
        },
        _ => not_found(),
    }
}

async fn read_mirror(path: &str, mirrors: Option<PathBuf>) -> Reply {
    let parts = path.split_once('/').zip(mirrors);
    let Some(((origin_hash, path), mirrors)) = parts else { return not_found() };
    // Nothing but a hash may name a folder.
    if barid_client::hex::decode::<32>(origin_hash).is_none() {
        return not_found();
    }
    let folder = mirrors.join(origin_hash);
    if path == "checkpoint" {
        return match tokio::fs::read(folder.join(path)).await {
            Ok(note) => plain(StatusCode::OK, &String::from_utf8_lossy(&note)),
            Err(_) => not_found(),
        };
    }
    let Some(stored) = Mirror::served(&folder, path) else { return not_found() };
    match tokio::fs::read(stored).await {
        Ok(bytes) => reply(StatusCode::OK, "application/octet-stream", bytes),
        Err(_) => not_found(),
    }
}

fn reply_of(answer: Answer) -> Reply {
    let code = StatusCode::from_u16(answer.code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    reply(code, answer.content_type, answer.body.into_bytes())
}

fn plain(code: StatusCode, text: &str) -> Reply {
    reply(code, "text/plain; charset=utf-8", text.as_bytes().to_vec())
}

fn reply(code: StatusCode, content_type: &'static str, body: Vec<u8>) -> Reply {
    let mut reply = Response::new(Full::new(Bytes::from(body)));
    *reply.status_mut() = code;
    let value = http::HeaderValue::from_static(content_type);
    reply.headers_mut().insert(CONTENT_TYPE, value);
    reply
}

fn not_found() -> Reply {
    plain(StatusCode::NOT_FOUND, "not found\n")
}

fn fault() -> Reply {
    plain(StatusCode::INTERNAL_SERVER_ERROR, "the witness cannot work\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_cannot_take_every_place() {
        let guests = Arc::new(Guests::default());
        let (one, other) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        let seats: Vec<_> = (0..MAX_CONNECTIONS_OF_ADDRESS).map(|_| guests.enter(one)).collect();
        assert!(seats.iter().all(Option::is_some));
        assert!(guests.enter(one).is_none());
        assert!(guests.enter("::ffff:192.0.2.1".parse().unwrap()).is_none(), "the same, as IPv6");
        assert!(guests.enter(other).is_some());
        drop(seats);
        assert!(guests.enter(one).is_some());
        assert!(guests.0.lock().unwrap().is_empty(), "nobody is remembered who has gone");
    }

    #[test]
    fn a_proxy_on_this_machine_brings_everybody() {
        let guests = Arc::new(Guests::default());
        let here = "127.0.0.1".parse().unwrap();
        let seats: Vec<_> = (0..MAX_CONNECTIONS).map(|_| guests.enter(here)).collect();
        assert!(seats.iter().all(Option::is_some));
    }
}
