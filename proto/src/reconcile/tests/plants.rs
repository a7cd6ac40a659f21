//! How cases are joined, supplemented, decided and written: the other half of the seeds.

use super::seeds::{Seed, Truth};
use super::*;

impl Truth {
    pub(super) fn plant_joined(&mut self, seed: Seed, (a, b): (usize, usize), digest: [u8; 32]) {
        use ExceptionKind as K;
        let same = |_: &mut RegisteredCase| {};
        let joined = |to: Number| {
            move |case: &mut RegisteredCase| {
                case.joined_to = Some(to);
                case.outcome = Outcome::Joined;
            }
        };
        match seed {
            Seed::JoinedOnBoth => {
                self.both((a, b), same, same);
                self.both((a + 1, b + 1), joined(ihec(a)), joined(ejp(b)));
            }
            Seed::JoinedHere => {
                self.both((a, b), same, same);
                self.both((a + 1, b + 1), joined(ihec(a)), same);
                self.tell(K::JoinedOnOneSide, &[a, a + 1], &[b, b + 1]);
            }
            Seed::JoinedThere => {
                self.both((a, b), same, same);
                self.both((a + 1, b + 1), same, joined(ejp(b)));
                self.tell(K::JoinedOnOneSide, &[a, a + 1], &[b, b + 1]);
            }
            Seed::JoinedByOneNumber => {
                self.both((a, b), same, |theirs| _ = theirs.other_numbers.insert(ihec(a + 1)));
                self.referring.push(referred(a + 1));
                self.tell(K::JoinedOnOneSide, &[a, a + 1], &[b]);
            }
            Seed::TwiceAndJoinedThere => {
                self.both((a, b), same, same);
                let mut second = docketed(b + 1, a);
                joined(ejp(b))(&mut second);
                self.docketing.push(second);
            }
            Seed::TwiceAndJoinedHere => {
                let papers = |case: &mut RegisteredCase| case.digests = [digest].into();
                self.both((a, b), papers, same);
                let mut second = referred(a + 1);
                papers(&mut second);
                joined(ihec(a))(&mut second);
                self.referring.push(second);
            }
            Seed::JoinedDifferently => {
                self.both((a, b), same, joined(ejp(b + 1)));
                self.both((a + 1, b + 1), joined(ihec(a)), same);
                self.tell(K::JoinedDifferently, &[a, a + 1], &[b, b + 1]);
            }
            _ => self.plant_supplement(seed, (a, b), digest),
        }
    }

    fn plant_supplement(&mut self, seed: Seed, (a, b): (usize, usize), digest: [u8; 32]) {
        use ExceptionKind as K;
        let same = |_: &mut RegisteredCase| {};
        let supplement = |to: Number| {
            move |case: &mut RegisteredCase| {
                case.nature = Nature::Supplement(Some(to));
                case.digests = [digest].into();
                case.appellant = person(a);
            }
        };
        let with_digest = |case: &mut RegisteredCase| {
            case.digests = [digest].into();
            case.appellant = person(a);
        };
        match seed {
            Seed::Supplement => {
                self.both((a, b), same, same);
                let mut case = referred(a + 1);
                supplement(ihec(a))(&mut case);
                self.referring.push(case);
            }
            Seed::SupplementCountedThere | Seed::SupplementCountedFirst => {
                let first = seed == Seed::SupplementCountedFirst;
                let (main, counted) = if first { (b + 1, b) } else { (b, b + 1) };
                self.both((a, main), same, same);
                self.both((a + 1, counted), supplement(ihec(a)), |theirs| {
                    // The clerk wrote down the appeal's number.
                    theirs.other_numbers = [ihec(a)].into();
                    with_digest(theirs);
                });
                self.tell(K::SupplementCounted, &[a + 1], &[counted]);
            }
            Seed::SupplementCountedHere => {
                self.both((a, b), same, same);
                self.both((a + 1, b + 1), with_digest, supplement(ejp(b)));
                self.tell(K::SupplementCounted, &[a + 1], &[b + 1]);
            }
            Seed::SupplementLost => {
                self.both((a, b), same, same);
                let mut case = referred(a + 1);
                supplement(ihec(a))(&mut case);
                case.transfer.sent_at_ms = 1_764_000_000_000;
                self.referring.push(case);
                self.tell(K::LostInTransfer, &[a + 1], &[]);
            }
            _ => self.plant_outcome(seed, (a, b)),
        }
    }

    fn plant_outcome(&mut self, seed: Seed, (a, b): (usize, usize)) {
        use ExceptionKind as K;
        let same = |_: &mut RegisteredCase| {};
        let outcome = |outcome: Outcome| move |case: &mut RegisteredCase| case.outcome = outcome;
        match seed {
            Seed::OutcomeMissingHere => {
                self.both((a, b), outcome(Outcome::Unspecified), same);
                self.tell(K::OutcomeMissing, &[a], &[b]);
            }
            Seed::OutcomeMissingThere => {
                self.both((a, b), same, outcome(Outcome::Unspecified));
                self.tell(K::OutcomeMissing, &[a], &[b]);
            }
            Seed::OutcomeDiffers => {
                self.both((a, b), same, outcome(Outcome::RecountOrdered));
                self.tell(K::OutcomeDiffers, &[a], &[b]);
            }
            Seed::OutcomeInOtherWords => {
                self.both((a, b), outcome(Outcome::DecisionConfirmed), same);
            }
            Seed::Withdrawn | Seed::Decided => {
                let withdrawn = seed == Seed::Withdrawn;
                let outcome = if withdrawn { Outcome::Withdrawn } else { Outcome::Inadmissible };
                self.referring.push(RegisteredCase { outcome, ..appeal(ihec(a), a) });
            }
            Seed::CameBack => {
                self.referring.push(RegisteredCase { returned: true, ..referred(a) });
            }
            Seed::ReturnedOnBoth => {
                self.both((a, b), |ours| ours.returned = true, |theirs| theirs.returned = true);
            }
            Seed::ReturnedThere => {
                self.both((a, b), same, |theirs| theirs.returned = true);
                self.tell(K::ReturnedOnOneSide, &[a], &[b]);
            }
            _ => self.plant_written(seed, (a, b)),
        }
    }

    fn plant_written(&mut self, seed: Seed, (a, b): (usize, usize)) {
        use ExceptionKind as K;
        let same = |_: &mut RegisteredCase| {};
        match seed {
            Seed::Miswritten => {
                let case_id = Some((a as u128).to_be_bytes());
                self.both(
                    (a, b),
                    |ours| ours.case_id = case_id,
                    |theirs| {
                        theirs.case_id = case_id;
                        theirs.other_numbers = [ihec(a + 123_456)].into();
                    },
                );
                self.tell(K::IdentifierMiswritten, &[a], &[b]);
            }
            Seed::MiswrittenSlip => {
                self.both((a, b), same, |theirs| theirs.other_numbers = [ihec(a + 7)].into());
                self.tell(K::IdentifierMiswritten, &[a], &[b]);
            }
            Seed::MiswrittenAsAnother => {
                // The neighbour's number, which is another appeal's if the neighbour has one.
                let neighbour = ((a / 10) ^ 1) * 10;
                self.both((a, b), same, |theirs| theirs.other_numbers = [ihec(neighbour)].into());
                self.tell(K::IdentifierMiswritten, &[a], &[b]);
            }
            Seed::Corrected => self.both(
                (a, b),
                |ours| ours.other_numbers = [ejp(b + 5)].into(),
                |theirs| {
                    theirs.other_numbers.clear();
                    theirs.corrected = [ejp(b + 5)].into();
                },
            ),
            Seed::OutOfWindow => {
                self.both((a, b), same, |theirs| theirs.days = [date(2025, 12, 30)].into());
                self.tell(K::OutOfWindow, &[a], &[b]);
            }
            Seed::NumberGivenTwice => {
                self.both((a, b), same, same);
                let appellant = person(a + 5);
                let other_numbers = BTreeSet::new();
                self.docketing.push(RegisteredCase { appellant, other_numbers, ..docketed(b, a) });
                self.tell(K::NumberGivenTwice, &[a], &[b]);
                self.tell(K::ReferralUnknown, &[], &[b]);
            }
            other => unreachable!("{other:?} is planted above"),
        }
    }
}
