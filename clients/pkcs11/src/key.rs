//! A key that was found on its token, and the session in which it signs.

use std::path::Path;

use barid_proto::key::{Algorithm, PublicKey};
use cryptoki::context::Pkcs11;
use cryptoki::error::{Error, RvError};
use cryptoki::mechanism::eddsa::{EddsaParams, EddsaSignatureScheme};
use cryptoki::mechanism::rsa::{PkcsMgfType, PkcsPssParams};
use cryptoki::mechanism::{Mechanism, MechanismType};
use cryptoki::object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::slot::Slot;
use cryptoki::types::AuthPin;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::uri::KeyUri;
use crate::{TokenError, module};

/// The curve P-256 as `CKA_EC_PARAMS` has it: its object identifier.
const P256: [u8; 10] = [0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
/// Ed25519 by its object identifier, and by its name (PKCS#11 3.0 §2.3.5).
const ED25519: [&[u8]; 2] = [&[0x06, 0x03, 0x2b, 0x65, 0x70], b"\x13\x0cedwards25519"];
/// The exponent that RSA keys have.
const RSA_EXPONENT: [u8; 3] = [0x01, 0x00, 0x01];

/// A private key in an open session.
pub(crate) struct OpenKey {
    session: Session,
    private: ObjectHandle,
    public: ObjectHandle,
}

impl OpenKey {
    /// Finds the key that the URI names.
    pub(crate) fn find(uri: &KeyUri) -> Result<Self, TokenError> {
        let module = module::load(&uri.module)?;
        let slot = find_slot(&module, uri)?;
        let session =
            module.open_ro_session(slot).map_err(TokenError::while_doing("opening a session"))?;
        log_in(&module, slot, &session, uri.pin_source.as_deref())?;
        let mut wanted = vec![Attribute::Class(ObjectClass::PRIVATE_KEY)];
        wanted.extend(uri.object.iter().map(|label| Attribute::Label(label.clone().into())));
        wanted.extend(uri.id.iter().map(|id| Attribute::Id(id.clone())));
        let found = find_objects(&session, &wanted)?;
        let private = match found.as_slice() {
            [one] => *one,
            [] => return Err(TokenError::NoKey(shown(uri))),
            several => return Err(TokenError::SeveralKeys(several.len())),
        };
        let public = find_public(&session, private)?;
        Ok(Self { session, private, public })
    }

    /// The public key, from the token.
    pub(crate) fn public_key(&self) -> Result<PublicKey, TokenError> {
        let attributes = |kinds: &[AttributeType]| {
            self.session
                .get_attributes(self.public, kinds)
                .map_err(TokenError::while_doing("reading the public key"))
        };
        let kind = attributes(&[AttributeType::KeyType])?.into_iter().find_map(|one| match one {
            Attribute::KeyType(kind) => Some(kind),
            _ => None,
        });
        let (mut point, mut curve, mut modulus, mut exponent) = (vec![], vec![], vec![], vec![]);
        let parts: &[AttributeType] = if kind == Some(KeyType::RSA) {
            &[AttributeType::Modulus, AttributeType::PublicExponent]
        } else {
            &[AttributeType::EcParams, AttributeType::EcPoint]
        };
        for part in attributes(parts)? {
            match part {
                Attribute::EcParams(bytes) => curve = bytes,
                Attribute::EcPoint(bytes) => point = bytes,
                Attribute::Modulus(bytes) => modulus = bytes,
                Attribute::PublicExponent(bytes) => exponent = bytes,
                _ => {}
            }
        }
        if kind == Some(KeyType::RSA) {
            // Some tokens put a zero in front, as DER would.
            let strip = |bytes: &mut Vec<u8>| {
                while bytes.first() == Some(&0) {
                    bytes.remove(0);
                }
            };
            strip(&mut modulus);
            strip(&mut exponent);
            if exponent != RSA_EXPONENT {
                return Err(TokenError::OtherKind);
            }
            return Ok(PublicKey::from_rsa_modulus(&modulus)?);
        }
        if curve == P256 {
            return Ok(PublicKey::from_p256_point(unwrapped(&point, 65))?);
        }
        if ED25519.contains(&curve.as_slice()) {
            let raw = unwrapped(&point, 32).try_into().map_err(|_| TokenError::OtherKind)?;
            return Ok(PublicKey::from_ed25519(raw)?);
        }
        Err(TokenError::OtherKind)
    }

    /// Signs, as [`PublicKey::verify`] takes it.
    pub(crate) fn sign(&self, algorithm: Algorithm, message: &[u8]) -> Result<Vec<u8>, TokenError> {
        let digest = Sha256::digest(message);
        let (mechanism, input) = match algorithm {
            Algorithm::EcdsaP256 => (Mechanism::Ecdsa, digest.as_slice()),
            Algorithm::Ed25519 => {
                let pure = EddsaParams::new(EddsaSignatureScheme::Ed25519);
                (Mechanism::Eddsa(pure), message)
            }
            Algorithm::RsaPss3072 => {
                let parameters = PkcsPssParams {
                    hash_alg: MechanismType::SHA256,
                    mgf: PkcsMgfType::MGF1_SHA256,
                    s_len: 32.into(),
                };
                (Mechanism::Sha256RsaPkcsPss(parameters), message)
            }
            Algorithm::MlDsa65 | Algorithm::XWing => return Err(TokenError::OtherKind),
        };
        let signed = self.session.sign(&mechanism, self.private, input);
        signed.map_err(TokenError::while_doing("signing"))
    }
}

/// The one slot whose token fits.
fn find_slot(module: &Pkcs11, uri: &KeyUri) -> Result<Slot, TokenError> {
    let failed = TokenError::while_doing("looking for tokens");
    let slots = module.get_slots_with_initialized_token().map_err(failed)?;
    let (mut fitting, mut there) = (Vec::new(), Vec::new());
    for slot in slots {
        // A slot may lose its token between the two questions.
        let Ok(token) = module.get_token_info(slot) else { continue };
        let fits = |wanted: &Option<String>, is: &str| {
            wanted.as_ref().is_none_or(|wanted| wanted == is.trim_end())
        };
        if fits(&uri.token, token.label()) && fits(&uri.serial, token.serial_number()) {
            fitting.push(slot);
        }
        there.push(format!("{:?}", token.label()));
    }
    match fitting.as_slice() {
        [one] => Ok(*one),
        [] => {
            let none = || "none".to_owned();
            let there = if there.is_empty() { none() } else { there.join(", ") };
            Err(TokenError::NoToken { wanted: shown(uri), there })
        }
        several => Err(TokenError::SeveralTokens(several.len())),
    }
}

fn log_in(
    module: &Pkcs11,
    slot: Slot,
    session: &Session,
    pin_source: Option<&Path>,
) -> Result<(), TokenError> {
    let token = module
        .get_token_info(slot)
        .map_err(TokenError::while_doing("asking what the token needs"))?;
    let pin = match pin_source {
        Some(path) => Some(read_pin(path)?),
        None if !token.login_required() => return Ok(()),
        // A reader with keys of its own asks for the PIN itself.
        None if token.protected_authentication_path() => None,
        None => return Err(TokenError::NoPin),
    };
    match session.login(UserType::User, pin.as_ref()) {
        Ok(()) | Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => Ok(()),
        Err(Error::Pkcs11(
            RvError::PinIncorrect | RvError::PinInvalid | RvError::PinLenRange,
            _,
        )) => Err(TokenError::WrongPin),
        Err(Error::Pkcs11(RvError::PinLocked, _)) => Err(TokenError::PinLocked),
        Err(error) => Err(TokenError::Failed { doing: "logging in", error }),
    }
}

fn read_pin(path: &Path) -> Result<AuthPin, TokenError> {
    let text = std::fs::read_to_string(path).map(Zeroizing::new);
    let text = text
        .map_err(|error| TokenError::PinSource { path: path.to_owned(), why: error.to_string() })?;
    // An editor ends the line; a PIN has no blank at its end.
    Ok(AuthPin::new(text.trim_end().into()))
}

/// The public key of a private one: same identifier, or, where the token gives none, same label.
fn find_public(session: &Session, private: ObjectHandle) -> Result<ObjectHandle, TokenError> {
    let names = session
        .get_attributes(private, &[AttributeType::Id, AttributeType::Label])
        .map_err(TokenError::while_doing("reading the private key's name"))?;
    let (mut id, mut label) = (None, None);
    for name in names {
        match name {
            Attribute::Id(bytes) if !bytes.is_empty() => id = Some(Attribute::Id(bytes)),
            Attribute::Label(bytes) => label = Some(Attribute::Label(bytes)),
            _ => {}
        }
    }
    let name = id.or(label).ok_or(TokenError::NoPublicKey)?;
    let found = find_objects(session, &[Attribute::Class(ObjectClass::PUBLIC_KEY), name])?;
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(TokenError::NoPublicKey),
        several => Err(TokenError::SeveralKeys(several.len())),
    }
}

fn find_objects(session: &Session, wanted: &[Attribute]) -> Result<Vec<ObjectHandle>, TokenError> {
    session.find_objects(wanted).map_err(TokenError::while_doing("looking for the key"))
}

/// The point within `CKA_EC_POINT`: an OCTET STRING by the standard, bare on some tokens.
fn unwrapped(point: &[u8], len: u8) -> &[u8] {
    match point {
        [0x04, length, rest @ ..] if *length == len && rest.len() == usize::from(len) => rest,
        bare => bare,
    }
}

fn shown(uri: &KeyUri) -> String {
    let named = [("token", &uri.token), ("serial", &uri.serial), ("object", &uri.object)];
    let mut parts: Vec<String> = named
        .iter()
        .filter_map(|(name, value)| Some(format!("{name}={:?}", (*value).as_ref()?)))
        .collect();
    if let Some(id) = &uri.id {
        let digits: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
        parts.push(format!("id={digits}"));
    }
    if parts.is_empty() { "any token".to_owned() } else { parts.join(" ") }
}
