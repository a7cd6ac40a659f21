//! Letters that every court writes about its cases, as JSON objects with a `kind`: a question and
//! its answer, an interim order or its end, the joining, parting and linking of cases, the
//! correction of a number, a case in which two registers differ.
//!
//! A letter is read in two steps: its fields are taken with docket numbers as written; then the
//! court's own numbers get their normal forms, and all of them are found for the index.

use barid_json_reading::{
    Fields, Need, Need::Optional, Need::Required, letters, read_object, terms, terms::Object, words,
};
use barid_plugin::{Place, Problems};
use barid_proto::v1::{
    CorrectIdentifier, DecodeReply, DecodeRequest, DocketNumber, EncodeReply, FilingContent,
    FilingKind, InterimOrder, JoinCases, LinkCases, SplitCases, filing_content::Content,
};

use crate::certificate;
use crate::court::Court;
use crate::docket::{Strictness, literals};
use crate::reply::{self, Decoded};

/// Media type of letters.
pub const MEDIA_TYPE: &str = "application/json";

/// The letters of one court.
#[derive(Debug, Clone, Copy)]
pub struct Letters<'l> {
    /// The court.
    pub court: Court<'l>,
    /// Letters that it writes beside those of every court.
    pub own: &'l [OwnLetter],
}

/// A letter that one court alone writes.
#[derive(Debug, Clone, Copy)]
pub struct OwnLetter {
    /// The word in its `kind`.
    pub word: &'static str,
    /// The kind of filing it is.
    pub kind: FilingKind,
    /// Takes its fields.
    pub read: fn(&mut Fields<'_, '_>) -> Content,
    /// Writes its fields. `None`: it is another content.
    pub write: fn(&Content) -> Option<Object>,
}

impl Letters<'_> {
    /// The kinds of filing that are letters.
    #[must_use]
    pub fn kinds(&self) -> Vec<FilingKind> {
        self.words().into_iter().map(|(_, kind)| kind).collect()
    }

    fn words(&self) -> Vec<(&'static str, FilingKind)> {
        let own = self.own.iter().map(|letter| (letter.word, letter.kind));
        KINDS.iter().copied().chain(own).collect()
    }

    /// Reads a letter.
    #[must_use]
    pub fn decode(&self, request: &DecodeRequest) -> DecodeReply {
        let mut problems = Problems::new();
        let letter = read_object(&request.input, &mut problems, |fields| self.letter(fields));
        let decoded = letter.flatten().map(|(kind, mut content)| {
            let owner = &request.institution;
            let docket_numbers = settle(&mut content, &self.court, owner, &mut problems);
            Decoded { kind, content, docket_numbers }
        });
        reply::decoded(request, decoded, problems)
    }

    fn letter(&self, fields: &mut Fields<'_, '_>) -> Option<(FilingKind, Content)> {
        let Some(kind) = fields.choice("kind", Required, &self.words()) else {
            // Without its kind nothing else in the letter can be judged.
            fields.leave_rest();
            return None;
        };
        let own = self.own.iter().find(|letter| letter.kind == kind);
        let content = own.map(|letter| (letter.read)(fields)).or_else(|| read(kind, fields))?;
        Some((kind, content))
    }

    /// Writes a letter.
    #[must_use]
    pub fn encode(&self, format: &str, content: Option<&FilingContent>) -> EncodeReply {
        let Some(content) = content.and_then(|content| content.content.as_ref()) else {
            return reply::not_writable(format);
        };
        let own = self.own.iter().find_map(|letter| {
            (letter.write)(content).map(|object| object.field("kind", letter.word))
        });
        match own.or_else(|| write(content)) {
            Some(letter) => {
                reply::encoded(letter.into_bytes(), MEDIA_TYPE, "letter.json", Problems::new())
            }
            None => reply::not_writable(format),
        }
    }
}

/// The kinds of letter that every court writes, by the word for each.
const KINDS: &[(&str, FilingKind)] = &[
    ("query", FilingKind::Query),
    ("answer", FilingKind::Answer),
    ("interim-order", FilingKind::InterimOrder),
    ("join-cases", FilingKind::JoinCases),
    ("split-cases", FilingKind::SplitCases),
    ("link-cases", FilingKind::LinkCases),
    ("correct-identifier", FilingKind::CorrectIdentifier),
    ("reconciliation-exception", FilingKind::ReconciliationException),
];

/// Takes the fields of a letter. `None`: it is of no kind in [`KINDS`].
fn read(kind: FilingKind, fields: &mut Fields<'_, '_>) -> Option<Content> {
    Some(match kind {
        FilingKind::Query => Content::Query(letters::read_query(fields)),
        FilingKind::Answer => Content::Answer(letters::read_answer(fields)),
        FilingKind::InterimOrder => Content::InterimOrder(InterimOrder {
            suit: Some(own(fields.string("suit", Required))),
            suspended: fields.object("suspended", Required, terms::read_act),
            until: fields.date("until", Optional),
            lifted: fields.has("lifted") && fields.flag("lifted", Optional),
            reason: fields.text("reason", Optional),
        }),
        FilingKind::JoinCases => Content::JoinCases(JoinCases {
            lead: Some(own(fields.string("lead", Required))),
            joined: all_own(fields, "joined"),
            reason: fields.text("reason", Optional),
        }),
        FilingKind::SplitCases => Content::SplitCases(SplitCases {
            from: Some(own(fields.string("from", Required))),
            parted: all_own(fields, "parted"),
            reason: fields.text("reason", Optional),
        }),
        FilingKind::LinkCases => Content::LinkCases(LinkCases {
            other: number(fields, "other", Required),
            relation: fields
                .choice("relation", Required, words::CASE_RELATIONS)
                .map_or(0, Into::into),
            reason: fields.text("reason", Optional),
        }),
        FilingKind::CorrectIdentifier => Content::CorrectIdentifier(CorrectIdentifier {
            wrong: number(fields, "wrong", Required),
            right: number(fields, "right", Required),
            reason: fields.text("reason", Optional),
        }),
        FilingKind::ReconciliationException => {
            let exception = letters::read_exception(fields);
            if exception.theirs.as_ref().is_some_and(|theirs| theirs.institution.is_empty()) {
                say_nobody(fields);
            }
            Content::ReconciliationException(exception)
        }
        _ => return None,
    })
}

fn say_nobody(fields: &mut Fields<'_, '_>) {
    fields.error(
        "theirs",
        "institution-missing",
        &[
            ("ar", "رقم من سجل آخر من غير ذكر صاحبه."),
            ("ckb", "ژمارەیەکی تۆمارێکی تر، و نەوتراوە هی کێیە."),
            ("en", "A number of another register, and not said of whose."),
        ],
        &[
            ("ar", "اذكر المؤسسة في institution."),
            ("ckb", "دامەزراوەکە لە institution بنووسە."),
            ("en", "Name it in `institution`."),
        ],
    );
}

/// A number of the court whose letter it is: who that is, the request to read says.
fn own(literal: String) -> DocketNumber {
    DocketNumber { literal, ..DocketNumber::default() }
}

fn all_own(fields: &mut Fields<'_, '_>, name: &'static str) -> Vec<DocketNumber> {
    fields.strings(name, Required).into_iter().map(own).collect()
}

/// A number that may be another institution's: `{"institution": "ejp", "literal": "…"}`.
fn number(fields: &mut Fields<'_, '_>, name: &'static str, need: Need) -> Option<DocketNumber> {
    fields.object(name, need, |number| terms::read_docket_number(number, ""))
}

/// Gives the court's own numbers in a letter their normal forms, and returns all numbers in it. One
/// that is none of the court's register is an error, except where the letter says that it is wrong.
/// Numbers of other institutions are theirs to read.
fn settle(
    content: &mut Content,
    court: &Court<'_>,
    institution: &str,
    problems: &mut Problems,
) -> Vec<DocketNumber> {
    let mut settling = Settling { court, institution, problems, found: Vec::new() };
    let refuse = Strictness::Refuse;
    match content {
        Content::InterimOrder(order) => settling.one("suit", &mut order.suit, refuse),
        Content::JoinCases(join) => {
            settling.one("lead", &mut join.lead, refuse);
            settling.many("joined", &mut join.joined);
        }
        Content::SplitCases(split) => {
            settling.one("from", &mut split.from, refuse);
            settling.many("parted", &mut split.parted);
        }
        Content::LinkCases(link) => settling.one("other", &mut link.other, refuse),
        Content::CorrectIdentifier(correction) => {
            settling.one("wrong", &mut correction.wrong, Strictness::Keep);
            settling.one("right", &mut correction.right, refuse);
        }
        Content::ReconciliationException(exception) => {
            settling.one("ours", &mut exception.ours, refuse);
            settling.one("theirs", &mut exception.theirs, refuse);
        }
        Content::ClosingCertificate(closing) => {
            certificate::check(closing, settling.problems);
            settling.found.clone_from(&closing.docket_numbers);
        }
        _ => {}
    }
    settling.found
}

struct Settling<'s> {
    court: &'s Court<'s>,
    institution: &'s str,
    problems: &'s mut Problems,
    found: Vec<DocketNumber>,
}

impl Settling<'_> {
    /// A field holds the first case of its literal; the index gets all.
    fn one(&mut self, path: &str, field: &mut Option<DocketNumber>, strictness: Strictness) {
        let Some(written) = field.take() else { return };
        let numbers = self.numbers(path.to_owned(), written, strictness);
        *field = numbers.first().cloned();
        self.found.extend(numbers);
    }

    fn many(&mut self, path: &str, list: &mut Vec<DocketNumber>) {
        let written = std::mem::take(list);
        for (index, number) in written.into_iter().enumerate() {
            list.extend(self.numbers(format!("{path}[{index}]"), number, Strictness::Refuse));
        }
        self.found.extend(list.iter().cloned());
    }

    fn numbers(
        &mut self,
        path: String,
        written: DocketNumber,
        strictness: Strictness,
    ) -> Vec<DocketNumber> {
        // What is missing was said where the fields were taken.
        if written.literal.is_empty() {
            return Vec::new();
        }
        if !written.institution.is_empty() && written.institution != self.institution {
            return vec![written];
        }
        let place = Place::path(path);
        let (owner, literal) = (self.institution, written.literal.as_str());
        self.court.series.wire(owner, literal, &place, strictness, self.problems)
    }
}

/// Writes a letter, with its `kind`. `None`: it is of no kind in [`KINDS`].
fn write(content: &Content) -> Option<Object> {
    let with_kind = |object: Object, word: &str| object.field("kind", word);
    let number = |number: &Option<DocketNumber>| number.as_ref().map(terms::write_docket_number);
    let literal =
        |number: &Option<DocketNumber>| number.as_ref().map(|number| number.literal.clone());
    Some(match content {
        Content::Query(query) => with_kind(letters::write_query(query), "query"),
        Content::Answer(answer) => with_kind(letters::write_answer(answer), "answer"),
        Content::InterimOrder(order) => with_kind(Object::new(), "interim-order")
            .field("suit", literal(&order.suit))
            .field("suspended", order.suspended.as_ref().map(terms::write_act))
            .field("until", order.until.as_ref().map(terms::write_day))
            .field("lifted", order.lifted)
            .field("reason", order.reason.as_ref().map(terms::write_text)),
        Content::JoinCases(join) => with_kind(Object::new(), "join-cases")
            .field("lead", literal(&join.lead))
            .field("joined", literals(&join.joined))
            .field("reason", join.reason.as_ref().map(terms::write_text)),
        Content::SplitCases(split) => with_kind(Object::new(), "split-cases")
            .field("from", literal(&split.from))
            .field("parted", literals(&split.parted))
            .field("reason", split.reason.as_ref().map(terms::write_text)),
        Content::LinkCases(link) => with_kind(Object::new(), "link-cases")
            .field("other", number(&link.other))
            .field("relation", words::word_for(words::CASE_RELATIONS, link.relation()))
            .field("reason", link.reason.as_ref().map(terms::write_text)),
        Content::CorrectIdentifier(correction) => with_kind(Object::new(), "correct-identifier")
            .field("wrong", number(&correction.wrong))
            .field("right", number(&correction.right))
            .field("reason", correction.reason.as_ref().map(terms::write_text)),
        Content::ReconciliationException(exception) => {
            with_kind(letters::write_exception(exception), "reconciliation-exception")
        }
        _ => return None,
    })
}
