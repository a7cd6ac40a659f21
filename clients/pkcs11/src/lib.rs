//! Signs for an office with a key that never leaves its token.
//!
//! [`TokenSigner`] is a [`Signer`] on PKCS#11, the interface that makers of cards and hardware
//! security modules give a library for. The key is named by a URI (RFC 7512, [`KeyUri`]); its PIN
//! stands in a file that only its owner can read, never on a command line.
//!
//! | key on the token | mechanism | what is sent to it |
//! |---|---|---|
//! | ECDSA on P-256 | `CKM_ECDSA` | the SHA-256 of the message; it answers `r` and `s`, 32 bytes each |
//! | Ed25519 | `CKM_EDDSA` | the whole message |
//! | RSA, 3072 bits | `CKM_SHA256_RSA_PKCS_PSS`, 32 bytes of salt | the whole message |
//!
//! Every signature is verified before it is handed on: a token that signs with another key than it
//! shows, or wrongly, is found out here and not at the hub. A token that was pulled and put back is
//! opened again by itself, if the same key is on it.

#![forbid(unsafe_code)]

mod key;
mod module;
#[cfg(test)]
mod tests;
mod uri;

pub use uri::{KeyUri, UriError};

use std::fmt;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use barid_proto::key::{KeyError, PublicKey, SignError, Signer};
use cryptoki::error::{Error, RvError};

use key::OpenKey;

/// Why a key on a token cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// The URI is none, or says what is not understood.
    #[error("{0}")]
    Uri(#[from] UriError),
    /// The module cannot be loaded.
    #[error("the PKCS#11 module {} cannot be used: {why}", path.display())]
    NoModule {
        /// Where it should be.
        path: PathBuf,
        /// What the system said.
        why: String,
    },
    /// No token fits the URI.
    #[error("no token in any slot fits {wanted}; there are: {there}")]
    NoToken {
        /// What the URI asks for.
        wanted: String,
        /// The labels of the tokens that are there.
        there: String,
    },
    /// More than one token fits.
    #[error("{0} tokens fit the URI: name one by its serial")]
    SeveralTokens(usize),
    /// The path with the PIN cannot be read.
    #[error("the PIN cannot be read from {}: {why}", path.display())]
    PinSource {
        /// Where.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// The token asks for a PIN and the URI names no source.
    #[error("the token asks for a PIN: name the path that holds it with pin-source")]
    NoPin,
    /// The token does not take the PIN.
    #[error("the token refuses the PIN of pin-source; too many attempts lock it")]
    WrongPin,
    /// The token takes no PIN any more.
    #[error("the PIN is locked: have the token's security officer unlock it")]
    PinLocked,
    /// No private key fits the URI.
    #[error("no private key on the token fits {0}")]
    NoKey(String),
    /// More than one private key fits.
    #[error("{0} private keys on the token fit the URI: name one by its id")]
    SeveralKeys(usize),
    /// The public half is not on the token.
    #[error("the public key is not on the token: store it there with the id of the private key")]
    NoPublicKey,
    /// The public half is nothing that Barid takes.
    #[error("the key on the token cannot be used: {0}")]
    Kind(#[from] KeyError),
    /// A kind of key that has no name here.
    #[error("the key on the token is neither P-256, nor Ed25519, nor RSA")]
    OtherKind,
    /// Another key than before is under this name.
    #[error("the token has another key under this name than before")]
    Exchanged,
    /// The token signed wrongly.
    #[error("what the token signed does not verify with the public key that it shows")]
    WrongSignature,
    /// Anything else that the module says.
    #[error("the token failed while {doing}: {error}")]
    Failed {
        /// What was being done.
        doing: &'static str,
        /// What the module says.
        error: Error,
    },
}

impl TokenError {
    fn while_doing(doing: &'static str) -> impl FnOnce(Error) -> Self {
        move |error| Self::Failed { doing, error }
    }

    /// Whether opening everything again may help: the token was pulled, or somebody else closed
    /// its sessions.
    fn is_lost_session(&self) -> bool {
        matches!(
            self,
            Self::Failed {
                error: Error::Pkcs11(
                    RvError::SessionHandleInvalid
                        | RvError::SessionClosed
                        | RvError::DeviceRemoved
                        | RvError::DeviceError
                        | RvError::TokenNotPresent
                        | RvError::UserNotLoggedIn
                        | RvError::ObjectHandleInvalid
                        | RvError::KeyHandleInvalid
                        | RvError::CryptokiNotInitialized,
                    _
                ),
                ..
            }
        )
    }
}

/// A key on a token.
pub struct TokenSigner {
    uri: KeyUri,
    public: PublicKey,
    /// `None` after the token was lost, until the next signature.
    open: Mutex<Option<OpenKey>>,
}

impl TokenSigner {
    /// Finds the key that a URI names and logs in to its token.
    ///
    /// # Errors
    /// [`TokenError`]: what of the URI cannot be found or used.
    pub fn open(uri: &str) -> Result<Self, TokenError> {
        let uri = KeyUri::parse(uri)?;
        let open = OpenKey::find(&uri)?;
        let public = open.public_key()?;
        Ok(Self { uri, public, open: Mutex::new(Some(open)) })
    }

    fn try_sign(&self, message: &[u8]) -> Result<Vec<u8>, TokenError> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let first = match open.as_ref() {
            Some(key) => key.sign(self.public.algorithm(), message),
            None => self.sign_anew(&mut open, message),
        };
        let signature = match first {
            Err(error) if error.is_lost_session() => self.sign_anew(&mut open, message)?,
            other => other?,
        };
        self.public.verify(message, &signature).map_err(|_| TokenError::WrongSignature)?;
        Ok(signature)
    }

    fn sign_anew(&self, open: &mut Option<OpenKey>, message: &[u8]) -> Result<Vec<u8>, TokenError> {
        // Closed first: some tokens have one session only.
        *open = None;
        let key = OpenKey::find(&self.uri)?;
        if key.public_key()? != self.public {
            return Err(TokenError::Exchanged);
        }
        let signature = key.sign(self.public.algorithm(), message);
        *open = Some(key);
        signature
    }
}

impl Signer for TokenSigner {
    fn public_key(&self) -> &PublicKey {
        &self.public
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        self.try_sign(message).map_err(|error| SignError(error.to_string()))
    }
}

impl fmt::Debug for TokenSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenSigner({:?})", self.public)
    }
}
