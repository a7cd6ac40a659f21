//! The log as a static folder over plain HTTP/1.1: C2SP tlog-tiles, for whoever audits it.
//!
//! ```text
//! GET /checkpoint                   the newest published checkpoint
//! GET /tile/L/N[.p/W]               hashes
//! GET /tile/entries/N[.p/W]         leaves
//! ```
//!
//! Nobody is authenticated and nothing is encrypted: all of it proves itself, and every institution
//! may read it anyway. TLS, and a name on the internet, are the business of a proxy in front. So
//! that strangers can take nothing from the offices, they have connections, time and reads of
//! their own, few of each.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use barid_proto::tlog::bundle::Bundle;
use barid_proto::tlog::tile::{FULL_WIDTH, Tile};
use bytes::Bytes;
use http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use crate::error::Error;
use crate::hub::Hub;
use crate::rpc::limits::ACCEPT_PAUSE;

/// Connections at once: a proxy keeps some, auditors come one by one.
const CONNECTIONS_MAX: usize = 64;
/// Reads of the store at once, of the 16 that offices and auditors share.
const READS_MAX: usize = 4;
/// Time for the head of a request, and for the next one on the same connection.
const HEAD_WITHIN: Duration = Duration::from_secs(10);
/// Bytes of a request's head: the least that hyper takes, and twenty times what is needed.
const HEAD_BYTES_MAX: usize = 8 * 1024;
/// Fields in the head: what proxies add.
const FIELDS_MAX: usize = 64;
/// The longest that one connection lives, whatever it does: a slow reader gets 30 KiB in it.
const CONNECTION_LIFE: Duration = Duration::from_secs(300);

/// It never changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Its bytes never change either, but soon nobody asks for so narrow a tile.
const FOR_AN_HOUR: &str = "public, max-age=3600";
/// The next answer may be another.
const NOT_KEPT: &str = "no-store";

type Reply = Response<Full<Bytes>>;

/// Serves the published log on `listener` until the future is dropped.
pub async fn serve_tiles(listener: TcpListener, hub: Arc<Hub>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let site = Site { hub, reads: Arc::new(Semaphore::new(READS_MAX)) };
    // Neither semaphore is ever closed; ending is all that could follow.
    while let Ok(place) = Arc::clone(&places).acquire_owned().await {
        match listener.accept().await {
            Ok((socket, _)) => {
                let site = site.clone();
                tokio::spawn(async move {
                    // A connection that breaks is the reader's affair.
                    drop(timeout(CONNECTION_LIFE, site.converse(socket)).await);
                    drop(place);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "cannot accept readers of the log");
                sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

#[derive(Clone)]
struct Site {
    hub: Arc<Hub>,
    reads: Arc<Semaphore>,
}

impl Site {
    async fn converse(self, socket: TcpStream) -> Result<(), hyper::Error> {
        let answer = service_fn(move |request| {
            let site = self.clone();
            async move { Ok::<_, Infallible>(site.answer(request).await) }
        });
        hyper::server::conn::http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_WITHIN)
            .max_buf_size(HEAD_BYTES_MAX)
            .max_headers(FIELDS_MAX)
            .serve_connection(TokioIo::new(socket), answer)
            .await
    }

    async fn answer(&self, request: Request<Incoming>) -> Reply {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            let mut reply = plain(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD\n");
            set(&mut reply, ALLOW, "GET, HEAD");
            return reply;
        }
        let path = request.uri().path();
        let path = path.strip_prefix('/').unwrap_or(path);
        if path == "checkpoint" {
            let note = self.hub.checkpoint().note;
            return reply(StatusCode::OK, "text/plain; charset=utf-8", NOT_KEPT, note);
        }
        let Ok(_reading) = self.reads.acquire().await else { return fault() };
        if let Ok(tile) = path.parse::<Tile>() {
            found(self.hub.published_tile(tile).await, tile.width())
        } else if let Ok(bundle) = path.parse::<Bundle>() {
            found(self.hub.published_bundle(bundle).await, bundle.width())
        } else {
            not_found()
        }
    }
}

fn found(read: Result<Option<Vec<u8>>, Error>, width: u16) -> Reply {
    let kept = if width == FULL_WIDTH { FOR_EVER } else { FOR_AN_HOUR };
    match read {
        Ok(Some(bytes)) => reply(StatusCode::OK, "application/octet-stream", kept, bytes),
        Ok(None) => not_found(),
        Err(Error::Refused(refusal)) => {
            tracing::warn!(text = refusal.text, "a reader of the log was refused");
            plain(StatusCode::SERVICE_UNAVAILABLE, "come back later\n")
        }
        Err(Error::Failed(failed)) => {
            tracing::error!(fault = failed.chain(), "the log cannot be read");
            fault()
        }
    }
}

fn not_found() -> Reply {
    plain(StatusCode::NOT_FOUND, "not in the published log\n")
}

fn fault() -> Reply {
    plain(StatusCode::INTERNAL_SERVER_ERROR, "the hub failed; its operator was told\n")
}

fn plain(code: StatusCode, text: &str) -> Reply {
    reply(code, "text/plain; charset=utf-8", NOT_KEPT, text.as_bytes().to_vec())
}

fn reply(code: StatusCode, kind: &'static str, kept: &'static str, bytes: Vec<u8>) -> Reply {
    let mut reply = Response::new(Full::new(Bytes::from(bytes)));
    *reply.status_mut() = code;
    set(&mut reply, CONTENT_TYPE, kind);
    set(&mut reply, CACHE_CONTROL, kept);
    set(&mut reply, X_CONTENT_TYPE_OPTIONS, "nosniff");
    reply
}

fn set(reply: &mut Reply, name: HeaderName, value: &'static str) {
    reply.headers_mut().insert(name, HeaderValue::from_static(value));
}
