//! A hub in a temporary folder, and offices that sign for themselves.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use barid_proto::enrolment::voucher_message;
use barid_proto::envelope::{NO_PREVIOUS, PAYLOAD_TYPE, open, pre_authentication};
use barid_proto::key::{Algorithm, FileKey, Signer as _};
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{self, EnvelopeBody, SignedEnvelope};
use prost::Message as _;
use tempfile::TempDir;

use crate::error::Error;
use crate::format::{Formats, Looker, Program};
use crate::hub::{Hub, HubParts};
use crate::identity::caller::{Caller, caller_of};
use crate::identity::directory::Directory;
use crate::identity::policy::Policy;
use crate::log::{Log, LogSigner};
use crate::model::content::kind_of;
use crate::model::id::{InstitutionId, OfficeAddress, OfficeId};
use crate::model::place::english;
use crate::store::Store;
use crate::store::documents::{DocumentLimits, Documents, Places};
use crate::store::embedded::Embedded;

pub(super) const ORIGIN: &str = "hub.test/log";

/// A Sunday noon in November 2025.
pub(super) const NOON_MS: u64 = 1_763_899_200_000;

/// From how long on an outage is stated.
pub(super) const OUTAGES_FROM: Duration = Duration::from_secs(120);

const DIRECTORY: &str = r#"
    [[institution]]
    id = "alpha"
    kind = "commission"
    name = { en = "Alpha" }
    data_classes = ["live", "synthetic", "published"]
    office = [
        { id = "head", main = true, time_zone = "Asia/Baghdad", name = { en = "Head" } },
        { id = "south", time_zone = "Asia/Baghdad", name = { en = "South" } },
        { id = "north", time_zone = "Asia/Baghdad", name = { en = "North" } },
    ]
    [[institution]]
    id = "beta"
    kind = "panel"
    name = { en = "Beta" }
    data_classes = ["live", "synthetic", "published"]
    office = [{ id = "desk", main = true, time_zone = "Asia/Baghdad", name = { en = "Desk" } }]
    [[institution]]
    id = "gamma"
    kind = "court"
    name = { en = "Gamma" }
    data_classes = ["live", "synthetic", "published"]
    office = [{ id = "desk", main = true, time_zone = "Asia/Baghdad", name = { en = "Desk" } }]
    [[institution]]
    id = "delta"
    kind = "partner"
    name = { en = "Delta" }
    data_classes = ["synthetic", "published"]
    office = [{ id = "desk", main = true, time_zone = "UTC", name = { en = "Desk" } }]
    [[institution]]
    id = "epsilon"
    kind = "steward"
    name = { en = "Epsilon" }
    data_classes = ["live", "synthetic", "published"]
    office = [{ id = "desk", main = true, time_zone = "UTC", name = { en = "Desk" } }]
"#;

pub(super) struct TestHub {
    pub(super) hub: Arc<Hub>,
    /// The hub's clock: goes on by a millisecond whenever it is read.
    pub(super) now: Arc<AtomicU64>,
    folder: TempDir,
}

impl TestHub {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store: Arc<dyn Store> = Arc::new(Embedded::open(folder.path()).unwrap());
        let documents = {
            let limits = DocumentLimits { reserve_bytes: 0, ..DocumentLimits::default() };
            Documents::open(&folder.path().join("documents"), &Places::default(), limits).unwrap()
        };
        let now = Arc::new(AtomicU64::new(NOON_MS));
        let ticking = Arc::clone(&now);
        let clock: crate::log::Clock = Arc::new(move || ticking.fetch_add(1, Ordering::Relaxed));
        let key = FileKey::generate(Algorithm::Ed25519).unwrap();
        let signer = LogSigner::new(ORIGIN, key).unwrap();
        let log = Log::open(Arc::clone(&store), signer, Arc::clone(&clock), None, OUTAGES_FROM);
        let log = log.unwrap();
        let hub = Hub::new(HubParts {
            directory: Directory::parse(DIRECTORY).unwrap(),
            policy: Policy::parse(include_str!("../../../policy/electoral-disputes.toml")).unwrap(),
            formats: Formats::load(&[], Program::own()).unwrap(),
            looker: Looker::new(no_worker()),
            log: Arc::new(log),
            store,
            documents: Arc::new(documents),
            clock,
        });
        Self { hub: Arc::new(hub.unwrap()), now, folder }
    }

    /// Where the hub keeps everything.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// An office with an enrolled key.
    pub(super) async fn office(&self, institution: &str, office: &str) -> TestOffice {
        let mut one = TestOffice::new(institution, office);
        let event = one.key_event();
        one.submit(&self.hub, event).await.unwrap();
        one
    }
}

/// A test is no worker. Where one is needed, the hub's own program runs (`tests/looks.rs`).
fn no_worker() -> Program {
    Program { path: "/nonexistent".into(), show_errors: false }
}

pub(super) fn caller(institution: &str, office: &str) -> Caller {
    let office = OfficeAddress {
        institution: InstitutionId::new(institution).unwrap(),
        office: OfficeId::new(office).unwrap(),
    };
    Caller { office, fingerprint: [0; 32], certificate: Vec::new() }
}

/// A caller whose certificate has this key.
pub(super) fn caller_with(institution: &str, office: &str, key: &FileKey) -> Caller {
    let pair = rcgen::KeyPair::from_pem(&key.to_pem().unwrap()).unwrap();
    let mut params = rcgen::CertificateParams::default();
    let uri = format!("urn:barid:institution:{institution}:office:{office}");
    params.subject_alt_names.push(rcgen::SanType::URI(uri.as_str().try_into().unwrap()));
    caller_of(params.self_signed(&pair).unwrap().der()).unwrap()
}

pub(super) fn address(institution: &str, office: &str) -> v1::Address {
    v1::Address { institution: institution.into(), office: office.into() }
}

/// An office that signs for itself and keeps its chain.
pub(super) struct TestOffice {
    pub(super) caller: Caller,
    pub(super) certificate_key: FileKey,
    pub(super) key: FileKey,
    pub(super) sequence: u64,
    pub(super) previous: [u8; 32],
    made: u8,
}

impl TestOffice {
    pub(super) fn new(institution: &str, office: &str) -> Self {
        let certificate_key = FileKey::generate(Algorithm::EcdsaP256).unwrap();
        Self {
            caller: caller_with(institution, office, &certificate_key),
            certificate_key,
            key: FileKey::generate(Algorithm::EcdsaP256).unwrap(),
            sequence: 0,
            previous: NO_PREVIOUS,
            made: 0,
        }
    }

    /// A body that this office may sign, for this content.
    pub(super) fn body(&mut self, content: Content) -> EnvelopeBody {
        self.made += 1;
        let office = &self.caller.office;
        let mut envelope_id = vec![self.made; 16];
        envelope_id[..8].copy_from_slice(&self.key.public_key().id().as_bytes()[..8]);
        EnvelopeBody {
            hub_origin: ORIGIN.into(),
            envelope_id,
            kind: kind_of(&content).into(),
            sender: Some(address(office.institution.as_str(), office.office.as_str())),
            nonce: vec![self.made; 32],
            confidentiality: v1::Confidentiality::Parties.into(),
            data_class: v1::DataClass::Live.into(),
            content: Some(v1::FilingContent { content: Some(content) }),
            ..EnvelopeBody::default()
        }
    }

    /// What brings the office's first key into use, vouched for by its certificate.
    pub(super) fn key_event(&mut self) -> EnvelopeBody {
        let mut event = change_of(v1::KeyAction::Add, &self.key);
        event.voucher = Some(self.voucher(&self.key));
        self.key_body(event)
    }

    pub(super) fn key_body(&mut self, event: v1::KeyEvent) -> EnvelopeBody {
        let mut body = self.body(Content::KeyEvent(event));
        body.data_class = v1::DataClass::Published.into();
        body
    }

    /// The office's certificate vouches for a key.
    pub(super) fn voucher(&self, key: &FileKey) -> v1::KeyVoucher {
        let message = voucher_message(ORIGIN, &key.public_key().id());
        v1::KeyVoucher {
            certificates: vec![self.caller.certificate.clone()],
            signature: self.certificate_key.sign(&message).unwrap(),
        }
    }

    /// Sends what these keys sign, the first of which signs for the first time.
    pub(super) async fn submit_first(
        &mut self,
        hub: &Hub,
        event: v1::KeyEvent,
        keys: &[&FileKey],
    ) -> Result<v1::SubmitResponse, Error> {
        let mut body = self.key_body(event);
        body.sender_sequence = 1;
        body.previous_digest = NO_PREVIOUS.to_vec();
        let envelope = Some(sign_with(body, keys));
        hub.submit(
            &self.caller,
            v1::SubmitRequest { envelope, documents: Vec::new(), carriage: None },
        )
        .await
    }

    /// Puts the next link of the chain into a body and signs it, without taking it as sent.
    pub(super) fn sign(&self, mut body: EnvelopeBody) -> SignedEnvelope {
        body.sender_sequence = self.sequence + 1;
        body.previous_digest = self.previous.to_vec();
        sign_with(body, &[&self.key])
    }

    /// Signs and submits; takes the link as used when the hub accepted it.
    pub(super) async fn submit(
        &mut self,
        hub: &Hub,
        body: EnvelopeBody,
    ) -> Result<v1::SubmitResponse, Error> {
        let envelope = self.sign(body);
        self.submit_signed(hub, envelope, Vec::new()).await
    }

    pub(super) async fn submit_signed(
        &mut self,
        hub: &Hub,
        envelope: SignedEnvelope,
        documents: Vec<v1::InlineDocument>,
    ) -> Result<v1::SubmitResponse, Error> {
        let digest = open(&envelope).map(|opened| opened.digest());
        let request = v1::SubmitRequest { envelope: Some(envelope), documents, carriage: None };
        let response = hub.submit(&self.caller, request).await?;
        if !response.repeated_submission {
            self.sequence += 1;
            self.previous = digest.unwrap();
        }
        Ok(response)
    }
}

/// Something happens to a key that signs filings.
pub(super) fn change_of(action: v1::KeyAction, key: &FileKey) -> v1::KeyEvent {
    v1::KeyEvent {
        action: action.into(),
        spki: key.public_key().spki().to_vec(),
        purpose: v1::KeyPurpose::Seal.into(),
        ..v1::KeyEvent::default()
    }
}

/// Signs a body as it is, listing the keys.
pub(super) fn sign_with(mut body: EnvelopeBody, keys: &[&FileKey]) -> SignedEnvelope {
    body.signers = keys
        .iter()
        .map(|key| v1::EnvelopeSigner {
            key_id: key.public_key().id().as_bytes().to_vec(),
            algorithm: key.public_key().algorithm().wire().into(),
        })
        .collect();
    let bytes = body.encode_to_vec();
    let message = pre_authentication(PAYLOAD_TYPE, &bytes);
    let signatures = keys
        .iter()
        .zip(&body.signers)
        .map(|(key, signer)| v1::EnvelopeSignature {
            key_id: signer.key_id.clone(),
            algorithm: signer.algorithm,
            signature: key.sign(&message).unwrap(),
        })
        .collect();
    SignedEnvelope { body: bytes.into(), payload_type: PAYLOAD_TYPE.into(), signatures }
}

pub(super) fn complaint() -> Content {
    Content::ComplaintRegistered(v1::ComplaintRegistered {
        form_serial: "110-0007".into(),
        complainant: Some(v1::Person {
            full_name: "One Two Three Four".into(),
            ..v1::Person::default()
        }),
        facts: Some(english("posters inside the centre".into())),
        ..v1::ComplaintRegistered::default()
    })
}

pub(super) fn appeal() -> Content {
    Content::AppealFiled(v1::AppealFiled {
        appellant: Some(v1::Person { full_name: "List 187".into(), ..v1::Person::default() }),
        challenged: Some(v1::ActReference { number: "214".into(), ..v1::ActReference::default() }),
        ..v1::AppealFiled::default()
    })
}

pub(super) fn pilot_paper() -> Content {
    let title = Some(english("mock hearing".into()));
    Content::PilotPaper(v1::PilotPaper { title, ..v1::PilotPaper::default() })
}

pub(super) fn reason(result: Result<impl Sized, Error>) -> v1::Reason {
    match result {
        Ok(_) => panic!("accepted, although it should be refused"),
        Err(Error::Refused(refusal)) => refusal.reason,
        Err(Error::Failed(fault)) => panic!("failed: {}", fault.chain()),
    }
}
