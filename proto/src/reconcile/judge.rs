//! What the two sides say differently about one case.

use std::collections::{BTreeSet, HashMap};

use super::case::{Key, Number, RegisteredCase};
use super::pairing::Pairing;
use super::{Comparison, Exception, Match, Side, Standing};
use crate::v1::{ExceptionKind, MatchReason, MatchStrength, Outcome};

/// Goes through the cases and tells each difference.
pub(super) struct Judge<'a> {
    pub(super) comparison: &'a Comparison<'a>,
    pub(super) pairing: &'a Pairing,
    by_number: [HashMap<Key<'a>, usize>; 2],
    exceptions: Vec<Exception>,
    standings: [Vec<Option<Standing>>; 2],
}

impl<'a> Judge<'a> {
    pub(super) fn new(comparison: &'a Comparison<'a>, pairing: &'a Pairing) -> Self {
        let standings = Side::BOTH.map(|side| vec![None; comparison.register(side).cases().len()]);
        let by_number = Side::BOTH.map(|side| comparison.register(side).by_number());
        Self { comparison, pairing, by_number, exceptions: Vec::new(), standings }
    }

    /// What was told, and where each case stands.
    pub(super) fn finish(self) -> (Vec<Exception>, [Vec<Standing>; 2]) {
        // Every case is in a pair, behind one, or alone, and each of these sets its standing.
        let all = |standings: Vec<Option<Standing>>| {
            standings.into_iter().map(|standing| standing.unwrap_or(Standing::Kept)).collect()
        };
        (self.exceptions, self.standings.map(all))
    }

    pub(super) fn stands(&mut self, side: Side, place: usize, standing: Standing) {
        let [referring, docketing] = &mut self.standings;
        let standings = match side {
            Side::Referring => referring,
            Side::Docketing => docketing,
        };
        if let Some(own) = standings.get_mut(place) {
            *own = Some(standing);
        }
    }

    /// Whether a case has been given its place.
    pub(super) fn is_placed(&self, side: Side, place: usize) -> bool {
        let [referring, docketing] = &self.standings;
        let standings = if side == Side::Referring { referring } else { docketing };
        standings.get(place).is_none_or(Option::is_some)
    }

    pub(super) fn case(&self, side: Side, place: usize) -> Option<&'a RegisteredCase> {
        self.comparison.register(side).cases().get(place)
    }

    /// The other side's case for one of this side's.
    pub(super) fn partner(&self, side: Side, place: usize) -> Option<usize> {
        let [there, back] = &self.pairing.partner;
        let partners = if side == Side::Referring { there } else { back };
        partners.get(&place).copied()
    }

    /// The case that a case was joined to.
    fn lead(&self, side: Side, place: usize) -> Option<usize> {
        let lead = self.case(side, place)?.joined_to.as_ref()?;
        let [referring, docketing] = &self.by_number;
        let places = if side == Side::Referring { referring } else { docketing };
        places.get(&lead.key()).copied()
    }

    pub(super) fn except(
        &mut self,
        kind: ExceptionKind,
        cases: [Vec<usize>; 2],
        owner: Side,
        claim: Option<(MatchStrength, &BTreeSet<MatchReason>)>,
    ) {
        let [referring, docketing] = cases;
        let (strength, reasons) = match claim {
            Some((strength, reasons)) => (strength, reasons.clone()),
            None => (MatchStrength::Unspecified, BTreeSet::new()),
        };
        self.exceptions.push(Exception { kind, referring, docketing, strength, reasons, owner });
    }

    /// All pairs.
    pub(super) fn pairs(&mut self) {
        let pairing = self.pairing;
        for found in &pairing.matches {
            let a = self.case(Side::Referring, found.referring);
            let b = self.case(Side::Docketing, found.docketing);
            if let (Some(a), Some(b)) = (a, b)
                && self.counts_on_both(found, a, b)
            {
                self.written(found, a, b);
                self.joined(found, a, b);
                self.returned(found, a, b);
                self.outcomes(found, a, b);
            }
        }
    }

    /// An exception about one pair.
    fn of_pair(&mut self, kind: ExceptionKind, found: &Match, owner: Side) {
        let cases = [vec![found.referring], vec![found.docketing]];
        self.except(kind, cases, owner, Some((found.strength, &found.reasons)));
    }

    /// Whether both count it as a case of the days compared; says what is so where one does not.
    fn counts_on_both(&mut self, found: &Match, a: &RegisteredCase, b: &RegisteredCase) -> bool {
        let places = [(Side::Referring, found.referring), (Side::Docketing, found.docketing)];
        let counted = match (a.is_supplement(), b.is_supplement()) {
            (false, false) => None,
            (true, true) => {
                for (side, place) in places {
                    self.stands(side, place, Standing::Supplement);
                }
                return false;
            }
            (true, false) => Some(Side::Docketing),
            (false, true) => Some(Side::Referring),
        };
        if let Some(counting) = counted {
            self.of_pair(ExceptionKind::SupplementCounted, found, counting);
            for (side, place) in places {
                let counts = Standing::Excepted(ExceptionKind::SupplementCounted);
                let standing = if side == counting { counts } else { Standing::Supplement };
                self.stands(side, place, standing);
            }
            return false;
        }
        let within = [self.comparison.is_within(a), self.comparison.is_within(b)];
        let standing = match within {
            [true, true] => Standing::Matched,
            [false, false] => Standing::Outside,
            [here, _] => {
                let owner = if here { Side::Referring } else { Side::Docketing };
                self.of_pair(ExceptionKind::OutOfWindow, found, owner);
                Standing::Excepted(ExceptionKind::OutOfWindow)
            }
        };
        for (side, place) in places {
            self.stands(side, place, standing);
        }
        standing != Standing::Outside
    }

    /// Numbers of the other side that are not the other side's; matches that are not certain.
    fn written(&mut self, found: &Match, a: &RegisteredCase, b: &RegisteredCase) {
        let (referring, docketing) = (self.comparison.referring, self.comparison.docketing);
        let near = found.reasons.contains(&MatchReason::NearNumber);
        let wrong_here = writes_wrongly(a, b, docketing.institution());
        let wrong_there = writes_wrongly(b, a, referring.institution());
        let certain = found.strength == MatchStrength::Certain;
        if certain && (wrong_here || wrong_there) || near {
            let owner = if wrong_there { Side::Docketing } else { Side::Referring };
            self.of_pair(ExceptionKind::IdentifierMiswritten, found, owner);
        } else if !certain {
            self.of_pair(ExceptionKind::AmbiguousMatch, found, Side::Referring);
        }
    }

    fn joined(&mut self, found: &Match, a: &RegisteredCase, b: &RegisteredCase) {
        let leads = [
            self.lead(Side::Referring, found.referring),
            self.lead(Side::Docketing, found.docketing),
        ];
        let [lead_a, lead_b] = leads;
        // The pair of the lead, seen from the other side.
        let there = lead_a.and_then(|lead| self.partner(Side::Referring, lead));
        let back = lead_b.and_then(|lead| self.partner(Side::Docketing, lead));
        let (kind, owner) = match (is_joined(a), is_joined(b)) {
            (false, false) => return,
            (true, true) => match (there, lead_b) {
                (Some(there), Some(lead)) if there != lead => {
                    (ExceptionKind::JoinedDifferently, Side::Referring)
                }
                _ => return,
            },
            // Both joined the same two, each to the other one: told once, where we joined ours.
            (true, false) => {
                let lead = there.and_then(|there| self.lead(Side::Docketing, there));
                if lead == Some(found.docketing) {
                    (ExceptionKind::JoinedDifferently, Side::Referring)
                } else {
                    (ExceptionKind::JoinedOnOneSide, Side::Docketing)
                }
            }
            (false, true) => {
                let lead = back.and_then(|back| self.lead(Side::Referring, back));
                if lead == Some(found.referring) {
                    return;
                }
                (ExceptionKind::JoinedOnOneSide, Side::Referring)
            }
        };
        let with = |place, lead: Option<usize>, other: Option<usize>| {
            [Some(place), lead.or(other)].into_iter().flatten().collect()
        };
        let cases = [with(found.referring, lead_a, back), with(found.docketing, lead_b, there)];
        self.except(kind, cases, owner, Some((found.strength, &found.reasons)));
    }

    fn returned(&mut self, found: &Match, a: &RegisteredCase, b: &RegisteredCase) {
        if a.returned != b.returned {
            let owner = if b.returned { Side::Referring } else { Side::Docketing };
            self.of_pair(ExceptionKind::ReturnedOnOneSide, found, owner);
        }
    }

    fn outcomes(&mut self, found: &Match, a: &RegisteredCase, b: &RegisteredCase) {
        // What became of a case that was joined, or sent back, is told there.
        if is_joined(a) || is_joined(b) || a.returned || b.returned {
            return;
        }
        match (a.outcome, b.outcome) {
            (one, other) if kin(one) == kin(other) => {}
            (Outcome::Unspecified, _) => {
                self.of_pair(ExceptionKind::OutcomeMissing, found, Side::Referring);
            }
            (_, Outcome::Unspecified) => {
                self.of_pair(ExceptionKind::OutcomeMissing, found, Side::Docketing);
            }
            // The ruling is the docketing body's; the other has to look at what it wrote down.
            _ => self.of_pair(ExceptionKind::OutcomeDiffers, found, Side::Referring),
        }
    }
}

/// Whether a case goes on in another.
pub(super) fn is_joined(case: &RegisteredCase) -> bool {
    case.joined_to.is_some() || case.outcome == Outcome::Joined
}

/// Whether a case names numbers of the other side's institution, and not this one.
fn writes_wrongly(case: &RegisteredCase, other: &RegisteredCase, institution: &str) -> bool {
    let Some(right) = &other.number else { return false };
    // A joined case may rightly bear the number of the case that goes on.
    let known: Vec<&Number> = [Some(right), other.joined_to.as_ref()]
        .into_iter()
        .flatten()
        .chain(&other.corrected)
        .collect();
    let mut named =
        case.other_numbers.iter().filter(|number| number.institution == institution).peekable();
    case.joined_to.is_none()
        && named.peek().is_some()
        && !named.any(|number| known.iter().any(|known| known.is(number)))
}

/// Outcomes that say the same in the words of two bodies: an appeal is rejected, and the decision
/// under appeal stands.
pub(super) fn kin(outcome: Outcome) -> Outcome {
    match outcome {
        Outcome::DecisionConfirmed => Outcome::Rejected,
        Outcome::DecisionAnnulled => Outcome::Upheld,
        Outcome::DecisionModified => Outcome::PartlyUpheld,
        other => other,
    }
}
