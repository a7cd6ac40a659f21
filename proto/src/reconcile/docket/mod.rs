//! Registers out of dockets: what became known in the hub of all cases of an election event that
//! somebody may read, as either of two institutions has it.
//!
//! A docket is read line by line into a [`Docket`], which keeps what counts here and nothing else,
//! so that the cases of a whole event lie in memory at once and their papers do not. [`Dockets`]
//! holds them together: acts that name cases by their numbers (joinders, corrections, rulings for
//! several) count for those cases, on whatever docket they were filed. From there
//! [`Dockets::register`] makes the register of one side, by way of [`known`](super::known).
//!
//! What counts as what:
//!
//! - A case of Barid is one case of a register. Where a complaint and an appeal stand on one
//!   docket the appeal is that case: it is what the other body has. Several envelopes may bring it
//!   (from office to office, sent again, sent back); each is evidence for it.
//! - Supplements are cases beside it, which do not count by themselves.
//! - An institution *has* a case when it took it in, sent it, registered it or ruled on it. What it
//!   only fetched is not in its register.
//! - Offices belong to their institution. A number that one office gives to what another office of
//!   the same institution had sent on is a further number of the case; any other second number is
//!   a second case, for people to see.
//! - Two cases of Barid that one institution has under one number, and in which the same person
//!   appeals against the same decision, are one case of its register.
//! - A ruling, a withdrawal or a return counts for an institution that it was addressed to once
//!   that has fetched, acknowledged or registered it; what was addressed to nobody stands on the
//!   docket for all.
//! - A refusal to register is a return.
//!
//! | module | what |
//! |---|---|
//! | `facts` | what is kept of a docket, and reading it |
//! | `across` | which case a number means; acts that count for other cases than their own |
//! | `side` | one case as one side has it |
//! | `numbers` | its numbers |
//! | `supplement` | its supplements |

mod across;
mod facts;
mod numbers;
mod side;
mod supplement;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::case::RegisteredCase;
use super::register::{Register, TooManyCases};
use super::{Side, known};
use crate::assess::Act;
use crate::text::search_form;
use crate::v1::{FilingKind, HubStatement, HubStatementKind};

use across::Effects;
use facts::{Filed, What};

/// A line of a docket: a filing, and what the hub states about it.
#[derive(Clone, Debug)]
pub struct Line {
    /// The filing.
    pub act: Act,
    /// Institutions that fetched it, each with when.
    pub fetched: Vec<(String, i64)>,
    /// Institutions that had not answered when the sender's limit passed, each with when that was
    /// stated.
    pub expired: Vec<(String, i64)>,
}

/// One case of Barid, by what counts for registers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Docket {
    case_id: [u8; 16],
    filed: Vec<Filed>,
}

/// All dockets that somebody may read of an election event, as of one size of the log.
#[derive(Clone, Debug)]
pub struct Dockets {
    dockets: Vec<Docket>,
    effects: Effects,
}

impl Line {
    /// A filing with the statements about it.
    #[must_use]
    pub fn of<'a>(act: Act, statements: impl IntoIterator<Item = &'a HubStatement>) -> Self {
        let mut line = Self { act, fetched: Vec::new(), expired: Vec::new() };
        for stated in statements {
            let kept = match stated.kind() {
                HubStatementKind::Fetched => &mut line.fetched,
                HubStatementKind::Expired => &mut line.expired,
                _ => continue,
            };
            let office = stated.office.as_ref();
            kept.extend(office.map(|office| (office.institution.clone(), stated.at_unix_ms)));
        }
        line
    }
}

impl Docket {
    /// Reads the lines of a case's docket, in whatever order they come.
    #[must_use]
    pub fn read(case_id: [u8; 16], lines: impl IntoIterator<Item = Line>) -> Self {
        Self { case_id, filed: facts::read(lines) }
    }

    /// Barid's identifier of the case.
    #[must_use]
    pub fn case_id(&self) -> &[u8; 16] {
        &self.case_id
    }

    /// How many of its filings count for registers.
    #[must_use]
    pub fn filings(&self) -> usize {
        self.filed.len()
    }
}

impl Dockets {
    /// Puts the cases of an event together. The same case twice is once.
    #[must_use]
    pub fn new(dockets: impl IntoIterator<Item = Docket>) -> Self {
        let dockets = dockets.into_iter().map(|docket| (docket.case_id, docket));
        let dockets: Vec<Docket> = dockets.collect::<BTreeMap<_, _>>().into_values().collect();
        let effects = Effects::of(&dockets);
        Self { dockets, effects }
    }

    /// How many cases.
    #[must_use]
    pub fn len(&self) -> usize {
        self.dockets.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.dockets.is_empty()
    }

    /// Who refers to whom, as far as these dockets show: the body that refers, the body that
    /// dockets; ascending.
    #[must_use]
    pub fn pairs(&self) -> BTreeSet<(String, String)> {
        let (mut certain, mut perhaps) = (BTreeSet::new(), BTreeSet::new());
        for filed in self.dockets.iter().flat_map(|docket| &docket.filed) {
            let from = &filed.from.institution;
            for to in filed.to.iter().filter(|to| *to != from) {
                match &filed.what {
                    What::Brings(brought) => {
                        // What a court took in itself and sends for a reply is no referral.
                        let (pair, sure) = match brought.kind {
                            FilingKind::AppealFiled | FilingKind::ComplaintRegistered => {
                                if brought.is_direct() {
                                    ((to.clone(), from.clone()), false)
                                } else {
                                    ((from.clone(), to.clone()), false)
                                }
                            }
                            _ => ((from.clone(), to.clone()), true),
                        };
                        if sure {
                            certain.insert(pair)
                        } else {
                            perhaps.insert(pair)
                        };
                    }
                    What::Returned => _ = certain.insert((to.clone(), from.clone())),
                    _ => {}
                }
            }
        }
        for (from, to) in perhaps {
            if !certain.contains(&(to.clone(), from.clone())) {
                certain.insert((from, to));
            }
        }
        certain
    }

    /// The register of one side of a pair.
    ///
    /// # Errors
    /// [`TooManyCases`].
    pub fn register(
        &self,
        side: Side,
        institution: &str,
        counterpart: &str,
    ) -> Result<Register, TooManyCases> {
        let cases = self.cases(side, institution, counterpart);
        Register::new(institution, cases)
    }

    /// The same as single cases, to be merged into what the institution stated
    /// ([`Register::with`]).
    #[must_use]
    pub fn cases(&self, side: Side, institution: &str, counterpart: &str) -> Vec<RegisteredCase> {
        let view = side::View { side, institution, counterpart, dockets: self };
        let mut cases = Vec::new();
        for (place, docket) in self.dockets.iter().enumerate() {
            for matter in view.matters(place, docket) {
                cases.extend(known::collect(side, institution, &matter.begun, &matter.known));
            }
        }
        one_under_one_number(&mut cases);
        cases
    }
}

/// Of cases that an institution has under one number, and that are the same appeal, the first keeps
/// Barid's identifier: a register then takes them for the one case that its institution says they
/// are.
fn one_under_one_number(cases: &mut [RegisteredCase]) {
    let mut first: BTreeMap<(String, String), (String, Option<String>)> = BTreeMap::new();
    for case in cases {
        let Some(number) = case.number.as_ref().filter(|_| !case.is_supplement()) else { continue };
        let number = number.key();
        let number = (number.0.to_owned(), number.1.to_owned());
        let appeal = (search_form(&case.appellant), case.challenged_form());
        match first.get(&number) {
            Some(same) if *same == appeal && !appeal.0.is_empty() && appeal.1.is_some() => {
                case.case_id = None;
            }
            Some(_) => {}
            None => _ = first.insert(number, appeal),
        }
    }
}
