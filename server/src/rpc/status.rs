//! The one place where a refusal or a fault becomes a gRPC status.
//!
//! A status carries, as `google.rpc.Status` details: `ErrorInfo` (the reason by name and number,
//! the correlation identifier), `RetryInfo` when trying the same again makes sense, `BadRequest`
//! with the places that are wrong, and Barid's own `RefusalDetails` with the problems in full. All
//! of it travels in HTTP/2 trailers, which clients bound; so problems beyond [`DETAILS_BYTES_MAX`]
//! are cut and `ErrorInfo` tells how many there were.

use std::collections::HashMap;
use std::time::Duration;

use barid_proto::v1::{Problem, Reason, RefusalDetails};
use prost::Message;
use prost_types::Any;
use tonic::{Code, Status};
use tonic_types::pb;

use crate::error::{Error, Fault, Refusal};
use crate::rpc::call::Correlation;

/// Who defines our reasons, in `ErrorInfo.domain`.
const DOMAIN: &str = "barid.v1";

/// Longest text of a status, in bytes. Percent-encoding makes three of each byte of Arabic.
const TEXT_BYTES_MAX: usize = 400;

/// Most bytes of details before base64. With it, the text and the rest, trailers stay below 6 KiB;
/// the smallest default among the clients' libraries is 8 KiB.
const DETAILS_BYTES_MAX: usize = 3072;

/// Most bytes of details that problems may take; the remainder is for what is always there.
const PROBLEMS_BYTES_MAX: usize = 2304;

/// When a sender whose text carries no time of its own may try again after a full disk or a stop.
const RETRY_LATER_MS: u64 = 5_000;

/// The status that tells an error to the caller. A fault's causes go to the log and nowhere else.
pub(super) fn of(error: Error, correlation: &Correlation) -> Status {
    match error {
        Error::Refused(refusal) => of_refusal(&refusal, correlation),
        Error::Failed(fault) => of_refusal(&refusal_of_fault(&fault, correlation), correlation),
    }
}

/// The refusal behind a status that tonic itself made, before or instead of our code. `None`: the
/// status is fine as it is (a method that does not exist, a call that was cancelled).
/// `bytes_max` is the bound that the method has.
pub(super) fn refusal_of_tonic(status: &Status, bytes_max: usize) -> Option<Box<Refusal>> {
    match status.code() {
        Code::OutOfRange => Some(Refusal::new(
            Reason::TooLarge,
            format!(
                "The request is larger than the {bytes_max} bytes that this method takes. Large \
                 documents go through ExhibitService in chunks."
            ),
        )),
        Code::Internal | Code::InvalidArgument => Some(Refusal::new(
            Reason::RequestInvalid,
            "The request is not a well-formed message of this method.",
        )),
        _ => None,
    }
}

fn refusal_of_fault(fault: &Fault, correlation: &Correlation) -> Box<Refusal> {
    tracing::error!(%correlation, fault = fault.chain(), "the hub failed");
    if fault.is_disk_full() {
        return Refusal::new(
            Reason::HubFull,
            "The hub's disk is full. Nothing was recorded; send the same again later.",
        )
        .with_retry(RETRY_LATER_MS);
    }
    Refusal::new(Reason::HubFailed, format!("The hub failed. Quote {correlation} to its operator."))
}

fn of_refusal(refusal: &Refusal, correlation: &Correlation) -> Status {
    tracing::Span::current().record("reason", refusal.reason as i32);
    let code = code_of(refusal.reason);
    let text = cut(&refusal.text, TEXT_BYTES_MAX).to_owned();
    let shown = shown_problems(&refusal.problems);

    let mut details = vec![error_info(refusal, shown.len(), correlation)];
    details.extend(refusal.retry_after_ms.map(retry_info));
    if !shown.is_empty() {
        details.push(bad_request(shown));
    }
    details.push(refusal_details(refusal, shown, correlation));

    let status = pb::Status { code: code as i32, message: text.clone(), details };
    debug_assert!(status.encoded_len() <= DETAILS_BYTES_MAX, "{} bytes", status.encoded_len());
    Status::with_details(code, text, status.encode_to_vec().into())
}

/// Problems from the first on, as many as fit.
fn shown_problems(problems: &[Problem]) -> &[Problem] {
    let mut left = PROBLEMS_BYTES_MAX;
    let fitting = problems.iter().take_while(|problem| {
        let bytes = problem.encoded_len() + violation(problem).encoded_len() + FRAMING_BYTES;
        let fits = bytes <= left;
        left = left.saturating_sub(bytes);
        fits
    });
    let count = fitting.count();
    problems.get(..count).unwrap_or_default()
}

/// Tags and lengths around one problem in `RefusalDetails` and one violation in `BadRequest`.
const FRAMING_BYTES: usize = 12;

fn error_info(refusal: &Refusal, shown: usize, correlation: &Correlation) -> Any {
    let mut metadata = HashMap::from([
        ("number".to_owned(), (refusal.reason as i32).to_string()),
        ("correlation_id".to_owned(), correlation.to_string()),
    ]);
    if shown < refusal.problems.len() {
        metadata.insert("problems".to_owned(), refusal.problems.len().to_string());
        metadata.insert("problems_shown".to_owned(), shown.to_string());
    }
    let info = pb::ErrorInfo {
        reason: refusal.reason.as_str_name().to_owned(),
        domain: DOMAIN.to_owned(),
        metadata,
    };
    any("google.rpc.ErrorInfo", &info)
}

fn retry_info(after_ms: u64) -> Any {
    let retry_delay = prost_types::Duration::try_from(Duration::from_millis(after_ms)).ok();
    any("google.rpc.RetryInfo", &pb::RetryInfo { retry_delay })
}

fn bad_request(shown: &[Problem]) -> Any {
    let field_violations = shown.iter().map(violation).collect();
    any("google.rpc.BadRequest", &pb::BadRequest { field_violations })
}

/// A problem as libraries that know nothing of Barid understand it: where, and its stable code.
fn violation(problem: &Problem) -> pb::bad_request::FieldViolation {
    pb::bad_request::FieldViolation {
        field: problem.place.as_ref().map(|place| place.path.clone()).unwrap_or_default(),
        description: problem.code.clone(),
        reason: String::new(),
        localized_message: None,
    }
}

fn refusal_details(refusal: &Refusal, shown: &[Problem], correlation: &Correlation) -> Any {
    let expected = refusal.expected.as_ref();
    let details = RefusalDetails {
        reason: refusal.reason.into(),
        problems: shown.to_vec(),
        next_sequence: expected.map_or(0, |link| link.sequence),
        previous_digest: expected.map(|link| link.previous_digest.to_vec()).unwrap_or_default(),
        correlation_id: correlation.to_string(),
        rejection_leaf: refusal.rejection_leaf,
    };
    any("barid.v1.RefusalDetails", &details)
}

fn any(name: &str, message: &impl Message) -> Any {
    Any { type_url: format!("type.googleapis.com/{name}"), value: message.encode_to_vec() }
}

/// The beginning of a text, at most so many bytes, ending between two characters.
fn cut(text: &str, bytes_max: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes_max)).unwrap_or(text)
}

/// The gRPC code of each reason: for libraries that decide by it whether to try again. Only
/// `Unavailable` and a `RetryInfo` promise anything for the same request.
fn code_of(reason: Reason) -> Code {
    match reason {
        Reason::CertificateWithoutOffice | Reason::OfficeUnknown => Code::Unauthenticated,
        Reason::SenderMismatch | Reason::NotPermitted | Reason::DataClassForbidden => {
            Code::PermissionDenied
        }
        Reason::SignatureInvalid
        | Reason::EnvelopeMalformed
        | Reason::EnvelopeInvalid
        | Reason::WrongHub
        | Reason::CaseAmbiguous
        | Reason::ContentInvalid
        | Reason::RecipientUnknown
        | Reason::FormatUnknown
        | Reason::Unreadable
        | Reason::RequestInvalid
        | Reason::DigestMismatch => Code::InvalidArgument,
        Reason::KeyUnknown
        | Reason::KeyOutOfUse
        | Reason::KeyNotVouchedFor
        | Reason::SequenceGap
        | Reason::EnvelopeExpired
        | Reason::HistoryDiffers
        | Reason::ExhibitMissing
        | Reason::NothingToAnswer
        | Reason::Retained
        | Reason::Destroyed => Code::FailedPrecondition,
        Reason::EnvelopeConflict => Code::AlreadyExists,
        Reason::CaseUnknown | Reason::NotFound => Code::NotFound,
        Reason::TooLarge | Reason::TooMany | Reason::QuotaUsed | Reason::HubFull => {
            Code::ResourceExhausted
        }
        Reason::TooSlow => Code::DeadlineExceeded,
        Reason::Stopping | Reason::Unconfirmed => Code::Unavailable,
        Reason::FormatFailed | Reason::HubFailed | Reason::Unspecified => Code::Internal,
        Reason::HistoryLost => Code::DataLoss,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ExpectedLink;
    use barid_proto::v1::{ProblemPlace, Rendering, Text};
    use tonic_types::StatusExt;

    /// Below the 8 KiB that the strictest client library takes, with room for its other headers.
    const TRAILER_BYTES_MAX: usize = 6 * 1024;

    fn correlation() -> Correlation {
        Correlation::new(uuid::Uuid::from_u128(7))
    }

    fn all_reasons() -> Vec<Reason> {
        (1..1000).filter_map(|number| Reason::try_from(number).ok()).collect()
    }

    fn problem(number: usize) -> Problem {
        let rendering =
            Rendering { language: "ar".into(), text: "تاريخ غير واضح ".repeat(8) };
        Problem {
            severity: 1,
            code: format!("date-ambiguous-{number}"),
            place: Some(ProblemPlace { path: format!("rows.{number}.date"), ..Default::default() }),
            what: Some(Text { renderings: vec![rendering], authoritative: "ar".into() }),
            remedy: None,
        }
    }

    fn details_of(status: &Status) -> RefusalDetails {
        let found = pb::Status::decode(status.details()).unwrap();
        let own = found.details.iter().find(|any| any.type_url.ends_with("RefusalDetails"));
        RefusalDetails::decode(own.unwrap().value.as_slice()).unwrap()
    }

    fn trailer_bytes(status: &Status) -> usize {
        let mut headers = http::HeaderMap::new();
        status.add_header(&mut headers).unwrap();
        // RFC 9113 §6.5.2 counts 32 bytes for each field.
        headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 32).sum()
    }

    #[test]
    fn every_reason_travels_with_name_number_and_correlation() {
        let reasons = all_reasons();
        assert!(reasons.len() > 30, "{} reasons", reasons.len());
        for reason in reasons {
            let status = of(Refusal::new(reason, "No.").into(), &correlation());
            assert_ne!(status.code(), Code::Ok, "{reason:?}");
            let info = status.get_details_error_info().unwrap();
            assert_eq!(info.reason, reason.as_str_name());
            assert_eq!(info.domain, "barid.v1");
            assert_eq!(info.metadata["number"], (reason as i32).to_string());
            assert_eq!(info.metadata["correlation_id"], correlation().to_string());
            assert_eq!(details_of(&status).reason(), reason);
        }
    }

    #[test]
    fn any_refusal_fits_into_the_trailers() {
        for reason in all_reasons() {
            let mut refusal = Refusal::new(reason, "ملف الطعن ".repeat(1000))
                .with_problems((0..1000).map(problem).collect())
                .with_expected(ExpectedLink { sequence: u64::MAX, previous_digest: [7; 32] })
                .with_retry(u64::MAX);
            refusal.rejection_leaf = Some(u64::MAX);
            let status = of(refusal.into(), &correlation());
            assert_eq!(details_of(&status).rejection_leaf, Some(u64::MAX));
            assert!(trailer_bytes(&status) <= TRAILER_BYTES_MAX, "{}", trailer_bytes(&status));
        }
    }

    #[test]
    fn a_problem_too_large_for_a_trailer_is_counted_and_not_shown() {
        let mut huge = problem(1);
        huge.code = "x".repeat(PROBLEMS_BYTES_MAX);
        let refusal = Refusal::new(Reason::Unreadable, "No.").with_problems(vec![huge]);
        let status = of(refusal.into(), &correlation());
        let info = status.get_details_error_info().unwrap();
        assert_eq!(
            (info.metadata["problems"].as_str(), &*info.metadata["problems_shown"]),
            ("1", "0")
        );
    }

    #[test]
    fn cut_problems_are_counted() {
        let problems: Vec<Problem> = (0..100).map(problem).collect();
        let refusal = Refusal::new(Reason::Unreadable, "No.").with_problems(problems.clone());
        let status = of(refusal.into(), &correlation());
        let shown = details_of(&status).problems;
        assert!(!shown.is_empty() && shown.len() < 100);
        assert_eq!(shown, problems[..shown.len()]);
        let info = status.get_details_error_info().unwrap();
        assert_eq!(info.metadata["problems"], "100");
        assert_eq!(info.metadata["problems_shown"], shown.len().to_string());
        let violations = status.get_details_bad_request().unwrap().field_violations;
        assert_eq!(violations.len(), shown.len());
        assert_eq!(violations[0].field, "rows.0.date");
    }

    #[test]
    fn a_gap_says_what_is_next_and_a_limit_when_to_come_back() {
        let link = ExpectedLink { sequence: 8, previous_digest: [3; 32] };
        let gap = Refusal::new(Reason::SequenceGap, "No.").with_expected(link);
        let details = details_of(&of(gap.into(), &correlation()));
        assert_eq!((details.next_sequence, details.previous_digest), (8, vec![3; 32]));

        let busy = Refusal::new(Reason::TooMany, "No.").with_retry(1500);
        let retry = of(busy.into(), &correlation()).get_details_retry_info().unwrap();
        assert_eq!(retry.retry_delay, Some(Duration::from_millis(1500)));
    }

    #[test]
    fn a_fault_tells_the_caller_nothing_of_its_causes() {
        let fault = Fault::while_doing("writing the batch", "row 17 of Ahmed");
        let status = of(fault.into(), &correlation());
        assert_eq!(status.code(), Code::Internal);
        let visible = format!("{status:?}{}", status.message());
        assert!(visible.contains(&correlation().to_string()));
        assert!(!visible.contains("Ahmed") && !visible.contains("batch"), "{visible}");

        let full = of(Fault::broken("writing").disk_full().into(), &correlation());
        assert_eq!(details_of(&full).reason(), Reason::HubFull);
        assert!(full.get_details_retry_info().is_some());
    }

    #[test]
    fn what_tonic_refuses_gets_a_reason() {
        let large = refusal_of_tonic(&Status::out_of_range(""), 1234).unwrap();
        assert_eq!(large.reason, Reason::TooLarge);
        assert!(large.text.contains("1234"), "{}", large.text);
        let garbled = refusal_of_tonic(&Status::internal(""), 1).unwrap();
        assert_eq!(garbled.reason, Reason::RequestInvalid);
        assert!(refusal_of_tonic(&Status::unimplemented(""), 1).is_none());
    }

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(cut("abc", 5), "abc");
        assert_eq!(cut("aب", 2), "a");
    }
}
