//! The election, out of a seed: who appeals where and when, and what goes wrong on the way. Nothing
//! in it is about a real person.

use jiff::civil::{Date, date};

/// The governorate offices, by the letters of their docket numbers.
pub(crate) const OFFICES: [&str; 20] = [
    "bas", "nin", "bgk", "bgr", "anb", "bbl", "dhk", "dia", "dhi", "erb", "krb", "kir", "mis",
    "mut", "naj", "qad", "sal", "sul", "was", "hal",
];

/// Decisions of the Council that are appealed against, each with its day of November.
const DECISIONS: [(&str, i8); 6] =
    [("201", 12), ("207", 14), ("214", 16), ("219", 18), ("230", 20), ("241", 22)];

/// How many appeals came on each day from 13 November on: few before the preliminary results, most
/// on the last days of the windows.
const ARRIVALS: [u32; 15] = [9, 12, 14, 18, 25, 41, 66, 92, 118, 131, 124, 97, 63, 39, 23];

/// Parts of made-up names; each person has three and a mark that says so.
const GIVEN: [&str; 16] = [
    "حسن",
    "زينب",
    "مريم",
    "كريم",
    "سعاد",
    "داود",
    "ئازاد",
    "شيرين",
    "ليث",
    "رنا",
    "يونس",
    "هدى",
    "باسم",
    "نرمين",
    "عدنان",
    "سلوى",
];

/// How large the election is, and how many of each fate it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    /// Appeals that the commission's offices take in.
    pub(crate) received: usize,
    /// Referred to a desk of the panel that nobody opens.
    pub(crate) lost: usize,
    /// The panel's desk has it; no clerk has entered it.
    pub(crate) unregistered: usize,
    /// The panel has joined it to another, and the commission does not know.
    pub(crate) joined: usize,
    /// The panel holds it for a supplement to another.
    pub(crate) supplements: usize,
    /// The same appeal, taken in at a second office.
    pub(crate) duplicates: usize,
    /// Filed with the panel, unknown to the commission.
    pub(crate) direct: usize,
    /// Referred twice and registered twice.
    pub(crate) twice: usize,
    /// The commission's clerk has written the panel's number with a slip.
    pub(crate) miswritten: usize,
    /// Settled by the panel.
    pub(crate) settled: usize,
    /// Of these, how many rulings reached the commission.
    pub(crate) explained: usize,
}

impl Size {
    /// As it was in 2025: 872 received, 853 on the panel's docket, 428 settled, 207 explained. How
    /// the nineteen come about nobody knows; this is one way.
    pub(crate) const OF_2025: Self = Self {
        received: 872,
        lost: 8,
        unregistered: 5,
        joined: 6,
        supplements: 4,
        duplicates: 3,
        direct: 5,
        twice: 2,
        miswritten: 3,
        settled: 428,
        explained: 207,
    };

    /// Each fate, in an election that a test carries in seconds.
    pub(crate) const SMALL: Self = Self {
        received: 60,
        lost: 2,
        unregistered: 2,
        joined: 2,
        supplements: 2,
        duplicates: 2,
        direct: 2,
        twice: 2,
        miswritten: 1,
        settled: 20,
        explained: 8,
    };

    /// Rows on the panel's docket.
    pub(crate) fn docketed(&self) -> usize {
        let amiss = [self.lost, self.unregistered, self.joined, self.supplements, self.duplicates];
        (self.received + self.direct + self.twice).saturating_sub(amiss.iter().sum())
    }
}

/// What becomes of an appeal on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Nothing is amiss.
    Fine,
    /// As [`Size::lost`].
    Lost,
    /// As [`Size::unregistered`].
    Unregistered,
    /// As [`Size::joined`]: to the appeal at this place.
    Joined(usize),
    /// As [`Size::supplements`]: to the appeal at this place.
    Supplement(usize),
    /// As [`Size::duplicates`]: of the appeal at this place.
    Duplicate(usize),
    /// As [`Size::twice`].
    Twice,
    /// As [`Size::miswritten`].
    Miswritten,
}

/// An appeal that an office of the commission takes in.
#[derive(Debug, Clone)]
pub(crate) struct Appeal {
    /// Place of the office in [`OFFICES`].
    pub(crate) office: usize,
    /// The commission's docket number.
    pub(crate) number: String,
    /// Who appeals.
    pub(crate) person: String,
    /// The decision that it is against, and its day.
    pub(crate) decision: (&'static str, Date),
    /// The day on which it was taken in.
    pub(crate) day: Date,
    /// What becomes of it.
    pub(crate) fate: Fate,
    /// Whether the panel has settled it by the day compared.
    pub(crate) settled: bool,
    /// Whether that ruling reached the commission.
    pub(crate) explained: bool,
}

/// The election.
#[derive(Debug, Clone)]
pub(crate) struct Election {
    /// How large it is.
    pub(crate) size: Size,
    /// The appeals, in the order in which they came.
    pub(crate) appeals: Vec<Appeal>,
    /// Who files with the panel directly, and against which decision.
    pub(crate) direct: Vec<(String, (&'static str, Date))>,
}

/// The day on which the registers are compared.
pub(crate) const COMPARED_ON: Date = date(2025, 12, 1);

impl Election {
    /// The election of a seed.
    pub(crate) fn of(seed: u64, size: Size) -> Self {
        let mut dice = Dice(seed);
        let days = days(size.received);
        let mut taken = [0_usize; OFFICES.len()];
        let mut appeals: Vec<Appeal> = Vec::with_capacity(size.received);
        for (serial, day) in days.into_iter().enumerate() {
            let office = dice.below(OFFICES.len());
            appeals.push(Appeal {
                office,
                number: next_number(office, &mut taken),
                person: person(&mut dice, serial),
                decision: decision(&mut dice, day),
                day,
                fate: Fate::Fine,
                settled: false,
                explained: false,
            });
        }
        let direct = (0..size.direct)
            .map(|n| {
                let person = person(&mut dice, size.received + n);
                (person, decision(&mut dice, date(2025, 11, 24)))
            })
            .collect();
        let mut election = Self { size, appeals, direct };
        election.fates(&mut dice);
        election.duplicates(&mut taken);
        election.outcomes(&mut dice);
        election
    }

    /// The other appeal of the same person against the same decision, whichever came first.
    pub(crate) fn twin(&self, serial: usize) -> Option<usize> {
        let fate = |place: usize| self.appeals.get(place).map(|one| one.fate);
        match fate(serial) {
            Some(Fate::Duplicate(of)) => Some(of),
            _ => (0..self.appeals.len()).find(|one| fate(*one) == Some(Fate::Duplicate(serial))),
        }
    }

    /// Deals the fates out; whatever another appeal is joined to is a fine one.
    fn fates(&mut self, dice: &mut Dice) {
        let size = self.size;
        let mut free: Vec<usize> = (0..self.appeals.len()).collect();
        dice.shuffle(&mut free);
        let mut next = || free.pop().unwrap_or_default();
        let mut deal = |count: usize, to_another: bool, fate: fn(usize) -> Fate| {
            for _ in 0..count {
                let (one, other) = (next(), if to_another { next() } else { 0 });
                if let Some(appeal) = self.appeals.get_mut(one) {
                    appeal.fate = fate(other);
                }
            }
        };
        deal(size.lost, false, |_| Fate::Lost);
        deal(size.unregistered, false, |_| Fate::Unregistered);
        deal(size.joined, true, Fate::Joined);
        deal(size.supplements, true, Fate::Supplement);
        deal(size.duplicates, true, Fate::Duplicate);
        deal(size.twice, false, |_| Fate::Twice);
        deal(size.miswritten, false, |_| Fate::Miswritten);
    }

    /// A duplicate is the other appeal, at another office.
    fn duplicates(&mut self, taken: &mut [usize; OFFICES.len()]) {
        for place in 0..self.appeals.len() {
            let Some(Fate::Duplicate(of)) = self.appeals.get(place).map(|one| one.fate) else {
                continue;
            };
            let Some(first) = self.appeals.get(of).cloned() else { continue };
            let office = (first.office + 1) % OFFICES.len();
            let number = next_number(office, taken);
            if let Some(second) = self.appeals.get_mut(place) {
                let Appeal { person, decision, day, .. } = first;
                *second = Appeal { office, number, person, decision, day, ..second.clone() };
            }
        }
    }

    /// Some of the fine ones are settled, and of some of these the commission knows the outcome.
    fn outcomes(&mut self, dice: &mut Dice) {
        let others: Vec<usize> = self.appeals.iter().filter_map(|one| one.fate.other()).collect();
        let mut fine: Vec<usize> = (0..self.appeals.len())
            .filter(|place| !others.contains(place))
            .filter(|place| self.appeals.get(*place).is_some_and(|one| one.fate == Fate::Fine))
            .collect();
        dice.shuffle(&mut fine);
        for (n, place) in fine.into_iter().take(self.size.settled).enumerate() {
            if let Some(appeal) = self.appeals.get_mut(place) {
                (appeal.settled, appeal.explained) = (true, n < self.size.explained);
            }
        }
    }
}

impl Fate {
    /// The place of the other appeal that it is about.
    pub(crate) fn other(self) -> Option<usize> {
        match self {
            Self::Joined(other) | Self::Supplement(other) | Self::Duplicate(other) => Some(other),
            _ => None,
        }
    }
}

/// The days of so many appeals, ascending, along the curve.
fn days(count: usize) -> Vec<Date> {
    let all: u32 = ARRIVALS.iter().sum();
    let mut days = Vec::with_capacity(count);
    let (mut sum, mut day) = (0_u32, date(2025, 11, 13));
    for arrivals in ARRIVALS {
        sum += arrivals;
        let until =
            count * usize::try_from(sum).unwrap_or_default() / usize::try_from(all).unwrap_or(1);
        days.resize(until, day);
        day = day.tomorrow().unwrap_or(day);
    }
    days
}

fn decision(dice: &mut Dice, filed: Date) -> (&'static str, Date) {
    let earlier = DECISIONS.iter().filter(|(_, day)| *day < filed.day());
    let known = earlier.count().max(1);
    let (number, day) = DECISIONS.get(dice.below(known)).copied().unwrap_or(("201", 12));
    (number, date(2025, 11, day))
}

fn next_number(office: usize, taken: &mut [usize; OFFICES.len()]) -> String {
    let mut serial = 0;
    if let Some(count) = taken.get_mut(office) {
        *count += 1;
        serial = *count;
    }
    let letters = OFFICES.get(office).copied().unwrap_or_default().to_uppercase();
    format!("{letters}-APL-2025-{serial:04}")
}

/// A name that nobody has: the last part counts the people.
fn person(dice: &mut Dice, serial: usize) -> String {
    let mut part = || GIVEN.get(dice.below(GIVEN.len())).copied().unwrap_or_default();
    let (one, two, three) = (part(), part(), part());
    format!("{one} {two} {three} المصطنع{serial}")
}

/// SplitMix64: the same election for the same seed, on every machine and for ever.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % bound).unwrap_or_default()
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
