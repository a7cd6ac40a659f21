//! From a ruling to bytes that are valid against `akomantoso30.xsd`.

use barid_json_reading::terms::write_day;
use barid_plugin::Problems;
use barid_proto::v1::{
    ActReference, Agreement, Judgment, OperativeClause, Outcome, RulingIssued, Text,
};
use barid_xml_reading::{Attributes, Emit};

use crate::names::{AKN, BARID};
use crate::paper::{Paper, Setting};
use crate::said;

/// Writes a ruling as an Akoma Ntoso judgment. Empty: it cannot be written, and the problems say
/// why; a warning says what was left out.
///
/// A ruling without texts of its own (one read from a foreign judgment) is written with the plain
/// text of that judgment.
#[must_use]
pub fn write(paper: &Paper, setting: &Setting<'_>, problems: &mut Problems) -> Vec<u8> {
    let ruling = &paper.ruling;
    let Some(day) = ruling.ruling.as_ref().and_then(|act| act.date.as_ref()) else {
        said::day_missing(problems);
        return Vec::new();
    };
    let judgment = ruling.judgment.clone().unwrap_or_default();
    let composition = Composition {
        paper,
        setting,
        day: write_day(day),
        act: ruling.ruling.clone().unwrap_or_default(),
        judgment,
    };
    let mut xml = Emit::new();
    composition.write(&mut xml);
    let (bytes, inexpressible) = xml.finish();
    if !inexpressible.is_empty() {
        for (place, character) in inexpressible {
            said::inexpressible(problems, &place, character);
        }
        return Vec::new();
    }
    if !has_texts(ruling) && composition.judgment.depth > 0 {
        said::structure_lost(problems);
    }
    bytes
}

struct Composition<'d> {
    paper: &'d Paper,
    setting: &'d Setting<'d>,
    /// The day of the ruling: `2025-12-04`.
    day: String,
    act: ActReference,
    judgment: Judgment,
}

impl Composition<'_> {
    fn write(&self, xml: &mut Emit) {
        xml.open("akomaNtoso", &[("xmlns", AKN), ("xmlns:barid", BARID)]);
        xml.open("judgment", &[("name", "judgment")]);
        xml.open("meta", &[]);
        self.identification(xml);
        self.references(xml);
        self.facts(xml);
        xml.close("meta");
        self.header(xml);
        xml.open("judgmentBody", &[]);
        self.body(xml);
        xml.close("judgmentBody");
        xml.close("judgment");
        xml.close("akomaNtoso");
    }

    /// Work, expression and manifestation (Akoma Ntoso Naming Convention 1.0, section 4).
    fn identification(&self, xml: &mut Emit) {
        let work = self.work_uri();
        let language = self.language();
        let expression = format!("{work}/{language}@");
        xml.open("identification", &[("source", "#court")]);
        xml.open("FRBRWork", &[]);
        self.level(xml, &work);
        xml.empty("FRBRcountry", &[("value", self.setting.country)]);
        if !self.act.number.is_empty() {
            xml.empty("FRBRnumber", &[("value", &self.act.number)]);
        }
        if !self.judgment.title.is_empty() {
            xml.empty("FRBRname", &[("value", &self.judgment.title)]);
        }
        xml.close("FRBRWork");
        xml.open("FRBRExpression", &[]);
        self.level(xml, &expression);
        xml.empty("FRBRlanguage", &[("language", &language)]);
        xml.close("FRBRExpression");
        xml.open("FRBRManifestation", &[]);
        self.level(xml, &format!("{expression}.akn"));
        xml.empty("FRBRformat", &[("value", "application/akn+xml")]);
        xml.close("FRBRManifestation");
        xml.close("identification");
    }

    fn level(&self, xml: &mut Emit, uri: &str) {
        xml.empty("FRBRthis", &[("value", uri)]);
        xml.empty("FRBRuri", &[("value", uri)]);
        xml.empty("FRBRdate", &[("date", &self.day), ("name", "judgment")]);
        xml.empty("FRBRauthor", &[("href", "#court")]);
    }

    fn work_uri(&self) -> String {
        if !self.judgment.work_uri.is_empty() {
            return self.judgment.work_uri.clone();
        }
        let country = self.setting.country;
        let court = uri_part(&self.act.institution);
        format!("/akn/{country}/judgment/{court}/{}/{}", self.day, uri_part(&self.act.number))
    }

    /// The language of the text as Akoma Ntoso wants it: ISO 639-2 with three letters.
    fn language(&self) -> String {
        if !self.judgment.language.is_empty() {
            return self.judgment.language.clone();
        }
        let ruling = &self.paper.ruling;
        let clause = ruling.clauses.iter().find_map(|clause| clause.text.as_ref());
        let main = ruling.reasons.as_ref().or(clause).map(main_language).unwrap_or_default();
        match main {
            "ar" => "ara",
            "en" => "eng",
            "es" => "spa",
            "ku" => "kur",
            "" => "und",
            other => other,
        }
        .to_owned()
    }

    fn references(&self, xml: &mut Emit) {
        let court = self.paper.ruling.court.as_ref().and_then(|court| court.renderings.first());
        let court = court.map_or(self.setting.court, |rendering| rendering.text.as_str());
        let href = format!("/ontology/organization/{}", uri_part(&self.act.institution));
        xml.open("references", &[("source", "#court")]);
        let organization = [("eId", "court"), ("href", href.as_str()), ("showAs", court)];
        xml.empty("TLCOrganization", &organization);
        let judges = self.paper.ruling.judges.iter().map(|judge| &judge.name);
        self.persons(xml, "judge", judges);
        self.persons(xml, "party", self.judgment.parties.iter());
        xml.close("references");
    }

    fn persons<'n>(&self, xml: &mut Emit, kind: &str, names: impl Iterator<Item = &'n String>) {
        for (index, name) in names.enumerate() {
            let id = format!("{kind}_{}", index + 1);
            let href = format!("/ontology/person/{}/{id}", uri_part(&self.act.number));
            xml.empty("TLCPerson", &[("eId", &id), ("href", &href), ("showAs", name)]);
        }
    }

    fn facts(&self, xml: &mut Emit) {
        let ruling = &self.paper.ruling;
        let outcome = Outcome::try_from(ruling.outcome).unwrap_or_default();
        let agreement = Agreement::try_from(ruling.agreement).unwrap_or_default();
        xml.open("proprietary", &[("source", "#court")]);
        let outcome = if outcome == Outcome::Unspecified { "" } else { outcome.as_str_name() };
        let agreed = if agreement == Agreement::Unspecified { "" } else { agreement.as_str_name() };
        xml.open(
            "barid:ruling",
            &[
                ("institution", &self.act.institution),
                ("minutes", &self.act.minutes_number),
                ("outcome", outcome),
                ("outcome-literal", &ruling.outcome_literal),
                ("agreement", agreed),
                ("final", if ruling.r#final { "true" } else { "" }),
                ("court-code", &self.judgment.court_code),
            ],
        );
        if let Some(act) = &ruling.challenged {
            let day = act.date.as_ref().map(write_day).unwrap_or_default();
            let (of, number) = (act.institution.as_str(), act.number.as_str());
            let minutes = act.minutes_number.as_str();
            xml.empty(
                "barid:challenged",
                &[("institution", of), ("number", number), ("date", &day), ("minutes", minutes)],
            );
        }
        for basis in &ruling.basis {
            let instrument = basis.instrument.as_str();
            xml.empty("barid:basis", &[("instrument", instrument), ("article", &basis.article)]);
        }
        for (name, value) in &self.paper.facts {
            xml.leaf("barid:fact", &[("name", name)], value);
        }
        xml.close("barid:ruling");
        xml.close("proprietary");
    }

    fn header(&self, xml: &mut Emit) {
        let ruling = &self.paper.ruling;
        xml.open("header", &[]);
        if let Some(court) = &ruling.court {
            xml.open("p", &[("barid:court-authoritative", &court.authoritative)]);
            for rendering in &court.renderings {
                let attributes = [("refersTo", "#court"), ("xml:lang", &rendering.language)];
                xml.leaf("courtType", &attributes, &rendering.text);
            }
            xml.close("p");
        }
        let mut written = None;
        for number in &ruling.docket_numbers {
            // Joined cases follow each other and share one literal, which stands there once.
            let line = (number.institution.as_str(), number.literal.as_str());
            if written.replace(line) != Some(line) {
                header_line(xml, "docketNumber", &[("barid:institution", line.0)], line.1);
            }
        }
        if !ruling.neutral_citation.is_empty() {
            header_line(xml, "neutralCitation", &[], &ruling.neutral_citation);
        }
        header_line(xml, "docDate", &[("date", &self.day)], &self.day);
        for (index, judge) in ruling.judges.iter().enumerate() {
            let id = format!("#judge_{}", index + 1);
            let presiding = if judge.presiding { "true" } else { "" };
            let attributes = [("refersTo", id.as_str()), ("barid:presiding", presiding)];
            header_line(xml, "judge", &attributes, &judge.name);
        }
        for (index, party) in self.judgment.parties.iter().enumerate() {
            header_line(xml, "party", &[("refersTo", &format!("#party_{}", index + 1))], party);
        }
        xml.close("header");
    }

    fn body(&self, xml: &mut Emit) {
        let ruling = &self.paper.ruling;
        if !has_texts(ruling) {
            xml.open("motivation", &[]);
            xml.leaf("p", &[], &self.judgment.body_text);
            xml.close("motivation");
            return;
        }
        motivation(xml, "reasons", ruling.reasons.as_ref());
        if !ruling.clauses.is_empty() {
            xml.open("decision", &[]);
            for (index, clause) in ruling.clauses.iter().enumerate() {
                write_clause(xml, index, clause);
            }
            xml.close("decision");
        }
        motivation(xml, "dissent", ruling.dissent.as_ref());
    }
}

/// `<p><name …>text</name></p>`: a line of the header.
fn header_line(xml: &mut Emit, name: &str, attributes: Attributes<'_>, text: &str) {
    xml.open("p", &[]);
    xml.leaf(name, attributes, text);
    xml.close("p");
}

fn motivation(xml: &mut Emit, part: &str, text: Option<&Text>) {
    if let Some(text) = text {
        let attributes =
            [("barid:part", part), ("barid:authoritative", text.authoritative.as_str())];
        xml.open("motivation", &attributes);
        renderings(xml, text);
        xml.close("motivation");
    }
}

fn write_clause(xml: &mut Emit, index: usize, clause: &OperativeClause) {
    let charged = clause.charged.clone().unwrap_or_default();
    let due = clause.due_on.as_ref().map(write_day).unwrap_or_default();
    xml.open(
        "paragraph",
        &[
            ("eId", &format!("clause_{}", index + 1)),
            ("barid:charged", &charged.institution),
            ("barid:charged-office", &charged.office),
            ("barid:due", &due),
        ],
    );
    xml.leaf("num", &[], &clause.number.to_string());
    let text = clause.text.clone().unwrap_or_default();
    xml.open("content", &[("barid:authoritative", &text.authoritative)]);
    renderings(xml, &text);
    xml.close("content");
    xml.close("paragraph");
}

/// One paragraph for each language. The schema wants at least one.
fn renderings(xml: &mut Emit, text: &Text) {
    for rendering in &text.renderings {
        xml.leaf("p", &[("xml:lang", &rendering.language)], &rendering.text);
    }
    if text.renderings.is_empty() {
        xml.empty("p", &[]);
    }
}

fn has_texts(ruling: &RulingIssued) -> bool {
    ruling.reasons.is_some() || !ruling.clauses.is_empty() || ruling.dissent.is_some()
}

fn main_language(text: &Text) -> &str {
    if !text.authoritative.is_empty() {
        return &text.authoritative;
    }
    text.renderings.first().map_or("", |rendering| &rendering.language)
}

/// A number or identifier as one part of a path: letters and digits stay, the rest becomes `-`.
fn uri_part(literal: &str) -> String {
    literal.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect()
}
