//! Filings: written once, read whole.

use barid_proto::key::KeyId;
use rusqlite::{Connection, ToSql};

use super::row::{Cell, Cells, Table, blob, bound, maybe_blob, number, owned_text, signed, text};
use super::{effects, names};
use crate::error::Fault;
use crate::model::id::{
    CaseId, DocumentDigest, EnvelopeDigest, EnvelopeId, OfficeAddress, OnceKey,
};
use crate::model::row::{FilingRow, StatementRow};
use crate::store::FilingKey;

/// Filings with their envelopes.
pub(super) const FILING: Table = Table {
    name: "filing",
    columns: "leaf, sealed_size, accepted_at_ms, digest, once_key, envelope_id, kind, sender, \
              key_id, sequence, case_id, recipients, documents, assessment, effects, envelope",
};

/// The hub's own statements.
pub(super) const STATEMENT: Table = Table { name: "statement", columns: "leaf, bytes" };

/// Bytes of a document's digest, of which a filing keeps a run.
const DIGEST_LEN: usize = 32;

/// Writes a filing; what it changes elsewhere is written by others.
pub(super) fn insert(sql: &Connection, filing: &FilingRow) -> Result<(), Fault> {
    let case = filing.case.as_ref().map(|change| change.case);
    let documents: Vec<u8> =
        filing.documents.iter().flat_map(|digest| *digest.as_bytes()).collect();
    let effects = effects::encode(filing);
    let sender = filing.sender.to_string();
    let cells: [Cell<'_>; 16] = [
        number(filing.leaf),
        number(filing.sealed_size),
        number(filing.accepted_at_ms),
        blob(filing.digest.as_bytes()),
        blob(filing.once_key.as_bytes()),
        blob(filing.envelope_id.as_bytes()),
        signed(filing.kind.into()),
        text(&sender),
        blob(filing.key_id.as_bytes()),
        number(filing.sequence),
        maybe_blob(case.as_ref().map(|case| &case.as_bytes()[..])),
        owned_text(names::join(&filing.recipients)),
        blob(&documents),
        maybe_blob(filing.assessment.as_deref()),
        blob(&effects),
        blob(&filing.envelope),
    ];
    FILING.insert(sql, &cells)
}

/// The filing of a key.
pub(super) fn find(sql: &Connection, key: FilingKey) -> Result<Option<FilingRow>, Fault> {
    let one = |clause: &str, parameter: &dyn ToSql| FILING.one(sql, clause, &[parameter], read);
    match key {
        FilingKey::Leaf(leaf) => one("WHERE leaf = ?", &bound(leaf)),
        FilingKey::Digest(digest) => one("WHERE digest = ?", digest.as_bytes()),
        FilingKey::Once(once) => one("WHERE once_key = ?", once.as_bytes()),
        FilingKey::Envelope(id) => one("WHERE envelope_id = ?", id.as_bytes()),
    }
}

/// The filing of a leaf that another table names.
pub(super) fn named(sql: &Connection, leaf: u64) -> Result<FilingRow, Fault> {
    find(sql, FilingKey::Leaf(leaf))?
        .ok_or_else(|| Fault::broken(format!("filing {leaf} is named in a table and is missing")))
}

/// The first filing with a leaf from `from` on.
pub(super) fn next(sql: &Connection, from: u64) -> Result<Option<FilingRow>, Fault> {
    FILING.one(sql, "WHERE leaf >= ? ORDER BY leaf", &[&bound(from)], read)
}

/// Filings of a case with leaves from `from` on, in order.
pub(super) fn docket(
    sql: &Connection,
    case: CaseId,
    from: u64,
    limit: usize,
) -> Result<Vec<FilingRow>, Fault> {
    // Two sorted walks that end early, and not one over all that either finds.
    let own = "SELECT leaf FROM filing WHERE case_id = ?1 AND leaf >= ?2 ORDER BY leaf LIMIT ?3";
    let others =
        "SELECT leaf FROM mention WHERE case_id = ?1 AND leaf >= ?2 ORDER BY leaf LIMIT ?3";
    let clause = format!(
        "WHERE leaf IN (SELECT leaf FROM ({own}) UNION SELECT leaf FROM ({others})) \
         ORDER BY leaf LIMIT ?3"
    );
    FILING.all(sql, &clause, &[case.as_bytes(), &bound(from), &bound(limit as u64)], read)
}

/// The first filing of an office that was accepted within a time, both ends included.
pub(super) fn filed_between(
    sql: &Connection,
    sender: &OfficeAddress,
    from_ms: u64,
    until_ms: u64,
) -> Result<Option<FilingRow>, Fault> {
    let clause =
        "WHERE sender = ? AND accepted_at_ms BETWEEN ? AND ? ORDER BY accepted_at_ms, leaf";
    let sender = sender.to_string();
    FILING.one(sql, clause, &[&sender, &bound(from_ms), &bound(until_ms)], read)
}

/// Writes a statement.
pub(super) fn insert_statement(sql: &Connection, statement: &StatementRow) -> Result<(), Fault> {
    STATEMENT.insert(sql, &[number(statement.leaf), blob(&statement.statement)])
}

/// The statement of a leaf.
pub(super) fn find_statement(sql: &Connection, leaf: u64) -> Result<Option<Vec<u8>>, Fault> {
    STATEMENT.one(sql, "WHERE leaf = ?", &[&bound(leaf)], |cells| {
        cells.number()?;
        Ok(cells.blob()?.to_vec())
    })
}

fn read(cells: &mut Cells<'_>) -> Result<FilingRow, Fault> {
    let leaf = cells.number()?;
    let sealed_size = cells.number()?;
    let accepted_at_ms = cells.number()?;
    let digest = EnvelopeDigest::new(cells.array()?);
    let once_key = OnceKey::new(cells.array()?);
    let envelope_id = EnvelopeId::new(cells.array()?);
    let kind = cells.small()?;
    let sender = names::address(cells.text()?)?;
    let key_id = KeyId::new(cells.array()?);
    let sequence = cells.number()?;
    let case = cells.maybe_blob()?.map(CaseId::from_slice);
    let case = case.map(|id| id.ok_or_else(|| cells.odd("a case"))).transpose()?;
    let recipients = names::split(cells.text()?)?;
    let (digests, rest) = cells.blob()?.as_chunks::<DIGEST_LEN>();
    if !rest.is_empty() {
        return Err(cells.odd("digests"));
    }
    let documents = digests.iter().copied().map(DocumentDigest::new).collect();
    let assessment = cells.maybe_blob()?.map(<[u8]>::to_vec);
    let effects = effects::decode(cells.blob()?, case)?;
    let envelope = cells.blob()?.to_vec();
    Ok(FilingRow {
        leaf,
        sealed_size,
        accepted_at_ms,
        digest,
        once_key,
        envelope_id,
        envelope,
        kind,
        sender,
        key_id,
        sequence,
        case: effects.case,
        recipients,
        documents,
        restricted: effects.restricted,
        assessment,
        answer: effects.answer,
        key: effects.key,
        answer_by_ms: effects.answer_by_ms,
        public_act: effects.public_act,
        mentions: effects.mentions,
        access: effects.access,
        retention: effects.retention,
    })
}
