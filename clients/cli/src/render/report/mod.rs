//! What a bundle proves, for whoever has to decide on it: what holds, what was found, and what no
//! verification can tell.

use barid_client::hex;
use barid_client::verify::{
    Code, Finding, Order, ProvenFiling, ProvenKey, Report, Severity, Verdict,
};
use barid_proto::text::visible;
use barid_proto::v1::HubStatementKind;
use barid_proto::v1::filing_content::Content;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::{json as values, office, shown_office, time};
use crate::wording::{self, Lang, Msg, RetentionMsg, StickMsg};

mod law;

/// Places that are listed for one kind of finding.
const PLACES_MAX: usize = 5;

/// How to show a report.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    /// The language.
    pub(crate) lang: Lang,
    /// Where instants are shown.
    pub(crate) zone: &'a TimeZone,
    /// Whether a certificate authority was asked.
    pub(crate) asked_roots: bool,
    /// Whether the policy asks for witnesses.
    pub(crate) asks_witnesses: bool,
}

/// The verdict as scripts know it.
pub(crate) fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Valid => "valid",
        Verdict::Undecided => "undecided",
        Verdict::Invalid => "invalid",
    }
}

impl View<'_> {
    /// The whole report.
    pub(crate) fn report(&self, report: &Report) -> String {
        let lang = self.lang;
        let verdict = match report.verdict() {
            Verdict::Valid => Msg::Valid,
            Verdict::Undecided => Msg::Undecidable,
            Verdict::Invalid => Msg::Invalid,
        };
        let mut lines = vec![lang.say(verdict, &[]), String::new(), lang.say(Msg::Proven, &[])];
        if report.filings.is_empty() {
            lines.push(format!("  {}", lang.say(Msg::ProvenNothing, &[])));
        }
        for (number, filing) in (1..).zip(&report.filings) {
            let wrong = |found: &Finding| {
                found.severity == Severity::Invalid && found.place.starts_with(&filing.place)
            };
            let wrong = report.findings.iter().any(wrong);
            lines.extend(self.filing(number, filing, wrong, &report.filings));
        }
        lines.extend(self.law(report));
        lines.extend(self.findings(&report.findings));
        lines.push(String::new());
        lines.push(lang.say(Msg::NotProven, &[]));
        lines.extend(
            self.open(report).into_iter().map(|open| format!("  - {}", lang.say(open, &[]))),
        );
        lines.join("\n")
    }

    fn filing(
        &self,
        number: usize,
        filing: &ProvenFiling,
        wrong: bool,
        all: &[ProvenFiling],
    ) -> Vec<String> {
        let lang = self.lang;
        let body = &filing.body;
        let to: Vec<String> = body.recipients.iter().map(|to| shown_office(Some(to))).collect();
        let to = if to.is_empty() { lang.say(Msg::ProvenNobody, &[]) } else { lang.list(&to) };
        let kind = wording::kind(lang, body.kind());
        let heading =
            lang.say(Msg::ProvenFiling, &[kind, &shown_office(body.sender.as_ref()), &to]);
        let mut lines = vec![format!("{number:>3}. {heading}")];
        let mut add = |line: String| lines.push(format!("     {line}"));
        if wrong {
            add(format!("!! {}", lang.say(Msg::ProvenWrong, &[])));
        }
        if filing.signers.is_empty() {
            add(lang.say(Msg::ProvenSignerNone, &[]));
        }
        filing.signers.iter().flat_map(|key| self.signer(key)).for_each(&mut add);
        self.answer(filing, all).into_iter().for_each(&mut add);
        let leaf = filing.leaf_index.to_string();
        add(match filing.existed_by {
            Some(by) => {
                let by = self.second(by);
                lang.say(Msg::ProvenBy, &[&leaf, &by, &lang.list(&filing.witnesses)])
            }
            None => lang.say(Msg::ProvenUnwitnessed, &[&leaf]),
        });
        if let Some(stamp) = &filing.stamped {
            let by = self.second(stamp.by_ms.div_ceil(1000));
            add(lang.say(Msg::ProvenStamped, &[&by, &visible(&stamp.authority)]));
        }
        if let Some(before) = filing.not_before {
            add(lang.say(Msg::ProvenAfter, &[&self.second(before)]));
        }
        let accepted = i64::try_from(filing.accepted_at_ms).unwrap_or(0);
        add(lang.say(Msg::ProvenSaid, &[&time::second(accepted, self.zone)]));
        order(filing.order).map(|order| lang.say(order, &[])).into_iter().for_each(&mut add);
        for own in &filing.documents {
            let (name, digest) = (visible(&own.name), hex::encode(&own.sha256));
            add(match own.destroyed.filter(|_| !own.present) {
                Some(leaf) => {
                    let values = [name.as_str(), &leaf.to_string(), &digest];
                    RetentionMsg::GoneInReport.fill(lang, &values)
                }
                None if own.present => lang.say(Msg::DocumentHere, &[&name, &digest]),
                None => lang.say(Msg::DocumentElsewhere, &[&name, &digest]),
            });
        }
        self.assessments(filing).into_iter().for_each(&mut add);
        for stated in &filing.statements {
            let what = stated_word(lang, stated.statement.kind());
            let whom = shown_office(stated.statement.office.as_ref());
            let leaf = stated.leaf_index.to_string();
            add(lang.say(Msg::ProvenStated, &[&whom, what, &leaf]));
        }
        add(lang.say(Msg::ProvenDigest, &[&hex::encode(&filing.digest)]));
        lines
    }

    fn signer(&self, key: &ProvenKey) -> Vec<String> {
        let id = super::short(key.id.as_bytes());
        let holder = key.holder.as_ref().map(|holder| shown_office(Some(holder)));
        let mut lines = vec![match (&holder, &key.authority) {
            (Some(holder), Some(_)) => self.lang.say(Msg::ProvenSigner, &[holder, &id]),
            (Some(holder), None) => self.lang.say(Msg::ProvenSignerSaid, &[&id, holder]),
            (None, _) => self.lang.say(Msg::ProvenSignerOpen, &[&id]),
        }];
        let authority = key.authority.iter();
        lines.extend(authority.map(|name| self.lang.say(Msg::ProvenAuthority, &[name])));
        lines
    }

    /// Who handed a filing in, what it answers, and the number that a registration gives.
    fn answer(&self, filing: &ProvenFiling, all: &[ProvenFiling]) -> Vec<String> {
        let carrier = filing.assessment.as_ref().and_then(|added| added.carried_by.as_ref());
        let carried =
            |by| self.lang.fill(StickMsg::CarriedBy.wording(), &[&shown_office(Some(by))]);
        let mut lines: Vec<String> = carrier.map(carried).into_iter().collect();
        let reply = filing.body.in_reply_to.as_ref();
        let answered = reply.and_then(|reply| {
            let number = all.iter().position(|other| other.digest[..] == reply.digest)?;
            Some(self.lang.say(Msg::ProvenAnswers, &[&(number + 1).to_string()]))
        });
        lines.extend(answered);
        let content = filing.body.content.as_ref().and_then(|content| content.content.as_ref());
        if let Some(Content::Registration(registration)) = content
            && let Some(given) = &registration.docket_number
        {
            lines.push(self.lang.say(Msg::ProvenUnder, &[&super::number(given)]));
        }
        lines
    }

    /// Findings of one kind together: a case may have hundreds of them.
    pub(crate) fn findings(&self, findings: &[Finding]) -> Vec<String> {
        let lang = self.lang;
        let mut codes: Vec<(Severity, Code)> =
            findings.iter().map(|finding| (finding.severity, finding.code)).collect();
        codes.sort_by_key(|(severity, code)| (std::cmp::Reverse(*severity), code.word()));
        codes.dedup();
        if codes.is_empty() {
            return vec![];
        }
        let mut lines = vec![String::new(), lang.say(Msg::Found, &[])];
        for (severity, code) in codes {
            let mark = match severity {
                Severity::Invalid => "!!",
                Severity::Undecided => "??",
                Severity::Warning => "! ",
                Severity::Note => "- ",
            };
            lines.push(format!("  {mark} {} [{}]", wording::found(lang, code), code.word()));
            let all: Vec<&Finding> = findings.iter().filter(|found| found.code == code).collect();
            for found in all.iter().take(PLACES_MAX) {
                let at = match found.details.as_str() {
                    "" => found.place.clone(),
                    details => format!("{}: {}", found.place, visible(details)),
                };
                lines.push(format!("     {}", lang.say(Msg::FoundAt, &[&at])));
            }
            if let Some(more) = all.len().checked_sub(PLACES_MAX).filter(|more| *more > 0) {
                lines.push(format!("     +{more}"));
            }
            if severity > Severity::Note {
                let lies = wording::keeper(lang, code.blame());
                lines.push(format!("     {}", lang.say(Msg::FoundLies, &[lies])));
                let remedy = wording::remedy(lang, code);
                lines.push(format!("     {}", lang.say(Msg::WhatToDo, &[remedy])));
            }
        }
        lines
    }

    /// What a reader may not conclude.
    fn open(&self, report: &Report) -> Vec<Msg> {
        let mut open = vec![Msg::OpenTruth, Msg::OpenRead, Msg::OpenComplete, Msg::OpenKeys];
        let unknown = |key: &ProvenKey| key.holder.is_none() || key.authority.is_none();
        let keys = report.filings.iter().flat_map(|filing| &filing.signers);
        if !self.asked_roots || keys.into_iter().any(unknown) {
            open.push(Msg::OpenHolder);
        }
        open.extend(law::open(report));
        if !self.asks_witnesses {
            open.push(Msg::OpenTime);
        } else if report.filings.iter().any(|filing| filing.not_before.is_none()) {
            open.push(Msg::OpenEarliest);
        }
        open
    }

    fn second(&self, unix_s: u64) -> String {
        let ms = i64::try_from(unix_s).ok().and_then(|s| s.checked_mul(1000));
        time::second(ms.unwrap_or(0), self.zone)
    }
}

fn order(order: Order) -> Option<Msg> {
    Some(match order {
        Order::First => return None,
        Order::Witnessed => Msg::OrderWitnessed,
        Order::Chained => Msg::OrderChained,
        Order::Answers => Msg::OrderAnswers,
        Order::Simultaneous => Msg::OrderSimultaneous,
    })
}

fn stated_word(lang: Lang, kind: HubStatementKind) -> &'static str {
    use barid_client::custody::EventKind;
    wording::event(
        lang,
        match kind {
            HubStatementKind::Rejected => EventKind::SubmissionRejection,
            HubStatementKind::Expired => EventKind::AcceptanceRejectionExpiry,
            _ => EventKind::ContentAccessTracking,
        },
    )
}

/// The same for scripts.
pub(crate) fn value(report: &Report) -> Value {
    let finding = |finding: &Finding| {
        json!({
            "code": finding.code.word(),
            "severity": format!("{:?}", finding.severity).to_lowercase(),
            "blame": format!("{:?}", finding.code.blame()).to_lowercase(),
            "place": finding.place,
            "details": finding.details,
        })
    };
    json!({
        "log": report.log,
        "findings": report.findings.iter().map(finding).collect::<Vec<_>>(),
        "filings": report.filings.iter().map(filing_value).collect::<Vec<_>>(),
        "law": law::value(report),
    })
}

fn filing_value(filing: &ProvenFiling) -> Value {
    let (body, added) = (&filing.body, filing.assessment.as_ref());
    let key = |key: &ProvenKey| {
        json!({
            "key": key.id.to_string(),
            "holder": key.holder.as_ref().map(|holder| office(Some(holder))),
            "authority": key.authority,
        })
    };
    let documents = filing.documents.iter().map(|own| {
        json!({
            "name": own.name,
            "sha256": hex::encode(&own.sha256),
            "present": own.present,
            "destroyed_by_leaf": own.destroyed,
        })
    });
    let statements = filing.statements.iter().map(|stated| {
        json!({
            "kind": stated.statement.kind().as_str_name(),
            "office": office(stated.statement.office.as_ref()),
            "leaf_index": stated.leaf_index,
            "accepted_at_unix_ms": stated.accepted_at_ms,
        })
    });
    json!({
        "place": filing.place,
        "envelope_id": hex::encode(&body.envelope_id),
        "envelope_digest": hex::encode(&filing.digest),
        "kind": body.kind().as_str_name(),
        "sender": office(body.sender.as_ref()),
        "recipients": values::offices(&body.recipients),
        "sequence": body.sender_sequence,
        "signers": filing.signers.iter().map(key).collect::<Vec<_>>(),
        "leaf_index": filing.leaf_index,
        "tree_size": filing.tree_size,
        "accepted_at_unix_ms": filing.accepted_at_ms,
        "existed_by_unix_s": filing.existed_by,
        "not_before_unix_s": filing.not_before,
        "stamped": filing.stamped.as_ref().map(|stamp| json!({
            "by_unix_ms": stamp.by_ms,
            "authority": stamp.authority,
        })),
        "order": format!("{:?}", filing.order).to_lowercase(),
        "witnesses": filing.witnesses,
        "documents": documents.collect::<Vec<_>>(),
        "statements": statements.collect::<Vec<_>>(),
        "assessments": added.map(|added| values::assessments(&added.assessments)),
        "computed": values::assessments(&filing.computed),
    })
}

#[cfg(test)]
mod tests;
