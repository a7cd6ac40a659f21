//! Documents by digest: uploads and downloads that go on where they broke off, compared chunk by
//! chunk.

mod download;
mod part;
mod range;
mod upload;

pub use range::Compared;
pub(crate) use upload::hashed;

use barid_proto::v1::exhibit_service_client::ExhibitServiceClient;
use barid_proto::v1::{StatExhibitRequest, StatExhibitResponse};

use super::{Client, READ_WITHIN, beside, stub, within};
use crate::error::ClientError;

/// Told after each part: bytes done, bytes in all.
pub type Progress<'a> = &'a mut (dyn FnMut(u64, u64) + Send);

/// How often one chunk may come out wrong before it is given up: what is wrong three times is no
/// accident of a link.
const WRONG_MAX: u32 = 3;

impl Client {
    /// What the hub holds of a document.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn stat(&self, sha256: [u8; 32]) -> Result<StatExhibitResponse, ClientError> {
        self.call(|channel| {
            let request = within(READ_WITHIN, StatExhibitRequest { sha256: sha256.to_vec() });
            async move { stub!(ExhibitServiceClient, channel).stat_exhibit(request).await }
        })
        .await
    }
}
