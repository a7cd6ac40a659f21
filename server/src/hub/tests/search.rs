//! Cases are found by how people spell names and numbers.

use barid_proto::v1;
use barid_proto::v1::filing_content::Content;

use super::fixture::{TestHub, TestOffice, address, appeal, caller, complaint, reason};

/// A complaint of one person against another.
fn against(complainant: &str, respondent: &str) -> Content {
    let Content::ComplaintRegistered(mut complaint) = complaint() else { panic!("a complaint") };
    let person = |name: &str| v1::Person { full_name: name.into(), ..v1::Person::default() };
    complaint.complainant = Some(person(complainant));
    complaint.respondents = vec![person(respondent)];
    Content::ComplaintRegistered(complaint)
}

async fn files(
    test: &TestHub,
    office: &mut TestOffice,
    content: Content,
    restricted: bool,
) -> Vec<u8> {
    let mut body = office.body(content);
    if restricted {
        body.confidentiality = v1::Confidentiality::Restricted.into();
    }
    let case_id = body.envelope_id.clone();
    office.submit(&test.hub, body).await.unwrap();
    case_id
}

#[tokio::test]
async fn a_person_is_found_however_the_name_is_spelled() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let ihsan = files(&test, &mut south, against("إحسـان مُحمّد علي", "کاوە ئەحمەد"), false).await;
    let other = files(&test, &mut south, against("سارة حسن", "إحسان كريم"), false).await;
    files(&test, &mut south, against("إحسان السري", "شاهد محمي"), true).await;
    let found = async |text: &str| {
        let request = v1::ListCasesRequest { text: text.to_owned(), ..Default::default() };
        let answer = test.hub.cases(&south.caller, request).await.unwrap();
        answer.cases.into_iter().map(|case| case.case_id).collect::<Vec<_>>()
    };
    assert_eq!(found("احسان").await, [other.clone(), ihsan.clone()]);
    assert_eq!(found("احسان محمد").await, std::slice::from_ref(&ihsan));
    assert_eq!(found("كاوه احمد").await, Vec::<Vec<u8>>::new(), "ئە is not ا");
    assert_eq!(found("كاوه").await, std::slice::from_ref(&ihsan));
    assert_eq!(found("ساره").await, [other]);
    for restricted in ["السري", "شاهد"] {
        assert_eq!(found(restricted).await, Vec::<Vec<u8>>::new(), "{restricted}");
    }
    assert_eq!(found(" \u{200f} ").await.len(), 3, "nothing is looked for");
    // What was sent is what is given back.
    let request = v1::GetCaseRequest { case_id: ihsan, docket_number: None };
    let entries = test.hub.case(&south.caller, request).await.unwrap().entries;
    let sent = entries[0].filing.as_ref().unwrap().envelope.as_ref().unwrap();
    let body = barid_proto::envelope::decode_body(&sent.body).unwrap();
    assert_eq!(body.content.unwrap().content, Some(against("إحسـان مُحمّد علي", "کاوە ئەحمەد")));
}

#[tokio::test]
async fn strangers_find_nothing_and_long_texts_are_refused() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    files(&test, &mut south, appeal(), false).await;
    let request = |text: String| v1::ListCasesRequest { text, ..Default::default() };
    let found = async |who, text: &str| {
        test.hub.cases(&who, request(text.to_owned())).await.unwrap().cases.len()
    };
    assert_eq!(found(south.caller.clone(), "LIST ١٨٧").await, 1);
    assert_eq!(found(caller("gamma", "desk"), "LIST 187").await, 0);
    for long in ["word ".repeat(9), "x".repeat(513)] {
        let refused = test.hub.cases(&south.caller, request(long)).await;
        assert_eq!(reason(refused), v1::Reason::RequestInvalid);
    }
}

#[tokio::test]
async fn a_number_leads_to_its_case_as_it_stands_on_paper() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let number = |literal: &str, normal: &str| v1::DocketNumber {
        institution: "beta".into(),
        literal: literal.into(),
        normal: normal.into(),
    };
    let mut body = south.body(appeal());
    body.recipients = vec![address("beta", "")];
    let case_id = body.envelope_id.clone();
    // As a format reads it: the literal, and what it means.
    let read = number("612 / الهيئة القضائية للانتخابات / 2025", "612/2025");
    body.case =
        Some(v1::CaseReference { case_id: case_id.clone(), docket_numbers: vec![read.clone()] });
    south.submit(&test.hub, body).await.unwrap();
    for asked in ["٦١٢/الهيأة القضائية للانتخابات/٢٠٢٥", "٦١٢/الهيئه القضائيه للانتخابات/٢٠٢٥"]
    {
        let request =
            v1::GetCaseRequest { case_id: Vec::new(), docket_number: Some(number(asked, "")) };
        let answer = test.hub.case(&south.caller, request).await;
        // Another seat of the hamza is another letter: the two spellings stay apart.
        assert_eq!(answer.is_ok(), asked.contains("الهيئ"), "{asked}");
        let Ok(answer) = answer else { continue };
        let case = answer.case.unwrap();
        assert_eq!(case.case_id, case_id);
        assert_eq!(case.docket_numbers, std::slice::from_ref(&read), "kept as it was sent");
    }
}
