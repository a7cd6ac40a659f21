//! Where there is a link: what others have signed is handed in for them.

use std::path::{Path, PathBuf};

use barid_proto::envelope;
use barid_proto::tlog::Hash;
use barid_proto::v1::{
    Carriage, FilingKind, Reason, Receipt, SignedEnvelope, StickHead, StickOutcome, StickWay,
    SubmitRequest, SubmitResponse,
};
use prost::Message as _;

use super::super::Client;
use super::{Named, beside, join_all, named_in};
use crate::disk;
use crate::error::{ClientError, EvidenceError};
use crate::hex;
use crate::refusal::Refusal;
use crate::stick::lock::Opener;
use crate::stick::{Loaded, Pieces, StickError, read};

/// What was handed in.
#[derive(Debug, Clone)]
pub struct Delivered {
    /// The head of the stick.
    pub head: StickHead,
    /// What became of each envelope, in the order of sending.
    pub outcomes: Vec<Outcome>,
    /// Documents of which all is here, and of which parts are missing.
    pub documents: (usize, usize),
}

/// What became of one envelope.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Its digest.
    pub digest: Hash,
    /// What it is.
    pub kind: FilingKind,
    /// Its number in its sender's chain.
    pub sequence: u64,
    /// What became of it.
    pub fate: Fate,
}

/// What became of an envelope that was carried.
#[derive(Debug, Clone)]
pub enum Fate {
    /// The hub has it.
    Filed {
        /// Its receipt, which its sender verifies.
        receipt: Box<Receipt>,
        /// It was there before.
        repeated: bool,
    },
    /// The hub has it, and its receipt waits for witnesses: ask again.
    Unwitnessed,
    /// The hub refused it.
    Refused(Box<Refusal>),
    /// It was not handed in, because one before it did not get through.
    Waits,
}

impl Client {
    /// Hands in what is on a stick, for the office that signed it. The same stick again is as good
    /// as once.
    ///
    /// # Errors
    /// Any [`StickError`]; with [`ClientError::Unreachable`] the stick is as good as before.
    pub async fn deliver_stick(
        &self,
        path: &Path,
        opener: &Opener,
    ) -> Result<Delivered, StickError> {
        let pieces = Pieces::open(&self.carrying_folder().join("documents"))?;
        let loaded = self.load_stick(path, opener, &pieces, StickWay::ToHub).await?;
        let mut opened = Vec::with_capacity(loaded.envelopes.len());
        for signed in loaded.envelopes {
            let read = envelope::open(&signed).map_err(EvidenceError::from);
            let read = read.map_err(ClientError::from)?;
            if read.body.sender != loaded.head.office {
                let office = read.body.sender.unwrap_or_default();
                return Err(StickError::OtherOffice { office });
            }
            opened.push((signed, read));
        }
        let named: Vec<Named> = opened.iter().flat_map(|(_, read)| named_in(&read.body)).collect();
        let joining = pieces.clone();
        let documents = beside(move || join_all(&joining, &named)).await?;
        let (mut outcomes, mut stopped) = (Vec::new(), false);
        for (signed, read) in opened {
            let digest = read.digest();
            let named = named_in(&read.body);
            let fate = match stopped {
                true => Fate::Waits,
                false => self.hand_in(digest, signed, &named, &pieces).await?,
            };
            stopped = match &fate {
                Fate::Refused(refusal) => !refusal.is_final(),
                fate => matches!(fate, Fate::Waits),
            };
            if matches!(fate, Fate::Filed { .. }) {
                named.iter().try_for_each(|document| pieces.forget(&document.sha256))?;
            }
            let (kind, sequence) = (read.body.kind(), read.body.sender_sequence);
            outcomes.push(Outcome { digest, kind, sequence, fate });
        }
        Ok(Delivered { head: loaded.head, outcomes, documents })
    }

    /// Reads a stick that goes this way, for this hub.
    pub(super) async fn load_stick(
        &self,
        path: &Path,
        opener: &Opener,
        pieces: &Pieces,
        way: StickWay,
    ) -> Result<Loaded, StickError> {
        let (path, opener, pieces) = (path.to_owned(), opener.clone(), pieces.clone());
        let loaded = beside(move || read(&path, &opener, &pieces)).await?;
        let head = &loaded.head;
        if head.way() != way {
            return Err(StickError::OtherWay { way: head.way() });
        }
        if head.hub_origin != *self.origin {
            let (found, own) = (head.hub_origin.clone(), self.origin.to_string());
            return Err(StickError::OtherHub { found, own });
        }
        Ok(loaded)
    }

    /// One envelope, with what came along.
    async fn hand_in(
        &self,
        digest: Hash,
        signed: SignedEnvelope,
        named: &[Named],
        pieces: &Pieces,
    ) -> Result<Fate, StickError> {
        if let Some(refusal) = self.refused_before(&digest)? {
            return Ok(Fate::Refused(Box::new(refusal)));
        }
        let mut came = Vec::new();
        for document in named {
            let Some(path) = pieces.whole(&document.sha256) else { continue };
            match self.upload(&path, &mut |_, _| {}).await {
                Ok(_) => came.push(document.sha256.to_vec()),
                Err(ClientError::Refused(refusal)) => return Ok(Fate::Refused(refusal)),
                Err(error) => return Err(error.into()),
            }
        }
        let body = envelope::decode_body(&signed.body).unwrap_or_default();
        let request = SubmitRequest {
            envelope: Some(signed),
            documents: Vec::new(),
            carriage: Some(Carriage { document_sha256s: came }),
        };
        match self.knock(body.kind(), request).await {
            Ok(SubmitResponse { receipt: Some(receipt), repeated_submission, .. }) => {
                Ok(Fate::Filed { receipt: Box::new(receipt), repeated: repeated_submission })
            }
            Ok(_) => Ok(Fate::Unwitnessed),
            Err(ClientError::Refused(refusal)) => {
                self.remember_refused(&digest, &refusal)?;
                Ok(Fate::Refused(refusal))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// What was refused for good, and stated so in the log, is not handed in once more: its sender
    /// goes on behind it when it hears of that, and it must not be taken in after all.
    fn remember_refused(&self, digest: &Hash, refusal: &Refusal) -> Result<(), StickError> {
        let Some(leaf) = refusal.rejection_leaf else { return Ok(()) };
        let kept = StickOutcome {
            envelope_digest: leaf.to_be_bytes().to_vec(),
            reason: u32::try_from(i32::from(refusal.reason)).unwrap_or_default(),
            text: refusal.text.clone(),
            ..StickOutcome::default()
        };
        let place = self.refused_place(digest)?;
        Ok(disk::replace(&place, &kept.encode_to_vec())?)
    }

    fn refused_before(&self, digest: &Hash) -> Result<Option<Refusal>, StickError> {
        let Some(bytes) = disk::read_if_there(&self.refused_place(digest)?)? else {
            return Ok(None);
        };
        let Ok(kept) = StickOutcome::decode(bytes.as_slice()) else { return Ok(None) };
        let leaf = kept.envelope_digest.as_slice().try_into().ok().map(u64::from_be_bytes);
        let reason = i32::try_from(kept.reason).ok().and_then(|n| Reason::try_from(n).ok());
        Ok(Some(Refusal {
            reason: reason.unwrap_or_default(),
            text: kept.text,
            problems: Vec::new(),
            expected_link: None,
            rejection_leaf: leaf,
            correlation_id: String::new(),
            retry_after: None,
        }))
    }

    fn refused_place(&self, digest: &Hash) -> Result<PathBuf, StickError> {
        let folder = self.carrying_folder().join("refused");
        disk::make_folder(&folder)?;
        Ok(folder.join(hex::encode(digest)))
    }
}
