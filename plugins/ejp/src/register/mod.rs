//! The register of rulings that the panel publishes, as CSV: address, title, number of images.

mod write;

use std::collections::BTreeMap;

use barid_akn::day::Order;
use barid_akn::docket::{Docket, Strictness};
use barid_akn::reply::{self, Decoded};
use barid_akn::table::{self, Layout, Row, Table};
use barid_json_reading::shown;
use barid_plugin::v1::{
    DecodeReply, DecodeRequest, FilingKind, RegisterCell, RegisterRow, RegisterStatement,
    filing_content::Content,
};
use barid_plugin::{Place, Problems};
use barid_proto::text::digits;

pub(crate) use self::write::encode;
use crate::docket::COURT;
use crate::title::{self, Title};

/// Media type of the register.
pub(crate) const MEDIA_TYPE: &str = table::MEDIA_TYPE;

/// Heading of the address at which a ruling is published.
const URL: &str = "source_url";
/// Heading of the title; the one column without which there is no register.
const TITLE: &str = "title_as_published";
/// Heading of the number of images.
const IMAGES: &str = "images";

/// What the panel's table looks like.
const LAYOUT: Layout<'static> = Layout {
    needed: TITLE,
    is_needed: |heading| heading == TITLE,
    example: "source_url,title_as_published,images",
};

/// What the register is called; the published table itself does not say.
const NAME: &str = "سجل قرارات الهيئة القضائية للانتخابات";

pub(crate) fn decode(request: &DecodeRequest) -> DecodeReply {
    let mut problems = Problems::new();
    let table = table::read(&request.input, LAYOUT, &mut problems);
    let decoded = table.map(|table| {
        let rows = rows(request, &table, &mut problems);
        Decoded {
            kind: FilingKind::RegisterStatement,
            docket_numbers: rows.iter().flat_map(|row| row.docket_numbers.clone()).collect(),
            content: Content::RegisterStatement(RegisterStatement {
                name: NAME.to_owned(),
                rows,
                ..RegisterStatement::default()
            }),
        }
    });
    reply::decoded(request, decoded, problems)
}

fn rows(request: &DecodeRequest, table: &Table, problems: &mut Problems) -> Vec<RegisterRow> {
    let titles: Vec<Title<'_>> =
        table.rows.iter().map(|row| title::read(table.cell(row, TITLE))).collect();
    let layouts = layouts(&titles);
    table
        .rows
        .iter()
        .zip(&titles)
        .map(|(row, title)| {
            let layout =
                title.docket.as_ref().ok().and_then(|docket| layouts.get(&year_of(docket)));
            register_row(request, table, row, title, layout.copied().flatten(), problems)
        })
        .collect()
}

/// The order of day and month in each year's unambiguous titles; `None` when both occur. It helps
/// a person to decide and decides nothing.
fn layouts(titles: &[Title<'_>]) -> BTreeMap<u32, Option<Order>> {
    let mut layouts = BTreeMap::new();
    for title in titles {
        let (Ok(docket), Some(order)) = (&title.docket, title.order()) else { continue };
        let layout = layouts.entry(year_of(docket)).or_insert(Some(order));
        *layout = layout.filter(|seen| *seen == order);
    }
    layouts
}

/// The register's year in which a title's first case stands.
fn year_of(docket: &Docket) -> u32 {
    docket.cases.first().map_or(0, |case| case.year)
}

fn register_row(
    request: &DecodeRequest,
    table: &Table,
    row: &Row,
    title: &Title<'_>,
    layout: Option<Order>,
    problems: &mut Problems,
) -> RegisterRow {
    let place = Place::cell(row.number, TITLE).at_line(row.line, 0);
    let owner = &request.institution;
    let strictness = Strictness::Refuse;
    let docket_numbers =
        COURT.series.wire(owner, title.docket_literal, &place, strictness, problems);
    if title.is_ambiguous() {
        say_ambiguous(problems, place, title, layout);
    } else if title.is_date_unreadable() {
        say_date_unreadable(problems, place, title);
    }
    RegisterRow {
        row: row.number,
        docket_numbers,
        title: table.cell(row, TITLE).to_owned(),
        date: title.date.clone(),
        papers: papers(table, row, problems),
        source_url: table.cell(row, URL).to_owned(),
        cells: other_cells(table, row),
        ..RegisterRow::default()
    }
}

fn papers(table: &Table, row: &Row, problems: &mut Problems) -> u32 {
    let literal = table.cell(row, IMAGES);
    if literal.is_empty() {
        return 0;
    }
    digits(literal).trim().parse().unwrap_or_else(|_| {
        say_number_invalid(problems, Place::cell(row.number, IMAGES), literal);
        0
    })
}

/// Columns that the register does not have are kept as they are.
fn other_cells(table: &Table, row: &Row) -> Vec<RegisterCell> {
    table
        .headings
        .iter()
        .zip(&row.cells)
        .filter(|(heading, _)| ![URL, TITLE, IMAGES].contains(&heading.as_str()))
        .map(|(heading, cell)| RegisterCell { heading: heading.clone(), literal: cell.clone() })
        .collect()
}

fn say_ambiguous(problems: &mut Problems, place: Place, title: &Title<'_>, layout: Option<Order>) {
    let literal = title.date.as_ref().map(|date| date.literal.as_str()).unwrap_or_default();
    let (note_ar, note_ckb, note_en) = match layout {
        Some(Order::DayFirst) => (
            " في بقية عناوين السنة اليوم أولاً.",
            " لە ناونیشانەکانی تری ساڵەکەدا ڕۆژ یەکەمە.",
            " The year's other titles put the day first.",
        ),
        Some(Order::MonthFirst) => (
            " في بقية عناوين السنة الشهر أولاً.",
            " لە ناونیشانەکانی تری ساڵەکەدا مانگ یەکەمە.",
            " The year's other titles put the month first.",
        ),
        None => ("", "", ""),
    };
    problems.warning(
        "date-ambiguous",
        place,
        &[
            ("ar", &format!("التاريخ {} يحتمل يومين.{note_ar}", shown(literal))),
            ("ckb", &format!("بەرواری {} دەشێت دوو ڕۆژ بگەیەنێت.{note_ckb}", shown(literal))),
            ("en", &format!("The date {} can mean two days.{note_en}", shown(literal))),
        ],
        &[
            ("ar", "بيّن اليوم من أصل القرار."),
            ("ckb", "ڕۆژەکە لە بنەڕەتی حوکمەکەوە دیاری بکە."),
            ("en", "Say which day it is, from the ruling itself."),
        ],
    );
}

fn say_date_unreadable(problems: &mut Problems, place: Place, title: &Title<'_>) {
    let literal = title.date.as_ref().map(|date| date.literal.as_str()).unwrap_or_default();
    problems.warning(
        "date-unreadable",
        place,
        &[
            ("ar", &format!("التاريخ {} ليس يوماً في التقويم.", shown(literal))),
            ("ckb", &format!("بەرواری {} ڕۆژێکی ڕۆژژمێر نییە.", shown(literal))),
            ("en", &format!("The date {} is no day of the calendar.", shown(literal))),
        ],
        &[
            ("ar", "صحّح التاريخ من أصل القرار."),
            ("ckb", "بەروارەکە لە بنەڕەتی حوکمەکەوە ڕاست بکەرەوە."),
            ("en", "Correct it from the ruling itself."),
        ],
    );
}

fn say_number_invalid(problems: &mut Problems, place: Place, literal: &str) {
    problems.error(
        "number-invalid",
        place,
        &[
            ("ar", &format!("{} ليس عدداً.", shown(literal))),
            ("ckb", &format!("{} ژمارە نییە.", shown(literal))),
            ("en", &format!("{} is not a number.", shown(literal))),
        ],
        &[
            ("ar", "اكتب عدد الصور."),
            ("ckb", "ژمارەی وێنەکان بنووسە."),
            ("en", "Write the number of images."),
        ],
    );
}
