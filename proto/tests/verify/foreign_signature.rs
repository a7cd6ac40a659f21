//! Signatures that other programs made: the COSE examples, the example of DSSE, the note in the
//! text of C2SP signed-note. Where an example is wrong on purpose it must be refused.

use crate::fixture::samples;
use barid_proto::envelope::pre_authentication;
use barid_proto::key::{KeyError, PublicKey, Signer as _};
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::note::Note;
use barid_proto::tlog::policy::Policy;
use barid_proto::tlog::vkey::{KeyType, VerifierKey};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::Value;
use std::fs;

/// How a SubjectPublicKeyInfo of P-256 begins before the two coordinates (RFC 5480).
pub(crate) const SPKI_P256: [u8; 27] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
];

/// As much of CBOR as the examples use.
#[derive(Debug)]
enum Item {
    Bytes(Vec<u8>),
    List(Vec<Self>),
    Other,
}

impl Item {
    fn read(rest: &mut &[u8]) -> Self {
        let (head, after) = rest.split_first().unwrap();
        *rest = after;
        let (kind, short) = (head >> 5, head & 31);
        let count = if short < 24 { usize::from(short) } else { number(rest, 1 << (short - 24)) };
        match kind {
            2 | 3 => {
                let (bytes, after) = rest.split_at(count);
                *rest = after;
                Self::Bytes(bytes.to_vec())
            }
            4 => Self::List((0..count).map(|_| Self::read(rest)).collect()),
            5 => {
                (0..2 * count).for_each(|_| drop(Self::read(rest)));
                Self::Other
            }
            6 => Self::read(rest),
            _ => Self::Other,
        }
    }

    fn bytes(&self) -> &[u8] {
        let Self::Bytes(bytes) = self else { panic!("{self:?} is no byte string") };
        bytes
    }

    fn list(&self) -> &[Self] {
        let Self::List(list) = self else { panic!("{self:?} is no list") };
        list
    }
}

fn number(rest: &mut &[u8], len: usize) -> usize {
    let (bytes, after) = rest.split_at(len);
    *rest = after;
    bytes.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte))
}

fn byte_string(bytes: &[u8]) -> Vec<u8> {
    let len = u8::try_from(bytes.len()).unwrap();
    let head = if len < 24 { vec![0x40 | len] } else { vec![0x58, len] };
    [&head[..], bytes].concat()
}

/// The protected header as it is signed: an empty map counts as nothing (RFC 9052 §4.4).
fn protected(item: &Item) -> Vec<u8> {
    byte_string(if item.bytes() == [0xa0] { &[] } else { item.bytes() })
}

/// What was signed, and the signature.
fn signed(message: &Item, external: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let parts = message.list();
    let tail = [byte_string(external), byte_string(parts[2].bytes())].concat();
    match &parts[3] {
        Item::Bytes(signature) => {
            let head = [&b"\x84\x6aSignature1"[..], &protected(&parts[0])].concat();
            ([head, tail].concat(), signature.clone())
        }
        signers => {
            let signer = signers.list()[0].list();
            let head = [&b"\x85\x69Signature"[..], &protected(&parts[0]), &protected(&signer[0])];
            ([head.concat(), tail].concat(), signer[2].bytes().to_vec())
        }
    }
}

fn key(given: &Value) -> Option<PublicKey> {
    let part = |name: &str| match given[format!("{name}_hex")].as_str() {
        Some(hex) => unhex(hex),
        None => URL_SAFE_NO_PAD.decode(given[name].as_str().unwrap()).unwrap(),
    };
    match given["crv"].as_str()? {
        "P-256" => {
            let spki = [&SPKI_P256[..], &part("x"), &part("y")].concat();
            Some(PublicKey::from_spki(&spki).unwrap())
        }
        "Ed25519" => Some(PublicKey::from_ed25519(&part("x").try_into().unwrap()).unwrap()),
        _ => None,
    }
}

#[test]
fn the_signatures_of_the_cose_examples() {
    let Some(root) = samples("7-tlog/cose") else { return };
    let (mut accepted, mut refused, mut reconstructed) = (0, 0, 0);
    for folder in ["sign1-tests", "sign-tests", "ecdsa-examples", "eddsa-examples"] {
        for found in fs::read_dir(root.join(folder)).unwrap() {
            let path = found.unwrap().path();
            let example: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
            let (input, steps) = (&example["input"], &example["intermediates"]);
            let one = &input["sign0"];
            let signer = if one.is_null() { &input["sign"]["signers"][0] } else { one };
            let Some(key) = key(&signer["key"]) else { continue };
            let external = unhex(signer["external"].as_str().unwrap_or_default());
            let bytes = unhex(example["output"]["cbor"].as_str().unwrap());
            let (message, signature) = signed(&Item::read(&mut &bytes[..]), &external);
            let steps = if one.is_null() { &steps["signers"][0] } else { steps };
            let told = steps["ToBeSign_hex"].as_str().map(unhex);
            reconstructed += usize::from(told.as_ref() == Some(&message));
            // A wrong tag is outside of what is signed; SHA-512 is another algorithm than ours.
            let title = example["title"].as_str().unwrap();
            let spoiled = example["fail"] == true && !title.contains("CBOR Tag");
            let wanted = if spoiled || title.contains("SHA-512") {
                refused += 1;
                Err(KeyError::Signature)
            } else {
                accepted += 1;
                Ok(())
            };
            assert_eq!(key.verify(&message, &signature), wanted, "{}", path.display());
        }
    }
    assert_eq!((accepted, refused), (13, 12));
    assert!(reconstructed >= accepted, "what is said to be signed is what we made of the message");
}

#[test]
fn the_example_of_dsse_and_its_signature() {
    let Some(folder) = samples("7-tlog/dsse") else { return };
    let text = fs::read_to_string(folder.join("protocol.md")).unwrap();
    let coordinate = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        from_decimal(line)
    };
    let spki = [&SPKI_P256[..], &coordinate("X: "), &coordinate("Y: ")].concat();
    let key = PublicKey::from_spki(&spki).unwrap();
    let (_, signature) = text.split_once("\"sig\": \"").unwrap();
    let signature = STANDARD.decode(signature.split('"').next().unwrap()).unwrap();
    let message = pre_authentication("http://example.com/HelloWorld", b"hello world");
    assert!(text.contains(str::from_utf8(&message).unwrap()), "the encoding is the one shown");
    assert_eq!(key.verify(&message, &signature), Ok(()));
    for (kind, body) in [
        ("http://example.com/HelloWorlds", "hello world"),
        ("http://example.com/HelloWorld", "hello world "),
        ("http://example.com/HelloWorld 11", "hello world"),
    ] {
        let other = pre_authentication(kind, body.as_bytes());
        assert_eq!(key.verify(&other, &signature), Err(KeyError::Signature), "{kind} {body}");
    }
    assert_eq!(key.verify(b"hello world", &signature), Err(KeyError::Signature));
}

/// The text between this heading's last fence and the one after it.
fn note_of<'a>(text: &'a str, first_line: &str) -> &'a str {
    let start = text.find(&format!("```\n{first_line}")).unwrap() + 4;
    text[start..].split_once("```").unwrap().0
}

#[test]
fn the_note_in_the_text_of_signed_note() {
    let Some(folder) = samples("7-tlog/c2sp") else { return };
    let text = fs::read_to_string(folder.join("signed-note.md")).unwrap();
    let shown = text.lines().find(|line| line.contains("example.com/foo+530d903a+")).unwrap();
    let key: VerifierKey = shown.trim().parse().unwrap();
    assert_eq!((key.id(), key.key_type()), ([0x53, 0x0d, 0x90, 0x3a], KeyType::Ed25519));
    let line = text.lines().find(|line| line.starts_with("\u{2014} example.com/foo ")).unwrap();
    let (before, _) = text.split_once(line).unwrap();
    let body = &before[before.rfind("```\n").unwrap() + 4..];
    let note = format!("{body}{line}\n");
    let parsed = Note::parse(note.as_bytes()).unwrap();
    assert!(parsed.verify(&key).unwrap().is_some());
    let other = note.replacen(body, &format!("x{body}"), 1);
    assert!(Note::parse(other.as_bytes()).unwrap().verify(&key).is_err());
}

#[test]
fn the_examples_of_checkpoint_cosignature_and_policy_are_read() {
    let Some(folder) = samples("7-tlog/c2sp") else { return };
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let cosigned = read("tlog-cosignature.md");
    let cosigned = Note::parse(note_of(&cosigned, "example.com/behind").as_bytes()).unwrap();
    let plain = read("tlog-checkpoint.md");
    let plain = Note::parse(note_of(&plain, "example.com/behind").as_bytes()).unwrap();
    let checkpoint = Checkpoint::parse(plain.text()).unwrap();
    assert_eq!((checkpoint.origin(), checkpoint.size()), ("example.com/behind-the-sofa", 20852163));
    assert_eq!(cosigned.text(), plain.text());
    let [log, witness] = cosigned.signatures() else { panic!("two lines") };
    assert_eq!(Some(log), plain.signatures().first());
    assert_eq!(
        (witness.bytes.len(), &witness.bytes[..8]),
        (72, &0x6418_50cb_u64.to_be_bytes()[..])
    );

    let mut policy = note_of(&read("tlog-policy.md"), "log <vkey>").to_owned();
    for number in 1..=7 {
        let kind = if number == 1 { KeyType::Ed25519 } else { KeyType::CosignatureEd25519 };
        let raw = *crate::fixture::key(number).public_key().ed25519().unwrap();
        let key = VerifierKey::new(&format!("n{number}.example"), kind, &raw).unwrap();
        policy = policy.replacen("<vkey>", &key.to_string(), 1);
    }
    let policy = Policy::parse(policy.as_bytes()).unwrap();
    assert_eq!((policy.logs().len(), policy.witnesses().count()), (1, 6));
}

/// A decimal number of at most 256 bits, big-endian.
fn from_decimal(digits: &str) -> [u8; 32] {
    let mut number = [0_u8; 32];
    for digit in digits.bytes().map(|byte| u32::from(byte - b'0')) {
        let mut carry = digit;
        for byte in number.iter_mut().rev() {
            carry += u32::from(*byte) * 10;
            *byte = carry.to_le_bytes()[0];
            carry >>= 8;
        }
    }
    number
}

fn unhex(text: &str) -> Vec<u8> {
    let digits = text.as_bytes().chunks(2);
    digits.map(|two| u8::from_str_radix(str::from_utf8(two).unwrap(), 16).unwrap()).collect()
}
