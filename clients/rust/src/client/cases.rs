//! All cases of an election, one after the other, each line of each docket verified: what
//! statistics and open data are made from.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use barid_proto::assess::{Act, Acts};
use barid_proto::rules::{Catalogue, RuleSet, TEXT_MAX_BYTES};
use barid_proto::statistics::CaseTold;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{
    Assessment, CaseFile, DataClass, DocketEntry, FilingContent, GetCaseResponse,
};
use prost::Message as _;

use super::{CaseName, Client, lacks};
use crate::bundle::{content, ready_made};
use crate::error::ClientError;
use crate::verify::Verified;

/// Longest content of a filing that lies beside its envelope: as long as one may be.
const CONTENT_MAX_BYTES: usize = 16 * 1024 * 1024;

/// The cases of an election, as far as this office may read them. Holds their identifiers and one
/// docket at a time.
pub struct EventCases {
    client: Client,
    left: VecDeque<([u8; 16], DataClass)>,
}

/// A line of a docket, verified, with what its filing says.
#[derive(Debug, Clone)]
pub struct Line {
    /// As the hub tells it.
    pub as_told: DocketEntry,
    /// What it proves.
    pub verified: Verified,
    /// What the filing says. `None`: it has no content that is known here.
    pub content: Option<Content>,
}

/// A case with its whole docket.
#[derive(Debug, Clone)]
pub struct WholeCase {
    /// The case.
    pub case: CaseFile,
    /// Its docket, in the order of the log.
    pub lines: Vec<Line>,
}

impl Client {
    /// The cases of an election, those that change meanwhile included. The log's trees up to the
    /// newest checkpoint are made once, so that senders' own need no questions to the hub.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn walk_event(&self, event: &str) -> Result<EventCases, ClientError> {
        let seen = self.checkpoint().await?;
        self.know_history(&seen.checkpoint).await?;
        let left = self.event_cases(event).await?.into_iter().collect();
        Ok(EventCases { client: self.clone(), left })
    }

    /// What this office may read of a case, verified line by line.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn whole_case(&self, name: CaseName) -> Result<WholeCase, ClientError> {
        let GetCaseResponse { case, entries } = self.case(name).await?;
        let case = case.ok_or_else(|| lacks("case"))?;
        let entries = self.all_entries(&case, entries).await?;
        let mut lines = Vec::with_capacity(entries.len());
        for entry in entries {
            let verified = self.verify_line(&entry).await?;
            let content = self.content_of(&verified).await?;
            lines.push(Line { as_told: entry, verified, content });
        }
        Ok(WholeCase { case, lines })
    }

    /// What a filing says: ready-made, as a format read it, or in a document of its own.
    async fn content_of(&self, filing: &Verified) -> Result<Option<Content>, ClientError> {
        if let Some(said) = content(&filing.body, filing.assessment.as_ref()) {
            return Ok(Some(said.clone()));
        }
        let Some(document) = ready_made(&filing.body) else { return Ok(None) };
        let bytes = self.fetch(document, CONTENT_MAX_BYTES).await?;
        Ok(FilingContent::decode(bytes.as_slice()).ok().and_then(|one| one.content))
    }

    /// The rule set under which a case is assessed, by the text that its assessments name: one of
    /// `known`, or one that was published in the log, which is then known. `None`: it is under
    /// none, or its text cannot be had.
    pub async fn rules_of(&self, whole: &WholeCase, known: &mut Catalogue) -> Option<Arc<RuleSet>> {
        let assessments = whole.lines.iter().filter_map(|line| line.verified.assessment.as_ref());
        let mut named = assessments.flat_map(|added| &added.assessments);
        let digest =
            named.find_map(|one| <[u8; 32]>::try_from(one.rule_set_sha256.as_slice()).ok());
        let digest = digest?;
        if let Some(set) = known.all().find(|set| set.sha256 == digest) {
            return Some(Arc::clone(set));
        }
        // The leaf names the text by its digest, so it does not matter who hands it out.
        let text = self.fetch(digest, TEXT_MAX_BYTES).await.ok()?;
        let text = String::from_utf8(text).ok()?;
        known.add(&text).ok().filter(|set| set.sha256 == digest)
    }
}

impl EventCases {
    /// The next case. `None`: there are no more.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn next(&mut self) -> Result<Option<WholeCase>, ClientError> {
        let Some((id, _)) = self.left.pop_front() else { return Ok(None) };
        self.client.whole_case(CaseName::Id(id)).await.map(Some)
    }

    /// Which classes of data there are among those that are left.
    #[must_use]
    pub fn classes(&self) -> BTreeSet<DataClass> {
        self.left.iter().map(|(_, class)| *class).collect()
    }

    /// Leaves out those of other classes.
    pub fn retain(&mut self, wanted: DataClass) {
        self.left.retain(|(_, class)| *class == wanted);
    }

    /// How many are left.
    #[must_use]
    pub fn left(&self) -> usize {
        self.left.len()
    }
}

impl WholeCase {
    /// The case as statistics take it.
    #[must_use]
    pub fn told(&self, rules: Option<Arc<RuleSet>>) -> CaseTold {
        let mut timeliness: BTreeMap<u64, Vec<Assessment>> = BTreeMap::new();
        for line in &self.lines {
            let added = line.verified.assessment.iter().flat_map(|added| &added.assessments);
            let timely: Vec<Assessment> =
                added.filter(|one| one.subject == "timeliness").cloned().collect();
            if !timely.is_empty() {
                timeliness.insert(line.verified.leaf_index, timely);
            }
        }
        let size = self.lines.iter().map(|line| line.verified.leaf_index + 1).max();
        CaseTold {
            case_id: self.case.case_id.clone(),
            docket_numbers: self.case.docket_numbers.clone(),
            procedure: self.case.procedure_id.clone(),
            rules,
            acts: Acts {
                as_of_size: size.unwrap_or_default(),
                case: self.lines.iter().map(Line::act).collect(),
                ..Acts::default()
            },
            timeliness,
        }
    }
}

impl Line {
    /// The filing as the law sees it.
    #[must_use]
    pub fn act(&self) -> Act {
        let mut body = self.verified.body.clone();
        body.content = None;
        Act {
            leaf: self.verified.leaf_index,
            accepted_at_ms: i64::try_from(self.verified.accepted_at_ms).unwrap_or(i64::MAX),
            digest: self.verified.digest,
            body,
            content: self.content.clone(),
        }
    }
}
