//! What single messages come to: ours, and ours with one thing changed.

#![expect(clippy::expect_used, reason = "a test that cannot read its sample has to stop")]
#![expect(clippy::print_stdout, reason = "a skipped test says so")]
#![expect(clippy::panic, reason = "a test whose message is no paper has to stop")]

mod helper;

use barid_format_ecf::{CALLBACK, DOCKETING, FILING, FILING_JSON};
use barid_plugin::v1::{
    CourtFiling, CourtParticipant, CourtParticipantNature, DecodeReply, PilotPaper,
    filing_content::Content,
};
use helper::{codes, decode, place};

const CORE: &str = include_str!("../testdata/core-filing.xml");
const JSON: &str = include_str!("../testdata/filing-5.0.json");
const XML_5: &str = include_str!("../testdata/filing-5.0.xml");
const REJECTED: &str = include_str!("../testdata/review-rejected.xml");

/// SHA-256 of `barid`.
const BARID: &str = "7f9281c2522386b4";

fn paper(reply: &DecodeReply) -> PilotPaper {
    match reply.content.clone().and_then(|content| content.content) {
        Some(Content::PilotPaper(paper)) => paper,
        other => panic!("{other:?}: {:?}", codes(&reply.problems)),
    }
}

fn filing(reply: &DecodeReply) -> CourtFiling {
    paper(reply).court_filing.expect("a filing")
}

/// The core filing with one thing exchanged.
fn changed(right: &str, other: &str) -> DecodeReply {
    assert!(CORE.contains(right), "{right}");
    decode(FILING, CORE.replacen(right, other, 1).as_bytes())
}

#[test]
fn a_filing_is_read_as_far_as_it_says() {
    let reply = decode(FILING, CORE.as_bytes());
    let expected = ["date-ambiguous", "reference-unresolved", "payment-not-read"];
    assert_eq!(codes(&reply.problems), expected);
    let paper = paper(&reply);
    let title = &paper.title.as_ref().expect("a title").renderings[0];
    assert_eq!((title.language.as_str(), title.text.as_str()), ("es", "Medio de impugnación"));
    assert_eq!(paper.foreign_case, "JDC 12 / 2025");
    assert_eq!((paper.outcome, paper.purpose), (0, None), "nothing says an outcome or a purpose");
    let filing = paper.court_filing.expect("a filing");
    assert_eq!(filing.standard, "ECF 4.0");
    assert_eq!(filing.message_name, "CoreFilingMessage");
    assert_eq!(filing.case_kind, "AppellateCase");
    let numbers: Vec<&str> = filing.docket_numbers.iter().map(|n| n.literal.as_str()).collect();
    assert_eq!(numbers, ["JDC 12 / 2025", "T-0009"], "the docket's number goes first");
    assert_eq!(reply.docket_numbers, filing.docket_numbers);
    assert!(filing.docket_numbers.iter().all(|number| number.institution == "court"));
    assert_eq!(filing.related_numbers, ["RR 5/2025"]);
    assert_eq!(
        (filing.court_name.as_str(), filing.court_code.as_str()),
        ("Electoral Court of Elsewhere", "E-1")
    );
    assert_eq!(filing.confidential, Some(false));
}

#[test]
fn roles_go_to_whom_they_point_to() {
    let filing = filing(&decode(FILING, CORE.as_bytes()));
    let counsel = CourtParticipant {
        nature: CourtParticipantNature::Person.into(),
        full_name: "Leyla Example".to_owned(),
        roles: ["ATTY", "CaseInitiatingAttorney", "CaseOfficial"].map(str::to_owned).to_vec(),
        references: vec!["Counsel".to_owned()],
        acts_for: vec!["Party".to_owned()],
        bar_number: "B 44".to_owned(),
        email: "leyla@example.org".to_owned(),
        ..CourtParticipant::default()
    };
    let party = CourtParticipant {
        nature: CourtParticipantNature::Organization.into(),
        full_name: "Example Party".to_owned(),
        roles: vec!["appellant".to_owned()],
        references: vec!["Party".to_owned()],
        ..CourtParticipant::default()
    };
    assert_eq!(filing.participants, [counsel, party]);
    assert_eq!(filing.submitter.expect("somebody").full_name, "Inés Example");
}

#[test]
fn a_document_inside_the_message_is_counted_and_hashed() {
    let filing = filing(&decode(FILING, CORE.as_bytes()));
    let attachment = &filing.documents[0].attachments[0];
    let sha256: String = attachment.sha256.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(attachment.size_bytes, 5);
    assert_eq!(sha256.get(..16), Some(BARID));
    assert_eq!(attachment.media_type, "text/plain");

    let reply = changed("aWQ=", "aWQ!");
    assert!(codes(&reply.problems).contains(&"content-not-base64"));
    assert!(codes(&reply.problems).contains(&"missing-content"));
}

#[test]
fn dates_keep_their_text_and_every_day_they_can_mean() {
    let reply = decode(FILING, CORE.as_bytes());
    let filing = filing(&reply);
    let [posted, received] = filing.dates.as_slice() else { panic!("{:?}", filing.dates) };
    let days = |date: &barid_plugin::v1::CourtFilingDate| {
        let written = date.date.clone().expect("a date");
        let days = written.candidates.iter().map(|day| (day.month, day.day)).collect::<Vec<_>>();
        (written.literal, days)
    };
    assert_eq!(posted.name, "DocumentPostDate");
    assert_eq!(days(posted), ("2025-11-20T21:30:00-06:00".to_owned(), vec![(11, 20)]));
    assert_eq!(days(received), ("07/11/2025".to_owned(), vec![(7, 11), (11, 7)]));
    let place = place(&reply.problems[0]);
    assert!(place.ends_with("/DocumentReceivedDate/Date"), "{place}");
    let reply = changed("07/11/2025", "soon");
    assert_eq!(codes(&reply.problems)[0], "date-unreadable");
}

#[test]
fn each_thing_that_is_missing_is_told_once() {
    for (cut, code) in [
        (
            "<nc:DocumentIdentification><nc:IdentificationID>F-17</nc:IdentificationID></nc:DocumentIdentification>",
            "missing-filing-number",
        ),
        (
            "<nc:DocumentPostDate><nc:DateTime>2025-11-20T21:30:00-06:00</nc:DateTime></nc:DocumentPostDate>",
            "missing-post-date",
        ),
        (
            "<nc:CaseTitleText>Example Party v Council of Elsewhere</nc:CaseTitleText>",
            "missing-case-title",
        ),
        ("<j:CourtName>Electoral Court of Elsewhere</j:CourtName>", "missing-court-name"),
        (
            "<nc:OrganizationIdentification><nc:IdentificationID>E-1</nc:IdentificationID></nc:OrganizationIdentification>",
            "missing-court-code",
        ),
        ("<ecf:CaseParticipantRoleCode>appellant</ecf:CaseParticipantRoleCode>", "missing-role"),
        ("<nc:OrganizationName>Example Party</nc:OrganizationName>", "missing-name"),
        ("<nc:BinaryDescriptionText>text/plain</nc:BinaryDescriptionText>", "missing-media-type"),
    ] {
        let reply = changed(cut, "");
        let told: Vec<&str> = codes(&reply.problems)
            .into_iter()
            .filter(|code| code.starts_with("missing-"))
            .collect();
        assert_eq!(told, [code]);
        assert!(reply.content.is_some());
    }
    let reply = changed(
        "<nc:DocumentDescriptionText>Medio de impugnación</nc:DocumentDescriptionText>",
        "",
    );
    assert!(codes(&reply.problems).contains(&"missing-description"));
    let title = paper(&reply).title.expect("a title");
    assert_eq!(title.renderings[0].text, "Example Party v Council of Elsewhere");
}

#[test]
fn what_cannot_be_kept_is_left_out_and_told() {
    let long = "x".repeat(1_025);
    let reply = changed("F-17", &long);
    assert_eq!(codes(&reply.problems)[0], "value-too-long");
    assert_eq!(filing(&reply).filing_number, "");
    let reply = changed("F-17", "F\u{85}17");
    assert_eq!(codes(&reply.problems)[0], "value-control-character");
    let reply = changed(">false<", ">perhaps<");
    assert!(codes(&reply.problems).contains(&"flag-unreadable"));
    assert_eq!(filing(&reply).confidential, None);
    let reply = changed("F-17", "nc:IdentificationID");
    assert_eq!(codes(&reply.problems)[0], "value-placeholder");
    assert_eq!(filing(&reply).filing_number, "nc:IdentificationID", "kept as sent");
}

#[test]
fn a_number_that_looks_like_another_is_refused() {
    let reply = changed("T-0009", "T-\u{202E}9000");
    assert!(reply.content.is_none());
    assert!(codes(&reply.problems).contains(&"number-deceptive"));
}

#[test]
fn two_filings_in_one_request_are_refused() {
    let start = CORE.find("<core:CoreFilingMessage>").expect("a filing");
    let end = CORE.find("<pay:PaymentMessage>").expect("a payment");
    let filing = CORE.get(start..end).expect("a filing");
    let reply = changed("<pay:PaymentMessage>", &format!("{filing}<pay:PaymentMessage>"));
    assert!(reply.content.is_none());
    assert!(codes(&reply.problems).contains(&"too-many"));
    let empty = decode(FILING, CORE.replacen(filing, "", 1).as_bytes());
    assert_eq!(codes(&empty.problems), ["missing-filing"]);
}

#[test]
fn a_filing_of_version_5_says_the_same_in_both_notations() {
    let reply = decode(FILING_JSON, JSON.as_bytes());
    assert_eq!(codes(&reply.problems), ["missing-digest"], "of the annex, which is elsewhere");
    assert!(place(&reply.problems[0]).contains("/FilingConnectedDocument[1]/"));
    let again = decode(FILING, XML_5.as_bytes());
    assert_eq!(again, reply, "every fact and every problem, whatever order JSON has");
    let json = filing(&reply);
    let old = filing(&decode(FILING, CORE.as_bytes()));
    assert_eq!(json.standard, "ECF 5.0");
    assert_eq!(json.message_name, "FilingMessage");
    assert_eq!(json.docket_numbers, old.docket_numbers);
    assert_eq!(json.related_numbers, old.related_numbers);
    assert_eq!((&json.court_name, &json.court_code), (&old.court_name, &old.court_code));
    assert_eq!(json.submitter, old.submitter);
    let [counsel, party, judge] = json.participants.as_slice() else {
        panic!("{:?}", json.participants)
    };
    assert_eq!((judge.full_name.as_str(), judge.roles[0].as_str()), ("Juana Example", "CaseJudge"));
    assert_eq!(counsel.full_name, "Leyla Example");
    assert_eq!(counsel.postal_address, "1 Example Street, Elsewhere, 00001");
    assert_eq!(counsel.roles, ["ATTY", "CaseOfficial"]);
    assert_eq!((counsel.bar_number.as_str(), &counsel.acts_for), ("B 44", &party.references));
    assert_eq!(*party, old.participants[1]);
    let [lead, annex] = json.documents.as_slice() else { panic!("{:?}", json.documents) };
    assert!(lead.lead && !annex.lead, "the lead document goes first");
    assert_eq!(lead.attachments, old.documents[0].attachments);
    assert_eq!((annex.sequence.as_str(), annex.digest_literal.as_str()), ("1", "b2c0"));
    assert_eq!(annex.attachments[0].location, "cid:annex");
    assert_eq!(annex.attachments[0].media_type, "application/pdf");
}

/// The court's answer with one thing exchanged.
fn answer(right: &str, other: &str) -> DecodeReply {
    assert!(REJECTED.contains(right), "{right}");
    decode(CALLBACK, REJECTED.replacen(right, other, 1).as_bytes())
}

#[test]
fn a_rejection_is_a_refusal_with_its_reasons() {
    let reply = answer("rejected", "rejected");
    assert_eq!(reply.problems, []);
    let Some(Content::RefusalToRegister(refusal)) = reply.content.and_then(|c| c.content) else {
        panic!("no refusal")
    };
    let grounds: Vec<(String, String)> = refusal
        .grounds
        .iter()
        .map(|ground| {
            let reason = &ground.reason.as_ref().expect("a reason").renderings[0];
            assert_eq!(reason.language, "und");
            (ground.code.clone(), reason.text.clone())
        })
        .collect();
    let expected = [("no-signature", "The brief is not signed."), ("no-fee", "No fee was paid.")];
    assert_eq!(grounds, expected.map(|(code, text)| (code.to_owned(), text.to_owned())));
    let reply = answer("<nc:StatusText>no-fee</nc:StatusText>", "");
    let Some(Content::RefusalToRegister(refusal)) = reply.content.and_then(|c| c.content) else {
        panic!("no refusal")
    };
    assert!(refusal.grounds.iter().all(|ground| ground.code == "rejected"), "no code of its own");
}

#[test]
fn an_acceptance_is_a_registration_when_it_says_number_and_instant() {
    let accepted = REJECTED.replace("rejected", "accepted").replace(
        "<nc:Case/>",
        "<nc:Case><nc:CaseDocketID>JDC 12/2025</nc:CaseDocketID></nc:Case>\
         <ecf:FilingCompletionDate><nc:DateTime>2025-11-21T10:00:00-06:00</nc:DateTime>\
         </ecf:FilingCompletionDate>",
    );
    let reply = decode(CALLBACK, accepted.as_bytes());
    assert_eq!(reply.problems, []);
    let Some(Content::Registration(registration)) = reply.content.and_then(|c| c.content) else {
        panic!("no registration")
    };
    assert_eq!(registration.docket_number.expect("a number").literal, "JDC 12/2025");
    assert_eq!(registration.registered_at_unix_ms, 1_763_740_800_000);
    assert_eq!(registration.clerk, None);
    let no_zone = accepted.replace("10:00:00-06:00", "10:00:00");
    let reply = decode(CALLBACK, no_zone.as_bytes());
    assert_eq!(codes(&reply.problems), ["missing-registered-at"]);
    let filed_only = accepted.replace("ecf:FilingCompletionDate", "nc:DocumentFiledDate");
    let reply = decode(CALLBACK, filed_only.as_bytes());
    assert_eq!(codes(&reply.problems), ["missing-registered-at"], "filed is not registered");
    let bare = REJECTED.replace("rejected", "accepted");
    let reply = decode(CALLBACK, bare.as_bytes());
    assert_eq!(codes(&reply.problems), ["missing-case-number", "missing-registered-at"]);
}

#[test]
fn what_is_neither_taken_in_nor_refused_is_no_answer() {
    for (word, code) in [
        ("partially-accepted", "partly-accepted"),
        ("received", "not-reviewed"),
        ("", "missing-review-code"),
        ("maybe", "review-code-unknown"),
    ] {
        assert_eq!(codes(&answer("rejected", word).problems), [code]);
    }
    assert_eq!(codes(&decode(DOCKETING, REJECTED.as_bytes()).problems), ["not-answer"]);
    assert_eq!(codes(&decode(FILING, REJECTED.as_bytes()).problems), ["not-filing"]);
    assert_eq!(codes(&decode(CALLBACK, CORE.as_bytes()).problems), ["not-answer"]);
    let unexplained = REJECTED
        .lines()
        .filter(|line| !line.contains("StatusText") && !line.contains("StatusDescriptionText"))
        .collect::<String>();
    assert_eq!(codes(&decode(CALLBACK, unexplained.as_bytes()).problems), ["missing-reason"]);
}

/// Facts of published samples, looked up by a person.
#[test]
fn published_filings_say_what_a_person_reads_in_them() {
    let Some(appellate) =
        helper::sample("2-ecf/ecf-4.01/xml/ECF-4.0-CoreFilingMessage-Appellate.xml")
    else {
        return;
    };
    let arizona = filing(&decode(FILING, &std::fs::read(appellate).expect("a sample")));
    assert_eq!(arizona.court_name, "Arizona Supreme Court");
    assert_eq!(arizona.participants[0].bar_number, "23101");
    assert_eq!(arizona.documents.iter().filter(|document| document.lead).count(), 1);
    let Some(states) = helper::sample("2-ecf/states") else { return };
    let read = |name: &str| {
        let reply = decode(FILING, &std::fs::read(states.join(name)).expect("a sample"));
        (filing(&reply), reply)
    };
    let (alaska, _) = read("alaska-AKReviewFilingSEARCHSample_Test2.xml");
    let plaintiff = &alaska.participants[2];
    assert_eq!(
        (plaintiff.full_name.as_str(), &plaintiff.roles[0]),
        ("Tim Elliott", &"PLNT".into())
    );
    assert_eq!(alaska.participants[0].acts_for, plaintiff.references);
    let (hawaii, reply) = read("hawaii-criminalCase-CourtCaseFiling-ECF.xml");
    assert_eq!(hawaii.documents[0].attachments[0].size_bytes, 26, "This is a criminal history");
    assert!(codes(&reply.problems).contains(&"missing-submitter"));
    let (vermont, _) = read("vermont-Vermont_Incident_Citation-Person.out.xml");
    assert_eq!(vermont.participants[1].roles, ["CitationIssuingOfficial"]);
    let said = format!("{vermont:?}");
    for private in ["12345678", "1965-09-29", "BRO"] {
        assert!(!said.contains(private), "licences, birthdays and looks are not read");
    }
}
