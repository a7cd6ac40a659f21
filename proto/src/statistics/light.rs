//! Cases without their long texts: figures need to know that there are reasons, and not which.

use super::CaseTold;
use crate::v1::filing_content::Content;
use crate::v1::{OperativeClause, Text};

/// As much of a text as tells that there is one.
const KEPT: usize = 1;

impl CaseTold {
    /// Takes out what no figure is read off, so that a hundred thousand cases fit into memory: long
    /// texts, exhibits, packing lists. No figure changes by it.
    pub fn lighten(&mut self) {
        for act in &mut self.acts.case {
            act.body.exhibits.clear();
            act.body.wraps.clear();
            match &mut act.content {
                Some(Content::ComplaintRegistered(filed)) => {
                    shorten([&mut filed.facts, &mut filed.relief]);
                }
                Some(Content::InquiryReported(report)) => {
                    report.testimonies.clear();
                    shorten([&mut report.finding]);
                }
                Some(Content::AppealFiled(appeal)) => {
                    appeal.grounds.clear();
                    shorten([&mut appeal.relief]);
                }
                Some(Content::SupplementFiled(supplement)) => shorten([&mut supplement.addition]),
                Some(Content::Referral(referral)) => {
                    referral.packing_list.clear();
                    shorten([&mut referral.reply]);
                }
                Some(Content::Query(query)) => shorten([&mut query.question]),
                Some(Content::Answer(answer)) => shorten([&mut answer.answer]),
                Some(Content::DelegatedDecision(decision)) => {
                    shorten([&mut decision.reasons, &mut decision.remedy_notice]);
                    clauses(&mut decision.clauses);
                }
                Some(Content::CouncilDecision(decision)) => {
                    shorten([&mut decision.deliberation]);
                    clauses(&mut decision.clauses);
                }
                Some(Content::RulingIssued(ruling)) => {
                    shorten([&mut ruling.reasons, &mut ruling.dissent]);
                    clauses(&mut ruling.clauses);
                    if let Some(judgment) = &mut ruling.judgment {
                        cut(&mut judgment.body_text);
                        judgment.parties.clear();
                    }
                }
                _ => {}
            }
        }
    }
}

fn clauses(all: &mut [OperativeClause]) {
    shorten(all.iter_mut().map(|clause| &mut clause.text));
}

fn shorten<'a>(texts: impl IntoIterator<Item = &'a mut Option<Text>>) {
    let texts = texts.into_iter().flatten();
    texts.flat_map(|text| &mut text.renderings).for_each(|one| cut(&mut one.text));
}

/// Keeps the first characters that are not white space.
fn cut(text: &mut String) {
    *text = text.trim().chars().take(KEPT).collect();
}
