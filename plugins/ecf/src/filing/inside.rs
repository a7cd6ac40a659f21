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
pub(super) const PARTICIPANTS: [&str; 2] = ["CaseParticipant", "CaseParty"];

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

/// Numbers of a person, of any kind.
pub(super) const NUMBERED: [&str; 2] = ["PersonOtherIdentification", "PersonStateIdentification"];

/// Somebody else, within a participant: whom to call, and to which unit an official belongs.
const OTHERS: [&str; 3] = ["ContactResponder", "EnforcementOfficialUnit", "OrganizationParent"];

/// For whom an attorney acts, in ECF 4.0 and 5.0.
const REPRESENTED: [&str; 2] = ["CaseRepresentedPartyReference", "CaseRepresentedParty"];

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
    /// Somebody else than who is being read; nothing of it is kept.
    Other,
    Submitter(Somebody),
    Participant(Somebody),
    Role(Somebody, Claim),
    /// Those for whom somebody acts, by their identifiers.
    Represented(Vec<String>),
    /// The parts of a postal address, each with its place among them.
    Address(Vec<(usize, String)>),
    /// A document, and the media type that it says for all of it.
    Document(FiledDocument, String),
    Attachment(FiledAttachment),
}

/// A participant that is being read.
#[derive(Debug, Default)]
pub(super) struct Somebody {
    pub(super) participant: CourtParticipant,
    /// Parts of the name, each with its place among them.
    pub(super) names: Vec<(usize, String)>,
    /// The address, one part behind the other.
    pub(super) address: String,
    /// The number last seen, and of what kind it is.
    pub(super) number: String,
    pub(super) number_kind: String,
}

impl Somebody {
    /// The participant. `None`: nothing is said.
    pub(super) fn finish(mut self) -> Option<CourtParticipant> {
        if self.participant.full_name.is_empty() {
            self.participant.full_name = joined(self.names, " ");
        }
        self.participant.postal_address = self.address;
        Some(self.participant).filter(|participant| *participant != CourtParticipant::default())
    }

    /// A bar's number is told as one of several kinds of number.
    pub(super) fn numbered(&mut self) {
        if self.number_kind.eq_ignore_ascii_case("BARNUMBER") && !self.number.is_empty() {
            self.participant.bar_number.clone_from(&self.number);
        }
    }

    fn pointed(&mut self, element: &Opening<'_>) {
        if NUMBERED.contains(&element.name) {
            self.number.clear();
            self.number_kind.clear();
        }
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

/// Parts in the order of their places, whatever order they came in: JSON keeps none.
pub(super) fn joined(mut parts: Vec<(usize, String)>, between: &str) -> String {
    parts.sort_by_key(|(place, _)| *place);
    let parts: Vec<String> = parts.into_iter().map(|(_, part)| part).collect();
    parts.join(between)
}

impl Inside {
    /// Notes the identifiers of an element in it.
    pub(super) fn pointed(&mut self, element: &Opening<'_>) {
        match &mut self.what {
            What::Submitter(somebody) | What::Participant(somebody) => somebody.pointed(element),
            What::Role(somebody, claim) => {
                somebody.pointed(element);
                let target = element.reference.and_then(kept);
                let targets = &mut claim.targets;
                targets.extend(target.filter(|_| targets.len() < super::ITEMS_MAX));
            }
            What::Represented(references) => {
                let target = element.reference.and_then(kept);
                references.extend(target.filter(|_| references.len() < super::ITEMS_MAX));
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
            What::Case
            | What::Court
            | What::Related
            | What::Other
            | What::Address(_)
            | What::Attachment(_) => {}
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
        Some(What::Submitter(_) | What::Participant(_) | What::Role(..))
            if OTHERS.contains(&name) =>
        {
            Some(What::Other)
        }
        Some(What::Role(..)) if REPRESENTED.contains(&name) => Some(What::Represented(Vec::new())),
        Some(What::Document(..)) if ATTACHMENTS.contains(&name) => {
            Some(What::Attachment(FiledAttachment::default()))
        }
        _ => None,
    }
}
