//! `InstitutionService`: the directory, and keys coming into use and out of it.

use std::sync::Arc;

use barid_proto::v1::institution_service_server::InstitutionService;
use barid_proto::v1::{
    EnrolKeyRequest, EnrolKeyResponse, FilingKind, GetCallerRequest, GetCallerResponse,
    GetKeyProofRequest, GetKeyProofResponse, ListInstitutionsRequest, ListInstitutionsResponse,
    ListKeysRequest, ListKeysResponse,
};
use tonic::{Request, Response, Status};

use crate::hub::Hub;
use crate::rpc::call::Call;

/// The methods.
pub(super) struct Institutions {
    pub(super) hub: Arc<Hub>,
}

#[tonic::async_trait]
impl InstitutionService for Institutions {
    async fn get_caller(
        &self,
        request: Request<GetCallerRequest>,
    ) -> Result<Response<GetCallerResponse>, Status> {
        let (call, GetCallerRequest {}) = Call::open(request)?;
        call.answer(self.hub.describe_caller(&call.caller))
    }

    async fn list_institutions(
        &self,
        request: Request<ListInstitutionsRequest>,
    ) -> Result<Response<ListInstitutionsResponse>, Status> {
        let (call, ListInstitutionsRequest {}) = Call::open(request)?;
        call.answer(Ok(self.hub.institutions()))
    }

    async fn enrol_key(
        &self,
        request: Request<EnrolKeyRequest>,
    ) -> Result<Response<EnrolKeyResponse>, Status> {
        let (call, request) = Call::open(request)?;
        let kind = FilingKind::KeyEvent;
        let submitted = self.hub.submit_kind(&call.caller, request.submission, kind).await;
        call.answer(submitted.map(|answer| EnrolKeyResponse { submission: Some(answer) }))
    }

    async fn get_key_proof(
        &self,
        request: Request<GetKeyProofRequest>,
    ) -> Result<Response<GetKeyProofResponse>, Status> {
        let (call, request) = Call::open(request)?;
        call.answer(self.hub.key_proof(request).await)
    }

    async fn list_keys(
        &self,
        request: Request<ListKeysRequest>,
    ) -> Result<Response<ListKeysResponse>, Status> {
        let (call, request) = Call::open(request)?;
        call.answer(self.hub.keys(request).await)
    }
}
