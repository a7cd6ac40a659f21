//! The election on a real hub: twenty governorate offices, the national office and the panel's
//! registry, each with its own certificate, key and folder, speaking to the hub with the client
//! library.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context as _;
use barid_client::Draft;
use barid_client::client::{Filed, From, Served};
use barid_client::proto::v1::filing_content::Content;
use barid_client::proto::v1::{
    ActReference, AppealFiled, CaseReference, CivilDate, ClockSource, Confidentiality, DataClass,
    DocketNumber, FilingContent, FilingKind, IntakeRoute, JoinCases, Outcome, Person, Query,
    Referral, Registration, RulingIssued, Stamp, Text,
};
use barid_tests::{HubProcess, ScriptedOffice};
use futures::future::try_join_all;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::plan::{Appeal, COMPARED_ON, Election, Fate, OFFICES};

/// The election event, by a name that says what it is.
pub(crate) const EVENT: &str = "CoR-2025-6-synthetic";

/// The panel's words behind each of its numbers.
const PANEL: &str = "الهيئة القضائية للانتخابات";

/// Institutions and offices of the election. The panel has a desk that nobody opens.
pub(crate) fn directory() -> String {
    let institution = |id: &str, kind: &str, name: &str| {
        format!(
            "[[institution]]\nid = {id:?}\nkind = {kind:?}\nname = {{ en = {name:?} }}\n\
             data_classes = [\"synthetic\", \"published\"]\n"
        )
    };
    let office = |id: &str, main: bool| {
        format!(
            "[[institution.office]]\nid = {id:?}\nmain = {main}\ntime_zone = \"Asia/Baghdad\"\n\
             name = {{ en = {id:?} }}\n"
        )
    };
    let offices = OFFICES.map(|letters| office(&format!("geo-{letters}"), false));
    [
        institution("ihec", "commission", "Commission (synthetic)"),
        office("national", true),
        offices.concat(),
        institution("ejp", "panel", "Panel (synthetic)"),
        office("registry", true),
        office("annex", false),
    ]
    .concat()
}

/// What came of it, beside what is in the log.
#[derive(Debug, Default)]
pub(crate) struct Played {
    /// Filings that have receipts.
    pub(crate) filings: usize,
    /// The panel's number of each appeal of the commission that it entered.
    pub(crate) panels: BTreeMap<usize, u32>,
    /// Numbers that the panel gave a second time, by the appeal.
    pub(crate) again: BTreeMap<usize, u32>,
    /// Numbers of what was filed with the panel directly.
    pub(crate) direct: Vec<u32>,
}

/// The offices at work.
pub(crate) struct Network {
    pub(crate) national: ScriptedOffice,
    pub(crate) registry: ScriptedOffice,
    geos: Vec<ScriptedOffice>,
}

impl Network {
    /// Brings every office's key into use.
    pub(crate) async fn open(hub: &HubProcess) -> Self {
        let office = |institution, name: &str| {
            let office = hub.office(institution, name);
            async move { office.enrolled().await }
        };
        let geos = OFFICES.map(|letters| format!("geo-{letters}"));
        let geos = geos.iter().map(|name| office("ihec", name));
        Self {
            geos: futures::future::join_all(geos).await,
            national: office("ihec", "national").await,
            registry: office("ejp", "registry").await,
        }
    }

    /// Plays the election up to the day on which the registers are compared.
    pub(crate) async fn play(&self, election: &Election) -> anyhow::Result<Played> {
        let mut played = Played::default();
        let taken_in = self.take_in(election).await?;
        let twice = self.refer(election, &taken_in).await?;
        let direct = self.file_directly(election).await?;
        played.filings += taken_in.len() * 2 + twice + direct.len();
        self.docket(election, &taken_in, &direct, &mut played).await?;
        self.rule(election, &taken_in, &mut played).await?;
        Ok(played)
    }

    /// Each office takes in what is filed with it, all offices at once.
    async fn take_in(&self, election: &Election) -> anyhow::Result<Vec<Filed>> {
        let each = self.geos.iter().enumerate().map(|(place, office)| async move {
            let own = |(_, appeal): &(usize, &Appeal)| appeal.office == place;
            let mut filed = Vec::new();
            for (serial, appeal) in election.appeals.iter().enumerate().filter(own) {
                let draft = synthetic(FilingKind::AppealFiled)
                    .content(content(taken_in(appeal, serial)))
                    .stamp(stamp(office, appeal.day, serial, &appeal.number))
                    .to("ihec", "national");
                filed.push((serial, office.client.submit(draft).await?));
            }
            Ok::<_, anyhow::Error>(filed)
        });
        let mut all: Vec<_> = try_join_all(each).await?.into_iter().flatten().collect();
        all.sort_by_key(|(serial, _)| *serial);
        Ok(all.into_iter().map(|(_, filed)| filed).collect())
    }

    /// The national office refers each appeal, forty to a letter; how many it refers twice.
    async fn refer(&self, election: &Election, taken_in: &[Filed]) -> anyhow::Result<usize> {
        let mut twice = 0;
        for (serial, (appeal, filed)) in election.appeals.iter().zip(taken_in).enumerate() {
            let desk = if appeal.fate == Fate::Lost { "annex" } else { "registry" };
            let times = if appeal.fate == Fate::Twice { 2 } else { 1 };
            twice += times - 1;
            for _ in 0..times {
                let letter = format!("(خ/ 25 ر.م/ {})", serial / 40 + 1);
                let referral = Referral {
                    letter: act("ihec", &letter, appeal.day),
                    recommendation: Outcome::Rejected.into(),
                    ..Referral::default()
                };
                let draft = synthetic(FilingKind::Referral)
                    .content(content(Content::Referral(referral)))
                    .case(within(filed, &[("ihec", &appeal.number)]))
                    .to("ejp", desk);
                self.national.client.submit(draft).await?;
            }
        }
        Ok(twice)
    }

    /// What came to the panel's own door.
    async fn file_directly(&self, election: &Election) -> anyhow::Result<Vec<Filed>> {
        let mut all = Vec::new();
        for (serial, (person, decision)) in election.direct.iter().enumerate() {
            let route = IntakeRoute::Direct.into();
            let appeal = AppealFiled { route, ..appeal(person, *decision, serial) };
            let day = jiff::civil::date(2025, 11, 25);
            let draft = synthetic(FilingKind::AppealFiled)
                .content(content(Content::AppealFiled(appeal)))
                .stamp(stamp(&self.registry, day, serial, ""))
                .to("ihec", "national");
            all.push(self.registry.client.submit(draft).await?);
        }
        Ok(all)
    }

    /// The panel asks for the commission's reply to what came to its own door, under its number.
    async fn ask(&self, filed: &Filed, number: u32) -> anyhow::Result<()> {
        let query = Query {
            number: "1".to_owned(),
            question: Some(english("what does the Council reply to this appeal?")),
            ..Query::default()
        };
        let draft = synthetic(FilingKind::Query)
            .content(content(Content::Query(query)))
            .case(within(filed, &[("ejp", &panels(number))]))
            .to("ihec", "national");
        self.registry.client.submit(draft).await?;
        Ok(())
    }

    /// The panel's clerk opens the inbox and enters what is in it.
    async fn docket(
        &self,
        election: &Election,
        taken_in: &[Filed],
        direct: &[Filed],
        played: &mut Played,
    ) -> anyhow::Result<()> {
        let serials: BTreeMap<&[u8], usize> =
            taken_in.iter().enumerate().map(|(n, filed)| (&*filed.receipt.case_id, n)).collect();
        let mut inbox = self.registry.client.receive(From::After(0), false, "", &[])?;
        let mut next = 0;
        while let Some(served) = inbox.next().await? {
            let serial = case_of(&served).and_then(|case| serials.get(case).copied());
            let serial = serial.context("a case that nobody took in")?;
            played.filings += 1;
            let appeal = election.appeals.get(serial).context("no such appeal")?;
            // What is entered in the panel's own book only has a number that the hub is not told.
            let told = !matches!(appeal.fate, Fate::Unregistered | Fate::Miswritten);
            if !told {
                self.registry.client.acknowledge(&served, &[]).await?;
            }
            if appeal.fate == Fate::Unregistered {
                continue;
            }
            // The same person against the same decision: the clerk sees that it is one.
            let same = election.twin(serial).and_then(|twin| played.panels.get(&twin).copied());
            let number = same.unwrap_or_else(|| {
                next += 1;
                next
            });
            if told {
                self.enter(&served, number).await?;
            }
            let first = *played.panels.entry(serial).or_insert(number);
            if first != number {
                played.again.insert(serial, number);
            }
        }
        for filed in direct {
            next += 1;
            self.ask(filed, next).await?;
            played.direct.push(next);
            played.filings += 1;
        }
        Ok(())
    }

    async fn enter(&self, served: &Served, number: u32) -> anyhow::Result<()> {
        let registration = Registration {
            docket_number: Some(docket_number("ejp", &panels(number))),
            registered_at_unix_ms: at(jiff::civil::date(2025, 11, 26), 13 * 60),
            route: IntakeRoute::Referred.into(),
            ..Registration::default()
        };
        self.registry.client.register(served, registration).await?;
        Ok(())
    }
}

impl Network {
    /// The panel rules, and the commission's clerk opens rulings until those of the plan are open;
    /// then the panel rules on what the commission will not see in time, and joins.
    async fn rule(
        &self,
        election: &Election,
        taken_in: &[Filed],
        played: &mut Played,
    ) -> anyhow::Result<()> {
        let mut seen = BTreeSet::new();
        for explained in [true, false] {
            for (serial, appeal) in election.appeals.iter().enumerate() {
                let known = appeal.settled && appeal.explained == explained;
                let (Some(filed), Some(number)) =
                    (taken_in.get(serial), played.panels.get(&serial).filter(|_| known))
                else {
                    continue;
                };
                let ruled = self.ruling(filed, appeal, *number).await?;
                played.filings += 1;
                if explained {
                    seen.insert(ruled.verified.digest);
                }
            }
            if explained {
                self.read(seen.clone()).await?;
            }
        }
        for (serial, appeal) in election.appeals.iter().enumerate() {
            let Some(filed) = taken_in.get(serial) else { continue };
            let number = |serial: usize| {
                played.panels.get(&serial).map(|number| docket_number("ejp", &panels(*number)))
            };
            let Fate::Joined(lead) = appeal.fate else { continue };
            let joinder = JoinCases {
                lead: number(lead),
                joined: number(serial).into_iter().collect(),
                reason: Some(english("one decision, one ground")),
            };
            let draft = synthetic(FilingKind::JoinCases)
                .content(content(Content::JoinCases(joinder)))
                .case(within(filed, &[]));
            self.registry.client.submit(draft.to("ihec", "national")).await?;
            played.filings += 1;
        }
        Ok(())
    }

    async fn ruling(&self, filed: &Filed, appeal: &Appeal, number: u32) -> anyhow::Result<Filed> {
        let (decision, day) = appeal.decision;
        let outcome = outcome(number);
        let ruling = RulingIssued {
            ruling: act("ejp", &panels(number), COMPARED_ON),
            docket_numbers: vec![docket_number("ejp", &panels(number))],
            court: Some(english("Electoral Judicial Panel (synthetic)")),
            challenged: act("ihec", decision, day),
            outcome: outcome.into(),
            r#final: true,
            ..RulingIssued::default()
        };
        let draft = synthetic(FilingKind::RulingIssued)
            .content(content(Content::RulingIssued(ruling)))
            .case(within(filed, &[]))
            .to("ihec", "national");
        Ok(self.registry.client.submit(draft).await?)
    }

    /// The national office opens its inbox until it has all of these.
    async fn read(&self, mut wanted: BTreeSet<[u8; 32]>) -> anyhow::Result<()> {
        let mut inbox = self.national.client.receive(From::After(0), false, "", &[])?;
        while !wanted.is_empty() {
            let served = inbox.next().await?.context("a ruling did not arrive")?;
            wanted.remove(&served.verified.digest);
        }
        Ok(())
    }
}

/// How the panel ruled: most appeals fail.
pub(crate) fn outcome(number: u32) -> Outcome {
    match number % 12 {
        0 => Outcome::DecisionAnnulled,
        1 | 2 => Outcome::Inadmissible,
        _ => Outcome::Rejected,
    }
}

/// The panel's number, as it writes it.
pub(crate) fn panels(number: u32) -> String {
    format!("{number}/{PANEL}/2025")
}

pub(crate) fn docket_number(institution: &str, literal: &str) -> DocketNumber {
    let (institution, literal) = (institution.to_owned(), literal.to_owned());
    DocketNumber { institution, literal, normal: String::new() }
}

fn synthetic(kind: FilingKind) -> Draft {
    Draft::new(kind)
        .data_class(DataClass::Synthetic)
        .confidentiality(Confidentiality::Parties)
        .under("", "", EVENT)
}

fn content(content: Content) -> FilingContent {
    FilingContent { content: Some(content) }
}

fn taken_in(one: &Appeal, serial: usize) -> Content {
    let route = IntakeRoute::Referred.into();
    Content::AppealFiled(AppealFiled { route, ..appeal(&one.person, one.decision, serial) })
}

fn appeal(person: &str, (decision, day): (&str, Date), serial: usize) -> AppealFiled {
    AppealFiled {
        appellant: Some(Person {
            full_name: person.to_owned(),
            sex: i32::try_from(serial % 2).unwrap_or_default() + 1,
            ..Person::default()
        }),
        challenged: act("ihec", decision, day),
        grounds: vec![english("made up for the replay")],
        relief: Some(english("annul the decision")),
        ..AppealFiled::default()
    }
}

fn act(institution: &str, number: &str, day: Date) -> Option<ActReference> {
    Some(ActReference {
        institution: institution.to_owned(),
        number: number.to_owned(),
        date: Some(civil(day)),
        ..ActReference::default()
    })
}

pub(crate) fn civil(day: Date) -> CivilDate {
    CivilDate { year: day.year().into(), month: day.month().into(), day: day.day().into() }
}

fn english(text: &str) -> Text {
    let rendering =
        barid_client::proto::v1::Rendering { language: "en".to_owned(), text: text.to_owned() };
    Text { renderings: vec![rendering], authoritative: String::new() }
}

fn numbered(numbers: &[(&str, &str)]) -> CaseReference {
    let numbers = numbers.iter().map(|(institution, literal)| docket_number(institution, literal));
    CaseReference { docket_numbers: numbers.collect(), ..CaseReference::default() }
}

fn within(filed: &Filed, numbers: &[(&str, &str)]) -> CaseReference {
    CaseReference { case_id: filed.receipt.case_id.clone(), ..numbered(numbers) }
}

/// A minute of a day in Baghdad.
fn at(day: Date, minute: i16) -> i64 {
    let time = day.at(0, 0, 0, 0).checked_add(jiff::Span::new().minutes(minute));
    let zoned = time.and_then(|time| time.to_zoned(TimeZone::fixed(jiff::tz::offset(3))));
    zoned.map_or(0, |zoned| zoned.timestamp().as_millisecond())
}

fn stamp(office: &ScriptedOffice, day: Date, serial: usize, number: &str) -> Stamp {
    let minute = 8 * 60 + i16::try_from(serial % 419).unwrap_or_default();
    Stamp {
        office: Some(office.address.clone()),
        stamped_at_unix_ms: at(day, minute),
        utc_offset_minutes: 180,
        clock_source: ClockSource::Network.into(),
        number: number.to_owned(),
        ..Stamp::default()
    }
}

/// The case of what was served.
fn case_of(served: &Served) -> Option<&[u8]> {
    let case = served.filing.receipt.as_ref().map(|receipt| receipt.case_id.as_slice());
    case.filter(|case| !case.is_empty())
}
