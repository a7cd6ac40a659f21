//! Handing an envelope over: documents first, then the envelope, through the door of its kind.

use std::path::PathBuf;

use barid_proto::v1::filing_service_client::FilingServiceClient;
use barid_proto::v1::inbox_service_client::InboxServiceClient;
use barid_proto::v1::institution_service_client::InstitutionServiceClient;
use barid_proto::v1::{
    AcknowledgeRequest, EnrolKeyRequest, FilingKind, InlineDocument, RefuseRequest,
    RegisterRequest, SubmitRequest, SubmitResponse,
};

use super::exhibit::hashed;
use super::{Client, FILE_WITHIN, lacks, stub, within};
use crate::error::{ClientError, LocalError};
use crate::outbox::{Pending, Turn};

/// Most bytes of documents that travel in the same request as their envelope; the hub's bound.
const INLINE_MAX_BYTES: u64 = 1024 * 1024;

impl Client {
    /// Documents first, then the envelope that names them.
    pub(super) async fn hand_over(
        &self,
        turn: &Turn<'_>,
        pending: &Pending,
    ) -> Result<SubmitResponse, ClientError> {
        let kept: Vec<(PathBuf, u64)> = pending
            .documents()
            .filter_map(|(sha256, size)| Some((turn.copy_of(sha256)?, size)))
            .collect();
        let together: u64 = kept.iter().map(|(_, size)| size).sum();
        let mut documents = Vec::new();
        let paths = kept.into_iter().map(|(path, _)| path);
        if together <= INLINE_MAX_BYTES {
            for path in paths {
                let content = std::fs::read(&path).map_err(LocalError::at(&path))?;
                documents.push(InlineDocument { content: content.into() });
            }
        } else {
            let mut large = Vec::new();
            for path in paths {
                let document = hashed(&path).await?;
                large.push((path, document, |_, _| {}));
            }
            self.upload_all(large).await?;
        }
        let envelope = Some(pending.envelope().clone());
        self.knock(pending.body().kind(), SubmitRequest { envelope, documents, carriage: None })
            .await
    }

    /// Every kind takes the same way inside; some have a door of their own.
    pub(super) async fn knock(
        &self,
        kind: FilingKind,
        submission: SubmitRequest,
    ) -> Result<SubmitResponse, ClientError> {
        let answer = self.call(|channel| {
            let given = submission.clone();
            let submission = Some(given.clone());
            async move {
                match kind {
                    FilingKind::Acknowledgement => {
                        let request = within(FILE_WITHIN, AcknowledgeRequest { submission });
                        let answer = stub!(InboxServiceClient, channel).acknowledge(request).await;
                        answer.map(|answer| answer.map(|answer| answer.submission))
                    }
                    FilingKind::Registration => {
                        let request = within(FILE_WITHIN, RegisterRequest { submission });
                        let answer = stub!(InboxServiceClient, channel).register(request).await;
                        answer.map(|answer| answer.map(|answer| answer.submission))
                    }
                    FilingKind::RefusalToRegister => {
                        let request = within(FILE_WITHIN, RefuseRequest { submission });
                        let answer = stub!(InboxServiceClient, channel).refuse(request).await;
                        answer.map(|answer| answer.map(|answer| answer.submission))
                    }
                    FilingKind::KeyEvent => {
                        let request = within(FILE_WITHIN, EnrolKeyRequest { submission });
                        let mut client = stub!(InstitutionServiceClient, channel);
                        let answer = client.enrol_key(request).await;
                        answer.map(|answer| answer.map(|answer| answer.submission))
                    }
                    _ => {
                        let request = within(FILE_WITHIN, given);
                        let answer = stub!(FilingServiceClient, channel).submit(request).await;
                        answer.map(|answer| answer.map(Some))
                    }
                }
            }
        });
        answer.await?.ok_or_else(|| lacks("submission"))
    }
}
