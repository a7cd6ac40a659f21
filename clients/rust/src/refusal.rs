//! A refusal by the hub, decoded from the details of a gRPC status.
//!
//! The hub packs a [`RefusalDetails`] into `google.rpc.Status`, beside the standard `RetryInfo` and
//! `Help`. A status without it did not come from the hub itself but from something on the way.

use std::fmt;
use std::time::Duration;

use barid_proto::v1::{Problem, Reason, RefusalDetails};
use prost::Message as _;
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

use crate::error::{ClientError, Hint, Unreachable};

/// How the type of [`RefusalDetails`] is named inside `google.rpc.Status`.
const DETAILS_TYPE: &str = "barid.v1.RefusalDetails";

/// The hub said no.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// The stable reason. Its number never changes meaning; `barid.v1.Reason` documents each.
    pub reason: Reason,
    /// The hub's words, for people.
    pub text: String,
    /// All problems, when there are places to point at.
    pub problems: Vec<Problem>,
    /// With [`Reason::SequenceGap`]: what the hub expects from this key next.
    pub expected_link: Option<ExpectedLink>,
    /// Leaf of the hub's statement that it refused: proof that the sender tried, and when
    /// (`Client::statement`). Absent: the refusal was not recorded.
    pub rejection_leaf: Option<u64>,
    /// Finds the request in the hub's log.
    pub correlation_id: String,
    /// How long the hub asks to wait before the same is sent again.
    pub retry_after: Option<Duration>,
}

/// The place in a sender's chain that the hub expects to be filled next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpectedLink {
    /// The sequence.
    pub sequence: u64,
    /// The digest that `previous_digest` must have.
    pub previous: [u8; 32],
}

/// Whose fault a refusal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blame {
    /// The connection and its certificate.
    Connection,
    /// The sender: who it is, which key, what it may.
    Sender,
    /// The envelope, the filing or its document: what was sent.
    Filing,
    /// Nobody: load and timing.
    Load,
    /// The hub.
    Hub,
}

impl Refusal {
    /// Whose fault it is: the hundreds of the reason's number.
    #[must_use]
    pub fn blame(&self) -> Blame {
        match self.reason {
            Reason::FormatFailed => Blame::Hub,
            reason => match reason as i32 / 100 {
                1 => Blame::Connection,
                2 => Blame::Sender,
                5 => Blame::Load,
                9 => Blame::Hub,
                _ => Blame::Filing,
            },
        }
    }

    /// Whether the same bytes can succeed later without anybody changing anything.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        matches!(
            self.reason,
            Reason::TooMany
                | Reason::TooSlow
                | Reason::Stopping
                | Reason::Unconfirmed
                | Reason::FormatFailed
                | Reason::HubFailed
                | Reason::HubFull
        )
    }

    /// Whether the refusal is about what was sent, so that the same bytes can never succeed. The
    /// opposite is about the surroundings (a certificate, a missing document, a lost link): once
    /// these are mended the same envelope is sent again, and its receipt is still the first.
    #[must_use]
    pub fn is_final(&self) -> bool {
        let surroundings = matches!(
            self.reason,
            Reason::CertificateWithoutOffice
                | Reason::OfficeUnknown
                | Reason::ExhibitMissing
                | Reason::SequenceGap
                | Reason::HistoryDiffers
                | Reason::HistoryLost
                | Reason::QuotaUsed
                | Reason::Unspecified
        );
        !surroundings && !self.is_temporary()
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "refused ({}, {}): {}", self.reason as i32, self.reason.as_str_name(), self.text)
    }
}

impl std::error::Error for Refusal {}

/// Sorts a gRPC status: a refusal by the hub, or a broken connection to `address`.
pub(crate) fn from_status(status: &Status, address: &str) -> ClientError {
    match details(status) {
        Some(details) => refusal(status, details).into(),
        None => unreachable(status, address).into(),
    }
}

fn details(status: &Status) -> Option<RefusalDetails> {
    let packed = tonic_types::pb::Status::decode(status.details()).ok()?;
    let is_ours = |name: &str| name.rsplit('/').next() == Some(DETAILS_TYPE);
    let any = packed.details.iter().find(|any| is_ours(&any.type_url))?;
    RefusalDetails::decode(any.value.as_slice()).ok()
}

fn refusal(status: &Status, details: RefusalDetails) -> Refusal {
    let expected_link = details
        .previous_digest
        .as_slice()
        .try_into()
        .ok()
        .map(|previous| ExpectedLink { sequence: details.next_sequence, previous });
    Refusal {
        reason: details.reason(),
        text: status.message().to_owned(),
        expected_link,
        problems: details.problems,
        rejection_leaf: details.rejection_leaf,
        correlation_id: details.correlation_id,
        retry_after: status.get_details_retry_info().and_then(|info| info.retry_delay),
    }
}

fn unreachable(status: &Status, address: &str) -> Unreachable {
    let mut why = status.message().to_owned();
    let mut source = std::error::Error::source(status);
    while let Some(error) = source {
        let text = error.to_string();
        if !why.contains(&text) {
            why = format!("{why}: {text}");
        }
        source = error.source();
    }
    let hint = match status.code() {
        Code::DeadlineExceeded => Some(Hint::TooSlow),
        Code::Cancelled if why.contains("Timeout expired") => Some(Hint::TooSlow),
        _ => hint(&why),
    };
    Unreachable { address: address.to_owned(), why, hint }
}

/// What a chain of causes most likely means. TLS alerts keep their names through every layer.
pub(crate) fn hint(why: &str) -> Option<Hint> {
    let signs = [
        (Hint::CertificateRefused, "received fatal alert: CertificateRequired"),
        (Hint::CertificateRefused, "received fatal alert: UnknownCA"),
        (Hint::CertificateRefused, "received fatal alert: CertificateUnknown"),
        (Hint::CertificateRefused, "received fatal alert: CertificateRevoked"),
        (Hint::CertificateRefused, "received fatal alert: CertificateExpired"),
        (Hint::CertificateRefused, "received fatal alert: BadCertificate"),
        (Hint::CertificateRefused, "received fatal alert: AccessDenied"),
        (Hint::NoCommonTls, "received fatal alert: ProtocolVersion"),
        (Hint::NoCommonTls, "received corrupt message"),
        (Hint::HubNotTrusted, "invalid peer certificate"),
        (Hint::NothingListens, "Connection refused"),
        (Hint::NothingListens, "timed out"),
        (Hint::UnknownName, "failed to lookup address"),
    ];
    signs.iter().find(|(_, sign)| why.contains(sign)).map(|(hint, _)| *hint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tonic_types::pb;

    fn status_with(reason: Reason, more: impl FnOnce(&mut RefusalDetails)) -> Status {
        let mut details = RefusalDetails { reason: reason.into(), ..Default::default() };
        more(&mut details);
        let any = prost_types::Any {
            type_url: "type.googleapis.com/barid.v1.RefusalDetails".into(),
            value: details.encode_to_vec(),
        };
        let packed = pb::Status { code: 9, message: "no".into(), details: vec![any] };
        Status::with_details(Code::FailedPrecondition, "no", packed.encode_to_vec().into())
    }

    fn refused(status: &Status) -> Refusal {
        match from_status(status, "hub:1") {
            ClientError::Refused(refusal) => *refusal,
            other => panic!("{other}"),
        }
    }

    #[test]
    fn a_refusal_keeps_reason_link_and_correlation() {
        let refusal = refused(&status_with(Reason::SequenceGap, |details| {
            details.next_sequence = 7;
            details.previous_digest = vec![1; 32];
            details.correlation_id = "c-1".into();
            details.rejection_leaf = Some(0);
        }));
        assert_eq!(refusal.reason, Reason::SequenceGap);
        assert_eq!(refusal.text, "no");
        let expected = ExpectedLink { sequence: 7, previous: [1; 32] };
        assert_eq!(refusal.expected_link, Some(expected));
        assert_eq!(refusal.correlation_id, "c-1");
        assert_eq!(refusal.rejection_leaf, Some(0));
        assert!(!refusal.is_final() && !refusal.is_temporary());
    }

    #[test]
    fn what_is_final_is_about_what_was_sent() {
        for (reason, is_final, temporary, blame) in [
            (Reason::NotPermitted, true, false, Blame::Sender),
            (Reason::ContentInvalid, true, false, Blame::Filing),
            (Reason::Unreadable, true, false, Blame::Filing),
            (Reason::FormatFailed, false, true, Blame::Hub),
            (Reason::TooMany, false, true, Blame::Load),
            (Reason::ExhibitMissing, false, false, Blame::Filing),
            (Reason::OfficeUnknown, false, false, Blame::Connection),
            (Reason::HubFull, false, true, Blame::Hub),
            (Reason::HistoryLost, false, false, Blame::Hub),
            (Reason::Unconfirmed, false, true, Blame::Load),
            (Reason::QuotaUsed, false, false, Blame::Load),
            (Reason::Retained, true, false, Blame::Filing),
            (Reason::Destroyed, true, false, Blame::Filing),
        ] {
            let refusal = refused(&status_with(reason, |_| {}));
            assert_eq!(refusal.is_final(), is_final, "{reason:?}");
            assert_eq!(refusal.is_temporary(), temporary, "{reason:?}");
            assert_eq!(refusal.blame(), blame, "{reason:?}");
        }
    }

    #[test]
    fn a_status_without_details_is_a_broken_connection() {
        let why = "transport error: received fatal alert: CertificateRevoked";
        match from_status(&Status::unavailable(why), "hub:1") {
            ClientError::Unreachable(unreachable) => {
                assert_eq!(unreachable.hint, Some(Hint::CertificateRefused));
                assert_eq!(unreachable.address, "hub:1");
            }
            other => panic!("{other}"),
        }
        match from_status(&Status::deadline_exceeded("late"), "hub:1") {
            ClientError::Unreachable(slow) => assert_eq!(slow.hint, Some(Hint::TooSlow)),
            other => panic!("{other}"),
        }
    }

    #[test]
    fn retry_info_beside_our_details_is_honoured() {
        let details = RefusalDetails { reason: Reason::TooMany.into(), ..Default::default() };
        let ours = prost_types::Any {
            type_url: "type.googleapis.com/barid.v1.RefusalDetails".into(),
            value: details.encode_to_vec(),
        };
        let retry = tonic_types::pb::RetryInfo {
            retry_delay: Some(prost_types::Duration { seconds: 3, nanos: 0 }),
        };
        let retry = prost_types::Any {
            type_url: "type.googleapis.com/google.rpc.RetryInfo".into(),
            value: retry.encode_to_vec(),
        };
        let packed = pb::Status { code: 8, message: String::new(), details: vec![ours, retry] };
        let status =
            Status::with_details(Code::ResourceExhausted, "", packed.encode_to_vec().into());
        assert_eq!(refused(&status).retry_after, Some(Duration::from_secs(3)));
    }
}
