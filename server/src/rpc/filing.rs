//! `FilingService`: the one door through which everything enters.

use std::convert::Infallible;
use std::sync::Arc;
use std::task::{Context, Poll};

use barid_proto::v1::filing_service_server::{FilingService, FilingServiceServer};
use barid_proto::v1::{
    CheckRequest, CheckResponse, GetFilingRequest, GetFilingResponse, GetStatementRequest,
    GetStatementResponse, SubmitRequest, SubmitResponse,
};
use tonic::body::Body;
use tonic::codegen::{BoxFuture, Service};
use tonic::server::NamedService;
use tonic::{Request, Response, Status};

use crate::hub::Hub;
use crate::rpc::call::Call;
use crate::rpc::limits::{ANY_PATH, CHECK_PATH, request_bytes_max};

/// The methods.
struct Filings {
    hub: Arc<Hub>,
}

#[tonic::async_trait]
impl FilingService for Filings {
    async fn submit(
        &self,
        request: Request<SubmitRequest>,
    ) -> Result<Response<SubmitResponse>, Status> {
        let (call, request) = Call::open(request)?;
        call.answer(self.hub.submit(&call.caller, request).await)
    }

    async fn check(
        &self,
        request: Request<CheckRequest>,
    ) -> Result<Response<CheckResponse>, Status> {
        let (call, request) = Call::open(request)?;
        call.answer(self.hub.check(&call.caller, request).await)
    }

    async fn get_filing(
        &self,
        request: Request<GetFilingRequest>,
    ) -> Result<Response<GetFilingResponse>, Status> {
        let (call, request) = Call::open(request)?;
        call.answer(self.hub.filing(&call.caller, request).await)
    }

    async fn get_statement(
        &self,
        request: Request<GetStatementRequest>,
    ) -> Result<Response<GetStatementResponse>, Status> {
        let (call, request) = Call::open(request)?;
        call.answer(self.hub.statement(&call.caller, request).await)
    }
}

/// The service with two bounds: tonic has one for all methods, and `Check` takes far more than
/// `Submit` should.
#[derive(Clone)]
pub(super) struct FilingDoor {
    narrow: FilingServiceServer<Filings>,
    wide: FilingServiceServer<Filings>,
}

impl FilingDoor {
    pub(super) fn new(hub: Arc<Hub>) -> Self {
        let filings = FilingServiceServer::new(Filings { hub });
        Self {
            narrow: filings.clone().max_decoding_message_size(request_bytes_max(ANY_PATH)),
            wide: filings.max_decoding_message_size(request_bytes_max(CHECK_PATH)),
        }
    }
}

impl NamedService for FilingDoor {
    const NAME: &'static str = <FilingServiceServer<Filings> as NamedService>::NAME;
}

impl Service<http::Request<Body>> for FilingDoor {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<Self::Response, Self::Error>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let wide = request.uri().path() == CHECK_PATH;
        if wide { self.wide.call(request) } else { self.narrow.call(request) }
    }
}
