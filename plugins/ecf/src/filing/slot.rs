//! Where the text of an element belongs.

use barid_proto::text::has_bidi_control;
use barid_proto::v1::{
    CourtFiling, CourtFilingDate, CourtParticipant, DocketNumber, FiledAttachment, FiledDocument,
};

use super::inside::{Inside, NUMBERED, Somebody, What};
use super::{Claim, Found, ITEMS_MAX, LINE_MAX_BYTES};
use crate::when;

/// Longest docket number, in bytes: the bound of `DocketNumber.literal` in `terms.proto`.
const NUMBER_MAX_BYTES: usize = 512;

/// Most roles of one participant, attorneys and parties of one document, parts of a name.
const FEW: usize = 16;

/// Dates that a message bears.
const DATES: [&str; 6] = [
    "DocumentEffectiveDate",
    "DocumentFiledDate",
    "DocumentInformationCutOffDate",
    "DocumentPostDate",
    "DocumentReceivedDate",
    "FilingCompletionDate",
];

/// Parts of a name, in their order.
const NAMES: [&str; 5] = [
    "PersonNamePrefixText",
    "PersonGivenName",
    "PersonMiddleName",
    "PersonSurName",
    "PersonNameSuffixText",
];

/// Parts of a postal address, in their order.
const ADDRESS: [&str; 17] = [
    "AddressFullText",
    "AddressDeliveryPointID",
    "AddressDeliveryPointText",
    "AddressSecondaryUnitText",
    "StreetFullText",
    "StreetNumberText",
    "StreetPredirectionalText",
    "StreetName",
    "StreetCategoryText",
    "StreetPostdirectionalText",
    "LocationCityName",
    "LocationCountyName",
    "LocationStateName",
    "LocationStateUSPostalServiceCode",
    "LocationPostalCode",
    "LocationCountryName",
    "LocationCountryFIPS10-4Code",
];

/// Where an element stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct At<'a> {
    /// How deep in what is being read: 1 for a child.
    pub(super) level: usize,
    pub(super) name: &'a str,
    pub(super) parent: &'a str,
    pub(super) grandparent: &'a str,
}

/// A place for a value.
pub(super) enum Slot<'f> {
    /// The first value counts.
    First(&'f mut String),
    /// The last value counts.
    Last(&'f mut String),
    /// Every value counts, up to so many.
    Each(&'f mut Vec<String>, usize),
    /// A date of this name.
    Date(&'f mut CourtFiling, String),
    /// Yes or no.
    Flag(&'f mut Option<bool>),
    /// The number on the docket.
    Docket(&'f mut Vec<DocketNumber>),
    /// The court system's own number.
    Tracking(&'f mut Vec<DocketNumber>),
    /// A kind of bytes, or a description of them.
    Media(&'f mut FiledAttachment),
    /// A part that has this place among others.
    Part(&'f mut Vec<(usize, String)>, usize),
    /// The number of somebody, or the kind of it.
    Number(&'f mut Somebody),
    NumberKind(&'f mut Somebody),
}

/// Why a value cannot be kept.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unusable {
    /// Longer than [`LINE_MAX_BYTES`].
    TooLong,
    /// Has this invisible character.
    Control(char),
}

/// Why a value has no place.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NotPut {
    /// Enough of its kind are there.
    TooMany(usize),
    /// Neither yes nor no.
    NotFlag(String),
    /// A docket number with a character that changes how it looks.
    Deceptive(char),
    /// A docket number that is too long.
    NumberTooLong,
    /// A date that cannot be read.
    NoDay(String),
    /// A date that can be several days.
    Ambiguous(String),
}

/// The value of a text: without white space around it, and on one line.
pub(super) fn usable(text: &str) -> Result<String, Unusable> {
    let text = text.trim();
    let broken = |c: char| matches!(c, '\t' | '\n' | '\r');
    let value = if text.contains(broken) {
        let pieces = text.split(broken).map(str::trim).filter(|piece| !piece.is_empty());
        pieces.collect::<Vec<_>>().join(" ")
    } else {
        text.to_owned()
    };
    match value.chars().find(|c| c.is_control()) {
        Some(control) => Err(Unusable::Control(control)),
        None if value.len() > LINE_MAX_BYTES => Err(Unusable::TooLong),
        None => Ok(value),
    }
}

/// Whether a value is what programs that make examples write for want of one: the element's name.
pub(super) fn is_placeholder(value: &str, name: &str) -> bool {
    value.split_once(':').is_some_and(|(_, local)| local == name)
}

/// Whether this is the name of a kind of bytes: `application/pdf`.
pub(super) fn is_media_type(value: &str) -> bool {
    let token = |part: &str| {
        let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte);
        !part.is_empty() && part.bytes().all(letter)
    };
    value.split_once('/').is_some_and(|(kind, subtype)| token(kind) && token(subtype))
}

impl Slot<'_> {
    /// Whether what is put here is only kept when something else is said beside it.
    pub(super) fn is_passing(&self) -> bool {
        matches!(self, Self::Number(_) | Self::NumberKind(_))
    }

    /// Puts the value in its place.
    pub(super) fn put(self, value: String, institution: &str) -> Result<(), NotPut> {
        match self {
            Self::First(place) if place.is_empty() => *place = value,
            Self::First(_) => {}
            Self::Last(place) => *place = value,
            Self::Each(list, most) if list.len() < most => list.push(value),
            Self::Each(_, most) => return Err(NotPut::TooMany(most)),
            Self::Date(filing, name) => return put_date(filing, name, &value),
            Self::Flag(flag) => match value.as_str() {
                "true" | "1" => *flag = Some(true),
                "false" | "0" => *flag = Some(false),
                _ => return Err(NotPut::NotFlag(value)),
            },
            Self::Docket(numbers) => return put_number(numbers, value, institution, true),
            Self::Tracking(numbers) => return put_number(numbers, value, institution, false),
            Self::Media(attachment) => {
                let place = if is_media_type(&value) {
                    &mut attachment.media_type
                } else {
                    &mut attachment.description
                };
                if place.is_empty() {
                    *place = value;
                }
            }
            Self::Part(parts, place) if parts.len() < FEW => parts.push((place, value)),
            Self::Part(..) => return Err(NotPut::TooMany(FEW)),
            Self::Number(somebody) => {
                somebody.number = value;
                somebody.numbered();
            }
            Self::NumberKind(somebody) => {
                somebody.number_kind = value;
                somebody.numbered();
            }
        }
        Ok(())
    }
}

fn put_date(filing: &mut CourtFiling, name: String, literal: &str) -> Result<(), NotPut> {
    if filing.dates.len() >= ITEMS_MAX {
        return Err(NotPut::TooMany(ITEMS_MAX));
    }
    let date = when::written(literal);
    let days = date.candidates.len();
    filing.dates.push(CourtFilingDate { name, date: Some(date) });
    match days {
        0 => Err(NotPut::NoDay(literal.to_owned())),
        1 => Ok(()),
        _ => Err(NotPut::Ambiguous(literal.to_owned())),
    }
}

/// The docket's number goes before the court system's own.
fn put_number(
    numbers: &mut Vec<DocketNumber>,
    literal: String,
    institution: &str,
    docket: bool,
) -> Result<(), NotPut> {
    if let Some((_, control)) = has_bidi_control(&literal) {
        return Err(NotPut::Deceptive(control));
    }
    if literal.len() > NUMBER_MAX_BYTES {
        return Err(NotPut::NumberTooLong);
    }
    let known = numbers.iter().position(|number| number.literal == literal);
    if known.is_none() && numbers.len() >= ITEMS_MAX {
        return Err(NotPut::TooMany(ITEMS_MAX));
    }
    let institution = institution.to_owned();
    let number = DocketNumber { institution, literal, normal: String::new() };
    match (known, docket) {
        (Some(_), false) => {}
        (known, true) => {
            if let Some(at) = known {
                numbers.remove(at);
            }
            numbers.insert(0, number);
        }
        (None, false) => numbers.push(number),
    }
    Ok(())
}

/// The place for the text of an element. `None`: it is not asked for.
pub(super) fn find<'f>(
    found: &'f mut Found,
    inside: Option<&'f mut Inside>,
    at: &At<'_>,
) -> Option<Slot<'f>> {
    match inside.map(|inside| &mut inside.what) {
        None => of_message(found, at),
        Some(What::Case) => of_case(found, at),
        Some(What::Court) => of_court(&mut found.filing, at),
        Some(What::Related) => {
            let number = matches!(at.name, "CaseTrackingID" | "CaseDocketID" | "CaseNumberText")
                || (at.name, at.parent) == ("IdentificationID", "CaseTrackingID");
            number.then_some(Slot::Each(&mut found.filing.related_numbers, ITEMS_MAX))
        }
        Some(What::Submitter(somebody) | What::Participant(somebody)) => {
            of_participant(somebody, at)
        }
        Some(What::Role(somebody, claim)) => of_role(somebody, claim, at),
        Some(What::Other | What::Represented(_)) => None,
        Some(What::Address(parts)) => {
            let place = ADDRESS.iter().position(|name| *name == at.name)?;
            Some(Slot::Part(parts, place))
        }
        Some(What::Document(document, media_type)) => of_document(document, media_type, at),
        Some(What::Attachment(attachment)) => of_attachment(attachment, at),
    }
}

fn of_message<'f>(found: &'f mut Found, at: &At<'_>) -> Option<Slot<'f>> {
    let filing = &mut found.filing;
    Some(match (at.level, at.parent, at.name) {
        (1, _, "FilingConfidentialityIndicator") => Slot::Flag(&mut filing.confidential),
        (1, _, "CaseTrackingID") => Slot::Tracking(&mut filing.docket_numbers),
        (1, _, "CaseDocketID") => Slot::Docket(&mut filing.docket_numbers),
        (2, "DocumentIdentification", "IdentificationID") => Slot::First(&mut filing.filing_number),
        (2, parent, "Date" | "DateTime") if DATES.contains(&parent) => {
            Slot::Date(filing, parent.to_owned())
        }
        (2, "FilingStatus", "FilingStatusCode") => Slot::First(&mut found.review.code),
        (2, "FilingStatus", "StatusText") => Slot::Each(&mut found.review.words, ITEMS_MAX),
        (2, "FilingStatus", "StatusDescriptionText") => {
            Slot::Each(&mut found.review.reasons, ITEMS_MAX)
        }
        _ => return None,
    })
}

fn of_case<'f>(found: &'f mut Found, at: &At<'_>) -> Option<Slot<'f>> {
    let filing = &mut found.filing;
    Some(match (at.level, at.name) {
        (1, "CaseTitleText") => Slot::First(&mut filing.case_title),
        (1, "CaseCategoryText") | (2, "CaseCategoryCode" | "CaseTypeCode") => {
            Slot::First(&mut filing.case_category)
        }
        (2, "CaseShortTitleText") => Slot::First(&mut found.short_title),
        (1, "CaseDocketID") | (2, "CaseNumberText") => Slot::Docket(&mut filing.docket_numbers),
        (1 | 2, "CaseTrackingID") => Slot::Tracking(&mut filing.docket_numbers),
        (3, "IdentificationID") if at.parent == "CaseTrackingID" => {
            Slot::Tracking(&mut filing.docket_numbers)
        }
        (3, "Date" | "DateTime")
            if (at.grandparent, at.parent) == ("CaseFiling", "DocumentFiledDate") =>
        {
            Slot::Date(filing, at.parent.to_owned())
        }
        _ => return None,
    })
}

fn of_court<'f>(filing: &'f mut CourtFiling, at: &At<'_>) -> Option<Slot<'f>> {
    Some(match (at.parent, at.name) {
        (_, "CourtName" | "OrganizationName") => Slot::First(&mut filing.court_name),
        ("OrganizationIdentification", "IdentificationID") => Slot::First(&mut filing.court_code),
        _ => return None,
    })
}

fn of_participant<'f>(somebody: &'f mut Somebody, at: &At<'_>) -> Option<Slot<'f>> {
    if NUMBERED.contains(&at.parent) {
        return match at.name {
            "IdentificationID" => Some(Slot::Number(somebody)),
            "IdentificationCategoryText" => Some(Slot::NumberKind(somebody)),
            _ => None,
        };
    }
    let CourtParticipant { full_name, roles, email, telephone, .. } = &mut somebody.participant;
    Some(match (at.parent, at.name) {
        ("PersonName", "PersonFullName") | (_, "OrganizationName") => Slot::First(full_name),
        ("PersonName", name) => {
            let place = NAMES.iter().position(|known| *known == name)?;
            Slot::Part(&mut somebody.names, place)
        }
        (_, "CaseParticipantRoleCode") => Slot::Each(roles, FEW),
        (_, "ContactEmailID") => Slot::First(email),
        (_, "TelephoneNumberFullID") => Slot::First(telephone),
        _ => return None,
    })
}

fn of_role<'f>(somebody: &'f mut Somebody, claim: &'f mut Claim, at: &At<'_>) -> Option<Slot<'f>> {
    Some(match (at.parent, at.name) {
        (_, "CaseOfficialRoleText" | "PartyRoleText") => Slot::Each(&mut claim.roles, FEW),
        ("JudicialOfficialBarIdentification", "IdentificationID") => {
            Slot::First(&mut claim.bar_number)
        }
        _ => return of_participant(somebody, at),
    })
}

fn of_document<'f>(
    document: &'f mut FiledDocument,
    media_type: &'f mut String,
    at: &At<'_>,
) -> Option<Slot<'f>> {
    Some(match (at.parent, at.name) {
        (_, "DocumentDescriptionText" | "DocumentTitleText") if at.level == 1 => {
            Slot::First(&mut document.description)
        }
        (_, "DocumentLanguageCode" | "LanguageCode") => Slot::First(&mut document.language),
        (_, "DocumentSequenceID") if at.level == 1 => Slot::First(&mut document.sequence),
        ("DocumentStatus", "StatusDescriptionText") if at.level == 2 => {
            Slot::First(&mut document.access)
        }
        (_, "RegisterActionDescriptionText" | "RegisterActionDescriptionCode") => {
            Slot::First(&mut document.register_action)
        }
        ("FilingAttorneyID", "IdentificationID") => Slot::Each(&mut document.filing_attorneys, FEW),
        ("FilingPartyID", "IdentificationID") => Slot::Each(&mut document.filing_parties, FEW),
        ("DocumentDocketID", "IdentificationID") => Slot::First(&mut document.docket_number),
        (_, "DocumentHashText" | "DocumentRenditionHash") => {
            Slot::First(&mut document.digest_literal)
        }
        (_, "DocumentApplicationName" | "MultimediaDataMIMEKindText") => Slot::Last(media_type),
        _ => return None,
    })
}

fn of_attachment<'f>(attachment: &'f mut FiledAttachment, at: &At<'_>) -> Option<Slot<'f>> {
    Some(match at.name {
        "BinaryDescriptionText" | "BinaryFormatStandardName" | "BinaryFormatText" => {
            Slot::Media(attachment)
        }
        "BinaryLocationURI" | "BinaryURI" => Slot::First(&mut attachment.location),
        "AttachmentSequenceID" => Slot::First(&mut attachment.sequence),
        _ => return None,
    })
}
