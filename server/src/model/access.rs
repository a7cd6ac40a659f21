//! Who may read which sealed exhibit.

use super::id::{DocumentDigest, OfficeAddress};

/// Access to a sealed exhibit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessRow {
    /// The exhibit.
    pub exhibit: DocumentDigest,
    /// Who may read it.
    pub office: OfficeAddress,
}
