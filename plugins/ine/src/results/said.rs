//! What does not add up in returns, in Spanish, English and Arabic.

use barid_json_reading::shown;
use barid_plugin::{Place, Problems};

pub(super) fn number_invalid(problems: &mut Problems, place: Place, cell: &str) {
    let cell = shown(cell);
    problems.error(
        "number-invalid",
        place,
        &[
            ("es", &format!("{cell} no es un número de votos.")),
            ("en", &format!("{cell} is no number of votes.")),
            ("ar", &format!("{cell} ليس عدد أصوات.")),
        ],
        &[("es", "Solo cifras."), ("en", "Write digits only."), ("ar", "اكتب أرقاماً فقط.")],
    );
}

pub(super) fn label_missing(problems: &mut Problems, place: Place, count: &str) {
    let count = shown(count);
    problems.warning(
        "label-missing",
        place,
        &[
            ("es", &format!("Hay {count} votos sin partido.")),
            ("en", &format!("There are {count} votes without a party.")),
            ("ar", &format!("هناك {count} صوتاً بلا حزب.")),
        ],
        &[
            ("es", "Agregue el partido o la coalición."),
            ("en", "Add the party or coalition."),
            ("ar", "أضف الحزب أو الائتلاف."),
        ],
    );
}

pub(super) fn votes_missing(problems: &mut Problems, place: Place, name: &str) {
    let name = shown(name);
    problems.warning(
        "votes-missing",
        place,
        &[
            ("es", &format!("Faltan los votos de {name}.")),
            ("en", &format!("The votes of {name} are missing.")),
            ("ar", &format!("أصوات {name} مفقودة.")),
        ],
        &[
            ("es", "Agregue los votos, o cero."),
            ("en", "Add the votes, or zero."),
            ("ar", "أضف الأصوات أو صفراً."),
        ],
    );
}

pub(super) fn label_twice(problems: &mut Problems, place: Place, name: &str) {
    let name = shown(name);
    problems.warning(
        "label-twice",
        place,
        &[
            ("es", &format!("{name} está dos veces en la fila.")),
            ("en", &format!("{name} is in the row twice.")),
            ("ar", &format!("{name} مكرر في الصف.")),
        ],
        &[
            ("es", "Compruebe a quién corresponden los votos."),
            ("en", "Check whose votes they are."),
            ("ar", "تأكد لمن هذه الأصوات."),
        ],
    );
}

pub(super) fn sum_differs(problems: &mut Problems, place: Place, sum: u64, total: u64) {
    problems.warning(
        "sum-differs",
        place,
        &[
            ("es", &format!("Los votos suman {sum} y el total publicado es {total}.")),
            ("en", &format!("The votes add up to {sum}; the published total is {total}.")),
            ("ar", &format!("مجموع الأصوات {sum} والمجموع المنشور {total}.")),
        ],
        &[
            ("es", "Compare con el acta de cómputo."),
            ("en", "Compare with the record of the count."),
            ("ar", "قارن بمحضر العد."),
        ],
    );
}

pub(super) fn turnout_impossible(problems: &mut Problems, place: Place, sum: u64, listed: u64) {
    problems.warning(
        "turnout-impossible",
        place,
        &[
            ("es", &format!("Hay {sum} votos y {listed} personas en la lista nominal.")),
            ("en", &format!("There are {sum} votes and {listed} people on the list.")),
            ("ar", &format!("هناك {sum} صوتاً و{listed} شخصاً في القائمة.")),
        ],
        &[
            ("es", "Compare con el acta de cómputo."),
            ("en", "Compare with the record of the count."),
            ("ar", "قارن بمحضر العد."),
        ],
    );
}

pub(super) fn year_differs(problems: &mut Problems, place: Place, year: &str) {
    let year = shown(year);
    problems.warning(
        "year-differs",
        place,
        &[
            ("es", &format!("El año {year} no es el de la fecha.")),
            ("en", &format!("The year {year} is not that of the date.")),
            ("ar", &format!("السنة {year} ليست سنة التاريخ.")),
        ],
        &[
            ("es", "Compruebe cuál de los dos es correcto."),
            ("en", "Check which of the two is right."),
            ("ar", "تأكد أيهما الصحيح."),
        ],
    );
}
