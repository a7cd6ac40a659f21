//! The filings of a bundle as the law sees them, and which of them make a case.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use barid_proto::assess::{
    Act, ActName, contradicting, known_beyond, names_needed, of_general_effect,
};
use barid_proto::rules::RuleSet;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{Confidentiality, FilingContent, FilingKind, Outage};
use prost::Message as _;

use super::Beyond;
use crate::bundle::{Bundle, content, ready_made};
use crate::verify::report::ProvenFiling;
use crate::verify::rules::bytes_of;

/// Filings that count, and those that would if it were known what they say.
pub(super) struct Known {
    /// By leaf.
    acts: BTreeMap<u64, Act>,
    /// What counts beyond its own case, by its name: leaves, ascending.
    named: BTreeMap<ActName, Vec<u64>>,
    /// Where rule sets were published, by their names: leaves, ascending.
    published: BTreeMap<String, Vec<u64>>,
    /// What the hub stated of its outages, by leaf.
    outages: BTreeMap<u64, Outage>,
}

/// A case, or a filing that belongs to none.
pub(super) struct Case {
    /// Its identifier. Empty: not known.
    id: Vec<u8>,
    /// The filing that opened it, by its place among all. `None`: it is not here.
    pub(super) opening: Option<usize>,
    /// Filings of its own, by their places among all.
    pub(super) members: Vec<usize>,
    /// What counts in it for everybody who reads it.
    pub(super) open: Growing,
    /// The same and what is restricted, which counts for restricted filings.
    pub(super) all: Growing,
}

/// The cases of a bundle.
pub(super) struct Cases {
    /// All of them.
    pub(super) cases: Vec<Case>,
    /// For each filing, in which of them it was filed.
    pub(super) of: Vec<usize>,
}

/// Acts that become known in the order of the log.
#[derive(Default)]
pub(super) struct Growing {
    /// Those below the size that was asked for last.
    pub(super) grown: Vec<Act>,
    rest: VecDeque<Act>,
}

impl Growing {
    /// Takes in what lies below a size. Sizes never go down.
    pub(super) fn until(&mut self, size: u64) {
        while let Some(act) = self.rest.pop_front_if(|act| act.leaf < size) {
            self.grown.push(act);
        }
    }
}

impl Known {
    pub(super) fn new(bundle: &Bundle, filings: &[ProvenFiling], beyond: Beyond<'_>) -> Self {
        let (mut acts, mut named) = (BTreeMap::new(), BTreeMap::<_, Vec<_>>::new());
        let mut published = BTreeMap::<_, Vec<_>>::new();
        let mut all: Vec<&ProvenFiling> = filings.iter().chain(beyond.law).collect();
        all.sort_by_key(|filing| filing.leaf_index);
        all.dedup_by_key(|filing| filing.leaf_index);
        for act in all.into_iter().filter_map(|filing| act(bundle, filing)) {
            if let Some(name) = known_beyond(&act.body, act.content.as_ref()) {
                named.entry(name).or_default().push(act.leaf);
            }
            if let Some(Content::RuleSetPublished(set)) = &act.content {
                published.entry(set.rule_set_id.clone()).or_default().push(act.leaf);
            }
            acts.insert(act.leaf, act);
        }
        let outages = beyond.outages.iter();
        let outages = outages.filter_map(|own| Some((own.leaf_index, own.statement.outage?)));
        Self { acts, named, published, outages: outages.collect() }
    }

    /// Whether a leaf is here, and it is known what it says.
    pub(super) fn has(&self, leaf: u64) -> bool {
        self.acts.contains_key(&leaf) || self.outages.contains_key(&leaf)
    }

    /// What the hub stated of its outages below a leaf.
    pub(super) fn outages(&self, below: u64) -> Vec<(u64, Outage)> {
        self.outages.range(..below).map(|(leaf, outage)| (*leaf, *outage)).collect()
    }

    /// The act at a leaf. `None`: it is not here, or not known what it says.
    pub(super) fn act(&self, leaf: u64) -> Option<&Act> {
        self.acts.get(&leaf)
    }

    /// The leaves beyond the case that may count for a filing: those that the hub finds, and those
    /// that it says it found. Ascending.
    pub(super) fn beyond(
        &self,
        rules: Option<&RuleSet>,
        subject: &Act,
        case: &[Act],
        said: &BTreeSet<u64>,
    ) -> BTreeSet<u64> {
        let needed = names_needed(subject, case);
        let needed = needed.iter().filter_map(|name| self.named.get(name)).flatten();
        let sets =
            rules.into_iter().flat_map(|rules| rules.extends.iter().cloned().chain([rules.name()]));
        let sets: Vec<String> = sets.collect();
        let sets = sets.iter().filter_map(|name| self.published.get(name)).flatten();
        let counts = |leaf: &&u64| {
            let act = self.acts.get(leaf);
            act.is_some_and(|act| known_beyond(&act.body, act.content.as_ref()).is_some())
        };
        let mut leaves: BTreeSet<u64> = needed.chain(sets).copied().collect();
        leaves.extend(said.iter().filter(counts));
        for act in case {
            leaves.remove(&act.leaf);
        }
        let general = leaves.iter().filter_map(|leaf| self.acts.get(leaf));
        let reports = case.iter().chain(general).chain([subject]);
        let meanwhile: Vec<u64> = reports.filter_map(|report| self.meanwhile(report)).collect();
        leaves.extend(meanwhile.iter().filter(|leaf| case.iter().all(|act| act.leaf != **leaf)));
        leaves
    }

    /// The first filing of an office, whatever it is, at a time at which it says that it could not
    /// reach the hub.
    fn meanwhile(&self, report: &Act) -> Option<u64> {
        let Some(Content::OutageReported(reported)) = &report.content else { return None };
        let (first, last) = contradicting(reported.outage.as_ref()?)?;
        let contradicts = |act: &&Act| {
            act.body.sender == report.body.sender && (first..=last).contains(&act.accepted_at_ms)
        };
        self.acts.values().find(contradicts).map(|act| act.leaf)
    }
}

/// A filing as the law sees it. `None`: what it says is not known here.
fn act(bundle: &Bundle, filing: &ProvenFiling) -> Option<Act> {
    let said = content(&filing.body, filing.assessment.as_ref()).cloned();
    let said = said.or_else(|| {
        let bytes = bytes_of(bundle, &ready_made(&filing.body)?)?;
        FilingContent::decode(bytes).ok()?.content
    });
    let formed = filing.body.lead.as_ref().is_some_and(|lead| !lead.format.is_empty());
    if said.is_none() && formed {
        return None;
    }
    let mut body = filing.body.clone();
    body.content = None;
    Some(Act {
        leaf: filing.leaf_index,
        accepted_at_ms: i64::try_from(filing.accepted_at_ms).unwrap_or(i64::MAX),
        digest: filing.digest,
        body,
        content: said,
    })
}

/// The cases of these filings, which come by ascending leaf.
pub(super) fn cases(filings: &[ProvenFiling], known: &Known) -> Cases {
    let ids = ids(filings);
    let mut found = Cases { cases: Vec::new(), of: Vec::new() };
    let mut by_id: HashMap<&[u8], usize> = HashMap::new();
    for (at, (filing, id)) in filings.iter().zip(&ids).enumerate() {
        let next = found.cases.len();
        // One of which it is not known where it belongs stands alone.
        let case = id.map_or(next, |id| *by_id.entry(id).or_insert(next));
        if case == next {
            let id = id.unwrap_or_default().to_vec();
            found.cases.push(Case::new(id));
        }
        if let Some(case) = found.cases.get_mut(case) {
            if case.id == filing.body.envelope_id {
                case.opening = Some(at);
            }
            case.members.push(at);
        }
        found.of.push(case);
    }
    for (filing, own) in filings.iter().zip(&found.of) {
        let Some(act) = known.act(filing.leaf_index) else { continue };
        let also = filing.assessment.iter().flat_map(|added| &added.also_in_cases);
        let also = also.filter_map(|id| by_id.get(id.as_slice()));
        let on: BTreeSet<usize> = also.chain([own]).copied().collect();
        for case in on {
            if let Some(case) = found.cases.get_mut(case) {
                case.put(act);
            }
        }
    }
    found
}

impl Case {
    fn new(id: Vec<u8>) -> Self {
        let (open, all) = Default::default();
        Self { id, opening: None, members: Vec::new(), open, all }
    }

    fn put(&mut self, act: &Act) {
        if !is_restricted(act) {
            self.open.rest.push_back(act.clone());
        }
        self.all.rest.push_back(act.clone());
    }
}

/// Whether a filing is for its sender and its recipients only.
pub(super) fn is_restricted(act: &Act) -> bool {
    act.body.confidentiality() == Confidentiality::Restricted
}

/// The case of each filing. `None`: its envelope names that by a number only, or by an envelope
/// that is not here, and several cases are.
fn ids(filings: &[ProvenFiling]) -> Vec<Option<&[u8]>> {
    let by_digest: HashMap<&[u8], usize> =
        filings.iter().enumerate().map(|(at, filing)| (&filing.digest[..], at)).collect();
    let mut ids: Vec<Option<&[u8]>> = Vec::with_capacity(filings.len());
    for filing in filings {
        let body = &filing.body;
        let reply = body.in_reply_to.as_ref().filter(|_| is_answer(body.kind()));
        let named = body.case.as_ref();
        let id = if let Some(reply) = reply {
            let answered = by_digest.get(reply.digest.as_slice());
            answered.and_then(|at| ids.get(*at).copied().flatten())
        } else if let Some(case) = named.filter(|case| !case.case_id.is_empty()) {
            Some(case.case_id.as_slice())
        } else if named.is_some_and(|case| !case.docket_numbers.is_empty()) {
            None
        } else {
            Some(body.envelope_id.as_slice())
        };
        ids.push(id);
    }
    let cases = filings.iter().zip(&ids).filter(|(filing, _)| in_a_case(filing.body.kind()));
    let cases: BTreeSet<&[u8]> = cases.filter_map(|(_, id)| *id).collect();
    // A bundle is of one case as a rule; then that is the one.
    if let [only] = cases.into_iter().collect::<Vec<_>>().as_slice() {
        ids.iter_mut().for_each(|id| *id = id.or(Some(*only)));
    }
    ids
}

fn is_answer(kind: FilingKind) -> bool {
    matches!(
        kind,
        FilingKind::Acknowledgement | FilingKind::Registration | FilingKind::RefusalToRegister
    )
}

/// Whether filings of a kind belong to cases.
pub(super) fn in_a_case(kind: FilingKind) -> bool {
    !of_general_effect(kind) && !matches!(kind, FilingKind::ClockToken | FilingKind::KeyEvent)
}
