//! `WitnessService`: the stream over which a witness is asked.

use std::sync::Arc;

use barid_proto::v1::witness_service_server::WitnessService;
use barid_proto::v1::{AttendRequest, AttendResponse};
use futures::StreamExt as _;
use tonic::{Request, Response, Status, Streaming};

use crate::hub::Hub;
use crate::rpc::call::{Call, Responses};

/// The methods.
pub(super) struct Attendances {
    pub(super) hub: Arc<Hub>,
}

#[tonic::async_trait]
impl WitnessService for Attendances {
    type AttendStream = Responses<AttendResponse>;

    async fn attend(
        &self,
        request: Request<Streaming<AttendRequest>>,
    ) -> Result<Response<Self::AttendStream>, Status> {
        let (call, steps) = Call::open(request)?;
        // However a stream breaks, the witness has left.
        let steps = steps.take_while(|step| std::future::ready(step.is_ok()));
        let steps = steps.filter_map(|step| std::future::ready(step.ok().map(Ok))).boxed();
        call.stream(self.hub.attend(&call.caller, steps))
    }
}
