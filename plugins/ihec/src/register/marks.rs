//! What a sheet says about its rows and cells that is no value: what is hidden or filtered out,
//! what is merged, which formula has never been computed. The workbook's reader does not tell.
//!
//! On the way every reference is held against the size that a sheet can have, because the reader
//! computes with them unchecked.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{BufRead, BufReader};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::archive::Archive;
use crate::limits::MERGES_MAX;

/// Most rows and columns of any sheet (ECMA-376 part 1, 18.3.1.73 and 18.3.1.13).
const SHEET_ROWS: u32 = 1 << 20;
const SHEET_COLUMNS: u32 = 1 << 14;

/// Most formulas without a value that are listed.
const UNCOMPUTED_MAX: usize = 200;

/// What a sheet says about its rows, columns and cells; all of them counted from 0.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// First and last of hidden rows that follow each other.
    pub(super) hidden_rows: Vec<(u32, u32)>,
    /// First and last of hidden columns.
    pub(super) hidden_columns: Vec<(u32, u32)>,
    /// Whether a filter is set.
    pub(super) filtered: bool,
    /// Row and column of formulas without a value.
    pub(super) uncomputed: Vec<(u32, u32)>,
    /// Merged areas.
    pub(super) merged: Vec<Area>,
}

/// An area of cells, ends included, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    /// Row and column of its first cell.
    pub(super) first: (u32, u32),
    /// Row and column of its last cell.
    pub(super) last: (u32, u32),
}

/// Reads the marks of every sheet by its name. `None`: the workbook is broken.
pub(super) fn read(archive: &mut Archive<'_>) -> Option<HashMap<String, Marks>> {
    let names: Vec<String> =
        archive.file_names_raw().map(|name| String::from_utf8_lossy(name).into_owned()).collect();
    let plain = |name: &str| name.to_lowercase().replace('\\', "/");
    // Only one part may be the workbook's, or another reader could take another for it.
    let find = |end: &str| {
        let mut found = names.iter().filter(|name| plain(name).ends_with(end));
        let only = found.next().cloned();
        only.filter(|_| found.next().is_none())
    };

    let workbook = find("workbook.xml")?;
    let folder = plain(&workbook).strip_suffix("workbook.xml")?.to_owned();
    let targets = targets(archive, &find("_rels/workbook.xml.rels")?)?;
    let mut marks = HashMap::new();
    for (sheet, relation) in sheets(archive, &workbook)? {
        let target = plain(targets.get(&relation)?);
        let path = target.strip_prefix('/').map_or(format!("{folder}{target}"), str::to_owned);
        // A chart's sheet has no cells; a missing one is for the workbook's reader to refuse.
        if let Some(part) = names.iter().find(|name| plain(name) == path) {
            marks.insert(sheet, of_sheet(archive, part)?);
        }
    }
    Some(marks)
}

/// What relation identifiers lead to.
fn targets(archive: &mut Archive<'_>, part: &str) -> Option<HashMap<String, String>> {
    let mut targets = HashMap::new();
    walk(archive, part, |event| {
        if let Event::Start(element) | Event::Empty(element) = event
            && is(element, "Relationship")
        {
            targets.insert(
                value(element, "Id")??.into_owned(),
                value(element, "Target")??.into_owned(),
            );
        }
        Some(())
    })?;
    Some(targets)
}

/// The names of the sheets and the identifiers of their relations.
fn sheets(archive: &mut Archive<'_>, part: &str) -> Option<Vec<(String, String)>> {
    let mut sheets = Vec::new();
    walk(archive, part, |event| {
        if let Event::Start(element) | Event::Empty(element) = event
            && is(element, "sheet")
        {
            sheets
                .push((value(element, "name")??.into_owned(), value(element, "id")??.into_owned()));
        }
        Some(())
    })?;
    Some(sheets)
}

/// Gives every event of a part to `take`. `None`: the part is broken, or `take` says so.
fn walk(
    archive: &mut Archive<'_>,
    part: &str,
    mut take: impl FnMut(&Event<'_>) -> Option<()>,
) -> Option<()> {
    let part = archive.by_name(part).ok()?;
    let mut reader = reader(BufReader::new(part));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Eof) => return Some(()),
            Ok(event) => take(&event)?,
            Err(_) => return None,
        }
    }
}

fn reader<R: BufRead>(part: R) -> Reader<R> {
    let mut reader = Reader::from_reader(part);
    reader.config_mut().check_end_names = false;
    reader
}

fn is(element: &BytesStart<'_>, name: &str) -> bool {
    element.local_name().as_ref() == name
}

/// An attribute by its local name. The outer `None`: the element is broken.
fn value<'e>(element: &'e BytesStart<'_>, name: &str) -> Option<Option<Cow<'e, str>>> {
    values(element, [name]).map(|[value]| value)
}

/// Attributes by their local names. The outer `None`: the element is broken.
fn values<'e, const N: usize>(
    element: &'e BytesStart<'_>,
    names: [&str; N],
) -> Option<[Option<Cow<'e, str>>; N]> {
    let mut found = [const { None }; N];
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute.ok()?;
        let local = attribute.key.local_name();
        let wanted = names.iter().zip(&mut found).find(|(name, _)| local.as_ref() == **name);
        if let Some((_, place)) = wanted {
            *place = Some(attribute.normalized_value(XmlVersion::Implicit1_0).ok()?);
        }
    }
    Some(found)
}

/// Where the walk through a sheet is.
#[derive(Default)]
struct At {
    marks: Marks,
    row: u32,
    column: u32,
    /// Whether the cell has a formula, and whether it has a value.
    formula: bool,
    valued: bool,
}

fn of_sheet(archive: &mut Archive<'_>, part: &str) -> Option<Marks> {
    let mut at = At::default();
    walk(archive, part, |event| {
        match event {
            Event::Start(element) => at.open(element)?,
            Event::Empty(element) => {
                at.open(element)?;
                at.close(element.local_name().as_ref());
            }
            Event::End(element) => at.close(element.local_name().as_ref()),
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {}
            _ => {}
        }
        Some(())
    })?;
    Some(at.marks)
}

impl At {
    /// `None`: the element points outside any sheet.
    fn open(&mut self, element: &BytesStart<'_>) -> Option<()> {
        match element.local_name().as_ref() {
            "row" => {
                let [row, hidden] = values(element, ["r", "hidden"])?;
                if let Some(row) = row {
                    self.row = row.parse().ok().filter(|row| (1..=SHEET_ROWS).contains(row))? - 1;
                }
                if hidden.is_some_and(|flag| is_true(&flag)) {
                    self.hide_row();
                }
            }
            "c" => {
                if let Some(reference) = value(element, "r")? {
                    (self.row, self.column) = cell(&reference)?;
                }
                (self.formula, self.valued) = (false, false);
            }
            "f" => self.formula = true,
            "v" | "is" => self.valued = true,
            "col" if value(element, "hidden")?.is_some_and(|flag| is_true(&flag)) => {
                let end = |name| -> Option<u32> { value(element, name)??.parse().ok() };
                let (first, last) = (end("min")?.checked_sub(1)?, end("max")?.checked_sub(1)?);
                self.marks.hidden_columns.push((first, last));
            }
            "autoFilter" => self.marks.filtered = true,
            "dimension" => {
                area(&value(element, "ref")??)?;
            }
            "mergeCell" => {
                let area = area(&value(element, "ref")??)?;
                if self.marks.merged.len() < MERGES_MAX {
                    self.marks.merged.push(area);
                }
            }
            _ => {}
        }
        Some(())
    }

    fn close(&mut self, name: &str) {
        match name {
            "c" => {
                if self.formula && !self.valued && self.marks.uncomputed.len() < UNCOMPUTED_MAX {
                    self.marks.uncomputed.push((self.row, self.column));
                }
                self.column = self.column.saturating_add(1);
            }
            "row" => {
                self.row = self.row.saturating_add(1);
                self.column = 0;
            }
            _ => {}
        }
    }

    fn hide_row(&mut self) {
        match self.marks.hidden_rows.last_mut() {
            Some((_, last)) if last.saturating_add(1) == self.row => *last = self.row,
            _ => self.marks.hidden_rows.push((self.row, self.row)),
        }
    }
}

fn is_true(flag: &str) -> bool {
    matches!(flag, "1" | "true" | "on")
}

/// `B3:D7`, or `B3`. `None`: no sheet has it, or its ends are the wrong way round.
fn area(reference: &str) -> Option<Area> {
    let (first, last) = reference.split_once(':').unwrap_or((reference, reference));
    let (first, last) = (cell(first)?, cell(last)?);
    (first.0 <= last.0 && first.1 <= last.1).then_some(Area { first, last })
}

/// `B3` as row and column from 0. `None`: no sheet has it.
fn cell(reference: &str) -> Option<(u32, u32)> {
    let letters = reference.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, digits) = reference.split_at_checked(letters)?;
    if letters.is_empty() || letters.len() > 3 || digits.len() > 7 {
        return None;
    }
    let mut column = 0_u32;
    for letter in letters.bytes() {
        let place = letter.to_ascii_uppercase().checked_sub(b'A').filter(|place| *place < 26)?;
        column = column * 26 + u32::from(place) + 1;
    }
    let row: u32 = digits.parse().ok()?;
    let within = (1..=SHEET_ROWS).contains(&row) && column <= SHEET_COLUMNS;
    within.then(|| (row - 1, column - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_held_against_the_size_of_a_sheet() {
        assert_eq!(cell("A1"), Some((0, 0)));
        assert_eq!(cell("XFD1048576"), Some((1_048_575, 16_383)));
        for outside in ["XFE1", "A1048577", "A0", "A", "1", "", "$A$1", "ZZZZ1", "A99999999", "é1"]
        {
            assert_eq!(cell(outside), None, "{outside}");
        }
        assert_eq!(area("B3:D7"), Some(Area { first: (2, 1), last: (6, 3) }));
        assert_eq!(area("D7:B3"), None);
    }
}
