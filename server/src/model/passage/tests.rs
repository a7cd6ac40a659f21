//! What can be found in a filing, and what cannot.

use barid_proto::v1::{
    self, ActReference, AppealFiled, CivilDate, Exhibit, InquiryReported, Person, Rendering,
    SealedExhibit, Testimony, Text,
};

use super::*;

fn text(text: &str) -> Text {
    let rendering = Rendering { language: "ar".into(), text: text.into() };
    Text { renderings: vec![rendering], authoritative: "ar".into() }
}

fn person(name: &str) -> Person {
    Person { full_name: name.into(), ..Person::default() }
}

fn found(content: &Content) -> Vec<Passage> {
    all(&[], &EnvelopeBody::default(), Some(content))
}

#[test]
fn each_passage_tells_where_it_stands() {
    let appeal = Content::AppealFiled(AppealFiled {
        appellant: Some(person("سارة حسن")),
        challenged: Some(ActReference {
            number: "17".into(),
            date: Some(CivilDate { year: 2025, month: 3, day: 5 }),
            ..ActReference::default()
        }),
        grounds: vec![text("أول"), text("ثان")],
        ..AppealFiled::default()
    });
    let found = found(&appeal);
    let told: Vec<_> =
        found.iter().map(|one| (one.kind, one.path.as_str(), one.text.as_str())).collect();
    assert_eq!(
        told,
        [
            (PassageKind::Name, "appeal_filed.appellant", "سارة حسن"),
            (PassageKind::Decision, "appeal_filed.challenged", "17 · 2025-03-05"),
            (PassageKind::Text, "appeal_filed.grounds[0]", "أول"),
            (PassageKind::Text, "appeal_filed.grounds[1]", "ثان"),
        ]
    );
    // As people write a day.
    let words: Vec<String> = found[1].words().collect();
    for word in ["17", "2025", "3", "5"] {
        assert!(words.contains(&word.to_owned()), "{word}: {words:?}");
    }
}

#[test]
fn who_is_protected_is_found_nowhere() {
    let inquiry = Content::InquiryReported(InquiryReported {
        testimonies: vec![Testimony {
            witness: Some(person("إحسان محمد علي")),
            summary: Some(text("رأيت الصندوق")),
        }],
        finding: Some(text("شهد احسـان مُحمد علي بأن الصندوق فُتح، وعلي حاضر.")),
        ..InquiryReported::default()
    });
    let [only] = found(&inquiry).try_into().unwrap();
    assert_eq!(only.text, "شهد … … … بأن الصندوق فُتح، وعلي حاضر.");
    assert!(!only.words().any(|word| word == "احسان" || word == "رايت"));
}

#[test]
fn titles_of_sealed_exhibits_are_not_looked_at() {
    let exhibit = |title: &str, sealed: Option<SealedExhibit>| Exhibit {
        title: title.into(),
        sealed,
        ..Exhibit::default()
    };
    let body = EnvelopeBody {
        exhibits: vec![exhibit("مختوم", Some(SealedExhibit::default())), exhibit("صورة.jpg", None)],
        ..EnvelopeBody::default()
    };
    let found = all(&[], &body, None);
    let told: Vec<_> = found.iter().map(|one| (one.path.as_str(), one.text.as_str())).collect();
    assert_eq!(told, [("exhibits[1].title", "صورة.jpg")]);
}

#[test]
fn a_filing_has_a_bound_on_what_is_found() {
    let long = "كلمة ".repeat(TEXTS_MAX_BYTES / 10);
    let appeal = Content::AppealFiled(AppealFiled {
        grounds: vec![text(&long), text(&long), text("القشة")],
        ..AppealFiled::default()
    });
    let [only] = found(&appeal).try_into().unwrap();
    assert_eq!((only.path.as_str(), &only.text), ("appeal_filed.grounds[0]", &long));
    let ruling = v1::RulingIssued {
        judgment: Some(v1::Judgment {
            parties: (0..600).map(|n| format!("خصم {n}")).collect(),
            ..v1::Judgment::default()
        }),
        ..v1::RulingIssued::default()
    };
    assert_eq!(found(&Content::RulingIssued(ruling)).len(), PASSAGES_MAX);
}
