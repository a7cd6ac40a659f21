//! Who files, what is challenged, and where: whether the law knows such an appeal.

use super::combine::{Basis, Read, combine, input};
use super::{Act, Law, same_act, same_number};
use crate::kind::filing_kind_name;
use crate::rules::{DelegatedReview, FinalityRule, Rule, RulingFinality, StandingRule};
use crate::v1::AssessmentFinding::{self, InOrder, OutOfOrder, Undecided};
use crate::v1::filing_content::Content;
use crate::v1::{ActReference, Assessment, Capacity};
use crate::word::Word as _;

/// What a rule about standing says about a filing.
pub(super) fn standing(
    law: &Law<'_>,
    rule: &Rule,
    standing: &StandingRule,
    subject: &Act,
) -> Option<Assessment> {
    if !standing.of.contains(&subject.kind()) {
        return None;
    }
    let person = match subject.content.as_ref()? {
        Content::AppealFiled(appeal) => appeal.appellant.as_ref()?,
        Content::ComplaintRegistered(complaint) => complaint.complainant.as_ref()?,
        _ => return None,
    };
    let mut basis = Basis { about: "standing", ..Basis::default() };
    let capacity = person.capacity();
    let word = if capacity == Capacity::Unspecified { "not given" } else { capacity.word() };
    basis.inputs.push(input("capacity", word));
    if !person.entity_number.is_empty() {
        basis.inputs.push(input("entity", &person.entity_number));
    }
    let mut reads = Vec::new();
    for settings in law.rules.readings(rule) {
        let who = standing.who.text_under(&settings)?;
        let may = standing.capacities.get(who)?;
        let words: Vec<&str> = may.iter().map(|capacity| capacity.word()).collect();
        basis.inputs.push(input(&format!("may file ({who})"), words.join(", ")));
        let read = match capacity {
            Capacity::Unspecified => (Undecided, "capacity-unknown"),
            capacity if may.contains(&capacity) => (InOrder, "capacity-fits"),
            _ => (OutOfOrder, "capacity-doubtful"),
        };
        reads.push(Read::new(settings, read));
    }
    Some(combine(law, rule, subject, basis, reads))
}

/// What a rule about finality says about an appeal.
pub(super) fn finality(
    law: &Law<'_>,
    rule: &Rule,
    finality: &FinalityRule,
    subject: &Act,
) -> Option<Assessment> {
    if !finality.of.contains(&subject.kind()) {
        return None;
    }
    let challenged = subject.about()?;
    let mut basis = Basis { about: "finality", ..Basis::default() };
    basis.inputs.push(input("challenged", shown(challenged)));
    let act = found(law, subject, challenged);
    if let Some(act) = act {
        basis.leaves.push(act.leaf);
        basis.inputs.push(input("found", filing_kind_name(act.kind())));
    }
    let settled = act.is_some_and(|act| settled(law, act, &mut basis));
    let astray = astray(finality, subject, challenged, &mut basis);
    let mut reads = Vec::new();
    for settings in law.rules.readings(rule) {
        let rulings = finality.rulings.under(&settings)?;
        let review = finality.delegated.under(&settings)?;
        let read = match act {
            _ if astray => (OutOfOrder, "misdirected"),
            None => (Undecided, "decision-unknown"),
            Some(act) => read(act, rulings, review, settled),
        };
        reads.push(Read::new(settings, read));
    }
    Some(combine(law, rule, subject, basis, reads))
}

/// Whether a challenged act can be challenged.
fn read(
    act: &Act,
    rulings: RulingFinality,
    review: DelegatedReview,
    settled: bool,
) -> (AssessmentFinding, &'static str) {
    match &act.content {
        Some(Content::CouncilDecision(decision)) if decision.r#final => (InOrder, "final-decision"),
        Some(Content::CouncilDecision(_)) => (OutOfOrder, "not-final"),
        Some(Content::DelegatedDecision(_)) => match (review, settled) {
            (DelegatedReview::CouncilFirst, _) => (OutOfOrder, "not-of-the-council"),
            (DelegatedReview::PanelDirectly, true) => (InOrder, "final-decision"),
            (DelegatedReview::PanelDirectly, false) => (OutOfOrder, "not-final"),
        },
        Some(Content::RulingIssued(ruling)) => match rulings {
            RulingFinality::Final => (OutOfOrder, "ruling-final"),
            RulingFinality::NotSaid if ruling.r#final => (OutOfOrder, "ruling-final"),
            RulingFinality::NotSaid => (InOrder, "ruling-not-final"),
        },
        _ => (OutOfOrder, "not-appealable"),
    }
}

/// The act that an appeal challenges.
fn found<'a>(law: &Law<'a>, subject: &'a Act, challenged: &ActReference) -> Option<&'a Act> {
    let fits = |act: &&Act| match &act.content {
        Some(Content::DelegatedDecision(decision)) => {
            act.institution() == challenged.institution
                && same_number(&decision.number, &challenged.number)
        }
        // A certificate or a service is about the act and is not the act.
        Some(_) => act.own().is_some_and(|own| same_act(own, challenged)),
        None => false,
    };
    law.acts.for_subject(subject).filter(fits).max_by_key(|act| act.leaf)
}

/// Whether a decision by an office is settled, because the body that delegated said that it lets it
/// stand.
fn settled(law: &Law<'_>, act: &Act, basis: &mut Basis) -> bool {
    let Some(Content::DelegatedDecision(decision)) = &act.content else { return false };
    let call = law.acts.for_subject(act).filter_map(|other| match &other.content {
        Some(Content::CallIn(call)) if same_number(&call.delegated_decision, &decision.number) => {
            Some((other.leaf, call.called_in))
        }
        _ => None,
    });
    let Some((leaf, called_in)) = call.max_by_key(|(leaf, _)| *leaf) else { return false };
    basis.leaves.push(leaf);
    !called_in
}

/// Whether it went to an institution that neither made the challenged act nor hears appeals.
fn astray(
    finality: &FinalityRule,
    subject: &Act,
    challenged: &ActReference,
    basis: &mut Basis,
) -> bool {
    if finality.heard_by.is_empty() || subject.body.recipients.is_empty() {
        return false;
    }
    let to: Vec<&str> =
        subject.body.recipients.iter().map(|one| one.institution.as_str()).collect();
    basis.inputs.push(input("addressed-to", to.join(", ")));
    basis.inputs.push(input("heard-by", finality.heard_by.join(", ")));
    let hears = |name: &&str| {
        *name == challenged.institution || finality.heard_by.iter().any(|known| known == name)
    };
    !to.iter().any(hears)
}

/// An act as people cite it: `214, 2025-11-16`.
pub(super) fn shown(act: &ActReference) -> String {
    match act.date.and_then(super::calendar::day) {
        Some(date) => format!("{}, {date}", act.number),
        None => act.number.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{BODY, act, conclusions, from, one, reference, rules, value};
    use super::*;
    use crate::v1::{
        Address, AppealFiled, AssessmentFinding, CallIn, CouncilDecision, DelegatedDecision,
        Person, RulingIssued,
    };

    const STANDING: &str = "[rule.standing]\nwho = \"?A4\"\n[rule.standing.capacities]\n\
                            entity = [\"political-entity\", \"candidate\"]\n\
                            affected = [\"political-entity\", \"candidate\", \"voter\"]";
    const A4: (&str, &str, &str) = ("A4", "entity", "affected");
    const FINALITY: &str = "[rule.finality]\nrulings = \"?A8\"\nheard-by = [\"panel\"]";
    const A8: (&str, &str, &str) = ("A8", "final", "not-said");

    fn appeal(capacity: Capacity, number: &str) -> Act {
        let appellant = Some(Person { capacity: capacity.into(), ..Person::default() });
        let challenged = reference(number, 16);
        act(30, Content::AppealFiled(AppealFiled { appellant, challenged, ..Default::default() }))
    }

    fn decision(leaf: u64, last: bool) -> Act {
        let decision = reference("214", 16);
        let content = CouncilDecision { decision, r#final: last, ..CouncilDecision::default() };
        act(leaf, Content::CouncilDecision(content))
    }

    #[test]
    fn a_voter_may_appeal_under_one_reading_and_an_observer_under_none() {
        // Rule: IQ-L11-2007 standing
        let rules = rules(&[A4], &[STANDING]);
        for (capacity, finding, expected) in [
            (Capacity::PoliticalEntity, InOrder, vec!["capacity-fits"]),
            (
                Capacity::Voter,
                AssessmentFinding::Contested,
                vec!["capacity-doubtful", "capacity-fits"],
            ),
            (Capacity::Observer, OutOfOrder, vec!["capacity-doubtful"]),
            (Capacity::Unspecified, Undecided, vec!["capacity-unknown"]),
        ] {
            let found = one(&rules, vec![], vec![], &appeal(capacity, "214"));
            assert_eq!((found.finding(), conclusions(&found)), (finding, expected));
        }
    }

    #[test]
    fn only_a_final_decision_that_is_known_is_appealed_in_order() {
        // Rule: IQ-L11-2007 panel-only
        let rules = rules(&[A8], &[FINALITY]);
        let read = |case: Vec<Act>| {
            let found = one(&rules, case, vec![], &appeal(Capacity::Candidate, "٢١٤"));
            (found.finding(), found.readings[0].conclusion.clone(), found.leaves)
        };
        let told = |word: &str| word.to_owned();
        assert_eq!(read(vec![decision(5, true)]), (InOrder, told("final-decision"), vec![5]));
        assert_eq!(read(vec![decision(5, false)]), (OutOfOrder, told("not-final"), vec![5]));
        // What was corrected later counts.
        let corrected = vec![decision(5, false), decision(6, true)];
        assert_eq!(read(corrected), (InOrder, told("final-decision"), vec![6]));
        assert_eq!(read(vec![]), (Undecided, told("decision-unknown"), vec![]));
    }

    #[test]
    fn an_offices_decision_is_not_the_councils_until_it_lets_it_stand() {
        // Rule: IQ-L11-2007 panel-only
        let review = format!("{FINALITY}\ndelegated = \"?A7-review\"");
        let a7 = ("A7-review", "council-first", "panel-directly");
        let rules = rules(&[A8, a7], &[&review]);
        let number = "214".to_owned();
        let office = from(
            BODY,
            "north",
            5,
            Content::DelegatedDecision(DelegatedDecision {
                number: number.clone(),
                ..DelegatedDecision::default()
            }),
        );
        let stands = act(
            6,
            Content::CallIn(CallIn { delegated_decision: number, called_in: false, reason: None }),
        );
        let subject = appeal(Capacity::Candidate, "214");
        let found = one(&rules, vec![office.clone()], vec![], &subject);
        assert_eq!(found.finding(), OutOfOrder);
        assert_eq!(conclusions(&found), ["not-of-the-council", "not-final"]);
        let found = one(&rules, vec![office, stands], vec![], &subject);
        assert_eq!(found.finding(), AssessmentFinding::Contested);
        assert_eq!(conclusions(&found), ["not-of-the-council", "final-decision"]);
        assert_eq!(found.leaves, [5, 6]);
    }

    #[test]
    fn a_ruling_is_final_by_law_or_as_it_says_itself() {
        // Rule: IQ-L11-2007 panel-only
        let rules = rules(&[A8], &[FINALITY]);
        let ruling = |last| {
            let ruling = reference("214", 16);
            let content = RulingIssued { ruling, r#final: last, ..RulingIssued::default() };
            act(5, Content::RulingIssued(content))
        };
        let subject = appeal(Capacity::Candidate, "214");
        let found = one(&rules, vec![ruling(false)], vec![], &subject);
        assert_eq!(found.finding(), AssessmentFinding::Contested);
        assert_eq!(conclusions(&found), ["ruling-final", "ruling-not-final"]);
        let found = one(&rules, vec![ruling(true)], vec![], &subject);
        assert_eq!((found.finding(), conclusions(&found)), (OutOfOrder, vec!["ruling-final"]));
    }

    #[test]
    fn an_appeal_that_goes_to_a_stranger_is_marked_as_misdirected() {
        // Rule: IQ-L11-2007 panel-only
        let rules = rules(&[A8], &[FINALITY]);
        for (to, conclusion) in
            [("panel", "final-decision"), (BODY, "final-decision"), ("court", "misdirected")]
        {
            let mut subject = appeal(Capacity::Candidate, "214");
            let institution = to.to_owned();
            subject.body.recipients = vec![Address { institution, ..Address::default() }];
            let found = one(&rules, vec![decision(5, true)], vec![], &subject);
            assert_eq!(conclusions(&found), [conclusion], "{to}");
            assert_eq!(value(&found, "addressed-to"), Some(to));
        }
    }
}
