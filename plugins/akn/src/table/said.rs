//! The wording of what is wrong with a table.

use barid_json_reading::shown;
use barid_plugin::{Place, Problems};

use super::{COLUMNS_MAX, Layout, ROWS_MAX};

pub(super) fn too_large(problems: &mut Problems) {
    problems.error(
        "too-large",
        Place::default(),
        &[
            ("ar", &format!("الجدول أكبر من الحد: {ROWS_MAX} صف و{COLUMNS_MAX} عموداً.")),
            ("ckb", &format!("خشتەکە لە سنوور گەورەترە: {ROWS_MAX} ڕیز و {COLUMNS_MAX} ستوون.")),
            (
                "en",
                &format!(
                    "The table is larger than {ROWS_MAX} rows, {COLUMNS_MAX} columns or 16 MiB."
                ),
            ),
        ],
        &[("ar", "قسّم الجدول."), ("ckb", "خشتەکە دابەش بکە."), ("en", "Split the table.")],
    );
}

pub(super) fn not_utf8(problems: &mut Problems, input: &[u8], good_bytes: usize) {
    let line = input.iter().take(good_bytes).filter(|byte| **byte == b'\n').count() + 1;
    let line = u32::try_from(line).unwrap_or(u32::MAX);
    problems.error(
        "encoding-not-utf8",
        Place::line(line, 0).at_offset(good_bytes as u64),
        &[
            ("ar", "الجدول ليس بترميز UTF-8."),
            ("ckb", "خشتەکە بە کۆدکردنی UTF-8 نییە."),
            ("en", "The table is not UTF-8."),
        ],
        &[
            ("ar", "احفظه من برنامج الجداول بصيغة CSV UTF-8."),
            ("ckb", "لە بەرنامەی خشتەکانەوە وەک CSV UTF-8 پاشەکەوتی بکە."),
            ("en", "Save it from the spreadsheet program as CSV UTF-8."),
        ],
    );
}

pub(super) fn unreadable(problems: &mut Problems, error: &csv::Error) {
    let line = error.position().map_or(0, csv::Position::line);
    problems.error(
        "csv-unreadable",
        Place::line(u32::try_from(line).unwrap_or(u32::MAX), 0),
        &[
            ("ar", &format!("تعذرت قراءة الصف: {}", shown(&error.to_string()))),
            ("ckb", &format!("ڕیزەکە نەخوێنرایەوە: {}", shown(&error.to_string()))),
            ("en", &format!("The row cannot be read: {}", shown(&error.to_string()))),
        ],
        &[
            ("ar", "صدّر الجدول من جديد."),
            ("ckb", "خشتەکە سەرلەنوێ هەناردە بکە."),
            ("en", "Export the table again."),
        ],
    );
}

pub(super) fn quote_open(problems: &mut Problems) {
    problems.error(
        "csv-quote-open",
        Place::default(),
        &[
            ("ar", "علامة اقتباس لم تغلق."),
            ("ckb", "نیشانەیەکی وتە دانەخراوە."),
            ("en", "A quotation mark is opened and never closed."),
        ],
        &[
            ("ar", "أغلق علامة الاقتباس، وضاعفها داخل الخلية."),
            ("ckb", "نیشانەی وتەکە دابخە؛ لەناو خانەدا دوو جار بینووسە."),
            ("en", "Close it; inside a cell write it twice."),
        ],
    );
}

pub(super) fn heading_missing(problems: &mut Problems, headings: &[String], layout: Layout<'_>) {
    let Layout { needed, example, .. } = layout;
    let found: Vec<String> = headings.iter().take(5).map(|heading| shown(heading)).collect();
    let found = found.join(", ");
    problems.error(
        "heading-missing",
        Place::cell(1, needed),
        &[
            ("ar", &format!("العمود {needed} مفقود؛ العناوين: {found}")),
            ("ckb", &format!("ستوونی {needed} نییە؛ سەردێڕەکان: {found}")),
            ("en", &format!("The column {needed} is missing; the headings are: {found}")),
        ],
        &[
            ("ar", &format!("ضع في الصف الأول: {example}")),
            ("ckb", &format!("لە ڕیزی یەکەمدا بنووسە: {example}")),
            ("en", &format!("Let the first row be: {example}")),
        ],
    );
}

pub(super) fn heading_twice(problems: &mut Problems, heading: &str) {
    problems.error(
        "heading-twice",
        Place::cell(1, heading),
        &[
            ("ar", &format!("العنوان {} مكرر.", shown(heading))),
            ("ckb", &format!("سەردێڕی {} دووبارەیە.", shown(heading))),
            ("en", &format!("The heading {} is there twice.", shown(heading))),
        ],
        &[("ar", "غيّر أحدهما."), ("ckb", "یەکێکیان بگۆڕە."), ("en", "Change one of them.")],
    );
}

pub(super) fn cells_differ(problems: &mut Problems, place: Place, found: usize, due: usize) {
    problems.error(
        "cells-differ",
        place,
        &[
            ("ar", &format!("في الصف {found} خلية والعناوين {due}.")),
            ("ckb", &format!("لە ڕیزەکەدا {found} خانە هەیە و سەردێڕەکان {due}ن.")),
            ("en", &format!("The row has {found} cells, but there are {due} headings.")),
        ],
        &[
            ("ar", "ضع النص الذي فيه فاصلة بين علامتي اقتباس."),
            ("ckb", "دەقێک کە کۆمای تێدایە بخە نێوان دوو نیشانەی وتە."),
            ("en", "Put text that contains a comma between quotation marks."),
        ],
    );
}
