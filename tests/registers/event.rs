//! A whole election event through a real hub: each way in which a case can be missing, joined,
//! doubled or given back is done once, and the reconciliation names exactly these.

use std::fs;

use barid_client::client::{Filed, From, Served};
use barid_client::draft::HashedDocument;
use barid_client::proto::v1::filing_content::Content;
use barid_client::proto::v1::{
    ActReference, AppealFiled, CaseReference, CivilDate, DocketNumber, FilingContent, FilingKind,
    IntakeRoute, JoinCases, Officer, OfficerRole, Outcome, Person as Appellant, Query, Referral,
    RefusalGround, RefusalToRegister, Registration, Rendering, RulingIssued, SupplementFiled, Text,
};
use barid_client::{Draft, hex};
use barid_tests::{HubProcess, Person, ScriptedOffice};
use serde_json::{Value, json};

use super::{exceptions, panel, title, told};

pub(super) const EVENT: &str = "CoR-2025-6";

/// The cases that office and Council take in, by what becomes of them.
const RULED: usize = 0;
const REFUSED: usize = 1;
pub(super) const LOST: usize = 2;
const JOINED: usize = 3;
const SUPPLEMENTED: usize = 4;
const MISREGISTERED: usize = 5;

fn text(arabic: &str) -> Option<Text> {
    let rendering = Rendering { language: "ar".to_owned(), text: arabic.to_owned() };
    Some(Text { renderings: vec![rendering], authoritative: "ar".to_owned() })
}

fn act(number: &str) -> Option<ActReference> {
    let date = Some(CivilDate { year: 2025, month: 11, day: 16 });
    let (institution, number) = ("ihec".to_owned(), number.to_owned());
    Some(ActReference { institution, number, date, minutes_number: String::new() })
}

fn number(institution: &str, literal: &str) -> DocketNumber {
    DocketNumber {
        institution: institution.into(),
        literal: literal.to_owned(),
        normal: String::new(),
    }
}

pub(super) fn own(case: usize) -> String {
    format!("BAS-APP-2025-{case:04}")
}

fn appeal(name: &str, route: IntakeRoute) -> Content {
    let full_name = name.to_owned();
    Content::AppealFiled(AppealFiled {
        appellant: Some(Appellant { full_name, ..Appellant::default() }),
        challenged: act("214"),
        route: route.into(),
        ..AppealFiled::default()
    })
}

/// Files content of a kind, in a case or opening one.
async fn files(
    office: &ScriptedOffice,
    kind: FilingKind,
    to: &[(&str, &str)],
    case: Option<&Filed>,
    content: Content,
) -> Filed {
    let case_id = case.map(|filed| filed.receipt.case_id.clone()).unwrap_or_default();
    let draft = Draft::new(kind)
        .case(CaseReference { case_id, docket_numbers: vec![] })
        .content(FilingContent { content: Some(content) })
        .under("", "", if case.is_none() { EVENT } else { "" })
        .stamp(office.stamp());
    let draft = to.iter().fold(draft, |draft, (institution, at)| draft.to(institution, at));
    office.client.submit(draft).await.expect("the filing is taken in")
}

/// Everything in an office's inbox behind a position; all of it is fetched thereby.
async fn receives(office: &ScriptedOffice, after: u64) -> Vec<Served> {
    let mut inbox = office.client.receive(From::After(after), false, "", &[]).unwrap();
    let mut all = Vec::new();
    while let Some(served) = inbox.next().await.expect("the inbox answers") {
        all.push(served);
    }
    all
}

async fn registers(office: &ScriptedOffice, served: &Served, number: DocketNumber) {
    let registration = Registration {
        docket_number: Some(number),
        registered_at_unix_ms: 1_764_000_000_000,
        clerk: Some(Officer {
            name: "كاتب".to_owned(),
            role: OfficerRole::Clerk.into(),
            officer_id: String::new(),
        }),
        route: IntakeRoute::Referred.into(),
    };
    office.client.register(served, registration).await.expect("it is registered");
}

/// Who took a case in itself registers nothing that was served: it names its number when it asks.
async fn names(panel: &ScriptedOffice, direct: &Filed, literal: &str) {
    let query =
        Query {
            number: "1".to_owned(), question: text("ما جواب المجلس؟"), ..Query::default()
        };
    let case_id = direct.receipt.case_id.clone();
    let case = CaseReference { case_id, docket_numbers: vec![number("ejp", literal)] };
    let query = FilingContent { content: Some(Content::Query(query)) };
    let query = Draft::new(FilingKind::Query).case(case).content(query).to("ihec", "council");
    panel.client.submit(query).await.expect("the question is taken in");
}

fn referral() -> Content {
    Content::Referral(Referral {
        letter: act("(خ/ 25 ر.م/ 61)"),
        reply: text("يرى المجلس أن القرار صحيح."),
        recommendation: Outcome::Rejected.into(),
        packing_list: vec![],
    })
}

/// Does it all, and gives the panel's office.
pub(super) async fn election(hub: &HubProcess) -> ScriptedOffice {
    let office = hub.office("ihec", "geo-bas").enrolled().await;
    let council = hub.office("ihec", "council").enrolled().await;
    let panel = hub.office("ejp", "registry").enrolled().await;
    let (to_council, to_panel) = ([("ihec", "council")], [("ejp", "registry")]);
    let mut cases = Vec::new();
    let (opens, name) =
        (FilingKind::AppealFiled, |case: usize| format!("ا{case}ا ب{case}ا ج{case}ا"));
    for case in 0..6 {
        let content = appeal(&name(case), IntakeRoute::Unspecified);
        cases.push(files(&office, opens, &to_council, None, content).await);
    }
    for (case, served) in receives(&council, 0).await.iter().enumerate() {
        registers(&council, served, number("ihec", &own(case))).await;
    }
    for case in [RULED, REFUSED, JOINED, SUPPLEMENTED, MISREGISTERED] {
        let (kind, case) = (FilingKind::Referral, cases.get(case));
        files(&council, kind, &to_panel, case, referral()).await;
    }
    let added = SupplementFiled {
        appeal: Some(number("ihec", &own(SUPPLEMENTED))),
        number: 1,
        addition: text("بيان إضافي"),
    };
    let (kind, case) = (FilingKind::SupplementFiled, cases.get(SUPPLEMENTED));
    for (from, to) in [(&office, &to_council), (&council, &to_panel)] {
        files(from, kind, to, case, Content::SupplementFiled(added.clone())).await;
    }
    let served = receives(&panel, 0).await;
    assert_eq!(served.len(), 6);
    let grounds = vec![RefusalGround {
        code: "no-signature".to_owned(),
        reason: text("الطعن غير موقع"),
        remedy: None,
    }];
    let refusal = RefusalToRegister { grounds, clerk: None };
    panel.client.refuse(&served[1], refusal).await.expect("it is refused");
    // The last referral is entered under the number of the one before.
    for (place, serial) in [(0, 600), (2, 603), (3, 604), (4, 604), (5, 605)] {
        registers(&panel, &served[place], number("ejp", &title(serial))).await;
    }
    let both = [to_council[0], to_panel[0]];
    let content = appeal("حسن علي محمد", IntakeRoute::Direct);
    let direct = files(&panel, opens, &both, None, content).await;
    names(&panel, &direct, &title(606)).await;
    let ruling = RulingIssued {
        ruling: act("600"),
        docket_numbers: vec![number("ejp", &title(600))],
        court: text("الهيئة القضائية للانتخابات"),
        outcome: Outcome::DecisionConfirmed.into(),
        ..RulingIssued::default()
    };
    let kind = FilingKind::RulingIssued;
    files(&panel, kind, &to_council, cases.get(RULED), Content::RulingIssued(ruling)).await;
    receives(&council, 6).await;
    // What is sent now is fetched by nobody.
    let joinder = JoinCases {
        lead: Some(number("ejp", &title(600))),
        joined: vec![number("ejp", &title(603))],
        reason: text("لوحدة الموضوع"),
    };
    let kind = FilingKind::JoinCases;
    files(&panel, kind, &to_council, cases.get(JOINED), Content::JoinCases(joinder)).await;
    files(&council, FilingKind::Referral, &to_panel, cases.get(LOST), referral()).await;
    panel
}

fn seeded() -> Vec<(String, Vec<String>)> {
    let one = |kind: &str, numbers: &[String]| (kind.to_owned(), numbers.to_vec());
    vec![
        one("LOST_IN_TRANSFER", &[own(LOST)]),
        one("DIRECT_FILING", &[title(606)]),
        one("JOINED_ON_ONE_SIDE", &[own(JOINED), own(RULED), title(603), title(600)]),
        one("NUMBER_GIVEN_TWICE", &[own(SUPPLEMENTED), own(MISREGISTERED), title(604), title(604)]),
    ]
}

fn sorted(mut all: Vec<(String, Vec<String>)>) -> Vec<(String, Vec<String>)> {
    for (_, numbers) in &mut all {
        numbers.sort();
    }
    all.sort();
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn what_became_of_each_case_of_an_event_is_named() {
    let hub = HubProcess::start();
    let office = election(&hub).await;
    let national = Person::of(&hub, "national", "ihec", "national");
    let registry = Person::of(&hub, "registry", "ejp", "registry");

    // Both sides see the same, each from where it stands.
    let line = ["reconcile", "--event", EVENT];
    let found = told(&national.barid(line), 1);
    assert_eq!(found["seen"]["cases"], 7, "{found}");
    assert_eq!(
        (&found["seen"]["by"], &found["seen"]["filings_hidden"]),
        (&json!("ihec/national"), &json!(0))
    );
    let [pair] = found["pairs"].as_array().unwrap().as_slice() else { panic!("{found}") };
    assert_eq!(sorted(exceptions(pair)), sorted(seeded()));
    assert_eq!(pair["adds_up"], json!(true));
    let became = &pair["referring"]["became"];
    assert_eq!(
        (&became["referred"], &became["returned"], &became["supplements"]),
        (&json!(5), &json!(1), &json!(1))
    );
    let seen = told(&registry.barid(line), 1);
    assert_eq!(sorted(exceptions(&seen["pairs"][0])), sorted(seeded()));

    // Nobody has to believe it: the evidence stands beside it.
    let lost = pair["exceptions"].as_array().unwrap().iter();
    let lost = lost.clone().find(|one| one["kind"] == "EXCEPTION_KIND_LOST_IN_TRANSFER").unwrap();
    let evidence = &lost["evidence"]["referring"][0];
    assert!(evidence["sent_at_unix_ms"].as_i64().unwrap() > 0, "{evidence}");
    assert_eq!(evidence["fetched_at_unix_ms"], 0);
    assert_eq!(evidence["digests"].as_array().unwrap().len(), 1, "the letter's envelope");
    let case_id = evidence["case_id"].as_str().unwrap();
    let shown = national.told("ar", line);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    for part in ["ihec/national", EVENT, &own(LOST), "ضاعت في الإحالة", &case_id[..12]]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }

    // The same pair by name; and what the panel states besides.
    let by_name = ["reconcile", "hub:ihec", "hub:ejp", "--event", EVENT];
    assert_eq!(exceptions(&told(&national.barid(by_name), 1)), exceptions(pair));
    with_a_statement(&hub, &national, &office).await;
}

/// The panel publishes its numbers, and one more that nothing in the hub explains.
async fn with_a_statement(hub: &HubProcess, national: &Person, office: &ScriptedOffice) {
    let register = hub.folder("register").with_extension("csv");
    fs::write(&register, panel(&[600, 603, 604, 606, 699])).unwrap();
    let document = HashedDocument::at(&register).unwrap();
    let statement = Draft::new(FilingKind::RegisterStatement)
        .without_case()
        .to("ihec", "council")
        .lead("ejp/register+csv", "register.csv", "text/csv", document);
    let filed = office.client.submit(statement).await.expect("the register is stated");
    let digest = hex::encode(&filed.verified.digest);
    let stated = format!("hub:ejp+{digest}");
    let found = told(&national.barid(["reconcile", "hub:ihec", &stated, "--event", EVENT]), 1);
    let mut expected = seeded();
    expected.push(("DIRECT_FILING".to_owned(), vec![title(699)]));
    assert_eq!(sorted(exceptions(&found)), sorted(expected));
    // Whose statement it is has to be whose dockets are read.
    let other = format!("hub:ihec+{digest}");
    let why = national.refused("en", &["reconcile", &other, "hub:ejp", "--event", EVENT]);
    assert!(why.contains("ejp"), "{why}");
    let why = national.refused("en", &["reconcile", "hub:ihec", "hub:ejp"]);
    assert!(why.contains("--event"), "{why}");
}

/// Who is party to nothing sees nothing, and is told so.
#[test]
fn whoever_sees_no_case_is_told_whose_view_that_is() {
    let hub = HubProcess::start();
    let stranger = Person::of(&hub, "court", "fsc", "registry");
    let found: Value = told(&stranger.barid(["reconcile", "--event", EVENT]), 0);
    assert_eq!((&found["seen"]["cases"], &found["pairs"]), (&json!(0), &json!([])));
    let shown = stranger.told("en", ["reconcile", "--event", EVENT]);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(shown.contains("As fsc/registry sees it: 0 cases"), "{shown}");
}
