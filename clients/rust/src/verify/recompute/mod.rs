//! Computes assessments again, from what is proven in a bundle and nothing else, and compares them
//! with those in the log.
//!
//! The hub computed each from the leaves below a size, under the rule set to which the case is
//! pinned, and named the leaves on which it rests. Something that is not here is said to be
//! missing; nothing is compared with what was computed without it.

mod acts;
mod compare;
pub(super) mod course;
#[cfg(test)]
pub(in crate::verify) mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use barid_proto::assess::{Act, Acts, CASE_ACTS_MAX, ENGINE, Law, assess, without_rules};
use barid_proto::rules::RuleSet;
use barid_proto::v1::Assessment;
use jiff::Timestamp;

use self::acts::{Case, Known, is_restricted};
use self::compare::compare;
use super::finding::Code;
use super::notes::Fault;
use super::order::Found;
use super::place::TIME_TOLERANCE_MS;
use super::report::{ProvenFiling, ProvenStatement, UsedRules};
use super::rules::KnownRules;
use crate::bundle::Bundle;
use crate::hex;

/// How much is looked at before the rest is left open: each rule with each filing that may count,
/// for each filing that is assessed. A case of five thousand filings is below it; what is above was
/// made to keep a verifier busy.
const WORK_MAX: u64 = 10_000_000_000;

/// What a hub assesses when it does not know the rule set that it is asked to apply.
const UNKNOWN: &str = "rule-set";

/// What came of it.
#[derive(Default)]
pub(super) struct Recomputed {
    /// What was found.
    pub(super) found: Found,
    /// By the leaf of their filing: the assessments that came out as they were logged.
    pub(super) computed: BTreeMap<u64, Vec<Assessment>>,
    /// The rule sets that were applied.
    pub(super) rules: Vec<UsedRules>,
}

/// What counts beyond the case, as far as it is proven.
#[derive(Clone, Copy)]
pub(super) struct Beyond<'a> {
    /// Filings.
    pub(super) law: &'a [ProvenFiling],
    /// Outages that the hub stated.
    pub(super) outages: &'a [ProvenStatement],
}

/// Computes everything again that was computed about `filings`, from these and what is beyond.
pub(super) fn recompute(
    bundle: &Bundle,
    filings: &[ProvenFiling],
    beyond: Beyond<'_>,
    rules: &KnownRules,
) -> Recomputed {
    let known = Known::new(bundle, filings, beyond);
    let mut cases = acts::cases(filings, &known);
    let mut again = Again { known, rules, work: 0, rests: BTreeSet::new(), out: <_>::default() };
    let pins: Vec<Option<Pin>> = cases.cases.iter().map(|case| again.pin(case, filings)).collect();
    let mut subjects: Vec<Subject<'_>> = Vec::new();
    for (filing, case) in filings.iter().zip(&cases.of) {
        let pin = pins.get(*case).and_then(Option::as_ref);
        subjects.extend(again.subject(filing, *case, pin));
    }
    // What counts for one counts for those behind it.
    subjects.sort_by_key(|subject| (subject.as_of_size, subject.filing.leaf_index));
    for subject in &subjects {
        let Some(case) = cases.cases.get_mut(subject.case) else { continue };
        let opening = case.opening.and_then(|at| filings.get(at));
        again.compute(subject, case, opening);
    }
    again.unused(beyond);
    again.out
}

/// The rule set to which a case is pinned, and the first filing that was assessed under it.
struct Pin {
    digest: Vec<u8>,
    name: String,
    since: u64,
}

/// A filing whose assessments are computed again.
struct Subject<'a> {
    filing: &'a ProvenFiling,
    /// The case in which it was filed, by its place among all.
    case: usize,
    /// The rule set. `None`: only what needs none was computed.
    rules: Option<Arc<RuleSet>>,
    as_of_size: u64,
    logged: Vec<&'a Assessment>,
}

struct Again<'a> {
    known: Known,
    rules: &'a KnownRules,
    work: u64,
    /// Leaves on which something rests.
    rests: BTreeSet<u64>,
    out: Recomputed,
}

impl Again<'_> {
    fn find(&mut self, filing: &ProvenFiling, (code, what): Fault) {
        self.out.found.push((filing.place.clone(), code, what));
    }

    /// The rule set under which a case was assessed first.
    fn pin(&mut self, case: &Case, filings: &[ProvenFiling]) -> Option<Pin> {
        let members = case.members.iter().filter_map(|at| filings.get(*at));
        let pinning = |one: &&Assessment| !one.rule_set_sha256.is_empty();
        let (first, one) = members
            .into_iter()
            .find_map(|filing| Some((filing, filing.lawful().find(pinning)?)))?;
        let opening = case.opening.and_then(|at| filings.get(at));
        let set = self.rules.by_digest(&one.rule_set_sha256).cloned();
        if let (Some(set), Some(opening)) = (set, opening)
            && let Some(why) = misfit(&set, opening)
        {
            self.find(first, (Code::RulesOther, why));
        }
        let (digest, name) = (one.rule_set_sha256.clone(), one.rule_set_id.clone());
        Some(Pin { digest, name, since: first.leaf_index })
    }

    /// What is needed to compute the assessments of a filing again. `None`: there is nothing to
    /// compute, or why it cannot be was said.
    fn subject<'f>(
        &mut self,
        filing: &'f ProvenFiling,
        case: usize,
        pin: Option<&Pin>,
    ) -> Option<Subject<'f>> {
        let mut logged: Vec<&Assessment> = filing.lawful().collect();
        self.rests.extend(logged.iter().flat_map(|one| &one.leaves));
        let mut pin = pin;
        if let Some(at) = logged.iter().position(|one| is_unknown(one)) {
            let unknown = logged.remove(at);
            // A hub that had applied it before knew it.
            if pin.is_none_or(|pin| filing.leaf_index <= pin.since) {
                self.find(filing, (Code::HubWithoutRules, unknown.rule_set_id.clone()));
                pin = None;
            }
        }
        if logged.is_empty() && pin.is_none() {
            return None;
        }
        match self.ready(filing, &logged, pin) {
            Ok(rules) => {
                let as_of_size = logged.first().map_or(filing.leaf_index, |one| one.as_of_size);
                Some(Subject { filing, case, rules, as_of_size, logged })
            }
            Err(fault) => {
                self.find(filing, fault);
                None
            }
        }
    }

    /// The rule set of a filing, when what was logged about it can be true at all.
    fn ready(
        &self,
        filing: &ProvenFiling,
        logged: &[&Assessment],
        pin: Option<&Pin>,
    ) -> Result<Option<Arc<RuleSet>>, Fault> {
        let ruled = |one: &&&Assessment| !one.rule_set_id.is_empty() || !one.rule.is_empty();
        let mut ruled = logged.iter().filter(ruled);
        let Some(pin) = pin else {
            return ruled.next().map_or(Ok(None), |one| {
                let what = format!("{}: it names no text of a rule set", one.subject);
                Err((Code::AssessmentDiffers, what))
            });
        };
        if let Some(other) = ruled.find(|one| one.rule_set_sha256 != pin.digest) {
            let (name, text) = (&other.rule_set_id, hex::encode(&other.rule_set_sha256));
            let what = format!("{name} with text {text}, and its case is under {}", pin.name);
            return Err((Code::RulesOther, what));
        }
        let sizes: BTreeSet<u64> = logged.iter().map(|one| one.as_of_size).collect();
        if sizes.len() > 1 || sizes.iter().any(|size| *size > filing.leaf_index) {
            let leaf = filing.leaf_index;
            let what = format!("leaves up to {sizes:?} were taken into account, and it is {leaf}");
            return Err((Code::AssessmentDiffers, what));
        }
        self.rules.by_digest(&pin.digest).cloned().map(Some).ok_or_else(|| {
            let (name, text) = (&pin.name, hex::encode(&pin.digest));
            match (self.rules.digest_of(name), self.rules.wrong(&pin.digest)) {
                (Some(known), _) => {
                    let known = hex::encode(&known);
                    let what = format!("{name} is known here with text {known}, and not {text}");
                    (Code::RulesOther, what)
                }
                (None, Some(why)) => (Code::RulesUnknown, format!("{name}, text {text}: {why}")),
                (None, None) => (Code::RulesUnknown, format!("{name}, text {text}")),
            }
        })
    }

    /// Computes the assessments of a filing again.
    fn compute(&mut self, subject: &Subject<'_>, case: &mut Case, opening: Option<&ProvenFiling>) {
        let filing = subject.filing;
        self.check_moment(subject);
        if let Some(other) = subject.logged.iter().find(|one| one.engine != ENGINE) {
            let what = format!(
                "computed the way of version {}, and this program has version {ENGINE}",
                other.engine
            );
            self.find(filing, (Code::AssessmentOpen, what));
            return;
        }
        let Some(mut act) = self.known.act(filing.leaf_index).cloned() else {
            let what = "what it says is not in the bundle".to_owned();
            self.find(filing, (Code::AssessmentOpen, what));
            return;
        };
        // As the hub saw it: before it had a leaf and the time of that.
        act.leaf = subject.as_of_size;
        let assessed_at = filing.assessment.as_ref().map_or(0, |added| added.assessed_at_unix_ms);
        act.accepted_at_ms = if assessed_at > 0 { assessed_at } else { act.accepted_at_ms };
        let counting = if is_restricted(&act) { &mut case.all } else { &mut case.open };
        counting.until(subject.as_of_size);
        let opens = filing.body.envelope_id == opening.map_or(&[][..], |one| &one.body.envelope_id);
        let whole = counting.grown.len() < CASE_ACTS_MAX && opening.is_some();
        let event = opening.unwrap_or(filing).body.election_event_id.as_str();
        // What opens a case comes before everything on its docket.
        let mut acts = Acts { as_of_size: subject.as_of_size, ..Acts::default() };
        if !opens {
            acts.case = std::mem::take(&mut counting.grown);
        }
        acts.general = self.beyond(subject, &act, &acts.case);
        acts.outages = self.known.outages(subject.as_of_size);
        let rules = subject.rules.as_deref();
        let rows = rules.map_or(1, |rules| rules.rules.len());
        let looked_at =
            (acts.case.len() + acts.general.len() + acts.outages.len() + 1).saturating_mul(rows);
        self.work = self.work.saturating_add(u64::try_from(looked_at).unwrap_or(u64::MAX));
        if self.work > WORK_MAX {
            let what = "there is too much in the bundle to compute all of it again".to_owned();
            self.find(filing, (Code::AssessmentOpen, what));
        } else {
            let out = match rules {
                Some(rules) => assess(&Law { rules, acts: &acts, event }, &act),
                None => without_rules(&acts, &act),
            };
            self.judge(subject, out, whole);
        }
        if !opens {
            counting.grown = acts.case;
        }
    }

    /// The acts beyond the case that count.
    fn beyond(&self, subject: &Subject<'_>, act: &Act, case: &[Act]) -> Vec<Act> {
        let said = subject.logged.iter().flat_map(|one| one.leaves.iter().copied()).collect();
        let leaves = self.known.beyond(subject.rules.as_deref(), act, case, &said);
        let below = leaves.into_iter().take_while(|leaf| *leaf < subject.as_of_size);
        below.filter_map(|leaf| self.known.act(leaf).cloned()).collect()
    }

    /// Compares what comes out with what was logged. `whole`: everything that may matter without
    /// being a leaf is known.
    fn judge(&mut self, subject: &Subject<'_>, out: Vec<Assessment>, whole: bool) {
        let filing = subject.filing;
        self.rests.extend(out.iter().flat_map(|one| one.leaves.iter().copied()));
        let known = &self.known;
        let absent = |leaf: u64| leaf < subject.as_of_size && !known.has(leaf);
        let compared = compare(&subject.logged, out, absent);
        for (code, what) in compared.faults {
            // Without its own leaf nobody can say that the hub computed nothing.
            let unproven = filing.assessment.is_none();
            let fault = match code {
                Code::AssessmentOpen => (code, what),
                _ if unproven => (Code::AssessmentOpen, format!("{what}; it is not here")),
                _ if !whole => {
                    let why = "the case in which it was filed is not here as a whole";
                    (Code::AssessmentOpen, format!("{what}; {why}"))
                }
                _ => (code, what),
            };
            self.find(filing, fault);
        }
        if let Some(rules) = subject.rules.as_ref().filter(|_| !subject.logged.is_empty()) {
            self.applied(rules);
        }
        if !compared.same.is_empty() {
            self.out.computed.insert(filing.leaf_index, compared.same);
        }
    }

    /// That an assessment was made when its filing came, from what was in the log then.
    fn check_moment(&mut self, subject: &Subject<'_>) {
        let filing = subject.filing;
        let assessed_at = filing.assessment.as_ref().map_or(0, |added| added.assessed_at_unix_ms);
        let Ok(assessed_at) = u64::try_from(assessed_at) else { return };
        if assessed_at == 0 {
            return;
        }
        let accepted = filing.accepted_at_ms;
        if assessed_at > accepted || assessed_at.saturating_add(TIME_TOLERANCE_MS) < accepted {
            let (at, accepted) = (instant(assessed_at), instant(accepted));
            let what = format!("it was assessed at {at} and accepted at {accepted}");
            self.find(filing, (Code::AssessmentStale, what));
        }
        let Some((size, by_s)) = filing.before_size.zip(filing.not_before) else { return };
        let seen_ms = by_s.saturating_mul(1000).saturating_add(TIME_TOLERANCE_MS);
        if subject.as_of_size < size && seen_ms < assessed_at {
            let used = subject.as_of_size;
            let what = format!(
                "{used} leaves were taken into account, and witnesses had seen {size} by {}",
                instant(by_s.saturating_mul(1000))
            );
            self.find(filing, (Code::AssessmentStale, what));
        }
    }

    fn applied(&mut self, set: &RuleSet) {
        if self.out.rules.iter().all(|known| known.sha256 != set.sha256) {
            let source = self.rules.source(&set.sha256);
            self.out.rules.push(UsedRules { name: set.name(), sha256: set.sha256, source });
        }
    }

    /// What is beyond the case and nothing rests on.
    fn unused(&mut self, beyond: Beyond<'_>) {
        let law = beyond.law.iter().map(|filing| (filing.place.clone(), filing.leaf_index));
        let outages = beyond.outages.iter().map(|own| ("outages".to_owned(), own.leaf_index));
        for (place, leaf) in law.chain(outages).filter(|(_, leaf)| !self.rests.contains(leaf)) {
            self.out.found.push((place, Code::LawUnused, format!("leaf {leaf}")));
        }
    }
}

/// Whether it is what a hub says when it does not know the rule set that it is asked to apply.
fn is_unknown(one: &Assessment) -> bool {
    one.subject == UNKNOWN && one.rule.is_empty() && one.rule_set_sha256.is_empty()
}

/// Why a case that was opened by this filing does not come under a rule set.
fn misfit(set: &RuleSet, opening: &ProvenFiling) -> Option<String> {
    let (named, event) = (&opening.body.rule_set_id, &opening.body.election_event_id);
    let own = set.name();
    let means =
        |full: &String| full == named || full.rsplit_once('/').is_some_and(|(id, _)| id == named);
    if !named.is_empty() && !set.extends.iter().chain([&own]).any(means) {
        return Some(format!("its case was opened under {named}, and not under {own}"));
    }
    let unknown = named.is_empty() && set.event(event).is_none();
    unknown.then(|| format!("{own} does not know the election {event:?} of its case"))
}

fn instant(unix_ms: u64) -> String {
    let at = i64::try_from(unix_ms).ok().and_then(|ms| Timestamp::from_millisecond(ms).ok());
    at.map_or_else(|| unix_ms.to_string(), |at| at.to_string())
}
