//! A judgment (*sentencia*) as plain text, in the order in which the tribunal writes it.
//!
//! The head (*rubro*) has lines `PARTE ACTORA: …`; place, day and the one-sentence sense follow.
//! Then come the parts under their headings, then the operative points, the vote and separate
//! opinions. The head needs a docket number and the text its points; whatever else is not there is
//! listed as missing.

mod head;
mod headings;
mod points;
mod said;

use barid_mexico::{class, facts, paper};
use barid_plugin::problem::text;
use barid_plugin::v1::{PilotPaper, PilotPart};
use barid_plugin::{Place, Problems};

use self::head::Head;
use self::headings::Heading;

/// Media type of plain text.
pub(crate) const MEDIA_TYPE: &str = "text/plain";

/// Largest text read, in bytes. The longest judgments have about one million characters.
const SIZE_MAX_BYTES: usize = 2 << 20;

/// Name of the part that holds the operative points.
const OPERATIVE: &str = "puntos-resolutivos";

pub(crate) fn read(input: &[u8], problems: &mut Problems) -> Option<PilotPaper> {
    let lines = lines(input, problems)?;
    let begin = lines.iter().position(|line| Heading::of(line).is_some()).unwrap_or(lines.len());
    let (head, body) = lines.split_at(begin);
    let head = head::read(head);
    let mut parts: Vec<PilotPart> = head.preamble.iter().cloned().collect();
    parts.extend(parts_of(body, number(begin)));

    let mut paper = PilotPaper {
        title: text(&[("es", &head.title)]),
        purpose: text(&head.purpose.iter().map(|said| ("es", said.as_str())).collect::<Vec<_>>()),
        foreign_case: head.docket.literal.clone(),
        facts: head.facts.clone(),
        parts,
        ..PilotPaper::default()
    };
    let place = Place::line(head.docket.line, 1);
    paper.data_class = declared(&head, problems).into();
    if let Some(part) = paper.parts.iter().find(|part| part.name == OPERATIVE) {
        let read = points::read(&part.text);
        paper.facts.extend(read.vote.map(|vote| facts::fact(facts::VOTE, "", &vote)));
        paper.points = read.points;
    }
    check(&head, &paper, problems);
    paper::finish(&mut paper, &place, problems);
    Some(paper)
}

/// The lines of a text. `None`: it is no plain text.
fn lines<'i>(input: &'i [u8], problems: &mut Problems) -> Option<Vec<&'i str>> {
    if input.len() > SIZE_MAX_BYTES {
        said::too_large(problems, SIZE_MAX_BYTES);
        return None;
    }
    let input = input.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(input);
    let packed: [(&[u8], &str); 5] = [
        (b"PK\x03\x04", "DOCX"),
        (b"%PDF", "PDF"),
        (b"{\\rtf", "RTF"),
        (b"\xD0\xCF\x11\xE0", "DOC"),
        (b"<", "HTML"),
    ];
    let begins = input.trim_ascii_start();
    if let Some((_, what)) = packed.iter().find(|(mark, _)| begins.starts_with(mark)) {
        said::not_plain_text(problems, what);
        return None;
    }
    let text = match std::str::from_utf8(input) {
        Ok(text) => text,
        Err(invalid) => {
            let good = input.get(..invalid.valid_up_to()).unwrap_or_default();
            let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
            said::not_utf8(problems, Place::line(number(line), 0).at_offset(good.len() as u64));
            return None;
        }
    };
    let mut lines: Vec<&str> = text.split('\n').collect();
    for (at, line) in lines.iter_mut().enumerate() {
        *line = line.strip_suffix('\r').unwrap_or(line);
        // Printers' page breaks and tabs are in many texts; anything else is no text.
        let control = line.chars().find(|c| c.is_control() && !matches!(c, '\t' | '\u{C}'));
        if let Some(control) = control {
            said::control(problems, Place::line(number(at + 1), 1), control);
            return None;
        }
    }
    Some(lines)
}

/// The parts of the text from its first heading on.
fn parts_of(body: &[&str], lines_before: u32) -> Vec<PilotPart> {
    let mut parts: Vec<PilotPart> = Vec::new();
    let mut decided = false;
    for (line, text) in (lines_before + 1..).zip(body) {
        decided |= parts.last().is_some_and(|part| part.name == OPERATIVE);
        let heading = Heading::of(text).filter(|heading| !decided || heading.is_vote());
        match (heading, parts.last_mut()) {
            (Some(heading), _) => parts.push(PilotPart {
                name: heading.name.to_owned(),
                heading: heading.literal.to_owned(),
                text: heading.rest.to_owned(),
                line,
            }),
            (None, Some(part)) => {
                if !part.text.is_empty() {
                    part.text.push('\n');
                }
                part.text.push_str(text);
            }
            (None, None) => {}
        }
    }
    for part in &mut parts {
        part.text.truncate(part.text.trim_end().len());
    }
    parts
}

fn declared(head: &Head, problems: &mut Problems) -> barid_plugin::v1::DataClass {
    match &head.class {
        Some(class) => class::read(&class.literal, &Place::line(class.line, 1), problems),
        None => {
            class::say_not_declared(problems, Place::line(1, 1));
            barid_plugin::v1::DataClass::Unspecified
        }
    }
}

/// What every judgment has. Without number and points it is none.
fn check(head: &Head, paper: &PilotPaper, problems: &mut Problems) {
    if head.docket.literal.is_empty() {
        said::docket_missing(problems);
    }
    if paper.points.is_empty() {
        said::points_missing(problems);
    }
    for (at, point) in paper.points.iter().enumerate() {
        if usize::try_from(point.number) != Ok(at + 1) {
            said::points_out_of_order(problems, at + 1, point.number);
        }
    }
    for name in [
        facts::ACTOR,
        facts::AUTHORITY,
        facts::MAGISTRATE,
        facts::SECRETARY,
        facts::DATE,
        facts::VOTE,
    ] {
        if facts::first(&paper.facts, name).is_none() {
            said::missing(problems, name);
        }
    }
    let has = |names: &[&str]| paper.parts.iter().any(|part| names.contains(&part.name.as_str()));
    if !has(&["antecedentes"]) {
        said::missing(problems, "antecedentes");
    }
    if !has(&["considerandos", "competencia", "estudio-de-fondo"]) {
        said::missing(problems, "considerandos");
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
