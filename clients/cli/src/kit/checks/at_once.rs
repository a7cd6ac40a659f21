//! All problems at once: what two damages do alone, they do together.

use std::collections::BTreeSet;

use barid_proto::v1::{Problem, ProblemPlace, ProblemSeverity};

use super::{Good, Work};
use crate::kit::damage::{Spot, damaged, spots};
use crate::kit::family::Family;
use crate::kit::outcome::{Check, Outcome, Remark};
use crate::kit::{Paper, Reason, Subject};

/// Damages of one document that are paired with each other.
const PAIRED_MAX: usize = 8;

/// Most problems of one reply: beyond, none can be expected.
const PROBLEMS_MAX: usize = 500;

/// One damage that the plugin notices.
struct Damage<'s> {
    spot: &'s Spot,
    instead: &'s str,
    problems: BTreeSet<Key>,
}

/// A problem as it is compared: without its offset, which counts bytes, and a damage may change
/// their number; and without what people read, which may quote the damage.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    code: String,
    is_error: bool,
    numbers: [u32; 3],
    texts: [String; 3],
}

impl Key {
    fn of(problem: &Problem) -> Self {
        let place = problem.place.clone().unwrap_or_default();
        Self {
            code: problem.code.clone(),
            is_error: problem.severity() == ProblemSeverity::Error,
            numbers: [place.line, place.column, place.row],
            texts: [place.sheet, place.cell, place.path],
        }
    }

    /// Whether it came; or another one at the same place, since what one damage does to another
    /// place can be something else once that place is damaged itself; or, for a warning, the same
    /// somewhere else, since a format may warn once of what is in many places.
    fn is_told_in(&self, together: &BTreeSet<Self>) -> bool {
        let place = |one: &Self| (one.numbers, one.texts.clone());
        let instead =
            |one: &Self| place(one) == place(self) || (!self.is_error && one.code == self.code);
        together.contains(self) || together.iter().any(instead)
    }

    fn told(&self) -> String {
        let [line, column, row] = self.numbers;
        let [sheet, cell, path] = self.texts.clone();
        let place = ProblemPlace { line, column, row, cell, sheet, path, offset_bytes: 0 };
        format!("{} ({})", self.code, crate::render::problems::place(&place))
    }
}

/// Every good document that can be damaged with understanding is, in pairs of places.
pub(in crate::kit) fn all_at_once(subject: &Subject, good: &[Good<'_>]) -> Outcome {
    let mut work = Work::on(subject, Check::AllAtOnce);
    let mut left_alone = 0;
    for one in good {
        if work.is_given_up() {
            break;
        }
        let Some(format) = subject.format(&one.paper.format) else { continue };
        let spots = spots(Family::of(format), &one.paper.bytes);
        let before: BTreeSet<Key> = one.reply.problems.iter().map(Key::of).collect();
        let damages = noticed(&mut work, one.paper, &spots, &before);
        if damages.len() < 2 {
            left_alone += 1;
            continue;
        }
        work.outcome.cases += 1;
        if let Some(reason) = hidden(&mut work, one.paper, &damages) {
            work.fail_paper(one.paper, reason);
        }
    }
    if left_alone > 0 {
        work.outcome.remarks.push(Remark::Unnoticed(left_alone));
    }
    work.outcome
}

/// Damages that give a problem the document did not have, spread over the document.
fn noticed<'s>(
    work: &mut Work<'_>,
    paper: &Paper,
    spots: &'s [Spot],
    before: &BTreeSet<Key>,
) -> Vec<Damage<'s>> {
    let mut found = Vec::new();
    for spot in spots {
        for instead in &spot.instead {
            let Some(after) = problems(work, paper, &[(spot, instead.as_str())]) else { continue };
            let problems: BTreeSet<Key> = after.difference(before).cloned().collect();
            if !problems.is_empty() && after.len() < PROBLEMS_MAX / 4 {
                found.push(Damage { spot, instead, problems });
                break;
            }
        }
        if work.is_given_up() {
            return Vec::new();
        }
    }
    let step = found.len().div_ceil(PAIRED_MAX).max(1);
    found.into_iter().step_by(step).collect()
}

/// Why the problems of two damages do not all come. One field may decide how all others are read
/// (a form's own kind or version): what it alone hides is no fault.
fn hidden(work: &mut Work<'_>, paper: &Paper, damages: &[Damage<'_>]) -> Option<Reason> {
    let mut pairs = Vec::new();
    for (at, first) in damages.iter().enumerate() {
        for (behind, second) in damages.iter().enumerate().skip(at + 1) {
            let both = [(first.spot, first.instead), (second.spot, second.instead)];
            let together = problems(work, paper, &both)?;
            let due = first.problems.union(&second.problems);
            let missing: Vec<&Key> = due.filter(|one| !one.is_told_in(&together)).collect();
            if !missing.is_empty() {
                let told: Vec<String> = missing.iter().map(|one| one.told()).collect();
                let places = [first, second].map(|one| one.spot.range.start.to_string());
                pairs.push((at, behind, Reason::Hidden(places.to_vec(), told)));
            }
        }
    }
    let governs =
        |field: usize| pairs.iter().all(|(first, second, _)| [*first, *second].contains(&field));
    if damages.len() > 2 && (0..damages.len()).any(governs) {
        return None;
    }
    pairs.into_iter().next().map(|(_, _, reason)| reason)
}

fn problems(
    work: &mut Work<'_>,
    paper: &Paper,
    damages: &[(&Spot, &str)],
) -> Option<BTreeSet<Key>> {
    let input = damaged(&paper.bytes, damages);
    let request = work.subject.request(&paper.format, paper.kind, &input);
    let reply = work.read(&paper.name, &request)?;
    Some(reply.problems.iter().map(Key::of).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(severity: ProblemSeverity, code: &str, path: &str) -> Key {
        let place = ProblemPlace { path: path.to_owned(), ..ProblemPlace::default() };
        let (severity, code) = (severity.into(), code.to_owned());
        Key::of(&Problem { severity, code, place: Some(place), ..Problem::default() })
    }

    #[test]
    fn errors_are_due_at_each_place_and_warnings_once() {
        let (error, warning) = (ProblemSeverity::Error, ProblemSeverity::Warning);
        let together: BTreeSet<Key> =
            [key(error, "wrong", "a"), key(warning, "odd", "b")].into_iter().collect();
        assert!(key(error, "wrong", "a").is_told_in(&together));
        assert!(!key(error, "wrong", "c").is_told_in(&together));
        assert!(key(error, "other", "a").is_told_in(&together));
        assert!(key(warning, "odd", "c").is_told_in(&together));
        assert!(!key(error, "odd", "c").is_told_in(&together));
    }
}
