//! Papers for pilots: never about a live case.

use barid_proto::v1;

use super::{court_filing, network};
use crate::model::place::Checker;

/// Most docket numbers that one paper compares with: more than were ever joined.
const NUMBERS_MAX: usize = 512;

/// Most facts, parts, points or words of one paper: ten times what a long judgment has.
const SAID_MAX: usize = 1_024;

/// Checks a paper by itself.
pub(super) fn check(checker: &mut Checker, paper: &v1::PilotPaper) {
    checker.needed_text("title", paper.title.as_ref());
    checker.text("purpose", paper.purpose.as_ref());
    checker.line("foreign_case", &paper.foreign_case);
    checker.known_or_none::<v1::Outcome>("outcome", paper.outcome);
    checker.known_or_none::<v1::DataClass>("data_class", paper.data_class);
    if paper.data_class() == v1::DataClass::Live {
        checker.wrong("data_class", "live", "a pilot has no papers of live cases");
    }
    checker.each("docket_numbers", &paper.docket_numbers, NUMBERS_MAX, Checker::docket_number_here);
    checker.each("facts", &paper.facts, SAID_MAX, |checker, fact| {
        checker.needed_line("name", &fact.name);
        checker.line("heading", &fact.heading);
        checker.maybe("date", fact.date.as_ref(), |checker, date| {
            for candidate in &date.candidates {
                checker.date("candidates", Some(candidate));
            }
        });
    });
    checker.each("parts", &paper.parts, SAID_MAX, |checker, part| {
        checker.needed_line("name", &part.name);
        checker.line("heading", &part.heading);
    });
    checker.each("points", &paper.points, SAID_MAX, |checker, point| {
        checker.each("verbs", &point.verbs, SAID_MAX, |checker, verb| {
            checker.needed_line("literal", &verb.literal);
            checker.known_or_none::<v1::Outcome>("outcome", verb.outcome);
        });
    });
    checker.maybe("table", paper.table.as_ref(), network::registered);
    checker.maybe("court_filing", paper.court_filing.as_ref(), court_filing::check);
}

/// Checks that a paper declares no other class of data than its envelope: who reads the envelope
/// must not be led to what the paper itself says it is not.
pub(super) fn check_class(checker: &mut Checker, class: v1::DataClass, paper: &v1::PilotPaper) {
    let declared = paper.data_class();
    if declared != v1::DataClass::Unspecified && declared != class {
        let what = format!(
            "the paper declares {} and the envelope {}",
            declared.as_str_name(),
            class.as_str_name()
        );
        checker.wrong("data_class", "class-differs", what);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::place::Checker;
    use v1::DataClass::{Anonymised, Live, Published, Synthetic, Unspecified};

    fn paper(class: v1::DataClass) -> v1::PilotPaper {
        let title = v1::Rendering { language: "es".to_owned(), text: "Sentencia".to_owned() };
        v1::PilotPaper {
            title: Some(v1::Text { renderings: vec![title], authoritative: String::new() }),
            data_class: class.into(),
            ..v1::PilotPaper::default()
        }
    }

    fn codes(check: impl FnOnce(&mut Checker)) -> Vec<String> {
        let mut checker = Checker::new();
        check(&mut checker);
        checker.into_problems().into_iter().map(|problem| problem.code).collect()
    }

    #[test]
    fn a_paper_that_calls_itself_live_is_no_pilots() {
        assert_eq!(codes(|checker| check(checker, &paper(Live))), ["live"]);
        for class in [Unspecified, Anonymised, Synthetic, Published] {
            assert!(codes(|checker| check(checker, &paper(class))).is_empty());
        }
    }

    #[test]
    fn a_paper_and_its_envelope_say_the_same() {
        let differs = |declared, class| {
            !codes(|checker| check_class(checker, class, &paper(declared))).is_empty()
        };
        assert!(!differs(Synthetic, Synthetic));
        assert!(!differs(Unspecified, Published), "what the paper does not say cannot differ");
        assert!(differs(Synthetic, Published));
        assert!(differs(Published, Live));
    }

    #[test]
    fn what_a_paper_says_is_bounded() {
        let mut full = paper(Published);
        full.facts = vec![v1::PilotFact { name: "actor".to_owned(), ..Default::default() }; 1_025];
        full.parts = vec![v1::PilotPart::default()];
        full.points = vec![v1::PilotPoint {
            verbs: vec![v1::PilotVerb { literal: String::new(), outcome: 99 }],
            ..Default::default()
        }];
        let codes = codes(|checker| check(checker, &full));
        assert_eq!(codes, ["too-many", "missing", "missing", "unknown-value"]);
    }
}
