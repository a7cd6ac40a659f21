//! Whoever reads a problem knows where it is, what is wrong and how to mend it, in their language.

use std::collections::BTreeSet;

use barid_proto::v1::{DecodeRequest, FilingKind, Problem, Text};

use super::Work;
use crate::kit::outcome::{Check, Outcome, Remark};
use crate::kit::subject::{LANGUAGES, Witness};
use crate::kit::{Reason, Subject};

/// Each code that came in any check before, once for each format.
pub(in crate::kit) fn problems(subject: &Subject) -> Outcome {
    let mut work = Work::on(subject, Check::Problems);
    let mut unmendable = BTreeSet::new();
    for ((format, code), witness) in subject.witnesses() {
        if work.is_given_up() {
            break;
        }
        work.outcome.cases += 1;
        let Witness { paper, request, problem } = witness;
        let kind = request.kind();
        // A place that is given and empty is the document as a whole.
        if problem.place.is_none() {
            work.fail(&paper, &format, kind, Reason::PlaceMissing(code.clone()));
        }
        if problem.remedy.is_none() {
            unmendable.insert(code.clone());
        }
        for language in LANGUAGES {
            speak(&mut work, &paper, &request, &problem, language);
        }
    }
    if !unmendable.is_empty() {
        work.outcome.remarks.push(Remark::NoRemedy(unmendable.into_iter().collect()));
    }
    work.outcome
}

/// Notes what the problem does not say to somebody who reads this language only. A plugin may
/// answer in the first language it is asked for, so that it is asked for this one alone.
fn speak(
    work: &mut Work<'_>,
    paper: &str,
    request: &DecodeRequest,
    problem: &Problem,
    language: &str,
) {
    let code = &problem.code;
    let found;
    let problem = if says(problem.what.as_ref(), language) {
        problem
    } else {
        let alone = DecodeRequest { languages: vec![language.to_owned()], ..request.clone() };
        let Some(reply) = work.read(paper, &alone) else { return };
        found = reply.problems.into_iter().find(|one| one.code == *code);
        found.as_ref().unwrap_or(problem)
    };
    let (format, kind): (&str, FilingKind) = (&request.format, request.kind());
    let named = || (code.clone(), language.to_owned());
    if !says(problem.what.as_ref(), language) {
        let (code, language) = named();
        work.fail(paper, format, kind, Reason::WhatMissing(code, language));
    }
    if problem.remedy.is_some() && !says(problem.remedy.as_ref(), language) {
        let (code, language) = named();
        work.fail(paper, format, kind, Reason::RemedyMissing(code, language));
    }
}

fn says(text: Option<&Text>, language: &str) -> bool {
    let has = |text: &Text| {
        let mut renderings = text.renderings.iter();
        renderings.any(|one| one.language == language && !one.text.trim().is_empty())
    };
    text.is_some_and(has)
}

#[cfg(test)]
mod tests {
    use super::*;
    use barid_proto::v1::Rendering;

    #[test]
    fn an_empty_rendering_says_nothing() {
        let text = |text: &str| {
            let rendering = Rendering { language: "ar".to_owned(), text: text.to_owned() };
            Text { renderings: vec![rendering], ..Text::default() }
        };
        assert!(says(Some(&text("نص")), "ar"));
        assert!(!says(Some(&text(" ")), "ar"));
        assert!(!says(Some(&text("نص")), "en"));
        assert!(!says(None, "ar"));
    }
}
