//! What is wrong with a table of pilot papers, in Spanish, English and Arabic.

use barid_json_reading::shown;
use barid_plugin::{Place, Problems};
use barid_proto::v1::WrittenDate;

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
