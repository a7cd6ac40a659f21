//! One screen: the two figures, what lies between them, and where each single case is.

use std::fmt::Write as _;

use barid_client::proto::reconcile::{Exception, Side};
use barid_client::proto::v1::ExceptionKind;
use jiff::tz::TimeZone;

use super::compare::Compared;
use super::plan::Election;
use super::play::Played;

/// Columns of the screen.
const WIDTH: usize = 100;

/// What the difference of the two figures is made of: the kind, its name, and whether it makes the
/// commission's figure larger or the panel's.
const BETWEEN: [(ExceptionKind, &str); 6] = [
    (ExceptionKind::LostInTransfer, "referred to a desk that nobody opened"),
    (ExceptionKind::NotYetRegistered, "at the panel's registry, not entered yet"),
    (ExceptionKind::JoinedOnOneSide, "joined by the panel, counted by the commission"),
    (ExceptionKind::SupplementCounted, "a supplement for the panel, an appeal for the commission"),
    (ExceptionKind::RegisteredTwice, "one appeal, entered twice"),
    (ExceptionKind::DirectFiling, "filed with the panel, unknown to the commission"),
];

/// The screen, and whether everything that was made was found and nothing else.
pub(crate) fn shown(
    seed: u64,
    election: &Election,
    played: &Played,
    compared: &Compared,
) -> (String, bool) {
    let mut text = String::new();
    let [received, docketed] = compared.rows;
    let gap = received.abs_diff(docketed);
    _ = writeln!(text, "SYNTHETIC DATA · election of seed {seed} · as of 1 December 2025");
    _ = writeln!(
        text,
        "received by the commission {received} · docketed by the panel {docketed} · difference {gap}\n",
    );
    between(&mut text, compared);
    outcomes(&mut text, election, compared);
    others(&mut text, compared);
    let good = verdict(&mut text, played, compared);
    (text, good)
}

/// The nineteen, case by case.
fn between(text: &mut String, compared: &Compared) {
    let mut sums = [0_usize; 2];
    for (kind, name) in BETWEEN {
        for (side, sign) in [(Side::Referring, '+'), (Side::Docketing, '-')] {
            let exceptions: Vec<_> =
                compared.of(kind).into_iter().filter(|one| larger(one) == side).collect();
            if exceptions.is_empty() {
                continue;
            }
            if let Some(sum) = sums.get_mut(usize::from(side == Side::Docketing)) {
                *sum += exceptions.len();
            }
            _ = writeln!(text, "{sign}{:<3} {name}", exceptions.len());
            let cases: Vec<String> = exceptions.iter().map(|one| case(compared, one)).collect();
            wrapped(text, &cases);
        }
    }
    let [more, less] = sums;
    let gap = more.saturating_sub(less);
    _ = writeln!(text, "     {more} - {less} = {gap}: each with its case, its owner and its day\n");
}

/// Whose figure an exception makes larger.
fn larger(exception: &Exception) -> Side {
    match exception.kind {
        ExceptionKind::DirectFiling => Side::Docketing,
        ExceptionKind::RegisteredTwice if exception.docketing.len() > 1 => Side::Docketing,
        _ => Side::Referring,
    }
}

/// A case with the evidence that places it.
fn case(compared: &Compared, exception: &Exception) -> String {
    let number = compared.told(exception);
    let register = &compared.referring;
    let found = exception.referring.first().and_then(|place| register.cases().get(*place));
    let transfer = found.map(|case| case.transfer).unwrap_or_default();
    let day = |at_ms: i64| {
        let instant = jiff::Timestamp::from_millisecond(at_ms).unwrap_or_default();
        instant.to_zoned(TimeZone::UTC).strftime("%H:%M:%S").to_string()
    };
    let other = exception.docketing.first().map(|place| compared.number(Side::Docketing, *place));
    let short = |number: &str| number.split('/').next().unwrap_or(number).to_owned();
    match exception.kind {
        ExceptionKind::LostInTransfer => {
            format!("{number} sent {}, never opened", day(transfer.sent_at_ms))
        }
        ExceptionKind::NotYetRegistered => {
            format!("{number} acknowledged {}", day(transfer.acknowledged_at_ms))
        }
        ExceptionKind::DirectFiling => format!("panel {}", short(&number)),
        _ => match other {
            Some(other) => format!("{number} = panel {}", short(&other)),
            None => number,
        },
    }
}

/// The outcomes that the commission cannot explain.
fn outcomes(text: &mut String, election: &Election, compared: &Compared) {
    let missing = compared.of(ExceptionKind::OutcomeMissing);
    let (settled, known) = (election.size.settled, election.size.explained);
    _ = writeln!(
        text,
        "settled by the panel {settled} · outcome known to the commission {known} · missing {}\n\
         each of these was ruled on, and the ruling lies unopened in the commission's inbox; the \
         panel's numbers:",
        missing.len()
    );
    let number = |one: &&Exception| {
        let place = one.docketing.first()?;
        compared.number(Side::Docketing, *place).split('/').next()?.parse::<u32>().ok()
    };
    let mut numbers: Vec<u32> = missing.iter().filter_map(number).collect();
    numbers.sort_unstable();
    wrapped(text, &runs(&numbers));
    text.push('\n');
}

/// What makes no difference to the figures.
fn others(text: &mut String, compared: &Compared) {
    let counted = BETWEEN.map(|(kind, _)| kind);
    let rest =
        compared.found.exceptions.iter().filter(|one| {
            !counted.contains(&one.kind) && one.kind != ExceptionKind::OutcomeMissing
        });
    for one in rest {
        let kind = one.kind.as_str_name().trim_start_matches("EXCEPTION_KIND_");
        let strength = one.strength.as_str_name().trim_start_matches("MATCH_STRENGTH_");
        _ = writeln!(text, "besides: {kind} {} ({strength})", compared.told(one));
    }
}

fn verdict(text: &mut String, played: &Played, compared: &Compared) -> bool {
    let found = compared.made - compared.missed.len();
    let told = found + compared.invented.len();
    _ = writeln!(
        text,
        "\nmade {} differences, found {found}, found besides {}: recall {}/{}, precision {found}/{told}",
        compared.made,
        compared.invented.len(),
        found,
        compared.made,
    );
    for (name, list) in [("missed", &compared.missed), ("not made", &compared.invented)] {
        for (kind, number) in list {
            _ = writeln!(text, "{name}: {} {number}", kind.as_str_name());
        }
    }
    let (cases, leaves) = compared.read;
    let holds = compared.found.balance.holds();
    let adds_up = if holds { "both sides' figures add up" } else { "the figures DO NOT ADD UP" };
    _ = writeln!(
        text,
        "{} filings with verified receipts; {cases} dockets read as of leaf {leaves}; {adds_up}",
        played.filings
    );
    holds && compared.missed.is_empty() && compared.invented.is_empty()
}

/// Ascending numbers, runs of them as spans.
fn runs(numbers: &[u32]) -> Vec<String> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => runs.push((*number, *number)),
        }
    }
    let span = |(first, last): (u32, u32)| {
        if first == last { first.to_string() } else { format!("{first}-{last}") }
    };
    runs.into_iter().map(span).collect()
}

/// Items in lines of the screen's width, indented.
fn wrapped(text: &mut String, items: &[String]) {
    let mut line = String::from("    ");
    for item in items {
        if line.chars().count() + item.chars().count() + 2 > WIDTH {
            _ = writeln!(text, "{}", line.trim_end());
            line = String::from("    ");
        }
        line += &format!(" {item};");
    }
    _ = writeln!(text, "{}", line.trim_end_matches(';'));
}
