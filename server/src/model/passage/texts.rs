//! What a filing says in words.
//!
//! What a witness said is not among it: who may read it reads it there, and nobody looks for it.

use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{EnvelopeBody, OperativeClause, RulingIssued, Text};

use super::{Passage, PassageKind};

/// Collects texts under the name of their content.
struct Texts {
    root: &'static str,
    found: Vec<Passage>,
}

impl Texts {
    fn of(root: &'static str) -> Self {
        Self { root, found: Vec::new() }
    }

    fn plain(mut self, place: &str, text: &str) -> Self {
        if !text.is_empty() {
            let path = format!("{}.{place}", self.root);
            self.found.push(Passage::of(PassageKind::Text, path, text));
        }
        self
    }

    /// All renderings: who reads Kurdish looks in Kurdish.
    fn text(self, place: &str, text: Option<&Text>) -> Self {
        let renderings = text.iter().flat_map(|text| &text.renderings);
        renderings.fold(self, |texts, rendering| texts.plain(place, &rendering.text))
    }

    fn each<'a>(self, place: &str, texts: impl IntoIterator<Item = &'a Text>) -> Self {
        let placed = texts.into_iter().enumerate();
        placed.fold(self, |found, (at, text)| found.text(&format!("{place}[{at}]"), Some(text)))
    }

    fn clauses(self, place: &str, clauses: &[OperativeClause]) -> Self {
        clauses.iter().enumerate().fold(self, |found, (at, clause)| {
            found.text(&format!("{place}[{at}].text"), clause.text.as_ref())
        })
    }
}

/// Titles of exhibits, but for sealed ones.
pub(super) fn titles(body: &EnvelopeBody) -> Vec<Passage> {
    let open = body.exhibits.iter().enumerate();
    let open = open.filter(|(_, one)| one.sealed.is_none() && !one.title.is_empty());
    let title = |(at, title): (usize, &str)| {
        Passage::of(PassageKind::Text, format!("exhibits[{at}].title"), title)
    };
    open.map(|(at, one)| title((at, one.title.as_str()))).collect()
}

/// All texts of a content, in the order in which they stand in it.
pub(super) fn of(content: &Content) -> Vec<Passage> {
    disputes(content)
        .or_else(|| councils(content))
        .or_else(|| registries(content))
        .map_or_else(Vec::new, |texts| texts.found)
}

/// What is disputed, and about what the panel and the Council write to each other.
fn disputes(content: &Content) -> Option<Texts> {
    Some(match content {
        Content::ComplaintRegistered(complaint) => Texts::of("complaint_registered")
            .text("facts", complaint.facts.as_ref())
            .text("relief", complaint.relief.as_ref()),
        Content::ComplaintClassified(classified) => {
            Texts::of("complaint_classified").text("reason", classified.reason.as_ref())
        }
        Content::InquiryReported(inquiry) => {
            Texts::of("inquiry_reported").text("finding", inquiry.finding.as_ref())
        }
        Content::AppealFiled(appeal) => Texts::of("appeal_filed")
            .each("grounds", &appeal.grounds)
            .text("relief", appeal.relief.as_ref()),
        Content::SupplementFiled(supplement) => {
            Texts::of("supplement_filed").text("addition", supplement.addition.as_ref())
        }
        Content::AppealWithdrawn(withdrawn) => {
            Texts::of("appeal_withdrawn").text("reason", withdrawn.reason.as_ref())
        }
        Content::Referral(referral) => {
            let texts = Texts::of("referral").text("reply", referral.reply.as_ref());
            referral.packing_list.iter().enumerate().fold(texts, |found, (at, item)| {
                found.plain(&format!("packing_list[{at}].title"), &item.title)
            })
        }
        Content::ReturnToCouncil(returned) => Texts::of("return_to_council")
            .text("reason", returned.reason.as_ref())
            .clauses("orders", &returned.orders),
        Content::Query(query) => Texts::of("query").text("question", query.question.as_ref()),
        Content::Answer(answer) => Texts::of("answer").text("answer", answer.answer.as_ref()),
        _ => return None,
    })
}

/// What the Council and the courts decide, and what is done about it.
fn councils(content: &Content) -> Option<Texts> {
    Some(match content {
        Content::DelegationGranted(granted) => Texts::of("delegation_granted")
            .text("scope", granted.scope.as_ref())
            .text("limits", granted.limits.as_ref()),
        Content::DelegatedDecision(decision) => Texts::of("delegated_decision")
            .text("reasons", decision.reasons.as_ref())
            .clauses("clauses", &decision.clauses),
        Content::CallIn(call_in) => Texts::of("call_in").text("reason", call_in.reason.as_ref()),
        Content::CouncilDecision(decision) => {
            let texts = Texts::of("council_decision")
                .plain("matter", &decision.matter)
                .text("deliberation", decision.deliberation.as_ref())
                .clauses("clauses", &decision.clauses);
            decision.outcomes.iter().enumerate().fold(texts, |found, (at, outcome)| {
                found.text(&format!("outcomes[{at}].reason"), outcome.reason.as_ref())
            })
        }
        Content::RulingIssued(ruling) => of_ruling(ruling),
        Content::ImplementationReport(report) => {
            let texts = Texts::of("implementation_report");
            report.tasks.iter().enumerate().fold(texts, |found, (at, task)| {
                found.text(&format!("tasks[{at}].report"), task.report.as_ref())
            })
        }
        Content::CriminalReferral(referral) => {
            Texts::of("criminal_referral").text("suspicion", referral.suspicion.as_ref())
        }
        Content::InterimOrder(order) => {
            Texts::of("interim_order").text("reason", order.reason.as_ref())
        }
        _ => return None,
    })
}

fn of_ruling(ruling: &RulingIssued) -> Texts {
    let texts = Texts::of("ruling_issued")
        .plain("outcome_literal", &ruling.outcome_literal)
        .clauses("clauses", &ruling.clauses)
        .text("reasons", ruling.reasons.as_ref())
        .text("dissent", ruling.dissent.as_ref());
    match &ruling.judgment {
        Some(judgment) => texts
            .plain("judgment.title", &judgment.title)
            .plain("judgment.body_text", &judgment.body_text),
        None => texts,
    }
}

/// What clerks say about cases and numbers.
fn registries(content: &Content) -> Option<Texts> {
    Some(match content {
        Content::JoinCases(join) => Texts::of("join_cases").text("reason", join.reason.as_ref()),
        Content::SplitCases(split) => {
            Texts::of("split_cases").text("reason", split.reason.as_ref())
        }
        Content::LinkCases(link) => Texts::of("link_cases").text("reason", link.reason.as_ref()),
        Content::CorrectIdentifier(correction) => {
            Texts::of("correct_identifier").text("reason", correction.reason.as_ref())
        }
        Content::RefusalToRegister(refusal) => {
            let texts = Texts::of("refusal_to_register");
            refusal.grounds.iter().enumerate().fold(texts, |found, (at, ground)| {
                found
                    .text(&format!("grounds[{at}].reason"), ground.reason.as_ref())
                    .text(&format!("grounds[{at}].remedy"), ground.remedy.as_ref())
            })
        }
        _ => return None,
    })
}
