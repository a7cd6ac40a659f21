//! `InboxService`: what was served on an office, and its three answers.

use std::sync::Arc;

use barid_proto::v1::inbox_service_server::InboxService;
use barid_proto::v1::{
    AcknowledgeRequest, AcknowledgeResponse, FilingKind, ReceiveRequest, ReceiveResponse,
    RefuseRequest, RefuseResponse, RegisterRequest, RegisterResponse,
};
use tonic::{Request, Response, Status};

use crate::hub::Hub;
use crate::rpc::call::{Call, Responses};

/// The methods.
pub(super) struct Inboxes {
    pub(super) hub: Arc<Hub>,
}

#[tonic::async_trait]
impl InboxService for Inboxes {
    type ReceiveStream = Responses<ReceiveResponse>;

    async fn receive(
        &self,
        request: Request<ReceiveRequest>,
    ) -> Result<Response<Self::ReceiveStream>, Status> {
        let (call, request) = Call::open(request)?;
        call.stream(self.hub.receive(&call.caller, request).await)
    }

    async fn acknowledge(
        &self,
        request: Request<AcknowledgeRequest>,
    ) -> Result<Response<AcknowledgeResponse>, Status> {
        let (call, request) = Call::open(request)?;
        let kind = FilingKind::Acknowledgement;
        let submitted = self.hub.submit_kind(&call.caller, request.submission, kind).await;
        call.answer(submitted.map(|answer| AcknowledgeResponse { submission: Some(answer) }))
    }

    async fn register(
        &self,
        request: Request<RegisterRequest>,
    ) -> Result<Response<RegisterResponse>, Status> {
        let (call, request) = Call::open(request)?;
        let kind = FilingKind::Registration;
        let submitted = self.hub.submit_kind(&call.caller, request.submission, kind).await;
        call.answer(submitted.map(|answer| RegisterResponse { submission: Some(answer) }))
    }

    async fn refuse(
        &self,
        request: Request<RefuseRequest>,
    ) -> Result<Response<RefuseResponse>, Status> {
        let (call, request) = Call::open(request)?;
        let kind = FilingKind::RefusalToRegister;
        let submitted = self.hub.submit_kind(&call.caller, request.submission, kind).await;
        call.answer(submitted.map(|answer| RefuseResponse { submission: Some(answer) }))
    }
}
