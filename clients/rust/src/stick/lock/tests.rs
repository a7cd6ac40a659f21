//! What a lock opens to, and what it does not.

use std::io::{BufReader, Read as _, Write as _};

use super::*;
use crate::source::Machine;

fn locked(to: &LockTo, plain: &[u8]) -> Vec<u8> {
    let mut writer = LockWriter::new(Vec::new(), to, &Machine).unwrap();
    writer.write_all(plain).unwrap();
    writer.finish().unwrap()
}

fn opened(bytes: &[u8], opener: &Opener) -> Result<Vec<u8>, StickError> {
    let mut plain = Vec::new();
    let mut reader = LockReader::new(BufReader::new(bytes), opener)?;
    reader.read_to_end(&mut plain).map_err(StickError::Reading)?;
    Ok(plain)
}

fn key() -> (PrivateKey, Opener) {
    let key = PrivateKey::generate(&Machine).unwrap();
    (key.clone(), Opener { key: Some(key), passphrase: None })
}

#[test]
fn what_was_locked_is_read_again_at_every_length() {
    let (key, opener) = key();
    for length in [0, 1, SEGMENT_BYTES - 1, SEGMENT_BYTES, SEGMENT_BYTES + 1, 3 * SEGMENT_BYTES] {
        let plain = vec![7; length];
        let bytes = locked(&LockTo::Key(Box::new(key.public())), &plain);
        assert!(opened(&bytes, &opener).unwrap() == plain, "{length}");
    }
}

#[test]
fn keys_and_passphrases_open_what_is_locked_to_them_and_nothing_else() {
    let (key, opener) = key();
    let (_, other) = self::key();
    let bytes = locked(&LockTo::Key(Box::new(key.public())), b"sealed");
    let wrong = opened(&bytes, &other).unwrap_err();
    assert!(matches!(wrong, StickError::Locked { by_passphrase: false, tried: true }), "{wrong}");
    assert!(matches!(
        opened(&bytes, &Opener::default()).unwrap_err(),
        StickError::Locked { by_passphrase: false, tried: false }
    ));
    let passphrase = |text| Passphrase::new(text).unwrap();
    let bytes = locked(&LockTo::Passphrase(passphrase("صندوق الاقتراع رقم ٧\n")), b"sealed");
    let opener_of = |text| Opener { passphrase: Some(passphrase(text)), ..opener.clone() };
    assert_eq!(opened(&bytes, &opener_of("صندوق الاقتراع رقم ٧")).unwrap(), b"sealed");
    let wrong = opened(&bytes, &opener_of("صندوق الاقتراع رقم ٨")).unwrap_err();
    assert!(matches!(wrong, StickError::Locked { by_passphrase: true, tried: true }), "{wrong}");
    assert!(matches!(Passphrase::new("short"), Err(StickError::Passphrase { .. })));
}

#[test]
fn no_byte_can_be_changed_left_out_moved_or_added() {
    let (key, opener) = key();
    let plain: Vec<u8> =
        (0..5 * SEGMENT_BYTES / 2).map(|n| u8::try_from(n % 251).unwrap()).collect();
    let bytes = locked(&LockTo::Key(Box::new(key.public())), &plain);
    let head = LABEL.len() + 1 + ENCAPSULATION_BYTES + WRAPPED_BYTES;
    let sealed = SEGMENT_BYTES + TAG_BYTES;
    for at in [0, 14, 15, 600, 1_150, head, head + sealed, bytes.len() - 1] {
        let mut changed = bytes.clone();
        changed[at] ^= 16;
        assert!(opened(&changed, &opener).is_err(), "byte {at}");
    }
    for length in
        [0, 14, head - 1, head, head + 5, head + sealed, head + 2 * sealed, bytes.len() - 1]
    {
        assert!(opened(&bytes[..length], &opener).is_err(), "cut at {length}");
    }
    let (first, rest) = bytes[head..].split_at(sealed);
    let (second, third) = rest.split_at(sealed);
    for parts in [[second, first, third], [first, first, third], [first, third, second]] {
        assert!(opened(&[&bytes[..head], &parts.concat()].concat(), &opener).is_err());
    }
    assert!(opened(&[&bytes[..], b"x"].concat(), &opener).is_err());
    // Segments of another stick, for the same key.
    let other = locked(&LockTo::Key(Box::new(key.public())), &plain);
    assert!(opened(&[&bytes[..head + sealed], &other[head + sealed..]].concat(), &opener).is_err());
}

#[test]
fn keys_are_texts() {
    let (key, _) = key();
    let again = PrivateKey::parse(&key.to_text()).unwrap();
    assert!(again.public() == key.public());
    assert!(PublicKey::parse(&key.public().to_text()).unwrap() == key.public());
    assert!(PublicKey::parse("barid-stick-key/v1 00").is_err());
    assert!(PublicKey::parse(&key.to_text()).is_err());
}
