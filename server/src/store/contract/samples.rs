//! Rows for tests: plausible in form, plain in content.

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;

use barid_proto::key::{FileKey, KeyId, Signer as _};
use barid_proto::leaf::LEAF_LEN;
use sha2::{Digest, Sha256};

use crate::model::id::{
    CaseId, DocumentDigest, EnvelopeDigest, EnvelopeId, InstitutionId, OfficeAddress, OfficeId,
    OnceKey,
};
use crate::model::row::{
    AnswerChange, AnswerStep, Batch, CaseChange, CaseOpening, CaseRole, ChainRow, DocketNumberRow,
    DocumentRow, FilingRow, HeadRow, KeyChange, SealedRow, StatementRow, TileRow,
};

/// The event of the sample cases.
pub(crate) const EVENT: &str = "event-1";

/// 32 bytes that stand for whatever `label` and `n` name.
pub(crate) fn hash(label: &str, n: u64) -> [u8; 32] {
    Sha256::new().chain_update(label).chain_update(n.to_be_bytes()).finalize().into()
}

pub(crate) fn institution(name: &str) -> InstitutionId {
    InstitutionId::new(name).unwrap()
}

/// An office from `institution/office`.
pub(crate) fn office(name: &str) -> OfficeAddress {
    let (institution, office) = name.split_once('/').unwrap();
    OfficeAddress {
        institution: InstitutionId::new(institution).unwrap(),
        office: OfficeId::new(office).unwrap(),
    }
}

/// Key `n`, always the same.
pub(crate) fn signing_key(n: u64) -> FileKey {
    // The PKCS#8 of an Ed25519 key up to its seed (RFC 8410 §7).
    const BEFORE_SEED: [u8; 16] = [
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04,
        0x20,
    ];
    FileKey::from_pkcs8(&[&BEFORE_SEED[..], &hash("seed", n)].concat()).unwrap()
}

pub(crate) fn key(n: u64) -> KeyId {
    // Tests that make thousands of filings ask again and again, and some of them watch the clock.
    static MADE: Mutex<BTreeMap<u64, KeyId>> = Mutex::new(BTreeMap::new());
    let mut made = MADE.lock().unwrap();
    *made.entry(n).or_insert_with(|| signing_key(n).public_key().id())
}

/// Digest of the `n`-th document.
pub(crate) fn paper(n: u64) -> DocumentDigest {
    DocumentDigest::new(hash("document", n))
}

/// The `n`-th document with this length, as it stands in the books.
pub(crate) fn held_document(n: u64, size: u64) -> DocumentRow {
    DocumentRow { digest: paper(n), size, chunk_root: Some(hash("chunk root", n)) }
}

pub(crate) fn envelope_id(n: u64) -> EnvelopeId {
    EnvelopeId::from_slice(&hash("envelope id", n)[..16]).unwrap()
}

/// The case that filing `n` opens.
pub(crate) fn case(n: u64) -> CaseId {
    envelope_id(n).into()
}

pub(crate) fn number(institution_name: &str, literal: &str) -> DocketNumberRow {
    DocketNumberRow {
        institution: institution(institution_name),
        literal: format!(" {literal} \u{200f}"),
        normal: literal.to_owned(),
    }
}

/// Filing `n`: in no case, for nobody, first of its key.
pub(crate) fn filing(n: u64) -> FilingRow {
    FilingRow {
        leaf: 0,
        sealed_size: 0,
        accepted_at_ms: 0,
        digest: EnvelopeDigest::new(hash("digest", n)),
        once_key: OnceKey::new(hash("once", n)),
        envelope_id: envelope_id(n),
        envelope: hash("envelope", n).repeat(8),
        kind: 1,
        sender: office("north/one"),
        key_id: key(1),
        sequence: 1,
        case: None,
        recipients: Vec::new(),
        documents: Vec::new(),
        restricted: false,
        assessment: None,
        answer: None,
        key: None,
        answer_by_ms: None,
        public_act: None,
        mentions: Vec::new(),
        access: Vec::new(),
        retention: None,
    }
}

/// Filing `n`, which opens a case between its sender and the recipients.
pub(crate) fn opening(n: u64, recipients: &[&str]) -> FilingRow {
    let recipients: Vec<OfficeAddress> = recipients.iter().map(|name| office(name)).collect();
    let mut filing = filing(n);
    let addressees = recipients.iter().map(|office| (office.clone(), CaseRole::Addressee));
    let parties = [(filing.sender.clone(), CaseRole::Opener)].into_iter().chain(addressees);
    filing.case = Some(CaseChange {
        case: case(n),
        opening: Some(CaseOpening {
            data_class: 2,
            procedure_id: "procedure".to_owned(),
            rule_set_id: "rules".to_owned(),
            election_event_id: EVENT.to_owned(),
        }),
        parties: parties.collect(),
        docket_numbers: Vec::new(),
        names: Vec::new(),
    });
    filing.recipients = recipients;
    filing
}

/// Filing `n` of a recipient that answers the filing at a leaf, in a case.
pub(crate) fn answer(
    n: u64,
    sender: &str,
    case: CaseId,
    filing_leaf: u64,
    step: AnswerStep,
) -> FilingRow {
    let mut filing = filing(n);
    filing.sender = office(sender);
    filing.key_id = key(2);
    let registered = step == AnswerStep::Registered;
    let docket_number = registered.then(|| number("south", &format!("{n}/2025")));
    filing.case = Some(CaseChange {
        case,
        opening: None,
        parties: Vec::new(),
        docket_numbers: docket_number.iter().cloned().collect(),
        names: vec![format!("person {n}")],
    });
    let registered_at_ms = if registered { -5 } else { 0 };
    filing.answer = Some(AnswerChange { filing_leaf, step, docket_number, registered_at_ms });
    filing
}

/// Filing `n`, which brings key `new` into use.
pub(crate) fn new_key(n: u64, new: u64) -> FilingRow {
    let mut filing = filing(n);
    filing.key = Some(KeyChange::Add {
        key_id: key(new),
        spki: signing_key(new).public_key().spki().to_vec(),
        holder: office("north/one"),
        purpose: 1,
        vouched_by: None,
    });
    filing
}

/// A row of a batch.
pub(crate) fn sealed(filing: FilingRow) -> SealedRow {
    SealedRow::Filing(Box::new(filing))
}

/// Writes batches as a sequencer would, but for the cryptography.
#[derive(Clone, Default)]
pub(crate) struct Chronicle {
    size: u64,
    chains: HashMap<KeyId, ChainRow>,
}

impl Chronicle {
    /// A batch of these, with leaves and places in sequences given.
    pub(crate) fn batch(&mut self, mut entries: Vec<SealedRow>) -> Batch {
        let first_leaf = self.size;
        for entry in &mut entries {
            match entry {
                SealedRow::Filing(filing) => {
                    filing.leaf = self.size;
                    filing.accepted_at_ms = 1_000 + self.size;
                    self.size += 1 + u64::from(filing.assessment.is_some());
                    let empty = ChainRow { sequence: 0, digest: [0; 32] };
                    let chain = self.chains.entry(filing.key_id).or_insert(empty);
                    chain.sequence += 1;
                    chain.digest = *filing.digest.as_bytes();
                    filing.sequence = chain.sequence;
                }
                SealedRow::Statement(statement) => {
                    statement.leaf = self.size;
                    self.size += 1;
                }
            }
        }
        for entry in &mut entries {
            if let SealedRow::Filing(filing) = entry {
                filing.sealed_size = self.size;
            }
        }
        let hashes = (0..self.size.min(256)).flat_map(|n| hash("tile", n)).collect();
        Batch {
            first_leaf,
            leaves: (first_leaf..self.size).map(leaf).collect(),
            tiles: vec![TileRow { level: 0, index: 0, hashes }],
            head: HeadRow {
                size: self.size,
                root: hash("root", self.size),
                note: format!("note {}\n", self.size).into_bytes(),
            },
            entries,
            cosigned: Vec::new(),
        }
    }
}

/// A statement that offices were silent about filings.
pub(crate) fn expired(deliveries: &[(&str, u64)]) -> SealedRow {
    SealedRow::Statement(StatementRow {
        leaf: 0,
        statement: b"expired".to_vec(),
        fetched: Vec::new(),
        expired: deliveries.iter().map(|(name, leaf)| (office(name), *leaf)).collect(),
        outage: false,
    })
}

/// A statement of an outage.
pub(crate) fn outage() -> SealedRow {
    SealedRow::Statement(StatementRow {
        leaf: 0,
        statement: b"outage".to_vec(),
        fetched: Vec::new(),
        expired: Vec::new(),
        outage: true,
    })
}

/// Leaf `n` of the samples.
pub(crate) fn leaf(n: u64) -> [u8; LEAF_LEN] {
    let mut bytes = [7; LEAF_LEN];
    bytes[..32].copy_from_slice(&hash("leaf", n));
    bytes
}

/// A little of everything.
pub(crate) fn history() -> Vec<Batch> {
    let mut chronicle = Chronicle::default();
    let mut complaint = opening(1, &["south/one", "south/two"]);
    complaint.documents = vec![paper(1), paper(2)];
    complaint.assessment = Some(b"assessed".to_vec());
    let mut other = opening(2, &["east/one"]);
    other.documents = vec![paper(3)];
    other.answer_by_ms = Some(7_000);
    let fetched = StatementRow {
        leaf: 0,
        statement: b"fetched".to_vec(),
        fetched: vec![(office("south/one"), 0)],
        expired: Vec::new(),
        outage: false,
    };
    let mut retired = filing(7);
    retired.key = Some(KeyChange::Retire { key_id: key(3) });
    let mut revoked = filing(8);
    revoked.key = Some(KeyChange::Revoke { key_id: key(4), invalid_from: 2 });
    vec![
        chronicle.batch(vec![sealed(complaint), sealed(other)]),
        chronicle.batch(vec![
            SealedRow::Statement(fetched),
            sealed(answer(3, "south/one", case(1), 0, AnswerStep::Acknowledged)),
            sealed(answer(4, "south/one", case(1), 0, AnswerStep::Registered)),
            sealed(answer(5, "south/two", case(1), 0, AnswerStep::Refused)),
        ]),
        chronicle.batch(vec![
            sealed(new_key(6, 3)),
            sealed(new_key(9, 4)),
            sealed(retired),
            sealed(revoked),
        ]),
    ]
}
