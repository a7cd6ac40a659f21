//! Holds on documents of a case, and their destruction.

use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{
    Address, CaseReference, DispositionAuthority, DocumentsDestroyed, FilingContent, FilingKind,
    HoldLifted, HoldPlaced,
};

use super::{CaseName, Client, Filed, lacks};
use crate::draft::Draft;
use crate::error::ClientError;

/// What is decided about documents of a case.
#[derive(Debug, Clone)]
pub enum Disposition {
    /// They must not be destroyed; none named: all of the case.
    Hold(Vec<[u8; 32]>),
    /// A hold of this institution ends: the digest of the filing that placed it.
    Lift([u8; 32]),
    /// Their content is destroyed at the hub, for ever.
    Destroy(Vec<[u8; 32]>),
}

impl Client {
    /// Decides about documents of a case, and serves that on every other party to it.
    ///
    /// # Errors
    /// Any [`ClientError`]; `REASON_RETAINED` with all that stands against destroying them.
    pub async fn dispose(
        &self,
        name: CaseName,
        disposition: Disposition,
        authority: DispositionAuthority,
    ) -> Result<Filed, ClientError> {
        let case = self.case(name).await?.case.ok_or_else(|| lacks("case"))?;
        let class = case.data_class();
        let authority = Some(authority);
        let digests = |documents: Vec<[u8; 32]>| documents.into_iter().map(Vec::from).collect();
        let (kind, content) = match disposition {
            Disposition::Hold(documents) => {
                let documents = digests(documents);
                let content = Content::HoldPlaced(HoldPlaced { documents, authority });
                (FilingKind::HoldPlaced, content)
            }
            Disposition::Lift(hold) => {
                let hold_digest = hold.to_vec();
                let content = Content::HoldLifted(HoldLifted { hold_digest, authority });
                (FilingKind::HoldLifted, content)
            }
            Disposition::Destroy(documents) => {
                let documents = digests(documents);
                let content = DocumentsDestroyed { documents, authority };
                (FilingKind::DocumentsDestroyed, Content::DocumentsDestroyed(content))
            }
        };
        let reference = CaseReference { case_id: case.case_id, docket_numbers: Vec::new() };
        let content = FilingContent { content: Some(content) };
        let mut draft = Draft::new(kind).content(content).case(reference).data_class(class);
        for Address { institution, office } in case.parties {
            let own = &self.office.address;
            if (&institution, &office) != (&own.institution, &own.office) {
                draft = draft.to(&institution, &office);
            }
        }
        self.submit(draft).await
    }
}
