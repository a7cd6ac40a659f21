//! Which rule sets a verifier knows: those it was given, and those that somebody published in the
//! log and whose text is in the bundle.

use std::collections::BTreeMap;
use std::sync::Arc;

use barid_proto::rules::{Catalogue, Found, RuleSet};
use barid_proto::tlog::Hash;
use barid_proto::v1::filing_content::Content;
use sha2::{Digest as _, Sha256};

use super::report::{ProvenFiling, RulesSource};
use crate::bundle::{Bundle, DocumentBytes, content};

/// The rule sets.
pub(super) struct KnownRules {
    catalogue: Catalogue,
    /// Who published those that the verifier was not given, by their digest.
    published: BTreeMap<Hash, RulesSource>,
    /// What is wrong with a text that was published, by its digest.
    wrong: BTreeMap<Hash, String>,
}

impl KnownRules {
    /// Those that are given, and those that one of these filings publishes. A text that is only in
    /// the bundle counts for nothing: whoever made that could have written it.
    pub(super) fn new<'a>(
        given: &Catalogue,
        bundle: &Bundle,
        filings: impl Iterator<Item = &'a ProvenFiling>,
    ) -> Self {
        let mut known =
            Self { catalogue: given.clone(), published: BTreeMap::new(), wrong: BTreeMap::new() };
        let mut texts = BTreeMap::new();
        for filing in filings.filter(|filing| !filing.signers.is_empty()) {
            let said = content(&filing.body, filing.assessment.as_ref());
            let Some(Content::RuleSetPublished(published)) = said else { continue };
            let Ok(digest) = Hash::try_from(published.sha256.as_slice()) else { continue };
            let Some(text) = text_of(bundle, &digest) else { continue };
            if known.by_digest(&digest).is_none() && texts.insert(digest, text).is_none() {
                let by = filing.body.sender.clone().unwrap_or_default();
                let source = RulesSource::Published { by, leaf_index: filing.leaf_index };
                known.published.insert(digest, source);
            }
        }
        known.read(texts);
        known
    }

    /// Takes texts in, each when those that it builds on are known.
    fn read(&mut self, mut texts: BTreeMap<Hash, Result<&str, String>>) {
        loop {
            let before = texts.len();
            texts.retain(|digest, text| {
                let read = text.clone().and_then(|text| {
                    self.catalogue.add(text).map(drop).map_err(|problems| problems.to_string())
                });
                match read {
                    Ok(()) => self.wrong.remove(digest),
                    Err(why) => self.wrong.insert(*digest, why),
                };
                self.wrong.contains_key(digest)
            });
            if texts.len() == before || texts.is_empty() {
                break;
            }
        }
    }

    /// The rule set whose text has this digest.
    pub(super) fn by_digest(&self, digest: &[u8]) -> Option<&Arc<RuleSet>> {
        self.catalogue.all().find(|set| set.sha256 == digest)
    }

    /// The rule set of a name, its newest version when the name has none.
    pub(super) fn of_name(&self, name: &str) -> Option<Arc<RuleSet>> {
        match self.catalogue.find(name) {
            Found::One(set) => Some(set),
            Found::Unknown | Found::Several(_) => None,
        }
    }

    /// The digest under which a name is known here.
    pub(super) fn digest_of(&self, name: &str) -> Option<Hash> {
        match self.catalogue.find(name) {
            Found::One(set) if set.name() == name => Some(set.sha256),
            _ => None,
        }
    }

    /// What is wrong with the text of this digest, when one was published.
    pub(super) fn wrong(&self, digest: &[u8]) -> Option<&str> {
        let found = self.wrong.iter().find(|(known, _)| known[..] == *digest);
        found.map(|(_, why)| why.as_str())
    }

    /// Where a rule set comes from.
    pub(super) fn source(&self, digest: &Hash) -> RulesSource {
        self.published.get(digest).cloned().unwrap_or(RulesSource::Given)
    }
}

/// The text of a digest, when the bundle has it; or why its bytes are no text.
fn text_of<'a>(bundle: &'a Bundle, digest: &Hash) -> Option<Result<&'a str, String>> {
    let bytes = bytes_of(bundle, digest)?;
    Some(std::str::from_utf8(bytes).map_err(|error| error.to_string()))
}

/// The bytes of a document, when they are here and are those of its digest.
pub(super) fn bytes_of<'a>(bundle: &'a Bundle, digest: &Hash) -> Option<&'a [u8]> {
    match &bundle.documents.iter().find(|one| one.name == *digest)?.bytes {
        DocumentBytes::Memory(bytes) if Sha256::digest(bytes)[..] == *digest => Some(bytes),
        DocumentBytes::Memory(_) | DocumentBytes::Disk(_) | DocumentBytes::Passed => None,
    }
}
