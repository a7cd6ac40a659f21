//! A server on loopback with throw-away certificates, and clients to ask it.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures::StreamExt as _;
use futures::stream::{self, BoxStream};
use hyper_util::rt::TokioIo;
use rustls::time_provider::DefaultTimeProvider;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tonic::service::Routes;
use tonic::transport::{Channel, Endpoint, Uri};
use tonic::{Request, Response, Status};
use tonic_health::pb::health_client::HealthClient;
use tonic_health::pb::health_server::{Health, HealthServer};
use tonic_health::pb::{HealthCheckRequest, HealthCheckResponse};
use tonic_types::StatusExt as _;
use tower::service_fn;
use uuid::Uuid;

use super::super::accept::Acceptor;
use super::super::gate::{Admission, Gate};
use super::super::pki::{Authority, Identity};
use super::super::{Correlation, Limits};
use crate::identity::caller::Caller;
use crate::identity::tls::Tls;
use crate::model::id::{InstitutionId, OfficeAddress, OfficeId};

pub(super) const PANEL: &str = "urn:barid:institution:panel:office:main";

/// Long enough for anything here to happen, on a machine that does much else.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// What a test sees end is cut by the hub within this.
pub(super) const SHORT: Duration = Duration::from_millis(300);

/// A service whose answer depends on the name asked for.
pub(super) struct Moody;

#[tonic::async_trait]
impl Health for Moody {
    async fn check(
        &self,
        request: Request<HealthCheckRequest>,
    ) -> Result<Response<HealthCheckResponse>, Status> {
        match request.into_inner().service.as_str() {
            "panic" => panic!("asked to"),
            "sleep" => std::future::pending().await,
            _ => Ok(Response::new(HealthCheckResponse { status: 1 })),
        }
    }

    type WatchStream = BoxStream<'static, Result<HealthCheckResponse, Status>>;

    async fn watch(
        &self,
        _: Request<HealthCheckRequest>,
    ) -> Result<Response<Self::WatchStream>, Status> {
        let first = stream::iter([Ok(HealthCheckResponse { status: 1 })]);
        Ok(Response::new(first.chain(stream::pending()).boxed()))
    }
}

pub(super) struct Rig {
    pub(super) authority: Authority,
    pub(super) address: SocketAddr,
    pub(super) acceptor: Arc<Acceptor>,
    pub(super) stop: CancellationToken,
    pub(super) accepting: JoinHandle<()>,
}

pub(super) fn limits() -> Limits {
    Limits {
        handshakes: 8,
        handshakes_per_address: 8,
        handshake_timeout: PATIENCE,
        connections: 8,
        connections_per_institution: 8,
        streams_per_connection: 8,
        keepalive_interval: PATIENCE,
        keepalive_timeout: PATIENCE,
        requests: 8,
        checks: 8,
        requests_per_second: 1000,
        request_burst: 1000,
        request_deadline: PATIENCE,
        upload_deadline: PATIENCE,
        chunk_timeout: PATIENCE,
        drain_limit: PATIENCE,
    }
}

/// A directory that has everybody in it.
pub(super) fn anybody() -> Admission {
    Arc::new(|_| Ok(()))
}

pub(super) fn panel_caller() -> Caller {
    let office = OfficeAddress {
        institution: InstitutionId::new("panel").unwrap(),
        office: OfficeId::new("main").unwrap(),
    };
    Caller { office, fingerprint: [0; 32], certificate: Vec::new() }
}

impl Rig {
    pub(super) async fn start(limits: Limits) -> Self {
        let authority = Authority::new();
        let tls = Tls::load(authority.files(), Arc::new(DefaultTimeProvider)).unwrap();
        let service = HealthServer::new(Moody).max_decoding_message_size(1024);
        let count = AtomicU64::new(0);
        let correlations =
            move || Correlation::new(Uuid::from_u64_pair(0, count.fetch_add(1, Ordering::Relaxed)));
        let gate = Gate::new(Routes::new(service), &limits, Arc::new(correlations), anybody());
        let acceptor = Acceptor::new(gate, Arc::new(tls), limits);

        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = CancellationToken::new();
        let accepting = tokio::spawn({
            let (acceptor, stop) = (Arc::clone(&acceptor), stop.clone());
            async move { acceptor.accept(listener, stop.cancelled()).await }
        });
        Self { authority, address, acceptor, stop, accepting }
    }

    /// A gRPC client. Connects when first used.
    pub(super) fn client(&self, identity: Identity) -> HealthClient<Channel> {
        let connector = self.authority.connector(Some(&identity));
        let address = self.address;
        let connect = service_fn(move |_: Uri| {
            let connector = connector.clone();
            async move { Authority::open(connector, address).await.map(TokioIo::new) }
        });
        let endpoint = Endpoint::from_static("http://hub.example");
        HealthClient::new(endpoint.connect_with_connector_lazy(connect))
    }

    pub(super) fn panel(&self) -> HealthClient<Channel> {
        self.client(self.authority.client(PANEL, 10))
    }

    /// The certificate that the hub shows to a new connection.
    pub(super) async fn shown_by_hub(&self) -> Vec<u8> {
        let connector = self.authority.connector(Some(&self.authority.client(PANEL, 11)));
        let connection = in_time(Authority::open(connector, self.address)).await.unwrap();
        let shown = connection.get_ref().1.peer_certificates().unwrap();
        shown.first().unwrap().to_vec()
    }

    /// Connects and says nothing more. Returns how the hub ends it.
    pub(super) async fn ended_by_hub(&self, identity: Option<&Identity>) -> io::Result<usize> {
        let connector = self.authority.connector(identity);
        in_time(async {
            let mut connection = Authority::open(connector, self.address).await?;
            // Settings may come first; the end is when nothing more does.
            let mut all = Vec::new();
            connection.read_to_end(&mut all).await
        })
        .await
    }
}

pub(super) async fn in_time<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, work).await.expect("it hangs")
}

pub(super) async fn ask(client: &mut HealthClient<Channel>, service: &str) -> Result<(), Status> {
    let request = HealthCheckRequest { service: service.to_owned() };
    in_time(client.check(request)).await.map(|_| ())
}

pub(super) fn reason(result: Result<(), Status>) -> String {
    result.unwrap_err().get_details_error_info().expect("a refusal of ours").reason
}
