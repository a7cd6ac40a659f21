//! What is wrong with JSON is said all at once, with its place; gaps that the law leaves to the
//! Council are warnings.

use crate::asking::{codes, content, decode, encode, has_error};
use barid_format_ihec::Ihec;
use barid_plugin::Format;
use barid_plugin::v1::filing_content::Content;
use barid_plugin::v1::{
    CallIn, ComplaintRegistered, DecodeRequest, DocketNumber, FilingKind, Person, Problem,
    Rendering, ServiceMode, SupplementFiled, Text,
};

fn paths(problems: &[Problem]) -> Vec<String> {
    problems
        .iter()
        .map(|problem| {
            let place = problem.place.clone().unwrap_or_default();
            format!("{} @ {}", problem.code, place.path)
        })
        .collect()
}

#[test]
fn a_bare_form_is_read_with_a_warning_for_each_gap() {
    let form = r#"{"complainant": {"full_name": "علي حسن"}, "facts": {"ar": "واقعة"}}"#;
    let reply = decode("ihec/form-110+json", form.as_bytes());
    assert!(content(&reply).is_some());
    assert!(!has_error(&reply.problems));
    assert_eq!(
        paths(&reply.problems),
        [
            "name-not-four-part @ complainant.full_name",
            "sex-missing @ complainant.sex",
            "capacity-missing @ complainant.capacity",
            "address-missing @ complainant.postal_address",
            "telephone-missing @ complainant.telephone",
            "form-serial-missing @ form_serial",
            "stream-missing @ stream",
            "place-incomplete @ place",
            "incident-time-missing @ incident_at",
            "relief-missing @ relief",
            "not-witnessed @ witnessed",
            "unsigned @ signed",
            "endorsement-missing @ endorsement",
        ]
    );
    for problem in &reply.problems {
        let languages = |text: &Option<barid_plugin::v1::Text>| -> Vec<String> {
            let text = text.clone().unwrap_or_default();
            text.renderings.into_iter().map(|rendering| rendering.language).collect()
        };
        assert_eq!(languages(&problem.what), ["ar", "ckb", "en"], "{}", problem.code);
        assert_eq!(languages(&problem.remedy), ["ar", "ckb", "en"], "{}", problem.code);
    }
}

#[test]
fn an_unintelligible_form_names_all_errors_and_has_no_content() {
    let form = r#"{
        "complainant": {"full_name": "", "sex": "f"},
        "incident_at": "11/11/2025",
        "docket_numbers": ["BAS\u202e-1", ""],
        "colour": "red"
    }"#;
    let reply = decode("ihec/form-110+json", form.as_bytes());
    assert!(content(&reply).is_none());
    let found = paths(&reply.problems);
    for expected in [
        "field-missing @ complainant.full_name",
        "value-unknown @ complainant.sex",
        "instant-invalid @ incident_at",
        "field-missing @ facts",
        "bidi-control @ docket_numbers",
        "field-unknown @ colour",
    ] {
        assert!(found.contains(&expected.to_owned()), "{expected} not in {found:#?}");
    }
    // What is written and not understood is not missing besides: one thing is said once.
    for twice in ["sex-missing @ complainant.sex", "incident-time-missing @ incident_at"] {
        assert!(!found.contains(&twice.to_owned()), "{twice} in {found:#?}");
    }
    let turned = reply.problems.iter().find(|problem| problem.code == "bidi-control");
    let what = turned.and_then(|problem| problem.what.clone()).expect("its wording");
    assert!(what.renderings.iter().all(|rendering| rendering.text.contains("U+202E")), "{what:?}");
}

#[test]
fn figures_and_votes_that_contradict_are_warnings() {
    let adopted = r#"{"kind": "results-adopted",
        "decision": {"institution": "ihec", "number": "1"},
        "constituencies": [{"constituency": "x", "registered": 1, "voters": 2, "valid": 2,
                            "invalid": 1, "seats": 1}],
        "vote": {"present": 9, "in_favour": 4, "against": 4}}"#;
    let reply = decode("ihec/decision+json", adopted.as_bytes());
    assert_eq!(
        paths(&reply.problems),
        ["figures-differ @ constituencies[0].voters", "votes-differ @ vote.present"]
    );
    assert!(content(&reply).is_some());
}

#[test]
fn a_proof_of_service_needs_a_time_and_a_known_mode() {
    let read = |rest: &str| {
        let proof = format!(
            r#"{{"kind": "proof-of-service", "act": {{"institution": "ihec", "number": "1"}},
                "served_on": {{"full_name": "تحالف المثال"}}, {rest}}}"#
        );
        decode("ihec/decision+json", proof.as_bytes())
    };
    let served = read(r#""mode": "publication", "served_at": "2025-11-17T14:00:00+03:00""#);
    assert_eq!(codes(&served.problems), [""; 0]);
    let Some(Content::ProofOfService(proof)) = content(&served) else { panic!("{served:?}") };
    assert_eq!(proof.mode(), ServiceMode::Publication);
    assert_eq!(proof.served_at_unix_ms, 1_763_377_200_000);
    assert!(proof.served_by.is_none() && proof.proof_sha256.is_empty());

    let wrong = read(r#""mode": "pigeon", "proof_sha256": "00""#);
    assert_eq!(
        paths(&wrong.problems),
        ["value-unknown @ mode", "field-missing @ served_at", "digest-invalid @ proof_sha256"]
    );
    assert!(content(&wrong).is_none());
}

#[test]
fn kinds_are_named_and_must_be_the_envelopes() {
    let call_in =
        r#"{"kind": "call-in", "delegated_decision": "NIN-DD-2025-0019", "called_in": true}"#;
    let ask = |kind: FilingKind, format: &str, input: &str| {
        let reply = Ihec.decode(&DecodeRequest {
            format: format.to_owned(),
            input: input.as_bytes().to_vec(),
            kind: kind.into(),
            institution: "ihec".to_owned(),
            languages: vec![],
        });
        codes(&reply.problems).join(" ")
    };
    assert_eq!(ask(FilingKind::CallIn, "ihec/decision+json", call_in), "");
    assert_eq!(ask(FilingKind::Answer, "ihec/decision+json", call_in), "kind-differs");
    let unnamed = call_in.replace(r#""kind": "call-in", "#, "");
    assert_eq!(ask(FilingKind::CallIn, "ihec/decision+json", &unnamed), "field-missing");
    assert!(ask(FilingKind::CallIn, "ihec/appeal+json", call_in).starts_with("value-unknown"));
    assert_eq!(ask(FilingKind::CallIn, "ihec/telegram", call_in), "format-unknown");
}

#[test]
fn what_cannot_be_written_is_not_written() {
    let call_in = CallIn { delegated_decision: "1".to_owned(), ..CallIn::default() };
    let reply = encode("ihec/form-110+json", Content::CallIn(call_in.clone()));
    assert_eq!((codes(&reply.problems), reply.output.len()), (vec!["content-other"], 0));
    let reply = encode("ihec/telegram", Content::CallIn(call_in));
    assert_eq!((codes(&reply.problems), reply.output.len()), (vec!["format-unknown"], 0));
    let reply = encode("ihec/decision+json", Content::CallIn(CallIn::default()));
    assert_eq!((codes(&reply.problems), reply.output.len()), (vec!["field-missing"], 0));
}

#[test]
fn what_a_format_cannot_say_is_named() {
    let person = Person { full_name: "تحالف المثال".to_owned(), ..Person::default() };
    let ejp = DocketNumber {
        institution: "ejp".to_owned(),
        literal: "612/الهيئة القضائية للانتخابات/2025".to_owned(),
        normal: "612/2025".to_owned(),
    };
    let text = |text: &str| {
        let renderings = vec![Rendering { language: "ar".to_owned(), text: text.to_owned() }];
        Some(Text { renderings, authoritative: String::new() })
    };
    let supplement = SupplementFiled { appeal: Some(ejp), number: 1, addition: text("نسخة") };
    let reply = encode("ihec/appeal+json", Content::SupplementFiled(supplement));
    assert_eq!(codes(&reply.problems), [""; 0], "a normal form is made by whoever reads");

    let complaint = ComplaintRegistered {
        complainant: Some(person),
        facts: text("واقعة"),
        incident_at_unix_ms: i64::MAX,
        ..ComplaintRegistered::default()
    };
    let reply = encode("ihec/form-110+json", Content::ComplaintRegistered(complaint));
    assert_eq!(codes(&reply.problems), ["not-expressed"], "no calendar reaches that far");
    assert!(!reply.output.is_empty());
}
