//! Results on their way to becoming final: the dossier, the decision on it, the announcement.

use std::collections::BTreeMap;

use super::combine::{Basis, Read, combine, input};
use super::standing::shown;
use super::{Act, Law, same_act};
use crate::rules::{RatificationPart, RatificationRule, Rule};
use crate::text::fold;
use crate::v1::AssessmentFinding::{self, InOrder, OutOfOrder, Undecided};
use crate::v1::filing_content::Content;
use crate::v1::{
    Assessment, ClosingCertificate, RatificationDecision, RatificationRequest, RatificationScope,
    ResultsAnnounced,
};

type Reading = (AssessmentFinding, &'static str);

/// What a rule about ratification says about a filing.
pub(super) fn assess(
    law: &Law<'_>,
    rule: &Rule,
    ratification: &RatificationRule,
    subject: &Act,
) -> Option<Assessment> {
    let mut basis = Basis::default();
    let looks = |part| ratification.parts.contains(&part);
    let reading = match subject.content.as_ref()? {
        Content::RatificationRequest(request) if looks(RatificationPart::Dossier) => {
            basis.about = "ratification-dossier";
            dossier(law, subject, request, &mut basis)
        }
        Content::RatificationDecision(decision) if looks(RatificationPart::Decision) => {
            basis.about = "ratification";
            decided(law, subject, decision, &mut basis)
        }
        Content::ResultsAnnounced(announced) if looks(RatificationPart::Announcement) => {
            basis.about = "announcement";
            announced_after(law, subject, announced, &mut basis)
        }
        _ => return None,
    };
    let election = law.rules.event(law.event).map(|event| event.election.as_str());
    if let Some(election) = election {
        basis.inputs.push(input("election", election));
    }
    let mut reads = Vec::new();
    for settings in law.rules.readings(rule) {
        let ratifier = election.and_then(|election| ratification.ratifier.get(election));
        if let Some(role) = ratifier.and_then(|choice| choice.text_under(&settings)) {
            basis.inputs.push(input("ratifier", role));
        }
        reads.push(Read::new(settings, reading));
    }
    Some(combine(law, rule, subject, basis, reads))
}

/// Whether a dossier is complete. Everything that is missing is among the inputs; the conclusion is
/// the first of it.
fn dossier(
    law: &Law<'_>,
    subject: &Act,
    request: &RatificationRequest,
    basis: &mut Basis,
) -> Reading {
    let wrong = [
        seats(law, request, basis),
        candidates(request, basis),
        closing(law, subject, request, basis),
        adopted(law, subject, request, basis),
    ];
    let suits: Vec<&str> = request.pending_suits.iter().map(|suit| suit.literal.as_str()).collect();
    basis.inputs.push(input("pending-suits", suits.len()));
    basis.inputs.extend(suits.iter().map(|suit| input("pending-suit", suit)));
    let worst = |finding| wrong.iter().flatten().find(|(found, _)| *found == finding).copied();
    worst(OutOfOrder).or_else(|| worst(Undecided)).unwrap_or((InOrder, "dossier-complete"))
}

/// Each seat of the election once.
fn seats(law: &Law<'_>, request: &RatificationRequest, basis: &mut Basis) -> Option<Reading> {
    let mut winners: BTreeMap<u32, u32> = BTreeMap::new();
    for winner in &request.winners {
        *winners.entry(winner.seat).or_default() += 1;
    }
    let wanted = law.rules.event(law.event).map_or(0, |event| event.seats);
    basis.inputs.push(input("winners", request.winners.len()));
    basis.inputs.push(input("seats", wanted));
    let twice: Vec<u32> =
        winners.iter().filter(|(_, count)| **count > 1).map(|(seat, _)| *seat).collect();
    let absent: Vec<u32> = (1..=wanted).filter(|seat| !winners.contains_key(seat)).collect();
    let beyond: Vec<u32> =
        winners.keys().copied().filter(|seat| wanted > 0 && *seat > wanted).collect();
    for (name, seats) in
        [("seat-twice", &twice), ("seat-missing", &absent), ("seat-beyond", &beyond)]
    {
        if !seats.is_empty() {
            basis.inputs.push(input(name, spans(seats)));
        }
    }
    if !twice.is_empty() {
        Some((OutOfOrder, "seat-twice"))
    } else if wanted == 0 {
        Some((Undecided, "seats-unknown"))
    } else if !absent.is_empty() {
        Some((OutOfOrder, "seats-missing"))
    } else if !beyond.is_empty() {
        Some((OutOfOrder, "seats-beyond"))
    } else {
        None
    }
}

/// Ascending numbers, runs as spans: `3, 7-9`.
fn spans(numbers: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => runs.push((*number, *number)),
        }
    }
    let shown =
        runs.iter().map(
            |(first, last)| {
                if first == last { first.to_string() } else { format!("{first}-{last}") }
            },
        );
    shown.collect::<Vec<_>>().join(", ")
}

/// No candidate on two seats.
fn candidates(request: &RatificationRequest, basis: &mut Basis) -> Option<Reading> {
    let mut known: BTreeMap<String, u32> = BTreeMap::new();
    for winner in request.winners.iter().filter(|winner| !winner.candidate_id.is_empty()) {
        *known.entry(fold(&winner.candidate_id)).or_default() += 1;
    }
    let twice: Vec<_> = known.iter().filter(|(_, count)| **count > 1).collect();
    basis.inputs.extend(twice.iter().map(|(id, _)| input("candidate-twice", id)));
    (!twice.is_empty()).then_some((OutOfOrder, "candidate-twice"))
}

/// The certificate that no appeal is open: named, in the log, and adding up.
fn closing(
    law: &Law<'_>,
    subject: &Act,
    request: &RatificationRequest,
    basis: &mut Basis,
) -> Option<Reading> {
    let Some(named) = &request.closing_certificate else {
        return Some((OutOfOrder, "closing-certificate-missing"));
    };
    basis.inputs.push(input("closing-certificate", shown(named)));
    let found = law.acts.for_subject(subject).find_map(|act| match &act.content {
        Some(Content::ClosingCertificate(closing))
            if act.own().is_some_and(|own| same_act(own, named)) =>
        {
            Some((act, closing))
        }
        _ => None,
    });
    let Some((act, closing)) = found else {
        return Some((Undecided, "closing-certificate-unknown"));
    };
    basis.leaves.push(act.leaf);
    let counted: u64 = closing.outcomes.iter().map(|outcome| u64::from(outcome.count)).sum();
    let listed = closing.docket_numbers.len();
    basis.inputs.push(input("docketed", closing.docketed));
    basis.inputs.push(input("outcomes-counted", counted));
    basis.inputs.push(input("docket-numbers", listed));
    if !adds_up(closing, counted, listed) {
        return Some((OutOfOrder, "closing-certificate-differs"));
    }
    (!closing.none_pending).then_some((OutOfOrder, "appeals-pending"))
}

/// A certificate need not list the numbers; if it does, it lists all.
fn adds_up(closing: &ClosingCertificate, counted: u64, listed: usize) -> bool {
    let docketed = u64::from(closing.docketed);
    counted == docketed
        && (listed == 0 || u64::try_from(listed).is_ok_and(|listed| listed == docketed))
}

/// Results adopted before, for as many seats.
fn adopted(
    law: &Law<'_>,
    subject: &Act,
    request: &RatificationRequest,
    basis: &mut Basis,
) -> Option<Reading> {
    let found = law.acts.for_subject(subject).filter_map(|act| match &act.content {
        Some(Content::ResultsAdopted(results)) if act.institution() == subject.institution() => {
            Some((act, results))
        }
        _ => None,
    });
    let Some((act, results)) = found.max_by_key(|(act, _)| act.leaf) else {
        return Some((OutOfOrder, "results-not-adopted"));
    };
    basis.leaves.push(act.leaf);
    let seats: u64 = results.constituencies.iter().map(|one| u64::from(one.seats)).sum();
    if results.constituencies.is_empty() {
        return None;
    }
    basis.inputs.push(input("seats-adopted", seats));
    let winners = u64::try_from(request.winners.len()).unwrap_or(u64::MAX);
    (seats != winners).then_some((OutOfOrder, "seats-differ"))
}

/// Whether a decision on ratification answers a request, and excepts only seats that it names.
fn decided(
    law: &Law<'_>,
    subject: &Act,
    decision: &RatificationDecision,
    basis: &mut Basis,
) -> Reading {
    let answered = subject.body.in_reply_to.as_ref();
    let requests = law.acts.for_subject(subject).filter_map(|act| match &act.content {
        Some(Content::RatificationRequest(request)) => Some((act, request)),
        _ => None,
    });
    let named = |act: &Act| answered.is_none_or(|answered| answered.digest == act.digest);
    let Some((act, request)) =
        requests.filter(|(act, _)| named(act)).max_by_key(|(act, _)| act.leaf)
    else {
        return (Undecided, "request-unknown");
    };
    basis.leaves.push(act.leaf);
    let asked: Vec<&str> = act.body.recipients.iter().map(|to| to.institution.as_str()).collect();
    basis.inputs.push(input("asked-by", act.institution()));
    basis.inputs.push(input("asked", asked.join(", ")));
    basis.inputs.push(input("decided-by", subject.institution()));
    if !asked.contains(&subject.institution()) {
        return (OutOfOrder, "not-the-one-asked");
    }
    let told = subject.body.recipients.iter().any(|to| to.institution == act.institution());
    if !told {
        return (OutOfOrder, "not-sent-to-who-asked");
    }
    let known = |seat: &u32| request.winners.iter().any(|winner| winner.seat == *seat);
    let odd: Vec<u32> = decision.excepted_seats.iter().copied().filter(|one| !known(one)).collect();
    basis.inputs.push(input("scope", decision.scope().as_str_name()));
    if !decision.excepted_seats.is_empty() {
        let mut seats = decision.excepted_seats.clone();
        seats.sort_unstable();
        basis.inputs.push(input("excepted-seats", spans(&seats)));
    }
    if !odd.is_empty() {
        basis.inputs.push(input("not-in-dossier", spans(&odd)));
        return (OutOfOrder, "seats-not-in-dossier");
    }
    match decision.scope() {
        RatificationScope::Unspecified => (Undecided, "scope-unknown"),
        RatificationScope::All => (InOrder, "ratified"),
        RatificationScope::Except => (InOrder, "ratified-in-part"),
        RatificationScope::None => (InOrder, "ratification-refused"),
    }
}

/// Whether results are announced behind the ratification that allows it.
fn announced_after(
    law: &Law<'_>,
    subject: &Act,
    announced: &ResultsAnnounced,
    basis: &mut Basis,
) -> Reading {
    let Some(named) = &announced.ratification else { return (OutOfOrder, "before-ratification") };
    basis.inputs.push(input("ratification", shown(named)));
    let found = law.acts.for_subject(subject).find_map(|act| match &act.content {
        Some(Content::RatificationDecision(decision))
            if act.leaf < subject.leaf && act.own().is_some_and(|own| same_act(own, named)) =>
        {
            Some((act, decision))
        }
        _ => None,
    });
    let Some((act, decision)) = found else { return (OutOfOrder, "before-ratification") };
    basis.leaves.push(act.leaf);
    basis.inputs.push(input("scope", decision.scope().as_str_name()));
    match decision.scope() {
        RatificationScope::All => (InOrder, "after-ratification"),
        RatificationScope::Except => {
            let mut seats = decision.excepted_seats.clone();
            seats.sort_unstable();
            basis.inputs.push(input("excepted-seats", spans(&seats)));
            (InOrder, "after-partial-ratification")
        }
        RatificationScope::None | RatificationScope::Unspecified => (OutOfOrder, "not-ratified"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{act, conclusions, from, one, reference, rules, value};
    use super::*;
    use crate::v1::{
        Address, ConstituencyResult, DocketNumber, EnvelopeReference, OutcomeCount, ResultsAdopted,
        Winner,
    };

    const DOSSIER: &str = "[rule.ratification]\nparts = [\"dossier\"]\n\
                           ratifier = { assembly = \"constitutional-court\" }";
    const DECISION: &str = "[rule.ratification]\nparts = [\"decision\"]";
    const ANNOUNCEMENT: &str = "[rule.ratification]\nparts = [\"announcement\"]";

    fn to(institution: &str) -> Vec<Address> {
        vec![Address { institution: institution.to_owned(), ..Address::default() }]
    }

    fn winners(seats: &[u32]) -> Vec<Winner> {
        let winner = |seat: &u32| Winner {
            seat: *seat,
            candidate_id: format!("c{seat}"),
            ..Winner::default()
        };
        seats.iter().map(winner).collect()
    }

    fn request(winners: Vec<Winner>) -> Act {
        let mut subject = act(
            20,
            Content::RatificationRequest(RatificationRequest {
                letter: reference("79", 20),
                winners,
                closing_certificate: reference("9", 18),
                pending_suits: Vec::new(),
                appeals: None,
            }),
        );
        subject.body.recipients = to("court");
        subject
    }

    fn closing(counted: u32, none_pending: bool) -> Act {
        from(
            "panel",
            "",
            10,
            Content::ClosingCertificate(ClosingCertificate {
                certificate: reference("9", 18),
                docketed: 853,
                outcomes: vec![OutcomeCount { outcome: 3, count: counted }],
                docket_numbers: Vec::new(),
                none_pending,
            }),
        )
    }

    fn adopted(seats: u32) -> Act {
        let one = ConstituencyResult { seats, ..ConstituencyResult::default() };
        act(
            11,
            Content::ResultsAdopted(ResultsAdopted {
                decision: reference("300", 19),
                constituencies: vec![one],
                ..ResultsAdopted::default()
            }),
        )
    }

    fn all() -> Vec<Act> {
        vec![closing(853, true), adopted(4)]
    }

    #[test]
    fn a_dossier_has_each_seat_once_and_what_has_to_lie_before_it() {
        // Rule: IQ-L11-2007 ratification
        let rules = rules(&[], &[DOSSIER]);
        let found = one(&rules, all(), vec![], &request(winners(&[1, 2, 3, 4])));
        assert_eq!((found.finding(), conclusions(&found)), (InOrder, vec!["dossier-complete"]));
        assert_eq!(found.leaves, [10, 11]);
        assert_eq!(value(&found, "ratifier"), Some("constitutional-court"));
        assert_eq!(value(&found, "pending-suits"), Some("0"));
    }

    #[test]
    fn what_is_wrong_with_a_dossier_is_said() {
        // Rule: IQ-L11-2007 ratification
        let rules = rules(&[], &[DOSSIER]);
        let full = || winners(&[1, 2, 3, 4]);
        let mut same = full();
        same[3].candidate_id = "C1".to_owned();
        let mut unnamed = request(full());
        if let Some(Content::RatificationRequest(request)) = &mut unnamed.content {
            request.closing_certificate = None;
        }
        let cases = [
            (request(winners(&[1, 4])), vec![closing(853, true), adopted(2)], "seats-missing"),
            (request(winners(&[1, 2, 2, 3])), all(), "seat-twice"),
            (request(winners(&[1, 2, 3, 4, 5])), all(), "seats-beyond"),
            (request(same), all(), "candidate-twice"),
            (unnamed, all(), "closing-certificate-missing"),
            (request(full()), vec![adopted(4)], "closing-certificate-unknown"),
            (request(full()), vec![closing(852, true), adopted(4)], "closing-certificate-differs"),
            (request(full()), vec![closing(853, false), adopted(4)], "appeals-pending"),
            (request(full()), vec![closing(853, true)], "results-not-adopted"),
            (request(full()), vec![closing(853, true), adopted(5)], "seats-differ"),
        ];
        for (subject, case, why) in cases {
            let found = one(&rules, case, vec![], &subject);
            assert_eq!(conclusions(&found), [why]);
            assert_ne!(found.finding(), InOrder, "{why}");
        }
        let gap = one(&rules, all(), vec![], &request(winners(&[1])));
        assert_eq!(value(&gap, "seat-missing"), Some("2-4"));
    }

    #[test]
    fn suits_that_are_pending_are_listed() {
        // Rule: IQ-L11-2007 ratification
        let rules = rules(&[], &[DOSSIER]);
        let mut subject = request(winners(&[1, 2, 3, 4]));
        if let Some(Content::RatificationRequest(request)) = &mut subject.content {
            let literal = "126/اتحادية/2024".to_owned();
            request.pending_suits = vec![DocketNumber { literal, ..DocketNumber::default() }];
        }
        let found = one(&rules, all(), vec![], &subject);
        assert_eq!(value(&found, "pending-suit"), Some("126/اتحادية/2024"));
        assert_eq!(found.finding(), InOrder);
    }

    fn decision(scope: RatificationScope, excepted_seats: Vec<u32>) -> Act {
        let mut subject = from(
            "court",
            "",
            30,
            Content::RatificationDecision(RatificationDecision {
                decision: reference("235", 24),
                scope: scope.into(),
                excepted_seats,
                ..RatificationDecision::default()
            }),
        );
        subject.body.recipients = to("board");
        subject
    }

    #[test]
    fn a_ratification_comes_from_the_one_asked_and_excepts_seats_of_the_dossier() {
        // Rule: IQ-L11-2007 ratification
        let rules = rules(&[], &[DECISION]);
        let asked = request(winners(&[1, 2, 3, 4]));
        let read = |subject: &Act, case: Vec<Act>| {
            let found = one(&rules, case, vec![], subject);
            (found.finding(), found.readings[0].conclusion.clone())
        };
        let told = |word: &str| word.to_owned();
        let all = decision(RatificationScope::All, vec![]);
        let case = || vec![asked.clone()];
        assert_eq!(read(&all, case()), (InOrder, told("ratified")));
        let part = decision(RatificationScope::Except, vec![4, 2]);
        assert_eq!(read(&part, case()), (InOrder, told("ratified-in-part")));
        let odd = decision(RatificationScope::Except, vec![4, 7]);
        assert_eq!(read(&odd, case()), (OutOfOrder, told("seats-not-in-dossier")));
        assert_eq!(read(&all, vec![]), (Undecided, told("request-unknown")));
        let mut stranger = all.clone();
        stranger.body.sender = to("other").pop();
        assert_eq!(read(&stranger, case()), (OutOfOrder, told("not-the-one-asked")));
        let mut elsewhere = all.clone();
        elsewhere.body.recipients = to("other");
        assert_eq!(read(&elsewhere, case()), (OutOfOrder, told("not-sent-to-who-asked")));
        let mut other = all;
        let digest = vec![9; 32];
        other.body.in_reply_to = Some(EnvelopeReference { digest, leaf_index: 9 });
        assert_eq!(read(&other, case()), (Undecided, told("request-unknown")));
    }

    #[test]
    fn results_are_announced_behind_their_ratification() {
        // Rule: IQ-L11-2007 ratification
        let rules = rules(&[], &[ANNOUNCEMENT]);
        let announced = |leaf, number: &str| {
            act(
                leaf,
                Content::ResultsAnnounced(ResultsAnnounced {
                    act: reference("301", 24),
                    ratification: reference(number, 24),
                    ..ResultsAnnounced::default()
                }),
            )
        };
        let read = |leaf, number: &str, scope, seats| {
            let case = vec![decision(scope, seats)];
            let found = one(&rules, case, vec![], &announced(leaf, number));
            (found.finding(), found.readings[0].conclusion.clone())
        };
        let told = |word: &str| word.to_owned();
        use RatificationScope::{All, Except, None};
        assert_eq!(read(31, "235", All, vec![]), (InOrder, told("after-ratification")));
        let part = (InOrder, told("after-partial-ratification"));
        assert_eq!(read(31, "235", Except, vec![3]), part);
        assert_eq!(read(31, "235", None, vec![]), (OutOfOrder, told("not-ratified")));
        assert_eq!(read(31, "236", All, vec![]), (OutOfOrder, told("before-ratification")));
        assert_eq!(read(29, "235", All, vec![]), (OutOfOrder, told("before-ratification")));
    }
}
