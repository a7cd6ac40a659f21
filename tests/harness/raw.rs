//! A sender without manners: it signs whatever it is given and sends it as it is, for tests of what
//! no well-behaved client does.

use std::sync::Arc;

use barid_client::draft::HashedDocument;
use barid_client::proto::enrolment::voucher_message;
use barid_client::proto::envelope;
use barid_client::proto::key::{Algorithm, FileKey, Signer};
use barid_client::proto::v1::filing_content::Content;
use barid_client::proto::v1::filing_service_client::FilingServiceClient;
use barid_client::proto::v1::{
    Address, CaseReference, Confidentiality, DataClass, EnvelopeBody, EnvelopeSignature,
    EnvelopeSigner, FilingContent, FilingKind, InlineDocument, KeyAction, KeyEvent, KeyPurpose,
    KeyVoucher, LeadDocument, Reason, RefusalDetails, SignedEnvelope, SubmitRequest,
    SubmitResponse,
};
use barid_client::source::{self, Machine, Source};
use hyper_util::rt::TokioIo;
use prost::Message;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tonic::Status;
use tonic::codegen::http::Uri;
use tonic::transport::{Channel, Endpoint};

use crate::authority::{HUB_NAME, Identity, Wish};
use crate::hub::{HubProcess, ORIGIN};

/// The payload type of every envelope of version 1.
pub const PAYLOAD_TYPE: &str = "application/vnd.barid.envelope.v1+protobuf";

/// An office that signs and sends by hand.
pub struct RawSender {
    /// Its connection.
    pub channel: Channel,
    /// Its key.
    pub key: FileKey,
    /// Its address.
    pub address: Address,
    identity: Identity,
    sequence: u64,
    previous: [u8; 32],
}

impl RawSender {
    /// An office with a new key that is not enrolled.
    ///
    /// # Panics
    /// When it cannot be set up.
    pub async fn stranger(hub: &HubProcess, institution: &str, office: &str) -> Self {
        let identity = hub.authority().issue(&Wish::office(institution, office));
        Self {
            channel: channel(hub, Some(&identity)).await.expect("a connection"),
            key: FileKey::generate(Algorithm::Ed25519).expect("a key"),
            address: Address { institution: institution.into(), office: office.into() },
            identity,
            sequence: 1,
            previous: [0; 32],
        }
    }

    /// An office with an enrolled key.
    ///
    /// # Panics
    /// When the hub refuses the key.
    pub async fn enrolled(hub: &HubProcess, institution: &str, office: &str) -> Self {
        let mut sender = Self::stranger(hub, institution, office).await;
        let body = sender.key_event(KeyAction::Add);
        sender.submit(sender.seal(&body), &[]).await.expect("the key is enrolled");
        sender
    }

    /// Connects again, after the hub was away.
    ///
    /// # Panics
    /// When the hub cannot be reached.
    pub async fn reconnect(&mut self, hub: &HubProcess) {
        self.channel = channel(hub, Some(&self.identity)).await.expect("a connection");
    }

    /// Something happens to its own key.
    #[must_use]
    pub fn key_event(&self, action: KeyAction) -> EnvelopeBody {
        let event = KeyEvent {
            action: action.into(),
            spki: self.key.public_key().spki().to_vec(),
            purpose: KeyPurpose::Seal.into(),
            voucher: (action == KeyAction::Add).then(|| self.voucher()),
            ..KeyEvent::default()
        };
        let content = FilingContent { content: Some(Content::KeyEvent(event)) };
        EnvelopeBody { content: Some(content), case: None, ..self.body(FilingKind::KeyEvent) }
    }

    /// Its certificate vouches for its key.
    fn voucher(&self) -> KeyVoucher {
        let pem = self.identity.certificate.as_bytes();
        let certificate = CertificateDer::from_pem_slice(pem).expect("a certificate");
        let key = FileKey::from_pem(&self.identity.key).expect("the harness makes such keys");
        let message = voucher_message(ORIGIN, &self.key.public_key().id());
        let signature = key.sign(&message).expect("a key in memory signs");
        KeyVoucher { certificates: vec![certificate.to_vec()], signature }
    }

    /// A filing whose lead document a format reads.
    #[must_use]
    pub fn with_lead(&self, kind: FilingKind, format: &str, document: &[u8]) -> EnvelopeBody {
        let lead = LeadDocument {
            format: format.to_owned(),
            name: "document".to_owned(),
            media_type: "application/json".to_owned(),
            size_bytes: document.len() as u64,
            sha256: HashedDocument::in_memory(document.to_vec()).sha256.to_vec(),
            chunk_root: Vec::new(),
        };
        EnvelopeBody { lead: Some(lead), ..self.body(kind) }
    }

    /// A filing that is next in the chain, without content.
    ///
    /// # Panics
    /// When the machine gives no randomness.
    #[must_use]
    pub fn body(&self, kind: FilingKind) -> EnvelopeBody {
        let key_id = self.key.public_key().id().as_bytes().to_vec();
        let algorithm = i32::from(self.key.public_key().algorithm().wire());
        EnvelopeBody {
            hub_origin: ORIGIN.to_owned(),
            envelope_id: source::envelope_id(&Machine).expect("randomness").to_vec(),
            kind: kind.into(),
            sender: Some(self.address.clone()),
            case: Some(CaseReference::default()),
            sender_sequence: self.sequence,
            previous_digest: self.previous.to_vec(),
            created_at_unix_ms: Machine.now_ms(),
            nonce: source::nonce(&Machine).expect("randomness").to_vec(),
            signers: vec![EnvelopeSigner { key_id, algorithm }],
            confidentiality: Confidentiality::Parties.into(),
            data_class: DataClass::Live.into(),
            ..EnvelopeBody::default()
        }
    }

    /// Signs a body as it is.
    #[must_use]
    pub fn seal(&self, body: &EnvelopeBody) -> SignedEnvelope {
        self.seal_bytes(body.encode_to_vec())
    }

    /// Signs bytes as if they were a body.
    ///
    /// # Panics
    /// Never: the key is in memory.
    #[must_use]
    pub fn seal_bytes(&self, body: Vec<u8>) -> SignedEnvelope {
        let signed = envelope::pre_authentication(PAYLOAD_TYPE, &body);
        let signature = EnvelopeSignature {
            key_id: self.key.public_key().id().as_bytes().to_vec(),
            algorithm: i32::from(self.key.public_key().algorithm().wire()),
            signature: self.key.sign(&signed).expect("a key in memory signs"),
        };
        SignedEnvelope {
            body: body.into(),
            payload_type: PAYLOAD_TYPE.to_owned(),
            signatures: vec![signature],
        }
    }

    /// Sends an envelope with small documents. When it is taken in, the chain goes on from it.
    ///
    /// # Errors
    /// The hub's status.
    ///
    /// # Panics
    /// When the hub takes in what is no envelope.
    pub async fn submit(
        &mut self,
        envelope: SignedEnvelope,
        documents: &[&[u8]],
    ) -> Result<SubmitResponse, Status> {
        let documents =
            documents.iter().map(|bytes| InlineDocument { content: bytes.to_vec().into() });
        let request = SubmitRequest {
            envelope: Some(envelope.clone()),
            documents: documents.collect(),
            carriage: None,
        };
        let answer = FilingServiceClient::new(self.channel.clone()).submit(request).await?;
        let answer = answer.into_inner();
        let opened = envelope::open(&envelope).expect("the hub takes in envelopes only");
        if opened.body.sender_sequence >= self.sequence {
            self.sequence = opened.body.sender_sequence + 1;
            self.previous = opened.digest();
        }
        Ok(answer)
    }

    /// Sends what must be refused, and tells why it was.
    ///
    /// # Panics
    /// When it is taken in.
    pub async fn refused(&mut self, envelope: SignedEnvelope, documents: &[&[u8]]) -> Reason {
        self.refusal(envelope, documents).await.reason()
    }

    /// All details of the refusal that an envelope meets.
    ///
    /// # Panics
    /// When it is taken in.
    pub async fn refusal(
        &mut self,
        envelope: SignedEnvelope,
        documents: &[&[u8]],
    ) -> RefusalDetails {
        let status = self.submit(envelope, documents).await.expect_err("this must be refused");
        details(&status)
    }
}

/// The reason in a status; unspecified when it is not a refusal of the hub.
#[must_use]
pub fn reason(status: &Status) -> Reason {
    details(status).reason()
}

/// What a status says as a refusal of the hub; nothing when it is none.
fn details(status: &Status) -> RefusalDetails {
    let packed = tonic_types::pb::Status::decode(status.details()).unwrap_or_default();
    let own = packed.details.iter().find(|any| any.type_url.ends_with("barid.v1.RefusalDetails"));
    own.and_then(|any| RefusalDetails::decode(any.value.as_slice()).ok()).unwrap_or_default()
}

/// A connection to the hub with this certificate, or with none. In TLS 1.3 a hub's refusal of a
/// certificate shows at the first call.
///
/// # Errors
/// When the hub cannot be reached.
///
/// # Panics
/// When a certificate of the harness is not one.
pub async fn channel(
    hub: &HubProcess,
    identity: Option<&Identity>,
) -> Result<Channel, tonic::transport::Error> {
    let tls = TlsConnector::from(Arc::new(tls(hub, identity)));
    let address = hub.address().to_owned();
    let endpoint = Endpoint::from_static("http://localhost");
    let dial = tower::service_fn(move |_: Uri| {
        let (tls, address) = (tls.clone(), address.clone());
        async move {
            let tcp = TcpStream::connect(address).await?;
            tcp.set_nodelay(true)?;
            let name = ServerName::try_from(HUB_NAME).map_err(std::io::Error::other)?;
            Ok::<_, std::io::Error>(TokioIo::new(tls.connect(name, tcp).await?))
        }
    });
    endpoint.connect_with_connector(dial).await
}

fn tls(hub: &HubProcess, identity: Option<&Identity>) -> rustls::ClientConfig {
    let mut roots = rustls::RootCertStore::empty();
    let authority = CertificateDer::from_pem_slice(hub.authority().certificate().as_bytes());
    roots.add(authority.expect("a certificate")).expect("an authority");
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = rustls::ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13])
        .expect("TLS 1.3")
        .with_root_certificates(roots);
    let mut config = match identity {
        None => builder.with_no_client_auth(),
        Some(identity) => {
            let chain = CertificateDer::from_pem_slice(identity.certificate.as_bytes());
            let key = PrivateKeyDer::from_pem_slice(identity.key.as_bytes()).expect("a key");
            builder
                .with_client_auth_cert(vec![chain.expect("a certificate")], key)
                .expect("certificate and key fit")
        }
    };
    config.alpn_protocols = vec![b"h2".to_vec()];
    config
}
