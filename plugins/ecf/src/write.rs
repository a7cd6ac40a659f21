//! Receipts, callbacks and docketing notices, valid against the schemas of ECF 4.01.
//!
//! The schemas ask for more than a filing of Barid says: the court, the sender's network location,
//! the reviewed document. These stand there empty, as the schemas allow, and the reply says so;
//! nothing is made up.

use barid_akn::reply;
use barid_json_reading::terms::write_instant;
use barid_plugin::v1::{
    Acknowledgement, EncodeReply, EncodeRequest, Officer, RefusalToRegister, Registration, Text,
    filing_content::Content,
};
use barid_plugin::{Place, Problems, problem::Wording};
use barid_xml_reading::Emit;

const NIEM: &str = "http://niem.gov/niem/niem-core/2.0";
const JUSTICE: &str = "http://niem.gov/niem/domains/jxdm/4.0";
const COMMON: &str = "urn:oasis:names:tc:legalxml-courtfiling:schema:xsd:CommonTypes-4.0";

/// How the sender exchanges messages: through Barid, in version 1 of its envelopes.
const PROFILE: &str = "urn:barid:v1";

/// Writes an answer.
pub(crate) fn encode(request: &EncodeRequest) -> EncodeReply {
    let content = request.content.as_ref().and_then(|content| content.content.as_ref());
    let mut problems = Problems::new();
    let mut xml = Emit::new();
    let name = match (request.format.as_str(), content) {
        (crate::RECEIPT, Some(Content::Acknowledgement(receipt))) => {
            write_receipt(&mut xml, receipt, &mut problems);
            "receipt.xml"
        }
        (crate::CALLBACK | crate::DOCKETING, Some(content)) => {
            let (message, name) = if request.format == crate::CALLBACK {
                ("ReviewFilingCallbackMessage", "review.xml")
            } else {
                ("RecordDocketingCallbackMessage", "docketing.xml")
            };
            match content {
                Content::Registration(registration) => {
                    write_accepted(&mut xml, message, registration, &mut problems);
                }
                Content::RefusalToRegister(refusal) => {
                    write_rejected(&mut xml, message, refusal, &request.languages, &mut problems);
                }
                _ => return reply::not_writable(&request.format),
            }
            name
        }
        _ => return reply::not_writable(&request.format),
    };
    let (output, inexpressible) = xml.finish();
    for (place, character) in inexpressible {
        say_inexpressible(&mut problems, &place, character);
    }
    reply::encoded(output, crate::XML, name, problems)
}

fn begin(xml: &mut Emit, message: &str) {
    let own = format!("urn:oasis:names:tc:legalxml-courtfiling:schema:xsd:{message}-4.0");
    let namespaces =
        [("xmlns", own.as_str()), ("xmlns:nc", NIEM), ("xmlns:j", JUSTICE), ("xmlns:ecf", COMMON)];
    xml.open(message, &namespaces);
}

/// Who sends: all that is known is how.
fn sender(xml: &mut Emit, problems: &mut Problems) {
    xml.empty("ecf:SendingMDELocationID", &[]);
    xml.leaf("ecf:SendingMDEProfileCode", &[], PROFILE);
    say_left(
        problems,
        "ecf:SendingMDELocationID",
        ("عنوان المرسل على الشبكة", "the sender's network location"),
    );
}

fn write_receipt(xml: &mut Emit, receipt: &Acknowledgement, problems: &mut Problems) {
    begin(xml, "MessageReceiptMessage");
    digest(xml, "SHA-256 of the envelope", &receipt.envelope_digest);
    for (index, document) in receipt.document_digests.iter().enumerate() {
        let which = if index == 0 {
            "SHA-256 of the lead document".to_owned()
        } else {
            format!("SHA-256 of exhibit {index}")
        };
        digest(xml, &which, document);
    }
    sender(xml, problems);
    xml.empty("j:CaseCourt", &[]);
    say_left(problems, "j:CaseCourt", ("المحكمة", "the court"));
    xml.open("ecf:Error", &[]);
    xml.leaf("ecf:ErrorCode", &[], "0");
    xml.leaf("ecf:ErrorText", &[], "No error");
    xml.close("ecf:Error");
    xml.close("MessageReceiptMessage");
}

fn digest(xml: &mut Emit, what: &str, bytes: &[u8]) {
    let hexadecimal: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    xml.open("nc:DocumentIdentification", &[]);
    xml.leaf("nc:IdentificationID", &[], &hexadecimal);
    xml.leaf("nc:IdentificationCategoryText", &[], what);
    xml.close("nc:DocumentIdentification");
}

fn write_accepted(
    xml: &mut Emit,
    message: &str,
    registration: &Registration,
    problems: &mut Problems,
) {
    let number = registration.docket_number.clone().unwrap_or_default();
    let instant = write_instant(registration.registered_at_unix_ms);
    begin(xml, message);
    submitter(xml, registration.clerk.as_ref());
    sender(xml, problems);
    xml.open("nc:Case", &[]);
    if !number.literal.is_empty() {
        xml.leaf("nc:CaseDocketID", &[], &number.literal);
    }
    xml.close("nc:Case");
    if let Some(instant) = instant {
        xml.open("ecf:FilingCompletionDate", &[]);
        xml.leaf("nc:DateTime", &[], &instant);
        xml.close("ecf:FilingCompletionDate");
    }
    xml.open("ecf:FilingStatus", &[]);
    xml.leaf("ecf:FilingStatusCode", &[], "accepted");
    xml.close("ecf:FilingStatus");
    reviewed(xml, problems);
    xml.close(message);
    if registration.route != 0 {
        say_left(problems, "route", ("طريق وصول القضية", "through which door the matter came"));
    }
}

fn write_rejected(
    xml: &mut Emit,
    message: &str,
    refusal: &RefusalToRegister,
    languages: &[String],
    problems: &mut Problems,
) {
    begin(xml, message);
    submitter(xml, refusal.clerk.as_ref());
    sender(xml, problems);
    xml.empty("nc:Case", &[]);
    say_left(problems, "nc:Case", ("القضية", "the case"));
    xml.open("ecf:FilingStatus", &[]);
    for ground in &refusal.grounds {
        xml.leaf("nc:StatusText", &[], &ground.code);
    }
    for (index, ground) in refusal.grounds.iter().enumerate() {
        let reason = ground.reason.as_ref().and_then(|reason| rendered(reason, languages));
        let remedy = ground.remedy.as_ref().and_then(|remedy| rendered(remedy, languages));
        let texts: Vec<&str> = reason.into_iter().chain(remedy).collect();
        xml.leaf("nc:StatusDescriptionText", &[], &texts.join(" — "));
        let several = [&ground.reason, &ground.remedy]
            .into_iter()
            .flatten()
            .any(|text| text.renderings.len() > 1);
        if several {
            let place = format!("grounds[{index}]");
            say_left(problems, &place, ("النص بلغاته الأخرى", "the text in its other languages"));
        }
    }
    xml.leaf("ecf:FilingStatusCode", &[], "rejected");
    xml.close("ecf:FilingStatus");
    reviewed(xml, problems);
    xml.close(message);
}

/// The clerk, who sends the answer.
fn submitter(xml: &mut Emit, clerk: Option<&Officer>) {
    let Some(clerk) = clerk.filter(|clerk| !clerk.name.is_empty()) else { return };
    xml.open("nc:DocumentSubmitter", &[]);
    xml.open("ecf:EntityPerson", &[]);
    xml.open("nc:PersonName", &[]);
    xml.leaf("nc:PersonFullName", &[], &clerk.name);
    xml.close("nc:PersonName");
    xml.close("ecf:EntityPerson");
    xml.close("nc:DocumentSubmitter");
}

/// The document that was reviewed, of which nothing is known here.
fn reviewed(xml: &mut Emit, problems: &mut Problems) {
    xml.open("ecf:ReviewedLeadDocument", &[]);
    xml.open("ecf:DocumentMetadata", &[]);
    for empty in ["j:RegisterActionDescriptionText", "ecf:FilingAttorneyID", "ecf:FilingPartyID"] {
        xml.empty(empty, &[]);
    }
    xml.close("ecf:DocumentMetadata");
    xml.open("ecf:DocumentRendition", &[]);
    xml.open("ecf:DocumentRenditionMetadata", &[]);
    xml.empty("ecf:DocumentAttachment", &[]);
    xml.close("ecf:DocumentRenditionMetadata");
    xml.close("ecf:DocumentRendition");
    xml.close("ecf:ReviewedLeadDocument");
    say_left(problems, "ecf:ReviewedLeadDocument", ("المستند الذي روجع", "the reviewed document"));
}

/// The rendering that a reader of these languages reads best.
fn rendered<'t>(text: &'t Text, languages: &[String]) -> Option<&'t str> {
    let of = |tag: &str| text.renderings.iter().find(|one| one.language == tag);
    let best = languages.iter().find_map(|language| of(language));
    let best = best.or_else(|| of(&text.authoritative)).or_else(|| text.renderings.first());
    best.map(|rendering| rendering.text.as_str())
}

/// Something that the message has an element for and the filing does not say, or the other way
/// round.
fn say_left(problems: &mut Problems, path: &str, (ar, en): (&str, &str)) {
    let none: Wording<'static> = &[];
    problems.warning(
        "not-carried",
        Place::path(path),
        &[("ar", &format!("لا يُكتب هنا: {ar}.")), ("en", &format!("Not written here: {en}."))],
        none,
    );
}

fn say_inexpressible(problems: &mut Problems, path: &str, character: char) {
    let code = format!("U+{:04X}", u32::from(character));
    problems.error(
        "text-not-expressible",
        Place::path(path),
        &[
            ("ar", &format!("لا يمكن كتابة الرمز {code} في XML.")),
            ("en", &format!("The character {code} cannot be written in XML.")),
        ],
        &[("ar", "احذف الرمز."), ("en", "Remove the character.")],
    );
}
