//! Gathering evidence: from a hub's answers to a bundle that needs no hub.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use barid_proto::assess::counts_beyond;
use barid_proto::key::KeyId;
use barid_proto::rules::{Catalogue, TEXT_MAX_BYTES};
use barid_proto::tlog::Hash;
use barid_proto::tlog::receipt::Receipt;
use barid_proto::v1::log_service_client::LogServiceClient;
use barid_proto::v1::{
    CaseFile, DocketEntry, FilingAssessment, GetBracketRequest, HubStatementKind, Reason,
};
use prost::Message as _;

use super::log::hashes;
use super::{CaseName, Client, READ_WITHIN, lacks, stub, within};
use crate::bundle::{
    Bracket, Bundle, DocumentBytes, Evidence, FILINGS_MAX, LawEvidence, NamedDocument,
    SealedEnvelope, StatementEvidence,
};
use crate::error::{ClientError, EvidenceError, LocalError};
use crate::hex;

impl Client {
    /// A case with everything that proves it: its whole docket, the statements on it, whose the
    /// signers' keys are, and what bounds each filing in time. Nothing is checked here beyond what
    /// every answer of the hub is: [`examine`](crate::verify::examine) the bundle before you keep
    /// it.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn gather_case(&self, name: CaseName) -> Result<(CaseFile, Bundle), ClientError> {
        let found = self.case(name).await?;
        let case = found.case.ok_or_else(|| lacks("case"))?;
        let mut entries = found.entries;
        if (entries.len() as u64) < case.filings {
            entries = self.whole_docket(&case).await?;
        }
        let filings = entries.into_iter().filter_map(evidence_of).collect();
        Ok((case, self.complete(filings).await?))
    }

    /// One filing with everything that proves it; the statements about it stand on the docket of
    /// its case.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn gather_filing(&self, digest: [u8; 32]) -> Result<Bundle, ClientError> {
        let (filing, _) = self.filing(digest).await?;
        self.complete(vec![filing.into()]).await
    }

    /// Puts a time-stamp of a third party that somebody has filed into a bundle, by the digest of
    /// its envelope, with the key events of whoever filed it.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn gather_clock(
        &self,
        bundle: &mut Bundle,
        digest: [u8; 32],
    ) -> Result<(), ClientError> {
        let (filing, _) = self.filing(digest).await?;
        let clock = self.complete(vec![filing.into()]).await?;
        bundle.clocks.extend(clock.filings.into_iter().map(|filing| filing.sealed));
        add_keys(bundle, clock.keys)
    }

    /// Puts a filing beyond the case into a bundle, by the digest of its envelope: a calendar that
    /// the hub should have counted, above all. What assessments say that they rest on is there
    /// already.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn gather_law(
        &self,
        bundle: &mut Bundle,
        digest: [u8; 32],
    ) -> Result<(), ClientError> {
        let (filing, _) = self.filing(digest).await?;
        let law = self.complete(vec![filing.into()]).await?;
        let mut all = BTreeMap::new();
        let added = law.filings.into_iter().map(LawEvidence::from).chain(law.law);
        for filing in std::mem::take(&mut bundle.law).into_iter().chain(added) {
            all.insert(leaf_of(&filing.sealed)?, filing);
        }
        bundle.law = all.into_values().collect();
        bundle.documents.extend(law.documents);
        bundle.documents.sort_by_key(|document| document.name);
        bundle.documents.dedup_by_key(|document| document.name);
        add_keys(bundle, law.keys)
    }

    /// Fetches the documents that the filings name into `folder`, from which they go into the
    /// bundle when it is written. Of what filings beyond the case name, those that this office may
    /// not read stay away; so do sealed exhibits to which it was not given access, and what was
    /// destroyed by order.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn gather_documents(
        &self,
        bundle: &mut Bundle,
        folder: &Path,
    ) -> Result<(), ClientError> {
        let own = Bundle { filings: std::mem::take(&mut bundle.filings), ..Bundle::default() };
        let mut needed = own.named_documents();
        // Whoever was not given access to a sealed exhibit has its digest, and proves the rest.
        for sealed in own.sealed_exhibits() {
            needed.remove(&sealed);
        }
        bundle.filings = own.filings;
        for name in bundle.named_documents() {
            if bundle.documents.iter().any(|here| here.name == name) {
                continue;
            }
            let path = folder.join(hex::encode(&name));
            match self.download(name, &path, &mut |_, _| {}).await {
                Err(error) if is_hidden(&error) && !needed.contains(&name) => continue,
                Err(error) if is_destroyed(&error) => continue,
                downloaded => downloaded?,
            };
            let size = std::fs::metadata(&path).map_err(LocalError::at(&path))?.len();
            // What is downloaded is kept only when it has the digest that was asked for.
            bundle.documents.push(NamedDocument {
                name,
                found: name,
                size,
                bytes: DocumentBytes::Disk(path),
            });
        }
        bundle.documents.sort_by_key(|document| document.name);
        Ok(())
    }

    /// The docket of a case that is too long for one answer.
    pub(super) async fn whole_docket(
        &self,
        case: &CaseFile,
    ) -> Result<Vec<DocketEntry>, ClientError> {
        let id = case.case_id.as_slice().try_into().map_err(|_| lacks("case_id"))?;
        let mut watch = self.watch(id).await?;
        let mut entries = Vec::new();
        while (entries.len() as u64) < case.filings {
            let Some((entry, _)) = watch.next().await? else { break };
            entries.push(entry);
        }
        Ok(entries)
    }

    async fn complete(&self, mut filings: Vec<Evidence>) -> Result<Bundle, ClientError> {
        let (law, outages) = self.law_of(&filings).await?;
        let mut signers = BTreeSet::new();
        for filing in &mut filings {
            signers.extend(signers_of(&filing.sealed));
            filing.before = self.bracket(&filing.sealed).await?;
        }
        signers.extend(law.iter().flat_map(|filing| signers_of(&filing.sealed)));
        let mut events = BTreeMap::new();
        for key in signers {
            for event in self.key_proof(&key).await? {
                let event = SealedEnvelope::from(event);
                events.insert(leaf_of(&event)?, event);
            }
        }
        let mut bundle = Bundle::of(filings);
        bundle.keys = events.into_values().collect();
        (bundle.law, bundle.outages) = (law, outages);
        self.rule_sets(&mut bundle).await?;
        Ok(bundle)
    }

    /// The filings beyond these and the outages on which their assessments say that they rest, in
    /// the order of the log. What this office may not read stays away: whoever verifies says what
    /// is missing.
    async fn law_of(
        &self,
        filings: &[Evidence],
    ) -> Result<(Vec<LawEvidence>, Vec<StatementEvidence>), ClientError> {
        let mut leaves = BTreeSet::new();
        for filing in filings {
            let Some(added) = &filing.assessment else { continue };
            let added = FilingAssessment::decode(added.bytes.as_slice());
            let added = added.map_err(|_| EvidenceError::Assessment)?;
            leaves.extend(added.assessments.into_iter().flat_map(|one| one.leaves));
        }
        for filing in filings {
            leaves.remove(&leaf_of(&filing.sealed)?);
        }
        let (mut law, mut outages) = (Vec::new(), Vec::new());
        for leaf in leaves.into_iter().take(FILINGS_MAX) {
            match self.filing_at(leaf).await {
                Ok((filing, verified)) if counts_beyond(&verified.body) => {
                    law.push(Evidence::from(filing).into());
                }
                Ok(_) => {}
                Err(error) if is_hidden(&error) => outages.extend(self.outage_at(leaf).await?),
                Err(error) => return Err(error),
            }
        }
        Ok((law, outages))
    }

    /// What the hub states of an outage at a leaf, when it does.
    async fn outage_at(&self, leaf: u64) -> Result<Option<StatementEvidence>, ClientError> {
        match self.statement(leaf).await {
            Ok((sealed, stated)) => {
                let outage = stated.statement.kind() == HubStatementKind::Outage;
                Ok(outage.then(|| sealed.into()))
            }
            Err(error) if is_hidden(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The texts of the rule sets that are published in a bundle and do not come with every
    /// verifier.
    async fn rule_sets(&self, bundle: &mut Bundle) -> Result<(), ClientError> {
        let built_in = Catalogue::built_in().unwrap_or_default();
        let known = |name: &Hash| built_in.all().any(|set| set.sha256 == *name);
        for name in bundle.rule_sets().into_iter().filter(|name| !known(name)) {
            match self.fetch(name, TEXT_MAX_BYTES).await {
                Ok(bytes) => {
                    let (size, bytes) = (bytes.len() as u64, DocumentBytes::Memory(bytes));
                    bundle.documents.push(NamedDocument { name, found: name, size, bytes });
                }
                Err(error) if is_hidden(&error) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    async fn bracket(&self, filing: &SealedEnvelope) -> Result<Option<Bracket>, ClientError> {
        let receipt = Receipt::parse(&filing.receipt).map_err(EvidenceError::from)?;
        let tree = self.office.trust.policy().weigh(&receipt.checkpoint);
        let tree_size = tree.map_err(EvidenceError::from)?.checkpoint.size();
        let answer = self.call(|channel| {
            let request = GetBracketRequest { leaf_index: receipt.index, tree_size };
            let request = within(READ_WITHIN, request);
            async move { stub!(LogServiceClient, channel).get_bracket(request).await }
        });
        let answer = answer.await?;
        if answer.before_note.is_empty() {
            return Ok(None);
        }
        let path: Vec<Hash> = hashes(&answer.path)?;
        Ok(Some(Bracket { note: answer.before_note, path }))
    }
}

/// Adds key events to those of a bundle, in the order of the log.
fn add_keys(bundle: &mut Bundle, more: Vec<SealedEnvelope>) -> Result<(), ClientError> {
    let mut events = BTreeMap::new();
    for event in std::mem::take(&mut bundle.keys).into_iter().chain(more) {
        events.insert(leaf_of(&event)?, event);
    }
    bundle.keys = events.into_values().collect();
    Ok(())
}

fn signers_of(sealed: &SealedEnvelope) -> impl Iterator<Item = KeyId> {
    sealed.signer_spkis.iter().map(|spki| KeyId::of_spki(spki))
}

/// Whether the hub shows this office no such thing.
fn is_hidden(error: &ClientError) -> bool {
    matches!(error, ClientError::Refused(refusal) if refusal.reason == Reason::NotFound)
}

/// Whether the hub destroyed a document by order: its digest proves what there was.
fn is_destroyed(error: &ClientError) -> bool {
    matches!(error, ClientError::Refused(refusal) if refusal.reason == Reason::Destroyed)
}

fn evidence_of(entry: DocketEntry) -> Option<Evidence> {
    let mut filing = Evidence::from(entry.filing?);
    filing.statements = entry.statements.into_iter().map(Into::into).collect();
    Some(filing)
}

fn leaf_of(event: &SealedEnvelope) -> Result<u64, EvidenceError> {
    Ok(Receipt::parse(&event.receipt)?.index)
}
