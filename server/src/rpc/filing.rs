//! `FilingService`: the one door through which everything enters.

use std::convert::Infallible;
use std::sync::Arc;
use std::task::{Context, Poll};

use barid_proto::v1::filing_service_server::{FilingService, FilingServiceServer};
use barid_proto::v1::{
    CheckRequest, CheckResponse, ForeseenFiling, GetFilingRequest, GetFilingResponse,
    GetStatementRequest, GetStatementResponse, RereadRequest, RereadResponse, SubmitRequest,
    SubmitResponse,
};
use prost::Message;
use tonic::body::Body;
use tonic::codegen::{BoxFuture, Service};
use tonic::server::{Grpc, NamedService, UnaryService};
use tonic::{Request, Response, Status};
use tonic_prost::ProstCodec;

use crate::hub::{Check, Hub};
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

    async fn reread(
        &self,
        request: Request<RereadRequest>,
    ) -> Result<Response<RereadResponse>, Status> {
        let (call, request) = Call::open(request)?;
        call.answer(self.hub.reread(&call.caller, request).await)
    }
}

/// A `CheckRequest`, field by field, but for the content, which stays as it is on the wire: the
/// hub counts what is in it before it makes anything of it.
#[derive(Clone, PartialEq, Message)]
struct UnreadCheck {
    #[prost(int32, tag = "1")]
    kind: i32,
    #[prost(string, tag = "2")]
    format: String,
    #[prost(bytes = "vec", tag = "3")]
    input: Vec<u8>,
    #[prost(bytes = "vec", optional, tag = "4")]
    content: Option<Vec<u8>>,
    #[prost(string, repeated, tag = "5")]
    languages: Vec<String>,
    #[prost(message, optional, tag = "6")]
    foreseen: Option<ForeseenFiling>,
}

impl From<UnreadCheck> for Check {
    fn from(unread: UnreadCheck) -> Self {
        let UnreadCheck { kind, format, input, content, languages, foreseen } = unread;
        Self { kind, format, input, content, languages, foreseen }
    }
}

/// `Check` as tonic calls it.
struct CheckMethod(Arc<Hub>);

impl UnaryService<UnreadCheck> for CheckMethod {
    type Response = CheckResponse;
    type Future = BoxFuture<Response<CheckResponse>, Status>;

    fn call(&mut self, request: Request<UnreadCheck>) -> Self::Future {
        let hub = Arc::clone(&self.0);
        Box::pin(async move {
            let (call, unread) = Call::open(request)?;
            call.answer(hub.check(&call.caller, unread).await)
        })
    }
}

/// The service with a method of its own for `Check`: it takes far more than `Submit` should, and
/// tonic has one bound for all; and it is decoded in another way.
#[derive(Clone)]
pub(super) struct FilingDoor {
    hub: Arc<Hub>,
    others: FilingServiceServer<Filings>,
}

impl FilingDoor {
    pub(super) fn new(hub: Arc<Hub>) -> Self {
        let others = FilingServiceServer::new(Filings { hub: Arc::clone(&hub) })
            .max_decoding_message_size(request_bytes_max(ANY_PATH));
        Self { hub, others }
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
        if request.uri().path() != CHECK_PATH {
            return self.others.call(request);
        }
        let method = CheckMethod(Arc::clone(&self.hub));
        Box::pin(async move {
            let codec = ProstCodec::<CheckResponse, UnreadCheck>::default();
            let bytes_max = Some(request_bytes_max(CHECK_PATH));
            let mut grpc = Grpc::new(codec).apply_max_message_size_config(bytes_max, None);
            Ok(grpc.unary(method, request).await)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use barid_proto::v1::FilingContent;
    use barid_proto::v1::filing_content::Content;
    use prost_types::FileDescriptorSet;

    #[test]
    fn a_check_is_read_as_the_wire_has_it() {
        let content = FilingContent { content: Some(Content::AppealFiled(Default::default())) };
        let request = CheckRequest {
            kind: 7,
            format: "a/b".into(),
            document: vec![1, 2],
            content: Some(content.clone()),
            languages: vec!["ar".into(), "en".into()],
            foreseen: Some(ForeseenFiling { data_class: 1, ..ForeseenFiling::default() }),
        };
        let unread = UnreadCheck::decode(request.encode_to_vec().as_slice()).unwrap();
        assert_eq!(unread.encode_to_vec(), request.encode_to_vec());
        assert_eq!((unread.kind, unread.format.as_str()), (7, "a/b"));
        assert_eq!((unread.input, unread.languages), (request.document, request.languages));
        assert_eq!(unread.foreseen, request.foreseen);
        assert_eq!(unread.content, Some(content.encode_to_vec()));
    }

    #[test]
    fn a_check_has_no_field_that_is_passed_over() {
        let set = FileDescriptorSet::decode(barid_proto::FILE_DESCRIPTOR_SET).unwrap();
        let mut messages = set.file.iter().flat_map(|file| &file.message_type);
        let check = messages.find(|message| message.name() == "CheckRequest").unwrap();
        let numbers: Vec<i32> = check.field.iter().map(|field| field.number()).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 5, 6], "UnreadCheck lacks one");
    }
}
