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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::network::{Network, Sealed, address};
    use barid_proto::envelope;
    use barid_proto::key::{FileKey, Signer as _};
    use barid_proto::sealed::UnsealingKey;
    use barid_proto::v1::{KeyAction, KeyPurpose};
    use zeroize::Zeroizing;

    const ORIGIN: &str = crate::testing::ORIGIN;

    fn about(action: KeyAction, key: &UnsealingKey) -> KeyEvent {
        KeyEvent {
            action: action.into(),
            spki: key.public_key().spki().to_vec(),
            purpose: KeyPurpose::Unseal.into(),
            ..KeyEvent::default()
        }
    }

    fn proven(keys: &[Sealed]) -> Vec<ProvenEvent> {
        let event = |sealed: &Sealed| ProvenEvent {
            leaf: sealed.index,
            accepted_at_ms: crate::testing::network::START_MS,
            opened: envelope::open(&sealed.envelope).unwrap(),
        };
        keys.iter().map(event).collect()
    }

    #[test]
    fn a_key_that_no_certificate_of_the_office_stands_behind_is_not_sealed_for() {
        let (mut network, own) = (Network::new(), Zeroizing::new([7; 32]));
        let own = UnsealingKey::from_seed(own).unwrap();
        let mut panel = network.office("ejp", "registry");
        network.key_event(&mut panel, about(KeyAction::Add, &own));
        let roots = Roots::parse(network.authority.pem.as_bytes()).unwrap();
        let (office, id) = (address("ejp", "registry"), own.id());
        let found = unsealing_key(&office, &id, &proven(&network.keys), &roots, ORIGIN).unwrap();
        assert_eq!(&found, own.public_key());

        // Another office's, an authority that one does not believe, a part of the story, another log.
        let other = address("ejp", "second");
        unsealing_key(&other, &id, &proven(&network.keys), &roots, ORIGIN).unwrap_err();
        let strangers = Network::new();
        let unknown = Roots::parse(strangers.authority.pem.as_bytes()).unwrap();
        unsealing_key(&office, &id, &proven(&network.keys), &unknown, ORIGIN).unwrap_err();
        for part in [&network.keys[..1], &network.keys[1..]] {
            unsealing_key(&office, &id, &proven(part), &roots, ORIGIN).unwrap_err();
        }
        unsealing_key(&office, &id, &proven(&network.keys), &roots, "x/log").unwrap_err();

        // A hub that vouches itself: a certificate for the office that it made itself.
        let mut hub = strangers.authority.desk(address("fsc", "registry"), |_| {});
        network.enrol(&mut hub);
        let thief = UnsealingKey::from_seed(Zeroizing::new([8; 32])).unwrap();
        network.key_event(&mut hub, about(KeyAction::Add, &thief));
        let (office, id) = (address("fsc", "registry"), thief.id());
        unsealing_key(&office, &id, &proven(&network.keys), &roots, ORIGIN).unwrap_err();
        unsealing_key(&office, &id, &proven(&network.keys), &unknown, ORIGIN).unwrap();
    }

    #[test]
    fn a_retired_key_is_not_sealed_for() {
        let (mut network, own) = (Network::new(), Zeroizing::new([7; 32]));
        let own = UnsealingKey::from_seed(own).unwrap();
        let mut panel = network.office("ejp", "registry");
        network.key_event(&mut panel, about(KeyAction::Add, &own));
        network.key_event(&mut panel, about(KeyAction::Retire, &own));
        let roots = Roots::parse(network.authority.pem.as_bytes()).unwrap();
        let events = proven(&network.keys);
        unsealing_key(&address("ejp", "registry"), &own.id(), &events, &roots, ORIGIN).unwrap_err();
        // A key that signs is not one that opens.
        let signing: &FileKey = &panel.key;
        let id = signing.public_key().id();
        unsealing_key(&address("ejp", "registry"), &id, &events, &roots, ORIGIN).unwrap_err();
    }
}
