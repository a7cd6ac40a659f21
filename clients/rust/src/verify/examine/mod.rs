//! The whole examination of a bundle: everything is looked at, and everything found is told.

mod documents;

use barid_proto::assess::counts_beyond;
use barid_proto::envelope::{self, Opened};
use barid_proto::leaf::{Leaf, LeafKind};
use barid_proto::rules::Catalogue;
use barid_proto::tlog::Hash;
use barid_proto::tlog::policy::Policy;
use barid_proto::tlog::proof::verify_inclusion;
use barid_proto::tlog::receipt::Receipt;
use barid_proto::v1::FilingKind;

use super::finding::{Code, Finding, Severity};
use super::keys::Keys;
use super::notes::{Fault, Notes, Weighed};
use super::recompute::{Beyond, recompute};
use super::report::{Order, ProvenFiling, ProvenStatement, Report, UsedRules};
use super::roots::{self, Roots};
use super::rules::KnownRules;
use super::stamp::Dated;
use super::{order, place, rebuild_leaf, signer_keys, statement, time};
use crate::bundle::{Bundle, Evidence, SealedEnvelope, readme};
use crate::clock::Root;

/// The folder of filings beyond the case.
const LAW: &str = "law/";

/// Whom one believes, and how strictly.
#[derive(Debug, Clone, Copy)]
pub struct Believed<'a> {
    /// Logs and witnesses.
    pub policy: &'a Policy,
    /// Certificate authorities. `None`: it cannot be decided whose keys are.
    pub roots: Option<&'a Roots>,
    /// Authorities of time-stamps, as [`clock::roots`](crate::clock::roots) reads them. `None`:
    /// time-stamps are not checked.
    pub tsa_roots: Option<&'a [Root]>,
    /// Rule sets whose texts one has: those that come along
    /// ([`Catalogue::built_in`](barid_proto::rules::Catalogue::built_in)), and others. What others
    /// published counts only where it was published in the log.
    pub rules: &'a Catalogue,
    /// Do not ask whose keys are when there are no roots, or no key events.
    pub without_roots: bool,
    /// Take warnings for errors.
    pub strict: bool,
}

/// An envelope whose place in the log is proven.
pub(super) struct Place {
    pub(super) opened: Opened,
    pub(super) digest: Hash,
    pub(super) leaf: Leaf,
    pub(super) index: u64,
    pub(super) witnessed: Weighed,
    /// Whether all its signatures verify.
    pub(super) signed: bool,
}

struct Examiner<'a> {
    believed: &'a Believed<'a>,
    bundle: &'a Bundle,
    notes: Notes<'a>,
    findings: Vec<Finding>,
}

/// Examines a bundle to the end. Nothing is read, asked or written; no clock is looked at. It takes
/// as many threads as there are processors while it checks signatures.
#[must_use]
pub fn examine(bundle: &Bundle, believed: &Believed<'_>) -> Report {
    let notes = Notes::new(believed.policy, bundle);
    let mut examiner = Examiner { believed, bundle, notes, findings: Vec::new() };
    let (mut filings, law, log) = examiner.filings();
    examiner.documents(&mut filings);
    examiner.clocks(&mut filings);
    let outages = examiner.outages(&log);
    let rules = examiner.assessments(&mut filings, &law, &outages);
    examiner.rest();
    Report { findings: examiner.findings, filings, law, outages, rules, log }
}

impl<'a> Examiner<'a> {
    fn find(&mut self, place: &str, code: Code, details: String) {
        let severity = match code.severity() {
            Severity::Warning if self.believed.strict => Severity::Invalid,
            other => other,
        };
        self.findings.push(Finding { code, severity, place: place.to_owned(), details });
    }

    fn find_all(&mut self, place: &str, found: Vec<Fault>) {
        found.into_iter().for_each(|(code, details)| self.find(place, code, details));
    }

    /// The filings, those beyond the case, and the log.
    fn filings(&mut self) -> (Vec<ProvenFiling>, Vec<ProvenFiling>, String) {
        let bundle = self.bundle;
        if bundle.filings.is_empty() {
            self.find("filings", Code::Empty, String::new());
        }
        let numbered = (1..).zip(&bundle.filings);
        let mut places = Vec::new();
        for (number, filing) in numbered {
            let at = format!("filings/{number:05}");
            if let Some(place) = self.place(&at, &filing.sealed) {
                places.push((at, place, filing));
            }
        }
        let first = places.first().map(|(_, place, _)| place.witnessed.checkpoint.origin());
        let log = first.unwrap_or_default().to_owned();
        let mut keys = self.keys(&log);
        let mut proven: Vec<ProvenFiling> = Vec::new();
        for (at, place, filing) in places {
            if place.witnessed.checkpoint.origin() != log {
                self.find(&at, Code::OtherHub, "the bundle has filings of two logs".to_owned());
                continue;
            }
            proven.push(self.filing(at, place, filing, &mut keys));
        }
        proven.extend(self.law(&log, &mut keys));
        proven.sort_by_key(|filing| filing.leaf_index);
        let found = order::contradictions(&proven, &self.notes);
        found.into_iter().for_each(|(at, code, details)| self.find(&at, code, details));
        let (law, mut proven): (Vec<_>, Vec<_>) =
            proven.into_iter().partition(|filing| filing.place.starts_with(LAW));
        order::settle(&mut proven, &self.notes);
        (proven, law, log)
    }

    /// The filings beyond the case, as far as they may count there.
    fn law(&mut self, log: &str, keys: &mut Keys<'_>) -> Vec<ProvenFiling> {
        let bundle = self.bundle;
        let mut proven = Vec::new();
        for (number, filing) in (1..).zip(&bundle.law) {
            let at = format!("{LAW}{number:05}");
            let Some(place) = self.place(&at, &filing.sealed) else { continue };
            let (kind, origin) = (place.opened.body.kind(), place.witnessed.checkpoint.origin());
            if origin != log {
                self.find(&at, Code::OtherHub, "the bundle has filings of two logs".to_owned());
            } else if counts_beyond(&place.opened.body) {
                let filing = Evidence {
                    sealed: filing.sealed.clone(),
                    assessment: filing.assessment.clone(),
                    ..Evidence::default()
                };
                proven.push(self.filing(at, place, &filing, keys));
            } else {
                self.find(&at, Code::LawForeign, kind.as_str_name().to_owned());
            }
        }
        proven
    }

    /// The outages that the hub stated.
    fn outages(&mut self, log: &str) -> Vec<ProvenStatement> {
        let (policy, bundle) = (self.believed.policy, self.bundle);
        let mut proven = Vec::new();
        for (number, given) in (1..).zip(&bundle.outages) {
            match statement::outage(policy, &mut self.notes, log, given) {
                Ok(outage) => proven.push(outage),
                Err((code, why)) => self.find(&format!("outages/{number:03}"), code, why),
            }
        }
        proven.sort_by_key(|outage| outage.leaf_index);
        proven.dedup_by_key(|outage| outage.leaf_index);
        proven
    }

    /// Computes again what the hub computed.
    fn assessments(
        &mut self,
        filings: &mut [ProvenFiling],
        law: &[ProvenFiling],
        outages: &[ProvenStatement],
    ) -> Vec<UsedRules> {
        let publishing = filings.iter().chain(law);
        let rules = KnownRules::new(self.believed.rules, self.bundle, publishing);
        let mut again = recompute(self.bundle, filings, Beyond { law, outages }, &rules);
        for filing in filings {
            filing.computed = again.computed.remove(&filing.leaf_index).unwrap_or_default();
        }
        for (at, code, details) in again.found {
            self.find(&at, code, details);
        }
        again.rules
    }

    fn keys(&mut self, log: &str) -> Keys<'a> {
        let mut keys = Keys::new(self.believed, &self.bundle.crls, log);
        let bundle = self.bundle;
        for (number, event) in (1..).zip(&bundle.keys) {
            let at = format!("keys/{number:05}");
            if let Some(place) = self.place(&at, event) {
                self.find_all(&at, keys.admit(&place));
            }
        }
        keys
    }

    fn filing(
        &mut self,
        at: String,
        place: Place,
        filing: &Evidence,
        keys: &mut Keys<'_>,
    ) -> ProvenFiling {
        let policy = self.believed.policy;
        let (signers, found) = keys.signers(&place);
        self.find_all(&at, found);
        let (bounds, mut found) =
            time::bounds(policy, &mut self.notes, &place, filing.before.as_ref());
        // What was law before the case began is not dated from below.
        found.retain(|(code, _)| *code != Code::NoBracket || !at.starts_with(LAW));
        self.find_all(&at, found);
        let mut assessment = None;
        if let Some(given) = &filing.assessment {
            match statement::assessment(policy, &place, given) {
                Ok(proven) => assessment = Some(proven),
                Err((code, why)) => self.find(&at, code, why),
            }
        }
        let mut statements = Vec::new();
        for (number, given) in (1..).zip(&filing.statements) {
            match statement::statement(policy, &mut self.notes, &place, given) {
                Ok(proven) => statements.push(proven),
                Err((code, why)) => self.find(&format!("{at}/statements/{number:03}"), code, why),
            }
        }
        let cosigned = place.witnessed.cosigned.iter();
        ProvenFiling {
            place: at,
            digest: place.digest,
            signers,
            leaf_index: place.index,
            accepted_at_ms: place.leaf.accepted_at_ms,
            tree_size: place.witnessed.checkpoint.size(),
            witnesses: cosigned.map(|one| one.witness.clone()).collect(),
            existed_by: bounds.existed_by,
            not_before: bounds.not_before,
            before_size: bounds.before_size,
            stamped: None,
            order: Order::First,
            assessment,
            computed: Vec::new(),
            statements,
            documents: self.named(&place),
            body: place.opened.body,
        }
    }

    /// Where an envelope stands in the log; `None` when that is not proven, and it was said why.
    fn place(&mut self, at: &str, sealed: &SealedEnvelope) -> Option<Place> {
        let opened = match envelope::open(&sealed.envelope) {
            Ok(opened) => opened,
            Err(error) => {
                self.find(at, Code::EnvelopeMalformed, error.to_string());
                return None;
            }
        };
        // A wrong signature does not keep the rest from being looked at.
        let signed = verify_signatures(&opened, sealed);
        let holds = signed.is_ok();
        if let Err(why) = signed {
            self.find(at, Code::SignatureWrong, why);
        }
        match self.locate(opened, sealed) {
            Ok(place) => {
                let place = Place { signed: holds, ..place };
                self.check_place(at, &place);
                Some(place)
            }
            Err((code, why)) => {
                self.find(at, code, why);
                None
            }
        }
    }

    fn locate(&mut self, opened: Opened, sealed: &SealedEnvelope) -> Result<Place, Fault> {
        let malformed = |why: String| (Code::ReceiptMalformed, why);
        let receipt = Receipt::parse(&sealed.receipt).map_err(|e| malformed(e.to_string()))?;
        let digest = opened.digest();
        let leaf = rebuild_leaf(&opened, digest, &receipt.extra);
        let leaf = leaf.map_err(|error| malformed(error.to_string()))?;
        let witnessed = self.notes.weigh(&receipt.checkpoint)?;
        let tree = &witnessed.checkpoint;
        verify_inclusion(&leaf.hash(), receipt.index, tree.size(), &receipt.path, tree.root())
            .map_err(|error| (Code::NotIncluded, error.to_string()))?;
        Ok(Place { opened, digest, leaf, index: receipt.index, witnessed, signed: false })
    }

    fn check_place(&mut self, at: &str, place: &Place) {
        let (body, origin) = (&place.opened.body, place.witnessed.checkpoint.origin());
        if place::is_foreign(body, origin) {
            let what = format!("it is for {}, and in {origin}", body.hub_origin);
            self.find(at, Code::OtherHub, what);
        }
        if let Some(seen) = place::seen_past(body, place.index) {
            let what = format!("leaf {}, and its sender had seen {seen} leaves", place.index);
            self.find(at, Code::LeafSeen, what);
        }
        if !leaf_kinds(body.kind()).contains(&place.leaf.kind) {
            let what = format!("{:?} for {}", place.leaf.kind, body.kind().as_str_name());
            self.find(at, Code::LeafKind, what);
        }
    }

    fn clocks(&mut self, filings: &mut [ProvenFiling]) {
        let bundle = self.bundle;
        for (number, token) in (1..).zip(&bundle.clocks) {
            let at = format!("clock/{number:05}");
            let Some(place) = self.place(&at, token) else { continue };
            match Dated::of(&place, &mut self.notes, self.believed.tsa_roots) {
                Ok(dated) => filings.iter_mut().for_each(|filing| dated.date(filing)),
                Err((code, why)) => self.find(&at, code, why),
            }
        }
    }

    fn rest(&mut self) {
        let bundle = self.bundle;
        for (number, list) in (1..).zip(&bundle.crls) {
            if let Err(why) = roots::check_list(list) {
                self.find(&format!("crl/{number:02}.der"), Code::CrlMalformed, why);
            }
        }
        if bundle.readme != readme(&bundle.filings) {
            self.find("README.txt", Code::ReadmeOther, String::new());
        }
    }
}

fn verify_signatures(opened: &Opened, sealed: &SealedEnvelope) -> Result<(), String> {
    let keys = signer_keys(opened, &sealed.signer_spkis).map_err(|error| error.to_string())?;
    opened.verify(&keys.iter().collect::<Vec<_>>()).map_err(|error| error.to_string())
}

/// The kinds of leaf that a hub may make for a kind of filing.
fn leaf_kinds(kind: FilingKind) -> &'static [LeafKind] {
    match kind {
        FilingKind::Acknowledgement | FilingKind::Registration | FilingKind::RefusalToRegister => {
            &[LeafKind::Answer]
        }
        FilingKind::KeyEvent => &[LeafKind::Key],
        FilingKind::ClockToken => &[LeafKind::Clock, LeafKind::Envelope],
        _ => &[LeafKind::Envelope],
    }
}

#[cfg(test)]
mod tests;
