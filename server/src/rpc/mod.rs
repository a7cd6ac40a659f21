//! Floor 4: the network. The only code that says "tonic".
//!
//! A request comes in through [`accept`] (bounded handshakes and connections), its certificate
//! becomes a caller in [`connection`], it passes the [`gate`] (directory, rate, places, deadline, a
//! line in the log), and reaches its method in the file of its family. Methods do three things:
//! open the call, ask the hub, answer. What went wrong becomes a status in [`status`] and nowhere
//! else. Beside all that, [`tiles`] serves the public log as a static folder.

mod accept;
mod call;
mod connection;
mod docket;
mod exhibit;
mod filing;
mod gate;
mod inbox;
mod institution;
mod limits;
mod log;
mod open;
mod preface;
mod rate;
mod reach;
mod register;
mod status;
mod tiles;
mod witness;

#[cfg(test)]
mod pki;
#[cfg(test)]
mod tests;

pub use call::{Correlation, Correlations};
pub use limits::Limits;
pub use reach::Reachable;
pub use tiles::serve_tiles;

use std::future::Future;
use std::sync::Arc;

use barid_proto::v1::docket_service_server::DocketServiceServer;
use barid_proto::v1::exhibit_service_server::ExhibitServiceServer;
use barid_proto::v1::inbox_service_server::InboxServiceServer;
use barid_proto::v1::institution_service_server::InstitutionServiceServer;
use barid_proto::v1::log_service_server::LogServiceServer;
use barid_proto::v1::register_service_server::RegisterServiceServer;
use barid_proto::v1::witness_service_server::WitnessServiceServer;
use futures::future::join_all;
use tokio::net::TcpListener;
use tonic::service::Routes;
use tonic_health::ServingStatus;
use tonic_health::server::{HealthReporter, health_reporter};

use crate::error::Fault;
use crate::hub::Hub;
use crate::identity::caller::Caller;
use crate::identity::tls::{Tls, TlsError};
use crate::rpc::accept::Acceptor;
use crate::rpc::gate::Gate;
use crate::rpc::limits::{ANY_PATH, request_bytes_max};

/// The hub as a whole, as the gRPC health protocol names it.
const WHOLE_HUB: &str = "";

/// The hub on the network.
pub struct Server {
    hub: Arc<Hub>,
    health: HealthReporter,
    acceptor: Arc<Acceptor>,
}

impl Server {
    /// Puts the services together, health and reflection among them: all behind mutual TLS.
    ///
    /// # Errors
    /// A fault, if the messages' descriptors cannot be read.
    pub fn new(
        hub: Arc<Hub>,
        tls: Arc<Tls>,
        limits: Limits,
        correlations: Correlations,
    ) -> Result<Self, Fault> {
        let (health, health_service) = health_reporter();
        let health_service = health_service.max_decoding_message_size(request_bytes_max(ANY_PATH));
        let routes = with_reflection(services(&hub, &limits).add_service(health_service))?;
        let admitting = Arc::clone(&hub);
        let admission = Arc::new(move |caller: &Caller| admitting.admit(caller));
        let gate = Gate::new(routes, &limits, correlations, admission);
        Ok(Self { hub, health, acceptor: Acceptor::new(gate, tls, limits) })
    }

    /// Reads certificates and revocation lists again and ends the connections that would be
    /// refused now. Returns how many.
    ///
    /// # Errors
    /// What cannot be read; then everything stays as it was.
    pub fn reload(&self) -> Result<usize, TlsError> {
        self.acceptor.reload()
    }

    /// Asks the witnesses for as long as it is polled; reaches for those that have an address.
    pub async fn ask_witnesses(&self, reachable: Vec<Reachable>) {
        let reaching = reachable.into_iter().map(|witness| {
            let origin = self.hub.origin().to_owned();
            reach::reach(Arc::clone(&self.hub), origin, witness)
        });
        tokio::join!(self.hub.ask_witnesses(), join_all(reaching));
    }

    /// Serves until `stop`, then drains: no new connections, health says so, open streams end,
    /// every client is asked to go. Returns when all are gone or the limit for that has passed.
    pub async fn run(&self, listener: TcpListener, stop: impl Future<Output = ()>) {
        self.acceptor.accept(listener, stop).await;
        tracing::info!("draining");
        self.health.set_service_status(WHOLE_HUB, ServingStatus::NotServing).await;
        self.hub.begin_drain();
        // Ends the streams of those who watch our health; they have been told.
        self.health.clone().clear_service_status(WHOLE_HUB).await;
        self.acceptor.drain().await;
    }
}

fn services(hub: &Arc<Hub>, limits: &Limits) -> Routes {
    let bytes_max = request_bytes_max(ANY_PATH);
    let chunk_timeout = limits.chunk_timeout;
    let exhibits = exhibit::Exhibits { hub: Arc::clone(hub), chunk_timeout };
    let inboxes = inbox::Inboxes { hub: Arc::clone(hub) };
    let dockets = docket::Dockets { hub: Arc::clone(hub) };
    let institutions = institution::Institutions { hub: Arc::clone(hub) };
    let logs = log::Logs { hub: Arc::clone(hub) };
    let registers = register::Registers { hub: Arc::clone(hub) };
    let attendances = witness::Attendances { hub: Arc::clone(hub) };
    Routes::new(filing::FilingDoor::new(Arc::clone(hub)))
        .add_service(ExhibitServiceServer::new(exhibits).max_decoding_message_size(bytes_max))
        .add_service(InboxServiceServer::new(inboxes).max_decoding_message_size(bytes_max))
        .add_service(DocketServiceServer::new(dockets).max_decoding_message_size(bytes_max))
        .add_service(
            InstitutionServiceServer::new(institutions).max_decoding_message_size(bytes_max),
        )
        .add_service(LogServiceServer::new(logs).max_decoding_message_size(bytes_max))
        .add_service(RegisterServiceServer::new(registers).max_decoding_message_size(bytes_max))
        .add_service(WitnessServiceServer::new(attendances).max_decoding_message_size(bytes_max))
}

/// Adds reflection, in the version of today and the one that older tools still ask for.
fn with_reflection(routes: Routes) -> Result<Routes, Fault> {
    let reflection = || {
        tonic_reflection::server::Builder::configure()
            .register_encoded_file_descriptor_set(barid_proto::FILE_DESCRIPTOR_SET)
            .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
    };
    let unreadable = |error| Fault::while_doing("reading the messages' descriptors", error);
    let bytes_max = request_bytes_max(ANY_PATH);
    let today = reflection().build_v1().map_err(unreadable)?;
    let older = reflection().build_v1alpha().map_err(unreadable)?;
    Ok(routes
        .add_service(today.max_decoding_message_size(bytes_max))
        .add_service(older.max_decoding_message_size(bytes_max)))
}
