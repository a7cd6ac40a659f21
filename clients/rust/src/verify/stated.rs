//! Checking what the hub itself says: assessments, and statements that something was fetched,
//! refused or not answered in time, or that the hub was down. Pure functions of bytes and trust, as
//! all of [`verify`](super).
//!
//! Their leaves carry no signature but the log's over the whole tree, and name the log's key as
//! their signer. So what is proven is that the hub said it, when, and that it cannot take it back;
//! not that it is true.

use barid_proto::key::KeyId;
use barid_proto::leaf::{Leaf, LeafKind, assessment_digest, statement_digest};
use barid_proto::tlog::Hash;
use barid_proto::tlog::policy::Witnessed;
use barid_proto::tlog::proof::verify_inclusion;
use barid_proto::tlog::receipt::{Receipt as Proof, ReceiptError};
use barid_proto::v1::{
    Delivery, DocketEntry, FilingAssessment, HubStatement, HubStatementKind, Outage, OutageScope,
    SealedStatement,
};
use prost::Message as _;

use super::Verified;
use super::place::TIME_TOLERANCE_MS;
use crate::error::EvidenceError;
use crate::hex;
use crate::trust::Trust;

/// Most envelopes that one statement names.
const DIGESTS_MAX: usize = 256;

/// A statement of the hub that is in the log.
#[derive(Debug, Clone)]
pub struct Stated {
    /// What it says. Its kind is known. It names an office and at least one envelope; that of an
    /// outage neither, but the outage.
    pub statement: HubStatement,
    /// Index of its leaf.
    pub leaf_index: u64,
    /// When the hub put it into the log, milliseconds since 1970.
    pub accepted_at_ms: u64,
    /// The checkpoint that covers the leaf, and who cosigned it.
    pub witnessed: Witnessed,
    /// The checkpoint as the signed note it came in.
    pub note: Vec<u8>,
}

/// Checks the assessment of a verified filing: it is the leaf right behind the filing's, in the
/// tree of the filing's receipt. `path` is its inclusion path there.
///
/// # Errors
/// [`EvidenceError::Assessment`].
pub fn assessment(
    filing: &Verified,
    assessment: &[u8],
    path: &[Vec<u8>],
    trust: &Trust,
) -> Result<FilingAssessment, EvidenceError> {
    let wrong = || EvidenceError::Assessment;
    let read = FilingAssessment::decode(assessment).map_err(|_| wrong())?;
    if read.envelope_digest != filing.digest {
        return Err(wrong());
    }
    let path: Option<Vec<Hash>> =
        path.iter().map(|hash| Hash::try_from(hash.as_slice()).ok()).collect();
    let path = path.ok_or_else(wrong)?;
    let tree = &filing.witnessed.checkpoint;
    let index = filing.leaf_index.checked_add(1).ok_or_else(wrong)?;
    let digest = assessment_digest(assessment);
    let proven = log_keys(trust, tree.origin()).any(|key| {
        let leaf = Leaf::of_hub(LeafKind::Assessment, filing.accepted_at_ms, digest, key);
        verify_inclusion(&leaf.hash(), index, tree.size(), &path, tree.root()).is_ok()
    });
    if proven { Ok(read) } else { Err(wrong()) }
}

/// Checks a statement of the hub off-line.
///
/// # Errors
/// The first thing that does not hold.
pub fn statement(sealed: &SealedStatement, trust: &Trust) -> Result<Stated, EvidenceError> {
    let (statement, kind) = read(&sealed.statement)?;
    let said = sealed.receipt.clone().unwrap_or_default();
    let proof = Proof::parse(&said.tlog_proof)?;
    let digest = statement_digest(&sealed.statement);
    let given = Leaf::from_extra(&proof.extra, digest, KeyId::new([0; 32]), [0; 32])?;
    if given.kind != kind {
        return Err(wrong(format!("it stands under a leaf of kind {:?}", given.kind)));
    }
    let accepted_at_ms = given.accepted_at_ms;
    let witnessed = trust.witnessed(&proof.checkpoint).map_err(ReceiptError::from)?;
    let tree = &witnessed.checkpoint;
    let mut included = Err(wrong("no key of this log is known that its leaf could name"));
    for key in log_keys(trust, tree.origin()) {
        let leaf = Leaf::of_hub(kind, accepted_at_ms, digest, key).hash();
        included = verify_inclusion(&leaf, proof.index, tree.size(), &proof.path, tree.root())
            .map_err(|error| ReceiptError::from(error).into());
        if included.is_ok() {
            break;
        }
    }
    included?;
    let expired = statement.kind() == HubStatementKind::Expired;
    let limit_ms = u64::try_from(statement.limit_unix_ms).unwrap_or_default();
    if expired && (limit_ms == 0 || accepted_at_ms <= limit_ms) {
        return Err(contradiction("limit_unix_ms", limit_ms, accepted_at_ms));
    }
    if let Some(outage) = &statement.outage {
        timely(outage, accepted_at_ms, trust.policy().existed_by(&witnessed))?;
    }
    let note = proof.checkpoint.to_string().into_bytes();
    let stated = Stated { statement, leaf_index: proof.index, accepted_at_ms, witnessed, note };
    let accepted_at = i64::try_from(accepted_at_ms).unwrap_or(i64::MAX);
    same("leaf_index", said.leaf_index, stated.leaf_index)?;
    same("accepted_at", said.accepted_at_unix_ms, accepted_at)?;
    same("envelope_digest", hex::encode(&said.envelope_digest), hex::encode(&digest))?;
    Ok(stated)
}

/// Checks the statements on a line of a docket: each holds, is about the line's filing, and is the
/// one that the line's deliveries name.
///
/// # Errors
/// The first thing that does not hold.
pub fn line(
    line: &DocketEntry,
    filing: &Verified,
    trust: &Trust,
) -> Result<Vec<Stated>, EvidenceError> {
    let check = |sealed| {
        let stated = statement(sealed, trust)?;
        let said = &stated.statement;
        if !said.envelope_digests.iter().any(|digest| *digest == filing.digest) {
            return Err(wrong("it is not about the filing that it came with"));
        }
        let leaf_of: fn(&Delivery) -> Option<u64> = match said.kind() {
            HubStatementKind::Fetched => |delivery| delivery.fetched_leaf,
            HubStatementKind::Expired => |delivery| delivery.expired_leaf,
            other => return Err(wrong(format!("a docket has no statements {other:?}"))),
        };
        let delivery = line.deliveries.iter().find(|delivery| delivery.recipient == said.office);
        if delivery.and_then(leaf_of) != Some(stated.leaf_index) {
            return Err(wrong("no delivery on its line names its leaf"));
        }
        if said.kind() == HubStatementKind::Expired {
            let limit = filing.body.receipt_required_by_unix_ms;
            same("limit_unix_ms", said.limit_unix_ms, limit)?;
        }
        Ok(stated)
    };
    line.statements.iter().map(check).collect()
}

/// A statement, and the kind of leaf under which it must stand.
fn read(bytes: &[u8]) -> Result<(HubStatement, LeafKind), EvidenceError> {
    let statement = HubStatement::decode(bytes)
        .map_err(|error| wrong(format!("it cannot be read: {error}")))?;
    let kind = LeafKind::of_statement(statement.kind());
    let kind = kind.ok_or_else(|| wrong("it states nothing that this version knows"))?;
    if statement.kind() == HubStatementKind::Outage {
        return of_outage(&statement).map(|()| (statement, kind));
    }
    if statement.outage.is_some() {
        return Err(wrong("it is of no outage and names one"));
    }
    let digests = &statement.envelope_digests;
    if digests.is_empty()
        || digests.len() > DIGESTS_MAX
        || digests.iter().any(|digest| digest.len() != size_of::<Hash>())
    {
        return Err(wrong("it names no envelopes, too many, or by something that is no digest"));
    }
    if statement.office.is_none() {
        return Err(wrong("it names no office"));
    }
    Ok((statement, kind))
}

/// The statement of an outage is about the hub alone, and says since when and until when.
fn of_outage(statement: &HubStatement) -> Result<(), EvidenceError> {
    let Some(outage) = &statement.outage else { return Err(wrong("it names no outage")) };
    if statement.office.is_some() || !statement.envelope_digests.is_empty() {
        return Err(wrong("it is about an outage and names offices or envelopes"));
    }
    if !matches!(outage.scope(), OutageScope::Hub | OutageScope::Witnesses) {
        return Err(wrong("the hub speaks for itself and its witnesses only"));
    }
    if outage.from_unix_ms <= 0 || outage.until_unix_ms <= outage.from_unix_ms {
        return Err(wrong("the outage does not end after it began"));
    }
    let (before, after) = (outage.witnessed_before_unix_ms, outage.witnessed_after_unix_ms);
    if before < 0 || (after != 0 && after <= before) {
        return Err(wrong("witnesses cosigned again before they had cosigned"));
    }
    Ok(())
}

/// An outage is over when it is stated: before its leaf, and before witnesses had seen that.
fn timely(
    outage: &Outage,
    accepted_at_ms: u64,
    existed_by: Option<u64>,
) -> Result<(), EvidenceError> {
    let until_ms = u64::try_from(outage.until_unix_ms).unwrap_or_default();
    let seen_ms = existed_by.map(|seconds| seconds.saturating_mul(1_000));
    let seen_ms = seen_ms.map(|seen| seen.saturating_add(TIME_TOLERANCE_MS));
    match [Some(accepted_at_ms), seen_ms].into_iter().flatten().min() {
        Some(latest) if until_ms > latest => {
            Err(contradiction("outage.until_unix_ms", until_ms, latest))
        }
        _ => Ok(()),
    }
}

/// The identifiers by which leaves of a log's own words may name it.
fn log_keys(trust: &Trust, origin: &str) -> impl Iterator<Item = KeyId> {
    let logs = trust.policy().logs().iter().filter(move |log| log.key.name() == origin);
    logs.filter_map(|log| log.key.log_key_id())
}

fn wrong(why: impl Into<String>) -> EvidenceError {
    EvidenceError::Statement(why.into())
}

fn same<T: PartialEq + ToString>(
    field: &'static str,
    said: T,
    proven: T,
) -> Result<(), EvidenceError> {
    if said == proven { Ok(()) } else { Err(contradiction(field, said, proven)) }
}

fn contradiction(field: &'static str, said: impl ToString, proven: impl ToString) -> EvidenceError {
    EvidenceError::Contradiction { field, said: said.to_string(), proven: proven.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::EvidenceError as E;
    use crate::testing::{self, NOON_MS, TestLog};
    use crate::verify;
    use barid_proto::v1::{self, Address, SealedFiling};

    fn office() -> Address {
        Address { institution: "ejp".into(), office: "registry".into() }
    }

    fn said(kind: HubStatementKind, digest: &[u8]) -> HubStatement {
        let expired = kind == HubStatementKind::Expired;
        HubStatement {
            kind: kind.into(),
            office: Some(office()),
            envelope_digests: vec![digest.to_vec()],
            at_unix_ms: 1,
            limit_unix_ms: if expired { NOON_MS.cast_signed() - 1 } else { 0 },
            ..HubStatement::default()
        }
    }

    const KINDS: [HubStatementKind; 3] =
        [HubStatementKind::Fetched, HubStatementKind::Rejected, HubStatementKind::Expired];

    #[test]
    fn honest_statements_hold() {
        for kind in KINDS {
            let mut log = TestLog::new();
            log.append([3; 32]);
            let sealed = log.say(&said(kind, &[7; 32]));
            let stated = statement(&sealed, &log.trust()).unwrap();
            assert_eq!((stated.leaf_index, stated.accepted_at_ms), (1, NOON_MS));
            assert_eq!(stated.statement.kind(), kind);
            assert!(statement(&sealed, &TestLog::new().trust()).is_err(), "another log's");
        }
    }

    #[test]
    fn every_changed_byte_of_a_statement_is_noticed() {
        let mut log = TestLog::new();
        log.append([3; 32]);
        let sealed = log.say(&said(HubStatementKind::Expired, &[7; 32]));
        for at in 0..sealed.statement.len() {
            let mut changed = sealed.clone();
            let mut bytes = changed.statement.to_vec();
            bytes[at] ^= 1;
            changed.statement = bytes;
            assert!(statement(&changed, &log.trust()).is_err(), "byte {at}");
        }
        let proof = Proof::parse(&sealed.receipt.as_ref().unwrap().tlog_proof).unwrap();
        for at in 0..proof.extra.len() {
            let mut other = proof.clone();
            other.extra[at] ^= 1;
            let mut changed = sealed.clone();
            changed.receipt.as_mut().unwrap().tlog_proof = other.to_string().into_bytes();
            assert!(statement(&changed, &log.trust()).is_err(), "extra {at}");
        }
        let changes: [fn(&mut v1::Receipt); 3] = [
            |receipt| receipt.leaf_index += 1,
            |receipt| receipt.accepted_at_unix_ms += 1,
            |receipt| receipt.envelope_digest[0] ^= 1,
        ];
        for change in changes {
            let mut changed = sealed.clone();
            change(changed.receipt.as_mut().unwrap());
            let error = statement(&changed, &log.trust()).unwrap_err();
            assert!(matches!(error, E::Contradiction { .. }), "{error}");
        }
    }

    #[test]
    fn an_envelopes_leaf_is_no_statement_and_a_refusal_no_fetching() {
        let mut log = TestLog::new();
        let honest = log.say(&said(HubStatementKind::Rejected, &[7; 32]));
        // Somebody who may file anything files bytes that read as a statement: its leaf names a key
        // of that somebody.
        let bytes = said(HubStatementKind::Fetched, &[7; 32]).encode_to_vec();
        let (kind, digest) = (LeafKind::Statement, statement_digest(&bytes));
        let leaf = Leaf::of_hub(kind, NOON_MS, digest, KeyId::new([1; 32]));
        let forged = log.seal(&leaf, bytes);
        let error = statement(&forged, &log.trust()).unwrap_err();
        assert!(matches!(error, E::Receipt(ReceiptError::NotIncluded(_))), "{error}");
        // The hub itself put it under the wrong kind.
        let bytes = said(HubStatementKind::Rejected, &[7; 32]).encode_to_vec();
        let key = log.key_id();
        let leaf = Leaf::of_hub(LeafKind::Statement, NOON_MS, statement_digest(&bytes), key);
        let mixed = log.seal(&leaf, bytes);
        let error = statement(&mixed, &log.trust()).unwrap_err();
        assert!(matches!(error, E::Statement(_)), "{error}");
        assert!(statement(&honest, &log.trust()).is_ok());
    }

    #[test]
    fn what_states_nothing_is_refused() {
        let good = said(HubStatementKind::Fetched, &[7; 32]);
        let many = vec![vec![7; 32]; DIGESTS_MAX + 1];
        for wrong in [
            HubStatement { kind: 0, ..good.clone() },
            HubStatement { kind: 99, ..good.clone() },
            HubStatement { office: None, ..good.clone() },
            HubStatement { envelope_digests: Vec::new(), ..good.clone() },
            HubStatement { envelope_digests: vec![vec![7; 31]], ..good.clone() },
            HubStatement { envelope_digests: many, ..good },
        ] {
            let mut log = TestLog::new();
            let sealed = log.say(&wrong);
            let error = statement(&sealed, &log.trust()).unwrap_err();
            assert!(matches!(error, E::Statement(_)), "{error}");
        }
    }

    /// The hub was down for a minute before it says so.
    fn down() -> HubStatement {
        let until_unix_ms = NOON_MS.cast_signed();
        let outage = Outage {
            scope: OutageScope::Hub.into(),
            from_unix_ms: until_unix_ms - 60_000,
            until_unix_ms,
            size_before: 1,
            witnessed_before_unix_ms: until_unix_ms - 61_000,
            witnessed_after_unix_ms: 0,
        };
        let kind = HubStatementKind::Outage.into();
        HubStatement { kind, outage: Some(outage), at_unix_ms: 1, ..HubStatement::default() }
    }

    #[test]
    fn an_honest_outage_holds_off_line() {
        let mut log = TestLog::new();
        log.append([3; 32]);
        let sealed = log.say(&down());
        let stated = statement(&sealed, &log.trust()).unwrap();
        assert_eq!(stated.statement.outage, down().outage);
        assert!(statement(&sealed, &TestLog::new().trust()).is_err(), "another log's");
    }

    #[test]
    fn an_outage_that_cannot_be_is_refused() {
        type Change = fn(&mut HubStatement, &mut Outage);
        let changes: [Change; 9] = [
            |said, _| said.office = Some(office()),
            |said, _| said.envelope_digests = vec![vec![7; 32]],
            |_, outage| outage.scope = OutageScope::Link.into(),
            |_, outage| outage.scope = 0,
            |_, outage| outage.from_unix_ms = 0,
            |_, outage| outage.until_unix_ms = outage.from_unix_ms,
            |_, outage| outage.witnessed_after_unix_ms = outage.witnessed_before_unix_ms,
            |_, outage| outage.witnessed_before_unix_ms = -1,
            |said, _| said.kind = HubStatementKind::Fetched.into(),
        ];
        for (n, change) in changes.into_iter().enumerate() {
            let (mut said, mut outage) = (down(), down().outage.unwrap());
            change(&mut said, &mut outage);
            said.outage = Some(outage);
            let mut log = TestLog::new();
            let sealed = log.say(&said);
            let error = statement(&sealed, &log.trust()).unwrap_err();
            assert!(matches!(error, E::Statement(_)), "{n}: {error}");
        }
        let mut log = TestLog::new();
        let sealed = log.say(&HubStatement { outage: None, ..down() });
        assert!(matches!(statement(&sealed, &log.trust()), Err(E::Statement(_))));
    }

    #[test]
    fn an_outage_is_over_when_it_is_stated() {
        let mut log = TestLog::new();
        let mut said = down();
        said.outage.as_mut().unwrap().until_unix_ms += 1;
        let sealed = log.say(&said);
        let error = statement(&sealed, &log.trust()).unwrap_err();
        assert!(matches!(error, E::Contradiction { field: "outage.until_unix_ms", .. }), "{error}");
        // Witnesses that had seen the statement an hour before it ends know better than the leaf.
        let outage = down().outage.unwrap();
        assert!(timely(&outage, NOON_MS, Some(NOON_MS / 1_000 - 3_600)).is_err());
        assert!(timely(&outage, NOON_MS, Some(NOON_MS / 1_000 - 120)).is_ok());
    }

    #[test]
    fn nothing_expires_before_its_limit() {
        for limit in [0, NOON_MS.cast_signed(), i64::MAX] {
            let mut log = TestLog::new();
            let mut early = said(HubStatementKind::Expired, &[7; 32]);
            early.limit_unix_ms = limit;
            let sealed = log.say(&early);
            let error = statement(&sealed, &log.trust()).unwrap_err();
            assert!(matches!(error, E::Contradiction { field: "limit_unix_ms", .. }), "{error}");
        }
    }

    fn assessed() -> (TestLog, SealedFiling) {
        let mut log = TestLog::new();
        let filing = testing::filing(&mut log, |digest| {
            let added = FilingAssessment {
                envelope_digest: digest.to_vec(),
                consigned_to: vec![office()],
                ..FilingAssessment::default()
            };
            added.encode_to_vec()
        });
        (log, filing)
    }

    #[test]
    fn an_assessment_is_proved_off_line() {
        let (log, filing) = assessed();
        let verified = verify::sealed(filing, &log.trust()).unwrap();
        assert_eq!(verified.assessment.unwrap().consigned_to, [office()]);
    }

    #[test]
    fn an_assessment_that_is_not_the_leaf_behind_proves_nothing() {
        let (log, filing) = assessed();
        let changes: [fn(&mut SealedFiling); 5] = [
            |filing| filing.assessment_path.clear(),
            |filing| filing.assessment_path[0][0] ^= 1,
            |filing| filing.assessment_path[0].truncate(31),
            |filing| filing.assessment_path.push(vec![0; 32]),
            |filing| {
                let mut added = FilingAssessment::decode(&*filing.assessment).unwrap();
                added.consigned_to.clear();
                filing.assessment = added.encode_to_vec().into();
            },
        ];
        for (n, change) in changes.into_iter().enumerate() {
            let mut changed = filing.clone();
            change(&mut changed);
            let error = verify::sealed(changed, &log.trust()).unwrap_err();
            assert!(matches!(error, E::Assessment), "{n}: {error}");
        }
    }

    #[test]
    fn statements_on_a_line_are_about_its_filing_and_named_by_its_deliveries() {
        let (mut log, filing) = assessed();
        let verified = verify::sealed(filing.clone(), &log.trust()).unwrap();
        let fetched = log.say(&said(HubStatementKind::Fetched, &verified.digest));
        let leaf = fetched.receipt.as_ref().unwrap().leaf_index;
        let delivery =
            Delivery { recipient: Some(office()), fetched_leaf: Some(leaf), ..Delivery::default() };
        let entry = DocketEntry {
            filing: Some(filing),
            deliveries: vec![delivery],
            statements: vec![fetched],
        };
        assert_eq!(line(&entry, &verified, &log.trust()).unwrap()[0].leaf_index, leaf);

        let mut unnamed = entry.clone();
        unnamed.deliveries[0].fetched_leaf = Some(leaf - 1);
        let mut of_another = entry.clone();
        of_another.deliveries[0].recipient = None;
        let mut about_another = entry.clone();
        about_another.statements[0] = log.say(&said(HubStatementKind::Fetched, &[7; 32]));
        let mut refused = entry.clone();
        refused.statements[0] = log.say(&said(HubStatementKind::Rejected, &verified.digest));
        for wrong in [unnamed, of_another, about_another, refused] {
            let error = line(&wrong, &verified, &log.trust()).unwrap_err();
            assert!(matches!(error, E::Statement(_)), "{error}");
        }
        // The filing sets no limit, so none can have passed.
        let mut expired = entry;
        expired.statements[0] = log.say(&said(HubStatementKind::Expired, &verified.digest));
        let leaf = expired.statements[0].receipt.as_ref().unwrap().leaf_index;
        expired.deliveries[0].expired_leaf = Some(leaf);
        let error = line(&expired, &verified, &log.trust()).unwrap_err();
        assert!(matches!(error, E::Contradiction { field: "limit_unix_ms", .. }), "{error}");
    }
}
