//! Finding cases by what somebody remembers of them.
//!
//! The store proposes, and what it proposes is read again before it is shown: the filing in which
//! something was found, and whether the caller may read it.

use std::time::Duration;

use barid_proto::v1::{self, Reason};

use super::read::{invalid, page_token};
use super::{Crafts, Hub};
use crate::error::{Error, Refusal};
use crate::identity::caller::Caller;
use crate::model::id::{InstitutionId, OfficeAddress, OfficeId};
use crate::model::passage::{self, Passage, PassageKind};
use crate::model::row::DocketNumberRow;
use crate::model::snippet;
use crate::model::sought::{Match, Sought, TEXT_MAX_BYTES, WORDS_MAX};
use crate::model::wire;
use crate::store::{FilingKey, FoundRow, Within};

/// Cases on a page when the caller does not say.
const PAGE_DEFAULT: u32 = 20;

/// Most cases on a page: each is read again.
const PAGE_MAX: u32 = 100;

/// Most cases of one search. Who has not found it among these needs another word.
const CASES_MAX: usize = 1_000;

/// Filings made findable in one go.
const MADE_AT_ONCE: usize = 64;

/// Goes before a search that is answered from what there is: about a second of making.
const GOES_BEFORE_SEARCH: usize = 32;

/// How often the hub looks for filings that are not findable yet.
const LOOK_INTERVAL: Duration = Duration::from_secs(5);

/// How long it waits after it could not make them so.
const RETRY: Duration = Duration::from_secs(60);

impl Hub {
    /// The caller's cases that a text leads to, the likeliest first.
    ///
    /// # Errors
    /// `REASON_REQUEST_INVALID` for a text without words or with too many, a filter or a page that
    /// cannot be.
    pub async fn search(
        &self,
        caller: &Caller,
        request: v1::SearchCasesRequest,
    ) -> Result<v1::SearchCasesResponse, Error> {
        let office = caller.office.clone();
        self.blocking(move |crafts| crafts.search(&office, &request)).await
    }

    /// Makes filings findable soon after they were sealed, and those of before, until it is
    /// dropped.
    pub async fn make_findable(&self) {
        loop {
            let made = self.blocking(|crafts| Ok(crafts.store.make_findable(MADE_AT_ONCE)?)).await;
            let pause = match made {
                Ok(true) => Duration::ZERO,
                Ok(false) => LOOK_INTERVAL,
                Err(error) => {
                    tracing::error!(%error, "filings cannot be made findable");
                    RETRY
                }
            };
            tokio::time::sleep(pause).await;
        }
    }
}

impl Crafts {
    fn search(
        &self,
        office: &OfficeAddress,
        request: &v1::SearchCasesRequest,
    ) -> Result<v1::SearchCasesResponse, Error> {
        let sought = Sought::read(&request.text).ok_or_else(|| {
            invalid(&format!("text has 1 to {WORDS_MAX} words and at most {TEXT_MAX_BYTES} bytes"))
        })?;
        let party = request.party.as_ref().map(named).transpose()?;
        let size = match request.page_size {
            0 => PAGE_DEFAULT,
            asked @ 1..=PAGE_MAX => asked,
            _ => return Err(invalid(&format!("page_size is at most {PAGE_MAX}"))),
        } as usize;
        let (below, skipped) = self.page(&request.page_token)?;
        for _ in 0..GOES_BEFORE_SEARCH {
            // A disk that is full is told by whoever makes it findable for good.
            if !self.store.make_findable(MADE_AT_ONCE).unwrap_or(false) {
                break;
            }
        }
        let within = Within {
            event: &request.election_event_id,
            opened_by: request.opened_by,
            party: party.as_ref().map(|(institution, office)| (institution, office.as_ref())),
            opened_from_ms: u64::try_from(request.opened_from_unix_ms).unwrap_or(0),
            opened_before_ms: u64::try_from(request.opened_before_unix_ms).unwrap_or(0),
            below,
        };
        let wanted = (skipped + size + 1).min(CASES_MAX + 1);
        let found = self.store.search(&self.reader(office), &sought, &within, wanted)?;
        let page = found.iter().take(CASES_MAX).skip(skipped).take(size);
        let hits = page.map(|found| self.hit(office, &sought, found));
        let hits: Vec<_> = hits.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
        let next = skipped + size;
        let more = found.len().min(CASES_MAX) > next;
        Ok(v1::SearchCasesResponse {
            hits,
            next_page_token: if more { format!("{below}-{next}") } else { String::new() },
            cut_short: found.len() > CASES_MAX,
        })
    }

    /// Size of the tree that a page shows, and how many cases come before it.
    fn page(&self, token: &str) -> Result<(u64, usize), Error> {
        let shown = self.shown();
        if token.is_empty() {
            return Ok((shown, 0));
        }
        let wrong = || invalid("page_token is not one that this hub gave");
        let parts = token.split_once('-').filter(|(below, _)| !below.is_empty());
        let (below, skipped) = parts.ok_or_else(wrong)?;
        let below = page_token(below, shown)?.min(shown);
        let skipped = skipped.parse().ok().filter(|skipped| *skipped <= CASES_MAX);
        Ok((below, skipped.ok_or_else(wrong)?))
    }

    /// A case with what was found of it. `None`: the caller may not read that.
    fn hit(
        &self,
        office: &OfficeAddress,
        sought: &Sought,
        found: &FoundRow,
    ) -> Result<Option<v1::SearchHit>, Error> {
        if self.role(office, &found.case).is_none() {
            return Ok(None);
        }
        let hit = v1::SearchHit {
            case: Some(wire::case_file(&found.case)),
            matched: matched(found.matched).into(),
            ..v1::SearchHit::default()
        };
        let Some(leaf) = found.leaf else {
            let number = found.case.docket_numbers.get(found.place);
            let path = format!("docket_numbers[{}]", found.place);
            return Ok(number.map(|number| by_number(hit, path, number)));
        };
        let Some(row) = self.store.filing(FilingKey::Leaf(leaf))? else { return Ok(None) };
        if !self.may_read(office, &row)? {
            return Ok(None);
        }
        let passages = passage::of(&row)?;
        let Some(passage) = best(&passages, found, sought) else { return Ok(None) };
        let (envelope_digest, kind) = (row.digest.to_vec(), row.kind);
        let (path, snippet) = (passage.path.clone(), Some(snippet::of(&passage.text, sought)));
        Ok(Some(v1::SearchHit { envelope_digest, filing_leaf: leaf, kind, path, snippet, ..hit }))
    }
}

fn by_number(hit: v1::SearchHit, path: String, number: &DocketNumberRow) -> v1::SearchHit {
    v1::SearchHit { path, snippet: Some(snippet::whole(&number.literal)), ..hit }
}

/// The passage to show: the one that was found, or of texts the one with the most of the words.
fn best<'a>(passages: &'a [Passage], found: &FoundRow, sought: &Sought) -> Option<&'a Passage> {
    let kind = match found.matched {
        Match::Number | Match::NumberSpelling | Match::NumberPart => PassageKind::Number,
        Match::Name => PassageKind::Name,
        Match::Decision => PassageKind::Decision,
        Match::Text => PassageKind::Text,
    };
    let mut of_kind = passages.iter().filter(|passage| passage.kind == kind);
    if kind != PassageKind::Text {
        return of_kind.nth(found.place);
    }
    let has = |passage: &Passage| {
        let words: Vec<String> = passage.words().collect();
        sought.words.iter().filter(|one| words.iter().any(|word| one.is(word))).count()
    };
    // The first of those that have as many.
    of_kind.rev().max_by_key(|passage| has(passage))
}

fn matched(found: Match) -> v1::SearchMatch {
    match found {
        Match::Number => v1::SearchMatch::Number,
        Match::NumberSpelling => v1::SearchMatch::NumberSpelling,
        Match::NumberPart => v1::SearchMatch::NumberPart,
        Match::Name => v1::SearchMatch::Name,
        Match::Decision => v1::SearchMatch::Decision,
        Match::Text => v1::SearchMatch::Text,
    }
}

/// A party that is filtered by: an institution, and an office of it where one is given.
fn named(address: &v1::Address) -> Result<(InstitutionId, Option<OfficeId>), Error> {
    let wrong = || Refusal::new(Reason::RequestInvalid, "party is no institution or office");
    let institution = InstitutionId::new(&address.institution).ok_or_else(wrong)?;
    let office = Some(address.office.as_str()).filter(|office| !office.is_empty());
    let office = office.map(|office| OfficeId::new(office).ok_or_else(wrong)).transpose()?;
    Ok((institution, office))
}
