//! One case as one side of a pair has it.

use super::super::case::{Number, RegisteredCase};
use super::super::{Known, Side};
use super::across::{Effects, Says};
use super::facts::{Answer, Brought, Filed, Step, What};
use super::numbers::Numbers;
use super::{Docket, Dockets};
use crate::v1::{FilingKind, IntakeRoute, Outcome};

/// From where one looks.
pub(super) struct View<'a> {
    pub(super) side: Side,
    pub(super) institution: &'a str,
    pub(super) counterpart: &'a str,
    pub(super) dockets: &'a Dockets,
}

/// A case or a supplement that an institution has: what is known from the first, and what became
/// known, in the order of the log.
#[derive(Debug)]
pub(super) struct Matter {
    pub(super) begun: RegisteredCase,
    pub(super) known: Vec<Known>,
}

/// What became known, each with its leaf.
pub(super) type Story = Vec<(u64, Known)>;

/// The filings of a docket that bring the case that is compared.
pub(super) struct Subject<'a> {
    /// The leaf from which on acts are about it.
    pub(super) start: u64,
    pub(super) filed: Vec<&'a Filed>,
    /// Complaints that came before the appeal.
    pub(super) before: Vec<&'a Filed>,
}

impl<'a> Subject<'a> {
    pub(super) fn of(docket: &'a Docket) -> Self {
        let brings = || docket.filed.iter().filter_map(|one| Some((one, one.brought()?)));
        let appeal = brings().find(|(_, brought)| brought.kind == FilingKind::AppealFiled);
        let start = appeal.map_or(0, |(filed, _)| filed.leaf);
        let complains = |brought: &Brought| brought.kind == FilingKind::ComplaintRegistered;
        let is_before = |(filed, brought): &(&Filed, &Brought)| {
            appeal.is_some() && (complains(brought) || filed.leaf < start)
        };
        let (before, filed): (Vec<_>, Vec<_>) = brings().partition(is_before);
        let only = |each: Vec<(&'a Filed, _)>| each.into_iter().map(|(one, _)| one).collect();
        Self { start, filed: only(filed), before: only(before) }
    }
}

impl View<'_> {
    /// The case and the supplements of a docket, as far as the institution has them.
    pub(super) fn matters(&self, place: usize, docket: &Docket) -> Vec<Matter> {
        let subject = Subject::of(docket);
        let [ours, theirs] =
            [self.institution, self.counterpart].map(|one| self.numbers(place, docket, one));
        let begun = self.begun(docket, &subject, &ours);
        let current = self.current(place, &ours, self.institution);
        let mut matters = self.supplements(docket, &begun, current.as_ref());
        if self.has(docket, &subject, &ours) {
            let mut story = self.way(place, &subject.filed, &begun);
            for (leaf, at_ms, number, route) in ours.given.into_iter().chain(theirs.given) {
                story.push((leaf, Known::Registered { at_ms, number, route }));
            }
            self.happened(place, docket, &subject, &mut story);
            story.sort_by_key(|(leaf, _)| *leaf);
            let known = story.into_iter().map(|(_, known)| known).collect();
            matters.insert(0, Matter { begun, known });
        }
        matters
    }

    /// The institutions of the pair: who refers, who dockets.
    fn pair(&self) -> (&str, &str) {
        match self.side {
            Side::Referring => (self.institution, self.counterpart),
            Side::Docketing => (self.counterpart, self.institution),
        }
    }

    /// Whether the case is in the institution's register: it took it in, sent it, gave it a number
    /// or ruled on it.
    fn has(&self, docket: &Docket, subject: &Subject<'_>, ours: &Numbers) -> bool {
        let sent = |filed: &&Filed| filed.from.institution == self.institution;
        let ruled = |filed: &Filed| matches!(filed.what, What::Ruled { .. }) && sent(&filed);
        !ours.given.is_empty()
            || subject.filed.iter().chain(&subject.before).any(sent)
            || docket.filed.iter().any(ruled)
    }

    /// What is known from the first.
    fn begun(&self, docket: &Docket, subject: &Subject<'_>, ours: &Numbers) -> RegisteredCase {
        let brought = |filed: &Filed| filed.brought().cloned().map(|one| (one, filed.from.clone()));
        let mut begun =
            RegisteredCase { case_id: Some(docket.case_id), ..RegisteredCase::default() };
        let (_, dockets_it) = self.pair();
        let each = subject.filed.iter().chain(&subject.before).copied().filter_map(brought);
        for (one, from) in each {
            if begun.appellant.is_empty() {
                begun.appellant = one.appellant;
            }
            begun.challenged = begun.challenged.take().or(one.challenged);
            if begun.days.is_empty() {
                begun.days = one.days;
            }
            if one.kind == FilingKind::AppealFiled && begun.route == IntakeRoute::Unspecified {
                let taken_in_there = from.institution == dockets_it;
                begun.route = if taken_in_there { IntakeRoute::Direct } else { one.route };
            }
        }
        let leads = subject.filed.iter().filter_map(|filed| filed.brought()?.lead);
        begun.digests.extend(leads);
        begun.corrected.extend(ours.further.iter().cloned());
        begun.other_numbers.extend(self.others(docket));
        begun
    }

    pub(super) fn effects(&self) -> &Effects {
        &self.dockets.effects
    }

    /// The way from the side that refers to the side that dockets.
    pub(super) fn way(&self, place: usize, filed: &[&Filed], begun: &RegisteredCase) -> Story {
        let (refers, dockets_it) = self.pair();
        let mut story = Story::new();
        let sent = |one: &&&Filed| one.from.institution == refers && one.to.contains(dockets_it);
        for one in filed.iter().filter(sent) {
            let alone = one.brought().is_none_or(|brought| {
                let others = brought.packed.iter();
                let mut others =
                    others.filter(|packed| self.effects().begins_another(packed, place));
                !brought.names_several && others.next().is_none()
            });
            let envelope = alone.then_some(one.digest);
            story.push((one.leaf, Known::Sent { at_ms: one.at_ms, envelope }));
            for answer in one.answers.iter().filter(|one| one.by.institution == dockets_it) {
                story.extend(arrived(one, answer, begun.is_supplement()));
            }
        }
        story
    }

    /// What became of it, as far as the institution knows.
    fn happened(&self, place: usize, docket: &Docket, subject: &Subject<'_>, story: &mut Story) {
        let (refers, dockets_it) = self.pair();
        for filed in &docket.filed {
            let back = filed.from.institution == dockets_it
                && (filed.to.is_empty() || filed.to.contains(refers));
            if filed.what == What::Returned && back && filed.is_known_to(self.institution) {
                story.push((filed.leaf, Known::Returned));
            }
        }
        let was_sent = story.iter().any(|(_, known)| matches!(known, Known::Sent { .. }));
        let (mut last_word, mut own_word) = (Story::new(), Story::new());
        for effect in self.effects().on(place) {
            let Some(act) = self.act(effect.act) else { continue };
            let from = act.from.institution.as_str();
            let is_known = act.is_known_to(self.institution);
            let leaf = effect.leaf;
            match &effect.says {
                Says::Ruled(outcome) if is_known && from == dockets_it => {
                    last_word.push((leaf, Known::Became(*outcome)));
                }
                Says::Withdrawn if is_known => {
                    last_word.push((leaf, Known::Became(Outcome::Withdrawn)));
                }
                // Whoever refers decides what it does not send.
                Says::Decided(outcome)
                    if from == refers && from == self.institution && leaf > subject.start =>
                {
                    own_word.push((leaf, Known::Became(*outcome)));
                }
                Says::Joined(lead, to) if is_known => {
                    story.push((leaf, self.joined(lead, *to, from)));
                }
                Says::Parted if is_known => {
                    story.push((leaf, Known::Parted(self.institution.to_owned())));
                }
                Says::Corrected { wrong, right } => {
                    story.extend(self.corrected(place, docket, (wrong, right), leaf));
                }
                _ => {}
            }
        }
        let silent = |(_, known): &(u64, Known)| *known == Known::Became(Outcome::Unspecified);
        last_word.retain(|one| !silent(one));
        if last_word.is_empty() && !was_sent {
            last_word = own_word;
        }
        story.extend(last_word);
    }

    /// The case goes on in another: by the number that the institution itself gave that one.
    fn joined(&self, lead: &Number, to: Option<usize>, from: &str) -> Known {
        let number = to.and_then(|to| {
            let numbers = self.numbers(to, self.dockets.dockets.get(to)?, self.institution);
            self.current(to, &numbers, self.institution)
        });
        match number {
            Some(number) => Known::Joined(number),
            None if from == self.institution => Known::Joined(lead.clone()),
            None => Known::Became(Outcome::Joined),
        }
    }

    /// A corrected number, if it is the case's first: of further ones see [`View::correct`].
    fn corrected(
        &self,
        place: usize,
        docket: &Docket,
        (wrong, right): (&Number, &Number),
        leaf: u64,
    ) -> Option<(u64, Known)> {
        let numbers = self.numbers(place, docket, &right.institution);
        let is_second = numbers.given.iter().skip(1).any(|(_, _, number, _)| number.is(right));
        let given = numbers.given.first().filter(|(_, _, number, _)| number.is(wrong));
        let wrong = given.map_or(wrong, |(_, _, number, _)| number).clone();
        (!is_second).then(|| (leaf, Known::Corrected { wrong, right: right.clone() }))
    }

    fn act(&self, (docket, at): (usize, usize)) -> Option<&Filed> {
        self.dockets.dockets.get(docket)?.filed.get(at)
    }
}

/// What an answer of the side that dockets says of the way; its number is told apart.
fn arrived(filed: &Filed, answer: &Answer, is_supplement: bool) -> Option<(u64, Known)> {
    Some(match answer.step {
        Step::Fetched => (filed.leaf, Known::Fetched(answer.at_ms)),
        Step::Expired => (filed.leaf, Known::Expired(answer.at_ms)),
        Step::Acknowledged => (answer.leaf, Known::Acknowledged(answer.at_ms)),
        // A supplement that is refused has arrived, and its appeal is not back for that.
        Step::Refused if is_supplement => (answer.leaf, Known::Acknowledged(answer.at_ms)),
        Step::Refused => (answer.leaf, Known::Returned),
        Step::Registered { .. } => return None,
    })
}
