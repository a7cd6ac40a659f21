//! The accept loop: bounded handshakes, bounded connections, an orderly end.
//!
//! Our own rather than tonic's, whose loop spins when file descriptors run out, waits for open
//! streams without limit, and cannot end the connections of a revoked certificate.

use std::future::Future;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::identity::tls::{Tls, TlsError};
use crate::model::shares::{Share, Shares};
use crate::rpc::connection;
use crate::rpc::gate::Gate;
use crate::rpc::limits::{ACCEPT_PAUSE, Limits};
use crate::rpc::open::OpenConnections;

/// A place among the handshakes: of all, and of those from one source.
pub(super) struct Handshaking {
    _place: OwnedSemaphorePermit,
    _share: Share<IpAddr>,
}

/// What counts as one source of connections. A host has a whole IPv6 network of 64 bits for itself.
fn source_of(peer: SocketAddr) -> IpAddr {
    const NETWORK: u128 = !0 << 64;
    match peer.ip().to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & NETWORK)),
        address @ IpAddr::V4(_) => address,
    }
}

/// What all connections share.
pub(super) struct Acceptor {
    pub(super) gate: Arc<Gate>,
    pub(super) tls: Arc<Tls>,
    pub(super) limits: Limits,
    pub(super) open: Arc<OpenConnections>,
    /// Fires when connections have to come to an end.
    pub(super) stopping: CancellationToken,
    handshakes: Arc<Semaphore>,
    sources: Arc<Shares<IpAddr>>,
    tasks: TaskTracker,
}

impl Acceptor {
    pub(super) fn new(gate: Gate, tls: Arc<Tls>, limits: Limits) -> Arc<Self> {
        Arc::new(Self {
            gate: Arc::new(gate),
            tls,
            open: OpenConnections::new(limits.connections, limits.connections_per_institution),
            stopping: CancellationToken::new(),
            handshakes: Arc::new(Semaphore::new(limits.handshakes)),
            sources: Shares::new(limits.handshakes_per_address),
            tasks: TaskTracker::new(),
            limits,
        })
    }

    /// Accepts connections until `stop`. Those that are open stay open.
    pub(super) async fn accept(
        self: &Arc<Self>,
        listener: TcpListener,
        stop: impl Future<Output = ()>,
    ) {
        let accepting = async {
            // Closed by nobody; ending is all that could follow.
            while let Ok(handshaking) = Arc::clone(&self.handshakes).acquire_owned().await {
                self.accept_one(&listener, handshaking).await;
            }
        };
        tokio::select! { () = accepting => {}, () = stop => {} }
    }

    async fn accept_one(self: &Arc<Self>, listener: &TcpListener, place: OwnedSemaphorePermit) {
        match listener.accept().await {
            Ok((socket, peer)) => {
                let Some(share) = self.sources.take(&source_of(peer)) else {
                    // Whoever is honest and unlucky tries again.
                    let why = "its address has as many handshakes under way as it may";
                    return tracing::info!(%peer, why, "connection turned away");
                };
                let handshaking = Handshaking { _place: place, _share: share };
                self.tasks.spawn(connection::serve(Arc::clone(self), socket, handshaking));
            }
            Err(error) => {
                // Most likely no file descriptor is left: trying again at once would only spin.
                tracing::warn!(%error, "cannot accept connections");
                sleep(ACCEPT_PAUSE).await;
            }
        }
    }

    /// Reads certificates and revocation lists again and ends the connections that would be
    /// refused now. Returns how many.
    pub(super) fn reload(&self) -> Result<usize, TlsError> {
        self.tls.reload()?;
        Ok(self.open.cut_refused(&self.tls))
    }

    /// Asks every client to go and waits for it, no longer than the limit; then cuts.
    pub(super) async fn drain(&self) {
        self.stopping.cancel();
        self.tasks.close();
        if timeout(self.limits.drain_limit, self.tasks.wait()).await.is_err() {
            let connections = self.open.cut_all();
            tracing::warn!(connections, "cut what was still open");
            self.tasks.wait().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_one_source_whichever_of_its_addresses_it_uses() {
        let source = |text: &str| source_of(text.parse().unwrap()).to_string();
        assert_eq!(source("192.0.2.7:50001"), "192.0.2.7");
        assert_eq!(source("[::ffff:192.0.2.7]:50002"), "192.0.2.7");
        assert_eq!(source("[2001:db8:1:2:aaaa::1]:1"), "2001:db8:1:2::");
        assert_eq!(source("[2001:db8:1:2:bbbb::2]:1"), "2001:db8:1:2::");
        assert_eq!(source("[2001:db8:1:3::1]:1"), "2001:db8:1:3::");
    }
}
