//! Holds on documents, and their destruction.

use super::id::{CaseId, DocumentDigest};

/// What a filing decides about documents of its case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RetentionChange {
    /// They must not be destroyed from this leaf on.
    Hold {
        /// Which. Empty: all of the case, later ones as well.
        documents: Vec<DocumentDigest>,
    },
    /// A hold ends at this leaf.
    Lift {
        /// The leaf that placed it.
        hold_leaf: u64,
    },
    /// Their content is destroyed, unless another case or a hold came in between.
    Destroy {
        /// Which.
        documents: Vec<DocumentDigest>,
    },
}

/// A hold as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldRow {
    /// The leaf that placed it.
    pub leaf: u64,
    /// The case.
    pub case: CaseId,
    /// Which documents. Empty: all of the case.
    pub documents: Vec<DocumentDigest>,
    /// The leaf that lifted it. `None`: it is in force.
    pub lifted: Option<u64>,
}

impl HoldRow {
    /// Whether it keeps a document of its case.
    #[must_use]
    pub fn keeps(&self, document: DocumentDigest) -> bool {
        self.lifted.is_none() && (self.documents.is_empty() || self.documents.contains(&document))
    }
}
