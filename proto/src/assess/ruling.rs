//! Rulings: whether enough judges sat, and whether they say that the ruling is final.

use super::combine::{Basis, Read, combine, input};
use super::{Act, Law};
use crate::rules::{Rule, RulingRule};
use crate::v1::AssessmentFinding::{InOrder, OutOfOrder, Undecided};
use crate::v1::filing_content::Content;
use crate::v1::{Assessment, RulingIssued};

/// What a rule about rulings says about one.
pub(super) fn assess(
    law: &Law<'_>,
    rule: &Rule,
    ruling: &RulingRule,
    subject: &Act,
) -> Option<Assessment> {
    let Some(Content::RulingIssued(issued)) = &subject.content else { return None };
    let looks = |name: &String| name == subject.institution();
    if !ruling.from.is_empty() && !ruling.from.iter().any(looks) {
        return None;
    }
    let mut basis = Basis { about: "ruling", ..Basis::default() };
    let judges = names(issued);
    if ruling.seats.is_some() || ruling.needed.is_some() {
        basis.inputs.push(input("judges", judges));
    }
    if ruling.says_final {
        basis.inputs.push(input("says-final", issued.r#final));
    }
    let mut reads = Vec::new();
    for settings in law.rules.readings(rule) {
        let seats = ruling.seats.as_ref().and_then(|seats| seats.under(&settings));
        let needed = ruling.needed.as_ref().and_then(|needed| needed.under(&settings));
        basis.inputs.extend(seats.map(|seats| input("seats", seats)));
        basis.inputs.extend(needed.map(|needed| input("needed", needed)));
        let asked = seats.is_some() || needed.is_some();
        let read = if asked && judges == 0 {
            (Undecided, "judges-unknown")
        } else if needed.is_some_and(|needed| judges < needed) {
            (OutOfOrder, "judges-missing")
        } else if seats.is_some_and(|seats| seats < judges) {
            (OutOfOrder, "too-many-judges")
        } else if ruling.says_final && !issued.r#final {
            (OutOfOrder, "not-said-final")
        } else {
            (InOrder, if asked { "enough-judges" } else { "says-final" })
        };
        reads.push(Read::new(settings, read));
    }
    Some(combine(law, rule, subject, basis, reads))
}

/// How many judges a ruling names, each once.
fn names(ruling: &RulingIssued) -> u32 {
    let names: std::collections::BTreeSet<String> =
        ruling.judges.iter().map(|judge| crate::text::fold(&judge.name)).collect();
    u32::try_from(names.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{assessed, conclusions, from, one, rules};
    use super::*;
    use crate::v1::{AssessmentFinding, Judge};

    const A13: (&str, &str, &str) = ("A13", "3", "2");

    fn issued(institution: &str, judges: &[&str], last: bool) -> Act {
        let judge = |name: &&str| Judge { name: (*name).to_owned(), presiding: false };
        let judges = judges.iter().map(judge).collect();
        let ruling = RulingIssued { judges, r#final: last, ..RulingIssued::default() };
        from(institution, "", 9, Content::RulingIssued(ruling))
    }

    #[test]
    fn a_ruling_of_two_judges_is_enough_under_one_reading() {
        // Rule: IQ-L31-2019 panel
        let rule = "[rule.ruling]\nfrom = [\"panel\"]\nseats = 3\nneeded = \"?A13\"";
        let rules = rules(&[A13], &[rule]);
        let read = |judges: &[&str]| {
            let found = one(&rules, vec![], vec![], &issued("panel", judges, true));
            (found.finding(), conclusions(&found).join(" "))
        };
        assert_eq!(read(&["P", "Q", "R"]), (InOrder, "enough-judges".to_owned()));
        let two = (AssessmentFinding::Contested, "judges-missing enough-judges".to_owned());
        assert_eq!(read(&["P", "Q"]), two);
        assert_eq!(read(&["P", "Q", "q"]), two, "one judge under two spellings");
        assert_eq!(read(&["P"]), (OutOfOrder, "judges-missing".to_owned()));
        assert_eq!(read(&["P", "Q", "R", "S"]), (OutOfOrder, "too-many-judges".to_owned()));
        assert_eq!(read(&[]), (Undecided, "judges-unknown".to_owned()));
        assert!(assessed(&rules, vec![], vec![], &issued("court", &["P"], true)).is_empty());
    }

    #[test]
    fn a_ruling_that_does_not_say_that_it_is_final_is_marked() {
        // Rule: IQ-L31-2019 final-rulings
        let rules = rules(&[], &["[rule.ruling]\nfrom = [\"panel\"]\nsays-final = true"]);
        let read = |last| {
            let found = one(&rules, vec![], vec![], &issued("panel", &[], last));
            (found.finding(), conclusions(&found).join(" "))
        };
        assert_eq!(read(true), (InOrder, "says-final".to_owned()));
        assert_eq!(read(false), (OutOfOrder, "not-said-final".to_owned()));
    }
}
