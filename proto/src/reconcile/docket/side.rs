//! One case as one side of a pair has it.

use std::collections::BTreeSet;

use super::super::case::{Nature, Number, RegisteredCase};
use super::super::{Known, Side};
use super::across::{Effects, Says, registered};
use super::facts::{Answer, Brought, Filed, Step, SupplementKey, What};
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
type Story = Vec<(u64, Known)>;

/// The numbers that one institution gave a case.
#[derive(Debug, Default)]
struct Numbers {
    /// The first, and further ones that make further cases: leaf, instant, number, route.
    given: Vec<(u64, i64, Number, IntakeRoute)>,
    /// Numbers of the same case at other offices, or of the complaint before the appeal.
    further: Vec<Number>,
}

/// The filings of a docket that bring the case that is compared.
struct Subject<'a> {
    /// The leaf from which on acts are about it.
    start: u64,
    filed: Vec<&'a Filed>,
    /// Complaints that came before the appeal.
    before: Vec<&'a Filed>,
}

impl<'a> Subject<'a> {
    fn of(docket: &'a Docket) -> Self {
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
        let brought =
            |filed: &&'_ Filed| filed.brought().cloned().map(|one| (one, filed.from.clone()));
        let mut begun =
            RegisteredCase { case_id: Some(docket.case_id), ..RegisteredCase::default() };
        let (_, dockets_it) = self.pair();
        let each = subject.filed.iter().chain(&subject.before).filter_map(|one| brought(one));
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

    /// Numbers of institutions that have registered nothing here as the institution itself writes
    /// them, and those of third bodies as these gave them.
    fn others(&self, docket: &Docket) -> BTreeSet<Number> {
        let given = || {
            let answers = docket.filed.iter().filter(|one| one.brought().is_some());
            answers.flat_map(|one| &one.answers).filter_map(registered).map(|(_, number)| number)
        };
        let own = docket.filed.iter().filter(|one| one.from.institution == self.institution);
        let written = own.flat_map(|one| &one.claims).filter(|number| {
            number.institution != self.institution
                && !given().any(|known| known.institution == number.institution)
        });
        let pair = [self.institution, self.counterpart];
        let third = given().filter(|number| !pair.contains(&number.institution.as_str()));
        written.chain(third).cloned().collect()
    }

    /// The numbers that an institution gave the case.
    fn numbers(&self, place: usize, docket: &Docket, institution: &str) -> Numbers {
        let subject = Subject::of(docket);
        let mut numbers = Numbers::default();
        let mut first_office = None;
        for (filed, answer, number) in registrations(&subject.filed, institution) {
            let known = numbers.given.iter().map(|(_, _, number, _)| number);
            if known.chain(&numbers.further).any(|known| known.is(number)) {
                continue;
            }
            let office = &answer.by.office;
            let sent_on = filed.from.institution == institution;
            match first_office {
                Some(first) if sent_on && first != office => numbers.further.push(number.clone()),
                _ => {
                    first_office = first_office.or(Some(office));
                    let route = match &answer.step {
                        Step::Registered { route, .. } => *route,
                        _ => IntakeRoute::Unspecified,
                    };
                    numbers.given.push((answer.leaf, answer.at_ms, number.clone(), route));
                }
            }
        }
        for (_, answer, number) in registrations(&subject.before, institution) {
            if numbers.given.is_empty() {
                let route = IntakeRoute::Unspecified;
                numbers.given.push((answer.leaf, answer.at_ms, number.clone(), route));
            } else if !numbers.given.iter().any(|(_, _, known, _)| known.is(number)) {
                numbers.further.push(number.clone());
            }
        }
        if numbers.given.is_empty() {
            let own = docket.filed.iter().filter(|one| one.from.institution == institution);
            let named = own.filter_map(|one| Some((one, own_number(one, institution)?)));
            let named = named.map(|(one, number)| {
                (one.leaf, one.at_ms, number.clone(), IntakeRoute::Unspecified)
            });
            numbers.given.extend(named.take(1));
        }
        self.correct(place, institution, &mut numbers);
        numbers
    }

    /// A second number that was corrected since is taken for the right one; the first is corrected
    /// where it is told.
    fn correct(&self, place: usize, institution: &str, numbers: &mut Numbers) {
        for effect in self.effects().on(place) {
            let Says::Corrected { wrong, right } = &effect.says else { continue };
            let mut second = numbers.given.iter_mut().skip(1);
            if right.institution == institution
                && let Some((_, _, number, _)) = second.find(|(_, _, one, _)| one.is(wrong))
            {
                *number = right.clone();
            }
        }
        let mut seen: Vec<Number> = Vec::new();
        numbers.given.retain(|(_, _, number, _)| {
            let is_new = !seen.iter().any(|known| known.is(number));
            seen.push(number.clone());
            is_new
        });
    }

    /// The number that the case has now.
    fn current(&self, place: usize, numbers: &Numbers, institution: &str) -> Option<Number> {
        let mut current = numbers.given.first().map(|(_, _, number, _)| number.clone());
        for effect in self.effects().on(place) {
            if let Says::Corrected { wrong, right } = &effect.says
                && right.institution == institution
                && current.as_ref().is_none_or(|number| number.is(wrong))
            {
                current = Some(right.clone());
            }
        }
        current
    }

    fn effects(&self) -> &Effects {
        &self.dockets.effects
    }

    /// The way from the side that refers to the side that dockets.
    fn way(&self, place: usize, filed: &[&Filed], begun: &RegisteredCase) -> Story {
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

    /// The supplements that the institution has.
    fn supplements(
        &self,
        docket: &Docket,
        case: &RegisteredCase,
        current: Option<&Number>,
    ) -> Vec<Matter> {
        let key = |filed: &&Filed| match &filed.what {
            What::Supplement { key, .. } => Some(key.clone()),
            _ => None,
        };
        let keys: BTreeSet<SupplementKey> =
            docket.filed.iter().filter_map(|one| key(&one)).collect();
        let each = keys.into_iter().filter_map(|wanted| {
            let filed: Vec<&Filed> =
                docket.filed.iter().filter(|one| key(one).as_ref() == Some(&wanted)).collect();
            self.supplement(docket, &filed, case, current)
        });
        each.collect()
    }

    fn supplement(
        &self,
        docket: &Docket,
        filed: &[&Filed],
        case: &RegisteredCase,
        current: Option<&Number>,
    ) -> Option<Matter> {
        let main: Vec<&Number> = docket
            .filed
            .iter()
            .filter(|one| one.brought().is_some())
            .flat_map(|one| &one.answers)
            .filter_map(registered)
            .map(|(_, number)| number)
            .collect();
        let sent = filed.iter().any(|one| one.from.institution == self.institution);
        let entered = registrations(filed, self.institution).next().is_some();
        if !sent && !entered {
            return None;
        }
        let first = filed.first()?;
        let (to, days) = match &first.what {
            What::Supplement { to, days, .. } => (to, days),
            _ => return None,
        };
        let begun = RegisteredCase {
            case_id: case.case_id,
            nature: Nature::Supplement(None),
            appellant: case.appellant.clone(),
            challenged: case.challenged.clone(),
            days: days.clone(),
            ..RegisteredCase::default()
        };
        let mut story = self.way(0, filed, &begun);
        let pair = [self.institution, self.counterpart];
        for institution in pair {
            for (_, answer, number) in registrations(filed, institution) {
                let at_ms = answer.at_ms;
                // Entered under the number of its appeal: it has none of its own.
                let known = if main.iter().any(|known| known.is(number)) {
                    Known::Acknowledged(at_ms)
                } else {
                    let route = IntakeRoute::Unspecified;
                    Known::Registered { at_ms, number: number.clone(), route }
                };
                story.push((answer.leaf, known));
            }
        }
        if let Some(to) = current.or(to.as_ref()) {
            story.push((first.leaf, Known::Supplement(to.clone())));
        }
        story.sort_by_key(|(leaf, _)| *leaf);
        Some(Matter { begun, known: story.into_iter().map(|(_, known)| known).collect() })
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

/// Registrations by an institution, in the order of the log.
fn registrations<'a>(
    filed: &[&'a Filed],
    institution: &str,
) -> impl Iterator<Item = (&'a Filed, &'a Answer, &'a Number)> {
    let answers = filed.iter().flat_map(|one| one.answers.iter().map(move |answer| (*one, answer)));
    let by = answers.filter(|(_, answer)| answer.by.institution == institution);
    let mut all: Vec<_> = by
        .filter_map(|(one, answer)| {
            registered(answer).map(|(answer, number)| (one, answer, number))
        })
        .collect();
    all.sort_by_key(|(_, answer, _)| answer.leaf);
    all.into_iter()
}

/// The number by which an institution itself names the case in a filing; of a ruling, if it names
/// one only.
fn own_number<'a>(filed: &'a Filed, institution: &str) -> Option<&'a Number> {
    let own = |number: &&Number| number.institution == institution;
    let ruled = match &filed.what {
        What::Ruled { numbers, .. } if numbers.len() == 1 => numbers.first().filter(own),
        _ => None,
    };
    filed.claims.iter().find(own).or(ruled)
}
