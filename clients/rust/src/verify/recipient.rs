//! To which key one seals for an office: as the log proves it, back to a certificate authority.
//!
//! A hub that could name a key of its own for a court would read what is sealed for the court. So
//! the key events are replayed here, and the certificate at their root is checked.

use barid_proto::enrolment::{KeyHistory, VouchedBy, verify_voucher};
use barid_proto::envelope::Opened;
use barid_proto::key::{KeyId, PublicKey};
use barid_proto::v1::{Address, KeyEvent};

use super::roots::Roots;

/// A key event whose place in the log is proven.
pub struct ProvenEvent {
    /// Its leaf.
    pub leaf: u64,
    /// When it was accepted, milliseconds since 1970.
    pub accepted_at_ms: u64,
    /// What was signed.
    pub opened: Opened,
}

/// Checks that `key` is in use by which `office` opens sealed exhibits, and whose it is: by all
/// events about it and about the keys that vouch for it, in the order of the log. An event that the
/// hub leaves out, such as a revocation, is not missed here.
///
/// # Errors
/// Why that is not proven.
pub fn unsealing_key(
    office: &Address,
    key: &KeyId,
    events: &[ProvenEvent],
    roots: &Roots,
    origin: &str,
) -> Result<PublicKey, String> {
    let mut history = KeyHistory::new(origin);
    for event in events {
        let admitted = history.admit(event.leaf, &event.opened);
        admitted.map_err(|error| format!("leaf {}: {error}", event.leaf))?;
    }
    let found = history.unsealing(office, u64::MAX).filter(|known| known.key.id() == *key);
    let found = found.ok_or("its events do not say that it is in use")?;
    let mut root = found;
    // Ends: a key is older than what it vouches for.
    while let VouchedBy::Key(above) = &root.vouched_by {
        let next = history.key(above).filter(|next| next.added_leaf < root.added_leaf);
        root = next.ok_or_else(|| format!("nothing says whose the key {above} is"))?;
    }
    let VouchedBy::Certificate(voucher) = &root.vouched_by else {
        return Err("no certificate stands behind it".to_owned());
    };
    let added = events.iter().find(|event| event.leaf == root.added_leaf);
    let at_ms = added.map_or(0, |event| event.accepted_at_ms);
    let certified =
        roots.certify(&voucher.certificates, &[], &root.holder, at_ms).map_err(|(_, why)| why)?;
    let certificate_key =
        PublicKey::from_spki(&certified.spki).map_err(|error| error.to_string())?;
    let event = KeyEvent {
        spki: root.key.spki().to_vec(),
        voucher: Some(voucher.clone()),
        ..KeyEvent::default()
    };
    verify_voucher(origin, &event, &certificate_key).map_err(|error| error.to_string())?;
    Ok(found.key.clone())
}
