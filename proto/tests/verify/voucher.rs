//! Every field of a key voucher, changed: refused, and the error says which.

use crate::fixture::key;
use barid_proto::enrolment::{
    VOUCHER_CERTIFICATES_MAX, VOUCHER_CERTIFICATES_MAX_BYTES, VoucherError, verify_voucher,
    voucher_message,
};
use barid_proto::key::{Algorithm, FileKey, KeyError, Signer as _};
use barid_proto::v1::{KeyEvent, KeyVoucher};

const ORIGIN: &str = "hub.example/log";

/// What is done to an event.
type Change = fn(&mut KeyEvent);

/// An event whose key a certificate's key vouches for.
fn vouched(certificate: &FileKey) -> KeyEvent {
    let added = key(3);
    let message = voucher_message(ORIGIN, &added.public_key().id());
    KeyEvent {
        spki: added.public_key().spki().to_vec(),
        voucher: Some(KeyVoucher {
            certificates: vec![vec![0x30; 600]],
            signature: certificate.sign(&message).unwrap(),
        }),
        ..KeyEvent::default()
    }
}

fn voucher(event: &mut KeyEvent) -> &mut KeyVoucher {
    event.voucher.as_mut().unwrap()
}

#[test]
fn every_field_of_a_voucher_is_checked() {
    const TOO_LONG: usize = VOUCHER_CERTIFICATES_MAX_BYTES + 1;
    const TOO_MANY: usize = VOUCHER_CERTIFICATES_MAX + 1;
    let not_signed = || VoucherError::NotSigned(KeyError::Signature);
    let table: Vec<(VoucherError, Change)> = vec![
        (VoucherError::Missing, |e| e.voucher = None),
        (VoucherError::Certificates, |e| voucher(e).certificates.clear()),
        (VoucherError::Certificates, |e| voucher(e).certificates.push(Vec::new())),
        (VoucherError::Certificates, |e| voucher(e).certificates = vec![vec![1]; TOO_MANY]),
        (VoucherError::Certificates, |e| voucher(e).certificates = vec![vec![1; TOO_LONG]]),
        (not_signed(), |e| voucher(e).signature.clear()),
        (not_signed(), |e| voucher(e).signature.truncate(63)),
        (not_signed(), |e| voucher(e).signature.push(0)),
        (not_signed(), |e| e.spki = key(4).public_key().spki().to_vec()),
        (not_signed(), |e| e.spki.clear()),
    ];
    for algorithm in [Algorithm::EcdsaP256, Algorithm::Ed25519] {
        let certificate = FileKey::generate(algorithm).unwrap();
        let good = vouched(&certificate);
        let judge = |event: &KeyEvent| verify_voucher(ORIGIN, event, certificate.public_key());
        assert_eq!(judge(&good), Ok(()));
        for (row, (expected, change)) in table.iter().enumerate() {
            let mut changed = good.clone();
            change(&mut changed);
            assert_eq!(judge(&changed).as_ref(), Err(expected), "{algorithm:?}, row {row}");
        }
        for at in 0..64 {
            let mut changed = good.clone();
            voucher(&mut changed).signature[at] ^= 1;
            assert_eq!(judge(&changed), Err(not_signed()), "{algorithm:?}, byte {at}");
        }
    }
}

#[test]
fn a_voucher_is_for_one_log_by_one_certificate() {
    let certificate = key(7);
    let good = vouched(&certificate);
    let other = Err(VoucherError::NotSigned(KeyError::Signature));
    for origin in ["", "hub.example/log2", "hub.example/lo", "HUB.example/log", "hub.example/log\n"]
    {
        assert_eq!(verify_voucher(origin, &good, certificate.public_key()), other, "{origin:?}");
    }
    assert_eq!(verify_voucher(ORIGIN, &good, key(8).public_key()), other);
    // The same key's signature over something else is no voucher, whatever it says.
    let mut reused = good;
    for message in [&b"barid-voucher/v1"[..], b"", key(3).public_key().spki()] {
        voucher(&mut reused).signature = certificate.sign(message).unwrap();
        assert_eq!(verify_voucher(ORIGIN, &reused, certificate.public_key()), other);
    }
}
