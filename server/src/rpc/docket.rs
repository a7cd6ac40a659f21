//! `DocketService`: cases and their history, read and watched, and where they stand.

use std::sync::Arc;

use barid_proto::v1::docket_service_server::DocketService;
use barid_proto::v1::{
    GetCaseRequest, GetCaseResponse, GetCourseRequest, GetCourseResponse, ListCasesRequest,
    ListCasesResponse, SearchCasesRequest, SearchCasesResponse, WatchCaseRequest,
    WatchCaseResponse,
};
use tonic::{Request, Response, Status};

use crate::hub::Hub;
use crate::rpc::call::{Call, Responses};

/// The methods.
pub(super) struct Dockets {
    pub(super) hub: Arc<Hub>,
}

#[tonic::async_trait]
impl DocketService for Dockets {
    async fn get_case(
        &self,
        request: Request<GetCaseRequest>,
    ) -> Result<Response<GetCaseResponse>, Status> {
        let (call, request) = Call::open(request)?;
        call.answer(self.hub.case(&call.caller, request).await)
    }

    async fn get_course(
        &self,
        request: Request<GetCourseRequest>,
    ) -> Result<Response<GetCourseResponse>, Status> {
        let (call, request) = Call::open(request)?;
        call.answer(self.hub.course(&call.caller, request).await)
    }

    async fn list_cases(
        &self,
        request: Request<ListCasesRequest>,
    ) -> Result<Response<ListCasesResponse>, Status> {
        let (call, request) = Call::open(request)?;
        call.answer(self.hub.cases(&call.caller, request).await)
    }

    async fn search_cases(
        &self,
        request: Request<SearchCasesRequest>,
    ) -> Result<Response<SearchCasesResponse>, Status> {
        let (call, request) = Call::open(request)?;
        call.answer(self.hub.search(&call.caller, request).await)
    }

    type WatchCaseStream = Responses<WatchCaseResponse>;

    async fn watch_case(
        &self,
        request: Request<WatchCaseRequest>,
    ) -> Result<Response<Self::WatchCaseStream>, Status> {
        let (call, request) = Call::open(request)?;
        call.stream(self.hub.watch_case(&call.caller, request).await)
    }
}
