//! A court's answer to a filing, as a clerk's registration or refusal.
//!
//! A callback that accepts a filing is a registration when it says the number and the instant; one
//! that rejects it is a refusal when it says why. A filing that is taken in partly, or not reviewed
//! yet, is neither: Barid registers a filing or refuses it.

use barid_akn::reply::{self, Decoded};
use barid_plugin::Problems;
use barid_plugin::v1::{
    DecodeReply, DecodeRequest, FilingKind, RefusalGround, RefusalToRegister, Registration,
    Rendering, Text, filing_content::Content,
};

use crate::filing::{Collector, Found, Review};
use crate::messages::{self, Reads};
use crate::said::{self, Missing};
use crate::{when, xml};

/// Reads an answer of this kind.
pub(crate) fn decode(request: &DecodeRequest, reads: Reads) -> DecodeReply {
    let mut unreadable = Problems::new();
    let mut collector = Collector::new(&request.institution);
    if !xml::read(&request.input, &mut collector, &mut unreadable) {
        return reply::decoded(request, None, unreadable);
    }
    let (found, mut problems) = collector.finish();
    let mut unfit = Problems::new();
    if !is_answer(&found, reads, &mut unfit) {
        return reply::decoded(request, None, unfit);
    }
    let read = answer(found, &mut problems);
    reply::decoded(request, read, problems)
}

fn is_answer(found: &Found, reads: Reads, problems: &mut Problems) -> bool {
    let Some((name, namespace)) = &found.root else { return false };
    match messages::named(name).filter(|_| !found.filing.standard.is_empty()) {
        None => said::not_ecf(problems, name, namespace),
        Some(known) if known.reads != reads => said::not_answer(problems, name, known),
        Some(_) => return true,
    }
    false
}

fn answer(found: Found, problems: &mut Problems) -> Option<Decoded> {
    let base = found.base.clone().unwrap_or_default();
    let code_path = format!("{base}/FilingStatus/FilingStatusCode");
    match found.review.code.to_ascii_lowercase().as_str() {
        "accepted" => registration(found, &base, problems),
        "rejected" => refusal(found.review, &base, problems),
        "partially-accepted" => {
            said::partly(problems, code_path);
            None
        }
        "received" => {
            said::undecided(problems, code_path);
            None
        }
        "" => {
            said::needed(problems, code_path, Missing::ReviewCode);
            None
        }
        other => {
            said::unknown_code(problems, code_path, other);
            None
        }
    }
}

fn registration(found: Found, base: &str, problems: &mut Problems) -> Option<Decoded> {
    let numbers = found.filing.docket_numbers;
    if numbers.is_empty() {
        let path = format!("{base}/Case/CaseDocketID");
        said::needed(problems, path, Missing::CaseNumber);
    }
    // When the filing was filed, sent or received is told too, and is not when it was registered.
    let completed = found.filing.dates.iter().find(|date| date.name == "FilingCompletionDate");
    let literal = completed.and_then(|date| date.date.as_ref()).map(|date| date.literal.as_str());
    let instant = literal.and_then(when::instant).filter(|at| *at > 0);
    if instant.is_none() {
        let path = format!("{base}/FilingCompletionDate/DateTime");
        said::needed(problems, path, Missing::RegisteredAt);
    }
    let content = Registration {
        docket_number: Some(numbers.first()?.clone()),
        registered_at_unix_ms: instant?,
        ..Registration::default()
    };
    Some(Decoded {
        kind: FilingKind::Registration,
        content: Content::Registration(content),
        docket_numbers: numbers,
    })
}

/// A code for each reason, where there are as many codes as reasons; otherwise the standard's own.
fn refusal(review: Review, base: &str, problems: &mut Problems) -> Option<Decoded> {
    let Review { code, words, reasons } = review;
    let coded = words.len() == reasons.len();
    let reasons = if reasons.is_empty() { words.clone() } else { reasons };
    if reasons.is_empty() {
        let path = format!("{base}/FilingStatus/StatusDescriptionText");
        said::needed(problems, path, Missing::Reason);
        return None;
    }
    let ground = |(index, reason): (usize, String)| RefusalGround {
        code: words.get(index).filter(|_| coded).unwrap_or(&code).clone(),
        reason: Some(Text {
            // Texts of NIEM 2.0 do not say their language.
            renderings: vec![Rendering { language: "und".to_owned(), text: reason }],
            authoritative: String::new(),
        }),
        remedy: None,
    };
    let grounds = reasons.into_iter().enumerate().map(ground).collect();
    Some(Decoded {
        kind: FilingKind::RefusalToRegister,
        content: Content::RefusalToRegister(RefusalToRegister { grounds, clerk: None }),
        docket_numbers: Vec::new(),
    })
}
