//! Names of persons in a register: whole in one column, or in parts in several.

use barid_plugin::{Place, Problems};

use super::headings::{Column, NAME_COLUMNS};
use super::{lists, said};
use crate::names::{self, NAME_PARTS};

/// The parts of one row's name.
#[derive(Debug, Default)]
pub(super) struct Parts([String; 4]);

impl Parts {
    /// Takes a cell, if its column is of a part.
    pub(super) fn take(&mut self, column: Column, text: &str) {
        let place = NAME_COLUMNS.iter().position(|part| *part == column);
        if let Some(part) = place.and_then(|place| self.0.get_mut(place)) {
            text.clone_into(part);
        }
    }

    /// The parts as one name, in the order in which they are said.
    pub(super) fn joined(&self) -> String {
        let written: Vec<&str> =
            self.0.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        written.join(" ")
    }
}

/// What is to be said about the names of a sheet.
#[derive(Debug, Default)]
pub(super) struct Names {
    shorter: Vec<u32>,
    longer: Vec<u32>,
    joined: bool,
}

impl Names {
    /// Takes the name of a row into account.
    pub(super) fn take(&mut self, row: u32, person: &str, parts: &Parts) {
        self.joined |= !person.is_empty() && person == parts.joined();
        if person.is_empty() || names::is_body(person) {
            return;
        }
        let count = names::parts(person);
        if count < NAME_PARTS {
            self.shorter.push(row);
        } else if count > NAME_PARTS {
            self.longer.push(row);
        }
    }

    /// Says it, once for all rows: hundreds of them may be alike.
    pub(super) fn tell(self, place: impl Fn() -> Place, problems: &mut Problems) {
        if self.joined {
            said::name_joined(problems, place());
        }
        for (rows, count) in
            [(self.shorter, std::cmp::Ordering::Less), (self.longer, std::cmp::Ordering::Greater)]
        {
            if !rows.is_empty() {
                said::names_not_four_part(problems, place(), count, &lists::rows(&rows));
            }
        }
    }
}
