//! The numbers that an institution gave a case, and those by which it knows others'.

use std::collections::BTreeSet;

use super::super::case::Number;
use super::Docket;
use super::across::{Says, registered};
use super::facts::{Answer, Filed, Step, What};
use super::side::{Subject, View};
use crate::v1::IntakeRoute;

/// The numbers that one institution gave a case.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// The first, and further ones that make further cases: leaf, instant, number, route.
    pub(super) given: Vec<(u64, i64, Number, IntakeRoute)>,
    /// Numbers of the same case at other offices, or of the complaint before the appeal.
    pub(super) further: Vec<Number>,
}

impl View<'_> {
    /// Numbers of institutions that have registered nothing here as the institution itself writes
    /// them, and those of third bodies as these gave them.
    pub(super) fn others(&self, docket: &Docket) -> BTreeSet<Number> {
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
    pub(super) fn numbers(&self, place: usize, docket: &Docket, institution: &str) -> Numbers {
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
    pub(super) fn correct(&self, place: usize, institution: &str, numbers: &mut Numbers) {
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
    pub(super) fn current(
        &self,
        place: usize,
        numbers: &Numbers,
        institution: &str,
    ) -> Option<Number> {
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
}

/// Registrations by an institution, in the order of the log.
pub(super) fn registrations<'a>(
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
