//! The forging hub on the network: gRPC over mutual TLS, in this process.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use barid_client::Trust;
use barid_client::proto::tlog::policy::Policy;
use barid_client::proto::v1::exhibit_service_server::{ExhibitService, ExhibitServiceServer};
use barid_client::proto::v1::filing_service_server::{FilingService, FilingServiceServer};
use barid_client::proto::v1::inbox_service_server::{InboxService, InboxServiceServer};
use barid_client::proto::v1::institution_service_server::{
    InstitutionService, InstitutionServiceServer,
};
use barid_client::proto::v1::log_service_server::{LogService, LogServiceServer};
use barid_client::proto::v1::*;
use barid_tests::{Authority, Identity};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::service::TowerToHyperService;
use prost::Message as _;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_stream::Iter;
use tonic::{Request, Response, Status, Streaming};

use super::knowledge::{Knowledge, wire};

/// A hub that lies when it is told to.
pub(crate) struct Forger {
    pub(crate) authority: Arc<Authority>,
    pub(crate) address: String,
    pub(crate) folder: TempDir,
    known: Shared,
    task: JoinHandle<()>,
}

#[derive(Clone)]
struct Shared(Arc<Mutex<Knowledge>>);

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Knowledge> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Forger {
    /// An honest hub with a few filings of others in its log.
    pub(crate) async fn start() -> Self {
        let mut known = Knowledge::new();
        for number in 0..5 {
            known.log.push(vec![number; 119]);
        }
        Self::serve(known, Arc::new(Authority::new())).await
    }

    /// Another hub with the same keys and past, for other offices.
    pub(crate) async fn twin(&self) -> Self {
        let twin = self.knows().twin();
        Self::serve(twin, Arc::clone(&self.authority)).await
    }

    async fn serve(known: Knowledge, authority: Arc<Authority>) -> Self {
        let known = Shared(Arc::new(Mutex::new(known)));
        let routes = tonic::service::Routes::new(FilingServiceServer::new(known.clone()))
            .add_service(LogServiceServer::new(known.clone()))
            .add_service(InboxServiceServer::new(known.clone()))
            .add_service(InstitutionServiceServer::new(known.clone()))
            .add_service(ExhibitServiceServer::new(known.clone()))
            .prepare();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("its address").to_string();
        let acceptor = acceptor(&authority);
        let task = tokio::spawn(async move {
            while let Ok((tcp, _)) = listener.accept().await {
                let (acceptor, routes) = (acceptor.clone(), routes.clone());
                tokio::spawn(async move {
                    let Ok(tls) = acceptor.accept(tcp).await else { return };
                    let service = TowerToHyperService::new(routes);
                    let server = hyper_util::server::conn::auto::Builder::new(TokioExecutor::new());
                    drop(server.serve_connection(TokioIo::new(tls), service).await);
                });
            }
        });
        let folder = TempDir::new().expect("a temporary folder");
        Self { authority, address, folder, known, task }
    }

    /// What it knows, and the lies it tells.
    pub(crate) fn knows(&self) -> MutexGuard<'_, Knowledge> {
        self.known.lock()
    }

    /// Whom its offices believe: its log, with three of four witnesses.
    pub(crate) fn trust(&self) -> Arc<Trust> {
        let policy = self.knows().policy();
        Arc::new(Trust::new(Policy::parse(policy.as_bytes()).expect("a policy")))
    }
}

impl Drop for Forger {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn acceptor(authority: &Authority) -> TlsAcceptor {
    let Identity { certificate, key, .. } = authority.hub();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut roots = rustls::RootCertStore::empty();
    let root = CertificateDer::from_pem_slice(authority.certificate().as_bytes());
    roots.add(root.expect("a certificate")).expect("an authority");
    let clients = rustls::server::WebPkiClientVerifier::builder_with_provider(
        Arc::new(roots),
        Arc::clone(&provider),
    );
    let chain = CertificateDer::from_pem_slice(certificate.as_bytes()).expect("a certificate");
    let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).expect("a key");
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13])
        .expect("TLS 1.3")
        .with_client_cert_verifier(clients.build().expect("a verifier"))
        .with_single_cert(vec![chain], key)
        .expect("certificate and key fit");
    config.alpn_protocols = vec![b"h2".to_vec()];
    TlsAcceptor::from(Arc::new(config))
}

/// The hub's own refusal to show something, as the client knows it.
fn no_such_filing() -> Status {
    let details = RefusalDetails { reason: Reason::NotFound.into(), ..RefusalDetails::default() };
    let packed = tonic_types::pb::Status {
        code: tonic::Code::NotFound as i32,
        details: vec![prost_types::Any {
            type_url: "type.googleapis.com/barid.v1.RefusalDetails".to_owned(),
            value: details.encode_to_vec(),
        }],
        ..Default::default()
    };
    let details = packed.encode_to_vec().into();
    Status::with_details(tonic::Code::NotFound, "no such filing", details)
}

fn not_here<T>() -> Result<Response<T>, Status> {
    Err(Status::unimplemented("the forging hub has no such method"))
}

#[tonic::async_trait]
impl FilingService for Shared {
    async fn submit(
        &self,
        request: Request<SubmitRequest>,
    ) -> Result<Response<SubmitResponse>, Status> {
        let envelope = request.into_inner().envelope.unwrap_or_default();
        Ok(Response::new(self.lock().answer(&envelope)))
    }

    async fn check(&self, _: Request<CheckRequest>) -> Result<Response<CheckResponse>, Status> {
        not_here()
    }

    async fn get_statement(
        &self,
        _: Request<GetStatementRequest>,
    ) -> Result<Response<GetStatementResponse>, Status> {
        // It states nothing.
        Err(no_such_filing())
    }

    async fn reread(&self, _: Request<RereadRequest>) -> Result<Response<RereadResponse>, Status> {
        not_here()
    }

    async fn get_filing(
        &self,
        request: Request<GetFilingRequest>,
    ) -> Result<Response<GetFilingResponse>, Status> {
        let GetFilingRequest { envelope_digest, leaf_index, .. } = request.into_inner();
        let known = self.lock();
        let answer = match leaf_index {
            Some(leaf) => known.filing_at(leaf),
            None => known.filing(&envelope_digest),
        };
        Ok(Response::new(answer.ok_or_else(no_such_filing)?))
    }
}

#[tonic::async_trait]
impl LogService for Shared {
    async fn get_checkpoint(
        &self,
        _: Request<GetCheckpointRequest>,
    ) -> Result<Response<GetCheckpointResponse>, Status> {
        let known = self.lock();
        let told = known.lies.checkpoint.clone();
        let note = told.unwrap_or_else(|| known.note().to_string().into_bytes());
        Ok(Response::new(GetCheckpointResponse { note }))
    }

    async fn list_leaves(
        &self,
        request: Request<ListLeavesRequest>,
    ) -> Result<Response<ListLeavesResponse>, Status> {
        let ListLeavesRequest { first_index, count } = request.into_inner();
        let (first, count) = (first_index as usize, count as usize);
        let leaves = self.lock().log.leaves().iter().skip(first).take(count).cloned().collect();
        Ok(Response::new(ListLeavesResponse { leaves }))
    }

    async fn get_tile(
        &self,
        _: Request<GetTileRequest>,
    ) -> Result<Response<GetTileResponse>, Status> {
        not_here()
    }

    async fn get_inclusion_proof(
        &self,
        request: Request<GetInclusionProofRequest>,
    ) -> Result<Response<GetInclusionProofResponse>, Status> {
        let GetInclusionProofRequest { leaf_index, tree_size } = request.into_inner();
        let known = self.lock();
        let path = wire(&known.log.inclusion(leaf_index, tree_size));
        Ok(Response::new(GetInclusionProofResponse { tree_size, path }))
    }

    async fn get_consistency_proof(
        &self,
        request: Request<GetConsistencyProofRequest>,
    ) -> Result<Response<GetConsistencyProofResponse>, Status> {
        let GetConsistencyProofRequest { old_size, new_size } = request.into_inner();
        let known = self.lock();
        let told = known.lies.consistency.clone();
        let path = told.unwrap_or_else(|| wire(&known.log.consistency(old_size, new_size)));
        Ok(Response::new(GetConsistencyProofResponse { new_size, path }))
    }

    async fn list_outages(
        &self,
        _: Request<ListOutagesRequest>,
    ) -> Result<Response<ListOutagesResponse>, Status> {
        // It was never down, it says.
        Ok(Response::new(ListOutagesResponse::default()))
    }

    async fn get_bracket(
        &self,
        _: Request<GetBracketRequest>,
    ) -> Result<Response<GetBracketResponse>, Status> {
        Ok(Response::new(GetBracketResponse::default()))
    }
}

#[tonic::async_trait]
impl InstitutionService for Shared {
    async fn get_caller(
        &self,
        _: Request<GetCallerRequest>,
    ) -> Result<Response<GetCallerResponse>, Status> {
        not_here()
    }

    async fn list_institutions(
        &self,
        _: Request<ListInstitutionsRequest>,
    ) -> Result<Response<ListInstitutionsResponse>, Status> {
        not_here()
    }

    async fn enrol_key(
        &self,
        _: Request<EnrolKeyRequest>,
    ) -> Result<Response<EnrolKeyResponse>, Status> {
        not_here()
    }

    async fn list_keys(
        &self,
        _: Request<ListKeysRequest>,
    ) -> Result<Response<ListKeysResponse>, Status> {
        not_here()
    }

    async fn get_key_proof(
        &self,
        _: Request<GetKeyProofRequest>,
    ) -> Result<Response<GetKeyProofResponse>, Status> {
        Ok(Response::new(GetKeyProofResponse::default()))
    }
}

#[tonic::async_trait]
impl InboxService for Shared {
    type ReceiveStream = Iter<std::vec::IntoIter<Result<ReceiveResponse, Status>>>;

    async fn receive(
        &self,
        request: Request<ReceiveRequest>,
    ) -> Result<Response<Self::ReceiveStream>, Status> {
        let after = request.into_inner().after_cursor;
        let known = self.lock();
        let served: Vec<(u64, SealedFiling)> = match (&known.lies.positions, known.inbox.first()) {
            (Some(positions), Some(first)) => {
                positions.iter().map(|position| (*position, first.clone())).collect()
            }
            _ => (1..).zip(known.inbox.clone()).filter(|(cursor, _)| *cursor > after).collect(),
        };
        let served = served.into_iter().map(|(cursor, filing)| {
            Ok(ReceiveResponse { cursor, filing: Some(filing), ..ReceiveResponse::default() })
        });
        Ok(Response::new(tokio_stream::iter(served.collect::<Vec<_>>())))
    }

    async fn acknowledge(
        &self,
        _: Request<AcknowledgeRequest>,
    ) -> Result<Response<AcknowledgeResponse>, Status> {
        not_here()
    }

    async fn register(
        &self,
        _: Request<RegisterRequest>,
    ) -> Result<Response<RegisterResponse>, Status> {
        not_here()
    }

    async fn refuse(&self, _: Request<RefuseRequest>) -> Result<Response<RefuseResponse>, Status> {
        not_here()
    }
}

#[tonic::async_trait]
impl ExhibitService for Shared {
    type DownloadExhibitStream = Iter<std::vec::IntoIter<Result<DownloadExhibitResponse, Status>>>;

    async fn stat_exhibit(
        &self,
        _: Request<StatExhibitRequest>,
    ) -> Result<Response<StatExhibitResponse>, Status> {
        self.lock().lies.told.clone().map_or_else(not_here, |(told, _)| Ok(Response::new(told)))
    }

    async fn list_chunks(
        &self,
        _: Request<ListChunksRequest>,
    ) -> Result<Response<ListChunksResponse>, Status> {
        let told = self.lock().lies.told.clone();
        told.map_or_else(not_here, |(_, listed)| Ok(Response::new(listed)))
    }

    async fn upload_exhibit(
        &self,
        _: Request<Streaming<UploadExhibitRequest>>,
    ) -> Result<Response<UploadExhibitResponse>, Status> {
        not_here()
    }

    async fn download_exhibit(
        &self,
        request: Request<DownloadExhibitRequest>,
    ) -> Result<Response<Self::DownloadExhibitStream>, Status> {
        let document = self.lock().lies.wrong_document.clone().unwrap_or_default();
        let size_bytes = document.len() as u64;
        let offset = usize::try_from(request.get_ref().offset_bytes).unwrap_or(usize::MAX);
        let rest = document.get(offset..).unwrap_or_default().to_vec();
        let chunk = DownloadExhibitResponse { chunk: rest.into(), size_bytes };
        Ok(Response::new(tokio_stream::iter(vec![Ok(chunk)])))
    }
}
