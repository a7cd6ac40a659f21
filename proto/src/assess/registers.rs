//! Whether the registers behind a dossier agree: which differences between them were filed, and
//! which nobody has settled. No rule is needed for it.

use super::combine::input;
use super::{Act, Acts, ENGINE};
use crate::explain;
use crate::reconcile::Said;
use crate::reconcile::said::Filed;
use crate::text::fold;
use crate::v1::AssessmentFinding::{self, InOrder, OutOfOrder, Undecided};
use crate::v1::filing_content::Content;
use crate::v1::{
    AppealsAccount, Assessment, DocketNumber, RatificationRequest, ReconciliationException,
    RuleReading, SwitchSetting,
};

/// Most open differences that an assessment names; the others are counted.
const NAMED_MAX: usize = 64;

/// How the registers behind a request for ratification stand, by what was filed about its election
/// event. `None`: the filing asks for no ratification.
///
/// They are reconciled when the dossier tells how the appeals stand, and each difference that it
/// names or anybody has filed is settled: by whoever has to, or by whoever found it.
#[must_use]
pub fn registers(acts: &Acts, subject: &Act) -> Option<Assessment> {
    let Some(Content::RatificationRequest(request)) = &subject.content else { return None };
    let event = event_of(subject, &acts.case);
    let filed = acts.for_subject(subject).filter(|act| {
        matches!(act.content, Some(Content::ReconciliationException(_)))
            && fold(&act.body.election_event_id) == fold(event)
    });
    let said = Said::of(filed);
    let unfiled = unfiled(request, &said);
    let open: Vec<&Filed> = said.open().collect();
    let (finding, conclusion) = conclusion(request.appeals.as_ref(), open.len() + unfiled.len());
    let all = said.exceptions().count();
    let mut inputs = vec![
        input("event", event),
        input("exceptions", all + unfiled.len()),
        input("settled", all - open.len()),
        input("open", open.len() + unfiled.len()),
    ];
    let told = open.iter().map(|one| told(&one.exception, Some(one.leaf)));
    let told = told.chain(unfiled.iter().map(|one| self::told(one, None)));
    inputs.extend(told.take(NAMED_MAX).map(|text| input("exception", text)));
    let mut leaves: Vec<u64> = said.exceptions().flat_map(|one| one.leaves.clone()).collect();
    leaves.sort_unstable();
    leaves.dedup();
    Some(Assessment {
        subject: "registers".to_owned(),
        finding: finding.into(),
        explanation: Some(explain::registers(conclusion, open.len() + unfiled.len(), all)),
        inputs,
        as_of_size: acts.as_of_size,
        leaves,
        readings: vec![RuleReading {
            settings: vec![SwitchSetting::default()],
            finding: finding.into(),
            conclusion: conclusion.to_owned(),
            period: None,
        }],
        engine: ENGINE,
        ..Assessment::default()
    })
}

/// The election event that a filing is about: its own, or else its case's.
pub(super) fn event_of<'a>(subject: &'a Act, case: &'a [Act]) -> &'a str {
    let mut events = [subject].into_iter().chain(case).map(|act| &*act.body.election_event_id);
    events.find(|event| !event.is_empty()).unwrap_or_default()
}

fn conclusion(account: Option<&AppealsAccount>, open: usize) -> (AssessmentFinding, &'static str) {
    match (open, account) {
        (0, Some(_)) => (InOrder, "reconciled"),
        (0, None) => (Undecided, "not-told"),
        _ => (OutOfOrder, "exceptions-open"),
    }
}

/// Differences that the dossier names as open and nobody has filed.
fn unfiled<'a>(request: &'a RatificationRequest, said: &Said) -> Vec<&'a ReconciliationException> {
    let named = request.appeals.iter().flat_map(|account| &account.exceptions);
    named.filter(|one| one.resolution.is_none() && said.find(one).is_none()).collect()
}

/// `LOST_IN_TRANSFER ihec NIN-APL-2025-0003 / -; owner ejp; due 2025-12-10; leaf 612`.
fn told(exception: &ReconciliationException, leaf: Option<u64>) -> String {
    let number = |number: &Option<DocketNumber>| match number {
        Some(number) => format!("{} {}", number.institution, number.literal),
        None => "-".to_owned(),
    };
    let kind = exception.kind().as_str_name().trim_start_matches("EXCEPTION_KIND_");
    let mut text = format!("{kind} {} / {}", number(&exception.ours), number(&exception.theirs));
    if let Some(owner) = &exception.owner {
        text += &format!("; owner {}", owner.institution);
    }
    if let Some(due) = exception.due_on {
        text += &format!("; due {:04}-{:02}-{:02}", due.year, due.month, due.day);
    }
    if let Some(leaf) = leaf {
        text += &format!("; leaf {leaf}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{act, from, november, value, words};
    use super::super::reach::{known_beyond, names_needed};
    use super::*;
    use crate::v1::{Address, ExceptionKind};

    const EVENT: &str = "CoR-2025-6";

    fn number(literal: &str) -> DocketNumber {
        DocketNumber { institution: "ihec".into(), literal: literal.into(), normal: literal.into() }
    }

    fn exception(literal: &str, settled: bool) -> ReconciliationException {
        ReconciliationException {
            kind: ExceptionKind::LostInTransfer.into(),
            ours: Some(number(literal)),
            owner: Some(Address { institution: "panel".into(), office: "registry".into() }),
            due_on: november(28),
            resolution: settled.then(|| words("found in the wrong folder")).flatten(),
            ..ReconciliationException::default()
        }
    }

    fn filed(leaf: u64, event: &str, exception: ReconciliationException) -> Act {
        let content = Content::ReconciliationException(exception);
        let mut act = from("panel", "registry", leaf, content);
        act.body.election_event_id = event.to_owned();
        act.body.kind = crate::v1::FilingKind::ReconciliationException.into();
        act
    }

    fn dossier(account: Option<AppealsAccount>) -> Act {
        let request = RatificationRequest { appeals: account, ..RatificationRequest::default() };
        let mut act = act(20, Content::RatificationRequest(request));
        act.body.election_event_id = EVENT.to_owned();
        act
    }

    fn read(general: Vec<Act>, subject: &Act) -> Assessment {
        let acts = Acts { as_of_size: 20, general, ..Acts::default() };
        registers(&acts, subject).unwrap()
    }

    fn concluded(found: &Assessment) -> (AssessmentFinding, &str) {
        (found.finding(), &found.readings[0].conclusion)
    }

    #[test]
    fn a_dossier_is_reconciled_when_every_difference_is_settled() {
        let whole = dossier(Some(AppealsAccount::default()));
        assert_eq!(concluded(&read(vec![], &whole)), (InOrder, "reconciled"));
        let open = filed(3, EVENT, exception("a/3", false));
        let found = read(vec![open.clone()], &whole);
        assert_eq!(concluded(&found), (OutOfOrder, "exceptions-open"));
        let told = "LOST_IN_TRANSFER ihec a/3 / -; owner panel; due 2025-11-28; leaf 3";
        assert_eq!(value(&found, "exception"), Some(told));
        assert_eq!(found.leaves, [3]);
        let settled = filed(5, EVENT, exception("a/3", true));
        let found = read(vec![open, settled], &whole);
        assert_eq!((concluded(&found), &found.leaves[..]), ((InOrder, "reconciled"), &[3, 5][..]));
        assert_eq!(value(&found, "settled"), Some("1"));
        let another = read(vec![filed(3, "CoK-2024", exception("a/3", false))], &whole);
        assert_eq!(concluded(&another), (InOrder, "reconciled"), "of another election");
    }

    #[test]
    fn what_the_dossier_says_itself_counts_too() {
        assert_eq!(concluded(&read(vec![], &dossier(None))), (Undecided, "not-told"));
        let exceptions = vec![exception("a/3", false), exception("a/4", true)];
        let account = AppealsAccount { exceptions, ..AppealsAccount::default() };
        let subject = dossier(Some(account));
        let found = read(vec![], &subject);
        assert_eq!(concluded(&found), (OutOfOrder, "exceptions-open"));
        assert_eq!((value(&found, "open"), found.leaves.len()), (Some("1"), 0));
        // Filed as settled meanwhile, though the dossier does not say so.
        let meanwhile = [exception("a/3", false), exception("a/3", true)];
        let meanwhile = (1..).zip(meanwhile).map(|(leaf, one)| filed(leaf, EVENT, one)).collect();
        assert_eq!(concluded(&read(meanwhile, &subject)), (InOrder, "reconciled"));
    }

    #[test]
    fn exceptions_are_found_from_a_dossier_and_by_nothing_else() {
        let open = filed(3, EVENT, exception("a/3", false));
        let name = known_beyond(&open.body, open.content.as_ref()).unwrap();
        assert_eq!(name.0, "panel");
        let mut subject = dossier(None);
        assert!(!names_needed(&subject, &[]).contains(&name), "a panel that nobody names");
        subject.body.recipients =
            vec![Address { institution: "panel".into(), ..Address::default() }];
        assert!(names_needed(&subject, &[]).contains(&name));
        let other = act(20, Content::Query(crate::v1::Query::default()));
        assert!(!names_needed(&other, &[]).contains(&name));
        assert!(registers(&Acts::default(), &other).is_none());
        let mut secret = open;
        secret.body.confidentiality = crate::v1::Confidentiality::Restricted.into();
        assert_eq!(known_beyond(&secret.body, secret.content.as_ref()), None);
    }

    #[test]
    fn many_are_counted_and_some_named() {
        let filed = (0..100).map(|n| filed(n, EVENT, exception(&format!("a/{n}"), false)));
        let found = read(filed.collect(), &dossier(None));
        assert_eq!(value(&found, "open"), Some("100"));
        let named = found.inputs.iter().filter(|input| input.name == "exception");
        assert_eq!(named.count(), NAMED_MAX);
    }
}
