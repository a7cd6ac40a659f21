//! Names that readers and writers of these documents share.

/// Namespace of Akoma Ntoso 3.0.
pub const AKN: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";

/// Drafts of the standard used the same namespace with an ending, such as `/WD17`; published
/// samples still do.
pub(crate) const AKN_DRAFTS: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0/";

/// Namespace of the facts that Akoma Ntoso has no element for.
pub const BARID: &str = "urn:barid:akn:1";
