//! Gathers a ruling from the elements of a judgment, in one pass.

mod own;

use barid_json_reading::day;
use barid_plugin::Problems;
use barid_proto::v1::{DocketNumber, Judge, Judgment, Rendering};
use barid_xml_reading::{Element, Prose, Sink, XML};
use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use crate::names::{AKN, AKN_DRAFTS, BARID};
use crate::paper::Paper;
use crate::said;

/// Everything seen so far.
pub(crate) struct Collector<'c> {
    institution: &'c str,
    problems: &'c mut Problems,
    root: Option<(String, String)>,
    /// The kind of Akoma Ntoso document: the root's first child.
    kind: Option<String>,
    /// The open elements, outermost first.
    path: Vec<Holder>,
    /// Whether Barid wrote it: then every character counts, and the body's parts are known.
    own: bool,
    paper: Paper,
    judgment: Judgment,
    capture: Option<Capture>,
    /// What the `refersTo` of the judges so far said.
    judges_named: Vec<String>,
    /// Which text of the ruling the paragraphs belong to.
    part: Option<Part>,
    /// Depth of the open `header`.
    header_depth: Option<usize>,
    /// Depth of the open `judgmentBody`.
    body_depth: Option<usize>,
    body: Option<Prose>,
}

/// An open element, as far as what stands directly in it depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holder {
    Work,
    Expression,
    Proprietary,
    Other,
}

impl Holder {
    fn of(local: &str) -> Self {
        match local {
            "FRBRWork" => Self::Work,
            "FRBRExpression" => Self::Expression,
            "proprietary" => Self::Proprietary,
            _ => Self::Other,
        }
    }
}

/// The text of an element that is wanted, while it is open.
struct Capture {
    depth: usize,
    wanted: Wanted,
    text: String,
}

/// What an element's text is.
enum Wanted {
    CourtCode,
    Citation,
    Party,
    Judge { presiding: bool },
    Docket { institution: String },
    Court { language: String },
    Fact { name: String },
    ClauseNumber,
    Rendering { language: String },
}

/// A text of the ruling that stands in the body.
enum Part {
    Reasons,
    Dissent,
    Clause,
}

impl<'c> Collector<'c> {
    pub(crate) fn new(institution: &'c str, problems: &'c mut Problems) -> Self {
        Self {
            institution,
            problems,
            root: None,
            kind: None,
            path: Vec::new(),
            own: false,
            paper: Paper::default(),
            judgment: Judgment::default(),
            capture: None,
            judges_named: Vec::new(),
            part: None,
            header_depth: None,
            body_depth: None,
            body: None,
        }
    }

    /// The ruling, if this was a judgment.
    pub(crate) fn finish(mut self) -> Option<Paper> {
        let (namespace, local) = self.root.take()?;
        let akoma_ntoso = namespace == AKN || namespace.starts_with(AKN_DRAFTS);
        if local != "akomaNtoso" || !akoma_ntoso {
            said::not_akoma_ntoso(self.problems, &local, &namespace);
            return None;
        }
        let kind = self.kind.take().unwrap_or_default();
        if kind != "judgment" {
            said::not_judgment(self.problems, &kind);
            return None;
        }
        let Some(body) = self.body.take() else {
            said::body_missing(self.problems);
            return None;
        };
        self.judgment.body_text = normal(body.finish().unwrap_or_default());
        let ruling = &mut self.paper.ruling;
        let act = ruling.ruling.get_or_insert_default();
        act.date = self.judgment.date;
        if act.institution.is_empty() {
            self.institution.clone_into(&mut act.institution);
        }
        ruling.judgment = Some(self.judgment);
        Some(self.paper)
    }

    fn parent(&self) -> Holder {
        self.path.last().copied().unwrap_or(Holder::Other)
    }

    fn count(&mut self, local: &str) {
        let counter = match local {
            "paragraph" => &mut self.judgment.paragraphs,
            "ref" => &mut self.judgment.references,
            "img" => &mut self.judgment.images,
            "table" => &mut self.judgment.tables,
            _ => return,
        };
        *counter += 1;
    }

    fn identification(&mut self, element: &Element<'_>) {
        let value = element.attribute("value").unwrap_or_default();
        let parent = self.parent();
        let judgment = &mut self.judgment;
        match (parent, element.local) {
            (Holder::Work, "FRBRthis") => set_first(&mut judgment.work_uri, value),
            (Holder::Work, "FRBRname") => set_first(&mut judgment.title, value),
            (Holder::Work, "FRBRnumber") => {
                set_first(&mut self.paper.ruling.ruling.get_or_insert_default().number, value);
            }
            (Holder::Work, "FRBRdate") if judgment.date.is_none() => {
                let literal = element.attribute("date").unwrap_or_default();
                // The schema allows a time of day behind the day.
                judgment.date = literal.get(..10).and_then(day::parse);
                if judgment.date.is_none() {
                    said::day_unusable(self.problems, literal);
                }
            }
            (Holder::Expression, "FRBRlanguage") => {
                let language = element.attribute("language").unwrap_or_default();
                set_first(&mut judgment.language, language);
            }
            _ => {}
        }
    }

    /// Facts of a court in a namespace of its own; those of British courts are the public example.
    fn foreign_fact(&mut self, local: &str) {
        match local {
            "court" => self.capture(Wanted::CourtCode),
            "cite" => self.capture(Wanted::Citation),
            _ => {}
        }
    }

    fn header(&mut self, element: &Element<'_>) {
        let language = element.attribute_of(XML, "lang").unwrap_or_default().to_owned();
        match element.local {
            "party" => self.capture(Wanted::Party),
            "judge" => self.judge(element),
            "docketNumber" => {
                let named = element.attribute_of(BARID, "institution");
                if let Some(other) = named.filter(|name| !is_institution(name)) {
                    said::fact_unreadable(self.problems, "institution", other);
                }
                let named = named.filter(|name| is_institution(name));
                let institution = named.unwrap_or(self.institution).to_owned();
                self.capture(Wanted::Docket { institution });
            }
            "neutralCitation" => self.capture(Wanted::Citation),
            // Without a language it is no rendering; `uk:court` and the like give the code.
            "courtType" if !language.is_empty() => self.capture(Wanted::Court { language }),
            _ => {}
        }
        if let Some(binding) = element.attribute_of(BARID, "court-authoritative") {
            self.paper.ruling.court.get_or_insert_default().authoritative = binding.to_owned();
        }
    }

    /// A judge is often named twice: as one who sat, and as one who wrote or agreed.
    fn judge(&mut self, element: &Element<'_>) {
        let person = element.attribute("refersTo").unwrap_or_default();
        if !person.is_empty() && self.judges_named.iter().any(|named| named == person) {
            return;
        }
        self.judges_named.push(person.to_owned());
        let presiding = element.attribute_of(BARID, "presiding") == Some("true");
        self.capture(Wanted::Judge { presiding });
    }

    /// Begins to note an element's text. Of nested wanted elements the outer one counts.
    fn capture(&mut self, wanted: Wanted) {
        if self.capture.is_none() {
            self.capture = Some(Capture { depth: self.path.len(), wanted, text: String::new() });
        }
    }

    fn captured(&mut self, wanted: Wanted, text: String) {
        let text = if self.own { text } else { collapsed(&text) };
        let ruling = &mut self.paper.ruling;
        match wanted {
            Wanted::CourtCode => set_first(&mut self.judgment.court_code, &text),
            Wanted::Citation => set_first(&mut ruling.neutral_citation, &text),
            // Courts draw lines between the parties with the parties' own element.
            Wanted::Party if text.chars().any(char::is_alphanumeric) => {
                self.judgment.parties.push(text);
            }
            Wanted::Party => {}
            Wanted::Judge { presiding } => ruling.judges.push(Judge { name: text, presiding }),
            Wanted::Docket { institution } => ruling.docket_numbers.push(DocketNumber {
                institution,
                literal: text,
                normal: String::new(),
            }),
            Wanted::Court { language } => {
                ruling.court.get_or_insert_default().renderings.push(Rendering { language, text });
            }
            Wanted::Fact { name } => self.paper.facts.push((name, text)),
            Wanted::ClauseNumber => match (text.parse(), ruling.clauses.last_mut()) {
                (Ok(number), Some(clause)) => clause.number = number,
                _ => said::fact_unreadable(self.problems, "num", &text),
            },
            // The schema wants a paragraph even where there is no text.
            Wanted::Rendering { language } if language.is_empty() => {}
            Wanted::Rendering { language } => {
                if let Some(part) = self.part_text() {
                    part.renderings.push(Rendering { language, text });
                }
            }
        }
    }
}

impl Sink for Collector<'_> {
    fn start(&mut self, element: &Element<'_>) {
        let depth = self.path.len();
        self.judgment.depth = self.judgment.depth.max(u32::try_from(depth).unwrap_or(u32::MAX));
        match depth {
            0 => self.root = Some((element.namespace.to_owned(), element.local.to_owned())),
            1 if self.kind.is_none() => self.kind = Some(element.local.to_owned()),
            _ => {}
        }
        self.count(element.local);
        let akoma_ntoso = self.root.as_ref().is_some_and(|(root, _)| root == element.namespace);
        if self.body_depth.is_some() {
            if self.own && akoma_ntoso {
                self.own_body(element);
            }
        } else if self.header_depth.is_some() {
            self.header(element);
        } else if element.namespace == BARID {
            self.own_fact(element);
        } else if self.parent() == Holder::Proprietary {
            self.foreign_fact(element.local);
        } else if akoma_ntoso && element.local == "judgmentBody" {
            self.body_depth = Some(depth);
            // No longer than the document, which is bounded.
            self.body.get_or_insert_with(|| Prose::up_to(usize::MAX));
        } else if akoma_ntoso && element.local == "header" {
            self.header_depth = Some(depth);
        } else {
            self.identification(element);
        }
        self.path.push(Holder::of(element.local));
    }

    fn text(&mut self, text: &str) {
        if let Some(capture) = &mut self.capture {
            capture.text.push_str(text);
        }
        if self.body_depth.is_some()
            && let Some(body) = &mut self.body
        {
            body.push(text);
        }
    }

    fn end(&mut self) {
        self.path.pop();
        if self.own
            && self.body_depth.is_some()
            && let Some(body) = &mut self.body
        {
            // Barid has nothing but blocks in a body, and no two of them run into each other,
            // whether or not somebody put white space in between.
            body.part();
        }
        if let Some(capture) = self.capture.take_if(|capture| capture.depth == self.path.len()) {
            self.captured(capture.wanted, capture.text);
        }
        let closed = Some(self.path.len());
        self.header_depth.take_if(|depth| Some(*depth) == closed);
        self.body_depth.take_if(|depth| Some(*depth) == closed);
    }
}

/// Whether this can be an institution's identifier, by the rules of `Address.institution`.
fn is_institution(name: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=32).contains(&name.len()) && name.bytes().all(known)
}

fn set_first(target: &mut String, value: &str) {
    if target.is_empty() {
        value.clone_into(target);
    }
}

/// The text in form NFC; nearly all texts are already, and are not copied.
fn normal(text: String) -> String {
    if is_nfc(&text) { text } else { text.nfc().collect() }
}

/// The text with runs of white space as one space, none at the ends.
fn collapsed(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !collapsed.is_empty() {
            collapsed.push(' ');
        }
        collapsed.push_str(word);
    }
    collapsed
}
