//! What the hub states itself, with proofs: about deliveries, refusals, outages.
//!
//! A statement names filings of one case that all its parties may read, or a single filing: whoever
//! sees it, with the filing that it is about, learns nothing of others. A statement of an outage
//! names no filing, and everybody sees it.

use barid_proto::v1::{self, HubStatement, HubStatementKind, Reason, SealedStatement};
use futures::future::join_all;
use prost::Message as _;

use super::read::not_found;
use super::{Crafts, Hub};
use crate::error::{Error, Fault};
use crate::identity::caller::Caller;
use crate::log::Attestation;
use crate::model::id::{CaseId, EnvelopeDigest, OfficeAddress};
use crate::model::row::{DeliveryRow, FilingRow, OverdueRow};
use crate::model::wire;
use crate::store::FilingKey;

/// Deliveries that are stated to have expired in one round: a quarter of a batch, so that filings
/// come through beside them when a hub that was down for long states all at once.
const EXPIRIES_PER_ROUND: usize = 256;

/// A filing that was handed to a receiver.
pub(super) struct HandedOver {
    digest: EnvelopeDigest,
    leaf: u64,
    /// Its case, when all parties to it may read the filing.
    shared_in: Option<CaseId>,
    /// Whether it was handed over for the first time.
    first: bool,
}

impl HandedOver {
    pub(super) fn of(delivery: &DeliveryRow, row: &FilingRow) -> Self {
        let case = row.case.as_ref().filter(|_| !row.restricted);
        Self {
            digest: row.digest,
            leaf: row.leaf,
            shared_in: case.map(|change| change.case),
            first: delivery.fetched_leaf.is_none(),
        }
    }
}

impl Hub {
    /// States in the log which of these an office fetched for the first time.
    pub(super) async fn state_fetched(
        &self,
        office: &OfficeAddress,
        handed: &[HandedOver],
    ) -> Result<(), Error> {
        let at_unix_ms = wire::instant((self.crafts.clock)());
        let stating = together(handed).into_iter().map(|group| {
            let statement = HubStatement {
                kind: HubStatementKind::Fetched.into(),
                office: Some(wire::address(office)),
                envelope_digests: group.iter().map(|one| one.digest.to_vec()).collect(),
                at_unix_ms,
                ..HubStatement::default()
            };
            let deliveries = group.iter().map(|one| (office.clone(), one.leaf)).collect();
            self.crafts.log.attest(Attestation { statement, deliveries })
        });
        join_all(stating).await.into_iter().try_for_each(|stated| stated.map(|_leaf| ()))
    }

    /// One round of stating which deliveries expired in silence: at most so many, the oldest limits
    /// first. What fell due while the hub was down is stated when it is up again, with the time of
    /// then.
    ///
    /// # Errors
    /// What keeps the hub from stating it; the next round tries again.
    pub async fn state_expired(&self) -> Result<(), Error> {
        let (now_ms, overdue) = self
            .blocking(|crafts| {
                let now_ms = (crafts.clock)();
                Ok((now_ms, crafts.store.overdue(now_ms, EXPIRIES_PER_ROUND)?))
            })
            .await?;
        let stating = overdue.iter().map(|row| self.crafts.log.attest(expiry(row, now_ms)));
        for stated in join_all(stating).await {
            match stated {
                // Answered at the last moment: there is nothing to state.
                Err(Error::Refused(refusal)) if refusal.reason == Reason::NothingToAnswer => {}
                stated => drop(stated?),
            }
        }
        Ok(())
    }

    /// A statement of the hub, for those who may see it.
    ///
    /// # Errors
    /// `REASON_NOT_FOUND` when there is none for this caller, or no quorum of witnesses has
    /// cosigned it yet.
    pub async fn statement(
        &self,
        caller: &Caller,
        request: v1::GetStatementRequest,
    ) -> Result<v1::GetStatementResponse, Error> {
        // Somebody who has just been refused asks before the witnesses have answered.
        let log = &self.crafts.log;
        if let Some(plan) = log.witnesses().plan()
            && request.leaf_index < log.head().size
        {
            log.until_published(request.leaf_index, plan.patience).await;
        }
        let office = caller.office.clone();
        self.blocking(move |crafts| {
            let statement = crafts.statement_for(&office, request.leaf_index)?;
            Ok(v1::GetStatementResponse { statement: Some(statement.ok_or_else(not_found)?) })
        })
        .await
    }
}

impl Crafts {
    /// What the hub states about deliveries, as far as an office may see it, in the order of the
    /// log.
    pub(super) fn statements_about(
        &self,
        office: &OfficeAddress,
        deliveries: &[DeliveryRow],
    ) -> Result<Vec<SealedStatement>, Error> {
        let leaves = deliveries.iter().flat_map(|row| [row.fetched_leaf, row.expired_leaf]);
        let mut leaves: Vec<u64> = leaves.flatten().collect();
        leaves.sort_unstable();
        leaves.dedup();
        let mut statements = Vec::with_capacity(leaves.len());
        for leaf in leaves {
            statements.extend(self.statement_for(office, leaf)?);
        }
        Ok(statements)
    }

    fn statement_for(
        &self,
        office: &OfficeAddress,
        leaf: u64,
    ) -> Result<Option<SealedStatement>, Error> {
        let Some((statement, sealed)) = self.proven_statement(leaf)? else { return Ok(None) };
        Ok(self.may_see(office, &statement)?.then_some(sealed))
    }

    /// A statement of the hub and its proof, whoever may see it. `None`: there is none at this
    /// leaf, or no quorum of witnesses has cosigned it yet.
    pub(super) fn proven_statement(
        &self,
        leaf: u64,
    ) -> Result<Option<(HubStatement, SealedStatement)>, Error> {
        let Some(bytes) = self.store.statement(leaf)? else { return Ok(None) };
        let statement = HubStatement::decode(bytes.as_slice())
            .map_err(|error| Fault::while_doing(format!("reading statement {leaf}"), error))?;
        let receipt = self.log.statement_receipt(leaf, &bytes)?;
        Ok(receipt.map(|receipt| {
            (statement, SealedStatement { statement: bytes, receipt: Some(receipt) })
        }))
    }

    /// Whether a statement is about an office, or about filings that it may read, all of them, or
    /// about the hub itself.
    fn may_see(&self, office: &OfficeAddress, statement: &HubStatement) -> Result<bool, Error> {
        if statement.kind() == HubStatementKind::Outage {
            return Ok(true);
        }
        let main = self.directory.is_main(office);
        // Whoever handed in what was refused knows all that the statement says.
        let concerned = statement.office.iter().chain(&statement.carried_by);
        let about = concerned.into_iter().any(|about| {
            *about == wire::address(office)
                || (main && about.institution == office.institution.as_str())
        });
        if about {
            return Ok(true);
        }
        for digest in &statement.envelope_digests {
            let digest = EnvelopeDigest::from_slice(digest);
            let digest = digest.ok_or_else(|| Fault::broken("a statement names no digest"))?;
            let filing = self.store.filing(FilingKey::Digest(digest))?;
            if !filing.is_some_and(|row| self.may_read(office, &row).unwrap_or(false)) {
                return Ok(false);
            }
        }
        Ok(!statement.envelope_digests.is_empty())
    }
}

/// Filings that were handed over for the first time, parted into those of one statement each.
fn together(handed: &[HandedOver]) -> Vec<Vec<&HandedOver>> {
    let mut groups: Vec<Vec<&HandedOver>> = Vec::new();
    for one in handed.iter().filter(|one| one.first) {
        let same = |group: &&mut Vec<&HandedOver>| {
            one.shared_in.is_some()
                && group.first().is_some_and(|other| other.shared_in == one.shared_in)
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups
}

fn expiry(row: &OverdueRow, now_ms: u64) -> Attestation {
    let statement = HubStatement {
        kind: HubStatementKind::Expired.into(),
        office: Some(wire::address(&row.recipient)),
        envelope_digests: vec![row.digest.to_vec()],
        at_unix_ms: wire::instant(now_ms),
        limit_unix_ms: wire::instant(row.limit_ms),
        ..HubStatement::default()
    };
    Attestation { statement, deliveries: vec![(row.recipient.clone(), row.filing_leaf)] }
}
