//! What is wrong or doubtful with a list of case files, in Spanish, English and Arabic.

use barid_json_reading::shown;
use barid_plugin::{Place, Problems};

pub(super) fn year_differs(problems: &mut Problems, place: Place, cell: &str) {
    let cell = shown(cell);
    problems.warning(
        "year-differs",
        place,
        &[
            ("es", &format!("El año {cell} no es el de la clave del expediente.")),
            ("en", &format!("The year {cell} is not the one in the docket number.")),
            ("ar", &format!("السنة {cell} ليست سنة رقم الإضبارة.")),
        ],
        &[
            ("es", "Compruebe cuál de los dos es correcto."),
            ("en", "Check which of the two is right."),
            ("ar", "تأكد أيهما الصحيح."),
        ],
    );
}

pub(super) fn address_differs(problems: &mut Problems, place: Place, cell: &str, row: &str) {
    let (cell, row) = (shown(cell), shown(row));
    problems.warning(
        "address-differs",
        place,
        &[
            ("es", &format!("El nombre {cell} es de otro expediente; la fila es de {row}.")),
            ("en", &format!("The name {cell} is another case's; the row is about {row}.")),
            ("ar", &format!("الاسم {cell} لقضية أخرى، والصف عن {row}.")),
        ],
        &[
            ("es", "Abra el documento y compruebe la clave dentro de él."),
            ("en", "Open the paper and check the number inside it."),
            ("ar", "افتح الوثيقة وتأكد من الرقم فيها."),
        ],
    );
}

pub(super) fn address_unreadable(problems: &mut Problems, place: Place, cell: &str) {
    let cell = shown(cell);
    problems.warning(
        "address-unreadable",
        place,
        &[
            ("es", &format!("El nombre {cell} no contiene una clave de expediente.")),
            ("en", &format!("The name {cell} holds no docket number.")),
            ("ar", &format!("الاسم {cell} لا يحمل رقم إضبارة.")),
        ],
        &[],
    );
}

pub(super) fn listed_twice(problems: &mut Problems, place: Place, literal: &str, earlier: u32) {
    let literal = shown(literal);
    problems.warning(
        "listed-twice",
        place,
        &[
            ("es", &format!("{literal} ya está en la fila {earlier}.")),
            ("en", &format!("{literal} is already in row {earlier}.")),
            ("ar", &format!("{literal} مذكور في الصف {earlier}.")),
        ],
        &[
            ("es", "Deje una de las dos filas."),
            ("en", "Keep one of the rows."),
            ("ar", "أبقِ أحد الصفين."),
        ],
    );
}

pub(super) fn outcome_open(problems: &mut Problems, place: Place, literal: &str) {
    let literal = shown(literal);
    problems.warning(
        "outcome-open",
        place,
        &[
            ("es", &format!("{literal} no da un solo sentido en palabras neutras.")),
            ("en", &format!("{literal} is not one outcome in neutral words.")),
            ("ar", &format!("{literal} لا يعطي نتيجة واحدة بالمصطلحات المحايدة.")),
        ],
        &[],
    );
}
