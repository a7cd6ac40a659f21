//! A key event, parsed: what is to happen to which key, who asks, and who signed.

use crate::envelope::{EnvelopeError, Opened};
use crate::key::{Algorithm, KeyError, KeyId, PublicKey};
use crate::v1::filing_content::Content;
use crate::v1::{Address, FilingKind, KeyAction, KeyPurpose, KeyVoucher};

/// A key event with its parts parsed. Whether the rules allow it is
/// [`KeyHistory::check`](super::KeyHistory::check)'s to say.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyStep {
    /// The office that sent it.
    pub sender: Address,
    /// The office whose key it is about.
    pub holder: Address,
    /// Who signed, in order.
    pub signers: Vec<KeyId>,
    /// What is to happen.
    pub act: KeyAct,
}

/// What a key event does.
#[derive(Debug, Clone, PartialEq)]
pub enum KeyAct {
    /// A key comes into use.
    Add {
        /// The key.
        key: Box<PublicKey>,
        /// What it may sign.
        purpose: KeyPurpose,
        /// The certificate that vouches for it. `None`: another signer does.
        voucher: Option<KeyVoucher>,
    },
    /// A key leaves use.
    Retire {
        /// The key.
        key_id: KeyId,
    },
    /// A key is compromised.
    Revoke {
        /// The key.
        key_id: KeyId,
        /// Leaves from here on that it signed are not to be trusted.
        invalid_from: u64,
    },
}

/// Why an envelope is no key event that can be judged, or is not signed as it says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    /// Another kind of filing.
    #[error("the envelope is no key event")]
    NotAKeyEvent,
    /// Sender or holder is missing, or names no office.
    #[error("the key event names no {0}")]
    NoOffice(&'static str),
    /// Action or purpose is none that is known.
    #[error("the key event's {0} is unknown")]
    Unknown(&'static str),
    /// A key that cannot do what it is for.
    #[error(
        "an X-Wing key opens sealed exhibits and does nothing else, and no other key does that"
    )]
    PurposeImpossible,
    /// Not a key that is taken.
    #[error("the key of the key event: {0}")]
    Key(#[from] KeyError),
    /// A signature does not verify.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    /// Signed by a key that this history does not know.
    #[error("the key event is signed by the key {0}, which never came into use")]
    UnknownSigner(KeyId),
    /// For another log.
    #[error("the key event is for the log {0:?}")]
    OtherLog(String),
}

impl KeyStep {
    /// Parses a key event. Verifies no signature.
    ///
    /// # Errors
    /// [`StepError`] for anything but a complete key event.
    pub fn parse(opened: &Opened) -> Result<Self, StepError> {
        let body = &opened.body;
        let content = body.content.as_ref().and_then(|content| content.content.as_ref());
        let Some(Content::KeyEvent(event)) = content else {
            return Err(StepError::NotAKeyEvent);
        };
        if body.kind != i32::from(FilingKind::KeyEvent) {
            return Err(StepError::NotAKeyEvent);
        }
        let sender = office("sender", body.sender.as_ref())?;
        let holder = match &event.holder {
            None => sender.clone(),
            named => office("holder", named.as_ref())?,
        };
        let key = PublicKey::from_spki(&event.spki)?;
        let purpose = match event.purpose() {
            KeyPurpose::Unspecified => return Err(StepError::Unknown("purpose")),
            known => known,
        };
        if (purpose == KeyPurpose::Unseal) != (key.algorithm() == Algorithm::XWing) {
            return Err(StepError::PurposeImpossible);
        }
        let key_id = key.id();
        let act = match event.action() {
            KeyAction::Unspecified => return Err(StepError::Unknown("action")),
            KeyAction::Add => {
                KeyAct::Add { key: Box::new(key), purpose, voucher: event.voucher.clone() }
            }
            KeyAction::Retire => KeyAct::Retire { key_id },
            KeyAction::Revoke => KeyAct::Revoke { key_id, invalid_from: event.invalid_from_index },
        };
        let signers = opened.signatures.iter().map(|signed_by| signed_by.key_id).collect();
        Ok(Self { sender, holder, signers, act })
    }
}

fn office(part: &'static str, address: Option<&Address>) -> Result<Address, StepError> {
    let named = |address: &&Address| !address.institution.is_empty() && !address.office.is_empty();
    address.filter(named).cloned().ok_or(StepError::NoOffice(part))
}
