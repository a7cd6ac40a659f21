//! Offices, institutions and roles as the tables write them.
//!
//! Identifiers are `[a-z0-9-]`, so `/`, `=` and a space part them without doubt.

use crate::error::Fault;
use crate::model::id::{InstitutionId, OfficeAddress, OfficeId};
use crate::model::row::CaseRole;
use crate::store::Reader;

/// An office from `institution/office`.
pub(super) fn address(text: &str) -> Result<OfficeAddress, Fault> {
    let parse = || {
        let (institution, office) = text.split_once('/')?;
        Some(OfficeAddress {
            institution: InstitutionId::new(institution)?,
            office: OfficeId::new(office)?,
        })
    };
    parse().ok_or_else(|| Fault::broken(format!("{text:?} is stored as an office and is none")))
}

/// An institution.
pub(super) fn institution(text: &str) -> Result<InstitutionId, Fault> {
    InstitutionId::new(text)
        .ok_or_else(|| Fault::broken(format!("{text:?} is stored as an institution and is none")))
}

/// Offices with spaces between.
pub(super) fn join(offices: &[OfficeAddress]) -> String {
    offices.iter().map(OfficeAddress::to_string).collect::<Vec<_>>().join(" ")
}

/// What [`join`] joined.
pub(super) fn split(text: &str) -> Result<Vec<OfficeAddress>, Fault> {
    text.split_ascii_whitespace().map(address).collect()
}

/// Parties as `role=office`, with spaces between.
pub(super) fn join_parties(parties: &[(OfficeAddress, CaseRole)]) -> String {
    let written = parties.iter().map(|(office, part)| format!("{}={office}", role(*part)));
    written.collect::<Vec<_>>().join(" ")
}

/// What [`join_parties`] joined.
pub(super) fn split_parties(text: &str) -> Result<Vec<(OfficeAddress, CaseRole)>, Fault> {
    let party = |word: &str| {
        let (part, office) = word
            .split_once('=')
            .ok_or_else(|| Fault::broken(format!("{word:?} is stored as a party and is none")))?;
        Ok((address(office)?, role_of(part)?))
    };
    text.split_ascii_whitespace().map(party).collect()
}

/// A role's word.
pub(super) fn role(role: CaseRole) -> &'static str {
    match role {
        CaseRole::Opener => "opener",
        CaseRole::Addressee => "addressee",
    }
}

/// The role of a word.
pub(super) fn role_of(word: &str) -> Result<CaseRole, Fault> {
    match word {
        "opener" => Ok(CaseRole::Opener),
        "addressee" => Ok(CaseRole::Addressee),
        other => Err(Fault::broken(format!("{other:?} is stored as a role and is none"))),
    }
}

/// A reader: an office, or a whole institution.
pub(super) fn reader(reader: &Reader) -> String {
    match reader {
        Reader::Office(office) => office.to_string(),
        Reader::Institution(institution) => institution.to_string(),
    }
}
