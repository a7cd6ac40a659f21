//! What is being read, by the element that the reader is in.

use barid_proto::v1::{CourtParticipant, CourtParticipantNature, FiledAttachment, FiledDocument};

use super::Claim;
use crate::receive::Opening;

/// Documents of a message.
const DOCUMENTS: [&str; 4] = [
    "FilingLeadDocument",
    "FilingConnectedDocument",
    "ReviewedLeadDocument",
    "ReviewedConnectedDocument",
];

/// Those who take part, in ECF 4.0 and 5.0.
const PARTICIPANTS: [&str; 2] = ["CaseParticipant", "CaseParty"];

/// Elements that say who has a role in the case: their own name is the role.
const ROLES: [&str; 15] = [
    "CaseDefendantParty",
    "CaseDefenseAttorney",
    "CaseInitiatingAttorney",
    "CaseInitiatingParty",
    "CaseJudge",
    "CaseOfficial",
    "CaseOtherEntity",
    "CaseOtherEntityAttorney",
    "CaseProsecutionAttorney",
    "CaseRespondentAttorney",
    "CaseRespondentParty",
    "AppellateCaseParty",
    "CitationSubject",
    "CitationIssuingOfficial",
    "JuvenileSubject",
];

/// Other cases, whose numbers are not this one's.
const RELATED: [&str; 3] =
    ["CaseLineageCase", "AppellateCaseOriginalCase", "RelatedCaseAssociation"];

/// Bytes of a document: in ECF 4.0, in NIEM, and in ECF 5.0.
const ATTACHMENTS: [&str; 3] = ["DocumentAttachment", "DocumentBinary", "Attachment"];

/// Bytes inside the message.
const EMBEDDED: [&str; 2] = ["BinaryBase64Object", "Base64BinaryObject"];

/// Most identifiers of one participant.
const REFERENCES_MAX: usize = 4;

/// Something that is being read.
pub(super) struct Inside {
    /// How many elements are open where it is the innermost.
    pub(super) depth: usize,
    pub(super) what: What,
    pub(super) path: String,
}

/// What it is.
pub(super) enum What {
    Case,
    Court,
    Related,
    Submitter(Somebody),
    Participant(Somebody),
    Role(Somebody, Claim),
    /// The parts of a postal address, in their order.
    Address(Vec<String>),
    /// A document, and the media type that it says for all of it.
    Document(FiledDocument, String),
    Attachment(FiledAttachment),
}

/// A participant that is being read.
#[derive(Debug, Default)]
pub(super) struct Somebody {
    pub(super) participant: CourtParticipant,
    /// Parts of the name, in their order.
    pub(super) names: Vec<String>,
    /// Parts of the address, in their order.
    pub(super) address: Vec<String>,
    /// The number last seen, whose kind is told behind it.
    pub(super) number: String,
}

impl Somebody {
    /// The participant. `None`: nothing is said.
    pub(super) fn finish(mut self) -> Option<CourtParticipant> {
        if self.participant.full_name.is_empty() {
            self.participant.full_name = self.names.join(" ");
        }
        self.participant.postal_address = self.address.join(", ");
        Some(self.participant).filter(|participant| *participant != CourtParticipant::default())
    }

    fn pointed(&mut self, element: &Opening<'_>) {
        let nature = match element.name {
            "EntityPerson" | "RoleOfPerson" => CourtParticipantNature::Person,
            "EntityOrganization" => CourtParticipantNature::Organization,
            name if PARTICIPANTS.contains(&name) => self.participant.nature(),
            _ => return,
        };
        self.participant.set_nature(nature);
        let references = &mut self.participant.references;
        if let Some(id) = element.id
            && references.len() < REFERENCES_MAX
            && !references.iter().any(|known| known == id)
        {
            references.extend(kept(id));
        }
    }
}

impl Inside {
    /// Notes the identifiers of an element in it.
    pub(super) fn pointed(&mut self, element: &Opening<'_>) {
        match &mut self.what {
            What::Submitter(somebody) | What::Participant(somebody) => somebody.pointed(element),
            What::Role(somebody, claim) => {
                somebody.pointed(element);
                let target = element.reference.and_then(kept);
                let list = if element.name == "CaseRepresentedPartyReference" {
                    &mut claim.acts_for
                } else {
                    &mut claim.targets
                };
                list.extend(target.filter(|_| list.len() < super::ITEMS_MAX));
            }
            What::Document(document, _) => match element.name {
                name if DOCUMENTS.contains(&name) => {
                    document.reference = element.id.and_then(kept).unwrap_or_default();
                }
                "ParentDocumentReference" => {
                    document.parent = element.reference.and_then(kept).unwrap_or_default();
                }
                _ => {}
            },
            What::Case | What::Court | What::Related | What::Address(_) | What::Attachment(_) => {}
        }
    }

    /// Whether the text of this element is bytes of a document.
    pub(super) fn embeds(&self, name: &str) -> bool {
        matches!(self.what, What::Attachment(_)) && EMBEDDED.contains(&name)
    }
}

/// An identifier that can be kept: XML bounds neither its length nor, in JSON, its characters.
fn kept(id: &str) -> Option<String> {
    super::slot::usable(id).ok().filter(|id| !id.is_empty())
}

/// What begins with an element, `level` deep in what is around it.
pub(super) fn entered(around: Option<&What>, level: usize, element: &Opening<'_>) -> Option<What> {
    let name = element.name;
    match around {
        None if level == 1 => match name {
            "DocumentSubmitter" => Some(What::Submitter(Somebody::default())),
            "CaseCourt" => Some(What::Court),
            name if DOCUMENTS.contains(&name) => {
                let lead = name.ends_with("LeadDocument");
                let document = FiledDocument { lead, ..FiledDocument::default() };
                Some(What::Document(document, String::new()))
            }
            name if name.ends_with("Case") => Some(What::Case),
            _ => None,
        },
        Some(What::Case) => match name {
            "CaseCourt" => Some(What::Court),
            name if PARTICIPANTS.contains(&name) => Some(What::Participant(Somebody::default())),
            name if RELATED.contains(&name) => Some(What::Related),
            name if ROLES.contains(&name) => {
                let claim = Claim { roles: vec![name.to_owned()], ..Claim::default() };
                Some(What::Role(Somebody::default(), claim))
            }
            _ => None,
        },
        Some(What::Submitter(_) | What::Participant(_) | What::Role(..))
            if name == "ContactMailingAddress" =>
        {
            Some(What::Address(Vec::new()))
        }
        Some(What::Document(..)) if ATTACHMENTS.contains(&name) => {
            Some(What::Attachment(FiledAttachment::default()))
        }
        _ => None,
    }
}
