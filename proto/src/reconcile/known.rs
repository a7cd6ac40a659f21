//! What became known of a case in the hub, one thing after the other, as either side's register has
//! it: the hub collects it from deliveries and answers, a client from a case's docket, and both get
//! the same cases.

use super::Side;
use super::case::{Nature, Number, RegisteredCase};
use crate::tlog::Hash;
use crate::v1::{IntakeRoute, Outcome};

/// One thing that became known of a case, in the order of the log. Instants are milliseconds since
/// 1970-01-01T00:00:00Z.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// The side that refers sent it.
    Sent {
        /// When.
        at_ms: i64,
        /// The envelope's digest. `None`: it brings other cases as well.
        envelope: Option<Hash>,
    },
    /// The side that dockets fetched it.
    Fetched(i64),
    /// The side that dockets had not answered when the sender's limit passed.
    Expired(i64),
    /// The side that dockets acknowledged it.
    Acknowledged(i64),
    /// A clerk of either side gave it a number.
    Registered {
        /// When.
        at_ms: i64,
        /// The number.
        number: Number,
        /// How the clerk says that it came.
        route: IntakeRoute,
    },
    /// The institution of this number joined it to the case of this number.
    Joined(Number),
    /// This institution parted it again.
    Parted(String),
    /// It is a supplement to the case of this number.
    Supplement(Number),
    /// The side that dockets sent it back.
    Returned,
    /// An institution corrected its number.
    Corrected {
        /// As it was written.
        wrong: Number,
        /// As it should read.
        right: Number,
    },
    /// It was withdrawn, decided or ruled, or what was is known otherwise.
    Became(Outcome),
}

/// The cases that one side's register has of what became known: more than one when its clerks gave
/// several numbers, which is for people to see and not for a program to merge. `begun` is what is
/// known from the first: appellant, decision, day.
#[must_use]
pub fn collect(
    side: Side,
    institution: &str,
    begun: &RegisteredCase,
    known: &[Known],
) -> Vec<RegisteredCase> {
    let mut first = begun.clone();
    let mut further: Vec<Number> = Vec::new();
    for one in known {
        if let Known::Registered { number, .. } = one
            && number.institution == institution
            && first.number.as_ref().is_some_and(|own| own.key() != number.key())
        {
            further.push(number.clone());
            continue;
        }
        learn(side, institution, &mut first, one);
    }
    let again = further.into_iter().map(|number| RegisteredCase {
        number: Some(number),
        joined_to: None,
        ..first.clone()
    });
    let mut cases: Vec<RegisteredCase> = again.collect();
    cases.insert(0, first);
    cases
}

fn learn(side: Side, institution: &str, case: &mut RegisteredCase, known: &Known) {
    let own = |number: &Number| number.institution == institution;
    let refers = side == Side::Referring;
    match known {
        Known::Sent { at_ms, envelope } => {
            case.digests.extend(envelope);
            // What is sent again is no longer back.
            case.returned = false;
            if refers {
                case.transfer.sent = true;
                first_time(&mut case.transfer.sent_at_ms, *at_ms);
            } else if case.route == IntakeRoute::Unspecified {
                case.route = IntakeRoute::Referred;
            }
        }
        Known::Fetched(at_ms) => first_time(&mut case.transfer.fetched_at_ms, *at_ms),
        Known::Expired(at_ms) => first_time(&mut case.transfer.expired_at_ms, *at_ms),
        Known::Acknowledged(at_ms) => first_time(&mut case.transfer.acknowledged_at_ms, *at_ms),
        Known::Registered { at_ms, number, route } => {
            if own(number) {
                case.number = Some(number.clone());
            } else {
                case.other_numbers.insert(number.clone());
                if refers {
                    first_time(&mut case.transfer.registered_at_ms, *at_ms);
                }
            }
            if *route != IntakeRoute::Unspecified {
                case.route = *route;
            }
        }
        // What the other side joins, this side's register does not know by itself.
        Known::Joined(lead) if own(lead) => case.joined_to = Some(lead.clone()),
        Known::Parted(by) if by == institution => case.joined_to = None,
        Known::Joined(_) | Known::Parted(_) => {}
        Known::Supplement(to) => {
            case.nature = Nature::Supplement(own(to).then(|| to.clone()));
        }
        Known::Returned => case.returned = true,
        Known::Corrected { wrong, right } => {
            if own(wrong) {
                case.corrected.insert(wrong.clone());
                case.number = Some(right.clone());
            } else if case.other_numbers.iter().any(|number| number.key() == wrong.key()) {
                case.other_numbers.retain(|number| number.key() != wrong.key());
                case.other_numbers.insert(right.clone());
            }
        }
        Known::Became(outcome) => case.outcome = *outcome,
    }
}

/// The first instant counts; a thing fetched twice was there when it was fetched first.
fn first_time(kept: &mut i64, at_ms: i64) {
    if *kept == 0 {
        *kept = at_ms;
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Comparison, Register, reconcile};
    use super::*;
    use crate::v1::ExceptionKind;

    fn number(institution: &str, normal: &str) -> Number {
        let (normal, literal) = (normal.to_owned(), normal.to_owned());
        Number { institution: institution.into(), normal, literal }
    }

    fn registered(institution: &str, normal: &str) -> Known {
        let number = number(institution, normal);
        Known::Registered { at_ms: 9, number, route: IntakeRoute::Unspecified }
    }

    /// Both sides' registers out of one docket, and what their comparison tells.
    fn told(known: &[Known]) -> Vec<ExceptionKind> {
        let begun = RegisteredCase::default();
        let register = |side, institution| {
            let cases = collect(side, institution, &begun, known);
            // Who has given no number and was sent nothing has no such case.
            let has = |case: &RegisteredCase| side == Side::Referring || case.number.is_some();
            Register::new(institution, cases.into_iter().filter(has).collect()).unwrap()
        };
        let (ours, theirs) = (register(Side::Referring, "ihec"), register(Side::Docketing, "ejp"));
        let found = reconcile(&Comparison::of(&ours, &theirs));
        assert!(found.balance.holds());
        found.exceptions.iter().map(|one| one.kind).collect()
    }

    #[test]
    fn a_docket_gives_both_registers() {
        let sent = Known::Sent { at_ms: 1, envelope: Some([1; 32]) };
        let way = [registered("ihec", "a/1"), sent.clone()];
        let with = |more: &[Known]| told(&[&way[..], more].concat());
        assert_eq!(with(&[]), [ExceptionKind::LostInTransfer]);
        assert_eq!(with(&[Known::Fetched(2)]), [ExceptionKind::NotYetRegistered]);
        let registration = registered("ejp", "612/2025");
        assert_eq!(with(std::slice::from_ref(&registration)), []);
        let twice = [registration.clone(), registered("ejp", "613/2025")];
        assert_eq!(with(&twice), [ExceptionKind::RegisteredTwice]);
        let joined = [registration.clone(), Known::Joined(number("ejp", "600/2025"))];
        assert_eq!(with(&joined), [ExceptionKind::JoinedOnOneSide]);
        let parted = [&joined[..], &[Known::Parted("ejp".into())]].concat();
        assert_eq!(with(&parted), []);
        let (wrong, right) = (number("ejp", "612/2025"), number("ejp", "621/2025"));
        let corrected = [registration.clone(), Known::Corrected { wrong, right }];
        assert_eq!(with(&corrected), []);
        let back = [registration, Known::Returned, sent, Known::Became(Outcome::Rejected)];
        assert_eq!(with(&back), []);
    }

    #[test]
    fn each_side_knows_what_it_can_know() {
        let known = [
            registered("ihec", "a/1"),
            Known::Sent { at_ms: 5, envelope: None },
            Known::Fetched(6),
            Known::Fetched(8),
            registered("ejp", "612/2025"),
            Known::Supplement(number("ejp", "600/2025")),
        ];
        let of = |side, institution| {
            let mut cases = collect(side, institution, &RegisteredCase::default(), &known);
            cases.pop().unwrap()
        };
        let (ours, theirs) = (of(Side::Referring, "ihec"), of(Side::Docketing, "ejp"));
        assert!(ours.transfer.sent && ours.transfer.sent_at_ms == 5);
        assert_eq!((ours.transfer.fetched_at_ms, ours.transfer.registered_at_ms), (6, 9));
        assert_eq!(ours.number, Some(number("ihec", "a/1")));
        assert_eq!(ours.other_numbers, [number("ejp", "612/2025")].into());
        assert_eq!(ours.nature, Nature::Supplement(None), "the panel's number is not its own");
        assert_eq!(theirs.number, Some(number("ejp", "612/2025")));
        assert_eq!(theirs.route, IntakeRoute::Referred);
        assert_eq!(theirs.nature, Nature::Supplement(Some(number("ejp", "600/2025"))));
        assert_eq!(theirs.transfer.registered_at_ms, 0);
    }
}
