//! Giving others access to sealed exhibits.

use barid_proto::sealed::UnsealingKey;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{
    AccessGranted, ActReference, Address, CaseReference, FilingContent, FilingKind, Text,
};

use super::super::{CaseName, Client, Filed};
use crate::draft::Draft;
use crate::error::ClientError;
use crate::verify::Roots;

/// The order by which access is given.
#[derive(Debug, Clone, Default)]
pub struct Order {
    /// The filing in which it stands, by its digest. `None`: on paper.
    pub digest: Option<[u8; 32]>,
    /// The act. `None`: it has no number.
    pub act: Option<ActReference>,
    /// Why, and within which bounds.
    pub reason: Option<Text>,
}

impl Client {
    /// Wraps the keys of sealed exhibits of a case for further offices, and files that.
    ///
    /// # Errors
    /// Any [`ClientError`]; [`LocalError::Sealed`] when this office cannot open one of them itself.
    pub async fn grant_access(
        &self,
        case: CaseName,
        documents: &[[u8; 32]],
        to: &[Address],
        order: Order,
        keys: &[UnsealingKey],
        roots: &Roots,
    ) -> Result<Filed, ClientError> {
        let (case, found) = self.find_sealed(case, documents).await?;
        let mut opened = Vec::with_capacity(documents.len());
        for (found, digest) in found.iter().zip(documents) {
            let own = found.unwrap(&self.origin, &self.office.address, digest, keys);
            opened.push((*digest, own?.0));
        }
        let recipients = self.recipients(to, roots).await?;
        let granted = AccessGranted {
            wraps: self.wraps(&recipients, &opened)?,
            order_digest: order.digest.map(Vec::from).unwrap_or_default(),
            order: order.act,
            reason: order.reason,
        };
        let class = case.data_class();
        let case = CaseReference { case_id: case.case_id, docket_numbers: Vec::new() };
        let content = FilingContent { content: Some(Content::AccessGranted(granted)) };
        let mut draft = Draft::new(FilingKind::AccessGranted).content(content).case(case);
        for address in to {
            draft = draft.to(&address.institution, &address.office);
        }
        self.submit(draft.data_class(class)).await
    }
}
