//! The leaf: 119 bytes that stand in the log for one event.
//!
//! ```text
//! "barid-leaf/v1\n" | kind u8 | accepted_at_ms u64be
//!                   | envelope_digest 32 | signer_key_id 32 | routing_tag 32
//! ```
//!
//! It is fixed in length and holds no word of the case, so a witness can keep every leaf and still
//! learn nothing but how much goes on. It binds the envelope *with its signatures* (the digest
//! covers both), the key that signed, and the hub's time. Sender and recipients can recompute
//! it from what they hold; the nonce inside the envelope keeps everybody else from guessing.

use crate::key::KeyId;
use crate::tlog::{self, Hash};
use crate::v1::HubStatementKind;
use sha2::{Digest, Sha256};

/// Bytes in a leaf.
pub const LEAF_LEN: usize = 119;
/// Bytes of a leaf that a receipt carries along: kind and time, bytes 14 to 22.
pub const EXTRA_LEN: usize = 9;

/// The first bytes of each leaf: what it is and which version of it.
const LEAF_LABEL: &[u8; 14] = b"barid-leaf/v1\n";
/// Keeps the digest of an assessment from being taken for any other.
const ASSESSMENT_LABEL: &[u8] = b"barid-assessment/v1\n";
/// Keeps the digest of a statement from being taken for any other.
const STATEMENT_LABEL: &[u8] = b"barid-statement/v1\n";
/// Keeps a routing tag from being taken for any other hash.
const ROUTE_LABEL: &[u8; 15] = b"barid-route/v1\n";

/// The routing tag of leaves that the hub makes in its own name: they are addressed to nobody.
const NOBODY: Hash = [0; 32];

/// What kind of event a leaf stands for: coarse on purpose, since witnesses read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum LeafKind {
    /// An envelope that was accepted: any filing.
    Envelope = 1,
    /// A recipient's answer: acknowledgement, registration or its own refusal.
    Answer = 2,
    /// The hub refused what an authenticated sender sent.
    Rejection = 3,
    /// The hub states what it did or saw: consigned, fetched, expired.
    Statement = 4,
    /// The hub computed an assessment.
    Assessment = 5,
    /// A key was added, retired or revoked.
    Key = 6,
    /// A policy or rule set came into force.
    Policy = 7,
    /// A time-stamp token of a third party.
    Clock = 8,
    /// Nothing happened, and the log still grows.
    Heartbeat = 9,
}

/// One leaf, field by field.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Leaf {
    /// What kind of event it is.
    pub kind: LeafKind,
    /// When the hub accepted it: milliseconds since 1970-01-01T00:00:00Z.
    pub accepted_at_ms: u64,
    /// The digest of the envelope and all its signatures.
    pub envelope_digest: Hash,
    /// The key of the first signer.
    pub signer_key_id: KeyId,
    /// The recipients, blinded; see [`routing_tag`].
    pub routing_tag: Hash,
}

/// Why bytes are not a leaf.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum LeafError {
    /// Not [`LEAF_LEN`] bytes, or not [`EXTRA_LEN`] bytes of `extra`.
    #[error("{given} bytes instead of {wanted}")]
    Length {
        /// How many there should be.
        wanted: usize,
        /// How many there are.
        given: usize,
    },
    /// The bytes do not begin as a leaf of version 1 does.
    #[error("not a leaf of version 1")]
    Label,
    /// The kind is none of [`LeafKind`].
    #[error("leaf kind {0} is not known")]
    Kind(u8),
}

/// Why no routing tag can be made.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum RoutingError {
    /// The identifier of a recipient is longer than 65,535 bytes.
    #[error("a recipient's identifier has {0} bytes")]
    RecipientTooLong(usize),
    /// A recipient is listed twice.
    #[error("a recipient is listed twice")]
    RecipientTwice,
}

impl LeafKind {
    /// The kind of leaf under which a statement of the hub stands. `None`: it is none.
    #[must_use]
    pub fn of_statement(kind: HubStatementKind) -> Option<Self> {
        match kind {
            HubStatementKind::Unspecified => None,
            HubStatementKind::Rejected => Some(Self::Rejection),
            HubStatementKind::Fetched | HubStatementKind::Expired | HubStatementKind::Outage => {
                Some(Self::Statement)
            }
        }
    }
}

impl TryFrom<u8> for LeafKind {
    type Error = LeafError;

    fn try_from(number: u8) -> Result<Self, LeafError> {
        Ok(match number {
            1 => Self::Envelope,
            2 => Self::Answer,
            3 => Self::Rejection,
            4 => Self::Statement,
            5 => Self::Assessment,
            6 => Self::Key,
            7 => Self::Policy,
            8 => Self::Clock,
            9 => Self::Heartbeat,
            _ => return Err(LeafError::Kind(number)),
        })
    }
}

impl Leaf {
    /// A leaf that the hub makes in its own name: `digest` is of its words instead of an envelope
    /// ([`assessment_digest`], [`statement_digest`]), `log_key` the identifier of the log's Ed25519
    /// key ([`VerifierKey::log_key_id`](tlog::vkey::VerifierKey::log_key_id)). It carries no
    /// signature of its own; the one over the tree covers it.
    #[must_use]
    pub fn of_hub(kind: LeafKind, accepted_at_ms: u64, digest: Hash, log_key: KeyId) -> Self {
        Self {
            kind,
            accepted_at_ms,
            envelope_digest: digest,
            signer_key_id: log_key,
            routing_tag: NOBODY,
        }
    }

    /// The bytes that go into the log.
    #[must_use]
    pub fn encode(&self) -> [u8; LEAF_LEN] {
        let fields: [&[u8]; 5] = [
            LEAF_LABEL,
            &self.extra(),
            &self.envelope_digest,
            self.signer_key_id.as_bytes(),
            &self.routing_tag,
        ];
        let mut bytes = [0; LEAF_LEN];
        bytes.copy_from_slice(&fields.concat());
        bytes
    }

    /// Reads a leaf back.
    ///
    /// # Errors
    /// Any [`LeafError`]; a leaf that is read encodes to the same bytes again.
    pub fn decode(bytes: &[u8]) -> Result<Self, LeafError> {
        let wrong_length = LeafError::Length { wanted: LEAF_LEN, given: bytes.len() };
        if bytes.len() != LEAF_LEN {
            return Err(wrong_length);
        }
        let rest = bytes.strip_prefix(LEAF_LABEL).ok_or(LeafError::Label)?;
        let (extra, digests) = rest.split_at(EXTRA_LEN);
        let (&[envelope_digest, signer_key_id, routing_tag], _) = digests.as_chunks() else {
            return Err(wrong_length);
        };
        Self::from_extra(extra, envelope_digest, KeyId::new(signer_key_id), routing_tag)
    }

    /// Kind and time as a receipt carries them.
    #[must_use]
    pub fn extra(&self) -> [u8; EXTRA_LEN] {
        let [a, b, c, d, e, f, g, h] = self.accepted_at_ms.to_be_bytes();
        [self.kind as u8, a, b, c, d, e, f, g, h]
    }

    /// The leaf that a receipt speaks of: its `extra`, with what the holder of the envelope knows.
    /// A changed `extra` gives another leaf, which the receipt then does not prove.
    ///
    /// # Errors
    /// [`LeafError::Length`] unless `extra` has 9 bytes, [`LeafError::Kind`].
    pub fn from_extra(
        extra: &[u8],
        envelope_digest: Hash,
        signer_key_id: KeyId,
        routing_tag: Hash,
    ) -> Result<Self, LeafError> {
        let wrong_length = LeafError::Length { wanted: EXTRA_LEN, given: extra.len() };
        let [kind, time @ ..]: [u8; EXTRA_LEN] = extra.try_into().map_err(|_| wrong_length)?;
        Ok(Self {
            kind: LeafKind::try_from(kind)?,
            accepted_at_ms: u64::from_be_bytes(time),
            envelope_digest,
            signer_key_id,
            routing_tag,
        })
    }

    /// The hash under which the tree holds this leaf.
    #[must_use]
    pub fn hash(&self) -> Hash {
        tlog::leaf_hash(&self.encode())
    }
}

/// The digest that stands in the leaf behind a filing's: SHA-256("barid-assessment/v1\n" | bytes)
/// of the serialised `FilingAssessment`.
#[must_use]
pub fn assessment_digest(assessment: &[u8]) -> Hash {
    Sha256::new().chain_update(ASSESSMENT_LABEL).chain_update(assessment).finalize().into()
}

/// The digest that stands in the leaf of what the hub attests:
/// SHA-256("barid-statement/v1\n" | bytes) of the serialised `HubStatement`.
#[must_use]
pub fn statement_digest(statement: &[u8]) -> Hash {
    Sha256::new().chain_update(STATEMENT_LABEL).chain_update(statement).finalize().into()
}

/// How a recipient is named for [`routing_tag`]: `institution/office`, exactly as the envelope
/// writes the two. An envelope that names no office gives `institution/`.
#[must_use]
pub fn recipient_name(institution: &str, office: &str) -> String {
    format!("{institution}/{office}")
}

/// The recipients, blinded by the envelope's nonce: whoever has the envelope can recompute it.
///
/// SHA-256("barid-route/v1\n" | nonce | for each recipient: length u16be, bytes). The recipients
/// are sorted here, so their order does not matter.
///
/// # Errors
/// [`RoutingError`] when an identifier is too long or given twice.
pub fn routing_tag<R: AsRef<[u8]>>(
    nonce: &[u8; 32],
    recipients: &[R],
) -> Result<Hash, RoutingError> {
    let mut sorted: Vec<&[u8]> = recipients.iter().map(AsRef::as_ref).collect();
    sorted.sort_unstable();
    if sorted.array_windows().any(|[a, b]| a == b) {
        return Err(RoutingError::RecipientTwice);
    }
    let mut hasher = Sha256::new().chain_update(ROUTE_LABEL).chain_update(nonce);
    for recipient in sorted {
        let len = recipient.len();
        let len = u16::try_from(len).map_err(|_| RoutingError::RecipientTooLong(len))?;
        hasher.update(len.to_be_bytes());
        hasher.update(recipient);
    }
    Ok(hasher.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf() -> Leaf {
        Leaf {
            kind: LeafKind::Answer,
            accepted_at_ms: 0x0102_0304_0506_0708,
            envelope_digest: [0xaa; 32],
            signer_key_id: KeyId::new([0xbb; 32]),
            routing_tag: [0xcc; 32],
        }
    }

    #[test]
    fn each_field_has_its_place() {
        let bytes = leaf().encode();
        assert_eq!(&bytes[..14], b"barid-leaf/v1\n");
        assert_eq!(bytes[14..23], [2, 1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(bytes[23..55], [0xaa; 32]);
        assert_eq!(bytes[55..87], [0xbb; 32]);
        assert_eq!(bytes[87..], [0xcc; 32]);
        assert_eq!(Leaf::decode(&bytes), Ok(leaf()));
    }

    #[test]
    fn what_is_no_leaf_is_refused() {
        let bytes = leaf().encode();
        let length = |given| Err(LeafError::Length { wanted: LEAF_LEN, given });
        assert_eq!(Leaf::decode(&bytes[..118]), length(118));
        assert_eq!(Leaf::decode(&[&bytes[..], &[0]].concat()), length(120));
        let mut other_version = bytes;
        other_version[12] = b'2';
        assert_eq!(Leaf::decode(&other_version), Err(LeafError::Label));
        for kind in [0, 10, 255] {
            let mut unknown = bytes;
            unknown[14] = kind;
            assert_eq!(Leaf::decode(&unknown), Err(LeafError::Kind(kind)));
        }
    }

    #[test]
    fn extra_and_envelope_give_the_leaf() {
        let Leaf { envelope_digest, signer_key_id, routing_tag, .. } = leaf();
        let rebuilt =
            Leaf::from_extra(&leaf().extra(), envelope_digest, signer_key_id, routing_tag);
        assert_eq!(rebuilt, Ok(leaf()));
    }

    /// Whoever sees leaves tries every sender and recipient it can think of. With the nonce, which
    /// is in the envelope, the recipients are found at once; without it, never.
    #[test]
    fn a_leaf_tells_nothing_without_the_nonce() {
        let names: Vec<String> = (0..64).map(|office| format!("ihec/geo-{office}")).collect();
        let secret = [0x5a; 32];
        let tag = routing_tag(&secret, &["ihec/geo-3", "ihec/geo-60"]).unwrap();
        let guess = |nonce: &[u8; 32]| {
            let pairs = names.iter().flat_map(|a| names.iter().map(move |b| [a, b]));
            pairs.filter(|pair| routing_tag(nonce, pair).as_ref() == Ok(&tag)).count()
        };
        assert_eq!(guess(&secret), 2, "in either order");
        for other in [[0; 32], [0x5b; 32], core::array::from_fn(|at| at as u8)] {
            assert_eq!(guess(&other), 0);
        }
        let leaf = Leaf { routing_tag: tag, ..leaf() };
        let bytes = leaf.encode();
        assert_eq!(bytes.len(), 119);
        for name in &names {
            assert!(!bytes.windows(name.len()).any(|run| run == name.as_bytes()));
        }
    }

    #[test]
    fn a_routing_tag_depends_on_who_and_not_on_the_order() {
        let nonce = [7; 32];
        let tag = routing_tag(&nonce, &["fsc", "ejp"]).unwrap();
        assert_eq!(routing_tag(&nonce, &["ejp", "fsc"]), Ok(tag));
        assert_ne!(routing_tag(&nonce, &["ejpf", "sc"]), Ok(tag));
        assert_ne!(routing_tag(&[8; 32], &["ejp", "fsc"]), Ok(tag));
        assert_eq!(routing_tag(&nonce, &["ejp", "ejp"]), Err(RoutingError::RecipientTwice));
        let long = "x".repeat(65_536);
        assert_eq!(routing_tag(&nonce, &[long]), Err(RoutingError::RecipientTooLong(65_536)));
    }
}
