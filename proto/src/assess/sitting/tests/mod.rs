//! Sittings: a board of nine, and what the tests of its votes, members and papers share.

mod always;
mod members;
mod papers;
mod roll;
mod votes;

use super::super::Act;
use super::super::fixture::{
    act, assessed, conclusions, date, november, one, reference, rules, value, words,
};
use crate::rules::RuleSet;
use crate::v1::filing_content::Content;
use crate::v1::{
    Assessment, AssessmentFinding, Attendance, Ballot, CouncilDecision, MembershipChanged,
    SeatAction, SeatChange, Vote,
};

const ROLL: &str = "[rule.sitting]\npart = \"roll\"";
const OATH: &str = "[rule.sitting]\npart = \"oath\"";
const QUORUM: &str = "[rule.sitting]\npart = \"quorum\"\nseats = 9\nbase = \"?A10\"";
const MAJORITY: &str = "[rule.sitting]\npart = \"majority\"\nmajority-of = \"?A11\"\n\
                        casting = \"side-prevails\"\nexcept = [\"appoint\"]";
const CASTING: &str = "[rule.sitting]\npart = \"casting-vote\"\ncasting = \"side-prevails\"\n\
                       except = [\"appoint\"]";
const SPECIAL: &str = "[rule.sitting]\npart = \"special-majority\"\nmatters = [\"appoint\"]\n\
                       threshold = 5\nout-of = 8\nbase = \"?A10\"";
const A10: (&str, &str, &str) = ("A10", "seats", "members");
const A11: (&str, &str, &str) = ("A11", "present", "cast");

const IN_ORDER: AssessmentFinding = AssessmentFinding::InOrder;
const OUT_OF_ORDER: AssessmentFinding = AssessmentFinding::OutOfOrder;

fn roll(ballots: &str) -> Vec<Attendance> {
    roll::roll_of("Member", ballots)
}

fn vote(present: u32, in_favour: u32, against: u32, abstentions: u32) -> Vote {
    Vote { present, in_favour, against, abstentions, ..Vote::default() }
}

fn decided(leaf: u64, decision: CouncilDecision) -> Act {
    let decision = CouncilDecision { decision: reference("214", 16), ..decision };
    act(leaf, Content::CouncilDecision(decision))
}

fn by_roll(ballots: &str) -> Act {
    decided(50, CouncilDecision { roll: roll(ballots), ..CouncilDecision::default() })
}

fn change(seat: u32, action: SeatAction, member: u32, day: i32) -> SeatChange {
    SeatChange {
        seat,
        action: action.into(),
        member_id: format!("m{member}"),
        name: format!("Member {member}"),
        effective_from: date(2025, 1, day),
        ..SeatChange::default()
    }
}

fn changed(leaf: u64, changes: Vec<SeatChange>) -> Act {
    act(
        leaf,
        Content::MembershipChanged(MembershipChanged {
            body: "council".to_owned(),
            changes,
            act: None,
        }),
    )
}

/// Nine members on nine seats, sworn in.
fn nine() -> Act {
    let each = |number| {
        [change(number, SeatAction::Take, number, 7), change(number, SeatAction::Oath, number, 7)]
    };
    changed(1, (1..=9).flat_map(each).collect())
}

fn about<'a>(found: &'a [Assessment], subject: &str) -> &'a Assessment {
    found.iter().find(|one| one.subject == subject).unwrap()
}

fn majority() -> RuleSet {
    rules(&[A11], &[MAJORITY])
}
