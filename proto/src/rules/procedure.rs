//! Procedures: what follows what, from whom, by when, under which article.

use super::Names;
use super::feature::Condition;
use crate::v1::FilingKind;
use crate::word::words;

words! {
    /// Whose step it is, as a role: which institution that is, the directory of a hub says.
    pub enum Owner {
        /// Whoever complains.
        Complainant = "complainant",
        /// Whoever appeals.
        Appellant = "appellant",
        /// A third party with an interest.
        ThirdParty = "third-party",
        /// The office that received it.
        Office = "office",
        /// The committee that sorts complaints.
        Committee = "committee",
        /// The Council, or whichever body decides first.
        Council = "council",
        /// The administration that carries out.
        Administration = "administration",
        /// The panel that rules on appeals.
        Panel = "panel",
        /// The court that ratifies or rules above the panel.
        Court = "court",
        /// The criminal authorities.
        Authority = "authority",
        /// Whoever was asked.
        Asked = "asked",
        /// Anybody who is a party.
        Anybody = "anybody",
        /// Nobody: it happens when time has passed.
        Nobody = "nobody",
    }
}

/// A procedure: steps, and in which order they may come. It gates nothing; what comes in another
/// order is taken in and told.
#[derive(Debug, Clone)]
pub struct Procedure {
    /// Key: `complaint-polling`. Unique.
    pub key: String,
    /// What it is called.
    pub title: Names,
    /// Its steps, its own first, then those of the procedures it goes on in.
    pub steps: Vec<Step>,
}

/// A step of a procedure.
#[derive(Debug, Clone)]
pub struct Step {
    /// Key: `referral`. Unique in its procedure.
    pub key: String,
    /// What it is called.
    pub title: Names,
    /// The kinds of filing by which it is taken. None: it is nobody's, and time takes it.
    pub filings: Vec<FilingKind>,
    /// What such a filing must say. None: any such filing takes it.
    pub only: Vec<Condition>,
    /// Whose it is.
    pub owner: Owner,
    /// The rule that cites the article, or why there is none.
    pub rule: Cited,
    /// Within which period, or why within none. `None`: the procedure ends with it.
    pub term: Option<Term>,
    /// What may come next.
    pub next: Vec<String>,
    /// What may come again.
    pub returns_to: Vec<String>,
    /// Whether the procedure may begin with it.
    pub start: bool,
    /// Whether the procedure ends with it.
    pub last: bool,
    /// Whether what comes behind it may come without it.
    pub optional: bool,
    /// Whether it may come at any time, and moves nothing.
    pub any_time: bool,
}

/// Where the law says that there is such a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cited {
    /// In the article of this rule.
    Rule(String),
    /// Nowhere: why it is a step all the same, in English.
    Nowhere(String),
}

/// By when a step is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// Within the period of this rule.
    Period(String),
    /// At no fixed time: why, in English.
    Open(String),
}

impl Procedure {
    /// A step by its key.
    #[must_use]
    pub fn step(&self, key: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.key == key)
    }

    /// What may come when nothing has yet.
    pub fn starts(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.start)
    }

    /// What may come behind a step: what is next, what is next behind those of them that may be
    /// left out, and what may come again. `None`: in the beginning. In the order of the text; what
    /// may come at any time is not among them.
    #[must_use]
    pub fn behind(&self, step: Option<&Step>) -> Vec<&Step> {
        let mut found: Vec<&Step> = match step {
            Some(step) => self.named(&step.next),
            None => self.starts().collect(),
        };
        // Grows while it is walked; `next` has no cycle, and no step is put in twice.
        let mut at = 0;
        while let Some(one) = found.get(at).copied() {
            at += 1;
            if one.optional {
                for new in self.named(&one.next) {
                    if !contains(&found, new) {
                        found.push(new);
                    }
                }
            }
        }
        let again = step.map(|step| self.named(&step.returns_to)).unwrap_or_default();
        found.extend(again);
        self.steps.iter().filter(|step| contains(&found, step)).collect()
    }

    /// What may come at any time.
    pub fn any_time(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.any_time)
    }

    fn named(&self, keys: &[String]) -> Vec<&Step> {
        keys.iter().filter_map(|key| self.step(key)).collect()
    }
}

fn contains(steps: &[&Step], step: &Step) -> bool {
    steps.iter().any(|known| known.key == step.key)
}

impl Step {
    /// Key of the rule whose article it stands in.
    #[must_use]
    pub fn rule_key(&self) -> Option<&str> {
        match &self.rule {
            Cited::Rule(key) => Some(key),
            Cited::Nowhere(_) => None,
        }
    }

    /// Key of the rule that says by when.
    #[must_use]
    pub fn period_key(&self) -> Option<&str> {
        match &self.term {
            Some(Term::Period(key)) => Some(key),
            Some(Term::Open(_)) | None => None,
        }
    }
}
