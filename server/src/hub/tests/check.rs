//! The dry run beyond the document: the class of data, and figures that contradict each other.

use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{self, DataClass, FilingContent};

use super::fixture::*;
use super::law::about;
use crate::model::content::kind_of;

fn pilot(declared: DataClass) -> Content {
    let Content::PilotPaper(paper) = pilot_paper() else { panic!("a pilot's paper") };
    Content::PilotPaper(v1::PilotPaper { data_class: declared.into(), ..paper })
}

/// Code and path of what is told about a content, if its envelope had this class.
async fn told(test: &TestHub, office: (&str, &str), content: Content, class: i32) -> Vec<String> {
    let request = v1::CheckRequest {
        kind: kind_of(&content).into(),
        content: Some(FilingContent { content: Some(content) }),
        foreseen: Some(v1::ForeseenFiling { data_class: class, ..v1::ForeseenFiling::default() }),
        ..v1::CheckRequest::default()
    };
    let found = test.hub.check(&caller(office.0, office.1), request).await.unwrap();
    assert_eq!(found.acceptable, found.problems.is_empty());
    let problems = found.problems.into_iter();
    problems.map(|one| format!("{} @ {}", one.code, one.place.unwrap().path)).collect()
}

#[tokio::test]
async fn a_pilots_paper_is_compared_with_the_class_of_its_envelope() {
    let test = TestHub::new();
    let delta = ("delta", "desk");
    let told = async |office, declared, class: DataClass| {
        told(&test, office, pilot(declared), class.into()).await
    };
    let nothing: [&str; 0] = [];
    use DataClass::{Anonymised, Live, Published, Synthetic, Unspecified};
    assert_eq!(told(delta, Synthetic, Synthetic).await, nothing);
    assert_eq!(told(delta, Unspecified, Published).await, nothing);
    assert_eq!(told(delta, Published, Unspecified).await, nothing, "what is not said");
    assert_eq!(told(delta, Published, Synthetic).await, ["class-differs @ content.data_class"]);
    // A partner may not touch live data; the commission may, but sends none in pilots.
    assert_eq!(told(delta, Unspecified, Live).await, ["class-not-permitted @ data_class"]);
    assert_eq!(told(delta, Unspecified, Anonymised).await, ["class-not-permitted @ data_class"]);
    assert_eq!(
        told(("alpha", "south"), Synthetic, Live).await,
        ["class-differs @ content.data_class", "class-not-permitted @ data_class"]
    );
}

#[tokio::test]
async fn a_paper_of_a_live_case_is_no_pilots_paper() {
    let test = TestHub::new();
    let south = ("alpha", "south");
    let nothing: [&str; 0] = [];
    let told = async |class| told(&test, south, complaint(), class).await;
    assert_eq!(told(DataClass::Live.into()).await, nothing);
    assert_eq!(told(DataClass::Synthetic.into()).await, nothing);
    let published = told(DataClass::Published.into()).await;
    assert_eq!(published, ["class-not-permitted @ data_class"]);
    assert_eq!(told(99).await, ["unknown-value @ data_class"]);
}

#[tokio::test]
async fn what_is_said_before_is_what_a_filing_meets() {
    let test = TestHub::new();
    let mut delta = test.office("delta", "desk").await;
    for (declared, class, reason_then) in [
        (DataClass::Published, DataClass::Synthetic, v1::Reason::ContentInvalid),
        (DataClass::Unspecified, DataClass::Anonymised, v1::Reason::DataClassForbidden),
    ] {
        let mut body = delta.body(pilot(declared));
        body.data_class = class.into();
        body.case = Some(v1::CaseReference { case_id: body.envelope_id.clone(), ..<_>::default() });
        assert_eq!(reason(delta.submit(&test.hub, body).await), reason_then);
        let before = told(&test, ("delta", "desk"), pilot(declared), class.into()).await;
        assert_eq!(before.len(), 1, "{before:?}");
    }
}

#[tokio::test]
async fn figures_that_contradict_each_other_are_marked_and_not_refused() {
    let test = TestHub::new();
    let results = Content::ResultsAdopted(v1::ResultsAdopted {
        decision: Some(v1::ActReference { number: "1".into(), ..<_>::default() }),
        constituencies: vec![v1::ConstituencyResult {
            constituency: "south".into(),
            registered: 3,
            voters: 4,
            valid: 5,
            ..<_>::default()
        }],
        ..<_>::default()
    });
    let request = v1::CheckRequest {
        kind: v1::FilingKind::ResultsAdopted.into(),
        content: Some(FilingContent { content: Some(results.clone()) }),
        ..<_>::default()
    };
    let mut head = test.office("alpha", "head").await;
    let found = test.hub.check(&head.caller, request).await.unwrap();
    assert!(found.acceptable);
    let codes: Vec<&str> = found.problems.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(codes, ["turnout", "vote-sum"]);

    let mut body = head.body(results);
    body.case = Some(v1::CaseReference { case_id: body.envelope_id.clone(), ..<_>::default() });
    let filed = head.submit(&test.hub, body).await.unwrap();
    let figures = about(&filed.assessments, "figures", "");
    assert_eq!(figures.finding(), v1::AssessmentFinding::OutOfOrder);
    let named: Vec<(&str, &str)> =
        figures.inputs.iter().map(|one| (one.name.as_str(), one.value.as_str())).collect();
    assert_eq!(
        named,
        [
            ("content.constituencies[0].voters", "turnout"),
            ("content.constituencies[0].valid", "vote-sum"),
        ]
    );
}
