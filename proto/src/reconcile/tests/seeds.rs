//! Seeds: what can become of an appeal, and how two registers come to tell it.

use super::*;

/// Makes the fates and the list of them from one list of names.
macro_rules! seeds {
    ($($name:ident,)*) => {
        /// What can become of an appeal. Each has its own numbers: cases of one fate never meet
        /// another's.
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub(super) enum Seed {
            $($name,)*
        }

        pub(super) const SEEDS: &[Seed] = &[$(Seed::$name,)*];
    };
}

seeds! {
    Fine,
    FineByTheirNumber,
    FineByDigest,
    Lost,
    NotYetRegistered,
    RegisteredTwice,
    FiledAtTwoOffices,
    FiledDirectlyToo,
    Direct,
    DirectAndKnown,
    DirectTwice,
    ReferralUnknown,
    JoinedOnBoth,
    JoinedHere,
    JoinedThere,
    JoinedByOneNumber,
    JoinedDifferently,
    Supplement,
    SupplementCountedThere,
    SupplementCountedFirst,
    SupplementCountedHere,
    SupplementLost,
    OutcomeMissingHere,
    OutcomeMissingThere,
    OutcomeDiffers,
    OutcomeInOtherWords,
    Miswritten,
    MiswrittenSlip,
    MiswrittenAsAnother,
    Corrected,
    ReturnedOnBoth,
    ReturnedThere,
    CameBack,
    Withdrawn,
    Decided,
    OutOfWindow,
    NumberGivenTwice,
    TwiceAndJoinedThere,
    TwiceAndJoinedHere,
}

/// Two registers, and what is true about them.
#[derive(Debug, Default)]
pub(super) struct Truth {
    pub(super) referring: Vec<RegisteredCase>,
    pub(super) docketing: Vec<RegisteredCase>,
    pub(super) told: Vec<Told>,
    /// Pairs that are one, by number.
    pub(super) pairs: BTreeSet<(String, String)>,
}

impl Truth {
    pub(super) fn of(seeds: &[Seed]) -> Self {
        let mut truth = Self::default();
        for (at, seed) in seeds.iter().enumerate() {
            truth.plant(*seed, at);
        }
        truth.told.sort();
        truth
    }

    pub(super) fn tell(&mut self, kind: ExceptionKind, here: &[usize], there: &[usize]) {
        let here = here.iter().map(|serial| ihec(*serial).normal).collect();
        let there = there.iter().map(|serial| ejp(*serial).normal).collect();
        self.told.push((kind, here, there));
    }

    pub(super) fn pair(&mut self, here: usize, there: usize) {
        self.pairs.insert((ihec(here).normal, ejp(there).normal));
    }

    /// Both registers have it, with what is different on either side.
    pub(super) fn both(
        &mut self,
        (here, there): (usize, usize),
        ours: impl FnOnce(&mut RegisteredCase),
        theirs: impl FnOnce(&mut RegisteredCase),
    ) {
        let (mut one, mut other) = (referred(here), docketed(there, here));
        ours(&mut one);
        theirs(&mut other);
        self.referring.push(one);
        self.docketing.push(other);
        self.pair(here, there);
    }

    fn plant(&mut self, seed: Seed, at: usize) {
        use ExceptionKind as K;
        // Ten serial numbers each; the panel counts in its own order.
        let (a, b) = (at * 10, (7_919 * at) % 100_000 * 10 + 1_000_000);
        let digest = |n: u8| {
            let mut digest = [n; 32];
            digest[..8].copy_from_slice(&(at as u64).to_be_bytes());
            digest
        };
        let same = |_: &mut RegisteredCase| {};
        match seed {
            Seed::Fine => self.both((a, b), same, same),
            Seed::FineByTheirNumber => self.both(
                (a, b),
                |ours| ours.other_numbers = [ejp(b)].into(),
                |theirs| theirs.other_numbers.clear(),
            ),
            Seed::FineByDigest => self.both(
                (a, b),
                |ours| ours.digests = [digest(1), digest(2)].into(),
                |theirs| {
                    theirs.other_numbers.clear();
                    theirs.digests = [digest(2), digest(3)].into();
                },
            ),
            Seed::Lost => {
                self.referring.push(referred(a));
                self.tell(K::LostInTransfer, &[a], &[]);
            }
            Seed::NotYetRegistered => {
                let mut case = referred(a);
                case.transfer.fetched_at_ms = 1_764_000_000_000;
                self.referring.push(case);
                self.tell(K::NotYetRegistered, &[a], &[]);
            }
            Seed::RegisteredTwice => {
                self.both((a, b), |ours| ours.other_numbers = [ejp(b)].into(), same);
                self.docketing.push(docketed(b + 1, a));
                self.tell(K::RegisteredTwice, &[a], &[b, b + 1]);
            }
            Seed::FiledAtTwoOffices => {
                self.both((a, b), |ours| ours.digests = [digest(1)].into(), same);
                let digests = [digest(1)].into();
                self.referring.push(RegisteredCase { digests, ..referred(a + 1) });
                self.tell(K::RegisteredTwice, &[a, a + 1], &[b]);
            }
            Seed::FiledDirectlyToo => {
                let papers = |case: &mut RegisteredCase| case.digests = [digest(1)].into();
                self.both((a, b), papers, papers);
                let digests = [digest(1)].into();
                let route = IntakeRoute::Direct;
                let second = RegisteredCase { digests, route, ..appeal(ejp(b + 1), a) };
                self.docketing.push(second);
                self.tell(K::RegisteredTwice, &[a], &[b, b + 1]);
            }
            _ => self.plant_direct(seed, (a, b), digest(1)),
        }
    }

    fn plant_direct(&mut self, seed: Seed, (a, b): (usize, usize), digest: [u8; 32]) {
        use ExceptionKind as K;
        let route = IntakeRoute::Direct;
        match seed {
            Seed::Direct => {
                self.docketing.push(RegisteredCase { route, ..appeal(ejp(b), a) });
                self.tell(K::DirectFiling, &[], &[b]);
            }
            Seed::DirectAndKnown => {
                let other_numbers = [ejp(b)].into();
                self.referring.push(RegisteredCase { route, other_numbers, ..appeal(ihec(a), a) });
                self.docketing.push(RegisteredCase { route, ..appeal(ejp(b), a) });
                self.pair(a, b);
            }
            Seed::DirectTwice => {
                for serial in [b, b + 1] {
                    let digests = [digest].into();
                    self.docketing.push(RegisteredCase {
                        route,
                        digests,
                        ..appeal(ejp(serial), a)
                    });
                }
                self.tell(K::DirectFiling, &[], &[b]);
                self.tell(K::RegisteredTwice, &[], &[b, b + 1]);
            }
            Seed::ReferralUnknown => {
                self.docketing.push(docketed(b, a));
                self.tell(K::ReferralUnknown, &[], &[b]);
            }
            _ => self.plant_joined(seed, (a, b), digest),
        }
    }
}
