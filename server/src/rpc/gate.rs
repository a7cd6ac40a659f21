//! What every request passes before its method: who calls, how often, how many at once, for how
//! long. Behind it, whatever went wrong becomes an answer, and a line in the log: method, office,
//! reason, duration, correlation; never a name, a text or a docket number.
//!
//! tonic's own server brings some of this; on an accept loop of our own it has to be said again.

use std::future::poll_fn;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use barid_proto::v1::Reason;
use futures::FutureExt as _;
use http::{HeaderMap, Request, Response};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;
use tonic::body::Body;
use tonic::codegen::{Body as HttpBody, Bytes, StdError};
use tonic::service::Routes;
use tonic::{Code, Status};
use tower::ServiceExt as _;
use tracing::{Instrument as _, Span, field};

use crate::error::{Error, Refusal};
use crate::identity::caller::{Caller, CallerError};
use crate::model::id::InstitutionId;
use crate::model::shares::{Share, Shares};
use crate::rpc::call::{Call, Correlation, Correlations, panicked};
use crate::rpc::limits::{CHECK_PATH, Limits, UPLOAD_PATH, request_bytes_max};
use crate::rpc::rate::Rate;
use crate::rpc::status;

/// When to try again after finding all places taken. A request takes some milliseconds.
const PLACE_RETRY_MS: u64 = 100;

/// Most of a refused request that is still taken in: what fits into a few packets.
const DISCARDED_BYTES_MAX: usize = 64 * 1024;

/// Longest wait for it.
const DISCARDED_TIME_MAX: Duration = Duration::from_secs(1);

/// Longest method name in the log: longer ones are none of ours.
const METHOD_BYTES_MAX: usize = 80;

/// Who a connection's requests come from, or why nobody knows.
pub(super) type Identified = Result<Arc<Caller>, CallerError>;

/// Whether an office that a certificate names is on the network.
pub(super) type Admission = Arc<dyn Fn(&Caller) -> Result<(), Box<Refusal>> + Send + Sync>;

/// The gate in front of the methods.
pub(super) struct Gate {
    routes: Routes,
    correlations: Correlations,
    admission: Admission,
    rate: Rate,
    requests: Places,
    checks: Places,
    request_deadline: Duration,
    upload_deadline: Duration,
}

impl Gate {
    pub(super) fn new(
        routes: Routes,
        limits: &Limits,
        correlations: Correlations,
        admission: Admission,
    ) -> Self {
        Self {
            routes: routes.prepare(),
            correlations,
            admission,
            rate: Rate::new(limits.requests_per_second, limits.request_burst),
            requests: Places::new(limits.requests),
            checks: Places::new(limits.checks),
            request_deadline: limits.request_deadline,
            upload_deadline: limits.upload_deadline,
        }
    }

    /// Answers one request, whatever happens.
    pub(super) async fn answer<B>(
        &self,
        identified: &Identified,
        request: Request<B>,
    ) -> Response<Body>
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<StdError>,
    {
        let started = Instant::now();
        let correlation = (self.correlations)();
        let span = span_of(identified, &correlation, request.uri().path());
        let bytes_max = request_bytes_max(request.uri().path());
        async {
            let passed = self.pass(identified, correlation, request).await;
            let response = passed.map_or_else(
                |error| status::of(error, &correlation).into_http(),
                |response| with_reason(response, bytes_max, &correlation),
            );
            let duration_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
            tracing::info!(code = code_of(&response) as i32, duration_us, "answered");
            response
        }
        .instrument(span.clone())
        .await
    }

    async fn pass<B>(
        &self,
        identified: &Identified,
        correlation: Correlation,
        mut request: Request<B>,
    ) -> Result<Response<Body>, Error>
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<StdError>,
    {
        let path = request.uri().path();
        let (caller, _place) = match self.admit(identified, path) {
            Ok(admitted) => admitted,
            Err(refusal) => {
                discard(request.into_body()).await;
                return Err(refusal.into());
            }
        };
        let deadline = self.deadline(path, request.headers());
        request.extensions_mut().insert(Call { caller, correlation, span: Span::current() });
        let method = AssertUnwindSafe(self.routes.clone().oneshot(request)).catch_unwind();
        match timeout(deadline, method).await {
            Ok(Ok(Ok(response))) => Ok(response),
            Ok(Ok(Err(never))) => match never {},
            Ok(Err(_panic)) => Err(panicked().into()),
            Err(_elapsed) => Err(too_slow().into()),
        }
    }

    /// Decides by the caller and the method alone, before anything of the request is read.
    fn admit(
        &self,
        identified: &Identified,
        path: &str,
    ) -> Result<(Arc<Caller>, Place<'_>), Box<Refusal>> {
        let caller = identified.clone().map_err(stranger)?;
        (self.admission)(&caller)?;
        self.rate.take(&caller.office.institution, Instant::now()).map_err(too_often)?;
        let places = if path == CHECK_PATH { &self.checks } else { &self.requests };
        let place = places.take(&caller.office.institution)?;
        Ok((caller, place))
    }

    /// How long the method may take: until it answers, or begins to when it answers with a stream.
    fn deadline(&self, path: &str, headers: &HeaderMap) -> Duration {
        let own = if path == UPLOAD_PATH { self.upload_deadline } else { self.request_deadline };
        asked_timeout(headers).map_or(own, |asked| asked.min(own))
    }
}

/// Places for requests. One institution gets half of them at most: uploads over slow links last
/// for minutes, and nobody's may keep everybody else from filing.
struct Places {
    all: Semaphore,
    shares: Arc<Shares<InstitutionId>>,
}

/// A place of a request, given back when dropped.
type Place<'a> = (SemaphorePermit<'a>, Share<InstitutionId>);

impl Places {
    fn new(count: usize) -> Self {
        Self { all: Semaphore::new(count), shares: Shares::new(count.div_ceil(2)) }
    }

    fn take(&self, institution: &InstitutionId) -> Result<Place<'_>, Box<Refusal>> {
        let share = self.shares.take(institution).ok_or_else(no_share)?;
        let place = self.all.try_acquire().map_err(|_| no_place())?;
        Ok((place, share))
    }
}

/// Takes in what is left of a refused request, within bounds, and forgets it: some HTTP/2
/// libraries lose an answer that comes before the end of what it answers.
async fn discard<B: HttpBody<Data = Bytes>>(body: B) {
    let mut body = pin!(body);
    let mut left = DISCARDED_BYTES_MAX;
    let reading = async {
        while left > 0
            && let Some(Ok(frame)) = poll_fn(|context| body.as_mut().poll_frame(context)).await
        {
            left = left.saturating_sub(frame.data_ref().map_or(0, Bytes::len));
        }
    };
    // Whether it came to its end or not, the answer is the same.
    let _ = timeout(DISCARDED_TIME_MAX, reading).await;
}

fn span_of(identified: &Identified, correlation: &Correlation, path: &str) -> Span {
    let method = path.get(..path.floor_char_boundary(METHOD_BYTES_MAX)).unwrap_or_default();
    let span = tracing::info_span!(
        "request",
        %correlation,
        method,
        office = field::Empty,
        reason = field::Empty,
    );
    if let Ok(caller) = identified {
        span.record("office", field::display(&caller.office));
    }
    span
}

/// The code of an answer that is a refusal from its first byte; streams may refuse later.
fn code_of(response: &Response<Body>) -> Code {
    let written = response.headers().get(Status::GRPC_STATUS);
    written.map_or(Code::Ok, |code| Code::from_bytes(code.as_bytes()))
}

/// Gives a status that tonic made a reason of ours.
fn with_reason(
    response: Response<Body>,
    bytes_max: usize,
    correlation: &Correlation,
) -> Response<Body> {
    let made = response.extensions().get::<Status>().filter(|status| status.details().is_empty());
    match made.and_then(|status| status::refusal_of_tonic(status, bytes_max)) {
        Some(refusal) => status::of(refusal.into(), correlation).into_http(),
        None => response,
    }
}

/// The time limit of the `grpc-timeout` header: 1 to 8 digits and a unit. Anything else is passed
/// over: it limits less than the hub does by itself.
fn asked_timeout(headers: &HeaderMap) -> Option<Duration> {
    const DIGITS_MAX: usize = 8;
    let text = headers.get("grpc-timeout")?.to_str().ok()?;
    let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    if digits.len() > DIGITS_MAX || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let count: u64 = digits.parse().ok()?;
    Some(match unit {
        "H" => Duration::from_secs(count * 60 * 60),
        "M" => Duration::from_secs(count * 60),
        "S" => Duration::from_secs(count),
        "m" => Duration::from_millis(count),
        "u" => Duration::from_micros(count),
        "n" => Duration::from_nanos(count),
        _ => return None,
    })
}

fn stranger(error: CallerError) -> Box<Refusal> {
    Refusal::new(
        Reason::CertificateWithoutOffice,
        format!("{error}. Ask the network's certificate authority for one that names the office."),
    )
}

fn too_often(wait: Duration) -> Box<Refusal> {
    // Rounded up: a caller who comes back to the millisecond is not refused again.
    let wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX).saturating_add(1);
    Refusal::new(Reason::TooMany, "Your institution has sent more requests than it may at once.")
        .with_retry(wait_ms)
}

fn no_share() -> Box<Refusal> {
    Refusal::new(Reason::TooMany, "Your institution has as many requests under way as it may.")
        .with_retry(PLACE_RETRY_MS)
}

fn no_place() -> Box<Refusal> {
    Refusal::new(Reason::TooMany, "The hub is serving as many requests as it can at once.")
        .with_retry(PLACE_RETRY_MS)
}

fn too_slow() -> Box<Refusal> {
    Refusal::new(
        Reason::TooSlow,
        "The request took longer than its time limit or the hub's. Nothing was recorded unless a \
         receipt says so; send the same again.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> Option<Duration> {
        asked_timeout(&HeaderMap::from_iter([(
            http::HeaderName::from_static("grpc-timeout"),
            text.parse().unwrap(),
        )]))
    }

    #[test]
    fn the_time_limit_header_is_read_in_all_units() {
        assert_eq!(asked("2H"), Some(Duration::from_secs(7200)));
        assert_eq!(asked("3M"), Some(Duration::from_secs(180)));
        assert_eq!(asked("4S"), Some(Duration::from_secs(4)));
        assert_eq!(asked("250m"), Some(Duration::from_millis(250)));
        assert_eq!(asked("99999999u"), Some(Duration::from_micros(99_999_999)));
        assert_eq!(asked("1n"), Some(Duration::from_nanos(1)));
        assert!(asked("99999999H").is_some());
    }

    #[test]
    fn malformed_time_limits_are_passed_over() {
        for text in ["", "S", "1", "-1S", "+1S", "1.5S", "123456789S", "1s", "١S"] {
            let value = http::HeaderValue::from_bytes(text.as_bytes()).unwrap();
            let name = http::HeaderName::from_static("grpc-timeout");
            let headers = HeaderMap::from_iter([(name, value)]);
            assert_eq!(asked_timeout(&headers), None, "{text:?}");
        }
    }
}
