//! The documents that filings name: here, left out, destroyed, or not what they should be.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use barid_proto::tlog::Hash;
use barid_proto::v1::filing_content::Content;

use super::super::finding::Code;
use super::super::report::{ProvenDocument, ProvenFiling};
use super::{Examiner, Place};

impl Examiner<'_> {
    pub(super) fn named(&self, place: &Place) -> Vec<ProvenDocument> {
        let body = &place.opened.body;
        let lead = body.lead.iter().map(|lead| (&lead.name, &lead.sha256));
        let exhibits = body.exhibits.iter().map(|exhibit| (&exhibit.title, &exhibit.sha256));
        let present: HashMap<&Hash, &Hash> =
            self.bundle.documents.iter().map(|given| (&given.name, &given.found)).collect();
        let named = lead.chain(exhibits).filter_map(|(name, digest)| {
            let sha256: Hash = digest.as_slice().try_into().ok()?;
            let present = present.get(&sha256) == Some(&&sha256);
            Some(ProvenDocument { name: name.clone(), sha256, present, destroyed: None })
        });
        named.collect()
    }

    pub(super) fn documents(&mut self, filings: &mut [ProvenFiling]) {
        mark_destroyed(filings);
        let bundle = self.bundle;
        let named = bundle.named_documents();
        for given in &bundle.documents {
            let at = format!("documents/{}", crate::hex::encode(&given.name));
            if given.found != given.name {
                let found = crate::hex::encode(&given.found);
                self.find(&at, Code::DocumentWrong, format!("its digest is {found}"));
            }
            if !named.contains(&given.name) {
                self.find(&at, Code::DocumentForeign, String::new());
            }
        }
        let here: BTreeSet<&Hash> = bundle.documents.iter().map(|given| &given.name).collect();
        for filing in filings {
            for absent in filing.documents.iter().filter(|own| !here.contains(&own.sha256)) {
                let (code, detail) = match absent.destroyed {
                    None => (Code::DocumentAbsent, absent.name.clone()),
                    Some(leaf) => {
                        (Code::DocumentDestroyed, format!("{}: by leaf {leaf}", absent.name))
                    }
                };
                self.find(&filing.place, code, detail);
            }
        }
    }
}

/// Notes of each document the first filing that destroyed it, which belongs to the same case.
fn mark_destroyed(filings: &mut [ProvenFiling]) {
    let mut destroyed: BTreeMap<Hash, u64> = BTreeMap::new();
    for filing in &*filings {
        let content = filing.body.content.as_ref().and_then(|content| content.content.as_ref());
        let Some(Content::DocumentsDestroyed(said)) = content else { continue };
        for digest in said.documents.iter().filter_map(|digest| digest.as_slice().try_into().ok()) {
            let first = destroyed.entry(digest).or_insert(filing.leaf_index);
            *first = filing.leaf_index.min(*first);
        }
    }
    for document in filings.iter_mut().flat_map(|filing| &mut filing.documents) {
        document.destroyed = destroyed.get(&document.sha256).copied();
    }
}
