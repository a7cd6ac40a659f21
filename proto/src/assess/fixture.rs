//! Small rule sets and logs for the tests of the assessors.

use super::{Act, Acts, Law, assess};
use crate::rules::{Catalogue, RuleSet, parse};
use crate::v1::filing_content::Content;
use crate::v1::{
    ActReference, Address, Assessment, CivilDate, DataClass, EnvelopeBody, FilingContent,
    FilingKind, Rendering, Text,
};

/// The institution that decides.
pub(super) const BODY: &str = "board";

/// Everything a rule set needs besides its rules.
const HEAD: &str = r#"
id = "TEST"
version = 1
effective-from = 2020-01-01
title = { ar = "ق", ckb = "ی", en = "t", es = "t" }

[[instrument]]
key = "L"
title = { ar = "ق", ckb = "ی", en = "t", es = "t" }
source = "a test"

[calendar]
zone = "Asia/Baghdad"
week = [{ from = 2000-01-01, works = ["sunday"], opens = "08:00", closes = "15:00" }]

[[event]]
id = "E-1"
election = "assembly"
polling = [2025-11-11]
seats = 4
"#;

/// A rule set: switches as key, default and alternative; rules as what they compute.
pub(super) fn rules(switches: &[(&str, &str, &str)], rules: &[&str]) -> RuleSet {
    let text = text(switches, rules);
    parse(&text, &Catalogue::default()).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The text of such a rule set. Rules are called `r1`, `r2` …
pub(crate) fn text(switches: &[(&str, &str, &str)], rules: &[&str]) -> String {
    let names = r#"{ ar = "ق", ckb = "ی", en = "t", es = "t" }"#;
    let mut text = HEAD.to_owned();
    for (key, default, other) in switches {
        text.push_str(&format!(
            "[[switch]]\nkey = \"{key}\"\nquestion = {names}\nreason = {names}\ndefault = \
             \"{default}\"\nalternatives = [\"{other}\"]\nmeaning = {{ \"{default}\" = {names}, \
             \"{other}\" = {names} }}\n"
        ));
    }
    for (number, rule) in (1..).zip(rules) {
        text.push_str(&format!(
            "[[rule]]\nkey = \"r{number}\"\ninstrument = \"L\"\narticle = \"{number}\"\ntitle = \
             {names}\nquote = {{ en = \"q\" }}\ndoes = \"d\"\n{rule}\n"
        ));
    }
    text
}

/// A filing of [`BODY`].
pub(super) fn act(leaf: u64, content: Content) -> Act {
    from(BODY, "", leaf, content)
}

/// A filing of an office.
pub(super) fn from(institution: &str, office: &str, leaf: u64, content: Content) -> Act {
    let sender = Some(Address { institution: institution.to_owned(), office: office.to_owned() });
    let kind = kind(&content);
    let body = EnvelopeBody {
        sender,
        kind: kind.into(),
        data_class: DataClass::Live.into(),
        ..EnvelopeBody::default()
    };
    let mut digest = [0; 32];
    digest[0] = u8::try_from(leaf % 251).unwrap();
    Act { leaf, accepted_at_ms: 1_763_290_000_000, digest, body, content: Some(content) }
}

/// The kind of a content: the number of its field.
fn kind(content: &Content) -> FilingKind {
    use prost::Message as _;
    let bytes = FilingContent { content: Some(content.clone()) }.encode_to_vec();
    let (field, _) = prost::encoding::decode_key(&mut bytes.as_slice()).unwrap();
    FilingKind::try_from(i32::try_from(field).unwrap()).unwrap()
}

/// What the rules of a set say about a filing, after these of its case and these general ones.
pub(super) fn assessed(
    rules: &RuleSet,
    case: Vec<Act>,
    general: Vec<Act>,
    subject: &Act,
) -> Vec<Assessment> {
    let acts = Acts { as_of_size: subject.leaf, case, general, outages: Vec::new() };
    assess(&Law { rules, acts: &acts, event: "E-1" }, subject)
}

/// The conclusions of an assessment's readings, the preferred one first.
pub(super) fn conclusions(assessment: &Assessment) -> Vec<&str> {
    assessment.readings.iter().map(|reading| reading.conclusion.as_str()).collect()
}

/// The only assessment of a filing by a set with one rule, as its conclusions.
pub(super) fn one(rules: &RuleSet, case: Vec<Act>, general: Vec<Act>, subject: &Act) -> Assessment {
    let mut found = assessed(rules, case, general, subject);
    // What needs no rule is tested apart.
    found.retain(|one| one.subject != "registers");
    assert_eq!(found.len(), 1, "{found:#?}");
    found.remove(0)
}

/// The value of an input.
pub(super) fn value<'a>(assessment: &'a Assessment, name: &str) -> Option<&'a str> {
    let input = assessment.inputs.iter().find(|input| input.name == name);
    input.map(|input| input.value.as_str())
}

pub(super) fn date(year: i32, month: i32, day: i32) -> Option<CivilDate> {
    Some(CivilDate { year, month, day })
}

/// A day of November 2025.
pub(super) fn november(day: i32) -> Option<CivilDate> {
    date(2025, 11, day)
}

/// An act of [`BODY`] on a day of November 2025.
pub(super) fn reference(number: &str, day: i32) -> Option<ActReference> {
    Some(ActReference {
        institution: BODY.to_owned(),
        number: number.to_owned(),
        date: november(day),
        minutes_number: String::new(),
    })
}

pub(super) fn words(text: &str) -> Option<Text> {
    let rendering = Rendering { language: "en".to_owned(), text: text.to_owned() };
    Some(Text { renderings: vec![rendering], authoritative: String::new() })
}
