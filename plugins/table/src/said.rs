//! What is wrong with a table, in Arabic, Sorani, English and Spanish.

use barid_json_reading::shown;
use barid_plugin::{Place, Problems};

use crate::Bounds;

pub(crate) fn too_large(problems: &mut Problems, bounds: Bounds) {
    let Bounds { bytes, rows, columns, cells } = bounds;
    let mib = bytes >> 20;
    problems.error(
        "too-large",
        Place::default(),
        &[
            (
                "ar",
                &format!(
                    "الجدول أكبر من الحد: {rows} صف أو {columns} عموداً أو {cells} خلية أو {mib} ميبي بايت."
                ),
            ),
            (
                "ckb",
                &format!(
                    "خشتەکە لە سنوور گەورەترە: {rows} ڕیز یان {columns} ستوون یان {cells} خانە یان {mib} MiB."
                ),
            ),
            (
                "en",
                &format!(
                    "The table has over {rows} rows, {columns} columns, {cells} cells or {mib} MiB."
                ),
            ),
            (
                "es",
                &format!(
                    "La tabla pasa de {rows} filas, {columns} columnas, {cells} celdas o {mib} MiB."
                ),
            ),
        ],
        &[
            ("es", "Divida la tabla."),
            ("en", "Split the table."),
            ("ar", "قسّم الجدول."),
            ("ckb", "خشتەکە دابەش بکە."),
        ],
    );
}

pub(crate) fn not_utf8(problems: &mut Problems, input: &[u8], good_bytes: usize) {
    let line = input.iter().take(good_bytes).filter(|byte| **byte == b'\n').count() + 1;
    let line = u32::try_from(line).unwrap_or(u32::MAX);
    problems.error(
        "encoding-not-utf8",
        Place::line(line, 0).at_offset(good_bytes as u64),
        &[
            ("es", "La tabla no está en UTF-8."),
            ("en", "The table is not UTF-8."),
            ("ar", "الجدول ليس بترميز UTF-8."),
            ("ckb", "خشتەکە بە کۆدکردنی UTF-8 نییە."),
        ],
        &[
            ("es", "Guárdela desde la hoja de cálculo como CSV UTF-8."),
            ("en", "Save it from the spreadsheet program as CSV UTF-8."),
            ("ar", "احفظه من برنامج الجداول بصيغة CSV UTF-8."),
            ("ckb", "لە بەرنامەی خشتەکانەوە وەک CSV UTF-8 پاشەکەوتی بکە."),
        ],
    );
}

pub(crate) fn unreadable(problems: &mut Problems, error: &csv::Error) {
    let line = error.position().map_or(0, csv::Position::line);
    let reason = shown(&error.to_string());
    problems.error(
        "csv-unreadable",
        Place::line(u32::try_from(line).unwrap_or(u32::MAX), 0),
        &[
            ("es", &format!("La fila no se puede leer: {reason}")),
            ("en", &format!("The row cannot be read: {reason}")),
            ("ar", &format!("تعذرت قراءة الصف: {reason}")),
            ("ckb", &format!("ڕیزەکە نەخوێنرایەوە: {reason}")),
        ],
        &[
            ("es", "Exporte la tabla de nuevo."),
            ("en", "Export the table again."),
            ("ar", "صدّر الجدول من جديد."),
            ("ckb", "خشتەکە سەرلەنوێ هەناردە بکە."),
        ],
    );
}

pub(crate) fn quote_open(problems: &mut Problems) {
    problems.error(
        "csv-quote-open",
        Place::default(),
        &[
            ("es", "Hay unas comillas que no se cierran."),
            ("en", "A quotation mark is opened and never closed."),
            ("ar", "علامة اقتباس لم تغلق."),
            ("ckb", "نیشانەیەکی وتە دانەخراوە."),
        ],
        &[
            ("es", "Ciérrelas; dentro de una celda escríbalas dos veces."),
            ("en", "Close it; inside a cell write it twice."),
            ("ar", "أغلق علامة الاقتباس، وضاعفها داخل الخلية."),
            ("ckb", "نیشانەی وتەکە دابخە؛ لەناو خانەدا دوو جار بینووسە."),
        ],
    );
}

pub(crate) fn heading_missing(
    problems: &mut Problems,
    headings: &[String],
    wanted: &str,
    example: &str,
) {
    let found: Vec<String> = headings.iter().take(5).map(|heading| shown(heading)).collect();
    let found = found.join(", ");
    let first_row = [
        ("es", format!("Sea la primera fila: {example}")),
        ("en", format!("Let the first row be: {example}")),
        ("ar", format!("ضع في الصف الأول: {example}")),
        ("ckb", format!("لە ڕیزی یەکەمدا بنووسە: {example}")),
    ];
    let remedy = if example.is_empty() {
        [
            ("es", "Ponga los encabezados en la primera fila."),
            ("en", "Put the headings in the first row."),
            ("ar", "ضع العناوين في الصف الأول."),
            ("ckb", "سەردێڕەکان لە ڕیزی یەکەمدا دابنێ."),
        ]
    } else {
        first_row.each_ref().map(|(language, text)| (*language, text.as_str()))
    };
    problems.error(
        "heading-missing",
        Place::cell(1, wanted),
        &[
            ("es", &format!("Falta la columna {wanted}; los encabezados son: {found}")),
            ("en", &format!("The column {wanted} is missing; the headings are: {found}")),
            ("ar", &format!("العمود {} مفقود؛ العناوين: {found}", shown(wanted))),
            ("ckb", &format!("ستوونی {} نییە؛ سەردێڕەکان: {found}", shown(wanted))),
        ],
        &remedy,
    );
}

pub(crate) fn heading_twice(problems: &mut Problems, heading: &str) {
    let shown = shown(heading);
    problems.error(
        "heading-twice",
        Place::cell(1, heading),
        &[
            ("es", &format!("El encabezado {shown} está dos veces.")),
            ("en", &format!("The heading {shown} is there twice.")),
            ("ar", &format!("العنوان {shown} مكرر.")),
            ("ckb", &format!("سەردێڕی {shown} دووبارەیە.")),
        ],
        &[
            ("es", "Cambie uno de los dos."),
            ("en", "Change one of them."),
            ("ar", "غيّر أحدهما."),
            ("ckb", "یەکێکیان بگۆڕە."),
        ],
    );
}

pub(crate) fn cells_differ(
    problems: &mut Problems,
    (number, line): (u32, u32),
    found: usize,
    due: usize,
) {
    problems.error(
        "cells-differ",
        Place::cell(number, "").at_line(line, 0),
        &[
            ("es", &format!("La fila tiene {found} celdas y hay {due} encabezados.")),
            ("en", &format!("The row has {found} cells, but there are {due} headings.")),
            ("ar", &format!("في الصف {found} خلية والعناوين {due}.")),
            ("ckb", &format!("لە ڕیزەکەدا {found} خانە هەیە و سەردێڕەکان {due}ن.")),
        ],
        &[
            ("es", "Ponga entre comillas el texto que contiene una coma."),
            ("en", "Put text that contains a comma between quotation marks."),
            ("ar", "ضع النص الذي فيه فاصلة بين علامتي اقتباس."),
            ("ckb", "دەقێک کە کۆمای تێدایە بخە نێوان دوو نیشانەی وتە."),
        ],
    );
}
