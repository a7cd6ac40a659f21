//! `ExhibitService`: bounded chunks in, chunks out.

use std::sync::Arc;
use std::time::Duration;

use barid_proto::v1::exhibit_service_server::ExhibitService;
use barid_proto::v1::upload_exhibit_request::Step;
use barid_proto::v1::{
    DownloadExhibitRequest, DownloadExhibitResponse, ListChunksRequest, ListChunksResponse, Reason,
    StatExhibitRequest, StatExhibitResponse, UploadExhibitRequest, UploadExhibitResponse,
    UploadStart,
};
use futures::{Stream, StreamExt as _};
use tonic::{Request, Response, Status, Streaming};

use crate::error::{Error, Refusal};
use crate::hub::{Hub, Part};
use crate::rpc::call::{Call, Responses};
use crate::rpc::limits::{CHUNK_BYTES_MAX, UPLOAD_PATH, request_bytes_max};
use crate::rpc::status;

/// The methods.
pub(super) struct Exhibits {
    pub(super) hub: Arc<Hub>,
    /// Longest wait for one step of an upload.
    pub(super) chunk_timeout: Duration,
}

#[tonic::async_trait]
impl ExhibitService for Exhibits {
    async fn stat_exhibit(
        &self,
        request: Request<StatExhibitRequest>,
    ) -> Result<Response<StatExhibitResponse>, Status> {
        let (call, request) = Call::open(request)?;
        call.answer(self.hub.stat_exhibit(&call.caller, request).await)
    }

    async fn upload_exhibit(
        &self,
        request: Request<Streaming<UploadExhibitRequest>>,
    ) -> Result<Response<UploadExhibitResponse>, Status> {
        let (call, steps) = Call::open(request)?;
        let mut steps = steps_in_time(steps, self.chunk_timeout).boxed();
        call.answer(match first_step(steps.next().await) {
            Ok(start) => self.hub.upload_exhibit(&call.caller, start, steps.map(part_of)).await,
            Err(error) => Err(error),
        })
    }

    async fn list_chunks(
        &self,
        request: Request<ListChunksRequest>,
    ) -> Result<Response<ListChunksResponse>, Status> {
        let (call, request) = Call::open(request)?;
        call.answer(self.hub.list_chunks(&call.caller, request).await)
    }

    type DownloadExhibitStream = Responses<DownloadExhibitResponse>;

    async fn download_exhibit(
        &self,
        request: Request<DownloadExhibitRequest>,
    ) -> Result<Response<Self::DownloadExhibitStream>, Status> {
        let (call, request) = Call::open(request)?;
        call.stream(self.hub.download_exhibit(&call.caller, request).await)
    }
}

/// The steps of an upload; a sender who dribbles is refused rather than waited for.
fn steps_in_time<S>(steps: S, limit: Duration) -> impl Stream<Item = Result<Option<Step>, Error>>
where
    S: Stream<Item = Result<UploadExhibitRequest, Status>>,
{
    tokio_stream::StreamExt::timeout(steps, limit).map(|next| match next {
        Ok(Ok(request)) => Ok(request.step),
        Ok(Err(broken)) => {
            let refusal = status::refusal_of_tonic(&broken, request_bytes_max(UPLOAD_PATH));
            Err(refusal.unwrap_or_else(broken_off).into())
        }
        Err(_elapsed) => Err(too_slow().into()),
    })
}

fn first_step(step: Option<Result<Option<Step>, Error>>) -> Result<UploadStart, Error> {
    match step.transpose()?.flatten() {
        Some(Step::Start(start)) => Ok(start),
        Some(_) | None => Err(out_of_order("An upload begins with `start`.").into()),
    }
}

fn part_of(step: Result<Option<Step>, Error>) -> Result<Part, Error> {
    let part = match step? {
        Some(Step::Chunk(chunk)) => Part::Bytes(chunk),
        Some(Step::Hashes(hashes)) => Part::Hashes(hashes.packed),
        Some(Step::Start(_)) | None => {
            let text = "After `start`, an upload is hashes and chunks only.";
            return Err(out_of_order(text).into());
        }
    };
    let (Part::Bytes(bytes) | Part::Hashes(bytes)) = &part;
    if bytes.len() > CHUNK_BYTES_MAX { Err(chunk_too_large().into()) } else { Ok(part) }
}

fn out_of_order(text: &str) -> Box<Refusal> {
    Refusal::new(Reason::RequestInvalid, text)
}

fn chunk_too_large() -> Box<Refusal> {
    Refusal::new(Reason::TooLarge, format!("A chunk has {CHUNK_BYTES_MAX} bytes at most."))
}

fn broken_off() -> Box<Refusal> {
    Refusal::new(Reason::RequestInvalid, "The upload broke off. It goes on where StatExhibit says.")
}

fn too_slow() -> Box<Refusal> {
    Refusal::new(
        Reason::TooSlow,
        "The next part of the upload did not come in time. It goes on where StatExhibit says.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use barid_proto::v1::ChunkHashes;
    use futures::stream;

    fn reason<T: std::fmt::Debug>(result: Result<T, Error>) -> Reason {
        match result {
            Err(Error::Refused(refusal)) => refusal.reason,
            other => panic!("{other:?}"),
        }
    }

    fn chunk(bytes: &'static [u8]) -> Step {
        Step::Chunk(bytes.into())
    }

    #[test]
    fn an_upload_begins_with_start_and_goes_on_with_chunks() {
        let start = UploadStart { size_bytes: 3, ..Default::default() };
        assert_eq!(first_step(Some(Ok(Some(Step::Start(start.clone()))))).unwrap(), start);
        assert!(
            matches!(part_of(Ok(Some(chunk(b"abc")))), Ok(Part::Bytes(bytes)) if bytes == "abc")
        );
        let large = Step::Chunk(vec![0; CHUNK_BYTES_MAX + 1].into());
        assert_eq!(reason(part_of(Ok(Some(large)))), Reason::TooLarge);
        let hashes = Step::Hashes(ChunkHashes { packed: vec![0; CHUNK_BYTES_MAX + 1].into() });
        assert_eq!(reason(part_of(Ok(Some(hashes)))), Reason::TooLarge);

        assert_eq!(reason(first_step(None)), Reason::RequestInvalid);
        assert_eq!(reason(first_step(Some(Ok(None)))), Reason::RequestInvalid);
        assert_eq!(reason(first_step(Some(Ok(Some(chunk(b"abc")))))), Reason::RequestInvalid);
        assert_eq!(reason(part_of(Ok(None))), Reason::RequestInvalid);
        assert_eq!(reason(part_of(Ok(Some(Step::Start(start))))), Reason::RequestInvalid);
    }

    #[tokio::test]
    async fn a_sender_who_dribbles_is_refused() {
        let first = stream::iter([Ok(UploadExhibitRequest { step: Some(chunk(b"a")) })]);
        let silent = first.chain(stream::pending());
        let mut steps = steps_in_time(silent, Duration::from_millis(20)).boxed();
        assert!(steps.next().await.unwrap().is_ok());
        assert_eq!(reason(steps.next().await.unwrap()), Reason::TooSlow);
    }

    #[tokio::test]
    async fn a_chunk_beyond_the_bound_is_too_large() {
        let broken = stream::iter([Err(Status::out_of_range("found 9, limit 8"))]);
        let mut steps = steps_in_time(broken, Duration::from_secs(30)).boxed();
        assert_eq!(reason(steps.next().await.unwrap()), Reason::TooLarge);
    }
}
