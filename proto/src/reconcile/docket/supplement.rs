//! The supplements on a docket, as one side has them.

use std::collections::BTreeSet;

use super::super::Known;
use super::super::case::{Nature, Number, RegisteredCase};
use super::Docket;
use super::across::registered;
use super::facts::{Filed, SupplementKey, What};
use super::numbers::registrations;
use super::side::{Matter, View};
use crate::v1::IntakeRoute;

impl View<'_> {
    /// The supplements that the institution has.
    pub(super) fn supplements(
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
