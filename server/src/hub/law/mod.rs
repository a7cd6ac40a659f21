//! The law: which rule set a case is pinned to, and what it says about a filing.
//!
//! The hub knows rule sets as data: those that come with Barid, and those that were published in
//! its log. It computes ([`barid_proto::assess`]) and records; nothing here refuses a filing for
//! what the law says of it.

pub(super) mod acts;
mod published;

pub(super) use acts::{body_of, public_act};

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use barid_proto::assess::{Act, Acts, ENGINE, Law, assess, needs_no_rules, without_rules};
use barid_proto::rules::{Catalogue, Found, RuleSet};
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{self, Assessment, AssessmentFinding, Rendering};

use super::Crafts;
use super::read::not_found;
use super::recognise::Recognised;
use super::standing::CaseStanding;
use super::understand::Understood;
use crate::error::{Error, Fault};
use crate::identity::directory::Directory;
use crate::model::id::{CaseId, OfficeAddress};
use crate::model::row::{CaseOpening, CaseRow};
use crate::model::wire;
use crate::store::Store;
use crate::store::documents::Documents;

/// The rule sets that the hub knows.
pub(super) struct Laws {
    known: RwLock<Known>,
}

/// What is known at a time.
struct Known {
    catalogue: Arc<Catalogue>,
    /// Leaf at which each was first published, by its name; none for those that only come along.
    published: BTreeMap<String, u64>,
}

/// The rule set that a filing comes under.
pub(super) struct Applied {
    /// Its full name, or the name under which nothing is known. Empty: none was named.
    pub(super) name: String,
    /// The rule set itself. `None`: no rule set of that name is known.
    pub(super) rules: Option<Arc<RuleSet>>,
    /// The election. Empty: none.
    event: String,
    /// The case whose docket counts. `None`: the filing opens its own, or belongs to none.
    case: Option<CaseId>,
}

/// What the law says about a filing, and when that was computed.
pub(super) struct Lawful {
    pub(super) assessments: Vec<Assessment>,
    /// The hub's clock. 0: nothing of the log was taken into account.
    pub(super) at_ms: i64,
}

impl Laws {
    /// Reads what was published. Blocks.
    pub(super) fn read(
        store: &dyn Store,
        documents: &Documents,
        directory: &Directory,
    ) -> Result<Self, Fault> {
        let known = published::known(store, documents, directory)?;
        Ok(Self { known: RwLock::new(known) })
    }

    /// Reads again what was published. Blocks.
    pub(super) fn refresh(
        &self,
        store: &dyn Store,
        documents: &Documents,
        directory: &Directory,
    ) -> Result<(), Fault> {
        let known = published::known(store, documents, directory)?;
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = known;
        Ok(())
    }

    /// What is known now.
    pub(super) fn catalogue(&self) -> Arc<Catalogue> {
        Arc::clone(&self.known.read().unwrap_or_else(PoisonError::into_inner).catalogue)
    }

    /// Where a rule set and those that it builds on were published.
    fn published(&self, rules: &RuleSet) -> Vec<u64> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let own = rules.name();
        let names = rules.extends.iter().chain([&own]);
        names.filter_map(|name| known.published.get(name)).copied().collect()
    }
}

impl Crafts {
    /// The rule set that a filing comes under: the one its case is pinned to, or the one that it
    /// names, or the one of its election.
    pub(super) fn applied(&self, recognised: &Recognised, standing: &CaseStanding) -> Applied {
        let filing = &recognised.filing;
        match standing {
            CaseStanding::In(row, _) => self.applied_in(row),
            _ => self.applied_to(&filing.rule_set_id, &filing.election_event_id),
        }
    }

    /// What a case is pinned to stays: a newer version changes nothing.
    fn applied_in(&self, row: &CaseRow) -> Applied {
        let CaseOpening { rule_set_id, election_event_id, .. } = &row.opening;
        let found = self.laws.catalogue().find(rule_set_id);
        applied(found, rule_set_id, election_event_id, Some(row.case))
    }

    fn applied_to(&self, rule_set_id: &str, event: &str) -> Applied {
        let found = of_opening(&self.laws.catalogue(), rule_set_id, event);
        applied(found, rule_set_id, event, None)
    }

    /// What the law says about a filing that is about to be sealed.
    pub(super) fn lawful(
        &self,
        recognised: &Recognised,
        understood: &Understood,
        applied: &Applied,
    ) -> Result<Lawful, Error> {
        let subject = Subject {
            digest: *recognised.digest.as_bytes(),
            body: body_of(&recognised.envelope)?,
            content: understood.content.content.clone(),
        };
        self.assessed(applied, subject, recognised.filing.restricted)
    }

    /// What the law would say about a filing that nobody has signed yet.
    pub(super) fn foreseen(
        &self,
        office: &OfficeAddress,
        kind: i32,
        foreseen: v1::ForeseenFiling,
        content: v1::FilingContent,
    ) -> Result<Vec<Assessment>, Error> {
        let applied = if foreseen.case_id.is_empty() {
            self.applied_to(&foreseen.rule_set_id, &foreseen.election_event_id)
        } else {
            let row = CaseId::from_slice(&foreseen.case_id).map(|case| self.store.case(case));
            let row = row.transpose()?.flatten();
            let row = row.filter(|row| self.role(office, row).is_some()).ok_or_else(not_found)?;
            self.applied_in(&row)
        };
        let body = v1::EnvelopeBody {
            kind,
            sender: Some(wire::address(office)),
            stamp: foreseen.stamp,
            data_class: foreseen.data_class,
            rule_set_id: foreseen.rule_set_id,
            election_event_id: foreseen.election_event_id,
            ..v1::EnvelopeBody::default()
        };
        let subject = Subject { digest: [0; 32], body, content: content.content };
        Ok(self.assessed(&applied, subject, false)?.assessments)
    }

    fn assessed(
        &self,
        applied: &Applied,
        subject: Subject,
        restricted: bool,
    ) -> Result<Lawful, Error> {
        let unknown = applied.rules.is_none() && !applied.name.is_empty();
        let mut assessments = Vec::from_iter(unknown.then(|| unknown_rules(&applied.name)));
        if applied.rules.is_none() && !needs_no_rules(subject.content.as_ref()) {
            return Ok(Lawful { assessments, at_ms: 0 });
        }
        // Read before the acts: whoever computes it again leaves out what came later.
        let as_of_size = self.log.head().size;
        let at_ms = wire::instant((self.clock)());
        let Subject { digest, body, content } = subject;
        let subject = Act { leaf: as_of_size, accepted_at_ms: at_ms, digest, body, content };
        let case = match applied.case {
            Some(case) => self.acts_of_case(case, as_of_size, restricted)?,
            None => Vec::new(),
        };
        let general = self.acts_needed(applied.rules.as_deref(), &subject, &case, as_of_size)?;
        let acts = Acts { as_of_size, case, general, outages: self.own_outages(as_of_size)? };
        match &applied.rules {
            Some(rules) => {
                let law = Law { rules, acts: &acts, event: &applied.event };
                assessments.extend(assess(&law, &subject));
            }
            None => assessments.extend(without_rules(&acts, &subject)),
        }
        Ok(Lawful { assessments, at_ms })
    }
}

/// A filing that is assessed.
struct Subject {
    digest: [u8; 32],
    body: v1::EnvelopeBody,
    content: Option<Content>,
}

fn applied(found: Found, named: &str, event: &str, case: Option<CaseId>) -> Applied {
    let rules = match found {
        Found::One(rules) => Some(rules),
        Found::Unknown | Found::Several(_) => None,
    };
    let name = rules.as_ref().map_or_else(|| named.to_owned(), |rules| rules.name());
    Applied { name, rules, event: event.to_owned(), case }
}

/// The rule set for a filing that opens a case. One that the election's own builds on leads to the
/// election's: whoever names the law means it as it stands for this election.
fn of_opening(known: &Catalogue, name: &str, event: &str) -> Found {
    let of_event = known.of_event(event);
    if name.is_empty() {
        return of_event;
    }
    let named = known.find(name);
    if let (Found::One(event), Found::One(named)) = (&of_event, &named)
        && event.extends.contains(&named.name())
    {
        return of_event;
    }
    named
}

/// The filing comes under a rule set that nobody here knows.
fn unknown_rules(name: &str) -> Assessment {
    let wordings = [
        (
            "ar",
            format!("القواعد \u{2068}{name}\u{2069} غير معروفة لدى هذه المنصة: لم تُحتسب أي مدة"),
        ),
        (
            "ckb",
            format!(
                "یاساکانی \u{2068}{name}\u{2069} لەم سەکۆیەدا نەناسراون: هیچ ماوەیەک نەژمێردراوە"
            ),
        ),
        ("en", format!("this hub does not know the rule set {name}: no period was computed")),
        ("es", format!("este nodo no conoce las reglas {name}: no se calculó ningún plazo")),
    ];
    let rendering =
        |(language, text): (&str, String)| Rendering { language: language.into(), text };
    Assessment {
        subject: "rule-set".to_owned(),
        rule_set_id: name.to_owned(),
        engine: ENGINE,
        finding: AssessmentFinding::Undecided.into(),
        explanation: Some(v1::Text {
            renderings: wordings.map(rendering).into(),
            authoritative: String::new(),
        }),
        ..Assessment::default()
    }
}
