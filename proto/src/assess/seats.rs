//! The seats of a deciding body on a day, from the filings by which they change.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::calendar::day;
use super::{Act, Law, same_number};
use crate::text::fold;
use crate::v1::filing_content::Content;
use crate::v1::{Attendance, MembershipChanged, SeatAction, SeatChange};

/// The seats of a body as they stand on a day. What happens later changes nothing about it.
#[derive(Debug, Clone)]
pub(super) struct Seats {
    day: Date,
    tenures: Vec<Tenure>,
    chair: Option<String>,
    /// Leaves of the filings that say so.
    pub(super) leaves: Vec<u64>,
}

/// A member's time on a seat.
#[derive(Debug, Clone)]
pub(super) struct Tenure {
    /// Number of the seat.
    pub(super) seat: u32,
    /// The member's identifier.
    pub(super) member: String,
    /// The member's name.
    pub(super) name: String,
    /// The member's profession.
    pub(super) profession: String,
    from: Date,
    until: Option<Date>,
    left: Option<Date>,
    oath: Option<Date>,
}

/// Why somebody's vote does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bar {
    /// Has no seat, and never had.
    NoSeat,
    /// Takes the seat only later.
    NotYet,
    /// Has left the seat, or somebody else has taken it.
    Left,
    /// The term is over.
    TermOver,
    /// Has a seat and took no oath.
    NoOath,
    /// Is on the roll twice.
    Twice,
    /// Several members have this name.
    NameUnclear,
}

impl Bar {
    /// As a stable code.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::NoSeat => "no-seat",
            Self::NotYet => "seat-not-taken",
            Self::Left => "seat-left",
            Self::TermOver => "term-over",
            Self::NoOath => "no-oath",
            Self::Twice => "listed-twice",
            Self::NameUnclear => "name-unclear",
        }
    }
}

/// Why the seats of a body are not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoSeats {
    /// No filing says anything about them.
    Unknown,
    /// The institution has several bodies, and the decision does not say which decided.
    BodyUnclear,
}

/// The seats of the body of an institution on a day; an empty `body` means its only one.
pub(super) fn on(law: &Law<'_>, subject: &Act, body: &str, on: Date) -> Result<Seats, NoSeats> {
    let filings: Vec<(&Act, &MembershipChanged)> = law
        .acts
        .for_subject(subject)
        .chain(std::iter::once(subject))
        .filter(|act| act.institution() == subject.institution())
        .filter_map(|act| match &act.content {
            Some(Content::MembershipChanged(changed)) => Some((act, changed)),
            _ => None,
        })
        .filter(|(_, changed)| body.is_empty() || changed.body == body)
        .collect();
    let (_, first) = filings.first().ok_or(NoSeats::Unknown)?;
    if filings.iter().any(|(_, changed)| changed.body != first.body) {
        return Err(NoSeats::BodyUnclear);
    }
    let mut changes: Vec<(Date, u64, &SeatChange)> = filings
        .iter()
        .flat_map(|(act, changed)| changed.changes.iter().map(|change| (act.leaf, change)))
        .filter_map(|(leaf, change)| Some((day(change.effective_from?)?, leaf, change)))
        .collect();
    // By the day on which they take effect, then in the order of the log: an act that comes late
    // to the log counts for the day that it names. A case's filings come before the general ones,
    // so the leaf has a part in the order.
    changes.sort_by_key(|(day, leaf, _)| (*day, *leaf));
    let mut seats = Seats { day: on, tenures: Vec::new(), chair: None, leaves: Vec::new() };
    seats.leaves.extend(filings.iter().map(|(act, _)| act.leaf));
    for (from, _, change) in &changes {
        seats.change(*from, change);
    }
    seats.swear(&changes);
    Ok(seats)
}

impl Seats {
    fn change(&mut self, from: Date, change: &SeatChange) {
        let member = change.member_id.as_str();
        let until = change.term_until.and_then(day);
        let own = |tenure: &&mut Tenure| {
            tenure.seat == change.seat && tenure.member == member && tenure.left.is_none()
        };
        match change.action() {
            SeatAction::Take => {
                let before =
                    |tenure: &&mut Tenure| tenure.seat == change.seat && tenure.left.is_none();
                for tenure in self.tenures.iter_mut().filter(before) {
                    tenure.left = Some(from);
                }
                self.tenures.push(Tenure {
                    seat: change.seat,
                    member: member.to_owned(),
                    name: change.name.clone(),
                    profession: change.profession.clone(),
                    from,
                    until,
                    left: None,
                    oath: None,
                });
            }
            SeatAction::Leave => {
                if let Some(tenure) = self.tenures.iter_mut().find(own) {
                    tenure.left = Some(from);
                }
            }
            SeatAction::Prolong => {
                // A decision to prolong that takes effect later is not known on the day before.
                if from <= self.day
                    && let Some(tenure) = self.tenures.iter_mut().find(own)
                {
                    tenure.until = until;
                }
            }
            SeatAction::Chair if from <= self.day => self.chair = Some(member.to_owned()),
            SeatAction::Chair | SeatAction::Oath | SeatAction::Unspecified => {}
        }
    }

    /// A member's first oath. It is the member's, whatever the seat; it may come before the seat.
    fn swear(&mut self, changes: &[(Date, u64, &SeatChange)]) {
        let mut oaths: BTreeMap<&str, Date> = BTreeMap::new();
        for (from, _, change) in changes {
            if change.action() == SeatAction::Oath {
                oaths.entry(change.member_id.as_str()).or_insert(*from);
            }
        }
        for tenure in &mut self.tenures {
            tenure.oath = oaths.get(tenure.member.as_str()).copied();
        }
    }

    /// Those who hold a seat on the day, sworn in or not.
    pub(super) fn held(&self) -> impl Iterator<Item = &Tenure> {
        self.tenures.iter().filter(|tenure| tenure.bar(self.day, false).is_none())
    }

    /// The member who chairs the body on the day.
    pub(super) fn chair(&self) -> Option<&str> {
        self.chair.as_deref()
    }

    /// Whether somebody on a roll may vote on the day, and from which seat.
    pub(super) fn of(&self, attendance: &Attendance, oath: bool) -> Result<&Tenure, Bar> {
        let name = fold(&attendance.name);
        let known: Vec<&Tenure> = self
            .tenures
            .iter()
            .filter(|tenure| match attendance.member_id.as_str() {
                "" => fold(&tenure.name) == name,
                id => same_number(&tenure.member, id),
            })
            .collect();
        let several = known.iter().any(|one| known.iter().any(|other| other.member != one.member));
        if several {
            return Err(Bar::NameUnclear);
        }
        // Of several times on a seat, the one nearest to being good tells why it is not.
        let entitled = known.iter().find(|tenure| tenure.bar(self.day, oath).is_none());
        if let Some(tenure) = entitled {
            return Ok(tenure);
        }
        let bars = known.iter().filter_map(|tenure| tenure.bar(self.day, oath));
        Err(bars.max().unwrap_or(Bar::NoSeat))
    }
}

impl Tenure {
    fn bar(&self, on: Date, oath: bool) -> Option<Bar> {
        if on < self.from {
            Some(Bar::NotYet)
        } else if self.left.is_some_and(|left| left <= on) {
            Some(Bar::Left)
        } else if self.until.is_some_and(|until| until < on) {
            Some(Bar::TermOver)
        } else if oath && self.oath.is_none_or(|oath| on < oath) {
            Some(Bar::NoOath)
        } else {
            None
        }
    }
}
