//! A document for each format, with everything that is wrong with it.

use barid_client::proto::v1::filing_content::Content;
use barid_client::proto::v1::{
    ComplaintRegistered, CountClaim, FilingContent, Person, Rendering, Text,
};
use barid_tests::programs;

mod courts;
mod iraq;
mod partners;

/// A document and what a check must say of it.
pub(crate) struct Case {
    /// The institution whose document it is, and the office that checks it.
    pub(crate) institution: &'static str,
    pub(crate) office: &'static str,
    /// The format that reads it.
    pub(crate) format: &'static str,
    /// The kind of filing it would be.
    pub(crate) kind: &'static str,
    /// The class of data that its envelope would have.
    pub(crate) class: &'static str,
    /// Makes it. `None`: it is made of a sample that is not on this machine.
    pub(crate) paper: fn() -> Option<Vec<u8>>,
    /// Whether it could be filed.
    pub(crate) acceptable: bool,
    /// Code and place of all problems, in order.
    pub(crate) problems: &'static [&'static str],
}

/// All of them; at least one for each format that reads.
pub(crate) fn all() -> impl Iterator<Item = &'static Case> {
    iraq::CASES.iter().chain(courts::CASES).chain(partners::CASES)
}

/// A document of this repository with parts of its text exchanged.
fn changed(path: &str, changes: &[(&str, &str)]) -> Vec<u8> {
    let text = std::fs::read_to_string(programs::root().join(path)).expect("it is there");
    exchanged(text, changes)
}

/// A sample with parts of its text exchanged. `None`: the samples are not on this machine.
fn sample(path: &str, changes: &[(&str, &str)]) -> Option<Vec<u8>> {
    let path = programs::root().join("../shared/samples").join(path);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        println!("skipped: samples not present ({})", path.display());
    }
    text.map(|text| exchanged(text, changes))
}

fn exchanged(mut text: String, changes: &[(&str, &str)]) -> Vec<u8> {
    for (part, other) in changes {
        assert!(text.contains(part), "{part}");
        text = text.replace(part, other);
    }
    text.into_bytes()
}

/// Content that came ready-made, with as many mistakes as there are in [`WRONG_CONTENT`].
pub(crate) fn wrong_content() -> FilingContent {
    let rendering = |language: &str| Rendering { language: language.into(), text: "x".into() };
    let content = Content::ComplaintRegistered(ComplaintRegistered {
        complainant: Some(Person { sex: 77, telephone: "1\n2".into(), ..Person::default() }),
        facts: Some(Text {
            renderings: vec![rendering("en"), rendering("ar")],
            authoritative: "ckb".into(),
        }),
        stream: -1,
        counts: vec![CountClaim { result_form: "\u{7}".into(), ..CountClaim::default() }],
        ..ComplaintRegistered::default()
    });
    FilingContent { content: Some(content) }
}

/// What is wrong with it.
pub(crate) const WRONG_CONTENT: &[&str] = &[
    "missing @ content.complainant.full_name",
    "unknown-value @ content.complainant.sex",
    "control-character @ content.complainant.telephone",
    "unknown-value @ content.stream",
    "order @ content.facts.renderings",
    "absent @ content.facts.authoritative",
    "control-character @ content.counts[0].result_form",
];
