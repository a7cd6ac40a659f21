//! Step 2, recognise: the envelope is opened, its sender is the caller and its signatures verify
//! with keys that are in use ([`Authentic`]); then its body becomes a [`Filing`].
//!
//! Between the two stands a difference for the sender: who is authentic gets a refusal recorded.

use std::collections::BTreeSet;

use barid_proto::enrolment::{KeyStep, StepError, verify_voucher};
use barid_proto::envelope::{self, EnvelopeError, Opened};
use barid_proto::key::{KeyId, PublicKey};
use barid_proto::tlog::EMPTY_ROOT;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{self, Reason, SignedEnvelope};
use prost::Message as _;

use super::carry::{Carried, carried};
use super::reject::Attempt;
use super::{Crafts, Hub};
use crate::error::{Error, Fault, Refusal};
use crate::identity::caller::Caller;
use crate::model::filing::{self, Filing};
use crate::model::id::{DocumentDigest, EnvelopeDigest, OfficeAddress, OnceKey};
use crate::model::row::FilingRow;
use crate::store::FilingKey;

/// Most bytes of documents within one request.
pub(super) const INLINE_MAX_BYTES: usize = 1024 * 1024;

/// What a submission turns out to be.
pub(super) enum Submission {
    /// The caller sent the same before, and it was sealed then.
    Again(Box<FilingRow>),
    /// It is new.
    New(Box<Authentic>),
}

/// An envelope that its sender signed, whatever it says.
pub(super) struct Authentic {
    sender: OfficeAddress,
    carried: Option<Carried>,
    signed: SignedEnvelope,
    opened: Opened,
    documents: Vec<v1::InlineDocument>,
    /// Whether one of the keys that signed was in use: a key that vouches for itself shows nothing.
    by_known_key: bool,
}

impl Authentic {
    /// What is recorded if it is refused. `None`: nothing.
    pub(super) fn attempt(&self) -> Option<Attempt> {
        self.by_known_key.then(|| Attempt {
            office: self.sender.clone(),
            carried_by: self.carried.as_ref().map(|carried| carried.by.clone()),
            digest: EnvelopeDigest::new(self.opened.digest()),
        })
    }
}

/// An envelope whose sender is who it says and whose body is well-formed.
pub(super) struct Recognised {
    /// The office that sent it.
    pub(super) sender: OfficeAddress,
    /// Who handed it in, when that was not its sender.
    pub(super) carried: Option<Carried>,
    /// The parsed body.
    pub(super) filing: Filing,
    /// The `SignedEnvelope`, serialised once for the store.
    pub(super) envelope: Vec<u8>,
    /// Its digest.
    pub(super) digest: EnvelopeDigest,
    /// SHA-256 of what was signed.
    pub(super) once_key: OnceKey,
    /// The first signer, whose sequence it is.
    pub(super) key_id: KeyId,
    /// All signers.
    pub(super) signers: Vec<KeyId>,
    /// What it does to a key, or why that cannot be said. `None`: it is no key event.
    pub(super) key_step: Option<Result<KeyStep, StepError>>,
    /// Documents that came along.
    pub(super) inline: Vec<v1::InlineDocument>,
}

impl Hub {
    /// Finds out whether a submission comes from whom it says.
    pub(super) async fn authenticate(
        &self,
        caller: &Caller,
        request: v1::SubmitRequest,
    ) -> Result<Submission, Error> {
        let caller = caller.clone();
        self.blocking(move |crafts| crafts.authenticate(&caller, request)).await
    }

    /// Recognises a submission.
    pub(super) async fn recognise(&self, authentic: Authentic) -> Result<Recognised, Error> {
        self.blocking(move |crafts| crafts.recognise(authentic)).await
    }
}

impl Crafts {
    fn authenticate(
        &self,
        caller: &Caller,
        request: v1::SubmitRequest,
    ) -> Result<Submission, Error> {
        let inline_bytes: usize = request.documents.iter().map(|one| one.content.len()).sum();
        if inline_bytes > INLINE_MAX_BYTES {
            return Err(Refusal::new(
                Reason::TooLarge,
                format!(
                    "the documents in the request have {inline_bytes} bytes, at most \
                     {INLINE_MAX_BYTES} are taken: upload them first"
                ),
            )
            .into());
        }
        let signed = request.envelope.ok_or_else(|| {
            Refusal::new(Reason::RequestInvalid, "the request has no envelope in it")
        })?;
        let opened = envelope::open(&signed).map_err(refuse_envelope)?;
        self.check_destination(&caller.office, &opened)?;
        let carried = carried(&caller.office, request.carriage)?;
        let sender = &self.sender_of(caller, carried.as_ref(), &opened)?;
        // Who brings its own stick to where there is a link carries for nobody.
        let carried = carried.filter(|carried| carried.by != *sender);
        // Before anything that may have changed since: a key that went out of use takes no receipt
        // along. Nobody learns of it but the sender and who carries for it, and has the envelope.
        let once_key = OnceKey::new(opened.once_only_key());
        if let Some(earlier) = self.store.filing(FilingKey::Once(once_key))? {
            return Ok(Submission::Again(Box::new(earlier)));
        }
        let keys = self.signing_keys(sender, &opened)?;
        opened.verify(&keys.iter().collect::<Vec<_>>()).map_err(refuse_envelope)?;
        self.check_voucher(caller, carried.as_ref(), &opened)?;
        let mut signers = opened.signatures.iter();
        let by_known_key =
            signers.any(|signed_by| self.keys.in_use(&signed_by.key_id, sender).is_ok());
        let documents = request.documents;
        let sender = sender.clone();
        let authentic = Authentic { sender, carried, signed, opened, documents, by_known_key };
        Ok(Submission::New(Box::new(authentic)))
    }

    fn recognise(&self, authentic: Authentic) -> Result<Recognised, Error> {
        let Authentic { sender, carried, signed, opened, documents, .. } = authentic;
        self.check_history(&sender, &opened.body)?;
        let filing = filing::parse(&opened.body).map_err(|problems| {
            let count = problems.len();
            Refusal::new(Reason::EnvelopeInvalid, format!("the envelope has {count} problems"))
                .with_problems(problems)
        })?;
        let inline = inline_documents(documents, &filing)?;
        if let Some(carried) = &carried {
            carried.check_named(&filing)?;
        }
        Ok(Recognised { carried, ..assemble(sender, filing, &signed, &opened, inline)? })
    }

    /// The envelope is for this hub, and handed in by an office of the directory.
    fn check_destination(&self, caller: &OfficeAddress, opened: &Opened) -> Result<(), Error> {
        if opened.body.hub_origin != self.log.origin() {
            let text = format!("the envelope is not for this hub, which is {}", self.log.origin());
            return Err(Refusal::new(Reason::WrongHub, text).into());
        }
        if !self.directory.knows(caller) {
            let text = format!("{caller} is not in the directory");
            return Err(Refusal::new(Reason::OfficeUnknown, text).into());
        }
        Ok(())
    }

    /// The keys that must have signed, in order: of a filing the sender's own; of a key event any
    /// of its institution's, and the key that the event brings into use. What each may do there,
    /// the rules for keys say.
    fn signing_keys(
        &self,
        caller: &OfficeAddress,
        opened: &Opened,
    ) -> Result<Vec<PublicKey>, Error> {
        let event = key_event(&opened.body);
        let added = event.and_then(added_key);
        let mut keys = Vec::with_capacity(opened.signatures.len());
        for signed_by in &opened.signatures {
            let id = signed_by.key_id;
            keys.push(match &added {
                Some(key) if key.id() == id => key.clone(),
                _ if event.is_some() => self.keys.of_institution(&id, caller)?,
                _ => self.keys.in_use(&id, caller)?,
            });
        }
        Ok(keys)
    }

    /// A certificate vouches for a key over a connection that it made itself: that it is genuine,
    /// not revoked and names the sender has been checked there.
    fn check_voucher(
        &self,
        caller: &Caller,
        carried: Option<&Carried>,
        opened: &Opened,
    ) -> Result<(), Error> {
        let Some(event) = key_event(&opened.body) else { return Ok(()) };
        let Some(voucher) = &event.voucher else { return Ok(()) };
        let refuse = |text: String| Error::from(Refusal::new(Reason::KeyNotVouchedFor, text));
        if carried.is_some() {
            let text = "a certificate vouches over its own connection: this cannot be carried";
            return Err(refuse(text.to_owned()));
        }
        if voucher.certificates.first() != Some(&caller.certificate) {
            let text = "the voucher's first certificate is not that of this connection";
            return Err(refuse(text.to_owned()));
        }
        let key = caller.certificate_key().map_err(|error| {
            refuse(format!(
                "the certificate's key: {error}; have another key vouch, or ask for a certificate \
                 with a P-256 or Ed25519 key"
            ))
        })?;
        verify_voucher(self.log.origin(), event, &key).map_err(|error| refuse(error.to_string()))
    }

    /// The newest checkpoint that the sender has verified is one of ours.
    fn check_history(&self, sender: &OfficeAddress, body: &v1::EnvelopeBody) -> Result<(), Error> {
        let Some(seen) = &body.last_seen else { return Ok(()) };
        // Signed whenever the hub starts with an empty log, and never stored.
        if seen.size == 0 && seen.root == EMPTY_ROOT {
            return Ok(());
        }
        let ours = self.store.head_at(seen.size)?;
        if ours.is_some_and(|head| head.root.as_slice() == seen.root.as_slice()) {
            return Ok(());
        }
        tracing::error!(
            %sender,
            size = seen.size,
        "a sender holds a checkpoint that this log never signed"
        );
        let text = format!(
            "the sender has verified a checkpoint of size {} that this log never signed",
            seen.size
        );
        Err(Refusal::new(Reason::HistoryDiffers, text).into())
    }
}

fn key_event(body: &v1::EnvelopeBody) -> Option<&v1::KeyEvent> {
    match body.content.as_ref()?.content.as_ref()? {
        Content::KeyEvent(event) => Some(event),
        _ => None,
    }
}

/// The key that an event brings into use. `None` for every other event.
fn added_key(event: &v1::KeyEvent) -> Option<PublicKey> {
    let adds = event.action == i32::from(v1::KeyAction::Add);
    if adds { PublicKey::from_spki(&event.spki).ok() } else { None }
}

/// The documents of the request, each once. All must be named by the envelope: what nobody signed
/// for is not worth a place on the disk.
fn inline_documents(
    mut documents: Vec<v1::InlineDocument>,
    filing: &Filing,
) -> Result<Vec<v1::InlineDocument>, Error> {
    let digests = documents.iter().map(|document| DocumentDigest::of(&document.content));
    let digests: Vec<_> = digests.collect();
    let named = |digest| filing.documents.iter().any(|known| known.digest == digest);
    if let Some(index) = digests.iter().position(|digest| !named(*digest)) {
        let text = format!("document {index} of the request is not one that the envelope names");
        return Err(Refusal::new(Reason::RequestInvalid, text).into());
    }
    let mut seen = BTreeSet::new();
    let mut digests = digests.into_iter();
    documents.retain(|_| digests.next().is_some_and(|digest| seen.insert(digest)));
    Ok(documents)
}

fn assemble(
    sender: OfficeAddress,
    filing: Filing,
    signed: &SignedEnvelope,
    opened: &Opened,
    inline: Vec<v1::InlineDocument>,
) -> Result<Recognised, Error> {
    let signers: Vec<KeyId> = opened.signatures.iter().map(|signed_by| signed_by.key_id).collect();
    let first = signers.first().ok_or_else(|| Fault::broken("an opened envelope has a signer"))?;
    Ok(Recognised {
        sender,
        carried: None,
        filing,
        envelope: signed.encode_to_vec(),
        digest: EnvelopeDigest::new(opened.digest()),
        once_key: OnceKey::new(opened.once_only_key()),
        key_id: *first,
        signers,
        key_step: key_event(&opened.body).map(|_| KeyStep::parse(opened)),
        inline,
    })
}

fn refuse_envelope(error: EnvelopeError) -> Box<Refusal> {
    let reason = match &error {
        EnvelopeError::Signature { .. } => Reason::SignatureInvalid,
        EnvelopeError::BodyLength(length) if *length > 0 => Reason::TooLarge,
        _ => Reason::EnvelopeMalformed,
    };
    Refusal::new(reason, error.to_string())
}
