//! Whose names are looked for, and whose are not.

use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{Officer, Person};

use crate::model::sought::words;

/// Stands where a protected name was: nothing that anybody looks for.
const HIDDEN: char = '…';

/// Names of the persons whom a filing is about, each with its place: whoever files, whom it is
/// filed against, on whom it was served, whom a judgment names as parties.
#[must_use]
pub fn concerned(content: &Content) -> Vec<(String, &str)> {
    fn all<'a>(path: &str, names: impl IntoIterator<Item = &'a String>) -> Vec<(String, &'a str)> {
        let placed = names.into_iter().enumerate();
        placed.map(|(place, name)| (format!("{path}[{place}]"), name.as_str())).collect()
    }
    fn one<'a>(path: &str, person: Option<&'a Person>) -> Vec<(String, &'a str)> {
        let name = person.map(|person| (path.to_owned(), person.full_name.as_str()));
        name.into_iter().collect()
    }
    match content {
        Content::ComplaintRegistered(complaint) => {
            let path = "complaint_registered.respondents";
            let against = all(path, complaint.respondents.iter().map(|one| &one.full_name));
            let by = one("complaint_registered.complainant", complaint.complainant.as_ref());
            by.into_iter().chain(against).collect()
        }
        Content::AppealFiled(appeal) => one("appeal_filed.appellant", appeal.appellant.as_ref()),
        Content::ProofOfService(proof) => {
            one("proof_of_service.served_on", proof.served_on.as_ref())
        }
        Content::RulingIssued(ruling) => {
            let parties = ruling.judgment.iter().flat_map(|judgment| &judgment.parties);
            all("ruling_issued.judgment.parties", parties)
        }
        _ => Vec::new(),
    }
}

/// The words of the names that must not lead to a filing: witnesses, suspects, judges, clerks,
/// members of deciding bodies.
pub(super) fn protected(content: &Content) -> Vec<Vec<String>> {
    let officers = |officers: &[Officer]| officers.iter().map(|one| one.name.clone()).collect();
    let persons = |persons: &[Person]| persons.iter().map(|one| one.full_name.clone()).collect();
    let names: Vec<String> = match content {
        Content::ComplaintRegistered(complaint) => {
            complaint.endorsement.iter().map(|one| one.name.clone()).collect()
        }
        Content::ComplaintClassified(classified) => {
            let mut names: Vec<String> = officers(&classified.members);
            names.extend(classified.recused.iter().cloned());
            names
        }
        Content::InquiryReported(inquiry) => {
            let witnesses = inquiry.testimonies.iter().filter_map(|one| one.witness.as_ref());
            witnesses.map(|witness| witness.full_name.clone()).collect()
        }
        Content::CouncilDecision(decision) => {
            decision.roll.iter().map(|member| member.name.clone()).collect()
        }
        Content::CriminalReferral(referral) => persons(&referral.suspects),
        Content::RulingIssued(ruling) => {
            ruling.judges.iter().map(|judge| judge.name.clone()).collect()
        }
        Content::ProofOfService(proof) => {
            proof.served_by.iter().map(|officer| officer.name.clone()).collect()
        }
        Content::RefusalToRegister(refusal) => {
            refusal.clerk.iter().map(|officer| officer.name.clone()).collect()
        }
        _ => Vec::new(),
    };
    let names = names.iter().map(|name| words(name).collect::<Vec<_>>());
    names.filter(|name| !name.is_empty()).collect()
}

/// A text with these names left out, however it spells them.
pub(super) fn without(text: &str, names: &[Vec<String>]) -> String {
    if names.is_empty() {
        return text.to_owned();
    }
    let runs = runs(text);
    let folded: Vec<Vec<String>> =
        runs.iter().map(|(begin, end)| words(part(text, *begin, *end)).collect()).collect();
    let mut hidden = vec![false; runs.len()];
    for name in names {
        for begin in 0..runs.len() {
            let Some(length) = said_from(&folded, begin, name) else { continue };
            hidden.iter_mut().skip(begin).take(length).for_each(|one| *one = true);
        }
    }
    let (mut left, mut from) = (String::with_capacity(text.len()), 0);
    for ((begin, end), _) in runs.iter().zip(&hidden).filter(|(_, hidden)| **hidden) {
        left.push_str(part(text, from, *begin));
        left.push(HIDDEN);
        from = *end;
    }
    left.push_str(part(text, from, text.len()));
    left
}

/// How many runs from `begin` on say a name.
fn said_from(folded: &[Vec<String>], begin: usize, name: &[String]) -> Option<usize> {
    let (mut said, mut length) = (0, 0);
    for run in folded.iter().skip(begin) {
        if said == name.len() {
            break;
        }
        if !name.get(said..)?.starts_with(run) {
            return None;
        }
        said += run.len();
        length += 1;
    }
    (said == name.len()).then_some(length)
}

/// Where the words of a text stand: bytes from and to. A run of letters, digits and whatever has no
/// room of its own is one, even if it folds to several words or none.
pub(crate) fn runs(text: &str) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        let inside = c.is_alphanumeric() || is_within(c);
        let end = at + c.len_utf8();
        match runs.last_mut() {
            Some(last) if open && inside => last.1 = end,
            _ if inside => runs.push((at, end)),
            _ => {}
        }
        open = inside;
    }
    runs
}

/// Marks, tatweel, and what is not seen: they stand within words and fold to nothing.
fn is_within(c: char) -> bool {
    barid_proto::text::is_combining_mark(c) || (!c.is_ascii() && words_without(c))
}

fn words_without(c: char) -> bool {
    let mut bytes = [0; 4];
    barid_proto::text::fold(c.encode_utf8(&mut bytes)).is_empty() && !c.is_whitespace()
}

pub(crate) fn part(text: &str, begin: usize, end: usize) -> &str {
    text.get(begin..end).unwrap_or_default()
}
