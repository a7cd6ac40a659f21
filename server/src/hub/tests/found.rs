//! Cases are found by what somebody remembers of them, by those alone who may read it.

use barid_proto::v1;
use barid_proto::v1::filing_content::Content;

use super::fixture::{TestHub, TestOffice, address, appeal, caller, reason};
use crate::identity::caller::Caller;
use crate::model::place::english;

/// An appeal on this ground.
fn on_ground(ground: &str) -> Content {
    let Content::AppealFiled(mut filed) = appeal() else { panic!("an appeal") };
    filed.grounds = vec![english(ground.into())];
    Content::AppealFiled(filed)
}

async fn files(test: &TestHub, office: &mut TestOffice, body: v1::EnvelopeBody) -> Vec<u8> {
    let case_id = body.envelope_id.clone();
    office.submit(&test.hub, body).await.unwrap();
    case_id
}

async fn asks(test: &TestHub, who: &Caller, text: &str) -> v1::SearchCasesResponse {
    let request = v1::SearchCasesRequest { text: text.to_owned(), ..Default::default() };
    test.hub.search(who, request).await.unwrap()
}

async fn finds(test: &TestHub, who: &Caller, text: &str) -> Vec<Vec<u8>> {
    let hits = asks(test, who, text).await.hits;
    hits.into_iter().map(|hit| hit.case.unwrap().case_id).collect()
}

#[tokio::test]
async fn a_hit_says_what_was_found_and_where() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let body = south.body(on_ground("المحطات التي أُعيد فيها الفرز: 3 و 7"));
    let digest = barid_proto::envelope::open(&south.sign(body.clone())).unwrap().digest();
    let case = files(&test, &mut south, body).await;
    let hit = asks(&test, &south.caller, "فرز ٧").await.hits.remove(0);
    assert_eq!(hit.case.as_ref().unwrap().case_id, case);
    assert_eq!((hit.matched(), hit.kind()), (v1::SearchMatch::Text, v1::FilingKind::AppealFiled));
    assert_eq!(hit.path, "appeal_filed.grounds[0]");
    let snippet = hit.snippet.unwrap();
    let marked: Vec<&str> = snippet
        .marks
        .iter()
        .map(|one| &snippet.text[one.begin as usize..one.end as usize])
        .collect();
    assert_eq!(marked, ["الفرز", "7"]);
    assert_eq!(hit.envelope_digest.len(), digest.len());
    let hit = asks(&test, &south.caller, "214").await.hits.remove(0);
    assert_eq!(
        (hit.matched(), hit.path.as_str()),
        (v1::SearchMatch::Decision, "appeal_filed.challenged",)
    );
}

#[tokio::test]
async fn nobody_finds_what_only_others_may_read() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut body = south.body(on_ground("تزوير"));
    body.recipients = vec![address("beta", "")];
    let case = files(&test, &mut south, body).await;
    let mut secret = south.body(on_ground("مخبر"));
    secret.confidentiality = v1::Confidentiality::Restricted.into();
    secret.case = Some(v1::CaseReference { case_id: case.clone(), docket_numbers: vec![] });
    secret.recipients = vec![address("alpha", "north")];
    files(&test, &mut south, secret).await;

    let [head, north, beta, gamma] =
        [("alpha", "head"), ("alpha", "north"), ("beta", "desk"), ("gamma", "desk")]
            .map(|(institution, office)| caller(institution, office));
    for who in [&south.caller, &head, &north, &beta] {
        assert_eq!(finds(&test, who, "تزوير").await, std::slice::from_ref(&case));
    }
    for who in [&south.caller, &head, &north] {
        assert_eq!(finds(&test, who, "مخبر").await, std::slice::from_ref(&case));
    }
    // A party to the case that the filing was not for; and one that is none.
    let nothing = v1::SearchCasesResponse::default();
    assert_eq!(asks(&test, &beta, "مخبر").await, nothing);
    for text in ["تزوير", "مخبر", "214", "List 187"] {
        assert_eq!(asks(&test, &gamma, text).await, nothing, "{text}");
    }
}

/// Two cases that a word leads to, and where they go on.
async fn page(test: &TestHub, who: &Caller, token: &str) -> (Vec<Vec<u8>>, String) {
    let request = v1::SearchCasesRequest {
        text: "تزوير".to_owned(),
        page_size: 2,
        page_token: token.to_owned(),
        ..Default::default()
    };
    let answer = test.hub.search(who, request).await.unwrap();
    let hits = answer.hits.into_iter().map(|hit| hit.case.unwrap().case_id);
    (hits.collect(), answer.next_page_token)
}

#[tokio::test]
async fn pages_are_of_one_search() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut cases = Vec::new();
    for _ in 0..5 {
        let body = south.body(on_ground("تزوير"));
        cases.push(files(&test, &mut south, body).await);
    }
    cases.reverse();
    let (first, token) = page(&test, &south.caller, "").await;
    // What comes in between moves nothing.
    let body = south.body(on_ground("تزوير"));
    let newest = files(&test, &mut south, body).await;
    let (second, token) = page(&test, &south.caller, &token).await;
    let (third, last) = page(&test, &south.caller, &token).await;
    assert_eq!([first, second, third].concat(), cases);
    assert_eq!(last, "");
    assert_eq!(page(&test, &south.caller, "").await.0[0], newest);
    for wrong in ["x", "5", "5-", "-5", "5-99999", "-1-2"] {
        let request = v1::SearchCasesRequest {
            text: "تزوير".into(),
            page_token: wrong.into(),
            ..Default::default()
        };
        let refused = test.hub.search(&south.caller, request).await;
        assert_eq!(reason(refused), v1::Reason::RequestInvalid, "{wrong}");
    }
}

#[tokio::test]
async fn what_is_typed_is_words_and_nothing_else() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let body = south.body(on_ground("alpha and beta"));
    let case = files(&test, &mut south, body).await;
    for one in ["alpha\" AND \"beta", "words:alpha*", "(alpha) ^beta", "{beta}: -alpha"] {
        let expected = if one.starts_with("words") { Vec::new() } else { vec![case.clone()] };
        assert_eq!(finds(&test, &south.caller, one).await, expected, "{one}");
    }
    // Bidi controls, zero width, and the characters that mark readers.
    for one in ["\u{202e}al\u{200b}pha\u{2066}", "\u{e000}4alpha beta", "alpha\u{0}beta"] {
        let found = finds(&test, &south.caller, one).await;
        assert_eq!(found.len(), usize::from(!one.contains("4alpha")), "{one:?}");
    }
    let other = caller("gamma", "desk");
    for forged in ["\u{e000}4alpha", "\u{e000}4alpha\u{e002}south", "4alpha"] {
        assert_eq!(finds(&test, &other, forged).await, Vec::<Vec<u8>>::new(), "{forged:?}");
    }
    let many = (0..10_000).map(|n| format!("w{n} ")).collect::<String>();
    let seventeen = (0..17).map(|n| format!("w{n} ")).collect::<String>();
    for wrong in ["", "  \u{200f} ", "\"*()", &many, &seventeen, &"x".repeat(513)] {
        let request = v1::SearchCasesRequest { text: wrong.to_owned(), ..Default::default() };
        let refused = test.hub.search(&south.caller, request).await;
        assert_eq!(reason(refused), v1::Reason::RequestInvalid, "{wrong:.20}");
    }
    for (size, party) in [(101, None), (1, Some(address("NO", "x"))), (1, Some(address("", "")))] {
        let request = v1::SearchCasesRequest {
            text: "alpha".to_owned(),
            page_size: size,
            party,
            ..Default::default()
        };
        let refused = test.hub.search(&south.caller, request).await;
        assert_eq!(reason(refused), v1::Reason::RequestInvalid);
    }
}
