//! What is wrong with a table, in Spanish, English and Arabic.

use barid_json_reading::shown;
use barid_plugin::{Place, Problems};
use barid_proto::v1::WrittenDate;

use super::{COLUMNS_MAX, ROWS_MAX, SIZE_MAX_BYTES};

pub(super) fn too_large(problems: &mut Problems) {
    let mib = SIZE_MAX_BYTES >> 20;
    problems.error(
        "too-large",
        Place::default(),
        &[
            (
                "es",
                &format!("La tabla pasa de {ROWS_MAX} filas, {COLUMNS_MAX} columnas o {mib} MiB."),
            ),
            (
                "en",
                &format!("The table has over {ROWS_MAX} rows, {COLUMNS_MAX} columns or {mib} MiB."),
            ),
            ("ar", &format!("الجدول أكبر من الحد: {ROWS_MAX} صف و{COLUMNS_MAX} عموداً.")),
        ],
        &[("es", "Divida la tabla."), ("en", "Split the table."), ("ar", "قسّم الجدول.")],
    );
}

pub(super) fn not_utf8(problems: &mut Problems, input: &[u8], good_bytes: usize) {
    let line = input.iter().take(good_bytes).filter(|byte| **byte == b'\n').count() + 1;
    let line = u32::try_from(line).unwrap_or(u32::MAX);
    problems.error(
        "encoding-not-utf8",
        Place::line(line, 0).at_offset(good_bytes as u64),
        &[
            ("es", "La tabla no está en UTF-8."),
            ("en", "The table is not UTF-8."),
            ("ar", "الجدول ليس بترميز UTF-8."),
        ],
        &[
            ("es", "Guárdela desde la hoja de cálculo como CSV UTF-8."),
            ("en", "Save it from the spreadsheet program as CSV UTF-8."),
            ("ar", "احفظه من برنامج الجداول بصيغة CSV UTF-8."),
        ],
    );
}

pub(super) fn unreadable(problems: &mut Problems, error: &csv::Error) {
    let line = error.position().map_or(0, csv::Position::line);
    let reason = shown(&error.to_string());
    problems.error(
        "csv-unreadable",
        Place::line(u32::try_from(line).unwrap_or(u32::MAX), 0),
        &[
            ("es", &format!("La fila no se puede leer: {reason}")),
            ("en", &format!("The row cannot be read: {reason}")),
            ("ar", &format!("تعذرت قراءة الصف: {reason}")),
        ],
        &[
            ("es", "Exporte la tabla de nuevo."),
            ("en", "Export the table again."),
            ("ar", "صدّر الجدول من جديد."),
        ],
    );
}

pub(super) fn quote_open(problems: &mut Problems) {
    problems.error(
        "csv-quote-open",
        Place::default(),
        &[
            ("es", "Hay unas comillas que no se cierran."),
            ("en", "A quotation mark is opened and never closed."),
            ("ar", "علامة اقتباس لم تغلق."),
        ],
        &[
            ("es", "Ciérrelas; dentro de una celda escríbalas dos veces."),
            ("en", "Close it; inside a cell write it twice."),
            ("ar", "أغلق علامة الاقتباس، وضاعفها داخل الخلية."),
        ],
    );
}

pub(super) fn heading_missing(problems: &mut Problems, headings: &[String], wanted: &str) {
    let found: Vec<String> = headings.iter().take(5).map(|heading| shown(heading)).collect();
    let found = found.join(", ");
    problems.error(
        "heading-missing",
        Place::cell(1, wanted),
        &[
            ("es", &format!("Falta la columna {wanted}; los encabezados son: {found}")),
            ("en", &format!("The column {wanted} is missing; the headings are: {found}")),
            ("ar", &format!("العمود {} مفقود؛ العناوين: {found}", shown(wanted))),
        ],
        &[
            ("es", "Ponga los encabezados en la primera fila."),
            ("en", "Put the headings in the first row."),
            ("ar", "ضع العناوين في الصف الأول."),
        ],
    );
}

pub(super) fn heading_twice(problems: &mut Problems, heading: &str) {
    let shown = shown(heading);
    // A place has at most a kilobyte.
    let cell = heading.get(..heading.floor_char_boundary(256)).unwrap_or_default();
    problems.error(
        "heading-twice",
        Place::cell(1, cell),
        &[
            ("es", &format!("El encabezado {shown} está dos veces.")),
            ("en", &format!("The heading {shown} is there twice.")),
            ("ar", &format!("العنوان {shown} مكرر.")),
        ],
        &[("es", "Cambie uno de los dos."), ("en", "Change one of them."), ("ar", "غيّر أحدهما.")],
    );
}

pub(super) fn cells_differ(
    problems: &mut Problems,
    number: u32,
    line: u32,
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
        ],
        &[
            ("es", "Ponga entre comillas el texto que contiene una coma."),
            ("en", "Put text that contains a comma between quotation marks."),
            ("ar", "ضع النص الذي فيه فاصلة بين علامتي اقتباس."),
        ],
    );
}

pub(super) fn no_rows(problems: &mut Problems) {
    problems.error(
        "rows-missing",
        Place::cell(2, ""),
        &[
            ("es", "La tabla no tiene filas."),
            ("en", "The table has no rows."),
            ("ar", "ليس في الجدول صفوف."),
        ],
        &[
            ("es", "Exporte la tabla con su contenido."),
            ("en", "Export the table with its content."),
            ("ar", "صدّر الجدول مع محتواه."),
        ],
    );
}

pub(super) fn date_doubtful(problems: &mut Problems, place: Place, date: &WrittenDate) {
    let literal = shown(&date.literal);
    let (code, es, en, ar) = if date.candidates.is_empty() {
        (
            "date-unreadable",
            "no es una fecha del calendario",
            "is no day of the calendar",
            "ليس يوماً في التقويم",
        )
    } else {
        ("date-ambiguous", "puede ser dos días", "can mean two days", "يحتمل يومين")
    };
    problems.warning(
        code,
        place,
        &[
            ("es", &format!("{literal} {es}.")),
            ("en", &format!("{literal} {en}.")),
            ("ar", &format!("{literal} {ar}.")),
        ],
        &[
            ("es", "Escriba el mes con su nombre."),
            ("en", "Write the month by its name."),
            ("ar", "اكتب الشهر باسمه."),
        ],
    );
}

pub(super) fn classes_differ(problems: &mut Problems, place: Place) {
    problems.error(
        "class-differs",
        place,
        &[
            ("es", "La fila declara otra clase de datos que la primera."),
            ("en", "The row declares another class of data than the first."),
            ("ar", "يعلن الصف صنف بيانات غير صنف الصف الأول."),
        ],
        &[
            ("es", "Presente cada clase en una tabla propia."),
            ("en", "File each class in a table of its own."),
            ("ar", "ضع كل صنف في جدول خاص به."),
        ],
    );
}

pub(super) fn headings_differ(problems: &mut Problems) {
    problems.error(
        "headings-differ",
        Place::path("table"),
        &[
            ("es", "Las filas no tienen los mismos encabezados."),
            ("en", "The rows do not have the same headings."),
            ("ar", "ليست للصفوف العناوين نفسها."),
        ],
        &[
            ("es", "Escriba las filas en tablas distintas."),
            ("en", "Write the rows as separate tables."),
            ("ar", "اكتب الصفوف في جداول منفصلة."),
        ],
    );
}
