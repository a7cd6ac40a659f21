//! Finds cases.

use std::collections::BTreeSet;

use barid_proto::text::{digits, search_form};
use rusqlite::{Connection, ToSql};

use super::{FOUND, kind, scope};
use crate::error::Fault;
use crate::model::id::CaseId;
use crate::model::passage::PassageKind;
use crate::model::row::CaseRow;
use crate::model::sought::{Match, Sought, SoughtWord};
use crate::store::embedded::row::bound;
use crate::store::embedded::sought::NUMBER_WRITING;
use crate::store::embedded::{cases, names, sql_fault};
use crate::store::{FoundRow, Reader, Within};

/// Most lines looked at. They are all of cases that the reader may read.
const LINES_MAX: usize = 20_000;

/// Cases that a text leads to, the likeliest first.
pub(in super::super) fn search(
    sql: &Connection,
    reader: &Reader,
    sought: &Sought,
    within: &Within<'_>,
    limit: usize,
) -> Result<Vec<FoundRow>, Fault> {
    let reader = names::reader(reader);
    let mut finding = Finding { sql, within, limit, seen: BTreeSet::new(), found: Vec::new() };
    finding.by_whole_number(&reader, sought)?;
    finding.by_words(&scope(&reader), sought)?;
    Ok(finding.found)
}

struct Finding<'a> {
    sql: &'a Connection,
    within: &'a Within<'a>,
    limit: usize,
    seen: BTreeSet<CaseId>,
    found: Vec<FoundRow>,
}

impl Finding<'_> {
    fn is_full(&self) -> bool {
        self.found.len() >= self.limit
    }

    /// By a number as a whole: as it is written first, then in other spellings.
    fn by_whole_number(&mut self, reader: &str, sought: &Sought) -> Result<(), Fault> {
        let clause = "WHERE writing IN (?1, ?2, ?3) AND EXISTS (SELECT 1 FROM reader_case \
                      WHERE reader_case.case_id = number_writing.case_id AND reader = ?4) LIMIT ?5";
        let typed = &sought.typed;
        let (folded, lines) = (search_form(typed), bound(LINES_MAX as u64));
        let parameters: [&dyn ToSql; 5] = [typed, &digits(typed), &folded, &reader, &lines];
        let mut numbers = NUMBER_WRITING.all(self.sql, clause, &parameters, |cells| {
            let case = CaseId::new(cells.array()?);
            Ok((case, cells.number()?))
        })?;
        numbers.sort_unstable();
        numbers.dedup();
        let mut wanted = Vec::new();
        for (case, position) in numbers {
            let Some(row) = self.wanted(case)? else { continue };
            let place = usize::try_from(position).unwrap_or(usize::MAX);
            let Some(number) = row.docket_numbers.get(place) else { continue };
            let exact = number.literal.trim() == typed || number.normal == *typed;
            let matched = if exact { Match::Number } else { Match::NumberSpelling };
            wanted.push(FoundRow { case: row, matched, leaf: None, place });
        }
        wanted.sort_by_key(|one| (one.matched, u64::MAX - one.case.changed_leaf, one.place));
        for one in wanted {
            if !self.is_full() && self.seen.insert(one.case.case) {
                self.found.push(one);
            }
        }
        Ok(())
    }

    /// By words that one line has all, the likeliest line first, and of those the newest.
    fn by_words(&mut self, scope: &str, sought: &Sought) -> Result<(), Fault> {
        let failed = |error| sql_fault("looking for words", error);
        let ask = "SELECT rowid FROM found_words WHERE found_words MATCH ?1 \
                   ORDER BY rowid DESC LIMIT ?2";
        let mut query = self.sql.prepare_cached(ask).map_err(failed)?;
        let lines = bound(LINES_MAX as u64);
        let mut rows = query.query((question(scope, &sought.words), lines)).map_err(failed)?;
        while !self.is_full() {
            let Some(row) = rows.next().map_err(failed)? else { break };
            let id: i64 = row.get(0).map_err(failed)?;
            let line = FOUND.one(self.sql, "WHERE id = ?", &[&id], |cells| {
                let _id = cells.number()?;
                let case = CaseId::new(cells.array()?);
                Ok((case, cells.number()?, cells.number()?, cells.number()?))
            })?;
            let Some((case, leaf, place, since)) = line else {
                return Err(Fault::broken(format!("line {id} has words in the index and is gone")));
            };
            if since >= self.within.below || self.seen.contains(&case) {
                continue;
            }
            if let Some(case) = self.wanted(case)? {
                self.seen.insert(case.case);
                let matched = match kind(id) {
                    Some(PassageKind::Number) => Match::NumberPart,
                    Some(PassageKind::Name) => Match::Name,
                    Some(PassageKind::Decision) => Match::Decision,
                    Some(PassageKind::Text) => Match::Text,
                    None => return Err(Fault::broken(format!("line {id} is of no kind"))),
                };
                let place = usize::try_from(place).unwrap_or(usize::MAX);
                self.found.push(FoundRow { case, matched, leaf: Some(leaf), place });
            }
        }
        Ok(())
    }

    /// A case, if it is wanted.
    fn wanted(&self, case: CaseId) -> Result<Option<CaseRow>, Fault> {
        let row = cases::find(self.sql, case)?;
        let row = row.ok_or_else(|| Fault::broken(format!("case {case} is found and missing")))?;
        Ok(is_within(&row, self.within).then_some(row))
    }
}

fn is_within(row: &CaseRow, within: &Within<'_>) -> bool {
    let party = within.party.is_none_or(|(institution, office)| {
        row.parties.iter().any(|(party, _)| {
            party.institution == *institution && office.is_none_or(|one| party.office == *one)
        })
    });
    party
        && row.opened_leaf < within.below
        && (within.event.is_empty() || row.opening.election_event_id == within.event)
        && (within.opened_by == 0 || row.opened_by == within.opened_by)
        && row.opened_at_ms >= within.opened_from_ms
        && (within.opened_before_ms == 0 || row.opened_at_ms < within.opened_before_ms)
}

/// The question in FTS5's language. Words have letters and digits only, so none can be taken for
/// something else.
fn question(scope: &str, words: &[SoughtWord]) -> String {
    let mut question = format!("\"{scope}\"");
    for word in words {
        let star = if word.beginning { "*" } else { "" };
        let forms: Vec<String> =
            word.forms.iter().map(|form| format!("\"{form}\"{star}")).collect();
        question.push_str(&format!(" AND ({})", forms.join(" OR ")));
    }
    question
}
