//! What became of each line of a batch, for people, spreadsheets and scripts.

use std::collections::BTreeMap;

use barid_client::hex;
use barid_proto::v1::Reason;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::journal::{Known, Outcome};
use super::manifest::Manifest;
use crate::exit::Failure;
use crate::render::grid::Grid;
use crate::render::time;
use crate::wording::batch::{BatchMsg, outcome};
use crate::wording::{Lang, Msg};

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fate {
    /// It has a receipt.
    Stamped,
    /// It was done before this batch.
    Before,
    /// The hub refused it for good.
    Refused,
    /// Intended or signed, and not answered yet.
    Waiting,
    /// Not begun.
    NotBegun,
}

/// A line of a report.
pub(crate) struct Reported {
    line: String,
    shown: String,
    fate: Fate,
    known: Option<Known>,
}

/// Everything about a batch, in the order of its list.
pub(crate) struct Report(Vec<Reported>);

impl Report {
    /// A list and its journal. Lines that the list lost since they were intended stand at the end.
    pub(crate) fn of(manifest: &Manifest, known: &BTreeMap<String, Known>) -> Self {
        let listed = manifest.rows.iter().map(|row| {
            let one = known.get(&row.line);
            let shown = one.map_or(&row.shown, |one| &one.shown);
            reported(&row.line, shown, one)
        });
        let gone =
            known.iter().filter(|(line, _)| manifest.rows.iter().all(|row| row.line != **line));
        let gone = gone.map(|(line, one)| reported(line, &one.shown, Some(one)));
        Self(listed.chain(gone).collect())
    }

    /// How many lines came to this.
    pub(crate) fn count(&self, fate: Fate) -> usize {
        self.0.iter().filter(|one| one.fate == fate).count()
    }

    /// The sentence about all of it.
    pub(crate) fn summary(&self, lang: Lang) -> String {
        let count = |fate| self.count(fate).to_string();
        let [all, stamped, refused] =
            [self.0.len().to_string(), count(Fate::Stamped), count(Fate::Refused)];
        let [waiting, not_begun] = [count(Fate::Waiting), count(Fate::NotBegun)];
        let mut text =
            BatchMsg::Summary.fill(lang, &[&all, &stamped, &refused, &waiting, &not_begun]);
        if self.count(Fate::Before) > 0 {
            text.push('\n');
            text.push_str(&BatchMsg::Before.fill(lang, &[&count(Fate::Before)]));
        }
        if self.count(Fate::Waiting) + self.count(Fate::NotBegun) > 0 {
            text.push('\n');
            text.push_str(&BatchMsg::RunAgain.fill(lang, &[]));
        }
        text
    }

    /// How a run or report ends: lines that wait come before lines that were refused.
    pub(crate) fn ending(&self) -> Result<(), Failure> {
        if self.count(Fate::Waiting) + self.count(Fate::NotBegun) > 0 {
            Err(Failure::Said(3))
        } else if self.count(Fate::Refused) > 0 {
            Err(Failure::Said(1))
        } else {
            Ok(())
        }
    }

    /// One row for each line, or for those alone that have no receipt.
    pub(crate) fn table(&self, lang: Lang, zone: &TimeZone, only_open: bool) -> String {
        let headings = [
            BatchMsg::HeadLine.fill(lang, &[]),
            BatchMsg::HeadShown.fill(lang, &[]),
            BatchMsg::HeadOutcome.fill(lang, &[]),
            lang.pick(Msg::HeadLeaf.wording()).to_owned(),
            lang.pick(Msg::HeadTime.wording()).to_owned(),
            BatchMsg::HeadWhy.fill(lang, &[]),
        ];
        let mut grid = Grid::new(lang, headings);
        let done = |one: &&Reported| matches!(one.fate, Fate::Stamped | Fate::Before);
        let rows: Vec<&Reported> = self.0.iter().filter(|one| !only_open || !done(one)).collect();
        if rows.is_empty() {
            return String::new();
        }
        for one in rows {
            let Cells { leaf, accepted_at_unix_ms, reason, text, .. } = Cells::of(one);
            let accepted = accepted_at_unix_ms.map(|at| time::second(at, zone));
            let why: Vec<String> =
                [reason, text].into_iter().filter(|one| !one.is_empty()).collect();
            grid.row([
                one.line.clone(),
                one.shown.clone(),
                outcome(lang, one.fate),
                leaf.map(|leaf| leaf.to_string()).unwrap_or_default(),
                accepted.unwrap_or_default(),
                why.join("\n"),
            ]);
        }
        grid.render()
    }

    /// The same as CSV.
    pub(crate) fn csv(&self) -> Result<Vec<u8>, Failure> {
        let failed = |error: &dyn std::fmt::Display| Failure::usage(error.to_string());
        let mut table = csv::Writer::from_writer(Vec::new());
        let headings = [
            "line", "document", "outcome", "leaf", "accepted", "case", "envelope", "reason",
            "text", "kept",
        ];
        table.write_record(headings).map_err(|error| failed(&error))?;
        for one in &self.0 {
            let cells = Cells::of(one);
            let accepted = cells.accepted_at_unix_ms.map(|at| time::second(at, &TimeZone::UTC));
            let row = [
                plain(&one.line),
                plain(&one.shown),
                name(one.fate).to_owned(),
                cells.leaf.map(|leaf| leaf.to_string()).unwrap_or_default(),
                accepted.unwrap_or_default(),
                cells.case,
                cells.envelope,
                cells.reason,
                plain(&cells.text),
                plain(&cells.kept),
            ];
            table.write_record(row).map_err(|error| failed(&error))?;
        }
        table.into_inner().map_err(|error| failed(&error))
    }

    /// The same for scripts.
    pub(crate) fn value(&self) -> Value {
        let line = |one: &Reported| {
            let cells = Cells::of(one);
            let text = |text: String| Some(text).filter(|text| !text.is_empty());
            json!({
                "line": one.line,
                "document": one.shown,
                "outcome": name(one.fate),
                "leaf_index": cells.leaf,
                "accepted_at_unix_ms": cells.accepted_at_unix_ms,
                "case_id": text(cells.case),
                "envelope_id": text(cells.envelope),
                "envelope_digest": text(cells.digest),
                "reason": text(cells.reason),
                "text": text(cells.text),
                "kept": text(cells.kept),
            })
        };
        json!({
            "lines": self.0.iter().map(line).collect::<Vec<_>>(),
            "stamped": self.count(Fate::Stamped),
            "before": self.count(Fate::Before),
            "refused": self.count(Fate::Refused),
            "waiting": self.count(Fate::Waiting),
            "not_begun": self.count(Fate::NotBegun),
        })
    }
}

fn reported(line: &str, shown: &str, known: Option<&Known>) -> Reported {
    let fate = match known {
        None => Fate::NotBegun,
        Some(known) => match &known.outcome {
            None => Fate::Waiting,
            Some(Outcome::Stamped(stamped)) if stamped.accepted_at_unix_ms == 0 => Fate::Before,
            Some(Outcome::Stamped(_)) => Fate::Stamped,
            Some(Outcome::Refused(_)) => Fate::Refused,
        },
    };
    Reported { line: line.to_owned(), shown: shown.to_owned(), fate, known: known.cloned() }
}

/// What is said of a line in every form.
#[derive(Default)]
struct Cells {
    leaf: Option<u64>,
    accepted_at_unix_ms: Option<i64>,
    case: String,
    envelope: String,
    digest: String,
    reason: String,
    text: String,
    kept: String,
}

impl Cells {
    fn of(one: &Reported) -> Self {
        let Some(known) = &one.known else { return Self::default() };
        let id = known.envelope;
        let envelope = if id == [0; 16] { String::new() } else { hex::encode(&id) };
        let cells = Self { envelope, ..Self::default() };
        match &known.outcome {
            None => cells,
            Some(Outcome::Stamped(stamped)) => Self {
                leaf: Some(stamped.leaf),
                accepted_at_unix_ms: i64::try_from(stamped.accepted_at_unix_ms)
                    .ok()
                    .filter(|at| *at > 0),
                case: stamped.case_id.clone(),
                digest: stamped.envelope_digest.clone(),
                kept: stamped.kept.clone(),
                ..cells
            },
            Some(Outcome::Refused(refused)) => Self {
                reason: match Reason::try_from(refused.reason) {
                    Ok(Reason::Unspecified) | Err(_) => String::new(),
                    Ok(reason) => format!("{} {}", refused.reason, reason.as_str_name()),
                },
                text: refused.text.clone(),
                ..cells
            },
        }
    }
}

/// A cell that a spreadsheet does not take for a formula, nor a screen for a command.
fn plain(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(barid_proto::text::legible).collect();
    let text = lines.join("\n");
    let begins = text.starts_with(['=', '+', '-', '@', '\t']);
    if begins { format!("'{text}") } else { text }
}

fn name(fate: Fate) -> &'static str {
    match fate {
        Fate::Stamped => "stamped",
        Fate::Before => "before",
        Fate::Refused => "refused",
        Fate::Waiting => "waiting",
        Fate::NotBegun => "not-begun",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_no_formula() {
        assert_eq!(plain("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
        assert_eq!(plain("a\u{202e}b\nc"), "a\u{fffd}b\nc");
        assert_eq!(plain("612/2025"), "612/2025");
    }
}
