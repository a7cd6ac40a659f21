//! Makes filings findable, in the order of the log.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};

use super::{FOUND, FOUND_BELOW, FOUND_READER, id, scope};
use crate::error::Fault;
use crate::model::id::{CaseId, OfficeAddress};
use crate::model::passage::{self, PassageKind};
use crate::model::row::FilingRow;
use crate::store::embedded::row::{blob, bound, number, text};
use crate::store::embedded::{filings, sql_fault};

/// Most filings that become findable for somebody who comes to their case later, and most bytes of
/// their words: far more than any dispute has. Who comes to a longer one reads it all and finds the
/// older part.
const LATER_FILINGS_MAX: usize = 2_000;
const LATER_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Most bytes of words in one write: others wait while it lasts.
const WRITE_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Filings of a docket read at a time.
const PAGE: usize = 16;

/// What is to be written, and behind what.
pub(in super::super) struct Prepared {
    from: u64,
    below: u64,
    /// Lines that there are.
    before: u64,
    readers: Vec<(CaseId, String)>,
    lines: Vec<Line>,
    /// Whether there may be more.
    pub(in super::super) more: bool,
}

struct Line {
    kind: PassageKind,
    case: CaseId,
    leaf: u64,
    place: usize,
    since: u64,
    words: String,
}

/// Whether there is something to make.
pub(in super::super) fn is_behind(sql: &Connection) -> Result<bool, Fault> {
    let (from, _) = made(sql)?;
    let ask = "SELECT EXISTS (SELECT 1 FROM filing WHERE leaf >= ?)";
    sql.query_row(ask, [bound(from)], |row| row.get(0))
        .map_err(|error| sql_fault("asking whether the index is behind", error))
}

/// How far it was made, and how many lines there are.
fn made(sql: &Connection) -> Result<(u64, u64), Fault> {
    let found = FOUND_BELOW.one(sql, "", &[], |cells| {
        cells.number()?;
        Ok((cells.number()?, cells.number()?))
    })?;
    Ok(found.unwrap_or_default())
}

/// Reads what the next filings are found by, at most `limit` of them.
pub(in super::super) fn prepare(sql: &Connection, limit: usize) -> Result<Prepared, Fault> {
    let (from, before) = made(sql)?;
    let mut making = Making { sql, known: BTreeMap::new(), new: Vec::new(), lines: Vec::new() };
    let (mut next, mut taken) = (from, 0);
    let more = loop {
        if taken == limit || making.bytes() > WRITE_BYTES_MAX {
            break true;
        }
        let Some(filing) = filings::next(sql, next)? else { break false };
        making.note(&filing)?;
        next = filing.leaf + 1;
        taken += 1;
    };
    let (readers, lines) = (making.new, making.lines);
    Ok(Prepared { from, below: next, before, readers, lines, more })
}

/// Writes what was prepared, unless somebody else did.
pub(in super::super) fn write(sql: &Connection, prepared: &Prepared) -> Result<(), Fault> {
    if made(sql)?.0 != prepared.from || prepared.below == prepared.from {
        return Ok(());
    }
    for (case, reader) in &prepared.readers {
        FOUND_READER.put(sql, &[blob(case.as_bytes()), text(reader)])?;
    }
    let failed = |error| sql_fault("writing words by which filings are found", error);
    let insert = "INSERT INTO found_words (rowid, words) VALUES (?, ?)";
    let mut words = sql.prepare_cached(insert).map_err(failed)?;
    let places = prepared.before..;
    let mut lines: Vec<(i64, &Line)> =
        places.zip(&prepared.lines).map(|(place, line)| (id(line.kind, place), line)).collect();
    // Words are gathered in memory as long as numbers ascend.
    lines.sort_unstable_by_key(|(id, _)| *id);
    for (id, line) in lines {
        let cells = [
            number(id.cast_unsigned()),
            blob(line.case.as_bytes()),
            number(line.leaf),
            number(line.place as u64),
            number(line.since),
        ];
        FOUND.insert(sql, &cells)?;
        words.execute(params![id, line.words]).map_err(failed)?;
    }
    let lines = prepared.before + prepared.lines.len() as u64;
    FOUND_BELOW.put(sql, &[number(1), number(prepared.below), number(lines)])
}

/// Lines in the making.
struct Making<'a> {
    sql: &'a Connection,
    /// Readers of the cases that were met.
    known: BTreeMap<CaseId, BTreeSet<String>>,
    /// Those of them that are new.
    new: Vec<(CaseId, String)>,
    lines: Vec<Line>,
}

impl Making<'_> {
    fn bytes(&self) -> usize {
        self.lines.iter().map(|line| line.words.len()).sum()
    }

    fn note(&mut self, filing: &FilingRow) -> Result<(), Fault> {
        let Some(change) = &filing.case else { return Ok(()) };
        let known = self.readers(change.case)?;
        let parties = change.parties.iter().map(|(office, _)| office);
        let joined: BTreeSet<String> =
            readers(parties).filter(|reader| !known.contains(reader)).collect();
        if !joined.is_empty() {
            if !known.is_empty() {
                self.show_earlier(change.case, filing.leaf, &joined)?;
            }
            self.new.extend(joined.iter().map(|reader| (change.case, reader.clone())));
            self.known.entry(change.case).or_default().extend(joined);
        }
        if filing.restricted {
            let own = std::iter::once(&filing.sender).chain(&filing.recipients);
            return self.add(filing, change.case, filing.leaf, &readers(own).collect());
        }
        let all = self.readers(change.case)?;
        self.add(filing, change.case, filing.leaf, &all)?;
        for case in &filing.mentions {
            let all = self.readers(*case)?;
            self.add(filing, *case, filing.leaf, &all)?;
        }
        Ok(())
    }

    /// For whom the filings of a case were made findable so far.
    fn readers(&mut self, case: CaseId) -> Result<BTreeSet<String>, Fault> {
        if let Some(known) = self.known.get(&case) {
            return Ok(known.clone());
        }
        let clause = "WHERE case_id = ?";
        let stored = FOUND_READER.all(self.sql, clause, &[case.as_bytes()], |cells| {
            let _case: [u8; 16] = cells.array()?;
            Ok(cells.text()?.to_owned())
        })?;
        let stored: BTreeSet<String> = stored.into_iter().collect();
        self.known.insert(case, stored.clone());
        Ok(stored)
    }

    /// Who becomes a party reads what was filed before, too.
    fn show_earlier(
        &mut self,
        case: CaseId,
        since: u64,
        joined: &BTreeSet<String>,
    ) -> Result<(), Fault> {
        let (mut from, mut shown, before) = (0, 0, self.bytes());
        while shown < LATER_FILINGS_MAX && self.bytes() - before < LATER_BYTES_MAX {
            let page = filings::docket(self.sql, case, from, PAGE)?;
            let earlier = page.iter().filter(|filing| filing.leaf < since);
            let Some(last) = earlier.clone().next_back() else { break };
            from = last.leaf + 1;
            for filing in earlier.filter(|filing| !filing.restricted) {
                self.add(filing, case, since, joined)?;
                shown += 1;
            }
        }
        Ok(())
    }

    /// Lines for what is in a filing, for these readers.
    fn add(
        &mut self,
        filing: &FilingRow,
        case: CaseId,
        since: u64,
        readers: &BTreeSet<String>,
    ) -> Result<(), Fault> {
        let mut places: BTreeMap<PassageKind, usize> = BTreeMap::new();
        let mut texts: BTreeSet<String> = BTreeSet::new();
        for passage in passage::of(filing)? {
            if passage.kind == PassageKind::Text {
                texts.extend(passage.words());
                continue;
            }
            let place = places.entry(passage.kind).or_default();
            let words: BTreeSet<String> = passage.words().collect();
            let (kind, words) = (passage.kind, joined(readers, &words));
            self.lines.push(Line { kind, case, leaf: filing.leaf, place: *place, since, words });
            *place += 1;
        }
        if !texts.is_empty() {
            let (kind, words) = (PassageKind::Text, joined(readers, &texts));
            self.lines.push(Line { kind, case, leaf: filing.leaf, place: 0, since, words });
        }
        Ok(())
    }
}

/// Offices and their institutions: a main office reads for its institution.
fn readers<'a>(
    offices: impl IntoIterator<Item = &'a OfficeAddress>,
) -> impl Iterator<Item = String> {
    offices.into_iter().flat_map(|office| [office.to_string(), office.institution.to_string()])
}

fn joined(readers: &BTreeSet<String>, words: &BTreeSet<String>) -> String {
    let mut all: Vec<String> = readers.iter().map(|reader| scope(reader)).collect();
    all.extend(words.iter().cloned());
    all.join(" ")
}
