//! How two registers stand to each other: how the figures add up, and every difference.

use barid_proto::reconcile::balance::Counted;
use barid_proto::reconcile::{Comparison, Equation, Exception, Reconciliation, Side, Term};
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::v1::{Address, MatchStrength};
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::grid::Grid;
use super::registered;
use crate::wording::Lang;
use crate::wording::reconcile::{self as words, ReconcileMsg as Msg};

/// Whose view of an election event it is, and as of when.
pub(crate) struct Sight<'a> {
    /// The office that reads.
    pub(crate) office: Address,
    /// The event; empty for all.
    pub(crate) event: &'a str,
    /// Cases that it may read.
    pub(crate) cases: usize,
    /// Filings on their dockets.
    pub(crate) lines: u64,
    /// Filings on them that it may not read.
    pub(crate) hidden: u64,
    /// The checkpoint behind which nothing counts.
    pub(crate) as_of: &'a Checkpoint,
}

/// For people: others see other cases, and this result is of these.
pub(crate) fn sight(lang: Lang, sight: &Sight<'_>) -> String {
    let office = super::shown_office(Some(&sight.office));
    let (cases, size) = (sight.cases.to_string(), sight.as_of.size().to_string());
    let origin = sight.as_of.origin();
    let mut lines = vec![Msg::Seen.fill(lang, &[&office, &cases, sight.event, &size, origin])];
    if sight.hidden > 0 {
        lines.push(Msg::Hidden.fill(lang, &[&sight.hidden.to_string()]));
    }
    lines.join("\n")
}

/// The same for scripts.
pub(crate) fn sight_value(sight: &Sight<'_>) -> Value {
    json!({
        "by": super::office(Some(&sight.office)),
        "election_event": sight.event,
        "cases": sight.cases,
        "filings": sight.lines,
        "filings_hidden": sight.hidden,
        "log": sight.as_of.origin(),
        "tree_size": sight.as_of.size(),
        "root": barid_client::hex::encode(sight.as_of.root()),
    })
}

/// For people.
pub(crate) fn text(
    lang: Lang,
    comparison: &Comparison<'_>,
    found: &Reconciliation,
    zone: &TimeZone,
) -> String {
    let name = |side: Side| comparison.register(side).institution();
    let certain = found.matches.iter().filter(|one| one.strength == MatchStrength::Certain).count();
    let probable = (found.matches.len() - certain).to_string();
    let mut lines = vec![Msg::Matched.fill(
        lang,
        &[name(Side::Referring), name(Side::Docketing), &certain.to_string(), &probable],
    )];
    for side in Side::BOTH {
        lines.push(equation(lang, comparison, &found.balance.within(side)));
    }
    lines.push(equation(lang, comparison, &found.balance.across()));
    if found.exceptions.is_empty() {
        lines.push(Msg::Reconciled.fill(lang, &[]));
        return lines.join("\n");
    }
    lines.push(String::new());
    lines.push(exceptions(lang, comparison, &found.exceptions, zone));
    lines.push(Msg::Open.fill(lang, &[&found.exceptions.len().to_string()]));
    lines.join("\n")
}

fn equation(lang: Lang, comparison: &Comparison<'_>, equation: &Equation) -> String {
    let side = |terms: &[Term]| {
        let terms =
            terms.iter().filter(|term| term.counted == Counted::All || !term.cases.is_empty());
        let terms = terms.map(|term| {
            let what = match term.counted {
                Counted::All => {
                    Msg::AllOf.fill(lang, &[comparison.register(term.side).institution()])
                }
                Counted::Fate(fate) => words::fate(lang, fate),
                Counted::Standing(standing) => {
                    let whose = comparison.register(term.side).institution();
                    Msg::OnlyIn.fill(lang, &[&words::standing(lang, standing), whose])
                }
            };
            format!("{} {what}", term.cases.len())
        });
        terms.collect::<Vec<_>>().join(" + ")
    };
    let sign = if equation.holds() { "=" } else { "≠" };
    format!("{} {sign} {}", side(&equation.left), side(&equation.right))
}

fn exceptions(
    lang: Lang,
    comparison: &Comparison<'_>,
    all: &[Exception],
    zone: &TimeZone,
) -> String {
    let cases = |side, places: &[usize]| cases(lang, comparison, (side, places), zone);
    let headings = [
        Msg::HeadException.fill(lang, &[]),
        comparison.referring.institution().to_owned(),
        comparison.docketing.institution().to_owned(),
        Msg::HeadSure.fill(lang, &[]),
        Msg::HeadOwner.fill(lang, &[]),
    ];
    let mut grid = Grid::new(lang, headings);
    for one in all {
        let reasons: Vec<String> =
            one.reasons.iter().map(|reason| words::reason(lang, *reason)).collect();
        let mut sure = words::strength(lang, one.strength);
        if !reasons.is_empty() {
            sure = format!("{sure}: {}", lang.list(&reasons));
        }
        grid.row([
            words::exception(lang, one.kind),
            cases(Side::Referring, &one.referring),
            cases(Side::Docketing, &one.docketing),
            sure,
            comparison.register(one.owner).institution().to_owned(),
        ]);
    }
    grid.render()
}

/// Cases by their numbers, each with its evidence below it.
fn cases(
    lang: Lang,
    comparison: &Comparison<'_>,
    (side, places): (Side, &[usize]),
    zone: &TimeZone,
) -> String {
    let cases = comparison.register(side).cases();
    let mut lines = Vec::new();
    for case in places.iter().filter_map(|place| cases.get(*place)) {
        lines.push(registered::called(lang, case));
        let evidence = registered::evidence(lang, case, zone);
        lines.extend((!evidence.is_empty()).then_some(evidence));
    }
    lines.join("\n")
}

/// The same for scripts.
pub(crate) fn value(comparison: &Comparison<'_>, found: &Reconciliation) -> Value {
    let numbers = |side: Side, places: &[usize]| {
        let cases = comparison.register(side).cases();
        let named = places.iter().filter_map(|place| cases.get(*place));
        named.map(|case| case.number.as_ref().map(|one| one.literal.clone())).collect::<Value>()
    };
    let evidence = |side: Side, places: &[usize]| {
        let cases = comparison.register(side).cases();
        let named = places.iter().filter_map(|place| cases.get(*place));
        named.map(registered::value).collect::<Value>()
    };
    let exceptions = found.exceptions.iter().map(|one| {
        json!({
            "kind": one.kind.as_str_name(),
            "referring": numbers(Side::Referring, &one.referring),
            "docketing": numbers(Side::Docketing, &one.docketing),
            "strength": one.strength.as_str_name(),
            "reasons": one.reasons.iter().map(|one| one.as_str_name()).collect::<Vec<_>>(),
            "owner": comparison.register(one.owner).institution(),
            "evidence": {
                "referring": evidence(Side::Referring, &one.referring),
                "docketing": evidence(Side::Docketing, &one.docketing),
            },
        })
    });
    let certain = found.matches.iter().filter(|one| one.strength == MatchStrength::Certain).count();
    json!({
        "referring": side(comparison, found, Side::Referring),
        "docketing": side(comparison, found, Side::Docketing),
        "matched": found.matches.len(),
        "matched_certainly": certain,
        "adds_up": found.balance.holds(),
        "exceptions": exceptions.collect::<Vec<_>>(),
    })
}

fn side(comparison: &Comparison<'_>, found: &Reconciliation, side: Side) -> Value {
    let register = comparison.register(side);
    let fates = found.balance.fates(side).iter();
    let fates: serde_json::Map<String, Value> =
        fates.map(|(fate, cases)| (words::fate(Lang::En, *fate), cases.len().into())).collect();
    json!({
        "institution": register.institution(),
        "cases": register.cases().len(),
        "became": fates,
    })
}
