//! `RegisterService`: an office's own register, as the log shows it, and differences between two.

use std::sync::Arc;

use barid_proto::v1::register_service_server::RegisterService;
use barid_proto::v1::{
    ListExceptionsRequest, ListExceptionsResponse, ListRegistrationsRequest,
    ListRegistrationsResponse,
};
use tonic::{Request, Response, Status};

use crate::hub::Hub;
use crate::rpc::call::Call;

/// The methods.
pub(super) struct Registers {
    pub(super) hub: Arc<Hub>,
}

#[tonic::async_trait]
impl RegisterService for Registers {
    async fn list_registrations(
        &self,
        request: Request<ListRegistrationsRequest>,
    ) -> Result<Response<ListRegistrationsResponse>, Status> {
        let (call, request) = Call::open(request)?;
        call.answer(self.hub.registrations(&call.caller, request).await)
    }

    async fn list_exceptions(
        &self,
        request: Request<ListExceptionsRequest>,
    ) -> Result<Response<ListExceptionsResponse>, Status> {
        let (call, request) = Call::open(request)?;
        call.answer(self.hub.exceptions(&call.caller, request).await)
    }
}
