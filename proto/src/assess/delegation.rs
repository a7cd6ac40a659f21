//! Decisions by offices: whether a delegation covers them, and whether they can be called in.

use jiff::civil::Date;

use super::calendar::day;
use super::combine::{Basis, Read, combine, input};
use super::{Act, Law, same_act, same_number, sitting};
use crate::period::{Calendar, day_of};
use crate::rules::{DelegationRule, Rule};
use crate::v1::AssessmentFinding::{self, Contested, InOrder, OutOfOrder, Undecided};
use crate::v1::filing_content::Content;
use crate::v1::{
    ActReference, Assessment, CallIn, Colour, DelegatedDecision, DelegationGranted, DelegationMode,
};
use crate::word::Word as _;

type Reading = (AssessmentFinding, &'static str);

/// What a rule about delegation says about a decision by an office, or about its being called in.
pub(super) fn assess(
    law: &Law<'_>,
    rule: &Rule,
    delegation: &DelegationRule,
    subject: &Act,
) -> Option<Assessment> {
    let (basis, reads) = match subject.content.as_ref()? {
        Content::DelegatedDecision(decision) => decided(law, rule, delegation, subject, decision)?,
        Content::CallIn(call) => {
            let (basis, reading) = called_in(law, call);
            let all = law.rules.readings(rule).into_iter();
            (basis, all.map(|settings| Read::new(settings, reading)).collect())
        }
        _ => return None,
    };
    Some(combine(law, rule, subject, basis, reads))
}

fn decided(
    law: &Law<'_>,
    rule: &Rule,
    delegation: &DelegationRule,
    subject: &Act,
    decision: &DelegatedDecision,
) -> Option<(Basis, Vec<Read>)> {
    let mut basis = Basis { about: "delegation", ..Basis::default() };
    basis.inputs.push(input("mode", decision.mode().word()));
    let recommends = decision.mode() == DelegationMode::Recommend;
    let covered = match recommends {
        true => (InOrder, "recommendation"),
        false => covered(law, subject, decision, &mut basis),
    };
    let mut reads = Vec::new();
    for settings in law.rules.readings(rule) {
        let read = match delegation.mode.under(&settings)? {
            DelegationMode::Recommend if !recommends => (OutOfOrder, "recommendation-only"),
            _ => covered,
        };
        reads.push(Read::new(settings, read));
    }
    Some((basis, reads))
}

/// Whether the delegation that a decision names covers it.
fn covered(
    law: &Law<'_>,
    subject: &Act,
    decision: &DelegatedDecision,
    basis: &mut Basis,
) -> Reading {
    let granted = decision.delegation.as_ref().and_then(|named| grant(law, subject, named));
    let Some((act, granted)) = granted else { return (Undecided, "delegation-unknown") };
    basis.leaves.push(act.leaf);
    let on = decision.decided_on.and_then(day).or_else(|| local_day(law, subject));
    let office = subject.body.sender.clone().unwrap_or_default();
    let (from, until) = (granted.valid_from.and_then(day), granted.valid_until.and_then(day));
    let shown = |day: Option<Date>| day.map_or_else(|| "open".to_owned(), |day| day.to_string());
    basis.inputs.push(input("valid", format!("{} to {}", shown(from), shown(until))));
    basis.inputs.push(input("decided-on", shown(on)));
    basis.inputs.push(input("office", format!("{}/{}", office.institution, office.office)));
    let Some(on) = on else { return (Undecided, "day-unknown") };
    if from.is_some_and(|from| on < from) {
        return (OutOfOrder, "not-yet-valid");
    }
    if until.is_some_and(|until| until < on) {
        return (OutOfOrder, "expired");
    }
    if !granted.delegates.contains(&office) {
        return (OutOfOrder, "office-not-delegated");
    }
    colour(law, granted, basis).unwrap_or_else(|| voted(law, act, basis))
}

/// What the colour of the case says against it; `None`: nothing.
fn colour(law: &Law<'_>, granted: &DelegationGranted, basis: &mut Basis) -> Option<Reading> {
    let colours: Vec<Colour> = granted.colours().collect();
    if colours.is_empty() {
        return None;
    }
    let words: Vec<&str> = colours.iter().map(|colour| colour.word()).collect();
    basis.inputs.push(input("colours", words.join(", ")));
    let classified = law.acts.case.iter().rev().find_map(|act| match &act.content {
        Some(Content::ComplaintClassified(classified)) => Some((act, classified.colour())),
        _ => None,
    });
    let Some((act, colour)) = classified else { return Some((Undecided, "colour-unknown")) };
    basis.leaves.push(act.leaf);
    basis.inputs.push(input("colour", colour.word()));
    (!colours.contains(&colour)).then_some((OutOfOrder, "colour-not-covered"))
}

/// Whether the delegation itself came about: by the rules about sittings, on what the log has of
/// the decision that grants it.
fn voted(law: &Law<'_>, granted: &Act, basis: &mut Basis) -> Reading {
    let decision = law.acts.for_subject(granted).find(|act| {
        let same = |own| granted.own().is_some_and(|reference| same_act(own, reference));
        matches!(act.content, Some(Content::CouncilDecision(_)))
            && act.institution() == granted.institution()
            && act.own().is_some_and(same)
    });
    let voted = decision.unwrap_or(granted);
    basis.leaves.push(voted.leaf);
    let mut reading = (InOrder, "covered");
    for assessment in sitting::carried(law, voted) {
        basis.leaves.extend(&assessment.leaves);
        let first = assessment.readings.first();
        let conclusion = first.map_or("", |reading| reading.conclusion.as_str());
        basis.inputs.push(input(&format!("grant {}", assessment.subject), conclusion));
        reading = match (assessment.finding(), reading.0) {
            (OutOfOrder, _) => (OutOfOrder, "grant-not-passed"),
            (Contested | Undecided, InOrder) => (Undecided, "grant-in-doubt"),
            _ => reading,
        };
    }
    reading
}

/// The delegation that a reference means, by the subject's own institution.
fn grant<'a>(
    law: &Law<'a>,
    subject: &'a Act,
    named: &ActReference,
) -> Option<(&'a Act, &'a DelegationGranted)> {
    let mut fitting = law.acts.for_subject(subject).filter_map(|act| match &act.content {
        Some(Content::DelegationGranted(granted)) => Some((act, granted)),
        _ => None,
    });
    fitting.find(|(act, granted)| {
        let own = granted.decision.as_ref();
        act.institution() == subject.institution() && own.is_some_and(|own| same_act(own, named))
    })
}

/// Whether there is something to call in and a right to do so. Whether it was in time is a period,
/// of the hours that the instrument gives.
fn called_in(law: &Law<'_>, call: &CallIn) -> (Basis, Reading) {
    let mut basis = Basis { about: "call-in", ..Basis::default() };
    let decision = law.acts.case.iter().rev().find_map(|act| match &act.content {
        Some(Content::DelegatedDecision(decision))
            if same_number(&decision.number, &call.delegated_decision) =>
        {
            Some((act, decision))
        }
        _ => None,
    });
    let Some((act, decision)) = decision else { return (basis, (Undecided, "decision-unknown")) };
    basis.leaves.push(act.leaf);
    let granted = decision.delegation.as_ref().and_then(|named| grant(law, act, named));
    let Some((instrument, granted)) = granted else {
        return (basis, (Undecided, "delegation-unknown"));
    };
    basis.leaves.push(instrument.leaf);
    basis.inputs.push(input("hours", granted.call_in_hours));
    let reading = match (call.called_in, granted.call_in_hours) {
        (false, _) => (InOrder, "not-called-in"),
        (true, 0) => (OutOfOrder, "no-call-in-right"),
        (true, _) => (InOrder, "called-in"),
    };
    (basis, reading)
}

fn local_day(law: &Law<'_>, act: &Act) -> Option<Date> {
    let calendar = Calendar::new(&law.rules.calendar.zone, Vec::new()).ok()?;
    day_of(act.stamped_ms(), calendar.zone())
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{
        BODY, act, assessed, conclusions, from, november, one, reference, rules, value, words,
    };
    use super::*;
    use crate::v1::{Address, ComplaintClassified, Vote};

    const RULE: &str = "[rule.delegation]\nmode = \"?A7\"";
    const A7: (&str, &str, &str) = ("A7", "decide", "recommend");
    const MAJORITY: &str = "[rule.sitting]\npart = \"majority\"";

    fn granted(in_favour: u32) -> Act {
        let office =
            |office: &str| Address { institution: BODY.to_owned(), office: office.to_owned() };
        act(
            1,
            Content::DelegationGranted(DelegationGranted {
                decision: reference("71", 3),
                delegates: vec![office("north"), office("south")],
                colours: vec![Colour::Green.into()],
                scope: words("conduct on polling day"),
                limits: words("no effect on votes"),
                valid_from: november(9),
                valid_until: november(30),
                call_in_hours: 48,
                vote: Some(Vote { present: 8, in_favour, abstentions: 1, ..Vote::default() }),
            }),
        )
    }

    fn classified(leaf: u64, colour: Colour) -> Act {
        act(
            leaf,
            Content::ComplaintClassified(ComplaintClassified {
                colour: colour.into(),
                ..ComplaintClassified::default()
            }),
        )
    }

    fn decision(office: &str, day: i32) -> Act {
        from(
            BODY,
            office,
            9,
            Content::DelegatedDecision(DelegatedDecision {
                delegation: reference("71", 3),
                number: "NIN-DD-2025-0019".to_owned(),
                decided_on: november(day),
                mode: DelegationMode::Decide.into(),
                ..DelegatedDecision::default()
            }),
        )
    }

    fn read(subject: &Act, colour: Colour, general: Vec<Act>) -> Vec<String> {
        let rules = rules(&[A7], &[RULE, MAJORITY]);
        let found = assessed(&rules, vec![classified(3, colour)], general, subject);
        conclusions(&found[0]).into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn a_live_delegation_covers_office_day_and_colour() {
        // Rule: IQ-L11-2007 delegated-decisions
        let rules = rules(&[A7], &[RULE, MAJORITY]);
        let case = vec![classified(3, Colour::Red), classified(4, Colour::Green)];
        let found = one(&rules, case, vec![granted(7)], &decision("north", 17));
        assert_eq!(found.finding(), Contested);
        assert_eq!(conclusions(&found), ["covered", "recommendation-only"]);
        assert_eq!(found.leaves, [1, 4], "the newest colour counts");
        assert_eq!(value(&found, "valid"), Some("2025-11-09 to 2025-11-30"));
        assert_eq!(value(&found, "grant majority"), Some("passed"));
    }

    #[test]
    fn what_a_delegation_does_not_cover_is_said() {
        // Rule: IQ-L11-2007 delegated-decisions
        let yes = vec![granted(7)];
        for (subject, colour, general, why) in [
            (decision("north", 8), Colour::Green, yes.clone(), "not-yet-valid"),
            (decision("north", 30), Colour::Green, yes.clone(), "covered"),
            (decision("north", 31 - 30), Colour::Green, yes.clone(), "not-yet-valid"),
            (decision("east", 17), Colour::Green, yes.clone(), "office-not-delegated"),
            (decision("north", 17), Colour::Red, yes.clone(), "colour-not-covered"),
            (decision("north", 17), Colour::Green, vec![], "delegation-unknown"),
            (decision("north", 17), Colour::Green, vec![granted(4)], "grant-not-passed"),
        ] {
            assert_eq!(read(&subject, colour, general)[0], why);
        }
        let mut late = decision("north", 17);
        if let Some(Content::DelegatedDecision(decision)) = &mut late.content {
            decision.decided_on = super::super::fixture::date(2025, 12, 1);
        }
        assert_eq!(read(&late, Colour::Green, yes)[0], "expired");
    }

    #[test]
    fn another_institution_cannot_delegate() {
        // Rule: IQ-L11-2007 delegated-decisions
        let mut stranger = granted(7);
        stranger.body.sender =
            Some(Address { institution: "other".to_owned(), ..Address::default() });
        let found = read(&decision("north", 17), Colour::Green, vec![stranger]);
        assert_eq!(found[0], "delegation-unknown");
    }

    #[test]
    fn a_recommendation_needs_no_delegation_under_either_reading() {
        // Rule: IQ-L31-2019 recommendations
        let mut subject = decision("north", 17);
        if let Some(Content::DelegatedDecision(decision)) = &mut subject.content {
            decision.mode = DelegationMode::Recommend.into();
            decision.delegation = None;
        }
        assert_eq!(read(&subject, Colour::Green, vec![]), ["recommendation"]);
    }

    #[test]
    fn the_council_calls_in_what_there_is_and_where_the_instrument_lets_it() {
        // Rule: IQ-L11-2007 delegated-decisions
        let rules = rules(&[A7], &[RULE]);
        let call = |called_in| {
            let delegated_decision = "NIN-DD-2025-٠٠١٩".to_owned();
            act(20, Content::CallIn(CallIn { delegated_decision, called_in, reason: None }))
        };
        let mut without = granted(7);
        if let Some(Content::DelegationGranted(granted)) = &mut without.content {
            granted.call_in_hours = 0;
        }
        let read = |case: Vec<Act>, general: Vec<Act>, called_in| {
            let found = one(&rules, case, general, &call(called_in));
            conclusions(&found).join(" ")
        };
        let case = || vec![decision("north", 17)];
        assert_eq!(read(case(), vec![granted(7)], true), "called-in");
        assert_eq!(read(case(), vec![granted(7)], false), "not-called-in");
        assert_eq!(read(case(), vec![without], true), "no-call-in-right");
        assert_eq!(read(case(), vec![], true), "delegation-unknown");
        assert_eq!(read(vec![], vec![granted(7)], true), "decision-unknown");
    }
}
