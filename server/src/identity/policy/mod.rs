//! Who may send what to whom: a table in a data file, not code.
//!
//! A cell of the table is a kind of institution, a kind of filing and the sender's role in the
//! case. What no row allows is forbidden. The table is only about permission; whether a filing is
//! timely or complete is assessed, never gated here.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use barid_proto::v1::{DataClass, FilingKind};
use serde::Deserialize;

/// What a sender is to the case it files in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SenderRole {
    /// The filing opens the case.
    Opens,
    /// The sender's office opened the case.
    Opener,
    /// The sender's office was addressed in the case.
    Addressee,
    /// The filing belongs to no case.
    NoCase,
}

impl fmt::Display for SenderRole {
    /// As it completes the sentence "may not send …".
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Opens => "to open a case",
            Self::Opener => "in a case that it opened",
            Self::Addressee => "in a case in which it was addressed",
            Self::NoCase => "outside any case",
        })
    }
}

/// All roles, for walking the whole table.
pub const ROLES: [SenderRole; 4] =
    [SenderRole::Opens, SenderRole::Opener, SenderRole::Addressee, SenderRole::NoCase];

/// The permission table.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Name and version of the table, as its file gives it.
    pub version: String,
    kinds: BTreeSet<String>,
    cells: BTreeMap<Cell, Vec<Grant>>,
    /// Who hands in for whom, by kind.
    carriers: BTreeSet<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Cell {
    from: String,
    filing: i32,
    role: SenderRole,
}

/// What one row allows in a cell.
#[derive(Debug, Clone)]
struct Grant {
    to: BTreeSet<String>,
    data_classes: BTreeSet<i32>,
}

/// Everything that is wrong with a table, one line each.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the permission table is not usable:\n{}", .0.join("\n"))]
pub struct PolicyError(pub Vec<String>);

/// What is asked of the table.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// Kind of the sending institution.
    pub from: &'a str,
    /// Kind of filing.
    pub filing: FilingKind,
    /// The sender's role.
    pub role: SenderRole,
    /// Kinds of the institutions it is addressed to.
    pub to: &'a [&'a str],
    /// Class of data.
    pub data_class: DataClass,
}

impl Policy {
    /// Reads a table from the text of its file.
    ///
    /// # Errors
    /// All problems of the text at once.
    pub fn parse(text: &str) -> Result<Self, PolicyError> {
        let written: WrittenPolicy =
            toml::from_str(text).map_err(|error| PolicyError(vec![error.to_string()]))?;
        let kinds: BTreeSet<String> = written.kinds.iter().cloned().collect();
        let mut problems = Vec::new();
        let mut cells: BTreeMap<Cell, Vec<Grant>> = BTreeMap::new();
        for (number, row) in written.allow.iter().enumerate() {
            row.check(number + 1, &kinds, &mut problems);
            row.fill(&mut cells);
        }
        let mut carriers = BTreeSet::new();
        for (number, row) in written.carry.iter().enumerate() {
            row.check(number + 1, &kinds, &mut problems);
            carriers.extend(row.pairs());
        }
        if problems.is_empty() {
            Ok(Self { version: written.version, kinds, cells, carriers })
        } else {
            Err(PolicyError(problems))
        }
    }

    /// Whether the table knows this kind of institution.
    #[must_use]
    pub fn knows_kind(&self, kind: &str) -> bool {
        self.kinds.contains(kind)
    }

    /// Kinds of institution, in order.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        self.kinds.iter().map(String::as_str)
    }

    /// Whether a row allows all of it.
    #[must_use]
    pub fn allows(&self, question: &Question<'_>) -> bool {
        let cell = Cell {
            from: question.from.to_owned(),
            filing: question.filing.into(),
            role: question.role,
        };
        self.cells.get(&cell).is_some_and(|grants| {
            grants.iter().any(|grant| {
                grant.data_classes.contains(&question.data_class.into())
                    && question.to.iter().all(|kind| grant.to.contains(*kind))
            })
        })
    }

    /// Whether institutions of one kind may hand in what those of another have signed.
    #[must_use]
    pub fn carries(&self, carrier: &str, sender: &str) -> bool {
        self.carriers.contains(&(carrier.to_owned(), sender.to_owned()))
    }

    /// Whether any row lets these institutions send such a filing with this class of data, in any
    /// role and to whomever.
    #[must_use]
    pub fn has_class(&self, from: &str, filing: FilingKind, class: DataClass) -> bool {
        let of_kind = |cell: &Cell| cell.from == from && cell.filing == i32::from(filing);
        let mut grants = self.cells.iter().filter(|(cell, _)| of_kind(cell)).flat_map(|(_, g)| g);
        grants.any(|grant| grant.data_classes.contains(&class.into()))
    }

    /// Whether any row allows this cell, whatever the recipients.
    #[must_use]
    pub fn has_cell(&self, from: &str, filing: FilingKind, role: SenderRole) -> bool {
        self.cells.contains_key(&Cell { from: from.to_owned(), filing: filing.into(), role })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPolicy {
    version: String,
    kinds: Vec<String>,
    allow: Vec<WrittenRow>,
    #[serde(default)]
    carry: Vec<WrittenCarriers>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCarriers {
    by: Vec<String>,
    #[serde(rename = "for")]
    senders: Vec<String>,
}

impl WrittenCarriers {
    fn check(&self, number: usize, kinds: &BTreeSet<String>, problems: &mut Vec<String>) {
        for kind in self.by.iter().chain(&self.senders).filter(|kind| !kinds.contains(*kind)) {
            problems.push(format!("carry {number}: no such kind of institution: {kind:?}"));
        }
        if self.by.is_empty() || self.senders.is_empty() {
            problems.push(format!("carry {number}: names nobody: a list is empty"));
        }
    }

    fn pairs(&self) -> impl Iterator<Item = (String, String)> {
        let pairs = |by: &String| {
            let by = by.clone();
            self.senders.iter().map(move |sender| (by.clone(), sender.clone()))
        };
        self.by.iter().flat_map(pairs)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRow {
    filings: Vec<String>,
    from: Vec<String>,
    #[serde(rename = "as")]
    roles: Vec<SenderRole>,
    to: Vec<String>,
    data_classes: Vec<String>,
}

impl WrittenRow {
    fn check(&self, number: usize, kinds: &BTreeSet<String>, problems: &mut Vec<String>) {
        for filing in &self.filings {
            if filing_kind_from_name(filing).is_none() {
                problems.push(format!("row {number}: no such kind of filing: {filing:?}"));
            }
        }
        for kind in self.from.iter().chain(&self.to) {
            if !kinds.contains(kind) {
                problems.push(format!("row {number}: no such kind of institution: {kind:?}"));
            }
        }
        for class in &self.data_classes {
            if data_class_from_name(class).is_none() {
                problems.push(format!("row {number}: no such class of data: {class:?}"));
            }
        }
        let empty = self.filings.is_empty() || self.from.is_empty() || self.roles.is_empty();
        if empty || self.data_classes.is_empty() {
            problems.push(format!("row {number}: allows nothing: a list is empty"));
        }
    }

    fn fill(&self, cells: &mut BTreeMap<Cell, Vec<Grant>>) {
        let grant = Grant {
            to: self.to.iter().cloned().collect(),
            data_classes: self
                .data_classes
                .iter()
                .filter_map(|name| data_class_from_name(name))
                .map(i32::from)
                .collect(),
        };
        for filing in self.filings.iter().filter_map(|name| filing_kind_from_name(name)) {
            for from in &self.from {
                for role in &self.roles {
                    let cell = Cell { from: from.clone(), filing: filing.into(), role: *role };
                    cells.entry(cell).or_default().push(grant.clone());
                }
            }
        }
    }
}

/// `ruling-issued` → `FILING_KIND_RULING_ISSUED`.
#[must_use]
pub fn filing_kind_from_name(name: &str) -> Option<FilingKind> {
    let written = format!("FILING_KIND_{}", name.to_uppercase().replace('-', "_"));
    FilingKind::from_str_name(&written).filter(|kind| *kind != FilingKind::Unspecified)
}

pub use barid_proto::kind::filing_kind_name;

/// `DATA_CLASS_LIVE` → `live`.
#[must_use]
pub fn data_class_name(class: DataClass) -> String {
    class.as_str_name().trim_start_matches("DATA_CLASS_").to_lowercase()
}

/// `live` → `DATA_CLASS_LIVE`.
#[must_use]
pub fn data_class_from_name(name: &str) -> Option<DataClass> {
    let written = format!("DATA_CLASS_{}", name.to_uppercase().replace('-', "_"));
    DataClass::from_str_name(&written).filter(|class| *class != DataClass::Unspecified)
}

#[cfg(test)]
mod tests;
