//! `LogService`: what a verifier, a witness or an auditor reads.

use std::sync::Arc;

use barid_proto::v1::log_service_server::LogService;
use barid_proto::v1::{
    GetBracketRequest, GetBracketResponse, GetCheckpointRequest, GetCheckpointResponse,
    GetConsistencyProofRequest, GetConsistencyProofResponse, GetInclusionProofRequest,
    GetInclusionProofResponse, GetTileRequest, GetTileResponse, ListLeavesRequest,
    ListLeavesResponse, ListOutagesRequest, ListOutagesResponse,
};
use tonic::{Request, Response, Status};

use crate::hub::Hub;
use crate::rpc::call::Call;

/// The methods.
pub(super) struct Logs {
    pub(super) hub: Arc<Hub>,
}

#[tonic::async_trait]
impl LogService for Logs {
    async fn get_checkpoint(
        &self,
        request: Request<GetCheckpointRequest>,
    ) -> Result<Response<GetCheckpointResponse>, Status> {
        let (call, GetCheckpointRequest {}) = Call::open(request)?;
        call.answer(Ok(self.hub.checkpoint()))
    }

    async fn list_leaves(
        &self,
        request: Request<ListLeavesRequest>,
    ) -> Result<Response<ListLeavesResponse>, Status> {
        let (call, request) = Call::open(request)?;
        call.answer(self.hub.leaves(request).await)
    }

    async fn get_tile(
        &self,
        request: Request<GetTileRequest>,
    ) -> Result<Response<GetTileResponse>, Status> {
        let (call, request) = Call::open(request)?;
        call.answer(self.hub.tile(request).await)
    }

    async fn get_inclusion_proof(
        &self,
        request: Request<GetInclusionProofRequest>,
    ) -> Result<Response<GetInclusionProofResponse>, Status> {
        let (call, request) = Call::open(request)?;
        call.answer(self.hub.inclusion(request).await)
    }

    async fn get_bracket(
        &self,
        request: Request<GetBracketRequest>,
    ) -> Result<Response<GetBracketResponse>, Status> {
        let (call, request) = Call::open(request)?;
        call.answer(self.hub.bracket(request).await)
    }

    async fn list_outages(
        &self,
        request: Request<ListOutagesRequest>,
    ) -> Result<Response<ListOutagesResponse>, Status> {
        let (call, request) = Call::open(request)?;
        call.answer(self.hub.outages(request).await)
    }

    async fn get_consistency_proof(
        &self,
        request: Request<GetConsistencyProofRequest>,
    ) -> Result<Response<GetConsistencyProofResponse>, Status> {
        let (call, request) = Call::open(request)?;
        call.answer(self.hub.consistency(request).await)
    }
}
