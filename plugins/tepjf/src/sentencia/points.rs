//! The operative points of a judgment, and the vote behind them.

use barid_mexico::words::{between, plain, words};
use barid_plugin::v1::PilotPoint;

/// Ordinals below ten, folded.
const UNITS: [&str; 9] =
    ["primero", "segundo", "tercero", "cuarto", "quinto", "sexto", "septimo", "octavo", "noveno"];

/// Ordinals from ten on, folded.
const TENS: [(&str, u32); 6] = [
    ("decimo", 10),
    ("undecimo", 11),
    ("duodecimo", 12),
    ("vigesimo", 20),
    ("trigesimo", 30),
    ("cuadragesimo", 40),
];

/// What ends the points.
const CLOSING: [&str; 7] = [
    "notifiquese",
    "notifiquen",
    "asi lo resolv",
    "asi lo acord",
    "asi por",
    "en su oportunidad",
    "devuelvanse",
];

/// What was read.
pub(super) struct Read {
    pub(super) points: Vec<PilotPoint>,
    /// How the votes fell, as written.
    pub(super) vote: Option<String>,
}

/// Reads the part of a judgment that holds its points.
pub(super) fn read(text: &str) -> Read {
    let mut points: Vec<PilotPoint> = Vec::new();
    let mut closing = None;
    let mut at = 0;
    for line in text.split('\n') {
        let begins = at;
        at += line.len() + 1;
        let line = line.trim();
        let folded = plain(line.get(..line.floor_char_boundary(64)).unwrap_or(line));
        if CLOSING.iter().any(|start| folded.starts_with(start)) {
            closing = text.get(begins..);
            break;
        }
        match (numbered(line), points.last_mut()) {
            (Some((number, rest)), _) => points.push(PilotPoint {
                number,
                literal: rest.to_owned(),
                ..PilotPoint::default()
            }),
            (None, Some(point)) if !line.is_empty() => {
                if !point.literal.is_empty() {
                    point.literal.push('\n');
                }
                point.literal.push_str(line);
            }
            _ => {}
        }
    }
    points.retain(|point| !point.literal.is_empty());
    Read { points, vote: closing.and_then(vote) }
}

/// A line that begins with an ordinal, a number or `ÚNICO`, and a stop behind it.
fn numbered(line: &str) -> Option<(u32, &str)> {
    let end = line.find(['.', ')', ':', '-', '\u{2013}', '\u{2014}'])?;
    let (number, rest) = line.split_at_checked(end)?;
    if number.len() > 64 {
        return None;
    }
    let number = plain(number);
    let digits = (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    let value = match number.as_str() {
        "unico" | "unica" => 1,
        digit if digits => digit.parse().ok()?,
        ordinal_words => ordinal(ordinal_words)?,
    };
    let stops = ['.', ')', ':', '-', '\u{2013}', '\u{2014}', ' ', '\t'];
    Some((value, rest.trim_start_matches(stops)))
}

/// The value of a folded ordinal: `decimo primero`, `vigesima`.
pub(super) fn ordinal(folded: &str) -> Option<u32> {
    // Feminine forms end in -a.
    let masculine = |word: &str| match word.strip_suffix('a') {
        Some(stem) => format!("{stem}o"),
        None => word.to_owned(),
    };
    let unit = |word: &str| {
        let at = UNITS.iter().position(|unit| *unit == masculine(word))?;
        u32::try_from(at + 1).ok()
    };
    let ten = |word: &str| {
        TENS.iter().find(|(known, _)| *known == masculine(word)).map(|(_, value)| *value)
    };
    match folded.split_once(' ') {
        Some((first, second)) => Some(ten(first).filter(|ten| ten % 10 == 0)? + unit(second)?),
        None => unit(folded).or_else(|| ten(folded)),
    }
}

/// How the votes fell: `por unanimidad de votos`, `por mayoría`.
fn vote(closing: &str) -> Option<String> {
    let words = words(closing);
    let says = |at: usize, word: &str| words.get(at).is_some_and(|found| found.folded == word);
    let at = (0..words.len())
        .find(|at| says(*at, "por") && (says(at + 1, "unanimidad") || says(at + 1, "mayoria")))?;
    let end = if says(at + 2, "de") && says(at + 3, "votos") { at + 4 } else { at + 2 };
    Some(between(closing, words.get(at..end)?).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_read_up_to_the_notification() {
        let read = read(
            "PRIMERO. Se acumulan los juicios.\nSEGUNDO.- Se revoca la\nresolución.\n\
             Décimo primero. Algo.\n\nNOTIFÍQUESE. Segundo. No es un punto.\n\
             Así lo resolvieron, por unanimidad de votos, las magistraturas.",
        );
        let points: Vec<(u32, &str)> =
            read.points.iter().map(|point| (point.number, point.literal.as_str())).collect();
        assert_eq!(
            points,
            [(1, "Se acumulan los juicios."), (2, "Se revoca la\nresolución."), (11, "Algo."),]
        );
        assert_eq!(read.vote.as_deref(), Some("por unanimidad de votos"));
    }

    #[test]
    fn a_single_point_and_numbers_in_digits() {
        let only = read("ÚNICO. Se confirma.\nAsí lo acordaron por mayoría.");
        assert_eq!(only.points[0].number, 1);
        assert_eq!(only.vote.as_deref(), Some("por mayoría"));
        assert_eq!(read("2) Se desecha").points[0].number, 2);
        assert!(read("Se confirma el acto.").points.is_empty());
    }

    #[test]
    fn ordinals_of_both_genders_have_values() {
        for (word, value) in [
            ("primero", 1),
            ("tercera", 3),
            ("decimo", 10),
            ("undecima", 11),
            ("decimo noveno", 19),
            ("vigesimo segundo", 22),
        ] {
            assert_eq!(ordinal(word), Some(value), "{word}");
        }
        for word in ["", "primer", "undecimo primero", "segundo tercero", "se confirma"] {
            assert_eq!(ordinal(word), None, "{word}");
        }
    }
}
