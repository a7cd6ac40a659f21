//! A filing that cannot be malformed.
//!
//! [`parse`] is the one way from an envelope's body to a [`Filing`], and it reports everything that
//! is wrong with the body at once. What it leaves open: what the content says ([`super::content`]),
//! whether the sender is who the certificate says, whether the case exists, whether the documents
//! are held.

use std::collections::BTreeSet;

use barid_proto::v1::{self, EnvelopeBody, Problem};

use super::content::{access, retention};
use super::id::{CaseId, DocumentDigest, EnvelopeDigest, EnvelopeId, InstitutionId};
use super::place::Checker;
use super::row::{DocketNumberRow, DocumentRow};

/// Most recipients of one filing.
pub const RECIPIENTS_MAX: usize = 64;

/// Most exhibits of one filing.
pub const EXHIBITS_MAX: usize = 256;

/// Most docket numbers that one filing names.
pub const DOCKET_NUMBERS_MAX: usize = 64;

/// A filing, parsed.
#[derive(Debug, Clone)]
pub struct Filing {
    /// The sender's identifier.
    pub envelope_id: EnvelopeId,
    /// What it is.
    pub kind: v1::FilingKind,
    /// The sender, as the envelope names it.
    pub sender: v1::Address,
    /// To whom, as the envelope names them.
    pub recipients: Vec<v1::Address>,
    /// The case.
    pub case: CaseSelector,
    /// The envelope it answers.
    pub in_reply_to: Option<EnvelopeDigest>,
    /// Place in the key's sequence.
    pub sequence: u64,
    /// Digest of the envelope before.
    pub previous_digest: [u8; 32],
    /// Not to be accepted after this instant; 0: no limit.
    pub not_after_ms: u64,
    /// By when the sender needs the recipients' answers; 0: not said.
    pub answer_by_ms: u64,
    /// Blinds digests.
    pub nonce: [u8; 32],
    /// Last checkpoint the sender has seen: size and root.
    pub last_seen: Option<(u64, [u8; 32])>,
    /// The stamp of the first office.
    pub stamp: Option<v1::Stamp>,
    /// Lead document.
    pub lead: Option<Lead>,
    /// Every document it names as it describes them, lead first.
    pub documents: Vec<DocumentRow>,
    /// Keys of its sealed exhibits.
    pub wraps: Vec<v1::KeyWrap>,
    /// Originals of which its exhibits are redacted versions, each with the exhibit's place.
    pub redacted: Vec<(usize, DocumentDigest)>,
    /// What each of these is, as the sender says, in the same order.
    pub claims: Vec<Claim>,
    /// Procedure, or empty.
    pub procedure_id: String,
    /// Rule set, or empty.
    pub rule_set_id: String,
    /// Election event, or empty.
    pub election_event_id: String,
    /// Whether it is for the sender and the addressed offices only.
    pub restricted: bool,
    /// Class of data.
    pub data_class: v1::DataClass,
    /// Ready-made content. `None`: a format reads it from the lead document.
    pub content: Option<v1::FilingContent>,
}

/// The lead document of a filing.
#[derive(Debug, Clone)]
pub struct Lead {
    /// The format that reads it.
    pub format: String,
    /// Its digest.
    pub digest: DocumentDigest,
    /// Its length in bytes.
    pub size: u64,
}

/// What a sender says about a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its number among the exhibits. `None`: it is the lead document.
    pub number: Option<String>,
    /// Its media type.
    pub media_type: String,
    /// Whether it is encrypted to the recipients.
    pub sealed: bool,
}

/// How a filing names its case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseSelector {
    /// By identifier.
    pub id: Option<CaseId>,
    /// By docket numbers, or additional to the identifier.
    pub numbers: Vec<DocketNumberRow>,
}

/// Parses a body.
///
/// # Errors
/// All problems of the body, each with the path of its field.
pub fn parse(body: &EnvelopeBody) -> Result<Filing, Vec<Problem>> {
    let mut checker = Checker::new();
    check_identity(&mut checker, body);
    check_parties(&mut checker, body);
    check_case(&mut checker, body.case.as_ref());
    check_papers(&mut checker, body);
    check_words(&mut checker, body);
    check_content(&mut checker, body);
    let filing = assemble(body);
    let problems = checker.into_problems();
    match filing {
        Some(filing) if problems.is_empty() => Ok(filing),
        // Whatever keeps a filing from being assembled was found by a check above.
        _ => Err(problems),
    }
}

fn check_identity(checker: &mut Checker, body: &EnvelopeBody) {
    if body.envelope_id.len() != 16 {
        let length = body.envelope_id.len();
        checker.wrong("envelope_id", "length", format!("has {length} bytes, not 16"));
    } else if body.envelope_id.iter().all(|byte| *byte == 0) {
        checker.wrong("envelope_id", "zero", "must be an identifier of its own, not zero bytes");
    }
    if body.nonce.len() != 32 {
        checker.wrong("nonce", "length", format!("has {} bytes, not 32", body.nonce.len()));
    }
    if !matches!(body.causation_id.len(), 0 | 16) {
        checker.wrong("causation_id", "length", "has neither 0 nor 16 bytes");
    }
    if body.sender_sequence == 0 {
        checker.wrong("sender_sequence", "missing", "sequences begin with 1");
    }
    checker.digest("previous_digest", &body.previous_digest);
    checker.known::<v1::FilingKind>("kind", body.kind);
    for (name, instant) in [
        ("created_at_unix_ms", body.created_at_unix_ms),
        ("not_after_unix_ms", body.not_after_unix_ms),
        ("receipt_required_by_unix_ms", body.receipt_required_by_unix_ms),
    ] {
        if instant < 0 {
            checker.wrong(name, "negative", "is before 1970");
        }
    }
    checker.maybe("last_seen", body.last_seen.as_ref(), |checker, seen| {
        checker.digest("root", &seen.root);
    });
    checker.maybe("in_reply_to", body.in_reply_to.as_ref(), |checker, reference| {
        checker.digest("digest", &reference.digest);
    });
}

fn check_parties(checker: &mut Checker, body: &EnvelopeBody) {
    checker.needed("sender", body.sender.as_ref(), |checker, sender| {
        checker.needed_line("institution", &sender.institution);
        checker.needed_line("office", &sender.office);
    });
    checker.maybe("officer", body.officer.as_ref(), |checker, officer| {
        checker.line("name", &officer.name);
        checker.line("officer_id", &officer.officer_id);
        checker.known::<v1::OfficerRole>("role", officer.role);
    });
    checker.each("recipients", &body.recipients, RECIPIENTS_MAX, |checker, recipient| {
        checker.needed_line("institution", &recipient.institution);
        checker.line("office", &recipient.office);
    });
    let in_order = body.recipients.is_sorted_by(|left, right| {
        (&left.institution, &left.office) < (&right.institution, &right.office)
    });
    if !in_order {
        checker.wrong(
            "recipients",
            "order",
            "must be sorted by institution and office, none twice",
        );
    }
}

fn check_case(checker: &mut Checker, case: Option<&v1::CaseReference>) {
    checker.maybe("case", case, |checker, case| {
        if !matches!(case.case_id.len(), 0 | 16) {
            checker.wrong("case_id", "length", "has neither 0 nor 16 bytes");
        }
        checker.each(
            "docket_numbers",
            &case.docket_numbers,
            DOCKET_NUMBERS_MAX,
            |checker, number| {
                checker.docket_number_here(number);
                if InstitutionId::new(&number.institution).is_none() {
                    checker.wrong("institution", "name", "is no identifier: 1 to 32 of a-z 0-9 -");
                }
            },
        );
    });
}

fn check_papers(checker: &mut Checker, body: &EnvelopeBody) {
    checker.maybe("lead", body.lead.as_ref(), |checker, lead| {
        checker.needed_line("format", &lead.format);
        check_paper(checker, &lead.name, &lead.media_type, lead.size_bytes, &lead.sha256);
        check_root(checker, &lead.chunk_root);
    });
    let mut numbers = BTreeSet::new();
    checker.each("exhibits", &body.exhibits, EXHIBITS_MAX, |checker, exhibit| {
        checker.identifier("number", &exhibit.number, 32);
        if !numbers.insert(exhibit.number.clone()) {
            checker.wrong("number", "twice", "is the number of another exhibit of this filing");
        }
        checker.known_or_none::<v1::PaperKind>("paper_kind", exhibit.paper_kind);
        checker.line("origin", &exhibit.origin);
        let (name, media) = (&exhibit.title, &exhibit.media_type);
        check_paper(checker, name, media, exhibit.size_bytes, &exhibit.sha256);
        check_root(checker, &exhibit.chunk_root);
        access::sealed_exhibit(checker, exhibit);
        retention::redaction(checker, exhibit);
    });
    access::sealing(checker, body);
}

/// Senders that do not compute it leave it out.
fn check_root(checker: &mut Checker, chunk_root: &[u8]) {
    if !chunk_root.is_empty() {
        checker.digest("chunk_root", chunk_root);
    }
}

fn check_paper(checker: &mut Checker, name: &str, media_type: &str, size: u64, sha256: &[u8]) {
    checker.line("name", name);
    if name.contains(['/', '\\']) || matches!(name, "." | "..") {
        checker.wrong("name", "path", "must not have path parts");
    }
    checker.needed_line("media_type", media_type);
    if size == 0 {
        checker.wrong("size_bytes", "empty", "an empty document proves nothing");
    }
    checker.digest("sha256", sha256);
}

fn check_words(checker: &mut Checker, body: &EnvelopeBody) {
    checker.known::<v1::Confidentiality>("confidentiality", body.confidentiality);
    checker.known::<v1::DataClass>("data_class", body.data_class);
    for (name, text) in [
        ("procedure_id", &body.procedure_id),
        ("rule_set_id", &body.rule_set_id),
        ("election_event_id", &body.election_event_id),
    ] {
        checker.line(name, text);
    }
    checker.each("languages", &body.languages, 16, |checker, tag| checker.language("", tag));
    if !body.languages.is_sorted_by(|left, right| left < right) {
        checker.wrong("languages", "order", "must be sorted, none twice");
    }
    checker.maybe("stamp", body.stamp.as_ref(), |checker, stamp| {
        checker.needed("office", stamp.office.as_ref(), |checker, office| {
            checker.needed_line("institution", &office.institution);
        });
        if stamp.stamped_at_unix_ms <= 0 {
            checker.wrong("stamped_at_unix_ms", "missing", "a stamp without a time is none");
        }
        if !(-840..=840).contains(&stamp.utc_offset_minutes) {
            checker.wrong("utc_offset_minutes", "range", "must be -840 to 840");
        }
        checker.known_or_none::<v1::ClockSource>("clock_source", stamp.clock_source);
        checker.line("number", &stamp.number);
    });
}

/// What the content says is checked when it is understood, ready-made or read alike.
fn check_content(checker: &mut Checker, body: &EnvelopeBody) {
    if body.content.is_none() && body.lead.is_none() {
        let what = "a filing needs content, or a lead document from which a format reads it";
        checker.wrong("content", "missing", what);
    }
}

/// Builds the filing from a body without problems; `None` where a check has found one.
fn assemble(body: &EnvelopeBody) -> Option<Filing> {
    let case = body.case.clone().unwrap_or_default();
    let lead = body.lead.as_ref().and_then(|lead| {
        Some(Lead {
            format: lead.format.clone(),
            digest: DocumentDigest::from_slice(&lead.sha256)?,
            size: lead.size_bytes,
        })
    });
    let leads = body.lead.iter().map(|one| (&one.sha256, one.size_bytes, &one.chunk_root));
    let exhibits = body.exhibits.iter().map(|one| (&one.sha256, one.size_bytes, &one.chunk_root));
    let documents = leads.chain(exhibits).map(|(digest, size, root)| {
        let digest = DocumentDigest::from_slice(digest)?;
        Some(DocumentRow { digest, size, chunk_root: root.as_slice().try_into().ok() })
    });
    let documents = documents.collect::<Option<_>>()?;
    Some(Filing {
        envelope_id: EnvelopeId::from_slice(&body.envelope_id)?,
        kind: v1::FilingKind::try_from(body.kind).ok()?,
        sender: body.sender.clone()?,
        recipients: body.recipients.clone(),
        case: CaseSelector {
            id: CaseId::from_slice(&case.case_id),
            numbers: case.docket_numbers.iter().map(docket_number).collect::<Option<_>>()?,
        },
        in_reply_to: match &body.in_reply_to {
            Some(reference) => Some(EnvelopeDigest::from_slice(&reference.digest)?),
            None => None,
        },
        sequence: body.sender_sequence,
        previous_digest: body.previous_digest.as_slice().try_into().ok()?,
        not_after_ms: u64::try_from(body.not_after_unix_ms).ok()?,
        answer_by_ms: u64::try_from(body.receipt_required_by_unix_ms).ok()?,
        nonce: body.nonce.as_slice().try_into().ok()?,
        last_seen: match &body.last_seen {
            Some(seen) => Some((seen.size, seen.root.as_slice().try_into().ok()?)),
            None => None,
        },
        stamp: body.stamp.clone(),
        lead,
        documents,
        wraps: body.wraps.clone(),
        redacted: redacted(body),
        claims: claims(body),
        procedure_id: body.procedure_id.clone(),
        rule_set_id: body.rule_set_id.clone(),
        election_event_id: body.election_event_id.clone(),
        restricted: body.confidentiality == i32::from(v1::Confidentiality::Restricted),
        data_class: v1::DataClass::try_from(body.data_class).ok()?,
        content: body.content.clone(),
    })
}

fn redacted(body: &EnvelopeBody) -> Vec<(usize, DocumentDigest)> {
    let original = |exhibit: &v1::Exhibit| {
        let redaction = exhibit.redaction.as_ref()?;
        DocumentDigest::from_slice(&redaction.original_sha256)
    };
    let exhibits = body.exhibits.iter().enumerate();
    exhibits.filter_map(|(index, exhibit)| Some((index, original(exhibit)?))).collect()
}

/// Lead first, which is never sealed.
fn claims(body: &EnvelopeBody) -> Vec<Claim> {
    let leads = body.lead.iter().map(|lead| Claim {
        number: None,
        media_type: lead.media_type.clone(),
        sealed: false,
    });
    let exhibits = body.exhibits.iter().map(|exhibit| Claim {
        number: Some(exhibit.number.clone()),
        media_type: exhibit.media_type.clone(),
        sealed: exhibit.sealed.is_some(),
    });
    leads.chain(exhibits).collect()
}

/// A docket number for the index: its own normal form, or the folded literal when it has none.
#[must_use]
pub fn docket_number(number: &v1::DocketNumber) -> Option<DocketNumberRow> {
    let normal = if number.normal.is_empty() {
        barid_proto::text::fold(&number.literal)
    } else {
        number.normal.clone()
    };
    Some(DocketNumberRow {
        institution: InstitutionId::new(&number.institution)?,
        literal: number.literal.clone(),
        normal,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body() -> EnvelopeBody {
        EnvelopeBody {
            hub_origin: "hub.example/log".into(),
            envelope_id: vec![7; 16],
            kind: v1::FilingKind::AppealWithdrawn.into(),
            sender: Some(v1::Address { institution: "alpha".into(), office: "head".into() }),
            sender_sequence: 1,
            previous_digest: vec![0; 32],
            nonce: vec![9; 32],
            confidentiality: v1::Confidentiality::Parties.into(),
            data_class: v1::DataClass::Synthetic.into(),
            content: Some(v1::FilingContent {
                content: Some(v1::filing_content::Content::AppealWithdrawn(v1::AppealWithdrawn {
                    appeal: Some(v1::DocketNumber {
                        institution: "beta".into(),
                        literal: "612/هيئة/2025".into(),
                        normal: String::new(),
                    }),
                    reason: None,
                    withdrawn_on: None,
                })),
            }),
            ..EnvelopeBody::default()
        }
    }

    fn codes(body: &EnvelopeBody) -> Vec<String> {
        let problems = parse(body).unwrap_err();
        problems
            .into_iter()
            .map(|problem| format!("{}:{}", problem.place.unwrap().path, problem.code))
            .collect()
    }

    #[test]
    fn a_good_body_becomes_a_filing() {
        let filing = parse(&body()).unwrap();
        assert_eq!(filing.kind, v1::FilingKind::AppealWithdrawn);
        assert_eq!(filing.sequence, 1);
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let mut wrong = body();
        wrong.envelope_id = vec![1; 3];
        wrong.nonce.clear();
        wrong.data_class = 99;
        wrong.kind = 0;
        wrong.recipients = vec![
            v1::Address { institution: "beta".into(), office: String::new() },
            v1::Address { institution: "alpha".into(), office: String::new() },
        ];
        let codes = codes(&wrong);
        for expected in [
            "envelope_id:length",
            "nonce:length",
            "data_class:unknown-value",
            "kind:missing",
            "recipients:order",
        ] {
            assert!(codes.iter().any(|code| code == expected), "{expected} not in {codes:?}");
        }
    }

    #[test]
    fn a_filing_without_content_and_lead_says_nothing() {
        let mut wrong = body();
        wrong.content = None;
        assert_eq!(codes(&wrong), ["content:missing"]);
    }

    #[test]
    fn an_exhibit_cannot_name_a_path() {
        let mut wrong = body();
        let exhibit = v1::Exhibit {
            number: "E1".into(),
            title: "../secret".into(),
            media_type: "application/pdf".into(),
            size_bytes: 4,
            sha256: vec![1; 32],
            ..v1::Exhibit::default()
        };
        wrong.exhibits = vec![exhibit.clone(), exhibit];
        assert_eq!(
            codes(&wrong),
            ["exhibits[0].name:path", "exhibits[1].number:twice", "exhibits[1].name:path"]
        );
    }

    #[test]
    fn a_docket_number_without_normal_form_is_folded() {
        let number = v1::DocketNumber {
            institution: "beta".into(),
            literal: "٦١٢/٢٠٢٥".into(),
            normal: String::new(),
        };
        assert_eq!(docket_number(&number).unwrap().normal, "612/2025");
    }
}
