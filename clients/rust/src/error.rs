//! What can go wrong, sorted by whose fault it is.

use std::path::{Path, PathBuf};

use barid_proto::envelope::EnvelopeError;
use barid_proto::leaf::{LeafError, RoutingError};
use barid_proto::sealed::SealedError;
use barid_proto::tlog::note::NoteError;
use barid_proto::tlog::policy::{PolicyError, VerifyError};
use barid_proto::tlog::proof::ProofError;
use barid_proto::tlog::receipt::ReceiptError;

use crate::refusal::Refusal;
use crate::source::NoRandomness;

/// Why a call did not give what was asked for.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The hub said no, and why. Nothing was recorded.
    #[error(transparent)]
    Refused(Box<Refusal>),
    /// No answer came. What was sent may or may not have been recorded; sending the same again is
    /// always safe.
    #[error(transparent)]
    Unreachable(#[from] Unreachable),
    /// The hub has the filing and its leaf, and too few witnesses have confirmed it: this is no
    /// receipt. The filing stays in the outbox, which asks again.
    #[error(transparent)]
    Unwitnessed(#[from] Unwitnessed),
    /// What the hub answered does not prove what it claims. Keep it: see [`EvidenceError`].
    #[error(transparent)]
    Evidence(#[from] EvidenceError),
    /// Something on this machine: a path, a key, an argument.
    #[error(transparent)]
    Local(#[from] LocalError),
}

impl ClientError {
    /// Whether sending the same bytes again later can succeed without anybody changing anything.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Refused(refusal) => refusal.is_temporary(),
            Self::Unreachable(_) | Self::Unwitnessed(_) => true,
            Self::Evidence(_) | Self::Local(_) => false,
        }
    }
}

/// A filing that is in the log and that too few witnesses have cosigned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the hub has the filing as leaf {leaf_index}, but too few witnesses have confirmed it so far: \
     there is no receipt yet"
)]
pub struct Unwitnessed {
    /// Index of its leaf, as the hub says.
    pub leaf_index: u64,
}

/// The hub could not be reached, or the connection broke before it answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the hub at {address} cannot be reached: {why}")]
pub struct Unreachable {
    /// Where the hub was looked for.
    pub address: String,
    /// The chain of causes, outermost first.
    pub why: String,
    /// What most likely has to be done, when the causes tell.
    pub hint: Option<Hint>,
}

/// What most likely keeps a connection from being made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// Nothing listens at the address, or a firewall is between.
    NothingListens,
    /// The name cannot be resolved.
    UnknownName,
    /// The hub's certificate is not from the authority in `ca_pem`, or for another name.
    HubNotTrusted,
    /// The hub refused this client's certificate: unknown authority, expired or revoked.
    CertificateRefused,
    /// The hub takes TLS 1.3 only, or there is no TLS at that port.
    NoCommonTls,
    /// The time for the call ran out.
    TooSlow,
}

/// Evidence does not hold. None of these is to be ignored or tried again: what was received has to
/// be kept and shown to the other institutions.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    /// The envelope is not well-formed, or a signature on it is wrong.
    #[error("the envelope does not hold: {0}")]
    Envelope(#[from] EnvelopeError),
    /// A signer's key was not given along, or cannot be used.
    #[error("signer {index}: {why}")]
    SignerKey {
        /// Position in the list of signers, from 0.
        index: usize,
        /// What is wrong with the key.
        why: String,
    },
    /// The receipt proves nothing.
    #[error("the receipt does not hold: {0}")]
    Receipt(#[from] ReceiptError),
    /// The leaf cannot be rebuilt from receipt and envelope.
    #[error("no leaf can be made of receipt and envelope: {0}")]
    Leaf(#[from] LeafError),
    /// The recipients cannot be blinded.
    #[error("the recipients cannot be those of a leaf: {0}")]
    Routing(#[from] RoutingError),
    /// The checkpoint is not signed as the trust demands.
    #[error("the checkpoint does not hold: {0}")]
    Checkpoint(#[from] VerifyError),
    /// The checkpoint is no signed note.
    #[error("the checkpoint is malformed: {0}")]
    Note(#[from] NoteError),
    /// The hub states something beside the receipt that the receipt does not prove.
    #[error("the hub says {field} is {said}, but the receipt proves {proven}")]
    Contradiction {
        /// Which field.
        field: &'static str,
        /// What the hub said.
        said: String,
        /// What the evidence proves.
        proven: String,
    },
    /// The assessment is not about this envelope, or not the one in the log.
    #[error("the assessment does not belong to the envelope")]
    Assessment,
    /// A statement of the hub is malformed, or is not about what it came with.
    #[error("the hub's statement does not hold: {0}")]
    Statement(String),
    /// The log shows fewer leaves than it has signed before, or other ones.
    #[error("the log contradicts a checkpoint it signed: {why}; both are kept in {kept}")]
    History {
        /// How.
        why: HistoryFault,
        /// The folder in which both signed checkpoints were kept.
        kept: PathBuf,
    },
    /// Leaves or tiles that the log serves are not those its checkpoint covers.
    #[error("what the hub serves as {what} is not what its signed checkpoint covers")]
    Uncovered {
        /// Which: a path of C2SP tlog-tiles.
        what: String,
    },
    /// The hub's time in a leaf is not between the witnesses' times.
    #[error(
        "the hub says it accepted at {accepted_at_ms}, but witnesses had cosigned a tree without it \
         at {not_before:?} and one with it at {not_after:?} (milliseconds since 1970)"
    )]
    Time {
        /// What the leaf says, milliseconds since 1970.
        accepted_at_ms: u64,
        /// When witnesses cosigned a tree that lacks the leaf, milliseconds since 1970.
        not_before: Option<u64>,
        /// When they cosigned one that has it, milliseconds since 1970.
        not_after: Option<u64>,
    },
    /// Two envelopes of one key stand in the log in another order than the key signed them.
    #[error(
        "envelope {earlier} of a key is leaf {earlier_leaf}, but envelope {later}, which was signed \
         later, is leaf {later_leaf}"
    )]
    Order {
        /// The sequence of the one that was signed first.
        earlier: u64,
        /// Its leaf.
        earlier_leaf: u64,
        /// The sequence of the other.
        later: u64,
        /// Its leaf.
        later_leaf: u64,
    },
    /// What the hub shows as an office's key for sealed exhibits is not proven to be that office's.
    /// Nothing is sealed for it.
    #[error("the key for sealed exhibits of {office} is not proven: {why}")]
    KeyUnproven {
        /// The office.
        office: String,
        /// What does not hold.
        why: String,
    },
    /// The hub denies an envelope for which it gave a receipt.
    #[error("the hub says sequence {said} is next, but it gave a receipt for sequence {receipted}")]
    ReceiptDenied {
        /// The sequence that the hub says is next.
        said: u64,
        /// The last sequence for which there is a receipt.
        receipted: u64,
    },
}

/// In which way a log contradicts itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HistoryFault {
    /// The newest tree is smaller than one that was signed before.
    #[error("it had {had} leaves and now shows {shown}")]
    Shrunk {
        /// Leaves in the remembered checkpoint.
        had: u64,
        /// Leaves in the one shown now.
        shown: u64,
    },
    /// Two roots for one size.
    #[error("it signed two trees of {0} leaves")]
    TwoTrees(u64),
    /// No proof that one tree is the beginning of the other.
    #[error("one tree is not the beginning of the other ({0})")]
    Forked(ProofError),
    /// The sender of an envelope has verified a tree that is not in the history shown here.
    #[error("the sender of an envelope was shown another tree of {0} leaves")]
    OtherSeen(u64),
}

/// Something on this machine has to be mended.
#[derive(Debug, thiserror::Error)]
pub enum LocalError {
    /// Reading or writing failed.
    #[error("{}: {source}", path.display())]
    Disk {
        /// What was read or written.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// A path holds something else than it should.
    #[error("{}: {why}", path.display())]
    Content {
        /// Where.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// Another process is using the outbox.
    #[error("another process has been using the outbox {} for {waited_s} seconds", path.display())]
    OutboxInUse {
        /// The outbox.
        path: PathBuf,
        /// How long it was waited for.
        waited_s: u64,
    },
    /// The key was used on another machine since: this outbox does not know what comes next.
    #[error(
        "the hub expects sequence {expected} from this key, the outbox has {here}: the key was \
         used with another outbox; use that one, or enrol a key for this one"
    )]
    ChainElsewhere {
        /// The sequence the hub expects.
        expected: u64,
        /// The sequence that is next here.
        here: u64,
    },
    /// The key could not sign.
    #[error("the key could not sign: {0}")]
    Key(String),
    /// Work was broken off from within, as when the program ends.
    #[error("the work was interrupted: {0}")]
    Interrupted(String),
    /// No randomness.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// What was asked for cannot be put into an envelope.
    #[error("{field}: {why}")]
    Argument {
        /// Which part of the draft or call.
        field: &'static str,
        /// What is wrong and what would be right.
        why: String,
    },
    /// A sealed exhibit cannot be sealed or opened.
    #[error(transparent)]
    Sealed(#[from] SealedFault),
    /// The trust file cannot be used.
    #[error("the trust file {} cannot be used: {source}", path.display())]
    Trust {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: PolicyError,
    },
    /// The connection's own certificate or key cannot be used.
    #[error("the TLS settings cannot be used: {0}")]
    Tls(String),
}

/// Why an exhibit is not sealed, or not opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealedFault {
    /// These offices, separated by commas, have no key by which they could open it.
    #[error("{0}: no key for sealed exhibits is in use there, so nothing can be sealed for it")]
    NoUnsealingKey(String),
    /// Nobody would be able to open it.
    #[error("nobody could open it: the filing has no recipient, and this office no key")]
    NoRecipient,
    /// No filing of the case that this office may read has such a sealed exhibit.
    #[error("no filing of the case has a sealed exhibit of this digest")]
    NotInCase,
    /// Its key was never wrapped for this office.
    #[error("this office was not given access: no key is wrapped for it")]
    NotARecipient,
    /// It was, for a key that is not here.
    #[error(
        "the key was wrapped for this office's key {0}, which is not here: it is lost, or on another machine"
    )]
    KeyLost(String),
    /// The cryptography says no.
    #[error(transparent)]
    Sealed(#[from] SealedError),
    /// It opens, and is not what its description says.
    #[error("what was sealed is not what its sender described: the plaintext has another digest")]
    OtherPlaintext,
}

impl LocalError {
    /// Names the path in an error of the operating system: `.map_err(LocalError::at(path))`.
    pub(crate) fn at(path: &Path) -> impl FnOnce(std::io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Disk { path, source }
    }

    /// A path holds something else than it should.
    pub(crate) fn content(path: &Path, why: impl Into<String>) -> Self {
        Self::Content { path: path.to_owned(), why: why.into() }
    }
}

impl From<Refusal> for ClientError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl From<NoRandomness> for ClientError {
    fn from(error: NoRandomness) -> Self {
        Self::Local(error.into())
    }
}

impl From<SealedFault> for ClientError {
    fn from(fault: SealedFault) -> Self {
        Self::Local(fault.into())
    }
}
