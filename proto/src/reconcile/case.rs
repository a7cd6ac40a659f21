//! A case as one register has it, with what a hub knows about its way to the other side.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::judge::kin;
use super::name::Name;
use crate::text::search_form;
use crate::tlog::Hash;
use crate::v1::{DocketNumber, IntakeRoute, Outcome};

/// A docket number: compared by institution and normal form, told as written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number {
    /// The institution whose number it is.
    pub institution: String,
    /// The form by which it is compared.
    pub normal: String,
    /// As this register writes it.
    pub literal: String,
}

/// What a number is compared by: institution and normal form.
pub(super) type Key<'a> = (&'a str, &'a str);

/// What a case is about, by the decision that it is against.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Challenged {
    /// Number of the decision, as written; compared in its search form.
    pub number: String,
    /// Its day. `None`: not given. A number alone is often not unique.
    pub day: Option<Date>,
}

/// Whether a case counts by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nature {
    /// It does: a complaint or an appeal.
    #[default]
    Own,
    /// It is a supplement, to this case of the same register if that is known.
    Supplement(Option<Number>),
}

/// What is known of a case's way from this side to the other: milliseconds since
/// 1970-01-01T00:00:00Z, 0 when not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Transfer {
    /// Whether this side says that it sent the case to the other.
    pub sent: bool,
    /// When.
    pub sent_at_ms: i64,
    /// When the other side fetched it.
    pub fetched_at_ms: i64,
    /// When the hub stated that the other side had not answered within the sender's limit.
    pub expired_at_ms: i64,
    /// When the other side acknowledged it.
    pub acknowledged_at_ms: i64,
    /// When the other side's clerk registered it in Barid.
    pub registered_at_ms: i64,
}

impl Transfer {
    /// Whether the other side has it, by its own acts.
    #[must_use]
    pub fn has_arrived(&self) -> bool {
        self.fetched_at_ms.max(self.acknowledged_at_ms).max(self.registered_at_ms) > 0
    }
}

/// A case as one register has it. What is not known is left empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RegisteredCase {
    /// Its number in this register. `None`: it has none yet.
    pub number: Option<Number>,
    /// Numbers by which other institutions know it, as this register has them: from the other
    /// side's registrations, or written down by a clerk.
    pub other_numbers: BTreeSet<Number>,
    /// Numbers that it had in this register and that were corrected since.
    pub corrected: BTreeSet<Number>,
    /// Whether it counts by itself.
    pub nature: Nature,
    /// The case of this register that it was joined to.
    pub joined_to: Option<Number>,
    /// How it reached the body that rules on it.
    pub route: IntakeRoute,
    /// Barid's identifier of the case.
    pub case_id: Option<[u8; 16]>,
    /// Digests of envelopes and lead documents that bring this case and no other. A letter that
    /// brings hundreds does not belong here.
    pub digests: BTreeSet<Hash>,
    /// Who complains or appeals, as written.
    pub appellant: String,
    /// The decision that it is against.
    pub challenged: Option<Challenged>,
    /// The days on which it may have been filed; several where a date can be read in two ways.
    pub days: BTreeSet<Date>,
    /// What became of it; [`Outcome::Unspecified`]: it is open, or the register does not say.
    pub outcome: Outcome,
    /// Whether the side that rules has sent it back.
    pub returned: bool,
    /// Its way to the other side.
    pub transfer: Transfer,
}

impl Default for RegisteredCase {
    fn default() -> Self {
        Self {
            number: None,
            other_numbers: BTreeSet::new(),
            corrected: BTreeSet::new(),
            nature: Nature::Own,
            joined_to: None,
            route: IntakeRoute::Unspecified,
            case_id: None,
            digests: BTreeSet::new(),
            appellant: String::new(),
            challenged: None,
            days: BTreeSet::new(),
            outcome: Outcome::Unspecified,
            returned: false,
            transfer: Transfer::default(),
        }
    }
}

impl Number {
    /// A number of the wire. Without a normal form it is compared by its search form.
    #[must_use]
    pub fn of(number: &DocketNumber) -> Self {
        let normal = match number.normal.as_str() {
            "" => search_form(&number.literal),
            normal => normal.to_owned(),
        };
        Self { institution: number.institution.clone(), normal, literal: number.literal.clone() }
    }

    /// As the wire has it.
    #[must_use]
    pub fn to_wire(&self) -> DocketNumber {
        DocketNumber {
            institution: self.institution.clone(),
            literal: self.literal.clone(),
            normal: self.normal.clone(),
        }
    }

    pub(super) fn key(&self) -> Key<'_> {
        (&self.institution, &self.normal)
    }

    /// As it is written, in the form in which two writings are compared. Only an institution's own
    /// formats know the normal form of its numbers: whoever copies one from a letter has what is
    /// written.
    pub(super) fn written(&self) -> (&str, String) {
        (&self.institution, search_form(&self.literal))
    }

    /// Whether two numbers are one, by their normal forms or as they are written.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.key() == other.key() || self.written() == other.written()
    }
}

impl RegisteredCase {
    /// Whether it is a supplement.
    #[must_use]
    pub fn is_supplement(&self) -> bool {
        matches!(self.nature, Nature::Supplement(_))
    }

    /// What is compared of the challenged decision's number.
    pub(super) fn challenged_form(&self) -> Option<String> {
        let form = search_form(&self.challenged.as_ref()?.number);
        (!form.is_empty()).then_some(form)
    }

    /// This case in the words of a register that has it under the same number; as it is where the
    /// two persons have no part of their names in common, which are not one case.
    pub(super) fn told_as(self, stated: &Self) -> Self {
        let names = [&self.appellant, &stated.appellant].map(|name| Name::of(name));
        let [here, there] = &names;
        if here.clashes_with(there) {
            return Self { number: stated.number.clone(), ..self };
        }
        let same_outcome = kin(self.outcome) == kin(stated.outcome);
        Self {
            number: stated.number.clone(),
            appellant: or(stated.appellant.clone(), self.appellant, String::is_empty),
            challenged: stated.challenged.clone().or(self.challenged),
            days: or(stated.days.clone(), self.days, BTreeSet::is_empty),
            outcome: if same_outcome { stated.outcome } else { self.outcome },
            ..self
        }
    }

    /// One case out of two rows under one number. `None`: they contradict each other.
    pub(super) fn united(&self, other: &Self) -> Option<Self> {
        let mut both = self.clone();
        both.other_numbers.extend(other.other_numbers.iter().cloned());
        both.corrected.extend(other.corrected.iter().cloned());
        both.digests.extend(other.digests.iter().copied());
        both.number = one(&self.number, &other.number, |number| number.is_none())?;
        both.nature = one(&self.nature, &other.nature, |nature| *nature == Nature::Own)?;
        both.joined_to = one(&self.joined_to, &other.joined_to, |lead| lead.is_none())?;
        both.route = one(&self.route, &other.route, |route| *route == IntakeRoute::Unspecified)?;
        both.case_id = one(&self.case_id, &other.case_id, |case| case.is_none())?;
        both.challenged = one(&self.challenged, &other.challenged, |act| act.is_none())?;
        both.outcome =
            one(&self.outcome, &other.outcome, |outcome| *outcome == Outcome::Unspecified)?;
        both.returned |= other.returned;
        let same_name = search_form(&self.appellant) == search_form(&other.appellant);
        both.appellant =
            one(&self.appellant, &other.appellant, |name| name.is_empty() || same_name)?;
        both.days = match (self.days.is_empty(), other.days.is_empty()) {
            (true, _) => other.days.clone(),
            (_, true) => self.days.clone(),
            _ => self.days.intersection(&other.days).copied().collect(),
        };
        both.transfer = self.transfer.with(&other.transfer);
        let no_day = both.days.is_empty() && !self.days.is_empty();
        (!no_day).then_some(both)
    }
}

impl Transfer {
    /// What both say: the later of two instants, because the earlier may be "not known".
    fn with(&self, other: &Self) -> Self {
        Self {
            sent: self.sent || other.sent,
            sent_at_ms: self.sent_at_ms.max(other.sent_at_ms),
            fetched_at_ms: self.fetched_at_ms.max(other.fetched_at_ms),
            expired_at_ms: self.expired_at_ms.max(other.expired_at_ms),
            acknowledged_at_ms: self.acknowledged_at_ms.max(other.acknowledged_at_ms),
            registered_at_ms: self.registered_at_ms.max(other.registered_at_ms),
        }
    }
}

/// The first of two values, unless it is silent.
fn or<T>(first: T, second: T, is_silent: impl Fn(&T) -> bool) -> T {
    if is_silent(&first) { second } else { first }
}

/// The one of two values that says something; either where both say the same.
fn one<T: Clone + PartialEq>(one: &T, other: &T, is_silent: impl Fn(&T) -> bool) -> Option<T> {
    if one == other || is_silent(other) {
        return Some(one.clone());
    }
    is_silent(one).then(|| other.clone())
}
