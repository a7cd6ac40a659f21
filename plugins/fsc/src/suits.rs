//! The court's register of suits (دعاوى): constitutional suits about an election, each with its
//! number, who brings it, what it challenges and what became of it.

use barid_akn::day;
use barid_akn::docket::{Strictness, literals};
use barid_akn::reply::{self, Decoded};
use barid_json_reading::{
    Fields, Need::Optional, Need::Required, read_object, shown, terms, words,
};
use barid_plugin::v1::{
    DecodeReply, DecodeRequest, EncodeReply, FilingContent, FilingKind, RegisterCell, RegisterRow,
    RegisterStatement, filing_content::Content,
};
use barid_plugin::{Place, Problems};

use crate::docket::COURT;
use crate::request::MEDIA_TYPE;

/// Cell: against whom a suit is brought.
const DEFENDANT: &str = "defendant";

pub(crate) fn decode(request: &DecodeRequest) -> DecodeReply {
    let mut problems = Problems::new();
    let read = read_object(&request.input, &mut problems, register);
    let decoded = read.map(|(mut register, numbers)| {
        for (index, (row, literal)) in register.rows.iter_mut().zip(&numbers).enumerate() {
            settle(request, index, row, literal, &mut problems);
        }
        Decoded {
            kind: FilingKind::RegisterStatement,
            docket_numbers: register
                .rows
                .iter()
                .flat_map(|row| row.docket_numbers.clone())
                .collect(),
            content: Content::RegisterStatement(register),
        }
    });
    reply::decoded(request, decoded, problems)
}

/// The register, and the number of each row as written.
fn register(fields: &mut Fields<'_, '_>) -> (RegisterStatement, Vec<String>) {
    let (name, as_of) = (fields.string("name", Optional), fields.date("as_of", Required));
    let suits = fields.objects("suits", Optional, suit);
    let (rows, numbers) = suits.into_iter().unzip();
    (RegisterStatement { name, as_of, rows }, numbers)
}

fn suit(fields: &mut Fields<'_, '_>) -> (RegisterRow, String) {
    let number = fields.string("number", Required);
    let filed = fields.string("filed", Optional);
    let defendant = fields.string(DEFENDANT, Optional);
    let row = RegisterRow {
        title: fields.string("subject", Optional),
        date: Some(day::written(&filed)).filter(|date| !date.literal.is_empty()),
        person: fields.string("plaintiff", Optional),
        challenged: fields.object("challenged", Optional, terms::read_act),
        outcome: fields.choice("outcome", Optional, words::OUTCOMES).map_or(0, Into::into),
        outcome_literal: fields.string("outcome_literal", Optional),
        papers: fields.integer("papers", Optional),
        source_url: fields.string("source_url", Optional),
        cells: Some(RegisterCell { heading: DEFENDANT.to_owned(), literal: defendant })
            .filter(|cell| !cell.literal.is_empty())
            .into_iter()
            .collect(),
        ..RegisterRow::default()
    };
    (row, number)
}

fn settle(
    request: &DecodeRequest,
    index: usize,
    row: &mut RegisterRow,
    literal: &str,
    problems: &mut Problems,
) {
    row.row = u32::try_from(index + 1).unwrap_or(u32::MAX);
    // What is missing was said where the fields were taken.
    if !literal.is_empty() {
        let place = Place::path(format!("suits[{index}].number"));
        let (owner, refuse) = (&request.institution, Strictness::Refuse);
        row.docket_numbers = COURT.series.wire(owner, literal, &place, refuse, problems);
    }
    match &row.date {
        Some(date) if date.candidates.len() != 1 => {
            say_day_unclear(problems, index, &date.literal, date.candidates.is_empty());
        }
        _ => {}
    }
}

pub(crate) fn encode(content: Option<&FilingContent>) -> EncodeReply {
    let Some(Content::RegisterStatement(register)) =
        content.and_then(|content| content.content.as_ref())
    else {
        return reply::not_writable(crate::SUITS);
    };
    let mut problems = Problems::new();
    let suits: Vec<_> = register
        .rows
        .iter()
        .enumerate()
        .flat_map(|(index, row)| write_suits(index, row, &mut problems))
        .collect();
    let bytes = terms::Object::new()
        .field("name", register.name.as_str())
        .field("as_of", register.as_of.as_ref().map(terms::write_day))
        .field("suits", suits)
        .into_bytes();
    reply::encoded(bytes, MEDIA_TYPE, "suits.json", problems)
}

/// One suit for each literal of the row: another register may have put several into one.
fn write_suits(index: usize, row: &RegisterRow, problems: &mut Problems) -> Vec<terms::Object> {
    for cell in row.cells.iter().filter(|cell| cell.heading != DEFENDANT) {
        say_cell_left_out(problems, index, &cell.heading);
    }
    let defendant = row.cells.iter().find(|cell| cell.heading == DEFENDANT);
    let numbers = literals(&row.docket_numbers);
    let numbers = if numbers.is_empty() { vec![""] } else { numbers };
    let write = |number: &str| {
        terms::Object::new()
            .field("number", number)
            .field("subject", row.title.as_str())
            .field("filed", row.date.as_ref().map(|date| date.literal.as_str()))
            .field("plaintiff", row.person.as_str())
            .field(DEFENDANT, defendant.map(|cell| cell.literal.as_str()))
            .field("challenged", row.challenged.as_ref().map(terms::write_act))
            .field("outcome", words::word_for(words::OUTCOMES, row.outcome()))
            .field("outcome_literal", row.outcome_literal.as_str())
            .field("papers", Some(row.papers).filter(|papers| *papers > 0))
            .field("source_url", row.source_url.as_str())
    };
    numbers.into_iter().map(write).collect()
}

fn say_day_unclear(problems: &mut Problems, index: usize, literal: &str, unreadable: bool) {
    let place = Place::path(format!("suits[{index}].filed"));
    if unreadable {
        problems.warning(
            "date-unreadable",
            place,
            &[
                ("ar", &format!("التاريخ {} ليس يوماً في التقويم.", shown(literal))),
                ("ckb", &format!("بەرواری {} ڕۆژێکی ڕۆژژمێر نییە.", shown(literal))),
                ("en", &format!("The date {} is no day of the calendar.", shown(literal))),
            ],
            &[
                ("ar", "صحّح التاريخ من أصل الدعوى."),
                ("ckb", "بەروارەکە لە بنەڕەتی داواکەوە ڕاست بکەرەوە."),
                ("en", "Correct it from the suit itself."),
            ],
        );
    } else {
        problems.warning(
            "date-ambiguous",
            place,
            &[
                ("ar", &format!("التاريخ {} يحتمل يومين.", shown(literal))),
                ("ckb", &format!("بەرواری {} دەشێت دوو ڕۆژ بگەیەنێت.", shown(literal))),
                ("en", &format!("The date {} can mean two days.", shown(literal))),
            ],
            &[
                ("ar", "بيّن اليوم من أصل الدعوى."),
                ("ckb", "ڕۆژەکە لە بنەڕەتی داواکەوە دیاری بکە."),
                ("en", "Say which, from the suit itself."),
            ],
        );
    }
}

fn say_cell_left_out(problems: &mut Problems, index: usize, heading: &str) {
    problems.warning(
        "not-expressible",
        Place::path(format!("rows[{index}].cells")),
        &[
            ("ar", &format!("ليس لـ{} حقل في سجل الدعاوى.", shown(heading))),
            ("ckb", &format!("تۆماری داواکان خانەیەکی بۆ {} نییە.", shown(heading))),
            ("en", &format!("The register of suits has no field for {}.", shown(heading))),
        ],
        &[],
    );
}
