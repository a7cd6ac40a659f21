//! What a request carries from the gate to its method: who calls, and by which identifier the
//! operator finds it again.

use std::fmt;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::StreamExt as _;
use futures::stream::BoxStream;
use tonic::{Request, Response, Status};
use tracing::Span;
use uuid::Uuid;

use crate::error::{Error, Fault};
use crate::hub::Answers;
use crate::identity::caller::Caller;
use crate::rpc::status;

/// Names one request in the hub's log and in whatever the caller is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Correlation(Uuid);

impl Correlation {
    /// From a UUID, of version 7 so that the log sorts by it.
    #[must_use]
    pub const fn new(id: Uuid) -> Self {
        Self(id)
    }
}

impl fmt::Display for Correlation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// Makes the next correlation identifier. Holds the clock and the randomness that floor 5 brings.
pub type Correlations = Arc<dyn Fn() -> Correlation + Send + Sync>;

/// A stream of responses as tonic takes it.
pub(super) type Responses<T> = BoxStream<'static, Result<T, Status>>;

/// One request that passed the gate.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub(super) caller: Arc<Caller>,
    pub(super) correlation: Correlation,
    /// Where what becomes of it is noted, also when a stream outlives the method.
    pub(super) span: Span,
}

impl Call {
    /// Parts a request into what the gate put in and what the caller sent.
    ///
    /// # Errors
    /// A fault, if the method was reached around the gate.
    pub(super) fn open<T>(request: Request<T>) -> Result<(Self, T), Status> {
        let (_, mut extensions, message) = request.into_parts();
        match extensions.remove::<Self>() {
            Some(call) => Ok((call, message)),
            None => {
                let fault = Fault::broken("a request came around the gate");
                Err(status::of(fault.into(), &Correlation(Uuid::nil())))
            }
        }
    }

    /// The answer of a method that gives one.
    pub(super) fn answer<T>(&self, result: Result<T, Error>) -> Result<Response<T>, Status> {
        result.map(Response::new).map_err(|error| self.refuse(error))
    }

    /// The answer of a method that gives many. A panic among them ends this stream only.
    pub(super) fn stream<T: Send + 'static>(
        &self,
        result: Result<Answers<T>, Error>,
    ) -> Result<Response<Responses<T>>, Status> {
        let answers = result.map_err(|error| self.refuse(error))?;
        let call = self.clone();
        let responses = AssertUnwindSafe(answers).catch_unwind().map(move |next| {
            let answer = next.unwrap_or_else(|_| Err(panicked().into()));
            answer.map_err(|error| call.end_stream(error))
        });
        Ok(Response::new(responses.boxed()))
    }

    fn refuse(&self, error: Error) -> Status {
        status::of(error, &self.correlation)
    }

    fn end_stream(&self, error: Error) -> Status {
        self.span.in_scope(|| {
            let status = self.refuse(error);
            tracing::info!(code = status.code() as i32, "stream ended");
            status
        })
    }
}

/// The fault that a caught panic is. The panic hook has logged where it happened.
pub(super) fn panicked() -> Fault {
    Fault::broken("a method panicked")
}
