//! A store that fails as it is told.

use std::sync::Mutex;
use std::time::Duration;

use barid_proto::key::KeyId;
use barid_proto::leaf::LEAF_LEN;

use super::bench::Bench;
use crate::error::Fault;
use crate::model::id::{CaseId, DocumentDigest, InstitutionId, OfficeAddress};
use crate::model::retention::HoldRow;
use crate::model::row::{
    Batch, CaseRow, ChainRow, DeliveryRow, DocketNumberRow, DocumentRow, DocumentUses, FilingRow,
    HeadRow, KeyRow, LifeRow, OverdueRow,
};
use crate::model::sought::Sought;
use crate::store::embedded::Embedded;
use crate::store::{FilingKey, FoundRow, Reader, Store, Wanted, Within};

/// What the next writes or reads do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    None,
    /// Nothing of the batch reaches the disk.
    CommitLost,
    /// The batch reaches the disk, but the writer does not learn it.
    CommitPersisted,
    /// There is no room.
    DiskFull,
    /// The disk takes its time: a commit waits as long as this is set.
    Stuck,
    /// Filings cannot be looked up.
    FilingUnreadable,
    /// Tiles cannot be read.
    TileUnreadable,
    /// One bit of each tile that is read is wrong.
    TileFlipped,
}

/// A store that fails as told.
pub(super) struct FaultyStore {
    inner: Embedded,
    trouble: Mutex<Trouble>,
}

impl FaultyStore {
    /// That of a bench.
    pub(super) fn on(bench: &Bench) -> Self {
        Self::new(Embedded::open(bench.folder.path()).unwrap())
    }

    pub(super) fn new(inner: Embedded) -> Self {
        Self { inner, trouble: Mutex::new(Trouble::None) }
    }

    pub(super) fn set(&self, trouble: Trouble) {
        *self.trouble.lock().unwrap() = trouble;
    }

    fn has(&self, trouble: Trouble) -> bool {
        *self.trouble.lock().unwrap() == trouble
    }
}

impl Store for FaultyStore {
    fn commit(&self, batch: &Batch) -> Result<(), Fault> {
        while self.has(Trouble::Stuck) {
            std::thread::sleep(Duration::from_millis(1));
        }
        let trouble = *self.trouble.lock().unwrap();
        match trouble {
            Trouble::CommitLost => Err(Fault::broken("lost")),
            Trouble::CommitPersisted => {
                self.inner.commit(batch)?;
                Err(Fault::broken("persisted, and nobody knows"))
            }
            Trouble::DiskFull => Err(Fault::broken("no room").disk_full()),
            _ => self.inner.commit(batch),
        }
    }

    fn make_findable(&self, limit: usize) -> Result<bool, Fault> {
        self.inner.make_findable(limit)
    }

    fn search(
        &self,
        reader: &Reader,
        sought: &Sought,
        within: &Within<'_>,
        limit: usize,
    ) -> Result<Vec<FoundRow>, Fault> {
        self.inner.search(reader, sought, within, limit)
    }

    fn tile(&self, level: u8, index: u64) -> Result<Option<Vec<u8>>, Fault> {
        if self.has(Trouble::TileUnreadable) {
            return Err(Fault::broken("tile unreadable"));
        }
        let mut tile = self.inner.tile(level, index)?;
        if self.has(Trouble::TileFlipped) {
            tile.iter_mut().for_each(|hashes| hashes[0] ^= 1);
        }
        Ok(tile)
    }

    fn filing(&self, key: FilingKey) -> Result<Option<FilingRow>, Fault> {
        if self.has(Trouble::FilingUnreadable) {
            return Err(Fault::broken("filing unreadable"));
        }
        self.inner.filing(key)
    }

    fn head(&self) -> Result<Option<HeadRow>, Fault> {
        self.inner.head()
    }

    fn keep_cosigned(&self, heads: &[HeadRow]) -> Result<(), Fault> {
        if self.has(Trouble::DiskFull) {
            return Err(Fault::broken("no room").disk_full());
        }
        self.inner.keep_cosigned(heads)
    }

    fn cosigned(&self, above: u64, limit: usize) -> Result<Vec<HeadRow>, Fault> {
        self.inner.cosigned(above, limit)
    }

    fn cosigned_within(&self, size: u64) -> Result<Option<HeadRow>, Fault> {
        self.inner.cosigned_within(size)
    }

    fn head_at(&self, size: u64) -> Result<Option<HeadRow>, Fault> {
        self.inner.head_at(size)
    }

    fn head_above(&self, leaf: u64) -> Result<Option<HeadRow>, Fault> {
        self.inner.head_above(leaf)
    }

    fn outages(&self, before: u64, limit: usize) -> Result<Vec<u64>, Fault> {
        self.inner.outages(before, limit)
    }

    fn keep_life(&self, life: &LifeRow) -> Result<(), Fault> {
        self.inner.keep_life(life)
    }

    fn life(&self) -> Result<Option<LifeRow>, Fault> {
        self.inner.life()
    }

    fn filed_between(
        &self,
        sender: &OfficeAddress,
        from_ms: u64,
        until_ms: u64,
    ) -> Result<Option<FilingRow>, Fault> {
        self.inner.filed_between(sender, from_ms, until_ms)
    }

    fn overdue(&self, now_ms: u64, limit: usize) -> Result<Vec<OverdueRow>, Fault> {
        self.inner.overdue(now_ms, limit)
    }

    fn leaves(&self, first: u64, count: usize) -> Result<Vec<[u8; LEAF_LEN]>, Fault> {
        self.inner.leaves(first, count)
    }

    fn statement(&self, leaf: u64) -> Result<Option<Vec<u8>>, Fault> {
        self.inner.statement(leaf)
    }

    fn chain(&self, key: &KeyId) -> Result<ChainRow, Fault> {
        self.inner.chain(key)
    }

    fn keys(&self) -> Result<Vec<KeyRow>, Fault> {
        self.inner.keys()
    }

    fn key_events(&self, key: &KeyId) -> Result<Vec<u64>, Fault> {
        self.inner.key_events(key)
    }

    fn case(&self, case: CaseId) -> Result<Option<CaseRow>, Fault> {
        self.inner.case(case)
    }

    fn cases_by_number(
        &self,
        reader: &Reader,
        number: &DocketNumberRow,
        limit: usize,
    ) -> Result<Vec<CaseId>, Fault> {
        self.inner.cases_by_number(reader, number, limit)
    }

    fn cases(
        &self,
        reader: &Reader,
        wanted: &Wanted<'_>,
        before: u64,
        limit: usize,
    ) -> Result<Vec<CaseRow>, Fault> {
        self.inner.cases(reader, wanted, before, limit)
    }

    fn docket(&self, case: CaseId, from: u64, limit: usize) -> Result<Vec<FilingRow>, Fault> {
        self.inner.docket(case, from, limit)
    }

    fn public_acts(
        &self,
        institution: &InstitutionId,
        name: &str,
        limit: usize,
    ) -> Result<Vec<FilingRow>, Fault> {
        self.inner.public_acts(institution, name, limit)
    }

    fn deliveries(&self, filing_leaf: u64) -> Result<Vec<DeliveryRow>, Fault> {
        self.inner.deliveries(filing_leaf)
    }

    fn inbox(
        &self,
        office: &OfficeAddress,
        after: u64,
        limit: usize,
    ) -> Result<Vec<(DeliveryRow, FilingRow)>, Fault> {
        self.inner.inbox(office, after, limit)
    }

    fn registrations(
        &self,
        office: &OfficeAddress,
        after: u64,
        limit: usize,
    ) -> Result<Vec<(DeliveryRow, FilingRow)>, Fault> {
        self.inner.registrations(office, after, limit)
    }

    fn add_holding(
        &self,
        document: &DocumentRow,
        institution: &InstitutionId,
    ) -> Result<(), Fault> {
        self.inner.add_holding(document, institution)
    }

    fn add_chunk_root(&self, document: &DocumentRow) -> Result<(), Fault> {
        self.inner.add_chunk_root(document)
    }

    fn held_bytes(&self, institution: &InstitutionId) -> Result<u64, Fault> {
        self.inner.held_bytes(institution)
    }

    fn documents(
        &self,
        after: Option<DocumentDigest>,
        limit: usize,
    ) -> Result<Vec<DocumentRow>, Fault> {
        self.inner.documents(after, limit)
    }

    fn document_row(&self, document: DocumentDigest) -> Result<Option<DocumentRow>, Fault> {
        self.inner.document_row(document)
    }

    fn uses(&self, document: DocumentDigest) -> Result<DocumentUses, Fault> {
        self.inner.uses(document)
    }

    fn destroyed(&self, document: DocumentDigest) -> Result<Option<u64>, Fault> {
        self.inner.destroyed(document)
    }

    fn destructions(
        &self,
        after: Option<DocumentDigest>,
        limit: usize,
    ) -> Result<Vec<(DocumentDigest, u64)>, Fault> {
        self.inner.destructions(after, limit)
    }

    fn is_needed_outside(&self, document: DocumentDigest, case: CaseId) -> Result<bool, Fault> {
        self.inner.is_needed_outside(document, case)
    }

    fn holds(&self, case: CaseId) -> Result<Vec<HoldRow>, Fault> {
        self.inner.holds(case)
    }

    fn access(&self, document: DocumentDigest) -> Result<Vec<(OfficeAddress, u64)>, Fault> {
        self.inner.access(document)
    }

    fn readable(
        &self,
        document: DocumentDigest,
        reader: &Reader,
    ) -> Result<Option<DocumentRow>, Fault> {
        self.inner.readable(document, reader)
    }
}
