//! Finding a sealed exhibit on a docket, and its key.

use barid_proto::envelope;
use barid_proto::sealed::wrap::{self, Bound};
use barid_proto::sealed::{DocumentKey, SealedError, UnsealingKey};
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{Address, CaseFile, EnvelopeBody, Exhibit, KeyWrap};

use super::super::{CaseName, Client, lacks};
use crate::error::{ClientError, EvidenceError, SealedFault};

/// A sealed exhibit as a docket has it.
pub(super) struct Found {
    /// What filings say about it: one, unless another filed the same bytes again.
    pub(super) exhibits: Vec<Exhibit>,
    /// The keys that travelled for it.
    offers: Vec<Offer>,
}

/// A wrap, and who sent it.
struct Offer {
    wrap: KeyWrap,
    sender: Address,
}

impl Client {
    /// What the docket of a case says about sealed exhibits, each filing verified.
    pub(super) async fn find_sealed(
        &self,
        name: CaseName,
        digests: &[[u8; 32]],
    ) -> Result<(CaseFile, Vec<Found>), ClientError> {
        let answer = self.case(name).await?;
        let case = answer.case.ok_or_else(|| lacks("case"))?;
        let mut entries = answer.entries;
        if (entries.len() as u64) < case.filings {
            entries = self.whole_docket(&case).await?;
        }
        let empty = || Found { exhibits: Vec::new(), offers: Vec::new() };
        let mut all: Vec<Found> = digests.iter().map(|_| empty()).collect();
        for entry in &entries {
            let filing = entry.filing.as_ref().and_then(|filing| filing.envelope.as_ref());
            let told = envelope::decode_body(&filing.ok_or_else(|| lacks("envelope"))?.body);
            let told = told.map_err(EvidenceError::from)?;
            if !digests.iter().any(|digest| concerns(&told, digest)) {
                continue;
            }
            let body = self.verify_line(entry).await?.body;
            for (found, digest) in all.iter_mut().zip(digests) {
                found.add(&body, digest);
            }
        }
        if all.iter().any(|found| found.exhibits.is_empty()) {
            return Err(SealedFault::NotInCase.into());
        }
        Ok((case, all))
    }
}

impl Found {
    fn add(&mut self, body: &EnvelopeBody, digest: &[u8; 32]) {
        self.exhibits.extend(exhibits(body, digest).cloned());
        let sender = body.sender.clone().unwrap_or_default();
        let offers =
            wraps(body, digest).map(|wrap| Offer { wrap: wrap.clone(), sender: sender.clone() });
        self.offers.extend(offers);
    }

    /// The key of the exhibit, by the keys that this office holds.
    pub(super) fn unwrap(
        &self,
        origin: &str,
        office: &Address,
        digest: &[u8; 32],
        keys: &[UnsealingKey],
    ) -> Result<(DocumentKey, &Exhibit), SealedFault> {
        let mut why = SealedFault::NotARecipient;
        for Offer { wrap, sender } in &self.offers {
            let recipient = wrap.recipient.clone().unwrap_or_default();
            let held = keys.iter().find(|key| key.id().as_bytes() == wrap.key_id.as_slice());
            let Some(held) = held else {
                let own = recipient.institution == office.institution
                    && (recipient.office == office.office || recipient.office.is_empty());
                if own && matches!(why, SealedFault::NotARecipient) {
                    why = SealedFault::KeyLost(crate::hex::encode(&wrap.key_id));
                }
                continue;
            };
            let bound = Bound { origin, sender, recipient: &recipient };
            let opened = wrap::unwrap(bound, wrap, held, digest);
            match opened.and_then(|key| Ok((self.fitting(&key)?, key))) {
                Ok((exhibit, key)) => return Ok((key, exhibit)),
                Err(error) => why = error.into(),
            }
        }
        Err(why)
    }

    /// The description of the exhibit that commits to this key.
    fn fitting(&self, key: &DocumentKey) -> Result<&Exhibit, SealedError> {
        let commitment = key.commitment()?;
        let fits = |exhibit: &&Exhibit| {
            exhibit.sealed.as_ref().is_some_and(|sealed| sealed.key_commitment == commitment)
        };
        self.exhibits.iter().find(fits).ok_or(SealedError::OtherKey)
    }
}

fn concerns(body: &EnvelopeBody, digest: &[u8; 32]) -> bool {
    exhibits(body, digest).next().is_some() || wraps(body, digest).next().is_some()
}

fn exhibits<'a>(body: &'a EnvelopeBody, digest: &'a [u8; 32]) -> impl Iterator<Item = &'a Exhibit> {
    let sealed = move |exhibit: &&Exhibit| exhibit.sealed.is_some() && exhibit.sha256 == digest;
    body.exhibits.iter().filter(sealed)
}

fn wraps<'a>(body: &'a EnvelopeBody, digest: &'a [u8; 32]) -> impl Iterator<Item = &'a KeyWrap> {
    let granted = match body.content.as_ref().and_then(|content| content.content.as_ref()) {
        Some(Content::AccessGranted(granted)) => granted.wraps.as_slice(),
        _ => &[],
    };
    let all = body.wraps.iter().chain(granted);
    all.filter(move |wrap| wrap.keys.iter().any(|key| key.sha256 == digest))
}
