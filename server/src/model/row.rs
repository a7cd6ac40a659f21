//! What becomes durable in one commit, and what is read back.
//!
//! Rows carry the bytes as they were sent; everything else in them is an index over those bytes.

use barid_proto::key::KeyId;
use barid_proto::leaf::LEAF_LEN;
use barid_proto::text::search_form;
use barid_proto::tlog::Hash;

use super::access::AccessRow;
use super::id::{
    CaseId, DocumentDigest, EnvelopeDigest, EnvelopeId, InstitutionId, OfficeAddress, OnceKey,
};
use super::retention::RetentionChange;

/// Everything that one commit makes durable, or nothing of it.
#[derive(Debug, Clone)]
pub struct Batch {
    /// Index of the first new leaf: the size of the tree before.
    pub first_leaf: u64,
    /// The new leaves, in order.
    pub leaves: Vec<[u8; LEAF_LEN]>,
    /// The tiles that changed, whole as far as they go.
    pub tiles: Vec<TileRow>,
    /// The tree after this batch, signed.
    pub head: HeadRow,
    /// What the leaves stand for, in the order of the leaves.
    pub entries: Vec<SealedRow>,
    /// Earlier heads that a quorum has cosigned meanwhile, each with the lines it has.
    pub cosigned: Vec<HeadRow>,
}

/// A tile's hashes so far, C2SP tlog-tiles. Narrower tiles are prefixes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TileRow {
    /// Level, 0 for the leaves' hashes.
    pub level: u8,
    /// Index within the level.
    pub index: u64,
    /// 32 bytes for each hash.
    pub hashes: Vec<u8>,
}

/// A signed tree head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadRow {
    /// Number of leaves.
    pub size: u64,
    /// Root of the tree.
    pub root: [u8; 32],
    /// The checkpoint as a signed note.
    pub note: Vec<u8>,
}

/// What a leaf stands for.
#[derive(Debug, Clone)]
pub enum SealedRow {
    /// A filing, and the leaf behind it when the hub had something to add.
    Filing(Box<FilingRow>),
    /// A statement of the hub itself.
    Statement(StatementRow),
}

/// A filing with everything that is decided when it is sealed.
#[derive(Debug, Clone)]
pub struct FilingRow {
    /// Index of its leaf.
    pub leaf: u64,
    /// Size of the tree in whose head its receipt is given.
    pub sealed_size: u64,
    /// When the hub accepted it, milliseconds since 1970 UTC.
    pub accepted_at_ms: u64,
    /// Digest of the envelope.
    pub digest: EnvelopeDigest,
    /// SHA-256 of what was signed.
    pub once_key: OnceKey,
    /// The sender's identifier.
    pub envelope_id: EnvelopeId,
    /// The `SignedEnvelope` as it was received.
    pub envelope: Vec<u8>,
    /// Kind of filing, as on the wire.
    pub kind: i32,
    /// Who sent it.
    pub sender: OfficeAddress,
    /// First signing key, whose sequence this is.
    pub key_id: KeyId,
    /// Place in that key's sequence.
    pub sequence: u64,
    /// What it means for a case. `None` for filings that belong to no case.
    pub case: Option<CaseChange>,
    /// On whom it is served, in the order of the envelope.
    pub recipients: Vec<OfficeAddress>,
    /// Documents it names, lead first.
    pub documents: Vec<DocumentDigest>,
    /// Whether it and its documents are for the sender and the recipients only, and not for the
    /// other parties to the case.
    pub restricted: bool,
    /// Serialised `FilingAssessment`; its leaf is `leaf + 1`. `None`: nothing to add.
    pub assessment: Option<Vec<u8>>,
    /// What it settles at the office that sends it. `None`: it is no answer.
    pub answer: Option<AnswerChange>,
    /// What it does to a key. `None`: nothing.
    pub key: Option<KeyChange>,
    /// By when its sender needs the recipients' answers, milliseconds since 1970 UTC. `None`: it
    /// did not say, or the filing is an answer itself, which nobody answers.
    pub answer_by_ms: Option<u64>,
    /// Under which name it counts beyond its own case. `None`: it does not.
    pub public_act: Option<PublicActRow>,
    /// Other cases on whose dockets it stands as well, each once.
    pub mentions: Vec<CaseId>,
    /// To whom it gives access to sealed exhibits. They alone may read those, whoever is a party.
    pub access: Vec<AccessRow>,
    /// What it decides about keeping documents of its case. `None`: nothing.
    pub retention: Option<RetentionChange>,
}

/// A document as it stands in the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentRow {
    /// SHA-256 of its bytes.
    pub digest: DocumentDigest,
    /// Length in bytes.
    pub size: u64,
    /// Root over its chunks. `None`: it came before there were any, and nobody has computed it yet.
    pub chunk_root: Option<Hash>,
}

/// Who would miss a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentUses {
    /// Institutions that uploaded it, and can again.
    pub held_by: Vec<InstitutionId>,
    /// Cases that have a filing which names it, unless that is restricted.
    pub cases: Vec<CaseId>,
    /// Leaves of other filings that name it.
    pub filings: Vec<u64>,
}

/// How an act is found that counts beyond its own case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicActRow {
    /// The institution whose act it is.
    pub institution: InstitutionId,
    /// The act's number, folded. Empty: acts of its kind have none.
    pub name: String,
}

/// What a filing means for its case.
#[derive(Debug, Clone)]
pub struct CaseChange {
    /// The case.
    pub case: CaseId,
    /// Set when the filing opens the case.
    pub opening: Option<CaseOpening>,
    /// Offices that are parties from now on, if they were not before. With their roles.
    pub parties: Vec<(OfficeAddress, CaseRole)>,
    /// Docket numbers by which the case is known from now on.
    pub docket_numbers: Vec<DocketNumberRow>,
    /// Names of persons by which the case is found from now on, in search form
    /// ([`search_form`]). None of a restricted filing: all parties to the case may look for them.
    pub names: Vec<String>,
}

/// What the first filing of a case fixes for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseOpening {
    /// Class of data, as on the wire.
    pub data_class: i32,
    /// Procedure, or empty.
    pub procedure_id: String,
    /// Rule set, or empty.
    pub rule_set_id: String,
    /// Election event, or empty.
    pub election_event_id: String,
}

/// An office's part in a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum CaseRole {
    /// Opened it.
    Opener = 1,
    /// Was addressed in it.
    Addressee = 2,
}

/// A docket number, literal and normal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocketNumberRow {
    /// Whose register.
    pub institution: InstitutionId,
    /// As written.
    pub literal: String,
    /// As compared.
    pub normal: String,
}

impl DocketNumberRow {
    /// The forms in which the number may be asked for, each once: its normal form, which knows how
    /// its institution writes numbers; that in search form; and the literal in search form, which
    /// is all that whoever copies it from a paper has.
    #[must_use]
    pub fn writings(&self) -> Vec<String> {
        let all = [self.normal.clone(), search_form(&self.normal), search_form(&self.literal)];
        let mut writings: Vec<String> = all.into_iter().filter(|one| !one.is_empty()).collect();
        writings.sort_unstable();
        writings.dedup();
        writings
    }
}

/// What an answer settles.
#[derive(Debug, Clone)]
pub struct AnswerChange {
    /// Leaf of the filing that is answered.
    pub filing_leaf: u64,
    /// How far the delivery comes with it.
    pub step: AnswerStep,
    /// The docket number given, with [`AnswerStep::Registered`].
    pub docket_number: Option<DocketNumberRow>,
    /// When the clerk registered it, by the clerk's clock; 0 otherwise.
    pub registered_at_ms: i64,
}

/// What a recipient answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerStep {
    /// It has the filing.
    Acknowledged,
    /// Its clerk registered it.
    Registered,
    /// Its clerk refused to.
    Refused,
}

/// What a filing does to a key.
#[derive(Debug, Clone)]
pub enum KeyChange {
    /// Brings it into use from this leaf on.
    Add {
        /// SHA-256 of `spki`.
        key_id: KeyId,
        /// SubjectPublicKeyInfo, DER.
        spki: Vec<u8>,
        /// Who holds it.
        holder: OfficeAddress,
        /// `KeyPurpose`, as on the wire.
        purpose: i32,
        /// The key that vouches for it. `None`: the holder's certificate does.
        vouched_by: Option<KeyId>,
    },
    /// Takes it out of use from this leaf on.
    Retire {
        /// The key.
        key_id: KeyId,
    },
    /// Declares what it signed from a leaf on not to be trusted.
    Revoke {
        /// The key.
        key_id: KeyId,
        /// First leaf that is not trusted.
        invalid_from: u64,
    },
}

/// A statement of the hub itself.
#[derive(Debug, Clone)]
pub struct StatementRow {
    /// Index of its leaf.
    pub leaf: u64,
    /// Serialised `HubStatement`.
    pub statement: Vec<u8>,
    /// Deliveries that were fetched: office and leaf of the filing.
    pub fetched: Vec<(OfficeAddress, u64)>,
    /// Deliveries whose limit passed in silence: office and leaf of the filing.
    pub expired: Vec<(OfficeAddress, u64)>,
    /// Whether it states an outage.
    pub outage: bool,
}

/// Until when the hub is known to have worked. It is replaced again and again, and no evidence: by
/// it the hub knows, after a start, for how long it was down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LifeRow {
    /// When it worked last, milliseconds since 1970 UTC.
    pub at_ms: u64,
    /// The newest published head then, with the newest line of each witness.
    pub published: HeadRow,
}

/// A delivery as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryRow {
    /// On whom the filing was served.
    pub recipient: OfficeAddress,
    /// Position in that office's inbox, from 1.
    pub cursor: u64,
    /// Leaf of the filing.
    pub filing_leaf: u64,
    /// Leaf of the statement that it was fetched.
    pub fetched_leaf: Option<u64>,
    /// Leaf of the acknowledgement.
    pub acknowledged_leaf: Option<u64>,
    /// Leaf of the registration or of the refusal to register.
    pub settled_leaf: Option<u64>,
    /// Whether the clerk refused. Only with `settled_leaf`.
    pub refused: bool,
    /// The number it was registered under.
    pub docket_number: Option<DocketNumberRow>,
    /// When the clerk registered it, by the clerk's clock; 0: not registered.
    pub registered_at_ms: i64,
    /// Leaf of the statement that the sender's limit passed in silence. An answer may have come
    /// since.
    pub expired_leaf: Option<u64>,
}

/// A delivery whose sender's limit has passed, and that nobody answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverdueRow {
    /// The limit, milliseconds since 1970 UTC.
    pub limit_ms: u64,
    /// Who did not answer.
    pub recipient: OfficeAddress,
    /// Leaf of the filing.
    pub filing_leaf: u64,
    /// Digest of its envelope.
    pub digest: EnvelopeDigest,
}

impl DeliveryRow {
    /// Takes out what became of it at leaf `size` and later: what is not shown yet.
    pub fn hide_from(&mut self, size: u64) {
        let shown = |leaf: &u64| *leaf < size;
        self.fetched_leaf = self.fetched_leaf.filter(shown);
        self.acknowledged_leaf = self.acknowledged_leaf.filter(shown);
        self.expired_leaf = self.expired_leaf.filter(shown);
        if !self.settled_leaf.as_ref().is_some_and(shown) {
            self.settled_leaf = None;
            self.refused = false;
            self.docket_number = None;
            self.registered_at_ms = 0;
        }
    }
}

/// A case as it stands.
#[derive(Debug, Clone)]
pub struct CaseRow {
    /// The case.
    pub case: CaseId,
    /// What its first filing fixed.
    pub opening: CaseOpening,
    /// Kind of the filing that opened it, as on the wire.
    pub opened_by: i32,
    /// Leaf of the filing that opened it.
    pub opened_leaf: u64,
    /// When it was opened.
    pub opened_at_ms: u64,
    /// When its newest filing was accepted.
    pub changed_at_ms: u64,
    /// Leaf of its newest filing.
    pub changed_leaf: u64,
    /// Number of filings.
    pub filings: u64,
    /// Parties, in the order in which they became so.
    pub parties: Vec<(OfficeAddress, CaseRole)>,
    /// Docket numbers, in the order in which they came.
    pub docket_numbers: Vec<DocketNumberRow>,
}

/// A key as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRow {
    /// SHA-256 of `spki`.
    pub key_id: KeyId,
    /// SubjectPublicKeyInfo, DER.
    pub spki: Vec<u8>,
    /// Who holds it.
    pub holder: OfficeAddress,
    /// `KeyPurpose`, as on the wire.
    pub purpose: i32,
    /// Leaf that brought it into use.
    pub added_leaf: u64,
    /// The key that vouched for it. `None`: the holder's certificate did.
    pub vouched_by: Option<KeyId>,
    /// Leaf that retired it.
    pub retired_leaf: Option<u64>,
    /// First leaf from which on it is not trusted.
    pub revoked_from_leaf: Option<u64>,
}

/// Where a key's sequence of envelopes stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainRow {
    /// Sequence of the newest envelope; 0: none yet.
    pub sequence: u64,
    /// Its digest; zero bytes: none yet.
    pub digest: [u8; 32],
}
