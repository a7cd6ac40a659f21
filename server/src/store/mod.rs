//! Floor 1: one contract, one commit.
//!
//! A store makes a [`Batch`] durable as a whole or not at all, and reads back what was committed.
//! The contract is this trait together with the suite in [`contract`], which every backend passes;
//! backends share no code. All methods block: callers are the sequencer's own thread and the
//! bounded readers of `hub`.

#[cfg(test)]
pub(crate) mod contract;
pub mod documents;
pub mod embedded;

use barid_proto::key::KeyId;
use barid_proto::leaf::LEAF_LEN;

use crate::error::Fault;
use crate::model::id::{
    CaseId, DocumentDigest, EnvelopeDigest, EnvelopeId, InstitutionId, OfficeAddress, OfficeId,
    OnceKey,
};
use crate::model::retention::HoldRow;
use crate::model::row::{
    Batch, CaseRow, ChainRow, DeliveryRow, DocketNumberRow, DocumentRow, DocumentUses, FilingRow,
    HeadRow, KeyRow, LifeRow, OverdueRow,
};
use crate::model::sought::{Match, Sought};

/// By what a filing is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilingKey {
    /// Index of its leaf.
    Leaf(u64),
    /// Digest of its envelope.
    Digest(EnvelopeDigest),
    /// SHA-256 of what was signed.
    Once(OnceKey),
    /// The sender's identifier.
    Envelope(EnvelopeId),
}

/// Which of a reader's cases are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// Only those of this election event. Empty: of all.
    pub event: &'a str,
    /// Only those of which one name or one docket number has each of these, in search form
    /// ([`barid_proto::text::search_form`]). None: all.
    pub words: &'a [String],
    /// Names count that were given in leaves below this one.
    pub below: u64,
}

/// Which of the cases that a text leads to are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Within<'a> {
    /// Only those of this election event. Empty: of all.
    pub event: &'a str,
    /// Only those that a filing of this kind opened, as on the wire. 0: of any.
    pub opened_by: i32,
    /// Only those to which this office is a party. Institution alone: one of its offices.
    pub party: Option<(&'a InstitutionId, Option<&'a OfficeId>)>,
    /// Only those opened at this time or later, milliseconds since 1970 UTC.
    pub opened_from_ms: u64,
    /// Only those opened before this time. 0: no bound.
    pub opened_before_ms: u64,
    /// What is read since leaves below this one.
    pub below: u64,
}

/// A case that a text leads to.
#[derive(Debug, Clone)]
pub struct FoundRow {
    /// The case.
    pub case: CaseRow,
    /// What of it was found.
    pub matched: Match,
    /// The filing in which it was found. `None`: it is a number of the case.
    pub leaf: Option<u64>,
    /// Which passage of its kind in that filing, or which number of the case. Texts are one.
    pub place: usize,
}

/// Which cases a reader may see: those of one office, or of a whole institution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reader {
    /// An office sees the cases it is a party to.
    Office(OfficeAddress),
    /// A main office sees those of every office of its institution.
    Institution(InstitutionId),
}

/// Durable memory.
///
/// Readers see committed batches only, and a whole batch or nothing of it. There is one writer at
/// a time: the sequencer. Bytes come back exactly as they went in; a backend that finds them
/// changed says so with a [`Fault`] that names the place, and never returns them.
pub trait Store: Send + Sync + 'static {
    /// Makes a batch durable. When this returns `Ok`, a power cut loses nothing of it; when it
    /// returns an error, readers see nothing of it. `batch.first_leaf` must be the size of the last
    /// committed head.
    ///
    /// Inbox positions are given here: each recipient's next, without gaps. A party or docket
    /// number that a case has already changes nothing. Of a delivery's fetches and acknowledgements
    /// the first counts, of registrations and refusals to register the newest. A docket number that
    /// its own institution gives, in whichever filing, is that institution's claim from then on;
    /// given by others it is a mention. Deliveries of a filing with a limit wait for an answer
    /// until one comes or a statement says that they expired. What an entry names
    /// must be there (case, delivery, key, predecessor in the chain), what it makes must not.
    ///
    /// # Errors
    /// Any failure to write. After one, the store refuses every further write, since what reached
    /// the disk shows only when it is opened again. The exception is a full disk
    /// ([`Fault::is_disk_full`]): then surely nothing was written, and writing may go on.
    fn commit(&self, batch: &Batch) -> Result<(), Fault>;

    /// The newest signed head. `None`: the log is empty and nothing was signed yet.
    fn head(&self) -> Result<Option<HeadRow>, Fault>;

    /// The signed head of exactly this size. `None`: none was signed at this size.
    fn head_at(&self, size: u64) -> Result<Option<HeadRow>, Fault>;

    /// Keeps heads with the lines of the witnesses that cosigned them, each in place of an earlier
    /// one of the same size. A head of that size must have been committed. Those of a batch
    /// ([`Batch::cosigned`]) are kept in its commit; this is for when nothing else is written.
    ///
    /// # Errors
    /// As [`Store::commit`].
    fn keep_cosigned(&self, heads: &[HeadRow]) -> Result<(), Fault>;

    /// Cosigned heads of more than `above` leaves, the smallest first, at most `limit`.
    fn cosigned(&self, above: u64, limit: usize) -> Result<Vec<HeadRow>, Fault>;

    /// The newest cosigned head of at most `size` leaves. `None`: there is none.
    fn cosigned_within(&self, size: u64) -> Result<Option<HeadRow>, Fault>;

    /// The smallest signed head that covers a leaf. `None`: there is no such leaf yet.
    fn head_above(&self, leaf: u64) -> Result<Option<HeadRow>, Fault>;

    /// A tile's hashes so far. `None`: there is no such tile yet.
    fn tile(&self, level: u8, index: u64) -> Result<Option<Vec<u8>>, Fault>;

    /// Up to `count` leaves from `first` on.
    fn leaves(&self, first: u64, count: usize) -> Result<Vec<[u8; LEAF_LEN]>, Fault>;

    /// One filing.
    fn filing(&self, key: FilingKey) -> Result<Option<FilingRow>, Fault>;

    /// A hub statement, serialised, by its leaf.
    fn statement(&self, leaf: u64) -> Result<Option<Vec<u8>>, Fault>;

    /// Leaves below `before` of the statements that state an outage, the newest first, at most
    /// `limit`.
    fn outages(&self, before: u64, limit: usize) -> Result<Vec<u64>, Fault>;

    /// Keeps the mark of life, durably, in place of the one before.
    ///
    /// # Errors
    /// As [`Store::commit`].
    fn keep_life(&self, life: &LifeRow) -> Result<(), Fault>;

    /// The mark of life. `None`: none was ever kept.
    fn life(&self) -> Result<Option<LifeRow>, Fault>;

    /// The first filing of an office that was accepted between these times, both included.
    fn filed_between(
        &self,
        sender: &OfficeAddress,
        from_ms: u64,
        until_ms: u64,
    ) -> Result<Option<FilingRow>, Fault>;

    /// Where a key's sequence stands.
    fn chain(&self, key: &KeyId) -> Result<ChainRow, Fault>;

    /// All keys, in the order in which they came into use.
    fn keys(&self) -> Result<Vec<KeyRow>, Fault>;

    /// The leaves of the filings that did something to a key, in order.
    fn key_events(&self, key: &KeyId) -> Result<Vec<u64>, Fault>;

    /// One case.
    fn case(&self, case: CaseId) -> Result<Option<CaseRow>, Fault>;

    /// Cases of a reader that an institution knows by a docket number in one of its forms
    /// ([`DocketNumberRow::writings`]), oldest first, at most `limit`: those for which the
    /// institution itself gave the number, and only when there are none, those for which others
    /// did. Cases of others count for nothing.
    fn cases_by_number(
        &self,
        reader: &Reader,
        number: &DocketNumberRow,
        limit: usize,
    ) -> Result<Vec<CaseId>, Fault>;

    /// Cases of a reader that are wanted, newest change first, whose newest filing's leaf is below
    /// `before`. At most `limit`.
    fn cases(
        &self,
        reader: &Reader,
        wanted: &Wanted<'_>,
        before: u64,
        limit: usize,
    ) -> Result<Vec<CaseRow>, Fault>;

    /// Makes filings findable by their words that are not yet: the oldest first, at most `limit` of
    /// them, durably. Gives whether there may be more.
    ///
    /// # Errors
    /// As [`Store::commit`].
    fn make_findable(&self, limit: usize) -> Result<bool, Fault>;

    /// Cases of a reader that a text leads to, each once, by the likeliest of what was found
    /// ([`Match`]); then what the reader can read for the shortest time first. At most `limit`.
    /// Of filings those count that were made findable and that the reader may read.
    fn search(
        &self,
        reader: &Reader,
        sought: &Sought,
        within: &Within<'_>,
        limit: usize,
    ) -> Result<Vec<FoundRow>, Fault>;

    /// Filings of a case with leaves from `from` on, in order, at most `limit`; with those of other
    /// cases that stand on its docket too.
    fn docket(&self, case: CaseId, from: u64, limit: usize) -> Result<Vec<FilingRow>, Fault>;

    /// Acts of an institution that count beyond their own case, by their number, in the order of
    /// the log; the newest, when there are more than `limit`.
    fn public_acts(
        &self,
        institution: &InstitutionId,
        name: &str,
        limit: usize,
    ) -> Result<Vec<FilingRow>, Fault>;

    /// Deliveries of a filing, in the order of the envelope.
    fn deliveries(&self, filing_leaf: u64) -> Result<Vec<DeliveryRow>, Fault>;

    /// Deliveries that still wait for an answer and whose limit is before `now_ms`, by their
    /// limits, at most `limit`.
    fn overdue(&self, now_ms: u64, limit: usize) -> Result<Vec<OverdueRow>, Fault>;

    /// An office's inbox behind a cursor, in order, at most `limit`.
    fn inbox(
        &self,
        office: &OfficeAddress,
        after: u64,
        limit: usize,
    ) -> Result<Vec<(DeliveryRow, FilingRow)>, Fault>;

    /// What an office registered, and did not refuse later, in the order of the registrations'
    /// leaves, behind the leaf `after`, at most `limit`. Leaf 0 is never a registration.
    fn registrations(
        &self,
        office: &OfficeAddress,
        after: u64,
        limit: usize,
    ) -> Result<Vec<(DeliveryRow, FilingRow)>, Fault>;

    /// Notes, durably, that an institution uploaded a document. Noting it again changes nothing.
    ///
    /// # Errors
    /// As [`Store::commit`]; and when the books have another length or root.
    fn add_holding(&self, document: &DocumentRow, institution: &InstitutionId)
    -> Result<(), Fault>;

    /// Notes, durably, the root over the chunks of a document that came before there were any.
    ///
    /// # Errors
    /// As [`Store::add_holding`].
    fn add_chunk_root(&self, document: &DocumentRow) -> Result<(), Fault>;

    /// Bytes of all documents that an institution uploaded.
    fn held_bytes(&self, institution: &InstitutionId) -> Result<u64, Fault>;

    /// Documents in the order of their digests, behind `after`, at most `limit`; without those
    /// whose content was destroyed.
    fn documents(
        &self,
        after: Option<DocumentDigest>,
        limit: usize,
    ) -> Result<Vec<DocumentRow>, Fault>;

    /// A document, whoever asks.
    fn document_row(&self, document: DocumentDigest) -> Result<Option<DocumentRow>, Fault>;

    /// Who brought a document, and the cases and filings that name it.
    fn uses(&self, document: DocumentDigest) -> Result<DocumentUses, Fault>;

    /// The leaf of the filing by which the content of a document was destroyed. `None`: it was not.
    fn destroyed(&self, document: DocumentDigest) -> Result<Option<u64>, Fault>;

    /// Documents whose content was destroyed, each with that leaf, in the order of their digests,
    /// behind `after`, at most `limit`.
    fn destructions(
        &self,
        after: Option<DocumentDigest>,
        limit: usize,
    ) -> Result<Vec<(DocumentDigest, u64)>, Fault>;

    /// Whether a filing outside of a case names a document.
    fn is_needed_outside(&self, document: DocumentDigest, case: CaseId) -> Result<bool, Fault>;

    /// All holds that were ever placed in a case, in the order of the log.
    fn holds(&self, case: CaseId) -> Result<Vec<HoldRow>, Fault>;

    /// The offices that were given access to a sealed exhibit, each with the leaf of the filing
    /// that did so first.
    fn access(&self, document: DocumentDigest) -> Result<Vec<(OfficeAddress, u64)>, Fault>;

    /// A document, if the reader's institution uploaded it, or a filing names it that was served on
    /// the reader or, unless restricted, belongs to a case that the reader is a party to. A sealed
    /// one, in a filing that gives access to it: if the reader was given access.
    fn readable(
        &self,
        document: DocumentDigest,
        reader: &Reader,
    ) -> Result<Option<DocumentRow>, Fault>;
}
