//! Opening a sealed exhibit.

use std::path::Path;

use barid_proto::sealed::{UnsealingKey, open_description};
use barid_proto::v1::SealedDescription;

use super::super::{CaseName, Client, Progress, beside};
use crate::error::{ClientError, SealedFault};
use crate::sealing::{self, Copies};
use crate::{disk, hex};

impl Client {
    /// Downloads a sealed exhibit of a case, takes its key out of a wrap for one of `keys`, and opens
    /// it to `path`. A broken download goes on with the next call.
    ///
    /// # Errors
    /// Any [`ClientError`]; [`LocalError::Sealed`] says which of the steps does not succeed.
    pub async fn open_exhibit(
        &self,
        case: CaseName,
        sha256: [u8; 32],
        keys: &[UnsealingKey],
        path: &Path,
        progress: Progress<'_>,
    ) -> Result<SealedDescription, ClientError> {
        let (_, found) = self.find_sealed(case, &[sha256]).await?;
        let found = found.first().ok_or(SealedFault::NotInCase)?;
        let opened = found.unwrap(&self.origin, &self.office.address, &sha256, keys);
        let (key, exhibit) = opened?;
        let sealed = exhibit.sealed.clone().unwrap_or_default();
        let description = open_description(&key, &sealed.description).map_err(SealedFault::from)?;
        let folder = self.office.folder.join("sealing");
        disk::make_folder(&folder)?;
        let ciphertext = folder.join(hex::encode(&sha256));
        self.download_proven(sha256, &exhibit.chunk_root, &ciphertext, progress).await?;
        let mut copies = Copies::default();
        copies.add(ciphertext.clone());
        let (told, path) = (description.clone(), path.to_owned());
        beside(move || sealing::open_at(&ciphertext, &key, &told, &path)).await?;
        Ok(description)
    }
}
