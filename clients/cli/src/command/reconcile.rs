//! `barid reconcile`: two registers, compared case by case; or all pairs of an election event.

use barid_client::client::EventDockets;
use barid_proto::reconcile::{Comparison, Number, Reconciliation, Said, Side, reconcile};
use barid_proto::v1::{Address, CivilDate, DataClass, DocketNumber, MatchVerdict};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::registers::{self, Source, StatedIn, Statement};
use super::{Desk, parse};
use crate::exit::Failure;
use crate::render::reconciliation::{self, Sight};
use crate::wording::exception::ExceptionMsg;
use crate::wording::reconcile::ReconcileMsg as Msg;

/// Which registers, which days, and what people have said about single cases.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The register of the body that refers: the digest of a filing that states it; if it is this
    /// institution's own, a document with the format that reads it
    /// (`register.xlsx:ihec/register+xlsx`); what became known of its cases in the hub
    /// (`hub:ihec`, with --event); or the last with one of the others (`hub:ihec+DIGEST`). With
    /// --event alone all bodies that refer to each other are compared, by what became known.
    #[arg(value_parser = registers::source, requires = "docketing",
          required_unless_present = "event")]
    referring: Option<Source>,
    /// The register of the body that dockets, likewise.
    #[arg(value_parser = registers::source)]
    docketing: Option<Source>,
    /// The election event whose cases are read in the hub: `CoR-2025-6`. Only cases that this
    /// office may read are seen.
    #[arg(long)]
    event: Option<String>,
    /// The first day compared: 2025-11-12. Cases outside are told apart.
    #[arg(long, requires = "until")]
    from: Option<Date>,
    /// The last day compared.
    #[arg(long, requires = "from")]
    until: Option<Date>,
    /// Two cases that are one, though nothing in the registers says so:
    /// `ihec:17/2025=ejp:612/2025`. Several times for several.
    #[arg(long, value_parser = pair)]
    together: Vec<(DocketNumber, DocketNumber)>,
    /// Two cases that are not one, whatever the registers say. Several times for several.
    #[arg(long, value_parser = pair)]
    apart: Vec<(DocketNumber, DocketNumber)>,
    /// The first register lists cases that were not referred, too: that one is missing on the other
    /// side is then no exception. What became known in the hub says so by itself.
    #[arg(long)]
    not_all_referred: bool,
    /// Files every difference that was not filed before, for the other institution: one
    /// of the two has to be this one.
    #[arg(long = "file", requires = "event")]
    lodges: bool,
    /// With --file: the day by which each has to be settled.
    #[arg(long, requires = "lodges")]
    due: Option<Date>,
    /// With --file: what class of data they are.
    #[arg(long, value_parser = parse::data_class, default_value = "live")]
    data_class: DataClass,
}

/// Compares, and shows how the figures add up and everything that differs. Exit code 1 when
/// something does.
pub(super) async fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    match (&args.referring, &args.docketing) {
        (Some(referring), Some(docketing)) => two(desk, &args, referring, docketing).await,
        _ => all(desk, &args).await,
    }
}

/// Two registers.
async fn two(
    desk: &Desk,
    args: &Args,
    referring: &Source,
    docketing: &Source,
) -> Result<(), Failure> {
    let is_hub = referring.is_hub() || docketing.is_hub();
    if is_hub && args.event.is_none() {
        return Err(Failure::usage("hub:INSTITUTION needs --event: the cases to read"));
    }
    let (named, stated) = referring.parts();
    let (ours, first) = institution(desk, named, stated).await?;
    let (named, stated) = docketing.parts();
    let (theirs, second) = institution(desk, named, stated).await?;
    let event = args.event.as_deref().unwrap_or_default();
    let dockets = if is_hub { Some(dockets(desk, event).await?) } else { None };
    let read = |source: &Source| dockets.as_ref().filter(|_| source.is_hub());
    let (sent, names) = (!args.not_all_referred, [ours.as_str(), theirs.as_str()]);
    let one = registers::register(Side::Referring, names, first.as_ref(), read(referring), sent)?;
    let names = [theirs.as_str(), ours.as_str()];
    let other =
        registers::register(Side::Docketing, names, second.as_ref(), read(docketing), false)?;
    let said = said(desk, args).await?;
    let comparison = args.comparison(Comparison::of(&one, &other), &said);
    let found = reconcile(&comparison);
    let (text, mut value) = shown(desk, &comparison, &found)?;
    let mut texts = vec![text];
    texts.extend(lodge(desk, args, &comparison, &found, &said).await?);
    if let Some(read) = &dockets {
        let sight = sight(desk, args, read)?;
        texts.insert(0, reconciliation::sight(desk.screen.lang, &sight));
        if let Some(keys) = value.as_object_mut() {
            keys.insert("seen".to_owned(), reconciliation::sight_value(&sight));
        }
    }
    desk.screen.show(&texts.join("\n"), &value);
    if found.exceptions.is_empty() { Ok(()) } else { Err(Failure::Said(1)) }
}

/// All pairs of bodies that refer to each other, as far as this office sees them.
async fn all(desk: &Desk, args: &Args) -> Result<(), Failure> {
    let lang = desk.screen.lang;
    let read = dockets(desk, args.event.as_deref().unwrap_or_default()).await?;
    let own = desk.profile()?.address().institution;
    let sight = sight(desk, args, &read)?;
    let mut texts = vec![reconciliation::sight(lang, &sight)];
    let said = said(desk, args).await?;
    let (mut pairs, mut differ) = (Vec::new(), false);
    for (refers, dockets_it) in read.dockets.pairs() {
        let (here, there) = ([refers.as_str(), &dockets_it], [dockets_it.as_str(), &refers]);
        let one = registers::register(Side::Referring, here, None, Some(&read), false)?;
        let other = registers::register(Side::Docketing, there, None, Some(&read), false)?;
        let comparison = args.comparison(Comparison::of(&one, &other), &said);
        let found = reconcile(&comparison);
        let (text, value) = shown(desk, &comparison, &found)?;
        texts.push(String::new());
        texts.push(text);
        if here.contains(&own.as_str()) {
            texts.extend(lodge(desk, args, &comparison, &found, &said).await?);
        }
        pairs.push(value);
        differ |= !found.exceptions.is_empty();
    }
    if pairs.is_empty() {
        texts.push(Msg::NoReferrals.fill(lang, &[]));
    }
    let value = json!({ "seen": reconciliation::sight_value(&sight), "pairs": pairs });
    desk.screen.show(&texts.join("\n"), &value);
    if differ { Err(Failure::Said(1)) } else { Ok(()) }
}

impl Args {
    /// With the days and what people have said: here, and in the log.
    fn comparison<'a>(&self, comparison: Comparison<'a>, said: &Said) -> Comparison<'a> {
        let (ours, theirs) =
            (comparison.referring.institution(), comparison.docketing.institution());
        let numbers = |pairs: &[(DocketNumber, DocketNumber)], verdict| {
            let here = pairs.iter().map(|(one, other)| (Number::of(one), Number::of(other)));
            here.chain(said.pairs(verdict, ours, theirs)).collect()
        };
        Comparison {
            window: self.from.zip(self.until),
            together: numbers(&self.together, MatchVerdict::One),
            apart: numbers(&self.apart, MatchVerdict::NotOne),
            ..comparison
        }
    }
}

/// What was filed about differences in the election event; nothing without one.
async fn said(desk: &Desk, args: &Args) -> Result<Said, Failure> {
    let Some(event) = &args.event else { return Ok(Said::default()) };
    Ok(Said::of(&desk.client()?.exceptions(event).await?))
}

/// Files what differs and was not filed before, if asked to: what is said of it.
async fn lodge(
    desk: &Desk,
    args: &Args,
    comparison: &Comparison<'_>,
    found: &Reconciliation,
    said: &Said,
) -> Result<Option<String>, Failure> {
    let Some(event) = args.event.as_ref().filter(|_| args.lodges) else { return Ok(None) };
    let own = desk.profile()?.address().institution;
    let whose = |side: Side| comparison.register(side).institution().to_owned();
    let ours = Side::BOTH.into_iter().find(|side| whose(*side) == own);
    let Some(ours) = ours else {
        let [one, other] = Side::BOTH.map(whose);
        return Err(Failure::usage(format!(
            "{own} is none of {one} and {other}: it files nothing"
        )));
    };
    let client = desk.client()?;
    let bar = desk.screen.counter();
    bar.set_length(found.exceptions.len() as u64);
    let (mut filed, mut before) = (0, 0);
    for exception in &found.exceptions {
        let owner = Address { institution: whose(exception.owner), office: String::new() };
        let mut exception = exception.to_wire(comparison, ours, owner);
        exception.due_on = args.due.map(|day| CivilDate {
            year: day.year().into(),
            month: day.month().into(),
            day: day.day().into(),
        });
        bar.inc(1);
        if said.find(&exception).is_some() {
            // Also what was settled: whoever doubts that files it anew by hand.
            before += 1;
            continue;
        }
        let there = whose(ours.other());
        client.file_exception(event, args.data_class, exception, &there).await?;
        filed += 1;
    }
    bar.finish_and_clear();
    let told =
        ExceptionMsg::Filed.fill(desk.screen.lang, &[&filed.to_string(), &before.to_string()]);
    Ok(Some(told))
}

/// Whose register it is, and what that institution states.
pub(super) async fn institution(
    desk: &Desk,
    named: Option<&str>,
    stated: Option<&StatedIn>,
) -> Result<(String, Option<Statement>), Failure> {
    let stated = match stated {
        Some(stated) => Some(registers::statement(desk, stated).await?),
        None => None,
    };
    let whose = stated.as_ref().map(|stated| stated.institution.as_str());
    match (named, whose) {
        (Some(named), Some(whose)) if named != whose => {
            let what = format!("the statement beside hub:{named} is of {whose}");
            Err(Failure::usage(what))
        }
        _ => Ok((named.or(whose).unwrap_or_default().to_owned(), stated)),
    }
}

/// All dockets of an event that this office may read.
pub(super) async fn dockets(desk: &Desk, event: &str) -> Result<EventDockets, Failure> {
    let bar = desk.screen.counter();
    let client = desk.client()?;
    let mut progress = |read, all| {
        bar.set_length(all as u64);
        bar.set_position(read as u64);
    };
    let read = client.event_dockets(event, &mut progress).await;
    bar.finish_and_clear();
    Ok(read?)
}

fn sight<'a>(desk: &Desk, args: &'a Args, read: &'a EventDockets) -> Result<Sight<'a>, Failure> {
    Ok(Sight {
        office: desk.profile()?.address(),
        event: args.event.as_deref().unwrap_or_default(),
        cases: read.dockets.len(),
        lines: read.lines,
        hidden: read.hidden,
        as_of: &read.as_of.checkpoint,
    })
}

fn shown(
    desk: &Desk,
    comparison: &Comparison<'_>,
    found: &Reconciliation,
) -> Result<(String, Value), Failure> {
    let text = reconciliation::text(desk.screen.lang, comparison, found, &desk.zone()?);
    Ok((text, reconciliation::value(comparison, found)))
}

fn pair(text: &str) -> Result<(DocketNumber, DocketNumber), String> {
    let (one, other) = text.split_once('=').ok_or("two docket numbers with `=` between them")?;
    Ok((parse::docket_number(one)?, parse::docket_number(other)?))
}
