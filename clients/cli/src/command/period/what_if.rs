//! The filings that a what-if needs, made as institutions would make them.

use barid_proto::assess::{Act, Acts};
use barid_proto::kind::filing_kind_name;
use barid_proto::rules::{Length, PeriodRule, RuleSet, TriggerKind};
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{
    ActReference, Address, AppealFiled, AppealWithdrawn, CivilDate, ComplaintClassified,
    CouncilDecision, DelegatedDecision, DelegationGranted, EnvelopeBody, EnvelopeReference,
    FilingKind, HolidayCalendar, InquiryReported, ProofOfService, PublicationCertificate,
    RatificationDecision, Referral, ResultsAdopted, ResultsAnnounced, RulingIssued, Stamp,
};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::super::parse;
use crate::exit::Failure;
use crate::render::time;

/// The number of the decision that everything is about.
const DECISION: &str = "what-if";
/// The number of the delegation that it rests on.
const DELEGATION: &str = "what-if-delegation";

/// A day or an instant, as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::command) enum Moment {
    /// A whole day.
    Day(Date),
    /// By the clock of the office.
    Local(DateTime),
    /// By any clock, milliseconds since 1970 UTC.
    Instant(i64),
}

/// What is supposed.
pub(super) struct WhatIf {
    pub(super) from: Option<Moment>,
    pub(super) until: Option<Date>,
    pub(super) trigger: Option<FilingKind>,
    pub(super) hours: Option<u32>,
    pub(super) measure: Option<Moment>,
    pub(super) office: Address,
    pub(super) calendars: Vec<HolidayCalendar>,
}

/// `2025-11-17`, `2025-11-17T14:00`, `2025-11-17T14:00:00+03:00`.
pub(super) fn moment(text: &str) -> Result<Moment, String> {
    if let Ok((instant, _)) = parse::instant(text) {
        return Ok(Moment::Instant(instant));
    }
    if let Ok(local) = DateTime::strptime("%Y-%m-%dT%H:%M", text) {
        return Ok(Moment::Local(local));
    }
    day(text).map(Moment::Day).map_err(|_| {
        format!("{text:?} is neither a day nor a time; one is 2025-11-17 or 2025-11-17T14:00")
    })
}

/// `2025-11-17`.
pub(super) fn day(text: &str) -> Result<Date, String> {
    Date::strptime("%Y-%m-%d", text).map_err(|_| format!("{text:?} is no day; one is 2025-11-17"))
}

/// `A1=first`.
pub(super) fn setting(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, word)) if !key.is_empty() && !word.is_empty() => {
            Ok((key.to_owned(), word.to_owned()))
        }
        _ => Err(format!("{text:?} sets no switch; one is A1=first")),
    }
}

impl Moment {
    /// The day and the instant by an office's clock. Of a whole day its last millisecond: what was
    /// announced on that day was known.
    fn at(self, zone: &TimeZone) -> Option<(Date, i64)> {
        match self {
            Self::Day(day) => {
                let next = day.tomorrow().ok()?.to_zoned(zone.clone()).ok()?;
                Some((day, next.timestamp().as_millisecond() - 1))
            }
            Self::Local(local) => {
                let instant = local.to_zoned(zone.clone()).ok()?.timestamp();
                Some((local.date(), instant.as_millisecond()))
            }
            Self::Instant(ms) => {
                let instant = Timestamp::from_millisecond(ms).ok()?;
                Some((instant.to_zoned(zone.clone()).date(), ms))
            }
        }
    }
}

/// What the log would hold, and the filing that would be assessed.
pub(super) fn acts(
    rules: &RuleSet,
    period: &PeriodRule,
    asked: WhatIf,
) -> Result<(Acts, Act), Failure> {
    let zone = time::zone(&rules.calendar.zone).unwrap_or(TimeZone::UTC);
    let kind = trigger_kind(period, asked.trigger)?;
    if period.length == Length::CallIn && asked.hours.is_none() {
        return Err(Failure::usage("the delegation says how long: give --hours"));
    }
    let from = period.from.first().unwrap_or(&asked.office.institution).clone();
    let mut made = Made { office: asked.office.clone(), acts: Acts::default(), next: 0 };
    made.calendars(&from, &asked.calendars);
    let trigger = match kind {
        None => None,
        Some(kind) => {
            let when = when(&asked, &zone)?;
            made.basis(period, asked.hours.unwrap_or_default(), &from, when);
            Some(made.trigger(period, kind, &from, when))
        }
    };
    match (asked.measure, trigger) {
        (Some(Moment::Day(_)), _) => {
            Err(Failure::usage("the time counts: --measure 2025-11-23T14:10"))
        }
        (Some(measure), _) => {
            let (_, at) = measure.at(&zone).ok_or_else(|| no_such("--measure"))?;
            let Some(kind) = period.measures.first() else {
                return Err(Failure::usage("this rule measures nothing: leave --measure out"));
            };
            let subject = made.measured(period, *kind, at);
            Ok((made.finished(), subject))
        }
        (None, Some(trigger)) => {
            made.acts.case.retain(|act| act.leaf != trigger.leaf);
            Ok((made.finished(), trigger))
        }
        (None, None) => Err(Failure::usage(
            "polling sets it going, and nothing is said until something is measured: give --measure",
        )),
    }
}

fn when(asked: &WhatIf, zone: &TimeZone) -> Result<When, Failure> {
    let moment = asked.from.ok_or_else(|| Failure::usage("what set it going? give --from"))?;
    let (day, at) = moment.at(zone).ok_or_else(|| no_such("--from"))?;
    let when = When { first: day, last: asked.until.unwrap_or(day), at };
    if when.last < when.first {
        return Err(Failure::usage("--until lies before --from"));
    }
    Ok(when)
}

fn no_such(option: &str) -> Failure {
    Failure::usage(format!("{option}: there is no such time"))
}

/// What sets the period going. `None`: polling.
fn trigger_kind(
    period: &PeriodRule,
    asked: Option<FilingKind>,
) -> Result<Option<FilingKind>, Failure> {
    let kinds = || {
        period.triggers.iter().filter_map(|trigger| match trigger {
            TriggerKind::Filing(kind) => Some(*kind),
            TriggerKind::Polling => None,
        })
    };
    match asked {
        Some(asked) if kinds().all(|kind| kind != asked) => {
            let all: Vec<String> = kinds().map(filing_kind_name).collect();
            let asked = filing_kind_name(asked);
            let what = format!("{asked} does not set it going; what does: {}", all.join(", "));
            Err(Failure::usage(what))
        }
        Some(asked) => Ok(Some(asked)),
        None if period.triggers.contains(&TriggerKind::Polling) => Ok(None),
        None => Ok(kinds().next()),
    }
}

/// When something is supposed to have happened.
#[derive(Clone, Copy)]
struct When {
    first: Date,
    last: Date,
    at: i64,
}

/// Filings that were made up.
struct Made {
    office: Address,
    acts: Acts,
    next: u64,
}

impl Made {
    fn act(&mut self, kind: FilingKind, sender: Address, at: i64, content: Option<Content>) -> Act {
        let leaf = self.next;
        self.next += 1;
        let mut digest = [0; 32];
        digest.iter_mut().zip(leaf.to_be_bytes()).for_each(|(to, from)| *to = from);
        let stamp =
            Stamp { office: Some(sender.clone()), stamped_at_unix_ms: at, ..Stamp::default() };
        let body = EnvelopeBody {
            kind: kind.into(),
            sender: Some(sender),
            stamp: Some(stamp),
            ..EnvelopeBody::default()
        };
        Act { leaf, accepted_at_ms: at, digest, body, content }
    }

    /// The office within an institution: the one asked for, if it is that one's.
    fn within(&self, institution: &str) -> Address {
        if institution == self.office.institution {
            return self.office.clone();
        }
        Address { institution: institution.to_owned(), office: String::new() }
    }

    /// Calendars are believed of whoever keeps the offices: the office's own institution, and that
    /// of the trigger.
    fn calendars(&mut self, from: &str, calendars: &[HolidayCalendar]) {
        let own = self.office.institution.clone();
        let other = Some(from).filter(|other| *other != own);
        for keeper in std::iter::once(own.as_str()).chain(other) {
            for calendar in calendars {
                let within =
                    |office: &Address| Address { institution: keeper.to_owned(), ..office.clone() };
                let offices = calendar.offices.iter().map(within).collect();
                let content = HolidayCalendar { offices, ..calendar.clone() };
                let sender = Address { institution: keeper.to_owned(), office: String::new() };
                // Filed before everything; its days say themselves when they were announced.
                let content = Some(Content::HolidayCalendar(content));
                let act = self.act(FilingKind::HolidayCalendar, sender, 1, content);
                self.acts.general.push(act);
            }
        }
    }

    fn reference(&self, number: &str, day: Option<Date>) -> ActReference {
        ActReference {
            institution: self.office.institution.clone(),
            number: number.to_owned(),
            date: day.map(civil),
            ..ActReference::default()
        }
    }

    /// What the trigger is about, where the rule asks for it, and the delegation behind that.
    fn basis(&mut self, period: &PeriodRule, hours: u32, from: &str, when: When) {
        let Some(kind) = period.about.first() else { return };
        let sender = self.office.clone();
        if period.length == Length::CallIn {
            let granted = DelegationGranted {
                decision: Some(self.reference(DELEGATION, None)),
                call_in_hours: hours,
                ..DelegationGranted::default()
            };
            let content = Some(Content::DelegationGranted(granted));
            let act = self.act(FilingKind::DelegationGranted, sender.clone(), 1, content);
            self.acts.case.push(act);
        }
        let content = self.content(*kind, from, when);
        let act = self.act(*kind, sender, when.at, content);
        self.acts.case.push(act);
    }

    fn trigger(&mut self, period: &PeriodRule, kind: FilingKind, from: &str, when: When) -> Act {
        let content = self.content(kind, from, when);
        let mut act = self.act(kind, self.within(from), when.at, content);
        let to = period.to.first().unwrap_or(&self.office.institution);
        act.body.recipients = vec![self.within(to)];
        self.acts.case.push(act.clone());
        act
    }

    /// The filing whose time is measured; it answers what came last.
    fn measured(&mut self, period: &PeriodRule, kind: FilingKind, at: i64) -> Act {
        let sender = period.measures_from.first().unwrap_or(&self.office.institution).clone();
        let challenged = Some(self.reference(DECISION, None));
        let content = match kind {
            FilingKind::AppealFiled => {
                Some(Content::AppealFiled(AppealFiled { challenged, ..AppealFiled::default() }))
            }
            FilingKind::RulingIssued => {
                Some(Content::RulingIssued(RulingIssued { challenged, ..RulingIssued::default() }))
            }
            _ => None,
        };
        let mut act = self.act(kind, self.within(&sender), at, content);
        if let Some(stamp) = &mut act.body.stamp {
            stamp.office = Some(self.office.clone());
        }
        let answered = self.acts.case.last();
        act.body.in_reply_to = answered.map(|answered| EnvelopeReference {
            digest: answered.digest.to_vec(),
            ..EnvelopeReference::default()
        });
        act
    }

    /// The content of a kind, as far as periods look at it.
    fn content(&self, kind: FilingKind, from: &str, when: When) -> Option<Content> {
        use FilingKind as K;
        let about = Some(self.reference(DECISION, None));
        let decided = self.reference(DECISION, Some(when.first));
        let own = Some(ActReference { institution: from.to_owned(), ..decided });
        let day = Some(civil(when.first));
        Some(match kind {
            K::PublicationCertificate => Content::PublicationCertificate(PublicationCertificate {
                decision: about,
                first_day: day,
                last_day: Some(civil(when.last)),
                ..Default::default()
            }),
            K::ProofOfService => Content::ProofOfService(ProofOfService {
                act: about,
                served_at_unix_ms: when.at,
                ..Default::default()
            }),
            K::CouncilDecision => {
                Content::CouncilDecision(CouncilDecision { decision: own, ..Default::default() })
            }
            K::DelegatedDecision => Content::DelegatedDecision(DelegatedDecision {
                delegation: Some(self.reference(DELEGATION, None)),
                number: DECISION.to_owned(),
                decided_on: day,
                ..Default::default()
            }),
            K::RulingIssued => Content::RulingIssued(RulingIssued {
                ruling: own,
                challenged: about,
                ..Default::default()
            }),
            K::Referral => Content::Referral(Referral { letter: own, ..Default::default() }),
            K::ResultsAdopted => {
                Content::ResultsAdopted(ResultsAdopted { decision: own, ..Default::default() })
            }
            K::RatificationDecision => Content::RatificationDecision(RatificationDecision {
                decision: own,
                ..Default::default()
            }),
            K::ResultsAnnounced => {
                Content::ResultsAnnounced(ResultsAnnounced { act: own, ..Default::default() })
            }
            K::AppealFiled => {
                Content::AppealFiled(AppealFiled { challenged: about, ..Default::default() })
            }
            kind => return dated(kind, day),
        })
    }

    /// What the log holds now.
    fn finished(mut self) -> Acts {
        self.acts.as_of_size = self.next;
        self.acts
    }
}

/// The content of kinds that bear a date and no number.
fn dated(kind: FilingKind, day: Option<CivilDate>) -> Option<Content> {
    Some(match kind {
        FilingKind::ComplaintClassified => Content::ComplaintClassified(ComplaintClassified {
            classified_on: day,
            ..Default::default()
        }),
        FilingKind::InquiryReported => {
            Content::InquiryReported(InquiryReported { reported_on: day, ..Default::default() })
        }
        FilingKind::AppealWithdrawn => {
            Content::AppealWithdrawn(AppealWithdrawn { withdrawn_on: day, ..Default::default() })
        }
        _ => return None,
    })
}

fn civil(day: Date) -> CivilDate {
    CivilDate { year: day.year().into(), month: day.month().into(), day: day.day().into() }
}
