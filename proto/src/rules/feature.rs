//! What a filing says, where a procedure depends on it: through which door an appeal came, whether
//! a decision was called in.

use crate::kind::{filing_kind_name, filing_kind_of_name};
use crate::v1::filing_content::Content;
use crate::v1::{
    CaseRelation, Colour, DelegationMode, FilingKind, IntakeRoute, Outcome, RatificationScope,
    ServiceMode,
};
use crate::word::{Word, words};

/// The word for what a filing leaves open.
pub const NOT_SAID: &str = "not-said";

words! {
    /// Something that filings of some kinds say.
    pub enum Feature {
        /// Through which door it came.
        Route = "route",
        /// Whether the decision was called in.
        CalledIn = "called-in",
        /// Whether an order was lifted.
        Lifted = "lifted",
        /// Whether an office decides or recommends.
        Mode = "mode",
        /// The colour of a complaint.
        Colour = "colour",
        /// How much was ratified.
        Scope = "scope",
        /// What was decided.
        Outcome = "outcome",
        /// How two cases belong together.
        Relation = "relation",
        /// How a paper was delivered.
        Service = "service",
        /// Which kind of filing it answers.
        Answers = "answers",
        /// Which kind of filing of the case it is about.
        About = "about",
    }
}

/// What a filing must say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// About what.
    pub feature: Feature,
    /// Any of these words.
    pub words: Vec<String>,
}

impl Condition {
    /// Whether a filing says one of the words.
    #[must_use]
    pub fn met(&self, content: Option<&Content>, beside: Beside) -> bool {
        let said = said(self.feature, content, beside);
        self.words.contains(&said)
    }
}

/// Other filings of the case to which a filing refers, by their kinds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Beside {
    /// The one that it answers.
    pub answered: Option<FilingKind>,
    /// The one that it is about.
    pub about: Option<FilingKind>,
}

impl Feature {
    /// Whether filings of a kind say anything about it.
    #[must_use]
    pub fn is_said_by(self, kind: FilingKind) -> bool {
        use FilingKind as Kind;
        let kinds: &[Kind] = match self {
            Self::Route => &[Kind::AppealFiled, Kind::Registration],
            Self::CalledIn => &[Kind::CallIn],
            Self::Lifted => &[Kind::InterimOrder],
            Self::Mode => &[Kind::DelegatedDecision],
            Self::Colour => &[Kind::ComplaintClassified],
            Self::Scope => &[Kind::RatificationDecision],
            Self::Outcome => &[Kind::RulingIssued, Kind::CouncilDecision, Kind::DelegatedDecision],
            Self::Relation => &[Kind::LinkCases],
            Self::Service => &[Kind::ProofOfService, Kind::RatificationNotice],
            Self::Answers | Self::About => return true,
        };
        kinds.contains(&kind)
    }

    /// Whether it can be said with this word.
    #[must_use]
    pub fn has_word(self, word: &str) -> bool {
        let named = word.to_uppercase().replace('-', "_");
        let known = match self {
            Self::CalledIn | Self::Lifted => return matches!(word, "yes" | "no"),
            Self::Answers | Self::About => filing_kind_of_name(word).is_some(),
            Self::Service => ServiceMode::from_str_name(&format!("{SERVICE}{named}")).is_some(),
            Self::Route => IntakeRoute::from_str_name(&format!("{ROUTE}{named}")).is_some(),
            Self::Mode => DelegationMode::from_str_name(&format!("{MODE}{named}")).is_some(),
            Self::Colour => Colour::from_str_name(&format!("{COLOUR}{named}")).is_some(),
            Self::Scope => RatificationScope::from_str_name(&format!("{SCOPE}{named}")).is_some(),
            Self::Outcome => Outcome::from_str_name(&format!("{OUTCOME}{named}")).is_some(),
            Self::Relation => CaseRelation::from_str_name(&format!("{RELATION}{named}")).is_some(),
        };
        word == NOT_SAID || (known && word != UNSPECIFIED && word == word.to_lowercase())
    }
}

const UNSPECIFIED: &str = "unspecified";
const ROUTE: &str = "INTAKE_ROUTE_";
const MODE: &str = "DELEGATION_MODE_";
const COLOUR: &str = "COLOUR_";
const SCOPE: &str = "RATIFICATION_SCOPE_";
const OUTCOME: &str = "OUTCOME_";
const RELATION: &str = "CASE_RELATION_";
const SERVICE: &str = "SERVICE_MODE_";

/// What a filing says about something, as a word; [`NOT_SAID`] when it does not.
fn said(feature: Feature, content: Option<&Content>, beside: Beside) -> String {
    let yes_no = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    let nothing = || NOT_SAID.to_owned();
    match (feature, content) {
        (Feature::Answers, _) => beside.answered.map_or_else(nothing, filing_kind_name),
        (Feature::About, _) => beside.about.map_or_else(nothing, filing_kind_name),
        (Feature::Service, Some(Content::ProofOfService(proof))) => {
            word(SERVICE, proof.mode().as_str_name())
        }
        (Feature::Service, Some(Content::RatificationNotice(notice))) => {
            word(SERVICE, notice.mode().as_str_name())
        }
        (Feature::Route, Some(Content::AppealFiled(appeal))) => {
            word(ROUTE, appeal.route().as_str_name())
        }
        (Feature::Route, Some(Content::Registration(registration))) => {
            word(ROUTE, registration.route().as_str_name())
        }
        (Feature::CalledIn, Some(Content::CallIn(call))) => yes_no(call.called_in),
        (Feature::Lifted, Some(Content::InterimOrder(order))) => yes_no(order.lifted),
        (Feature::Mode, Some(Content::DelegatedDecision(decision))) => {
            word(MODE, decision.mode().as_str_name())
        }
        (Feature::Colour, Some(Content::ComplaintClassified(classified))) => {
            word(COLOUR, classified.colour().as_str_name())
        }
        (Feature::Scope, Some(Content::RatificationDecision(decision))) => {
            word(SCOPE, decision.scope().as_str_name())
        }
        (Feature::Relation, Some(Content::LinkCases(link))) => {
            word(RELATION, link.relation().as_str_name())
        }
        (Feature::Outcome, Some(content)) => {
            outcome(content).map_or_else(nothing, |outcome| word(OUTCOME, outcome.as_str_name()))
        }
        _ => nothing(),
    }
}

/// What an act decided. `None`: nothing, or not the same for all cases of a batch.
#[must_use]
pub fn outcome(content: &Content) -> Option<Outcome> {
    match content {
        Content::RulingIssued(ruling) => Some(ruling.outcome()),
        Content::DelegatedDecision(decision) => Some(decision.outcome()),
        Content::CouncilDecision(decision) => {
            let first = decision.outcomes.first()?.outcome();
            let same = decision.outcomes.iter().all(|case| case.outcome() == first);
            same.then_some(first)
        }
        _ => None,
    }
}

fn word(prefix: &str, name: &str) -> String {
    let word = name.trim_start_matches(prefix).to_lowercase().replace('_', "-");
    if word == UNSPECIFIED { NOT_SAID.to_owned() } else { word }
}

/// Whether a filing can meet all of both lists: for no feature do they exclude each other.
#[must_use]
pub(super) fn can_meet_both(left: &[Condition], right: &[Condition]) -> bool {
    left.iter().all(|one| {
        let same = |other: &&Condition| other.feature == one.feature;
        right.iter().filter(same).all(|other| one.words.iter().any(|w| other.words.contains(w)))
    })
}

/// The feature of a name, or the names there are.
pub(super) fn feature(name: &str) -> Result<Feature, String> {
    Feature::from_word(name).ok_or_else(Feature::all_words)
}
