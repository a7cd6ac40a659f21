//! The decision on ratification, as an Akoma Ntoso judgment.
//!
//! What Akoma Ntoso has no element for, how much is ratified and which seats are not, stands among
//! the facts of [`barid_akn::Paper`].

use barid_akn::Paper;
use barid_akn::reply::{self, Decoded};
use barid_json_reading::shown;
use barid_plugin::v1::{
    DecodeReply, DecodeRequest, EncodeReply, FilingContent, FilingKind, Judge,
    RatificationDecision, RatificationScope, RulingIssued, filing_content::Content,
};
use barid_plugin::{Place, Problems};

use crate::docket::COURT;

/// Fact: how much is ratified.
const SCOPE: &str = "scope";
/// Fact: the seats that are not, separated by spaces.
const EXCEPTED: &str = "excepted-seats";

/// The words for how much is ratified.
const SCOPES: &[(&str, RatificationScope)] = &[
    ("all", RatificationScope::All),
    ("except", RatificationScope::Except),
    ("none", RatificationScope::None),
];

pub(crate) fn decode(request: &DecodeRequest) -> DecodeReply {
    let mut problems = Problems::new();
    let paper = COURT.read(request, &mut problems);
    let decoded = paper.map(|paper| {
        let docket_numbers = paper.ruling.docket_numbers.clone();
        let decision = decision(paper, &mut problems);
        Decoded {
            kind: FilingKind::RatificationDecision,
            content: Content::RatificationDecision(decision),
            docket_numbers,
        }
    });
    reply::decoded(request, decoded, problems)
}

fn decision(paper: Paper, problems: &mut Problems) -> RatificationDecision {
    let scope = scope(&paper, problems);
    let excepted_seats = excepted_seats(&paper, problems);
    if (scope == RatificationScope::Except) == excepted_seats.is_empty() {
        say_scope_contradicts(problems);
    }
    let ruling = paper.ruling;
    RatificationDecision {
        decision: ruling.ruling,
        docket_number: ruling.docket_numbers.into_iter().next(),
        scope: scope.into(),
        excepted_seats,
        judges: ruling.judges.into_iter().map(|judge| judge.name).collect(),
        agreement: ruling.agreement,
        basis: ruling.basis,
        clauses: ruling.clauses,
        r#final: ruling.r#final,
    }
}

fn fact<'p>(paper: &'p Paper, name: &str) -> &'p str {
    paper.facts.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
}

fn scope(paper: &Paper, problems: &mut Problems) -> RatificationScope {
    let word = fact(paper, SCOPE);
    let known = SCOPES.iter().find(|(known, _)| *known == word).map(|(_, scope)| *scope);
    known.unwrap_or_else(|| {
        say_scope_missing(problems, word);
        RatificationScope::Unspecified
    })
}

fn excepted_seats(paper: &Paper, problems: &mut Problems) -> Vec<u32> {
    let mut seats = Vec::new();
    for literal in fact(paper, EXCEPTED).split_whitespace() {
        match literal.parse() {
            Ok(seat) => seats.push(seat),
            Err(_) => say_seat_unreadable(problems, literal),
        }
    }
    seats
}

pub(crate) fn encode(content: Option<&FilingContent>) -> EncodeReply {
    let Some(Content::RatificationDecision(decision)) =
        content.and_then(|content| content.content.as_ref())
    else {
        return reply::not_writable(crate::RATIFICATION);
    };
    COURT.encode(&paper(decision), "ratification.xml")
}

fn paper(decision: &RatificationDecision) -> Paper {
    let scope = RatificationScope::try_from(decision.scope).unwrap_or_default();
    let word = SCOPES.iter().find(|(_, known)| *known == scope).map_or("", |(word, _)| word);
    let seats: Vec<String> = decision.excepted_seats.iter().map(u32::to_string).collect();
    let judges = decision.judges.iter();
    let ruling = RulingIssued {
        ruling: decision.decision.clone(),
        docket_numbers: decision.docket_number.iter().cloned().collect(),
        judges: judges.map(|name| Judge { name: name.clone(), presiding: false }).collect(),
        agreement: decision.agreement,
        r#final: decision.r#final,
        clauses: decision.clauses.clone(),
        basis: decision.basis.clone(),
        ..RulingIssued::default()
    };
    let mut facts = vec![(SCOPE.to_owned(), word.to_owned())];
    if !seats.is_empty() {
        facts.push((EXCEPTED.to_owned(), seats.join(" ")));
    }
    Paper { ruling, facts }
}

/// The place of a fact in the document.
fn fact_place(name: &str) -> Place {
    Place::path(format!("/akomaNtoso/judgment/meta/proprietary/ruling/fact[@name='{name}']"))
}

fn say_scope_missing(problems: &mut Problems, word: &str) {
    problems.error(
        "ratification-scope-missing",
        fact_place(SCOPE),
        &[
            ("ar", &format!("لا يبيّن القرار مدى المصادقة: {}", shown(word))),
            ("ckb", &format!("بڕیارەکە ناڵێت چەند پەسەند کراوە: {}", shown(word))),
            ("en", &format!("The decision does not say how much is ratified: {}", shown(word))),
        ],
        &[
            ("ar", "استعمل all أو except أو none."),
            ("ckb", "all یان except یان none بەکاربهێنە."),
            ("en", "Say all, except or none."),
        ],
    );
}

fn say_scope_contradicts(problems: &mut Problems) {
    problems.error(
        "ratification-scope-contradicts",
        fact_place(EXCEPTED),
        &[
            ("ar", "المقاعد المستثناة لا توافق مدى المصادقة."),
            ("ckb", "کورسییە هەڵاوێردراوەکان لەگەڵ ڕادەی پەسەندکردن ناگونجێن."),
            ("en", "The excepted seats do not fit how much is ratified."),
        ],
        &[
            ("ar", "اذكر المقاعد المستثناة مع except فقط."),
            ("ckb", "کورسیی هەڵاوێردراو تەنیا لەگەڵ except بنووسە."),
            ("en", "Name excepted seats with except, and only then."),
        ],
    );
}

fn say_seat_unreadable(problems: &mut Problems, literal: &str) {
    problems.error(
        "seat-unreadable",
        fact_place(EXCEPTED),
        &[
            ("ar", &format!("{} ليس رقم مقعد.", shown(literal))),
            ("ckb", &format!("{} ژمارەی کورسی نییە.", shown(literal))),
            ("en", &format!("{} is not the number of a seat.", shown(literal))),
        ],
        &[("ar", "صحّح الرقم."), ("ckb", "ژمارەکە ڕاست بکەرەوە."), ("en", "Correct the number.")],
    );
}
