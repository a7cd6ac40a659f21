//! The embedded store: one SQLite database in one directory.
//!
//! ```text
//! DIR/hub.lock       held while a hub runs: a second one is refused
//! DIR/hub.sqlite     the ledger (server/migrations), with SQLite's -wal and -shm while in use
//! DIR/hub.head       how far the log has ever been (`mark`)
//! ```
//!
//! There is one connection that writes, behind a mutex, and a bounded number that only read; each
//! question is answered within one read transaction and so sees whole batches. Every row carries a
//! checksum (`row`); opening checks the database as far as that is cheap (`open`).
//!
//! A commit that fails for any reason but a full disk may have reached the disk or not (an fsync
//! that failed cannot be repeated). The writer refuses everything from then on; whoever restarts
//! the hub finds out which it was.

mod access;
mod acts;
mod cases;
mod deliveries;
mod effects;
mod expiry;
mod filings;
mod found;
mod holdings;
mod keys;
mod mark;
mod migrate;
mod names;
mod open;
mod outages;
mod pool;
mod retention;
mod row;
mod sought;
mod tree;
mod writer;

#[cfg(test)]
mod tests;

use std::fs::File;
use std::path::Path;

use barid_proto::key::KeyId;
use barid_proto::leaf::LEAF_LEN;

use super::{FilingKey, FoundRow, Reader, Store, Wanted, Within};
use crate::error::Fault;
use crate::model::id::{CaseId, DocumentDigest, InstitutionId, OfficeAddress};
use crate::model::retention::HoldRow;
use crate::model::row::{
    Batch, CaseRow, ChainRow, DeliveryRow, DocketNumberRow, DocumentRow, DocumentUses, FilingRow,
    HeadRow, KeyRow, LifeRow, OverdueRow,
};
use crate::model::sought::Sought;
use pool::Pool;
use writer::Writer;

/// The store in one directory of this machine.
pub struct Embedded {
    /// Closed before the writer: the last connection folds the write-ahead log into the database,
    /// and one that only reads cannot.
    readers: Pool,
    writer: Writer,
    /// Released by the operating system when this is dropped, or the process ends in any way.
    _lock: File,
}

impl Embedded {
    /// Opens the store in a directory, and makes it when the directory is empty or missing.
    ///
    /// # Errors
    /// When another hub has it open; when it is not a store of this version; when it is damaged.
    /// Nothing is repaired: the message says what is wrong and what to do.
    pub fn open(directory: &Path) -> Result<Self, Fault> {
        open::open(directory)
    }
}

/// A failure of SQLite, marked when its reason is a full disk.
fn sql_fault(doing: impl Into<String>, error: rusqlite::Error) -> Fault {
    let full = error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull);
    let fault = Fault::while_doing(doing, error);
    if full { fault.disk_full() } else { fault }
}

impl Store for Embedded {
    fn commit(&self, batch: &Batch) -> Result<(), Fault> {
        self.writer.commit(batch)
    }

    fn head(&self) -> Result<Option<HeadRow>, Fault> {
        self.readers.read(tree::head)
    }

    fn head_at(&self, size: u64) -> Result<Option<HeadRow>, Fault> {
        self.readers.read(|sql| tree::head_at(sql, size))
    }

    fn keep_cosigned(&self, heads: &[HeadRow]) -> Result<(), Fault> {
        self.writer.write("keeping cosigned heads", |sql| tree::keep_cosigned(sql, heads))
    }

    fn cosigned(&self, above: u64, limit: usize) -> Result<Vec<HeadRow>, Fault> {
        self.readers.read(|sql| tree::cosigned(sql, above, limit))
    }

    fn cosigned_within(&self, size: u64) -> Result<Option<HeadRow>, Fault> {
        self.readers.read(|sql| tree::cosigned_within(sql, size))
    }

    fn head_above(&self, leaf: u64) -> Result<Option<HeadRow>, Fault> {
        self.readers.read(|sql| tree::head_above(sql, leaf))
    }

    fn tile(&self, level: u8, index: u64) -> Result<Option<Vec<u8>>, Fault> {
        self.readers.read(|sql| tree::tile(sql, level, index))
    }

    fn leaves(&self, first: u64, count: usize) -> Result<Vec<[u8; LEAF_LEN]>, Fault> {
        self.readers.read(|sql| tree::leaves(sql, first, count))
    }

    fn filing(&self, key: FilingKey) -> Result<Option<FilingRow>, Fault> {
        self.readers.read(|sql| filings::find(sql, key))
    }

    fn statement(&self, leaf: u64) -> Result<Option<Vec<u8>>, Fault> {
        self.readers.read(|sql| filings::find_statement(sql, leaf))
    }

    fn outages(&self, before: u64, limit: usize) -> Result<Vec<u64>, Fault> {
        self.readers.read(|sql| outages::list(sql, before, limit))
    }

    fn keep_life(&self, life: &LifeRow) -> Result<(), Fault> {
        self.writer.write("keeping the mark of life", |sql| outages::keep_life(sql, life))
    }

    fn life(&self) -> Result<Option<LifeRow>, Fault> {
        self.readers.read(outages::life)
    }

    fn filed_between(
        &self,
        sender: &OfficeAddress,
        from_ms: u64,
        until_ms: u64,
    ) -> Result<Option<FilingRow>, Fault> {
        self.readers.read(|sql| filings::filed_between(sql, sender, from_ms, until_ms))
    }

    fn chain(&self, key: &KeyId) -> Result<ChainRow, Fault> {
        self.readers.read(|sql| keys::chain(sql, key))
    }

    fn keys(&self) -> Result<Vec<KeyRow>, Fault> {
        self.readers.read(keys::list)
    }

    fn key_events(&self, key: &KeyId) -> Result<Vec<u64>, Fault> {
        self.readers.read(|sql| keys::events(sql, key))
    }

    fn case(&self, case: CaseId) -> Result<Option<CaseRow>, Fault> {
        self.readers.read(|sql| cases::find(sql, case))
    }

    fn cases_by_number(
        &self,
        reader: &Reader,
        number: &DocketNumberRow,
        limit: usize,
    ) -> Result<Vec<CaseId>, Fault> {
        self.readers.read(|sql| cases::by_number(sql, reader, number, limit))
    }

    fn cases(
        &self,
        reader: &Reader,
        wanted: &Wanted<'_>,
        before: u64,
        limit: usize,
    ) -> Result<Vec<CaseRow>, Fault> {
        self.readers.read(|sql| cases::list(sql, reader, wanted, before, limit))
    }

    fn make_findable(&self, limit: usize) -> Result<bool, Fault> {
        if !self.readers.read(found::is_behind)? {
            return Ok(false);
        }
        // Read beside the writer: others wait for it only while words are written.
        let prepared = self.readers.read(|sql| found::prepare(sql, limit))?;
        self.writer.write("making filings findable", |sql| found::write(sql, &prepared))?;
        Ok(prepared.more)
    }

    fn search(
        &self,
        reader: &Reader,
        sought: &Sought,
        within: &Within<'_>,
        limit: usize,
    ) -> Result<Vec<FoundRow>, Fault> {
        self.readers.read(|sql| found::search(sql, reader, sought, within, limit))
    }

    fn docket(&self, case: CaseId, from: u64, limit: usize) -> Result<Vec<FilingRow>, Fault> {
        self.readers.read(|sql| filings::docket(sql, case, from, limit))
    }

    fn public_acts(
        &self,
        institution: &InstitutionId,
        name: &str,
        limit: usize,
    ) -> Result<Vec<FilingRow>, Fault> {
        self.readers.read(|sql| acts::of(sql, institution, name, limit))
    }

    fn deliveries(&self, filing_leaf: u64) -> Result<Vec<DeliveryRow>, Fault> {
        self.readers.read(|sql| deliveries::of_filing(sql, filing_leaf))
    }

    fn overdue(&self, now_ms: u64, limit: usize) -> Result<Vec<OverdueRow>, Fault> {
        self.readers.read(|sql| expiry::overdue(sql, now_ms, limit))
    }

    fn inbox(
        &self,
        office: &OfficeAddress,
        after: u64,
        limit: usize,
    ) -> Result<Vec<(DeliveryRow, FilingRow)>, Fault> {
        self.readers.read(|sql| deliveries::inbox(sql, office, after, limit))
    }

    fn registrations(
        &self,
        office: &OfficeAddress,
        after: u64,
        limit: usize,
    ) -> Result<Vec<(DeliveryRow, FilingRow)>, Fault> {
        self.readers.read(|sql| deliveries::registrations(sql, office, after, limit))
    }

    fn add_holding(
        &self,
        document: &DocumentRow,
        institution: &InstitutionId,
    ) -> Result<(), Fault> {
        self.writer.write("noting an upload", |sql| holdings::add(sql, document, institution))
    }

    fn add_chunk_root(&self, document: &DocumentRow) -> Result<(), Fault> {
        self.writer.write("noting a root", |sql| holdings::add_root(sql, document))
    }

    fn held_bytes(&self, institution: &InstitutionId) -> Result<u64, Fault> {
        self.readers.read(|sql| holdings::total(sql, institution))
    }

    fn documents(
        &self,
        after: Option<DocumentDigest>,
        limit: usize,
    ) -> Result<Vec<DocumentRow>, Fault> {
        self.readers.read(|sql| holdings::documents(sql, after, limit))
    }

    fn document_row(&self, document: DocumentDigest) -> Result<Option<DocumentRow>, Fault> {
        self.readers.read(|sql| holdings::find(sql, document))
    }

    fn uses(&self, document: DocumentDigest) -> Result<DocumentUses, Fault> {
        self.readers.read(|sql| holdings::uses(sql, document))
    }

    fn destroyed(&self, document: DocumentDigest) -> Result<Option<u64>, Fault> {
        self.readers.read(|sql| retention::destroyed(sql, document))
    }

    fn destructions(
        &self,
        after: Option<DocumentDigest>,
        limit: usize,
    ) -> Result<Vec<(DocumentDigest, u64)>, Fault> {
        self.readers.read(|sql| retention::destructions(sql, after, limit))
    }

    fn is_needed_outside(&self, document: DocumentDigest, case: CaseId) -> Result<bool, Fault> {
        self.readers.read(|sql| retention::is_needed(sql, document, case))
    }

    fn holds(&self, case: CaseId) -> Result<Vec<HoldRow>, Fault> {
        self.readers.read(|sql| retention::holds(sql, case))
    }

    fn access(&self, document: DocumentDigest) -> Result<Vec<(OfficeAddress, u64)>, Fault> {
        self.readers.read(|sql| access::of(sql, document))
    }

    fn readable(
        &self,
        document: DocumentDigest,
        reader: &Reader,
    ) -> Result<Option<DocumentRow>, Fault> {
        self.readers.read(|sql| holdings::readable(sql, document, reader))
    }
}
