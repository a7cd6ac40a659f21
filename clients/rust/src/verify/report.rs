//! What a bundle proves.

use barid_proto::key::KeyId;
use barid_proto::tlog::Hash;
use barid_proto::v1::{Address, Assessment, EnvelopeBody, FilingAssessment, HubStatement};

use super::finding::{Finding, Severity};

/// What was found and what is proven.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Everything that was found, in the order of the bundle.
    pub findings: Vec<Finding>,
    /// The filings whose envelope and place in the log hold, by their place in the log.
    pub filings: Vec<ProvenFiling>,
    /// The filings beyond the case, likewise: what they say counts for assessments.
    pub law: Vec<ProvenFiling>,
    /// The outages that the hub stated, likewise.
    pub outages: Vec<ProvenStatement>,
    /// The rule sets under which assessments were computed again.
    pub rules: Vec<UsedRules>,
    /// The log they are in. Empty: none is proven.
    pub log: String,
}

/// What it comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// All of it holds.
    Valid,
    /// Nothing is known to be wrong, but something cannot be decided.
    Undecided,
    /// Something is wrong.
    Invalid,
}

/// One filing that is in the log.
#[derive(Debug, Clone, PartialEq)]
pub struct ProvenFiling {
    /// Where it stands in the bundle: `filings/00001`.
    pub place: String,
    /// What was signed.
    pub body: EnvelopeBody,
    /// Digest of the envelope with its signatures.
    pub digest: Hash,
    /// The keys that signed, and whose they are, in the order of the envelope. None when one of the
    /// signatures does not verify.
    pub signers: Vec<ProvenKey>,
    /// Its leaf.
    pub leaf_index: u64,
    /// When the hub says that it accepted it, milliseconds since 1970.
    pub accepted_at_ms: u64,
    /// Leaves of the tree in which its receipt proves it.
    pub tree_size: u64,
    /// Who cosigned that tree.
    pub witnesses: Vec<String>,
    /// It existed no later than this, as witnesses say; seconds since 1970.
    pub existed_by: Option<u64>,
    /// No tree that witnesses had seen by then had it; seconds since 1970.
    pub not_before: Option<u64>,
    /// It existed no later than this, as a third party says whose time-stamp is in the log.
    pub stamped: Option<ProvenStamp>,
    /// How many leaves that tree had; of several, the largest.
    pub before_size: Option<u64>,
    /// How it stands to the filing before it in [`Report::filings`].
    pub order: Order,
    /// What the hub computed, where its leaf is proven.
    pub assessment: Option<FilingAssessment>,
    /// The assessments among these that came out the same when they were computed again. Their
    /// words are not the hub's, which nobody can check.
    pub computed: Vec<Assessment>,
    /// What the hub stated about it, each proven.
    pub statements: Vec<ProvenStatement>,
    /// The documents it names.
    pub documents: Vec<ProvenDocument>,
}

/// How a filing stands to the one before it in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// There is none before it.
    First,
    /// Later: witnesses cosigned a tree with that one and without this one.
    Witnessed,
    /// Later: the same key signed both, and numbered them.
    Chained,
    /// Later: it answers that one, by its digest.
    Answers,
    /// The two came into the log between the same two checkpoints: which was first is only the
    /// hub's word, and they count as simultaneous.
    Simultaneous,
}

/// When something existed at the latest, by the clock of a third party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvenStamp {
    /// The latest instant, milliseconds since 1970: the stamp's time and what its clock may be off.
    pub by_ms: u64,
    /// The authority, as its certificate names it.
    pub authority: String,
}

/// A key that signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvenKey {
    /// The key.
    pub id: KeyId,
    /// Who holds it, as the changes of keys in the log have it; it was in use for them there.
    pub holder: Option<Address>,
    /// The certificate authority that stands behind it, by its name.
    pub authority: Option<String>,
}

/// A statement of the hub that is in the log.
#[derive(Debug, Clone, PartialEq)]
pub struct ProvenStatement {
    /// What it says.
    pub statement: HubStatement,
    /// Its leaf.
    pub leaf_index: u64,
    /// The time in its leaf, milliseconds since 1970.
    pub accepted_at_ms: u64,
}

/// A rule set under which assessments were computed again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedRules {
    /// Its name with version: `IQ-L31-2019/1`.
    pub name: String,
    /// SHA-256 of its text.
    pub sha256: Hash,
    /// Where the text comes from.
    pub source: RulesSource,
}

/// Where the text of a rule set comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RulesSource {
    /// Whoever verifies had it, or was given it.
    Given,
    /// The bundle has it, and somebody published it in the log. Whether they might is not for
    /// evidence to say.
    Published {
        /// Who.
        by: Address,
        /// At which leaf.
        leaf_index: u64,
    },
}

/// A document that a filing names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvenDocument {
    /// What the filing calls it.
    pub name: String,
    /// Its SHA-256.
    pub sha256: Hash,
    /// Whether it is in the bundle, with these bytes.
    pub present: bool,
    /// The leaf of a filing in the bundle by which its content was destroyed.
    pub destroyed: Option<u64>,
}

impl Report {
    /// The worst of all findings decides.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.findings.iter().map(|finding| finding.severity).max() {
            Some(Severity::Invalid) => Verdict::Invalid,
            Some(Severity::Undecided) => Verdict::Undecided,
            _ => Verdict::Valid,
        }
    }

    /// How many assessments the bundle has that can be computed again, and how many of them came
    /// out as they were logged.
    #[must_use]
    pub fn recomputed(&self) -> (usize, usize) {
        let logged = self.filings.iter().flat_map(ProvenFiling::lawful).count();
        (logged, self.filings.iter().map(|filing| filing.computed.len()).sum())
    }
}

impl ProvenFiling {
    /// What the hub logged about it from a rule set or other leaves, and did not come out so.
    pub fn unconfirmed(&self) -> impl Iterator<Item = &Assessment> {
        let bare = |one: &Assessment| Assessment { explanation: None, ..one.clone() };
        let computed: Vec<Assessment> = self.computed.iter().map(bare).collect();
        self.lawful().filter(move |one| !computed.contains(&bare(one)))
    }

    /// What the hub computed about it from a rule set or from other leaves.
    pub fn lawful(&self) -> impl Iterator<Item = &Assessment> {
        let all = self.assessment.iter().flat_map(|added| &added.assessments);
        let ruled = |one: &Assessment| {
            !(one.rule_set_id.is_empty() && one.rule.is_empty() && one.rule_set_sha256.is_empty())
        };
        let rests = |one: &Assessment| {
            one.as_of_size > 0 || !one.leaves.is_empty() || !one.readings.is_empty()
        };
        all.filter(move |one| ruled(one) || rests(one))
    }
}
