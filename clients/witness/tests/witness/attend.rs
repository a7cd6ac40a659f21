//! Dialling out over mutual TLS to a hub that asks, and mirroring from it.

use crate::fixture::{Log, NOW, ORIGIN, Place, WITNESS};
use barid_proto::key::{Algorithm, FileKey};
use barid_proto::tlog::EMPTY_ROOT;
use barid_proto::tlog::add_checkpoint::AddCheckpoint;
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::note::{Note, NoteSigner};
use barid_proto::v1::attend_request::Step;
use barid_proto::v1::log_service_server::{LogService, LogServiceServer};
use barid_proto::v1::witness_service_server::{WitnessService, WitnessServiceServer};
use barid_proto::v1::*;
use barid_witness::alarm::Alarm;
use barid_witness::attend::{Attendant, dial};
use barid_witness::ledger::{Ledger, origin_hash};
use barid_witness::mirror::{Mirror, OwnKeys, Parts};
use barid_witness::settings::HubSettings;
use barid_witness::witness::Witness;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::service::TowerToHyperService;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::fs;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status, Streaming};

/// What a test asks: the receiver goes to the one stream that is opened.
type Questions = Arc<Mutex<Option<mpsc::Receiver<Result<AttendResponse, Status>>>>>;

/// A hub with one log, which passes on what witnesses say and what a test asks.
#[derive(Clone)]
struct Hub {
    log: Arc<Mutex<Log>>,
    questions: Questions,
    heard: mpsc::Sender<Step>,
}

#[tonic::async_trait]
impl WitnessService for Hub {
    type AttendStream = ReceiverStream<Result<AttendResponse, Status>>;

    async fn attend(
        &self,
        request: Request<Streaming<AttendRequest>>,
    ) -> Result<Response<Self::AttendStream>, Status> {
        let questions = self.questions.lock().unwrap().take();
        let questions = questions.ok_or_else(|| Status::unavailable("one stream only"))?;
        let (mut steps, heard) = (request.into_inner(), self.heard.clone());
        tokio::spawn(async move {
            while let Ok(Some(step)) = steps.message().await {
                heard.send(step.step.unwrap()).await.unwrap();
            }
        });
        Ok(Response::new(ReceiverStream::new(questions)))
    }
}

#[tonic::async_trait]
impl LogService for Hub {
    async fn list_leaves(
        &self,
        request: Request<ListLeavesRequest>,
    ) -> Result<Response<ListLeavesResponse>, Status> {
        let ListLeavesRequest { first_index, count } = request.into_inner();
        let log = self.log.lock().unwrap();
        // Fewer than asked for, as a hub may: the mirror has to prove the way.
        let leaves = log.leaves.iter().skip(first_index as usize).take(count.min(100) as usize);
        Ok(Response::new(ListLeavesResponse { leaves: leaves.cloned().collect() }))
    }

    async fn get_consistency_proof(
        &self,
        request: Request<GetConsistencyProofRequest>,
    ) -> Result<Response<GetConsistencyProofResponse>, Status> {
        let GetConsistencyProofRequest { old_size, new_size } = request.into_inner();
        let path = self.log.lock().unwrap().proof(old_size, new_size);
        let path = path.iter().map(|hash| hash.to_vec()).collect();
        Ok(Response::new(GetConsistencyProofResponse { new_size, path }))
    }

    async fn list_outages(
        &self,
        _: Request<ListOutagesRequest>,
    ) -> Result<Response<ListOutagesResponse>, Status> {
        Err(Status::unimplemented("not asked by a witness"))
    }

    async fn get_bracket(
        &self,
        _: Request<GetBracketRequest>,
    ) -> Result<Response<GetBracketResponse>, Status> {
        Err(Status::unimplemented("not asked by a witness"))
    }

    async fn get_checkpoint(
        &self,
        _: Request<GetCheckpointRequest>,
    ) -> Result<Response<GetCheckpointResponse>, Status> {
        Err(Status::unimplemented("not asked by a witness"))
    }

    async fn get_tile(
        &self,
        _: Request<GetTileRequest>,
    ) -> Result<Response<GetTileResponse>, Status> {
        Err(Status::unimplemented("not asked by a witness"))
    }

    async fn get_inclusion_proof(
        &self,
        _: Request<GetInclusionProofRequest>,
    ) -> Result<Response<GetInclusionProofResponse>, Status> {
        Err(Status::unimplemented("not asked by a witness"))
    }
}

/// An authority with a certificate for the hub and one for the witness.
struct Network {
    authority: CertifiedIssuer<'static, KeyPair>,
}

impl Network {
    fn new() -> Self {
        let mut params = CertificateParams::new(vec![]).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        Self { authority: CertifiedIssuer::self_signed(params, key).unwrap() }
    }

    fn certificate(&self, name: &str) -> (rcgen::Certificate, KeyPair) {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        (params.signed_by(&key, &self.authority).unwrap(), key)
    }

    /// Settings with files that lie in the place's folder.
    fn settings(&self, place: &Place, address: String) -> HubSettings {
        let (certificate, key) = self.certificate("witness.test");
        let write = |name: &str, text: String| {
            fs::write(place.path(name), text).unwrap();
            place.path(name)
        };
        HubSettings {
            origin: ORIGIN.to_owned(),
            address,
            server_name: "hub.test".to_owned(),
            authority: write("authority.pem", self.authority.pem()),
            certificate: write("witness.pem", certificate.pem()),
            key: write("witness.key", key.serialize_pem()),
            silence_seconds: 180,
        }
    }

    fn acceptor(&self) -> tokio_rustls::TlsAcceptor {
        let (certificate, key) = self.certificate("hub.test");
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let mut roots = rustls::RootCertStore::empty();
        roots.add(self.authority.der().clone()).unwrap();
        let clients = rustls::server::WebPkiClientVerifier::builder_with_provider(
            Arc::new(roots),
            Arc::clone(&provider),
        );
        let chain: Vec<CertificateDer<'static>> = vec![certificate.der().clone()];
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let mut settings = rustls::ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&rustls::version::TLS13])
            .unwrap()
            .with_client_cert_verifier(clients.build().unwrap())
            .with_single_cert(chain, key)
            .unwrap();
        settings.alpn_protocols = vec![b"h2".to_vec()];
        tokio_rustls::TlsAcceptor::from(Arc::new(settings))
    }
}

/// Serves the hub over TLS and gives its address.
async fn serve(hub: Hub, network: &Network) -> String {
    let routes = tonic::service::Routes::new(WitnessServiceServer::new(hub.clone()))
        .add_service(LogServiceServer::new(hub))
        .prepare();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let acceptor = network.acceptor();
    tokio::spawn(async move {
        while let Ok((tcp, _)) = listener.accept().await {
            let (acceptor, routes) = (acceptor.clone(), routes.clone());
            tokio::spawn(async move {
                let tls = acceptor.accept(tcp).await.unwrap();
                let service = TowerToHyperService::new(routes);
                let server = hyper_util::server::conn::auto::Builder::new(TokioExecutor::new());
                drop(server.serve_connection(TokioIo::new(tls), service).await);
            });
        }
    });
    address
}

async fn next(heard: &mut mpsc::Receiver<Step>) -> Step {
    let step = tokio::time::timeout(Duration::from_secs(20), heard.recv()).await;
    step.expect("the witness says something").unwrap()
}

fn attendant(place: &Place, with_mirror: bool) -> Attendant {
    let (witness, keys) =
        Witness::open(place.folder.path(), place.evidence(), place.clock()).unwrap();
    let parts = Parts {
        cosigners: keys.unwrap(),
        own: OwnKeys::default(),
        evidence: place.evidence(),
        clock: place.clock(),
    };
    let folder = place.path("mirror").join(origin_hash(ORIGIN));
    let mirror = Mirror::open(folder, ORIGIN, parts).unwrap();
    Attendant {
        witness: Arc::new(witness),
        mirror: with_mirror.then(|| Arc::new(Mutex::new(mirror))),
        origin: ORIGIN.to_owned(),
        alarm: Alarm::default(),
        silence: Duration::from_secs(180),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_witness_dials_out_answers_and_mirrors() {
    let log = Log::with_leaves(700);
    let place = Place::following(&log);
    let network = Network::new();
    let (ask, questions) = mpsc::channel(4);
    let (says, mut heard) = mpsc::channel(16);
    let questions = Arc::new(Mutex::new(Some(questions)));
    let hub = Hub { log: Arc::new(Mutex::new(log.clone())), questions, heard: says };
    let address = serve(hub, &network).await;
    let channel = dial(&network.settings(&place, address)).unwrap();
    let attending = tokio::spawn(attendant(&place, true).attend(channel));

    let Step::Introduction(introduction) = next(&mut heard).await else { panic!("not introduced") };
    assert_eq!(introduction.witness_keys.len(), 2);
    assert!(introduction.witness_keys[0].starts_with(WITNESS));
    assert_eq!(introduction.mirror_keys.len(), 2);
    assert!(introduction.checkpoints.is_empty(), "nothing was cosigned yet");

    for (number, (old, new)) in (1..).zip([(0, 5), (5, 700), (700, 700)]) {
        let body = log.question(old, new).to_string().into_bytes();
        ask.send(Ok(AttendResponse { number, body })).await.unwrap();
        let Step::Answer(answer) = next(&mut heard).await else { panic!("no answer") };
        assert_eq!((answer.number, answer.code), (number, 200));
        let Step::Mirrored(mirrored) = next(&mut heard).await else { panic!("not mirrored") };
        let note = Note::parse(&mirrored.note).unwrap();
        assert_eq!(note.text(), log.checkpoint(new).to_string());
        for key in &introduction.mirror_keys {
            let signed = note.verify(&key.parse().unwrap()).unwrap().expect("the mirror signed");
            assert_eq!(signed.time, Some(NOW));
        }
    }
    let body = log.branch(600, 100, 9).question(700, 700).to_string().into_bytes();
    ask.send(Ok(AttendResponse { number: 4, body })).await.unwrap();
    let Step::Answer(answer) = next(&mut heard).await else { panic!("no answer") };
    assert_eq!(answer.code, 422);
    attending.abort();
    drop(attending.await);

    let attendant = attendant(&place, true);
    let mirror = attendant.mirror.unwrap();
    assert_eq!(mirror.lock().unwrap().size(), 700);
    mirror.lock().unwrap().audit().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_witness_that_comes_back_says_what_it_has_cosigned() {
    let log = Log::with_leaves(3);
    let place = Place::following(&log);
    assert_eq!(crate::fixture::ask(&place.open(), &log.question(0, 3)).code, 200);
    let network = Network::new();
    let (_ask, questions) = mpsc::channel(4);
    let (says, mut heard) = mpsc::channel(16);
    let questions = Arc::new(Mutex::new(Some(questions)));
    let hub = Hub { log: Arc::new(Mutex::new(log.clone())), questions, heard: says };
    let address = serve(hub, &network).await;
    let channel = dial(&network.settings(&place, address)).unwrap();
    let attending = tokio::spawn(attendant(&place, false).attend(channel));
    let Step::Introduction(introduction) = next(&mut heard).await else { panic!("not introduced") };
    assert!(introduction.mirror_keys.is_empty());
    let [checkpoint] = &introduction.checkpoints[..] else { panic!("one checkpoint") };
    let note = Note::parse(checkpoint).unwrap();
    assert_eq!(note.text(), log.checkpoint(3).to_string());
    assert!(note.verify(&introduction.witness_keys[0].parse().unwrap()).unwrap().is_some());
    attending.abort();
}

/// The witness follows a second log, and would cosign this for whoever asks over HTTP.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hub_is_answered_about_its_own_log_only() {
    let log = Log::with_leaves(3);
    let place = Place::following(&log);
    let key = FileKey::generate(Algorithm::Ed25519).unwrap();
    let other = NoteSigner::new("other.test/log", Box::new(key)).unwrap();
    let (mut ledger, _) = Ledger::open(&place.path("ledger"), &place.path("keys")).unwrap();
    ledger.add_log(other.verifier().clone()).unwrap();
    drop(ledger);
    let empty = Checkpoint::new("other.test/log", 0, EMPTY_ROOT).unwrap().sign(&other).unwrap();
    let question = AddCheckpoint { old_size: 0, proof: vec![], note: empty };

    let network = Network::new();
    let (ask, questions) = mpsc::channel(4);
    let (says, mut heard) = mpsc::channel(16);
    let questions = Arc::new(Mutex::new(Some(questions)));
    let hub = Hub { log: Arc::new(Mutex::new(log.clone())), questions, heard: says };
    let address = serve(hub, &network).await;
    let channel = dial(&network.settings(&place, address)).unwrap();
    let attendant = attendant(&place, false);
    let witness = Arc::clone(&attendant.witness);
    let attending = tokio::spawn(attendant.attend(channel));
    let Step::Introduction(_) = next(&mut heard).await else { panic!("not introduced") };
    for (number, (body, code)) in
        (1..).zip([(question.to_string(), 404), (log.question(0, 3).to_string(), 200)])
    {
        ask.send(Ok(AttendResponse { number, body: body.into_bytes() })).await.unwrap();
        let Step::Answer(answer) = next(&mut heard).await else { panic!("no answer") };
        assert_eq!((answer.number, answer.code), (number, code));
    }
    assert_eq!(crate::fixture::ask(&witness, &question).code, 200, "asked by anybody else");
    attending.abort();
}
