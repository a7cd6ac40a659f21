//! Looking at the documents of a filing: what they are by their bytes, beside what their sender
//! says. It informs people and refuses nothing.
//!
//! A document is looked at as soon as its upload is complete, so that a filing rarely waits; what
//! was found is kept in memory for the filing to come. It is kept for each institution apart: how
//! soon an answer comes must not tell one what another has filed.

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use barid_look::{Look, Mark, Media, VERSION, Verdict, wording};
use barid_proto::explain::Language;
use barid_proto::v1::{Assessment, AssessmentFinding, AssessmentInput, Rendering, Text};
use futures::{StreamExt as _, stream};
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout_at};

use super::recognise::Recognised;
use super::{Crafts, Hub, run_blocking};
use crate::format::Looker;
use crate::model::filing::Claim;
use crate::model::id::{DocumentDigest, InstitutionId, OfficeAddress};

/// Longest that a filing waits for all its documents to be looked at; what is not ready is said not
/// to be. Less than the two seconds for which the log lets the next envelope of the same key wait
/// for this one.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// Documents of one filing that are looked at at the same time: an institution has half of the
/// looker's places.
const AT_ONCE: usize = 2;

/// Most answers that are kept for the filings to come: 32 filings of the most exhibits.
const KNOWN_MAX: usize = 8_192;

/// Most uploaded documents that wait to be looked at before a filing names them. Of more, each is
/// looked at when it is named.
const AHEAD_MAX: usize = 32;

/// Subject of the assessments.
const SUBJECT: &str = "document";

/// A document of a filing, what its sender says it is, and what was found.
#[derive(Debug, Clone)]
pub(super) struct Looked {
    claim: Claim,
    digest: DocumentDigest,
    look: Look,
}

/// What looks at documents, and what it found before.
pub(super) struct Looks {
    looker: Looker,
    known: Mutex<Known>,
    ahead: Arc<Semaphore>,
}

type Name = (InstitutionId, DocumentDigest);

/// Answers, the oldest of which goes when there are too many.
#[derive(Default)]
struct Known {
    looks: BTreeMap<Name, Look>,
    order: VecDeque<Name>,
}

impl Known {
    fn insert(&mut self, name: Name, look: Look) {
        if self.looks.insert(name.clone(), look).is_none() {
            self.order.push_back(name);
        }
        if self.order.len() > KNOWN_MAX
            && let Some(oldest) = self.order.pop_front()
        {
            self.looks.remove(&oldest);
        }
    }
}

impl Looks {
    pub(super) fn new(looker: Looker) -> Self {
        Self { looker, known: Mutex::default(), ahead: Arc::new(Semaphore::new(AHEAD_MAX)) }
    }

    fn known(&self, name: &Name) -> Option<Look> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.looks.get(name).cloned()
    }

    fn keep(&self, name: Name, look: &Look) {
        // What may be found out later is not kept.
        if !look.marks.contains(&Mark::NoLooker) {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            known.insert(name, look.clone());
        }
    }
}

/// All that looking at one document takes; goes on when nobody waits for it any more.
#[derive(Clone)]
struct Looking {
    crafts: Arc<Crafts>,
    blocking: Arc<Semaphore>,
}

impl Hub {
    fn looking(&self) -> Looking {
        Looking { crafts: Arc::clone(&self.crafts), blocking: Arc::clone(&self.blocking) }
    }

    /// Looks at the documents of a filing, for a bounded time in all.
    pub(super) async fn look_at(&self, recognised: &Recognised) -> Vec<Looked> {
        let filing = &recognised.filing;
        let deadline = Instant::now() + PATIENCE;
        let digests = filing.documents.iter().map(|document| document.digest);
        let looked: Vec<_> = digests
            .zip(filing.claims.iter().cloned())
            .map(|(digest, claim)| {
                self.looking().looked(deadline, recognised.sender.clone(), digest, claim)
            })
            .collect();
        stream::iter(looked).buffered(AT_ONCE).collect().await
    }

    /// Looks at a document that was uploaded just now, when there is time; nobody waits for it.
    pub(super) fn look_ahead(&self, office: OfficeAddress, digest: DocumentDigest) {
        let Ok(place) = Arc::clone(&self.crafts.looks.ahead).try_acquire_owned() else { return };
        let looking = self.looking();
        tokio::spawn(async move {
            looking.look_at(office, digest).await;
            drop(place);
        });
    }
}

impl Looking {
    async fn looked(
        self,
        deadline: Instant,
        office: OfficeAddress,
        digest: DocumentDigest,
        claim: Claim,
    ) -> Looked {
        let look = match claim.sealed {
            true => Look::of(Media::Unknown).with(Mark::Sealed),
            false => self.within(deadline, office, digest).await,
        };
        Looked { claim, digest, look }
    }

    /// What was found before `deadline`. A look that takes longer goes on, for who asks again.
    async fn within(
        self,
        deadline: Instant,
        office: OfficeAddress,
        digest: DocumentDigest,
    ) -> Look {
        let name = (office.institution.clone(), digest);
        if let Some(look) = self.crafts.looks.known(&name) {
            return look;
        }
        let not_in_time = || Look::of(Media::Unknown).with(Mark::NotInTime);
        if Instant::now() >= deadline {
            return not_in_time();
        }
        let looking = tokio::spawn(self.look_at(office, digest));
        match timeout_at(deadline, looking).await {
            Ok(Ok(Some(look))) => look,
            Ok(Ok(None) | Err(_)) => Look::of(Media::Unknown).with(Mark::NoLooker),
            Err(_) => not_in_time(),
        }
    }

    /// `None`: the document could not be read; whoever judges the filing says why.
    async fn look_at(self, office: OfficeAddress, digest: DocumentDigest) -> Option<Look> {
        let turn = self.crafts.looks.looker.turn(office.institution.as_str()).await?;
        let name = (office.institution.clone(), digest);
        // Another may have looked while this one waited.
        if let Some(look) = self.crafts.looks.known(&name) {
            return Some(look);
        }
        let Self { crafts, blocking } = self;
        let opening = run_blocking(Arc::clone(&crafts), blocking, move |crafts| {
            let document = crafts.nameable(digest, &office)?;
            Ok(document.map(|document| crafts.documents.read(&document)).transpose()?)
        });
        let document = match opening.await {
            Ok(opened) => opened?,
            Err(error) => {
                tracing::error!(%error, %digest, "a document cannot be read to be looked at");
                return None;
            }
        };
        let size = document.size();
        let read = move |at| match document.rest_of_chunk(at) {
            Ok(bytes) => Ok(bytes.to_vec()),
            Err(fault) => Err(io::Error::other(fault.chain())),
        };
        let look = turn.look(size, read).await;
        crafts.looks.keep(name, &look);
        Some(look)
    }
}

/// An assessment for each document.
pub(super) fn assessments(looked: &[Looked]) -> impl Iterator<Item = Assessment> {
    looked.iter().map(|one| Assessment {
        subject: SUBJECT.to_owned(),
        finding: finding(&one.claim, &one.look).into(),
        explanation: Some(explained(&one.claim, &one.look)),
        inputs: inputs(one),
        ..Assessment::default()
    })
}

fn finding(claim: &Claim, look: &Look) -> AssessmentFinding {
    match look.verdict(&claim.media_type) {
        Verdict::InOrder => AssessmentFinding::InOrder,
        Verdict::OutOfOrder => AssessmentFinding::OutOfOrder,
        Verdict::Undecided => AssessmentFinding::Undecided,
    }
}

fn explained(claim: &Claim, look: &Look) -> Text {
    let rendering = |language: Language| Rendering {
        language: language.tag().to_owned(),
        text: wording::told_of(language, claim.number.as_deref(), &claim.media_type, look),
    };
    Text { renderings: Language::ALL.map(rendering).into(), authoritative: String::new() }
}

/// What was looked at and what was found, for programs.
fn inputs(looked: &Looked) -> Vec<AssessmentInput> {
    let Looked { claim, digest, look } = looked;
    let mut inputs = Vec::new();
    let mut add = |name: &str, value: String| {
        inputs.push(AssessmentInput { name: name.to_owned(), value });
    };
    add("document", claim.number.clone().unwrap_or_else(|| "lead".to_owned()));
    add("sha256", digest.to_string());
    add("claimed", claim.media_type.clone());
    add("found", look.media.media_type().to_owned());
    for (name, number) in [
        ("pages", look.pages.map(u64::from)),
        ("pages-looked-at", look.pdf.map(|pdf| pdf.pages_looked_at.into())),
        ("pages-with-text", look.pdf.map(|pdf| pdf.pages_with_text.into())),
        ("pdf-version-tenths", look.pdf.and_then(|pdf| pdf.version_tenths).map(u64::from)),
        ("width", look.picture.map(|picture| picture.width)),
        ("height", look.picture.map(|picture| picture.height)),
        ("orientation", look.picture.and_then(|picture| picture.orientation).map(u64::from)),
        ("parts", look.contents.map(|contents| contents.parts)),
        ("unpacked-bytes", look.contents.map(|contents| contents.unpacked_bytes)),
    ] {
        if let Some(number) = number {
            add(name, number.to_string());
        }
    }
    for mark in &look.marks {
        add("mark", mark.code().to_owned());
    }
    add("looker", VERSION.to_string());
    inputs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(number: u32) -> Name {
        let mut digest = [0; 32];
        digest.iter_mut().zip(number.to_be_bytes()).for_each(|(to, byte)| *to = byte);
        (InstitutionId::new("alpha").unwrap(), DocumentDigest::from_slice(&digest).unwrap())
    }

    #[test]
    fn the_oldest_answer_goes_when_there_are_too_many() {
        let mut known = Known::default();
        let count = u32::try_from(KNOWN_MAX).unwrap();
        for number in 0..count {
            known.insert(name(number), Look::of(Media::Pdf));
            known.insert(name(number), Look::of(Media::Pdf));
        }
        assert_eq!((known.looks.len(), known.order.len()), (KNOWN_MAX, KNOWN_MAX));
        known.insert(name(count), Look::of(Media::Png));
        assert_eq!((known.looks.len(), known.order.len()), (KNOWN_MAX, KNOWN_MAX));
        assert!(!known.looks.contains_key(&name(0)) && known.looks.contains_key(&name(1)));
    }

    #[test]
    fn an_assessment_names_the_document_what_is_claimed_and_what_was_found() {
        let claim =
            Claim { number: Some("3".into()), media_type: "application/pdf".into(), sealed: false };
        let (_, digest) = name(1);
        let look = Look::of(Media::Zip).with(Mark::Bomb);
        let one = Looked { claim, digest, look };
        let assessment = assessments(&[one]).next().unwrap();
        assert_eq!(assessment.finding(), AssessmentFinding::OutOfOrder);
        let inputs = assessment.inputs.iter().map(|one| (one.name.as_str(), one.value.as_str()));
        let inputs: Vec<_> = inputs.filter(|(name, _)| *name != "sha256").collect();
        let version = VERSION.to_string();
        let expected = [
            ("document", "3"),
            ("claimed", "application/pdf"),
            ("found", "application/zip"),
            ("mark", "bomb"),
            ("looker", &version),
        ];
        assert_eq!(inputs, expected);
        let explanation = assessment.explanation.unwrap();
        let english = explanation.renderings.iter().find(|one| one.language == "en").unwrap();
        let told = "exhibit 3: is ZIP, and not application/pdf as it says; ";
        assert!(english.text.starts_with(told), "{}", english.text);
    }
}
