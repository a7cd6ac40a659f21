//! Rule sets that are published in the log.

use std::collections::BTreeMap;
use std::sync::Arc;

use barid_proto::assess::general_name;
use barid_proto::rules::{Catalogue, RuleProblem, RuleProblems};
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{self, FilingKind, Problem, ProblemPlace, Reason, RuleSetPublished};

use super::super::Crafts;
use super::super::recognise::Recognised;
use super::super::understand::Understood;
use super::Known;
use super::acts::body_of;
use crate::error::{Error, Fault, Refusal};
use crate::identity::directory::Directory;
use crate::model::id::DocumentDigest;
use crate::model::place::{Checker, english};
use crate::store::documents::Documents;
use crate::store::{Reader, Store};

/// The format of a rule set's text as a lead document. Needs no plugin.
const FORMAT: &str = "barid/rule-set+toml";

/// Longest text: what a rule set may have.
const TEXT_MAX_BYTES: usize = 1 << 20;

/// Rule sets of one institution that are read: one for each election of a century.
const PUBLISHED_MAX: usize = 1_024;

/// The rule sets that come with Barid, and those that were published, in the order of the log.
pub(super) fn known(
    store: &dyn Store,
    documents: &Documents,
    directory: &Directory,
) -> Result<Known, Fault> {
    let mut known = Catalogue::built_in()
        .map_err(|error| Fault::while_doing("reading the rule sets that come along", error))?;
    let name = general_name(FilingKind::RuleSetPublished);
    let mut first = BTreeMap::new();
    let mut published = Vec::new();
    for (institution, _) in directory.kinds() {
        published.extend(store.public_acts(institution, &name, PUBLISHED_MAX)?);
    }
    published.sort_by_key(|row| row.leaf);
    for row in published {
        let lead = body_of(&row.envelope)?.lead;
        let digest = lead.and_then(|lead| DocumentDigest::from_slice(&lead.sha256));
        let digest =
            digest.ok_or_else(|| Fault::broken("a rule set was published without text"))?;
        let text = documents.whole(digest, TEXT_MAX_BYTES)?;
        let text = text.and_then(|text| String::from_utf8(text).ok());
        let added = text.map(|text| known.add(&text));
        // It was good when it was published. What a later version cannot read any more must not
        // keep the hub from carrying everything else.
        match added {
            Some(Ok(set)) => {
                first.entry(set.name()).or_insert(row.leaf);
            }
            Some(Err(error)) => {
                tracing::error!(leaf = row.leaf, %error, "a published rule set cannot be read");
            }
            None => tracing::error!(leaf = row.leaf, "the text of a published rule set is gone"),
        }
    }
    Ok(Known { catalogue: Arc::new(known), published: first })
}

impl Crafts {
    /// A rule set that is published comes with its text, which can be used as it stands.
    pub(in super::super) fn check_rule_set(
        &self,
        recognised: &Recognised,
        understood: &Understood,
    ) -> Result<(), Error> {
        let Some(Content::RuleSetPublished(said)) = understood.content.content.as_ref() else {
            return Ok(());
        };
        let lead = recognised.filing.lead.as_ref().filter(|lead| lead.format == FORMAT);
        let Some(lead) = lead else {
            let text = format!("a rule set is published with its text as lead document, {FORMAT}");
            return Err(Refusal::new(Reason::ContentInvalid, text).into());
        };
        let reader = Reader::Institution(recognised.sender.institution.clone());
        let text = self.document_bytes(lead.digest, &reader)?;
        let Ok(text) = String::from_utf8(text) else {
            let text = "the rule set's text is not UTF-8";
            return Err(Refusal::new(Reason::Unreadable, text).into());
        };
        let mut known = Arc::unwrap_or_clone(self.laws.catalogue());
        let set = known.add(&text).map_err(|problems| unusable(&problems))?;
        let mut checker = Checker::new();
        checker.within("content", |checker| {
            if said.rule_set_id != set.name() {
                let what = format!("the text is {}", set.name());
                checker.wrong("rule_set_id", "differs", what);
            }
            if said.sha256 != set.sha256 {
                checker.wrong("sha256", "differs", "is not the digest of the lead document");
            }
            check_day(checker, said, set.effective_from);
        });
        let problems = checker.into_problems();
        if problems.is_empty() {
            return Ok(());
        }
        let text = "what is said about the rule set is not what its text says";
        Err(Refusal::new(Reason::ContentInvalid, text).with_problems(problems).into())
    }

    /// Takes into use what was published.
    pub(in super::super) fn refresh_laws(&self) -> Result<(), Error> {
        Ok(self.laws.refresh(&*self.store, &self.documents, &self.directory)?)
    }
}

fn check_day(checker: &mut Checker, said: &RuleSetPublished, from: jiff::civil::Date) {
    let day = v1::CivilDate {
        year: from.year().into(),
        month: from.month().into(),
        day: from.day().into(),
    };
    if said.effective_from.is_some_and(|said| said != day) {
        checker.wrong("effective_from", "differs", format!("the text says {from}"));
    }
}

fn unusable(problems: &RuleProblems) -> Error {
    let problem = |found: &RuleProblem| Problem {
        severity: v1::ProblemSeverity::Error.into(),
        code: found.code.to_owned(),
        place: Some(ProblemPlace {
            line: u32::try_from(found.line).unwrap_or_default(),
            column: u32::try_from(found.column).unwrap_or_default(),
            path: found.path.clone(),
            ..ProblemPlace::default()
        }),
        what: Some(english(found.what.clone())),
        remedy: None,
    };
    let text = format!("the rule set has {} problems", problems.0.len());
    let all = problems.0.iter().map(problem).collect();
    Refusal::new(Reason::Unreadable, text).with_problems(all).into()
}
