//! Registering an inbox: positions and the numbers that they are given.

use std::collections::BTreeMap;

use barid_client::Client;
use barid_client::client::{From, Served, registering};
use barid_client::source::{Machine, Source as _};
use barid_proto::v1::{DocketNumber, IntakeRoute, ListRegistrationsRequest, Officer, Registration};

use super::columns::Column;
use super::manifest::{Manifest, Row};
use super::{Problem, Task, Work};
use crate::command::parse;
use crate::exit::Failure;
use crate::wording::batch::Wrong;

/// Registrations asked for at a time.
const PAGE: u32 = 500;

/// A line, read.
struct Given<'a> {
    row: &'a Row,
    position: u64,
    number: String,
    at_unix_ms: Option<i64>,
    direct: bool,
}

/// The registrations of a list, and everything that is wrong with it. `institution` and `clerk`
/// are those who register.
pub(crate) async fn read(
    client: &Client,
    manifest: &Manifest,
    institution: &str,
    clerk: Option<&Officer>,
) -> Result<(Vec<Work>, Vec<Problem>), Failure> {
    let (given, mut problems) = written(manifest);
    let served = served(client, &given).await?;
    let registered = registered(client).await?;
    let mut works = Vec::new();
    for one in &given {
        let wrong =
            |wrong| Problem { line: one.row.line.clone(), shown: one.row.shown.clone(), wrong };
        let Some(served) = served.get(&one.position) else {
            problems.push(wrong(Wrong::NotInInbox(one.position)));
            continue;
        };
        let task = match registered.get(&served.verified.leaf_index) {
            Some((number, leaf)) if *number == one.number => Task::Done(*leaf),
            Some((number, _)) => {
                problems.push(wrong(Wrong::RegisteredAs(number.clone())));
                continue;
            }
            None => Task::File(Box::new(registering(served, one.registration(institution, clerk)))),
        };
        works.push(Work {
            line: one.row.line.clone(),
            shown: one.row.shown.clone(),
            fingerprint: one.row.fingerprint(),
            task,
        });
    }
    Ok((works, problems))
}

impl Given<'_> {
    fn registration(&self, institution: &str, clerk: Option<&Officer>) -> Registration {
        let number = DocketNumber {
            institution: institution.to_owned(),
            literal: self.number.clone(),
            normal: String::new(),
        };
        let route = if self.direct { IntakeRoute::Direct } else { IntakeRoute::Referred };
        Registration {
            docket_number: Some(number),
            registered_at_unix_ms: self.at_unix_ms.unwrap_or_else(|| Machine.now_ms()),
            clerk: clerk.cloned(),
            route: route.into(),
        }
    }
}

fn written(manifest: &Manifest) -> (Vec<Given<'_>>, Vec<Problem>) {
    let (mut given, mut problems): (Vec<Given<'_>>, Vec<Problem>) = (Vec::new(), Vec::new());
    let mut seen: BTreeMap<u64, &str> = BTreeMap::new();
    for row in &manifest.rows {
        let mut wrong = Vec::new();
        let unreadable = |column: Column| Wrong::Unreadable(column, row.cell(column).to_owned());
        let typed = barid_proto::text::digits(row.cell(Column::Position));
        let position = typed.parse().ok().filter(|position| *position > 0);
        match (typed.is_empty(), position) {
            (true, _) => wrong.push(Wrong::Empty(Column::Position)),
            (false, None) => wrong.push(unreadable(Column::Position)),
            (false, Some(position)) => {
                wrong.extend(seen.insert(position, &row.line).map(|one| Wrong::SameAs(one.into())));
            }
        }
        if row.cell(Column::Number).is_empty() {
            wrong.push(Wrong::Empty(Column::Number));
        }
        let at = row.cell(Column::RegisteredAt);
        let at_unix_ms = parse::instant(at).ok().map(|(at, _)| at);
        if !at.is_empty() && at_unix_ms.is_none() {
            wrong.push(unreadable(Column::RegisteredAt));
        }
        let direct = match row.cell(Column::Direct) {
            "" | "no" | "لا" | "نەخێر" => false,
            "yes" | "نعم" | "بەڵێ" => true,
            _ => {
                wrong.push(unreadable(Column::Direct));
                false
            }
        };
        if wrong.is_empty()
            && let Some(position) = position
        {
            let number = row.cell(Column::Number).to_owned();
            given.push(Given { row, position, number, at_unix_ms, direct });
        }
        let (line, shown) = (&row.line, &row.shown);
        problems.extend(wrong.into_iter().map(|wrong| Problem {
            line: line.clone(),
            shown: shown.clone(),
            wrong,
        }));
    }
    (given, problems)
}

/// What is in the inbox at the positions that are named, in one walk.
async fn served(client: &Client, given: &[Given<'_>]) -> Result<BTreeMap<u64, Served>, Failure> {
    let wanted: BTreeMap<u64, ()> = given.iter().map(|one| (one.position, ())).collect();
    let mut found = BTreeMap::new();
    let (Some((first, ())), Some((last, ()))) = (wanted.first_key_value(), wanted.last_key_value())
    else {
        return Ok(found);
    };
    let mut inbox = client.receive(From::After(first.saturating_sub(1)), false, "", &[])?;
    while let Some(served) = inbox.next().await? {
        let position = served.cursor;
        if wanted.contains_key(&position) {
            found.insert(position, served);
        }
        if position >= *last {
            break;
        }
    }
    Ok(found)
}

/// What this office registered so far: by the leaf of the filing, its number, and the leaf of the
/// registration.
async fn registered(client: &Client) -> Result<BTreeMap<u64, (String, u64)>, Failure> {
    let mut registered = BTreeMap::new();
    let mut page_token = String::new();
    loop {
        let page = ListRegistrationsRequest { page_size: PAGE, page_token };
        let answer = client.registrations(page).await?;
        for one in answer.registrations {
            let number = one.docket_number.unwrap_or_default().literal;
            registered.insert(one.filing_leaf, (number, one.registration_leaf));
        }
        page_token = answer.next_page_token;
        if page_token.is_empty() {
            return Ok(registered);
        }
    }
}
