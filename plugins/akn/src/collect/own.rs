//! What Barid itself writes into a judgment: facts in its namespace, and the parts of the body.

use barid_json_reading::day;
use barid_proto::v1::{
    ActReference, Address, Agreement, CivilDate, LegalBasis, OperativeClause, Outcome, Text,
};
use barid_xml_reading::{Element, XML};

use super::{Collector, Part, Wanted};
use crate::names::BARID;
use crate::said;

impl Collector<'_> {
    pub(super) fn own_fact(&mut self, element: &Element<'_>) {
        let text = |name: &str| element.attribute(name).unwrap_or_default().to_owned();
        match element.local {
            "ruling" => self.own_ruling(element),
            "challenged" => {
                let date = self.own_day("date", element.attribute("date"));
                self.paper.ruling.challenged = Some(ActReference {
                    institution: text("institution"),
                    number: text("number"),
                    date,
                    minutes_number: text("minutes"),
                });
            }
            "basis" => self
                .paper
                .ruling
                .basis
                .push(LegalBasis { instrument: text("instrument"), article: text("article") }),
            "fact" => self.capture(Wanted::Fact { name: text("name") }),
            _ => {}
        }
    }

    fn own_ruling(&mut self, element: &Element<'_>) {
        self.own = true;
        let text = |name: &str| element.attribute(name).unwrap_or_default().to_owned();
        let ruling = &mut self.paper.ruling;
        let act = ruling.ruling.get_or_insert_default();
        act.institution = text("institution");
        act.minutes_number = text("minutes");
        ruling.outcome_literal = text("outcome-literal");
        ruling.r#final = element.attribute("final") == Some("true");
        if let Some(other) = element.attribute("final").filter(|word| *word != "true") {
            said::fact_unreadable(self.problems, "final", other);
        }
        self.judgment.court_code = text("court-code");
        if let Some(name) = element.attribute("outcome") {
            match Outcome::from_str_name(name) {
                Some(outcome) => ruling.outcome = outcome.into(),
                None => said::fact_unreadable(self.problems, "outcome", name),
            }
        }
        if let Some(name) = element.attribute("agreement") {
            match Agreement::from_str_name(name) {
                Some(agreement) => ruling.agreement = agreement.into(),
                None => said::fact_unreadable(self.problems, "agreement", name),
            }
        }
    }

    /// The parts of a body that Barid wrote.
    pub(super) fn own_body(&mut self, element: &Element<'_>) {
        let binding = element.attribute_of(BARID, "authoritative").unwrap_or_default();
        match element.local {
            "motivation" => {
                self.part = match element.attribute_of(BARID, "part") {
                    Some("reasons") => Some(Part::Reasons),
                    Some("dissent") => Some(Part::Dissent),
                    _ => None,
                };
            }
            "paragraph" => {
                self.part = Some(Part::Clause);
                let clause = self.own_clause(element);
                self.paper.ruling.clauses.push(clause);
            }
            "num" => self.capture(Wanted::ClauseNumber),
            "p" => {
                let language = element.attribute_of(XML, "lang").unwrap_or_default().to_owned();
                self.capture(Wanted::Rendering { language });
            }
            _ => {}
        }
        if !binding.is_empty()
            && let Some(text) = self.part_text()
        {
            binding.clone_into(&mut text.authoritative);
        }
    }

    pub(super) fn part_text(&mut self) -> Option<&mut Text> {
        let ruling = &mut self.paper.ruling;
        let text = match self.part.as_ref()? {
            Part::Reasons => &mut ruling.reasons,
            Part::Dissent => &mut ruling.dissent,
            Part::Clause => &mut ruling.clauses.last_mut()?.text,
        };
        Some(text.get_or_insert_default())
    }

    /// A clause without its number and text, which stand in elements of their own.
    fn own_clause(&mut self, element: &Element<'_>) -> OperativeClause {
        let text = |name: &str| element.attribute_of(BARID, name).unwrap_or_default().to_owned();
        OperativeClause {
            number: 0,
            text: None,
            charged: element.attribute_of(BARID, "charged").map(|institution| Address {
                institution: institution.to_owned(),
                office: text("charged-office"),
            }),
            due_on: self.own_day("due", element.attribute_of(BARID, "due")),
        }
    }

    fn own_day(&mut self, name: &str, literal: Option<&str>) -> Option<CivilDate> {
        let literal = literal?;
        let read = day::parse(literal);
        if read.is_none() {
            said::fact_unreadable(self.problems, name, literal);
        }
        read
    }
}
