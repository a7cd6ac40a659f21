//! What stands on one side only, or more than once on one.

use super::case::RegisteredCase;
use super::judge::{Judge, is_joined};
use super::{Number, Side, Standing};
use crate::v1::{ExceptionKind, IntakeRoute, MatchStrength};

impl Judge<'_> {
    /// Cases that are one with a case that has its partner.
    pub(super) fn further(&mut self) {
        let pairing = self.pairing;
        for (side, further) in Side::BOTH.into_iter().zip(&pairing.further) {
            for (place, first) in further {
                let (Some(case), Some(earlier)) =
                    (self.case(side, *place), self.case(side, *first))
                else {
                    continue;
                };
                let standing = self.further_one(side, (*place, case), (*first, earlier));
                self.stands(side, *place, standing);
            }
        }
    }

    fn further_one(
        &mut self,
        side: Side,
        (place, case): (usize, &RegisteredCase),
        (first, earlier): (usize, &RegisteredCase),
    ) -> Standing {
        let number = |case: &RegisteredCase| {
            case.number.clone().map(|number| (number.institution, number.normal))
        };
        if case.is_supplement() {
            return Standing::Supplement;
        }
        if is_joined(case) {
            return Standing::Joined;
        }
        if number(case).is_some() && number(case) == number(earlier) {
            return Standing::Excepted(ExceptionKind::NumberGivenTwice);
        }
        // The docketing side gives one number to what the other has as two: the same appeal twice,
        // or two that were joined by being registered together.
        let joined = side == Side::Referring && !is_same_appeal(case, earlier);
        let kind =
            if joined { ExceptionKind::JoinedOnOneSide } else { ExceptionKind::RegisteredTwice };
        let partner = self.partner(side, first);
        let (here, there) = (vec![place, first], partner.into_iter().collect());
        let cases = match side {
            Side::Referring => [here, there],
            Side::Docketing => [there, here],
        };
        let referring = if side == Side::Referring { Some(first) } else { partner };
        let matches = &self.pairing.matches;
        let found = referring
            .and_then(|place| matches.binary_search_by_key(&place, |found| found.referring).ok());
        let found = found.and_then(|at| matches.get(at));
        let claim = found.map(|found| (found.strength, &found.reasons));
        self.except(kind, cases, side, claim);
        Standing::Excepted(kind)
    }

    /// Cases without a counterpart, and those of which nobody can tell which they are.
    pub(super) fn alone(&mut self) {
        let pairing = self.pairing;
        let kind = ExceptionKind::AmbiguousMatch;
        for group in &pairing.ambiguous {
            for (side, places) in Side::BOTH.into_iter().zip([&group.referring, &group.docketing]) {
                for place in places {
                    self.stands(side, *place, Standing::Excepted(kind));
                }
            }
            let cases =
                [&group.referring, &group.docketing].map(|places| places.iter().copied().collect());
            let claim = Some((MatchStrength::Possible, &group.reasons));
            self.except(kind, cases, Side::Referring, claim);
        }
        for side in Side::BOTH {
            for (place, case) in self.comparison.register(side).cases().iter().enumerate() {
                if self.is_placed(side, place) {
                    continue;
                }
                let (standing, owner) = match side {
                    Side::Referring => self.not_docketed(case),
                    Side::Docketing => self.not_referred(case),
                };
                self.stands(side, place, standing);
                if let Standing::Excepted(kind) = standing {
                    let (here, there) = (vec![place], Vec::new());
                    let cases = match side {
                        Side::Referring => [here, there],
                        Side::Docketing => [there, here],
                    };
                    self.except(kind, cases, owner, None);
                }
            }
        }
    }

    /// The referring body has it, the docketing body does not.
    fn not_docketed(&self, case: &RegisteredCase) -> (Standing, Side) {
        let way = &case.transfer;
        // Who filed directly, as this side knows, does not depend on its sending anything.
        let sent = way.sent || case.route == IntakeRoute::Direct;
        let standing = if case.is_supplement() {
            // Within Barid it is known whether it arrived. On paper nothing says so.
            let lost = way.sent_at_ms > 0 && !way.has_arrived();
            let kind = Standing::Excepted(ExceptionKind::LostInTransfer);
            return (if lost { kind } else { Standing::Supplement }, Side::Referring);
        } else if !self.comparison.is_within(case) {
            Standing::Excepted(ExceptionKind::OutOfWindow)
        } else if case.returned {
            Standing::CameBack
        } else if !sent {
            if is_joined(case) { Standing::Joined } else { Standing::Kept }
        } else if way.has_arrived() || case.route == IntakeRoute::Direct {
            return (Standing::Excepted(ExceptionKind::NotYetRegistered), Side::Docketing);
        } else {
            Standing::Excepted(ExceptionKind::LostInTransfer)
        };
        (standing, Side::Referring)
    }

    /// The docketing body has it, the referring body does not.
    fn not_referred(&self, case: &RegisteredCase) -> (Standing, Side) {
        if case.is_supplement() {
            return (Standing::Supplement, Side::Docketing);
        }
        if !self.comparison.is_within(case) {
            return (Standing::Excepted(ExceptionKind::OutOfWindow), Side::Docketing);
        }
        let referring = self.comparison.referring.institution();
        let named = |number: &Number| number.institution == referring;
        let referred = match case.route {
            IntakeRoute::Referred => true,
            IntakeRoute::Direct => false,
            // A case that bears a number of the other body has come from there.
            IntakeRoute::Unspecified => case.other_numbers.iter().any(named),
        };
        if referred {
            (Standing::Excepted(ExceptionKind::ReferralUnknown), Side::Referring)
        } else {
            // Direct filings go back to the other body for its reply.
            (Standing::Excepted(ExceptionKind::DirectFiling), Side::Docketing)
        }
    }

    /// Cases that one register has under one number and that contradict each other.
    pub(super) fn numbers_given_twice(&mut self) {
        for side in Side::BOTH {
            let cases = self.comparison.register(side).cases();
            let own = |place: usize| {
                cases.get(place).and_then(|case| case.number.as_ref()).map(Number::key)
            };
            let mut place = 0;
            while place < cases.len() {
                let alike =
                    (place..cases.len()).take_while(|next| own(*next) == own(place)).count();
                if own(place).is_some() && alike > 1 {
                    let here: Vec<usize> = (place..place + alike).collect();
                    let there: Vec<usize> =
                        here.iter().filter_map(|place| self.partner(side, *place)).collect();
                    let found = match side {
                        Side::Referring => [here, there],
                        Side::Docketing => [there, here],
                    };
                    self.except(ExceptionKind::NumberGivenTwice, found, side, None);
                }
                place += alike.max(1);
            }
        }
    }
}

/// Whether two cases of one register are one appeal: the same papers, or the same appellant against
/// the same decision.
fn is_same_appeal(case: &RegisteredCase, earlier: &RegisteredCase) -> bool {
    let name = |case: &RegisteredCase| crate::text::search_form(&case.appellant);
    let same_papers = case.digests.intersection(&earlier.digests).next().is_some();
    let same_person = !name(case).is_empty() && name(case) == name(earlier);
    same_papers
        || same_person
            && case.challenged_form().is_some()
            && case.challenged_form() == earlier.challenged_form()
}
