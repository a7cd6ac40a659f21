//! How a literal is read: number after number, each with its suffixes, with joining words between.

use super::words::{Hall, Medium, PaperWord};
use super::{Docket, FIRST_YEAR, Incident, Paper, Reading, Refused};
use crate::tokens::{self, Cursor, Uncut};

/// Words that may stand before a number.
const BEFORE: [&str; 9] =
    ["expediente", "expedientes", "exp", "exps", "clave", "numero", "num", "no", "del"];

/// Words that name an incident.
const INCIDENT: [&str; 4] = ["inc", "incidente", "incid", "incidental"];

/// Words that say that cases were joined.
const JOINED: [&str; 8] =
    ["acumulado", "acumulada", "acumulados", "acumuladas", "acum", "acums", "otro", "otros"];

/// Words between the numbers of a list.
const BETWEEN: [&str; 4] = ["y", "e", "sus", "su"];

/// Endings of names of stored papers, and the mark that the tribunal's archive puts on them.
const ENDINGS: [&str; 9] = ["pdf", "docx", "doc", "html", "htm", "txt", "xml", "rtf", "tepjf"];

/// Longest suffix that is not on the list, in letters.
const SUFFIX_MAX: usize = 24;

pub(super) fn read(literal: &str) -> Result<Reading, Refused> {
    let tokens = tokens::cut(literal).map_err(|uncut| match uncut {
        Uncut::Empty => Refused::Empty,
        Uncut::TooLong => Refused::TooLong,
        Uncut::Direction(offset, control) => Refused::Direction(offset, control),
        Uncut::Stranger(sign) => Refused::Stranger(sign),
    })?;
    let mut cursor = Cursor::new(&tokens);
    skip_before(&mut cursor);
    let mut reading = Reading { dockets: Vec::new(), and_others: false };
    loop {
        let docket = docket(&mut cursor)?;
        if !reading.dockets.contains(&docket) {
            reading.dockets.push(docket);
        }
        let between = between(&mut cursor);
        if cursor.is_at_end() {
            reading.and_others = between.others;
            return Ok(reading);
        }
        if !between.joins {
            return Err(Refused::Tail(cursor.rest()));
        }
    }
}

fn skip_before(cursor: &mut Cursor<'_>) {
    loop {
        cursor.gap();
        let here = cursor.position();
        if !cursor.word().is_some_and(|word| BEFORE.contains(&word)) {
            cursor.back_to(here);
            return;
        }
    }
}

fn docket(cursor: &mut Cursor<'_>) -> Result<Docket, Refused> {
    let (hall, medium) = hall_and_medium(cursor)?;
    if !tokens::is_inside(cursor.gap()) {
        return Err(Refused::NoNumber);
    }
    let number = cursor.number().and_then(tokens::sequence).ok_or(Refused::NoNumber)?;
    let gap = cursor.gap();
    if gap.is_empty() || !tokens::is_inside(gap) {
        return Err(Refused::NoYear);
    }
    let year = cursor.number().and_then(|digits| tokens::year(digits, FIRST_YEAR));
    let year = year.ok_or(Refused::NoYear)?;
    let mut docket = Docket { hall, medium, number, year, incident: None, paper: None };
    while suffix(cursor, &mut docket)? {}
    Ok(docket)
}

fn hall_and_medium(cursor: &mut Cursor<'_>) -> Result<(Hall, Medium), Refused> {
    let word = cursor.word().ok_or(Refused::NoHall)?;
    let Some(hall) = Hall::of(word) else {
        return Hall::joined(word).ok_or_else(|| stranger(word, cursor));
    };
    if !tokens::is_inside(cursor.gap()) {
        return Err(Refused::NoMedium);
    }
    let medium = cursor.word().and_then(Medium::of).ok_or(Refused::NoMedium)?;
    Ok((hall, medium))
}

/// What else a literal without hall may be: an abbreviation that goes on as a number does belongs
/// to another court.
fn stranger(word: &str, cursor: &mut Cursor<'_>) -> Refused {
    let is_short = (2..=7).contains(&word.len());
    let here = cursor.position();
    let goes_on = tokens::is_inside(cursor.gap())
        && (cursor.number().is_some() || cursor.word().and_then(Medium::of).is_some());
    cursor.back_to(here);
    if is_short && goes_on {
        return Refused::OtherCourt(word.to_ascii_uppercase());
    }
    Refused::NoHall
}

/// Reads one suffix. `false`: there is none here, and the cursor stays.
fn suffix(cursor: &mut Cursor<'_>, docket: &mut Docket) -> Result<bool, Refused> {
    let here = cursor.position();
    let gap = cursor.gap();
    let attached = gap.contains(['-', '_']) || gap.is_empty();
    let Some(word) = cursor.word().filter(|_| tokens::is_inside(gap)) else {
        cursor.back_to(here);
        return Ok(false);
    };
    if ENDINGS.contains(&word) && (attached || gap == ".") {
        return Ok(true);
    }
    if INCIDENT.contains(&word) && docket.incident.is_none() && docket.paper.is_none() {
        docket.incident = Some(Incident { number: small_number(cursor)? });
        return Ok(true);
    }
    let joins = BETWEEN.contains(&word) || JOINED.contains(&word);
    let other = || {
        let short = attached && !joins && word.len() <= SUFFIX_MAX;
        short.then(|| PaperWord::Other(word.to_ascii_uppercase()))
    };
    match PaperWord::of(word).or_else(other).filter(|_| docket.paper.is_none()) {
        Some(word) => {
            docket.paper = Some(Paper { word, number: small_number(cursor)? });
            Ok(true)
        }
        None => {
            cursor.back_to(here);
            Ok(false)
        }
    }
}

/// The number of an incident or paper, when there is one.
fn small_number(cursor: &mut Cursor<'_>) -> Result<Option<u16>, Refused> {
    let here = cursor.position();
    let gap = cursor.gap();
    let Some(digits) = cursor.number().filter(|_| matches!(gap, "" | "-" | "_" | " ")) else {
        cursor.back_to(here);
        return Ok(None);
    };
    match digits.parse() {
        Ok(number) if digits.len() <= 3 && number > 0 => Ok(Some(number)),
        _ => Err(Refused::Tail(digits.to_owned())),
    }
}

/// What stands between two numbers, or behind the last.
struct Between {
    /// Whether another number may follow.
    joins: bool,
    /// Whether it speaks of cases that it does not name.
    others: bool,
}

fn between(cursor: &mut Cursor<'_>) -> Between {
    let (mut joins, mut and, mut others) = (false, false, false);
    loop {
        let gap = cursor.gap();
        joins |= gap.contains([',', ';', '&', '+']);
        let here = cursor.position();
        match cursor.word() {
            Some(word) if BETWEEN.contains(&word) => (joins, and) = (true, true),
            // `A y B, acumulados` names all; `A y acumulados` does not.
            Some(word) if JOINED.contains(&word) => (joins, others) = (true, others || and),
            _ => {
                cursor.back_to(here);
                return Between { joins, others };
            }
        }
    }
}
