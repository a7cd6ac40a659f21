//! Keys as rows, keys as the history whose rules decide about them, and what to say when those
//! rules forbid something.

use barid_proto::enrolment::{KeyHistory, KnownKey, RuleBroken, VouchedBy};
use barid_proto::key::{KeyError, PublicKey};
use barid_proto::v1::{KeyPurpose, KeyVoucher, Reason};

use super::row::KeyRow;
use super::wire;
use crate::error::{Error, Fault, Refusal};

/// The history of a log's keys, from the rows of a store.
///
/// # Errors
/// When a row's key is none that this version takes.
pub fn history(origin: &str, rows: &[KeyRow]) -> Result<KeyHistory, Fault> {
    let known = rows.iter().map(|row| {
        known_key(row).map_err(|error| {
            Fault::while_doing(format!("reading the key of leaf {}", row.added_leaf), error)
        })
    });
    Ok(KeyHistory::restored(origin, known.collect::<Result<Vec<_>, _>>()?))
}

fn known_key(row: &KeyRow) -> Result<KnownKey, KeyError> {
    // The certificates were checked when the key came; they stand in its envelope.
    let by_certificate = || VouchedBy::Certificate(KeyVoucher::default());
    Ok(KnownKey {
        key: PublicKey::from_spki(&row.spki)?,
        holder: wire::address(&row.holder),
        purpose: KeyPurpose::try_from(row.purpose).unwrap_or_default(),
        added_leaf: row.added_leaf,
        vouched_by: row.vouched_by.map_or_else(by_certificate, VouchedBy::Key),
        retired_leaf: row.retired_leaf,
        revoked_from: row.revoked_from_leaf,
    })
}

/// The answer to a key event that a rule forbids.
#[must_use]
pub fn forbidden(broken: &RuleBroken) -> Error {
    let reason = match broken {
        RuleBroken::NotVouchedFor
        | RuleBroken::VouchedForTwice
        | RuleBroken::Voucher(_)
        | RuleBroken::NotTheFirst
        | RuleBroken::AdministrationNeeded => Reason::KeyNotVouchedFor,
        RuleBroken::NotHeld | RuleBroken::NotHeldSecond => Reason::SignatureInvalid,
        RuleBroken::SignerOutOfUse(_) => Reason::KeyOutOfUse,
        RuleBroken::CameBefore(_)
        | RuleBroken::NeverCame(_)
        | RuleBroken::OtherHolder(_)
        | RuleBroken::AlreadyOut
        | RuleBroken::RevokedAhead { .. } => Reason::EnvelopeInvalid,
        RuleBroken::SignsNothing(_)
        | RuleBroken::SignerForeign(_)
        | RuleBroken::Foreign
        | RuleBroken::OtherOffice
        | RuleBroken::AdministrationElsewhere(_)
        | RuleBroken::AdministrationWithdrawn
        | RuleBroken::TakesBackItsOwn
        | RuleBroken::ReachesBack
        | RuleBroken::CutsItselfOff => Reason::NotPermitted,
        RuleBroken::OutOfOrder(_) => return Fault::broken(broken.to_string()).into(),
    };
    Refusal::new(reason, broken.to_string()).into()
}
