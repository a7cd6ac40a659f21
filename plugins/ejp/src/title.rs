//! Titles of the published register: `1681/ الهيئة القضائية للانتخابات/ 2021 في 27/ 12/ 2021`,
//! a docket number, "on", and a date.

use barid_akn::day::{self, Order};
use barid_akn::docket::{Docket, Unreadable};
use barid_plugin::v1::WrittenDate;

use crate::docket;

/// The word between number and date.
const ON: &str = "في";

/// What a title says. The title itself stays as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Title<'t> {
    /// The characters of the docket number, without the spaces around it.
    pub docket_literal: &'t str,
    /// What they mean.
    pub docket: Result<Docket, Unreadable>,
    /// The date with every day it can mean. Absent: the title has none.
    pub date: Option<WrittenDate>,
    order: Option<Order>,
}

impl Title<'_> {
    /// Whether the date can mean two days.
    #[must_use]
    pub fn is_ambiguous(&self) -> bool {
        self.date.as_ref().is_some_and(|date| date.candidates.len() > 1)
    }

    /// Whether the date is there but no day of the calendar.
    #[must_use]
    pub fn is_date_unreadable(&self) -> bool {
        self.date.as_ref().is_some_and(|date| date.candidates.is_empty())
    }

    /// The order in which day and month stand, when the date leaves no doubt.
    pub(crate) fn order(&self) -> Option<Order> {
        self.order
    }
}

/// Reads a title. Never fails: what cannot be understood is said in the parts.
#[must_use]
pub fn read(title: &str) -> Title<'_> {
    let (number, date) = match word(title, ON) {
        Some((number, date)) => (number.trim(), Some(date.trim())),
        None => (title.trim(), None),
    };
    let (candidates, order) = date.map(day::candidates).unwrap_or_default();
    Title {
        docket_literal: number,
        docket: docket::read(number),
        date: date.map(|literal| WrittenDate { literal: literal.to_owned(), candidates }),
        order,
    }
}

/// What stands before and after the last occurrence of a word between spaces.
fn word<'t>(text: &'t str, word: &str) -> Option<(&'t str, &'t str)> {
    text.rmatch_indices(word).find_map(|(at, found)| {
        let (before, after) = (text.get(..at)?, text.get(at + found.len()..)?);
        let apart = before.ends_with(char::is_whitespace) && after.starts_with(char::is_whitespace);
        apart.then_some((before, after))
    })
}
