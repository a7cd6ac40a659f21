//! Gathering evidence: from a hub's answers to a bundle that needs no hub.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use barid_proto::key::KeyId;
use barid_proto::tlog::Hash;
use barid_proto::tlog::receipt::Receipt;
use barid_proto::v1::log_service_client::LogServiceClient;
use barid_proto::v1::{CaseFile, DocketEntry, GetBracketRequest};

use super::log::hashes;
use super::{CaseName, Client, READ_WITHIN, lacks, stub, within};
use crate::bundle::{Bracket, Bundle, DocumentBytes, Evidence, NamedDocument, SealedEnvelope};
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
        let mut events = BTreeMap::new();
        for event in std::mem::take(&mut bundle.keys).into_iter().chain(clock.keys) {
            events.insert(leaf_of(&event)?, event);
        }
        bundle.keys = events.into_values().collect();
        Ok(())
    }

    /// Fetches the documents that the filings name into `folder`, from which they go into the
    /// bundle when it is written.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn gather_documents(
        &self,
        bundle: &mut Bundle,
        folder: &Path,
    ) -> Result<(), ClientError> {
        bundle.documents.clear();
        for name in bundle.named_documents() {
            let path = folder.join(hex::encode(&name));
            self.download(name, &path, &mut |_, _| {}).await?;
            let size = std::fs::metadata(&path).map_err(LocalError::at(&path))?.len();
            // What is downloaded is kept only when it has the digest that was asked for.
            bundle.documents.push(NamedDocument {
                name,
                found: name,
                size,
                bytes: DocumentBytes::Disk(path),
            });
        }
        Ok(())
    }

    /// The docket of a case that is too long for one answer.
    async fn whole_docket(&self, case: &CaseFile) -> Result<Vec<DocketEntry>, ClientError> {
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
        let mut signers = BTreeSet::new();
        for filing in &mut filings {
            signers.extend(filing.sealed.signer_spkis.iter().map(|spki| KeyId::of_spki(spki)));
            filing.before = self.bracket(&filing.sealed).await?;
        }
        let mut events = BTreeMap::new();
        for key in signers {
            for event in self.key_proof(&key).await? {
                let event = SealedEnvelope::from(event);
                events.insert(leaf_of(&event)?, event);
            }
        }
        let mut bundle = Bundle::of(filings);
        bundle.keys = events.into_values().collect();
        Ok(bundle)
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

fn evidence_of(entry: DocketEntry) -> Option<Evidence> {
    let mut filing = Evidence::from(entry.filing?);
    filing.statements = entry.statements.into_iter().map(Into::into).collect();
    Some(filing)
}

fn leaf_of(event: &SealedEnvelope) -> Result<u64, EvidenceError> {
    Ok(Receipt::parse(&event.receipt)?.index)
}
