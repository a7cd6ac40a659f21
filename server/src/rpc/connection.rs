//! One connection, from the accepted socket to its end.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use rustls::pki_types::CertificateDer;
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::identity::caller::caller_of;
use crate::rpc::accept::{Acceptor, Handshaking};
use crate::rpc::gate::Identified;
use crate::rpc::limits::{
    CONNECTION_WINDOW_BYTES, FRAME_BYTES, HEADER_BYTES_MAX, Limits, SEND_BUFFER_BYTES,
    STREAM_WINDOW_BYTES,
};
use crate::rpc::open::Place;
use crate::rpc::preface::Listening;

/// Why a connection ended before it was served. For the operator: the peer sees it end.
#[derive(Debug, thiserror::Error)]
pub(super) enum Turned {
    #[error("the handshake took too long")]
    SlowHandshake,
    #[error("the handshake failed: {0}")]
    Handshake(#[from] std::io::Error),
    #[error("no place left: {0:?}")]
    NoPlace(crate::rpc::open::NoPlace),
    #[error("revoked while it was being opened")]
    Revoked,
    #[error("the hub is stopping")]
    Stopping,
}

/// Serves a connection until either side ends it. `handshaking` is its place among the handshakes.
pub(super) async fn serve(acceptor: Arc<Acceptor>, socket: TcpStream, handshaking: Handshaking) {
    let opened = tokio::select! {
        opened = open(&acceptor, socket) => opened,
        () = acceptor.stopping.cancelled() => Err(Turned::Stopping),
    };
    drop(handshaking);
    match opened {
        Ok((stream, identified, place)) => drive(&acceptor, stream, identified, place).await,
        Err(turned) => tracing::info!(why = %turned, "connection turned away"),
    }
}

async fn open(
    acceptor: &Acceptor,
    socket: TcpStream,
) -> Result<(TlsStream<TcpStream>, Identified, Place), Turned> {
    // Without it small answers wait for the peer's delayed acknowledgements: 45 times slower.
    socket.set_nodelay(true)?;
    let handshake = TlsAcceptor::from(acceptor.tls.config()).accept(socket);
    let stream = timeout(acceptor.limits.handshake_timeout, handshake)
        .await
        .map_err(|_elapsed| Turned::SlowHandshake)??;

    let chain: Vec<CertificateDer<'static>> =
        stream.get_ref().1.peer_certificates().unwrap_or_default().to_vec();
    let certificate = chain.first().map(AsRef::as_ref).unwrap_or_default();
    let identified = caller_of(certificate).map(Arc::new);
    let institution = identified.as_ref().ok().map(|caller| caller.office.institution.clone());
    let place = acceptor.open.enter(chain.clone(), institution).map_err(Turned::NoPlace)?;
    // A reload during the handshake has not seen this connection in the table.
    if !acceptor.tls.admits(&chain) {
        return Err(Turned::Revoked);
    }
    Ok((stream, identified, place))
}

async fn drive(
    acceptor: &Acceptor,
    stream: TlsStream<TcpStream>,
    identified: Identified,
    place: Place,
) {
    let (stream, heard) = Listening::to(stream);
    let (gate, identified) = (&acceptor.gate, Arc::new(identified));
    let service = service_fn(|request| {
        let (gate, identified) = (Arc::clone(gate), Arc::clone(&identified));
        async move { Ok::<_, Infallible>(gate.answer(&identified, request).await) }
    });
    let protocol = protocol(&acceptor.limits);
    let mut connection = pin!(protocol.serve_connection(TokioIo::new(stream), service));
    let mut opening = pin!(sleep(acceptor.limits.handshake_timeout));
    let (mut opened, mut stopping) = (false, false);
    loop {
        tokio::select! {
            ended = connection.as_mut() => {
                return tracing::debug!(ok = ended.is_ok(), "connection ended");
            }
            () = place.cut.cancelled() => return tracing::info!("connection cut"),
            () = acceptor.stopping.cancelled(), if !stopping => {
                stopping = true;
                connection.as_mut().graceful_shutdown();
            }
            () = &mut opening, if !opened => {
                opened = heard.load(Ordering::Relaxed);
                if !opened {
                    return tracing::info!("connection cut: nothing was said after the handshake");
                }
            }
        }
    }
}

fn protocol(limits: &Limits) -> http2::Builder<TokioExecutor> {
    let mut builder = http2::Builder::new(TokioExecutor::new());
    builder
        .timer(TokioTimer::new())
        .keep_alive_interval(limits.keepalive_interval)
        .keep_alive_timeout(limits.keepalive_timeout)
        .max_concurrent_streams(limits.streams_per_connection)
        .max_header_list_size(HEADER_BYTES_MAX)
        .max_frame_size(FRAME_BYTES)
        .max_send_buf_size(SEND_BUFFER_BYTES)
        .initial_stream_window_size(STREAM_WINDOW_BYTES)
        .initial_connection_window_size(CONNECTION_WINDOW_BYTES);
    builder
}
