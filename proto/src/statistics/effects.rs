//! What decisions and rulings did: stations counted again or annulled, seats that changed hands,
//! referrals to the criminal authorities.
//!
//! Reports give figures by their subject, in words: `votes, list 187, station 02`,
//! `seats, list 187`. What can be read off these words is counted. A report that gives no figures
//! tells nothing of stations and seats; it is counted as that.

use std::collections::{BTreeMap, BTreeSet};

use super::CaseTold;
use crate::text::search_form;
use crate::v1::filing_content::Content;
use crate::v1::{FigureChange, ImplementationReport};

/// Words for a station within the subject of a figure, in their search form: Arabic, Sorani,
/// English, Spanish.
const STATION: [&str; 5] = ["محطه", "المحطه", "ويستگه", "station", "casilla"];
/// Words for seats.
const SEATS: [&str; 8] =
    ["مقعد", "مقاعد", "المقاعد", "كورسي", "كورسيهكان", "seats", "seat", "escanos"];

/// What one filing reports.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Effect {
    /// Leaf of the report or answer.
    pub(super) leaf: u64,
    /// Stations that were counted again, by their numbers as written.
    pub(super) recounted: BTreeSet<String>,
    /// Stations all of whose reported figures fell to zero.
    pub(super) annulled: BTreeSet<String>,
    /// Seats that somebody gained: a seat that moves is counted once.
    pub(super) seats: u64,
    /// It reports that something was carried out, and gives no figures.
    pub(super) silent: bool,
}

/// What the filings of a case report, in the order of the log. A station is counted once in a case.
pub(super) fn effects(case: &CaseTold) -> Vec<Effect> {
    let (mut recounted, mut annulled) = (BTreeSet::new(), BTreeSet::new());
    let mut found = Vec::new();
    for act in &case.acts.case {
        let mut effect = match &act.content {
            Some(Content::Answer(answer)) => Effect {
                recounted: answer.recount.iter().map(|one| search_form(&one.station)).collect(),
                ..Effect::default()
            },
            Some(Content::ImplementationReport(report)) => reported(report),
            _ => continue,
        };
        effect.leaf = act.leaf;
        effect.recounted.retain(|station| recounted.insert(station.clone()));
        effect.annulled.retain(|station| annulled.insert(station.clone()));
        found.push(effect);
    }
    found
}

fn reported(report: &ImplementationReport) -> Effect {
    let mut stations: BTreeMap<String, bool> = BTreeMap::new();
    let mut seats = 0;
    for change in &report.changes {
        if let Some(station) = part(change, &STATION).filter(|station| !station.is_empty()) {
            let gone = change.before > 0 && change.after == 0;
            let all = stations.entry(station).or_insert(true);
            *all = *all && gone;
        }
        if part(change, &SEATS).is_some() {
            let gained = change.after.saturating_sub(change.before);
            seats += u64::try_from(gained).unwrap_or(0);
        }
    }
    let annulled = stations.into_iter().filter(|(_, gone)| *gone).map(|(station, _)| station);
    let silent = report.changes.is_empty();
    Effect { annulled: annulled.collect(), seats, silent, ..Effect::default() }
}

/// What stands behind one of these words in the subject of a figure. `None`: none of them is there.
fn part(change: &FigureChange, words: &[&str]) -> Option<String> {
    change.subject.split([',', '،']).map(search_form).find_map(|part| {
        let (first, rest) = part.split_once(' ').unwrap_or((&part, ""));
        words.contains(&first).then(|| rest.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(changes: &[(&str, i64, i64)]) -> Effect {
        let change = |(subject, before, after): &(&str, i64, i64)| FigureChange {
            subject: (*subject).to_owned(),
            before: *before,
            after: *after,
        };
        let changes = changes.iter().map(change).collect();
        reported(&ImplementationReport { changes, ..ImplementationReport::default() })
    }

    #[test]
    fn stations_and_seats_are_read_off_the_words_of_a_report() {
        let effect = report(&[
            ("votes, list 187, station 02", 300, 0),
            ("votes, list 215, station 02", 12, 0),
            ("votes, list 187, station 05", 300, 0),
            ("votes, list 215, station 05", 12, 40),
            ("أصوات، القائمة 187، محطة ٠٧", 9, 0),
            ("seats, list 187", 3, 2),
            ("seats, list 215", 1, 2),
        ]);
        let annulled: Vec<&str> = effect.annulled.iter().map(String::as_str).collect();
        assert_eq!(annulled, ["02", "07"]);
        assert_eq!((effect.seats, effect.silent), (1, false));
        assert!(report(&[]).silent);
    }

    #[test]
    fn the_words_are_in_their_search_form() {
        for word in STATION.iter().chain(&SEATS) {
            assert_eq!(&search_form(word), word);
        }
    }
}
