//! What is counted apart: the words of classes and strata. Each has a word for what is not known,
//! so that nothing drops out of a sum.

use crate::v1::Outcome;
use crate::word::words;

words! {
    /// What kind of matter it is.
    pub enum Level {
        /// A complaint, taken in by an office.
        Complaint = "complaint",
        /// An appeal against a decision.
        Appeal = "appeal",
        /// A decision that nobody complained for: an exclusion, a batch.
        Decision = "decision",
        /// No dispute: ratification, registers, papers of a pilot.
        Other = "other",
    }
}

words! {
    /// The stage of the election that a matter is about.
    pub enum Stage {
        /// Registration of voters, parties, lists.
        Registration = "registration",
        /// Who may stand.
        Candidate = "candidate",
        /// The campaign.
        Campaign = "campaign",
        /// Before polling, and nothing says what of it.
        BeforePolling = "before-polling",
        /// Polling.
        Polling = "polling",
        /// Counting, audit included.
        Counting = "counting",
        /// Results, as adopted.
        Results = "results",
        /// Nothing says which.
        NotSaid = "not-said",
    }
}

words! {
    /// What became of a matter.
    pub enum Disposal {
        /// Granted in full.
        Upheld = "upheld",
        /// Granted in part.
        PartlyUpheld = "partly-upheld",
        /// The decision under appeal is annulled.
        Annulled = "decision-annulled",
        /// The decision under appeal is changed.
        Modified = "decision-modified",
        /// A recount is ordered.
        Recount = "recount-ordered",
        /// Sent back for a new decision.
        Remitted = "remitted",
        /// Rejected on the merits.
        Rejected = "rejected",
        /// The decision under appeal stands.
        Confirmed = "decision-confirmed",
        /// Refused for form or time.
        Inadmissible = "inadmissible",
        /// The body has no competence.
        NoCompetence = "no-competence",
        /// Sent to the body that is competent.
        Transferred = "transferred",
        /// Taken back by who filed it.
        Withdrawn = "withdrawn",
        /// Without object.
        Abated = "abated",
        /// Another case decides it.
        Joined = "joined",
        /// A clerk did not take it in.
        NotTakenIn = "not-taken-in",
        /// Decided, and the decision does not say how.
        NotSaid = "not-said",
        /// Not decided.
        Pending = "pending",
    }
}

words! {
    /// How far a matter came.
    pub enum Admission {
        /// It passed form: decided on the merits, classified green or red, or docketed by the body
        /// that decides.
        Admitted = "admitted",
        /// Refused for form or time; a yellow complaint, too.
        RejectedOnForm = "rejected-on-form",
        /// Another body is competent.
        OtherBody = "other-body",
        /// A clerk did not take it in.
        NotTakenIn = "not-taken-in",
        /// Over before that was decided: withdrawn, abated, joined.
        Ended = "ended",
        /// Decided, and the decision does not say how.
        NotSaid = "not-said",
        /// Nobody has looked at its form yet, as far as the log says.
        NotYet = "not-yet",
    }
}

words! {
    /// Whether a decision has its reasons in writing.
    pub enum Reasons {
        /// It has, and it was published.
        Published = "published",
        /// It has; nothing says that it was published.
        Written = "written",
        /// The filing gives none.
        NotGiven = "not-given",
    }
}

words! {
    /// Whether an act was within its legal time.
    pub enum Timely {
        /// Under every reading.
        InTime = "in-time",
        /// Late, under every reading.
        Late = "late",
        /// Readings of the law differ.
        Contested = "contested",
        /// It cannot be computed: a calendar or what set the period going is not known.
        Undecided = "undecided",
    }
}

words! {
    /// How an order of a decision or ruling stands.
    pub enum Carried {
        /// Reported as done.
        Done = "done",
        /// Open, and no day has passed.
        Open = "open",
        /// Open, and its day has passed.
        Overdue = "overdue",
        /// Its act was annulled.
        FellAway = "fell-away",
    }
}

words! {
    /// By what figures are told apart.
    pub enum Dimension {
        /// Stage of the election.
        Stage = "stage",
        /// The office that took it in.
        Office = "office",
        /// Colour of a complaint.
        Colour = "colour",
        /// Stream of voting.
        Stream = "stream",
        /// Capacity of whoever filed.
        Capacity = "capacity",
        /// Sex of whoever filed.
        Sex = "sex",
        /// Type of whom it is against.
        Respondent = "respondent",
    }
}

impl Dimension {
    /// Whether it is about persons, so that small numbers may point at one.
    #[must_use]
    pub fn is_personal(self) -> bool {
        matches!(self, Self::Capacity | Self::Sex | Self::Respondent)
    }
}

impl Disposal {
    /// As a decision or ruling says it.
    #[must_use]
    pub fn of(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Unspecified => Self::NotSaid,
            Outcome::Upheld => Self::Upheld,
            Outcome::PartlyUpheld => Self::PartlyUpheld,
            Outcome::Rejected => Self::Rejected,
            Outcome::Inadmissible => Self::Inadmissible,
            Outcome::NoCompetence => Self::NoCompetence,
            Outcome::Transferred => Self::Transferred,
            Outcome::Withdrawn => Self::Withdrawn,
            Outcome::Abated => Self::Abated,
            Outcome::DecisionConfirmed => Self::Confirmed,
            Outcome::DecisionModified => Self::Modified,
            Outcome::DecisionAnnulled => Self::Annulled,
            Outcome::Remitted => Self::Remitted,
            Outcome::RecountOrdered => Self::Recount,
            Outcome::Joined => Self::Joined,
        }
    }

    /// Whether the merits were decided for whoever filed, at least in part.
    #[must_use]
    pub fn is_for_the_filer(self) -> bool {
        matches!(
            self,
            Self::Upheld
                | Self::PartlyUpheld
                | Self::Annulled
                | Self::Modified
                | Self::Recount
                | Self::Remitted
        )
    }

    /// Whether the merits were decided.
    #[must_use]
    pub fn is_on_merits(self) -> bool {
        self.is_for_the_filer() || matches!(self, Self::Rejected | Self::Confirmed)
    }
}
