//! What can be found about a bundle: each with a stable name, whose fault it is, how much it
//! matters.

use std::fmt;

/// How much a finding matters to the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; the verdict does not change.
    Note,
    /// A person should look; with strictness it is [`Severity::Invalid`].
    Warning,
    /// It cannot be decided with what is at hand.
    Undecided,
    /// Something is wrong: what the bundle claims is not so.
    Invalid,
}

/// Whose fault a finding is, as far as evidence alone can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blame {
    /// Whoever made, kept or sent this bundle.
    Keeper,
    /// Whoever runs the hub.
    Hub,
    /// The office that sent the filing.
    Sender,
    /// The office that answered.
    Recipient,
    /// Whoever verifies: policy or roots are missing or are others.
    Verifier,
    /// Nobody.
    Nobody,
}

/// Makes the list of findings from one table: name, stable word, severity, blame, English.
macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident: $word:literal, $severity:ident, $blame:ident;)*) => {
        /// What was found.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code {
            $($(#[doc = $doc])* $name,)*
        }

        impl Code {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its stable name, for scripts.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }

            /// How much it matters, unless the verifier said otherwise.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self {
                    $(Self::$name => Severity::$severity,)*
                }
            }

            /// Whose fault it is.
            #[must_use]
            pub fn blame(self) -> Blame {
                match self {
                    $(Self::$name => Blame::$blame,)*
                }
            }
        }
    };
}

codes! {
    /// The bundle has no filing in it.
    Empty: "empty", Invalid, Keeper;
    /// An envelope is not well-formed.
    EnvelopeMalformed: "envelope-malformed", Invalid, Keeper;
    /// A signature on an envelope does not verify under the key given, or the key is another.
    SignatureWrong: "signature-wrong", Invalid, Keeper;
    /// A receipt cannot be read, or no leaf can be made of it and the envelope.
    ReceiptMalformed: "receipt-malformed", Invalid, Keeper;
    /// A line of a known log or witness under a checkpoint is not what its key signed.
    CheckpointForged: "checkpoint-forged", Invalid, Keeper;
    /// The policy names no log that signed the checkpoint.
    LogUnknown: "log-unknown", Undecided, Verifier;
    /// The checkpoint lacks the cosignatures that the policy demands.
    NoQuorum: "no-quorum", Undecided, Verifier;
    /// The leaf is not in the log where the receipt says.
    NotIncluded: "not-included", Invalid, Keeper;
    /// The envelope is for another hub than the one whose log it is in.
    OtherHub: "other-hub", Invalid, Hub;
    /// The leaf is inside a tree that the sender had seen before it signed.
    LeafSeen: "leaf-seen", Invalid, Hub;
    /// The leaf is of another kind than the filing.
    LeafKind: "leaf-kind", Invalid, Hub;
    /// Nothing in the bundle says whose a key is.
    KeyUnproven: "key-unproven", Undecided, Keeper;
    /// The key was not in use for the sender at the leaf of the filing.
    KeyNotInUse: "key-not-in-use", Invalid, Sender;
    /// A key event should never have been taken into the log, or does not belong there.
    KeyHistory: "key-history", Invalid, Hub;
    /// No certificate authority was given, so that it is open whose a key is.
    RootsMissing: "roots-missing", Undecided, Verifier;
    /// The certificate that vouches for a key is from none of the authorities given.
    RootUnknown: "root-unknown", Undecided, Verifier;
    /// The certificate that vouches for a key does not hold.
    CertificateWrong: "certificate-wrong", Invalid, Hub;
    /// The certificate that vouches for a key was revoked after it had vouched.
    RevokedLater: "revoked-later", Note, Nobody;
    /// No earlier checkpoint is in the bundle, so that nothing bounds the time from below.
    NoBracket: "no-bracket", Note, Keeper;
    /// The earlier checkpoint covers the filing already.
    BracketCovers: "bracket-covers", Invalid, Keeper;
    /// The log did not grow from the earlier checkpoint to that of the receipt.
    BracketForked: "bracket-forked", Invalid, Keeper;
    /// The hub's time lies outside what the witnesses saw.
    TimeOutside: "time-outside", Warning, Hub;
    /// The hub accepted it after the instant to which its sender had limited it.
    AcceptedLate: "accepted-late", Warning, Hub;
    /// The hub's clock went backwards from one leaf to the next.
    TimeBackwards: "time-backwards", Invalid, Hub;
    /// The log shows two trees of one size.
    TwoHistories: "two-histories", Invalid, Hub;
    /// The sender had seen another tree than the witnesses.
    SeenOther: "seen-other", Invalid, Hub;
    /// The assessment is not the one in the log.
    AssessmentWrong: "assessment-wrong", Invalid, Keeper;
    /// Nothing proves that the assessment is in the log; it is passed over.
    AssessmentUnproven: "assessment-unproven", Note, Keeper;
    /// What the hub computed is not what the leaves come to under its rule set.
    AssessmentDiffers: "assessment-differs", Invalid, Hub;
    /// The rule set calls for an assessment that is not in the log.
    AssessmentMissing: "assessment-missing", Invalid, Hub;
    /// The log has an assessment for which the rule set does not call.
    AssessmentSurplus: "assessment-surplus", Invalid, Hub;
    /// An assessment was not made when its filing came, or not from what was in the log then.
    AssessmentStale: "assessment-stale", Warning, Hub;
    /// An assessment names another rule set than that of its case, or a name with another text.
    RulesOther: "rules-other", Invalid, Hub;
    /// The hub did not know the rule set of a filing, and computed nothing.
    HubWithoutRules: "hub-without-rules", Warning, Hub;
    /// An assessment cannot be computed again, because something that it rests on is not here.
    AssessmentOpen: "assessment-open", Warning, Keeper;
    /// An assessment cannot be computed again, because its rule set is not known here.
    RulesUnknown: "rules-unknown", Warning, Verifier;
    /// No assessment rests on a filing under `law/`.
    LawUnused: "law-unused", Note, Keeper;
    /// A filing under `law/` is of a kind that does not count beyond its own case.
    LawForeign: "law-foreign", Invalid, Keeper;
    /// A statement of the hub is not in the log, or not about this filing.
    StatementWrong: "statement-wrong", Invalid, Keeper;
    /// An envelope does not name the one before it in its sender's chain.
    ChainBroken: "chain-broken", Invalid, Sender;
    /// One key signed two envelopes with one number.
    ChainForked: "chain-forked", Invalid, Sender;
    /// The log has two envelopes of one key in another order than that of their numbers.
    ChainReordered: "chain-reordered", Invalid, Hub;
    /// An answer names another leaf than that of the filing it answers.
    ReplyWrong: "reply-wrong", Invalid, Sender;
    /// A recipient acknowledged other bytes than those that were sent.
    AcknowledgedOther: "acknowledged-other", Invalid, Recipient;
    /// A document is not the one that was filed.
    DocumentWrong: "document-wrong", Invalid, Keeper;
    /// No filing names a document that is in the bundle.
    DocumentForeign: "document-foreign", Invalid, Keeper;
    /// A document is not in the bundle.
    DocumentAbsent: "document-absent", Note, Keeper;
    /// A document is not in the bundle, and a filing there destroyed it.
    DocumentDestroyed: "document-destroyed", Note, Nobody;
    /// One filing is there twice.
    Doubled: "doubled", Invalid, Keeper;
    /// A revocation list cannot be read.
    CrlMalformed: "crl-malformed", Invalid, Keeper;
    /// A time-stamp token dates nothing.
    TokenWrong: "token-wrong", Invalid, Keeper;
    /// A time-stamp token is there whose authority is none of those given.
    TokenUnchecked: "token-unchecked", Note, Nobody;
    /// The README is not the one that this program writes.
    ReadmeOther: "readme-other", Note, Keeper;
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub code: Code,
    /// How much it matters here.
    pub severity: Severity,
    /// Where: a folder or entry of the bundle.
    pub place: String,
    /// More, in English, for people who know the formats. May be empty.
    pub details: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.code.word())?;
        if self.details.is_empty() { Ok(()) } else { write!(f, ": {}", self.details) }
    }
}
