//! A small network in memory: an authority, offices with certificates and keys, a log with four
//! witnesses. It makes real evidence, and lies when it is told to.

use barid_proto::enrolment::voucher_message;
use barid_proto::envelope::{self, PAYLOAD_TYPE, pre_authentication};
use barid_proto::key::{Algorithm, FileKey, KeyId, PublicKey, Signer as _};
use barid_proto::leaf::{self, Leaf, LeafKind};
use barid_proto::tlog::Hash;
use barid_proto::tlog::cosignature::Cosigner;
use barid_proto::tlog::note::Note;
use barid_proto::tlog::policy::Policy;
use barid_proto::tlog::receipt::Receipt;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{
    Acknowledgement, Address, DocketNumber, EnvelopeBody, EnvelopeReference, EnvelopeSignature,
    EnvelopeSigner, FilingAssessment, FilingContent, FilingKind, HubStatement, HubStatementKind,
    KeyAction, KeyEvent, KeyPurpose, KeyVoucher, LeadDocument, RefusalGround, RefusalToRegister,
    Registration, SignedEnvelope,
};
use prost::Message as _;
use sha2::{Digest as _, Sha256};

use super::authority::{Authority, Desk};
use super::{ORIGIN, TestLog};
use crate::bundle::{
    AssessmentEvidence, Bracket, Bundle, DocumentBytes, Evidence, NamedDocument, SealedEnvelope,
    StatementEvidence,
};
use crate::verify::recipient_name;

/// When the network's clock starts: 2025-11-23 11:10:00 UTC.
pub(crate) const START_MS: u64 = 1_763_896_200_000;

/// What an office files as its lead document.
pub(crate) const PAPER: &[u8] = b"the appeal, as a scan\n";

pub(crate) struct Network {
    pub(crate) log: TestLog,
    pub(crate) clock_ms: u64,
    /// How far the hub's clock is from everybody else's.
    pub(crate) skew_ms: i64,
    witnesses: Vec<Cosigner>,
    pub(crate) authority: Authority,
    /// Sizes at which witnesses cosigned, and when, in seconds.
    heads: Vec<(usize, u64)>,
    pub(crate) keys: Vec<Sealed>,
}

/// An envelope that is in the log.
#[derive(Clone)]
pub(crate) struct Sealed {
    pub(crate) envelope: SignedEnvelope,
    pub(crate) spkis: Vec<Vec<u8>>,
    pub(crate) digest: Hash,
    pub(crate) index: u64,
    pub(crate) extra: [u8; 9],
    pub(crate) assessment: Option<Vec<u8>>,
    /// Statements about it: bytes, leaf, extra.
    pub(crate) stated: Vec<(Vec<u8>, u64, [u8; 9])>,
}

pub(crate) fn address(institution: &str, office: &str) -> Address {
    Address { institution: institution.into(), office: office.into() }
}

impl Network {
    pub(crate) fn new() -> Self {
        let witness = |number: u8| {
            let key = FileKey::generate(Algorithm::Ed25519).unwrap();
            Cosigner::ed25519(&format!("w{number}.example"), Box::new(key)).unwrap()
        };
        Self {
            log: TestLog::new(),
            clock_ms: START_MS,
            skew_ms: 0,
            witnesses: (1..=4).map(witness).collect(),
            authority: Authority::new("Network authority"),
            heads: vec![],
            keys: vec![],
        }
    }

    /// The policy of somebody who believes three of the four witnesses.
    pub(crate) fn policy_text(&self) -> String {
        let witness = |(number, witness): (usize, &Cosigner)| {
            format!("witness w{number} {}\n", witness.verifier())
        };
        let witnesses: String = (1..).zip(&self.witnesses).map(witness).collect();
        let log = self.log.verifier();
        format!("log {log}\n{witnesses}group three 3 w1 w2 w3 w4\nquorum three\n")
    }

    pub(crate) fn policy(&self) -> Policy {
        Policy::parse(self.policy_text().as_bytes()).unwrap()
    }

    /// An office whose key is in the log, vouched for by its certificate.
    pub(crate) fn office(&mut self, institution: &str, office: &str) -> Desk {
        let mut desk = self.authority.desk(address(institution, office), |_| {});
        self.enrol(&mut desk);
        desk
    }

    pub(crate) fn enrol(&mut self, desk: &mut Desk) {
        let message = voucher_message(ORIGIN, &desk.key.public_key().id());
        let voucher = KeyVoucher {
            certificates: vec![desk.certificate.clone()],
            signature: desk.certificate_key.sign(&message).unwrap(),
        };
        let event = KeyEvent {
            action: KeyAction::Add.into(),
            spki: desk.key.public_key().spki().to_vec(),
            purpose: KeyPurpose::Seal.into(),
            voucher: Some(voucher),
            ..KeyEvent::default()
        };
        self.key_event(desk, event);
    }

    pub(crate) fn key_event(&mut self, desk: &mut Desk, event: KeyEvent) -> u64 {
        let content = Content::KeyEvent(event);
        let sealed = self.file_envelope(desk, FilingKind::KeyEvent, &[], |body| {
            body.content = Some(FilingContent { content: Some(content) });
        });
        let index = sealed.index;
        self.keys.push(sealed);
        index
    }

    /// Files an envelope: the log has its leaf, no witness has seen it yet.
    pub(crate) fn file_envelope(
        &mut self,
        desk: &mut Desk,
        kind: FilingKind,
        to: &[&Address],
        change: impl FnOnce(&mut EnvelopeBody),
    ) -> Sealed {
        let key = desk.key.public_key();
        let mut body = EnvelopeBody {
            hub_origin: ORIGIN.into(),
            envelope_id: Sha256::digest((self.log.size() as u64).to_be_bytes())[..16].to_vec(),
            kind: kind.into(),
            sender: Some(desk.address.clone()),
            recipients: to.iter().map(|to| (*to).clone()).collect(),
            sender_sequence: desk.sequence + 1,
            previous_digest: desk.previous.to_vec(),
            created_at_unix_ms: self.clock_ms as i64,
            nonce: vec![self.log.size() as u8; 32],
            signers: vec![signer(key)],
            ..EnvelopeBody::default()
        };
        change(&mut body);
        let envelope = sign(&body, &[&desk.key]);
        let leaf_kind = match kind {
            FilingKind::KeyEvent => LeafKind::Key,
            FilingKind::Acknowledgement
            | FilingKind::Registration
            | FilingKind::RefusalToRegister => LeafKind::Answer,
            _ => LeafKind::Envelope,
        };
        let sealed = self.seal(envelope, vec![key.spki().to_vec()], leaf_kind);
        desk.sequence = body.sender_sequence;
        desk.previous = sealed.digest;
        sealed
    }

    pub(crate) fn seal(
        &mut self,
        envelope: SignedEnvelope,
        spkis: Vec<Vec<u8>>,
        kind: LeafKind,
    ) -> Sealed {
        let opened = envelope::open(&envelope).unwrap();
        let nonce = opened.body.nonce.as_slice().try_into().unwrap();
        let names: Vec<String> = opened.body.recipients.iter().map(recipient_name).collect();
        let leaf = Leaf {
            kind,
            accepted_at_ms: self.hub_clock_ms(),
            envelope_digest: opened.digest(),
            signer_key_id: opened.signatures[0].key_id,
            routing_tag: leaf::routing_tag(nonce, &names).unwrap(),
        };
        let index = self.log.append(leaf.hash());
        let (digest, extra) = (opened.digest(), leaf.extra());
        Sealed { envelope, spkis, digest, index, extra, assessment: None, stated: vec![] }
    }

    /// An appeal with a paper, put into inboxes in the same commit.
    pub(crate) fn appeal(&mut self, desk: &mut Desk, to: &[&Address]) -> Sealed {
        let mut sealed = self.file_envelope(desk, FilingKind::AppealFiled, to, |body| {
            body.lead = Some(LeadDocument {
                name: "appeal.pdf".into(),
                size_bytes: PAPER.len() as u64,
                sha256: Sha256::digest(PAPER).to_vec(),
                ..LeadDocument::default()
            });
        });
        let assessment = FilingAssessment {
            envelope_digest: sealed.digest.to_vec(),
            consigned_to: to.iter().map(|to| (*to).clone()).collect(),
            ..FilingAssessment::default()
        };
        let bytes = assessment.encode_to_vec();
        self.own_leaf(LeafKind::Assessment, leaf::assessment_digest(&bytes));
        sealed.assessment = Some(bytes);
        sealed
    }

    pub(crate) fn answer(
        &mut self,
        desk: &mut Desk,
        to: &Sealed,
        kind: FilingKind,
        content: Content,
    ) -> Sealed {
        self.file_envelope(desk, kind, &[], |body| {
            let (digest, leaf_index) = (to.digest.to_vec(), to.index);
            body.in_reply_to = Some(EnvelopeReference { digest, leaf_index });
            body.content = Some(FilingContent { content: Some(content) });
        })
    }

    pub(crate) fn state_about(
        &mut self,
        kind: HubStatementKind,
        office: &Address,
        about: &mut Sealed,
    ) {
        let statement = HubStatement {
            kind: kind.into(),
            office: Some(office.clone()),
            envelope_digests: vec![about.digest.to_vec()],
            at_unix_ms: self.clock_ms as i64,
            ..HubStatement::default()
        };
        let bytes = statement.encode_to_vec();
        let (index, extra) = self.own_leaf(LeafKind::Statement, leaf::statement_digest(&bytes));
        about.stated.push((bytes, index, extra));
    }

    pub(crate) fn own_leaf(&mut self, kind: LeafKind, digest: Hash) -> (u64, [u8; 9]) {
        let raw = self.log.verifier().raw().try_into().unwrap();
        let leaf = Leaf {
            kind,
            accepted_at_ms: self.hub_clock_ms(),
            envelope_digest: digest,
            signer_key_id: PublicKey::from_ed25519(&raw).unwrap().id(),
            routing_tag: [0; 32],
        };
        (self.log.append(leaf.hash()), leaf.extra())
    }

    fn hub_clock_ms(&self) -> u64 {
        self.clock_ms.checked_add_signed(self.skew_ms).unwrap()
    }

    /// All witnesses cosign the log as it is, and a second goes by.
    pub(crate) fn witness(&mut self) {
        self.heads.push((self.log.size(), self.clock_ms / 1000));
        self.clock_ms += 1000;
    }

    pub(crate) fn cosigned(&self, size: usize, time: u64, by: usize) -> Note {
        let (checkpoint, mut note) = self.log.checkpoint(size);
        for (number, witness) in (0..).zip(self.witnesses.iter().take(by)) {
            note.add(witness.cosign(&checkpoint, time + number).unwrap()).unwrap();
        }
        note
    }

    fn receipt(&self, index: u64, extra: &[u8]) -> (Vec<u8>, usize) {
        let head = self.heads.iter().find(|(size, _)| *size as u64 > index);
        let (size, time) = *head.expect("witnesses have seen it");
        let path = self.log.inclusion(index, size);
        let checkpoint = self.cosigned(size, time, 3);
        let receipt = Receipt { extra: extra.to_vec(), index, path, checkpoint };
        (receipt.to_string().into_bytes(), size)
    }

    pub(crate) fn sealed(&self, filed: &Sealed) -> SealedEnvelope {
        SealedEnvelope {
            envelope: filed.envelope.clone(),
            receipt: self.receipt(filed.index, &filed.extra).0,
            signer_spkis: filed.spkis.clone(),
        }
    }

    pub(crate) fn stated(
        &self,
        (bytes, index, extra): &(Vec<u8>, u64, [u8; 9]),
    ) -> StatementEvidence {
        let receipt = self.receipt(*index, extra).0;
        StatementEvidence { bytes: bytes.clone(), receipt }
    }

    pub(crate) fn evidence(&self, filed: &Sealed) -> Evidence {
        let (_, size) = self.receipt(filed.index, &filed.extra);
        let before = self.heads.iter().rev().find(|(size, _)| *size as u64 <= filed.index);
        let before = before.map(|(old, time)| Bracket {
            note: self.cosigned(*old, *time, 3).to_string().into_bytes(),
            path: self.log.consistency(*old, size),
        });
        let path = || self.log.inclusion(filed.index + 1, size);
        Evidence {
            sealed: self.sealed(filed),
            assessment: filed
                .assessment
                .clone()
                .map(|bytes| AssessmentEvidence { bytes, path: path() }),
            statements: filed.stated.iter().map(|stated| self.stated(stated)).collect(),
            before,
        }
    }

    /// A bundle of these filings, all key events and the paper.
    pub(crate) fn bundle(&self, filed: &[Sealed]) -> Bundle {
        let mut bundle = Bundle::of(filed.iter().map(|filed| self.evidence(filed)).collect());
        bundle.keys = self.keys.iter().map(|event| self.sealed(event)).collect();
        bundle.policy = self.policy_text();
        let name = Sha256::digest(PAPER).into();
        if bundle.named_documents().contains(&name) {
            let bytes = DocumentBytes::Memory(PAPER.to_vec());
            let size = PAPER.len() as u64;
            bundle.documents.push(NamedDocument { name, found: name, size, bytes });
        }
        bundle
    }
}

/// A case as it goes: filed, put into two inboxes, fetched, acknowledged, registered by one office,
/// refused by another, and not answered in time by it before.
pub(crate) fn case() -> (Network, Vec<Sealed>, [Desk; 3]) {
    let mut network = Network::new();
    let mut basra = network.office("ihec", "geo-bas");
    let mut panel = network.office("ejp", "registry");
    let mut court = network.office("fsc", "clerk");
    network.witness();
    let (to_panel, to_court) = (panel.address.clone(), court.address.clone());
    let mut appeal = network.appeal(&mut basra, &[&to_panel, &to_court]);
    network.witness();
    network.state_about(HubStatementKind::Fetched, &to_panel, &mut appeal);
    let acknowledgement = Acknowledgement {
        envelope_digest: appeal.digest.to_vec(),
        document_digests: vec![Sha256::digest(PAPER).to_vec()],
    };
    let acknowledgement = Content::Acknowledgement(acknowledgement);
    let kind = FilingKind::Acknowledgement;
    let handed_over = network.answer(&mut panel, &appeal, kind, acknowledgement);
    network.witness();
    let docket_number = Some(DocketNumber {
        institution: "ejp".into(),
        literal: "612/الهيئة القضائية للانتخابات/2025".into(),
        normal: String::new(),
    });
    let registration = Registration { docket_number, ..Registration::default() };
    let registration = Content::Registration(registration);
    let registered = network.answer(&mut panel, &appeal, FilingKind::Registration, registration);
    network.state_about(HubStatementKind::Expired, &to_court, &mut appeal);
    network.witness();
    let ground = RefusalGround { code: "no-competence".into(), ..RefusalGround::default() };
    let refusal = RefusalToRegister { grounds: vec![ground], ..RefusalToRegister::default() };
    let refusal = Content::RefusalToRegister(refusal);
    let refused = network.answer(&mut court, &appeal, FilingKind::RefusalToRegister, refusal);
    network.witness();
    (network, vec![appeal, handed_over, registered, refused], [basra, panel, court])
}

pub(crate) fn signer(key: &PublicKey) -> EnvelopeSigner {
    let algorithm = key.algorithm().wire().into();
    EnvelopeSigner { key_id: key.id().as_bytes().to_vec(), algorithm }
}

pub(crate) fn sign(body: &EnvelopeBody, keys: &[&FileKey]) -> SignedEnvelope {
    let bytes = body.encode_to_vec();
    let message = pre_authentication(PAYLOAD_TYPE, &bytes);
    let signature = |key: &&FileKey| EnvelopeSignature {
        key_id: KeyId::as_bytes(&key.public_key().id()).to_vec(),
        algorithm: key.public_key().algorithm().wire().into(),
        signature: key.sign(&message).unwrap(),
    };
    let signatures = keys.iter().map(signature).collect();
    SignedEnvelope { body: bytes.into(), payload_type: PAYLOAD_TYPE.into(), signatures }
}
