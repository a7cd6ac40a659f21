//! Rulings as open data: what each is about, and its text where that may be published.
//!
//! A text is published in two cases only: a redacted version of it was filed by the court that
//! ruled, openly and not sealed; or the case is of published data. That a filing is *public* alone
//! does not suffice: its class says that it may be published after redaction.

use std::collections::BTreeSet;

use barid_client::client::{Line, WholeCase};
use barid_client::hex;
use barid_proto::statistics::class::Disposal;
use barid_proto::text::digits;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{
    ActReference, Agreement, CivilDate, Confidentiality, DataClass, Exhibit, RulingIssued,
};
use barid_proto::word::Word as _;
use serde_json::{Value, json};

use super::{Parts, akn, class_word};

/// The schema of each ruling's JSON.
pub(crate) const SCHEMA: &str = include_str!("schema/ruling.schema.json");

/// A ruling that is published.
pub(crate) struct Ruling<'a> {
    /// The line of the docket.
    pub(crate) line: &'a Line,
    /// What it says.
    pub(crate) said: &'a RulingIssued,
    /// Its class of data.
    pub(crate) data_class: DataClass,
    /// Its neutral citation. `None`: it has no number that gives one.
    pub(crate) citation: Option<String>,
    /// Where its text is. `None`: it must not be published.
    pub(crate) text: Option<TextSource>,
}

/// A text that may be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TextSource {
    /// SHA-256 of the bytes to publish.
    pub(crate) sha256: [u8; 32],
    /// Media type, as its sender says.
    pub(crate) media_type: String,
    /// The document of which it is a redacted version. `None`: it is as it was filed.
    pub(crate) redacts: Option<Vec<u8>>,
}

/// The public rulings of a case. `country`: whose they are, as citations have it.
pub(crate) fn rulings<'a>(whole: &'a WholeCase, country: &str) -> Vec<Ruling<'a>> {
    let data_class = whole.case.data_class();
    let lines = whole.lines.iter();
    lines
        .filter_map(|line| {
            let Some(Content::RulingIssued(said)) = &line.content else { return None };
            let body = &line.verified.body;
            let public = body.confidentiality() == Confidentiality::Public;
            (public || data_class == DataClass::Published).then(|| Ruling {
                line,
                said,
                data_class,
                citation: citation(said, institution(line), country),
                text: text(whole, line, data_class),
            })
        })
        .collect()
}

fn institution(line: &Line) -> &str {
    line.verified.body.sender.as_ref().map_or("", |sender| sender.institution.as_str())
}

/// The text that may be published of a ruling.
fn text(whole: &WholeCase, ruling: &Line, class: DataClass) -> Option<TextSource> {
    let lead = ruling.verified.body.lead.as_ref()?;
    let redacted = whole.lines.iter().rev().find_map(|line| {
        let body = &line.verified.body;
        let open = body.confidentiality() == Confidentiality::Public;
        let same_court = institution(line) == institution(ruling);
        let of_it = |one: &&Exhibit| {
            let redaction = one.redaction.as_ref();
            one.sealed.is_none() && redaction.is_some_and(|one| one.original_sha256 == lead.sha256)
        };
        body.exhibits.iter().find(of_it).filter(|_| open && same_court)
    });
    let source = |sha256: &[u8], media_type: &str, redacts| {
        let sha256 = sha256.try_into().ok()?;
        Some(TextSource { sha256, media_type: media_type.to_owned(), redacts })
    };
    match redacted {
        Some(one) => source(&one.sha256, &one.media_type, Some(lead.sha256.clone())),
        None if class == DataClass::Published => source(&lead.sha256, &lead.media_type, None),
        None => None,
    }
}

/// The neutral citation: the court's own, else `IQ:EJP:2025:612`: country, institution, year and
/// number within the year, from the number of the ruling or else of its docket.
fn citation(said: &RulingIssued, institution: &str, country: &str) -> Option<String> {
    if !said.neutral_citation.is_empty() {
        return Some(said.neutral_citation.clone());
    }
    let act = said.ruling.as_ref();
    let numbers = act.map(|act| act.number.as_str()).into_iter();
    let dockets = said.docket_numbers.iter().map(|number| number.literal.as_str());
    let (number, year) = numbers.chain(dockets).find_map(|written| {
        let written = digits(written);
        let plain = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
        let parts: Vec<&str> = written.split('/').map(str::trim).filter(plain).collect();
        match parts.as_slice() {
            [number, .., year] if year.len() == 4 => {
                Some((number.trim_start_matches('0').to_owned(), (*year).to_owned()))
            }
            _ => None,
        }
    })?;
    let (country, institution) = (country.to_uppercase(), institution.to_uppercase());
    Some(format!("{country}:{institution}:{year}:{number}"))
}

impl Ruling<'_> {
    /// A name for its parts: the citation, or the digest of its envelope.
    pub(crate) fn name(&self, taken: &BTreeSet<String>) -> String {
        let digest = hex::encode(&self.line.verified.digest);
        let safe = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
        let citation: Option<String> =
            self.citation.as_ref().map(|one| one.chars().map(safe).take(80).collect());
        let short = digest.get(..12).unwrap_or_default();
        match citation {
            Some(name) if !taken.contains(&name) => name,
            Some(name) => format!("{name}-{short}"),
            None => short.to_owned(),
        }
    }

    /// Adds its parts. `bytes`: its text, when there is one and it could be had.
    pub(crate) fn parts(&self, parts: &mut Parts, name: &str, bytes: Option<Vec<u8>>) {
        let source = self.text.as_ref().filter(|_| bytes.is_some());
        let path = source.map(|one| format!("rulings/{name}.text.{}", ending(&one.media_type)));
        let paragraphs = match (source, &bytes) {
            (Some(source), Some(bytes)) => akn::paragraphs(&source.media_type, bytes),
            _ => Vec::new(),
        };
        parts.json(format!("rulings/{name}.json"), &self.value(source, path.as_deref()));
        let written = akn::akn(self, path.as_deref(), &paragraphs);
        parts.add(format!("rulings/{name}.akn.xml"), "application/akn+xml", written.as_bytes());
        if let (Some(path), Some(bytes)) = (path, bytes) {
            parts.add(path, "application/octet-stream", &bytes);
        }
    }

    fn value(&self, source: Option<&TextSource>, path: Option<&str>) -> Value {
        let said = self.said;
        let numbers = said.docket_numbers.iter();
        let numbers =
            numbers.map(|one| json!({ "institution": one.institution, "literal": one.literal }));
        let basis = said.basis.iter();
        let basis =
            basis.map(|one| json!({ "instrument": one.instrument, "article": one.article }));
        let published = match source {
            Some(TextSource { redacts: Some(_), .. }) => "redacted",
            Some(_) => "as-filed",
            None => "withheld",
        };
        let redacts = source.and_then(|one| one.redacts.as_ref()).map(|one| hex::encode(one));
        let agreement = match said.agreement() {
            Agreement::Unanimous => "unanimous",
            Agreement::Majority => "majority",
            Agreement::Unspecified => "not-said",
        };
        json!({
            "format": "barid-open-ruling/1",
            "data_class": class_word(self.data_class),
            "citation": self.citation,
            "court": institution(self.line),
            "number": self.act().map(|act| act.number.clone()).unwrap_or_default(),
            "date": self.act().and_then(|act| act.date).map(day),
            "docket_numbers": numbers.collect::<Vec<_>>(),
            "outcome": self.outcome(),
            "agreement": agreement,
            "final": said.r#final,
            "challenged": said.challenged.as_ref().map(|act| json!({
                "institution": act.institution,
                "number": act.number,
                "date": act.date.map(day),
            })),
            "basis": basis.collect::<Vec<_>>(),
            "envelope_sha256": hex::encode(&self.line.verified.digest),
            "leaf": self.line.verified.leaf_index,
            "text": {
                "published": published,
                "path": path,
                "media_type": source.map(|one| &one.media_type),
                "sha256": source.map(|one| hex::encode(&one.sha256)),
                "redacts_sha256": redacts,
            },
        })
    }

    /// The act itself.
    pub(crate) fn act(&self) -> Option<&ActReference> {
        self.said.ruling.as_ref()
    }

    /// The outcome as one word.
    pub(crate) fn outcome(&self) -> &'static str {
        Disposal::of(self.said.outcome()).word()
    }

    /// The court, by its institution.
    pub(crate) fn court(&self) -> &str {
        institution(self.line)
    }
}

/// A day: `2025-12-04`.
pub(crate) fn day(day: CivilDate) -> String {
    format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)
}

/// The ending of a text's name: of known types only, since a name may decide what opens it.
fn ending(media_type: &str) -> &'static str {
    match media_type.split(';').next().unwrap_or_default().trim() {
        "text/plain" => "txt",
        "application/pdf" => "pdf",
        "application/xml" | "text/xml" | "application/akn+xml" => "xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
        _ => "bin",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cited(number: &str, own: &str) -> Option<String> {
        let act = ActReference { number: number.into(), ..ActReference::default() };
        let said = RulingIssued {
            ruling: Some(act),
            neutral_citation: own.into(),
            ..RulingIssued::default()
        };
        citation(&said, "ejp", "iq")
    }

    #[test]
    fn a_citation_is_country_court_year_and_number() {
        let expected = Some("IQ:EJP:2025:612".to_owned());
        assert_eq!(cited("612/الهيئة القضائية للانتخابات/2025", ""), expected);
        assert_eq!(cited("٦١٢/الهيئة/٢٠٢٥", ""), expected);
        assert_eq!(cited("0612 / 2025", ""), expected);
        assert_eq!(cited("x", "[2020] EWCA Civ 1001"), Some("[2020] EWCA Civ 1001".to_owned()));
        for number in ["", "612", "612/25", "القرار"] {
            assert_eq!(cited(number, ""), None, "{number}");
        }
    }

    #[test]
    fn nothing_is_named_so_that_it_would_be_run() {
        assert_eq!(ending("text/html"), "bin");
        assert_eq!(ending("text/plain; charset=utf-8"), "txt");
    }
}
