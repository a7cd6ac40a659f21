//! A ruling with the facts that its court adds.

use barid_proto::v1::RulingIssued;

/// What an Akoma Ntoso judgment holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Paper {
    /// The ruling.
    pub ruling: RulingIssued,
    /// Facts of the court's own, by name, in order: `("scope", "all")`.
    pub facts: Vec<(String, String)>,
}

/// What a ruling does not say about itself but an Akoma Ntoso document has to.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'s> {
    /// The court's country, as ISO 3166-1 writes it, in lower case: `iq`.
    pub country: &'s str,
    /// The court's name, for when the ruling does not give it.
    pub court: &'s str,
}
