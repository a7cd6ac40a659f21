//! The two registers brought together again, and held against the plan: every difference that was
//! made is found, and no other.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context as _;
use barid_client::Draft;
use barid_client::draft::HashedDocument;
use barid_client::proto::reconcile::{
    Comparison, Dockets, Exception, Reconciliation, Register, RegisteredCase, Side, reconcile,
};
use barid_client::proto::v1::filing_content::Content;
use barid_client::proto::v1::{
    ActReference, Address, DataClass, ExceptionKind, FilingContent, FilingKind, Outcome,
    RegisterRow, RegisterStatement, WrittenDate,
};
use barid_tests::ScriptedOffice;
use prost::Message as _;

use super::plan::{Appeal, COMPARED_ON, Election, Fate};
use super::play::{EVENT, Network, Played, civil, docket_number, outcome, panels};

/// What is told or was made: the kind, and the number of the case in question.
pub(crate) type Told = (ExceptionKind, String);

/// Both registers, and what came of comparing them.
pub(crate) struct Compared {
    pub(crate) referring: Register,
    pub(crate) docketing: Register,
    pub(crate) found: Reconciliation,
    /// Rows of the two statements.
    pub(crate) rows: [usize; 2],
    /// Cases of the hub that were read, and the size of the log as of which.
    pub(crate) read: (usize, u64),
    /// What was found and not made.
    pub(crate) invented: Vec<Told>,
    /// What was made and not found.
    pub(crate) missed: Vec<Told>,
    /// How many were made.
    pub(crate) made: usize,
}

impl Compared {
    /// The comparison that this is the outcome of.
    pub(crate) fn comparison(&self) -> Comparison<'_> {
        Comparison::of(&self.referring, &self.docketing)
    }

    /// Exceptions of a kind that are seen from this side.
    pub(crate) fn of(&self, kind: ExceptionKind) -> Vec<&Exception> {
        self.found.exceptions.iter().filter(|one| one.kind == kind).collect()
    }

    /// The number of a case of a register.
    pub(crate) fn number(&self, side: Side, place: usize) -> String {
        let register = if side == Side::Referring { &self.referring } else { &self.docketing };
        register.cases().get(place).map_or_else(String::new, number)
    }

    /// By which number an exception is told: that of the case in question, the commission's before
    /// the panel's; of an appeal that is there twice, the lower one.
    pub(crate) fn told(&self, exception: &Exception) -> String {
        let numbers = |side, places: &[usize]| -> Vec<String> {
            places.iter().map(|place| self.number(side, *place)).collect()
        };
        let mut referring = numbers(Side::Referring, &exception.referring);
        if exception.kind == ExceptionKind::RegisteredTwice {
            referring.sort();
        }
        let docketing = numbers(Side::Docketing, &exception.docketing);
        referring.into_iter().chain(docketing).next().unwrap_or_default()
    }
}

fn number(case: &RegisteredCase) -> String {
    let number = case.number.as_ref().or_else(|| case.other_numbers.first());
    number.map_or_else(|| "-".to_owned(), |number| number.literal.clone())
}

/// Each side files its register, the national office reads all dockets that it may read, and both
/// registers are compared.
pub(crate) async fn compare(
    network: &Network,
    election: &Election,
    played: &mut Played,
) -> anyhow::Result<Compared> {
    let commission = commission(election, played);
    let panel = panel(election, played);
    let own = panel.rows.iter().filter(|row| row.supplement_to.is_none());
    let rows = [commission.rows.len(), own.count()];
    state(&network.national, "ejp", commission.clone()).await?;
    state(&network.registry, "ihec", panel.clone()).await?;
    played.filings += 2;
    let read = network.national.client.event_dockets(EVENT, &mut |_, _| {}).await?;
    let register = |institution: &str, other: &str, side, statement: &RegisterStatement| {
        let own = Register::stated(institution, statement, false)?;
        own.with(read.dockets.cases(side, institution, other))
    };
    let referring = register("ihec", "ejp", Side::Referring, &commission)?;
    let docketing = register("ejp", "ihec", Side::Docketing, &panel)?;
    let found = reconcile(&Comparison::of(&referring, &docketing));
    let mut compared = Compared {
        referring,
        docketing,
        found,
        rows,
        read: (Dockets::len(&read.dockets), read.as_of.checkpoint.size()),
        invented: Vec::new(),
        missed: Vec::new(),
        made: 0,
    };
    let made = made(election, played);
    let told: BTreeSet<Told> =
        compared.found.exceptions.iter().map(|one| (one.kind, compared.told(one))).collect();
    compared.invented = told.difference(&made).cloned().collect();
    compared.missed = made.difference(&told).cloned().collect();
    compared.made = made.len();
    Ok(compared)
}

/// The commission files every difference, so that each has an owner, a day, and can be settled.
pub(crate) async fn file(
    network: &Network,
    compared: &Compared,
    played: &mut Played,
) -> anyhow::Result<()> {
    let comparison = compared.comparison();
    for exception in &compared.found.exceptions {
        let (institution, office) = match exception.owner {
            Side::Referring => ("ihec", "national"),
            Side::Docketing => ("ejp", "registry"),
        };
        let owner = Address { institution: institution.to_owned(), office: office.to_owned() };
        let mut filed = exception.to_wire(&comparison, Side::Referring, owner);
        filed.due_on = Some(civil(COMPARED_ON.tomorrow().context("the day after")?));
        let draft = of_no_case(FilingKind::ReconciliationException)
            .content(content(Content::ReconciliationException(filed)))
            .to("ejp", "registry");
        network.national.client.submit(draft).await?;
        played.filings += 1;
    }
    Ok(())
}

async fn state(
    office: &ScriptedOffice,
    to: &str,
    statement: RegisterStatement,
) -> anyhow::Result<()> {
    let main = if to == "ihec" { "national" } else { "registry" };
    let document = content(Content::RegisterStatement(statement)).encode_to_vec();
    let document = HashedDocument::in_memory(document);
    let draft = of_no_case(FilingKind::RegisterStatement).lead(
        "barid/filing+protobuf",
        "register",
        "application/x-protobuf",
        document,
    );
    office.client.submit(draft.to(to, main)).await?;
    Ok(())
}

fn of_no_case(kind: FilingKind) -> Draft {
    Draft::new(kind).without_case().data_class(DataClass::Synthetic).under("", "", EVENT)
}

fn content(content: Content) -> FilingContent {
    FilingContent { content: Some(content) }
}

/// The commission's own register: a row for each appeal, with the outcomes that it knows.
fn commission(election: &Election, played: &Played) -> RegisterStatement {
    let row = |(serial, appeal): (usize, &Appeal)| {
        let outcome = played.panels.get(&serial).filter(|_| appeal.explained);
        RegisterRow {
            row: u32::try_from(serial + 2).unwrap_or_default(),
            docket_numbers: vec![docket_number("ihec", &appeal.number)],
            outcome: outcome.map_or(0, |number| self::outcome(*number).into()),
            ..described(appeal)
        }
    };
    let rows = election.appeals.iter().enumerate().map(row).collect();
    RegisterStatement { name: "synthetic".into(), as_of: Some(civil(COMPARED_ON)), rows }
}

/// Who appeals, when, and against what.
fn described(appeal: &Appeal) -> RegisterRow {
    let (decision, day) = appeal.decision;
    RegisterRow {
        date: Some(WrittenDate {
            literal: appeal.day.to_string(),
            candidates: vec![civil(appeal.day)],
        }),
        person: appeal.person.clone(),
        challenged: Some(ActReference {
            institution: "ihec".to_owned(),
            number: decision.to_owned(),
            date: Some(civil(day)),
            ..ActReference::default()
        }),
        ..RegisterRow::default()
    }
}

/// The panel's own docket: a row for each number, with those that were joined to it. What it holds
/// for a supplement has a row, and is none of its cases.
fn panel(election: &Election, played: &Played) -> RegisterStatement {
    let mut rows: BTreeMap<u32, RegisterRow> = BTreeMap::new();
    let mut supplements = Vec::new();
    for (serial, appeal) in election.appeals.iter().enumerate() {
        let Some(number) = played.panels.get(&serial) else { continue };
        let own = docket_number("ejp", &panels(*number));
        match appeal.fate {
            Fate::Joined(_) => {}
            Fate::Supplement(to) => {
                let lead = played.panels.get(&to);
                supplements.push(RegisterRow {
                    docket_numbers: vec![own],
                    supplement_to: lead.map(|lead| docket_number("ejp", &panels(*lead))),
                    ..RegisterRow::default()
                });
            }
            Fate::Miswritten => {
                let slip = docket_number("ihec", &slipped(&appeal.number));
                let docket_numbers = vec![own, slip];
                rows.insert(*number, RegisterRow { docket_numbers, ..described(appeal) });
            }
            _ => {
                let outcome = if appeal.settled { outcome(*number) } else { Outcome::Unspecified };
                let joined = election.appeals.iter().enumerate();
                let joined = joined.filter(|(_, other)| other.fate == Fate::Joined(serial));
                let joined = joined.filter_map(|(other, _)| played.panels.get(&other));
                let joined = joined.map(|other| docket_number("ejp", &panels(*other)));
                let docket_numbers = [own].into_iter().chain(joined).collect();
                let row = RegisterRow {
                    docket_numbers,
                    outcome: outcome.into(),
                    ..RegisterRow::default()
                };
                rows.insert(*number, row);
            }
        }
    }
    for number in played.again.values().chain(&played.direct) {
        let docket_numbers = vec![docket_number("ejp", &panels(*number))];
        rows.insert(*number, RegisterRow { docket_numbers, ..RegisterRow::default() });
    }
    let rows = (2..).zip(rows.into_values().chain(supplements));
    let rows = rows.map(|(row, each)| RegisterRow { row, ..each }).collect();
    RegisterStatement { name: "synthetic".into(), as_of: Some(civil(COMPARED_ON)), rows }
}

/// The commission's number with a slip, as a tired clerk copies it: one that nobody has.
fn slipped(number: &str) -> String {
    number.replace("-APL-", "-ABL-")
}

/// The differences that the plan made.
fn made(election: &Election, played: &Played) -> BTreeSet<Told> {
    use ExceptionKind as K;
    let mut made = BTreeSet::new();
    for appeal in &election.appeals {
        let number = appeal.number.clone();
        let lower = |of: usize| {
            let other = election.appeals.get(of).map(|other| other.number.clone());
            other.into_iter().chain([number.clone()]).min().unwrap_or_default()
        };
        match appeal.fate {
            Fate::Lost => _ = made.insert((K::LostInTransfer, number.clone())),
            Fate::Unregistered => _ = made.insert((K::NotYetRegistered, number.clone())),
            Fate::Joined(_) => _ = made.insert((K::JoinedOnOneSide, number.clone())),
            Fate::Supplement(_) => _ = made.insert((K::SupplementCounted, number.clone())),
            Fate::Duplicate(of) => _ = made.insert((K::RegisteredTwice, lower(of))),
            Fate::Twice => _ = made.insert((K::RegisteredTwice, number.clone())),
            Fate::Miswritten => _ = made.insert((K::IdentifierMiswritten, number.clone())),
            Fate::Fine => {}
        }
        if appeal.settled && !appeal.explained {
            made.insert((K::OutcomeMissing, number));
        }
    }
    made.extend(played.direct.iter().map(|number| (K::DirectFiling, panels(*number))));
    made
}
