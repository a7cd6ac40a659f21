//! What a document's way is compared with: as many bytes over bare TLS, and uploads to a server
//! that throws them away.

use std::convert::Infallible;
use std::fs;
use std::io::BufRead as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use anyhow::Context as _;
use barid_proto::v1::upload_exhibit_request::Step;
use hyper::server::conn::http2;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::service::TowerToHyperService;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tonic::{Request, Response, Status, Streaming};

use barid_proto::v1::exhibit_service_server::{ExhibitService, ExhibitServiceServer};
use barid_proto::v1::{
    DownloadExhibitRequest, DownloadExhibitResponse, ListChunksRequest, ListChunksResponse,
    StatExhibitRequest, StatExhibitResponse, UploadExhibitRequest, UploadExhibitResponse,
};

use crate::network::Network;

/// Bytes carried at a time.
const CARRIED_BYTES: usize = 256 * 1024;

/// The other ends, each a process of its own. They end with this value.
pub(crate) struct Peers {
    pub(crate) raw: String,
    pub(crate) sink: String,
    processes: Vec<Child>,
}

impl Peers {
    pub(crate) fn start(network: &Network) -> anyhow::Result<Self> {
        let mut peers = Self { raw: String::new(), sink: String::new(), processes: Vec::new() };
        peers.raw = peers.spawn("raw", network)?;
        peers.sink = peers.spawn("sink", network)?;
        Ok(peers)
    }

    fn spawn(&mut self, kind: &str, network: &Network) -> anyhow::Result<String> {
        let mut peer = Command::new(std::env::current_exe()?);
        let mut child = peer.arg(kind).arg(network.folder()).stdout(Stdio::piped()).spawn()?;
        let said = child.stdout.take().context("its output")?;
        self.processes.push(child);
        let mut line = String::new();
        std::io::BufReader::new(said).read_line(&mut line)?;
        Ok(line.trim().to_owned())
    }
}

impl Drop for Peers {
    fn drop(&mut self) {
        for child in &mut self.processes {
            let _already_ended = child.kill();
            let _already_ended = child.wait();
        }
    }
}

/// Sends so many bytes and waits until they were counted.
pub(crate) async fn copy(network: &Network, address: &str, size: u64) -> anyhow::Result<()> {
    let mut stream = network.dial("o0", address).await?;
    let bytes = vec![7; CARRIED_BYTES];
    let mut left = size;
    stream.write_u64(size).await?;
    while left > 0 {
        let part = usize::try_from(left).unwrap_or(usize::MAX).min(CARRIED_BYTES);
        stream.write_all(bytes.get(..part).unwrap_or_default()).await?;
        left -= part as u64;
    }
    stream.flush().await?;
    anyhow::ensure!(stream.read_u64().await? == size, "other bytes were counted");
    Ok(())
}

/// Counts bytes.
pub(crate) async fn raw(folder: &Path) -> anyhow::Result<()> {
    let (listener, acceptor) = listen(folder).await?;
    loop {
        let mut stream = acceptor.accept(listener.accept().await?.0).await?;
        let mut left = stream.read_u64().await?;
        let size = left;
        let mut bytes = vec![0; CARRIED_BYTES];
        while left > 0 {
            let part = usize::try_from(left).unwrap_or(usize::MAX).min(CARRIED_BYTES);
            let read = stream.read(bytes.get_mut(..part).unwrap_or_default()).await?;
            anyhow::ensure!(read > 0, "the sender has gone");
            left -= read as u64;
        }
        stream.write_u64(size).await?;
        stream.flush().await?;
    }
}

/// Takes uploads and keeps nothing.
pub(crate) async fn sink(folder: &Path) -> anyhow::Result<()> {
    let (listener, acceptor) = listen(folder).await?;
    loop {
        let socket = listener.accept().await?.0;
        socket.set_nodelay(true)?;
        let stream = acceptor.accept(socket).await?;
        let routes = tonic::service::Routes::new(ExhibitServiceServer::new(Sink)).prepare();
        let service = TowerToHyperService::new(routes);
        tokio::spawn(async move {
            // As the hub: see server/src/rpc/limits.rs.
            let mut protocol = http2::Builder::new(TokioExecutor::new());
            protocol.max_frame_size(64 * 1024);
            protocol.initial_stream_window_size(1024 * 1024);
            protocol.initial_connection_window_size(4 * 1024 * 1024);
            let _gone = protocol.serve_connection(TokioIo::new(stream), service).await;
            Ok::<_, Infallible>(())
        });
    }
}

async fn listen(folder: &Path) -> anyhow::Result<(TcpListener, TlsAcceptor)> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(folder.join("ca.pem"))?)?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let clients =
        WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider));
    let certificate = CertificateDer::from_pem_slice(&fs::read(folder.join("hub.pem"))?)?;
    let key = PrivateKeyDer::from_pem_file(folder.join("hub.key"))?;
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13])?
        .with_client_cert_verifier(clients.build()?)
        .with_single_cert(vec![certificate], key)?;
    config.alpn_protocols = vec![b"h2".to_vec()];
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    Ok((listener, TlsAcceptor::from(Arc::new(config))))
}

/// An exhibit service without exhibits.
#[derive(Clone)]
struct Sink;

#[tonic::async_trait]
impl ExhibitService for Sink {
    type DownloadExhibitStream = tokio_stream::Empty<Result<DownloadExhibitResponse, Status>>;

    async fn upload_exhibit(
        &self,
        request: Request<Streaming<UploadExhibitRequest>>,
    ) -> Result<Response<UploadExhibitResponse>, Status> {
        let mut steps = request.into_inner();
        let mut size_bytes = 0;
        while let Some(request) = steps.message().await? {
            if let Some(Step::Chunk(chunk)) = request.step {
                size_bytes += chunk.len() as u64;
            }
        }
        Ok(Response::new(UploadExhibitResponse { size_bytes, chunk_root: Vec::new() }))
    }

    async fn stat_exhibit(
        &self,
        _: Request<StatExhibitRequest>,
    ) -> Result<Response<StatExhibitResponse>, Status> {
        Err(Status::unimplemented("uploads only"))
    }

    async fn list_chunks(
        &self,
        _: Request<ListChunksRequest>,
    ) -> Result<Response<ListChunksResponse>, Status> {
        Err(Status::unimplemented("uploads only"))
    }

    async fn download_exhibit(
        &self,
        _: Request<DownloadExhibitRequest>,
    ) -> Result<Response<Self::DownloadExhibitStream>, Status> {
        Err(Status::unimplemented("uploads only"))
    }
}
