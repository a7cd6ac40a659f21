//! Reading: dockets and registers, as far as the reader may see them.

use std::sync::Arc;

use barid_proto::assess::{counts_beyond, of_general_effect};
use barid_proto::text::search_form;
use barid_proto::v1::{self, FilingAssessment, Reason};
use futures::StreamExt as _;
use prost::Message as _;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::law::body_of;
use super::{Answers, Crafts, Hub};
use crate::error::{Error, Fault, Refusal};
use crate::identity::caller::Caller;
use crate::model::filing;
use crate::model::id::{CaseId, OfficeAddress};
use crate::model::row::{CaseRow, DeliveryRow, FilingRow};
use crate::model::wire;
use crate::store::Wanted;

/// Most filings of a case in one answer; a longer docket is watched.
const DOCKET_MAX: usize = 2_000;

/// Most bytes of them, within a page: readings may have megabytes each.
const DOCKET_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Filings of a docket read at a time.
const DOCKET_PAGE: usize = 16;

/// Entries that wait for a slow watcher.
const WATCH_QUEUE: usize = 64;

/// Cases, registrations or outages on a page when the caller does not say.
const PAGE_DEFAULT: u32 = 100;

/// Most cases, registrations or outages on a page.
const PAGE_MAX: u32 = 500;

/// Most bytes of a text that cases are looked for by: a name in eight parts, or a docket number.
const TEXT_MAX_BYTES: usize = 512;

/// Most words of it: each is one more condition on each name.
const WORDS_MAX: usize = 8;

impl Hub {
    /// A case with its docket.
    ///
    /// # Errors
    /// `REASON_NOT_FOUND` when there is none for this caller.
    pub async fn case(
        &self,
        caller: &Caller,
        request: v1::GetCaseRequest,
    ) -> Result<v1::GetCaseResponse, Error> {
        let office = caller.office.clone();
        self.blocking(move |crafts| {
            let case = crafts.named_case(&office, &request)?;
            let (mut entries, mut bytes, mut from) = (Vec::new(), 0, 0);
            while entries.len() < DOCKET_MAX && bytes < DOCKET_BYTES_MAX {
                let (page, next) = crafts.docket_page(&office, case.case, from)?;
                if next == from {
                    break;
                }
                from = next;
                bytes += page.iter().map(v1::DocketEntry::encoded_len).sum::<usize>();
                entries.extend(page);
            }
            entries.truncate(DOCKET_MAX);
            Ok(v1::GetCaseResponse { case: Some(wire::case_file(&case)), entries })
        })
        .await
    }

    /// The caller's cases, newest change first; those that are looked for by name or number.
    ///
    /// # Errors
    /// `REASON_REQUEST_INVALID` for a page that cannot be, or a text that is too long.
    pub async fn cases(
        &self,
        caller: &Caller,
        request: v1::ListCasesRequest,
    ) -> Result<v1::ListCasesResponse, Error> {
        let office = caller.office.clone();
        self.blocking(move |crafts| {
            let size = page_size(request.page_size)?;
            let before = page_token(&request.page_token, i64::MAX.unsigned_abs())?;
            let reader = crafts.reader(&office);
            let words = words_of(&request.text)?;
            let shown = crafts.shown();
            let event = &request.election_event_id;
            let wanted = Wanted { event, words: &words, below: shown };
            let rows = crafts.store.cases(&reader, &wanted, before, size)?;
            let next = rows.last().filter(|_| rows.len() == size);
            let shown = rows.iter().filter(|row| row.opened_leaf < shown);
            Ok(v1::ListCasesResponse {
                next_page_token: next.map(|row| row.changed_leaf.to_string()).unwrap_or_default(),
                cases: shown.map(wire::case_file).collect(),
            })
        })
        .await
    }

    /// The docket of a case: what is there, then what comes, until the caller leaves or the hub
    /// stops.
    ///
    /// # Errors
    /// `REASON_NOT_FOUND` when there is no such case for this caller.
    pub async fn watch_case(
        self: &Arc<Self>,
        caller: &Caller,
        request: v1::WatchCaseRequest,
    ) -> Result<Answers<v1::WatchCaseResponse>, Error> {
        let share = self.open_stream(caller)?;
        let named = v1::GetCaseRequest { case_id: request.case_id, docket_number: None };
        let office = caller.office.clone();
        let watcher = office.clone();
        let case =
            self.blocking(move |crafts| Ok(crafts.named_case(&watcher, &named)?.case)).await?;
        let (entries, queue) = mpsc::channel(WATCH_QUEUE);
        let hub = Arc::clone(self);
        tokio::spawn(async move {
            let _share = share;
            if let Err(error) = hub.follow_case(&office, case, &entries).await {
                // The watcher may have left; then there is nobody to tell.
                let _ = entries.send(Err(error)).await;
            }
        });
        Ok(ReceiverStream::new(queue).boxed())
    }

    async fn follow_case(
        &self,
        office: &OfficeAddress,
        case: CaseId,
        entries: &mpsc::Sender<Result<v1::WatchCaseResponse, Error>>,
    ) -> Result<(), Error> {
        let mut heads = self.crafts.log.published();
        let mut draining = self.draining.subscribe();
        let mut from = 0;
        loop {
            heads.mark_unchanged();
            let reader = office.clone();
            let (page, next) =
                self.blocking(move |crafts| crafts.docket_page(&reader, case, from)).await?;
            let more = next > from;
            from = next;
            for entry in page {
                let response = v1::WatchCaseResponse { entry: Some(entry) };
                if entries.send(Ok(response)).await.is_err() {
                    return Ok(());
                }
            }
            if more {
                continue;
            }
            tokio::select! {
                _ = heads.changed() => {}
                _ = draining.wait_for(|stopping| *stopping) => return Ok(()),
                () = entries.closed() => return Ok(()),
            }
        }
    }

    /// What the caller's office registered.
    ///
    /// # Errors
    /// `REASON_REQUEST_INVALID` for a page that cannot be.
    pub async fn registrations(
        &self,
        caller: &Caller,
        request: v1::ListRegistrationsRequest,
    ) -> Result<v1::ListRegistrationsResponse, Error> {
        let office = caller.office.clone();
        self.blocking(move |crafts| {
            let size = page_size(request.page_size)?;
            let after = page_token(&request.page_token, 0)?;
            let mut rows = crafts.store.registrations(&office, after, size)?;
            let shown = crafts.shown();
            rows.retain(|(delivery, _)| delivery.settled_leaf.is_some_and(|leaf| leaf < shown));
            let next = rows.last().filter(|_| rows.len() == size);
            let token = next.and_then(|(delivery, _)| delivery.settled_leaf);
            Ok(v1::ListRegistrationsResponse {
                next_page_token: token.map(|leaf| leaf.to_string()).unwrap_or_default(),
                registrations: rows.iter().map(registered_filing).collect(),
            })
        })
        .await
    }
}

impl Crafts {
    /// The case that a request names, if the office may see it.
    pub(super) fn named_case(
        &self,
        office: &OfficeAddress,
        request: &v1::GetCaseRequest,
    ) -> Result<CaseRow, Error> {
        let mut seen = Vec::new();
        if let Some(number) = &request.docket_number {
            let number = filing::docket_number(number)
                .ok_or_else(|| invalid("docket_number.institution is no identifier"))?;
            seen = self.cases_by_number(office, &number)?;
        } else {
            let case = CaseId::from_slice(&request.case_id)
                .ok_or_else(|| invalid("case_id has 16 bytes, or docket_number is given"))?;
            seen.extend(self.store.case(case)?.filter(|row| self.role(office, row).is_some()));
        }
        let shown = self.shown();
        seen.retain(|row| row.opened_leaf < shown);
        match (seen.pop(), seen.pop()) {
            (Some(case), None) => Ok(case),
            (None, _) => Err(not_found()),
            (Some(_), Some(_)) => {
                let text = "the docket number names more than one case: give its identifier";
                Err(Refusal::new(Reason::CaseAmbiguous, text).into())
            }
        }
    }

    /// Entries of a docket from a leaf on, and the leaf behind the last one read.
    fn docket_page(
        &self,
        office: &OfficeAddress,
        case: CaseId,
        from: u64,
    ) -> Result<(Vec<v1::DocketEntry>, u64), Error> {
        let mut rows = self.store.docket(case, from, DOCKET_PAGE)?;
        let shown = self.shown();
        rows.retain(|row| row.leaf < shown);
        let next = rows.last().map_or(from, |row| row.leaf + 1);
        let mut entries = Vec::with_capacity(rows.len());
        for row in &rows {
            if self.may_read(office, row)? {
                entries.push(self.docket_entry(office, row)?);
            }
        }
        Ok((entries, next))
    }

    fn docket_entry(
        &self,
        office: &OfficeAddress,
        row: &FilingRow,
    ) -> Result<v1::DocketEntry, Error> {
        let mut deliveries = self.store.deliveries(row.leaf)?;
        let shown = self.shown();
        deliveries.iter_mut().for_each(|delivery| delivery.hide_from(shown));
        Ok(v1::DocketEntry {
            filing: Some(self.sealed_filing(row)?),
            deliveries: deliveries.iter().map(wire::delivery).collect(),
            statements: self.statements_about(office, &deliveries)?,
        })
    }

    /// Whether an office may read a filing: it sent it, it was addressed, or it is a party to a
    /// case on whose docket the filing stands and the filing is not restricted. A main office
    /// reads for its institution.
    pub(super) fn may_read(&self, office: &OfficeAddress, row: &FilingRow) -> Result<bool, Error> {
        let same = |other: &OfficeAddress| self.reads_for(office, other);
        if same(&row.sender) || row.recipients.iter().any(same) {
            return Ok(true);
        }
        if is_for_all(row)? {
            return Ok(true);
        }
        if row.restricted {
            return Ok(false);
        }
        let own = row.case.as_ref().map(|change| change.case);
        for case in own.into_iter().chain(row.mentions.iter().copied()) {
            if self.store.case(case)?.is_some_and(|case| self.role(office, &case).is_some()) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether an office may read a filing of a case that is not its own, because deadlines in its
    /// own case rest on it: an act before the public, of a class of data that its institution may
    /// touch. Only the filing itself: neither what became of it nor its documents.
    pub(super) fn may_rely_on(
        &self,
        office: &OfficeAddress,
        row: &FilingRow,
    ) -> Result<bool, Error> {
        let body = body_of(&row.envelope)?;
        let classes = &self.member(office)?.data_classes;
        Ok(counts_beyond(&body) && classes.contains(&body.data_class()))
    }

    /// Size of the tree that readers are shown: what lies beyond it no quorum has cosigned yet, and
    /// whoever runs the hub could still take it back.
    pub(super) fn shown(&self) -> u64 {
        self.log.published().borrow().size
    }

    /// Whether an office reads what is another's: its own, or as a main office its institution's.
    pub(super) fn reads_for(&self, office: &OfficeAddress, other: &OfficeAddress) -> bool {
        other == office
            || (self.directory.is_main(office) && other.institution == office.institution)
    }
}

/// What the hub added to a filing, from its stored bytes.
pub(super) fn decode_assessment(bytes: Option<&[u8]>) -> Result<FilingAssessment, Fault> {
    FilingAssessment::decode(bytes.unwrap_or_default())
        .map_err(|error| Fault::while_doing("reading a stored assessment", error))
}

/// Whether a filing is for everybody: it is published, goes for all cases and belongs to none; or
/// it is a time-stamp over the log, which tells of no case and dates everybody's filings.
pub(super) fn is_for_all(row: &FilingRow) -> Result<bool, Fault> {
    let kind = v1::FilingKind::try_from(row.kind).unwrap_or_default();
    if kind == v1::FilingKind::ClockToken {
        return Ok(true);
    }
    let general = of_general_effect(kind) && row.case.is_none() && !row.restricted;
    Ok(general && body_of(&row.envelope)?.data_class() == v1::DataClass::Published)
}

fn registered_filing((delivery, row): &(DeliveryRow, FilingRow)) -> v1::RegisteredFiling {
    v1::RegisteredFiling {
        docket_number: delivery.docket_number.as_ref().map(wire::docket_number),
        case_id: row.case.as_ref().map(|change| change.case.to_vec()).unwrap_or_default(),
        kind: row.kind,
        sender: Some(wire::address(&row.sender)),
        registered_at_unix_ms: delivery.registered_at_ms,
        filing_leaf: row.leaf,
        registration_leaf: delivery.settled_leaf.unwrap_or_default(),
    }
}

/// The words of a text that is looked for, in search form.
fn words_of(text: &str) -> Result<Vec<String>, Error> {
    let words = |text: &str| search_form(text).split(' ').map(str::to_owned).collect();
    let words: Vec<String> = if text.len() > TEXT_MAX_BYTES { Vec::new() } else { words(text) };
    if text.len() > TEXT_MAX_BYTES || words.len() > WORDS_MAX {
        let text = format!("text is at most {TEXT_MAX_BYTES} bytes and {WORDS_MAX} words");
        return Err(invalid(&text));
    }
    Ok(words.into_iter().filter(|word| !word.is_empty()).collect())
}

pub(super) fn page_size(asked: u32) -> Result<usize, Error> {
    match asked {
        0 => Ok(PAGE_DEFAULT as usize),
        1..=PAGE_MAX => Ok(asked as usize),
        _ => Err(invalid(&format!("page_size is at most {PAGE_MAX}"))),
    }
}

pub(super) fn page_token(token: &str, first: u64) -> Result<u64, Error> {
    if token.is_empty() {
        return Ok(first);
    }
    let leaf = token.parse::<u64>().ok().filter(|leaf| i64::try_from(*leaf).is_ok());
    leaf.ok_or_else(|| invalid("page_token is not one that this hub gave"))
}

/// A request that cannot be.
pub(super) fn invalid(text: &str) -> Error {
    Refusal::new(Reason::RequestInvalid, text).into()
}

/// Something that does not exist for the caller.
pub(super) fn not_found() -> Error {
    Refusal::new(Reason::NotFound, "there is nothing of that name for this office").into()
}
