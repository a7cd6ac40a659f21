//! What can be held against a log, and how much it proves.

/// Something that a log did, or seems to have done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It signed two roots for one size. The two notes are proof to anybody.
    TwoRoots,
    /// It signed an empty tree that is not empty. The note is proof to anybody.
    FullEmptyTree,
    /// It signed a larger tree that came with a wrong proof. Suspicious only: anybody can put
    /// a wrong proof before an honest checkpoint.
    NotProven,
    /// It signed a smaller tree than one it signed before. Suspicious only: anybody can send an old
    /// checkpoint again.
    Smaller,
    /// The leaves it handed out do not make the tree it signed.
    OtherLeaves,
    /// A leaf states a time that it cannot have, or is no leaf at all.
    ImplausibleLeaf,
    /// A leaf is signed with a key of this institution, which did not sign it.
    StrangeLeaf,
}

impl Finding {
    /// Whether it is proof by itself, for anybody.
    #[must_use]
    pub fn is_proof(self) -> bool {
        matches!(self, Self::TwoRoots | Self::FullEmptyTree)
    }

    /// What stops until the operator has acknowledged it. A suspicion stops nothing, since anybody
    /// who reaches the witness could stop it that way; what comes with the leaves does, since those
    /// come from the hub alone.
    #[must_use]
    pub fn halts(self) -> Option<Halt> {
        match self {
            Self::TwoRoots | Self::FullEmptyTree => Some(Halt::Witness),
            Self::ImplausibleLeaf => Some(Halt::Mirror),
            Self::NotProven | Self::Smaller | Self::OtherLeaves | Self::StrangeLeaf => None,
        }
    }

    /// One sentence for the operator.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::TwoRoots => "the log has signed two different trees of the same size",
            Self::FullEmptyTree => "the log has signed an empty tree with the root of another",
            Self::NotProven => "a tree that the log signed came without valid consistency proof",
            Self::Smaller => "the log's signature came under a smaller tree than was seen before",
            Self::OtherLeaves => "the leaves that were handed out do not make the signed tree",
            Self::ImplausibleLeaf => "a leaf is malformed or states an impossible time",
            Self::StrangeLeaf => "a leaf names a key of this institution, which did not make it",
        }
    }
}

/// What stops cosigning one log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Halt {
    /// The witness, and with it the mirror, which follows it.
    Witness,
    /// The mirror alone: the tree is consistent, and what it holds is not right.
    Mirror,
}

impl Halt {
    /// The name of the mark beside the evidence.
    pub(crate) fn mark(self) -> &'static str {
        match self {
            Self::Witness => "halted",
            Self::Mirror => "mirror-halted",
        }
    }
}
