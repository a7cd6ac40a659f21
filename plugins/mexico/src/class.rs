//! The class of data that a pilot paper declares: `clase de datos: sintético`.
//!
//! Partners work with made-up, anonymised and published papers only. A paper that calls itself
//! real is refused; one that says nothing is marked, and its envelope's class counts.

use barid_json_reading::shown;
use barid_plugin::{Place, Problems};
use barid_proto::v1::DataClass;

use crate::words::plain;

/// The words for each class, folded; the first of each is the one that is written.
const WORDS: [(&str, DataClass); 19] = [
    ("sintetico", DataClass::Synthetic),
    ("sintetica", DataClass::Synthetic),
    ("sinteticos", DataClass::Synthetic),
    ("ficticio", DataClass::Synthetic),
    ("ficticia", DataClass::Synthetic),
    ("synthetic", DataClass::Synthetic),
    ("anonimizado", DataClass::Anonymised),
    ("anonimizada", DataClass::Anonymised),
    ("anonimizados", DataClass::Anonymised),
    ("anonymised", DataClass::Anonymised),
    ("publicado", DataClass::Published),
    ("publicada", DataClass::Published),
    ("publicados", DataClass::Published),
    ("publico", DataClass::Published),
    ("published", DataClass::Published),
    ("real", DataClass::Live),
    ("reales", DataClass::Live),
    ("vivo", DataClass::Live),
    ("live", DataClass::Live),
];

/// The word for a class in a document; empty for one that no pilot has.
#[must_use]
pub fn word(class: DataClass) -> &'static str {
    match class {
        DataClass::Synthetic => "sintético",
        DataClass::Anonymised => "anonimizado",
        DataClass::Published => "publicado",
        DataClass::Unspecified | DataClass::Live => "",
    }
}

/// Reads what a document declares. A real case and an unknown word are errors at `place`.
pub fn read(literal: &str, place: &Place, problems: &mut Problems) -> DataClass {
    let word = plain(literal);
    match WORDS.iter().find(|(known, _)| *known == word).map(|(_, class)| *class) {
        Some(DataClass::Live) => {
            say_live(problems, place);
            DataClass::Unspecified
        }
        Some(class) => class,
        None => {
            say_unknown(problems, place, literal);
            DataClass::Unspecified
        }
    }
}

/// Says that a paper is about a real case.
pub fn say_live(problems: &mut Problems, place: &Place) {
    problems.error(
        "class-live",
        place.clone(),
        &[
            ("es", "El documento declara un caso real; los pilotos no los admiten."),
            ("en", "The paper declares a live case; pilots have none."),
            ("ar", "تعلن الوثيقة عن قضية حقيقية، ولا مكان لها في المشاريع التجريبية."),
        ],
        &[
            ("es", "Anonimice el documento o use uno sintético o publicado."),
            ("en", "Anonymise the paper, or use one that is made up or published."),
            ("ar", "أخفِ هوية الأشخاص أو استعمل وثيقة مصطنعة أو منشورة."),
        ],
    );
}

/// Says that a paper declares no class.
pub fn say_not_declared(problems: &mut Problems, place: Place) {
    problems.warning("class-not-declared", place, &NOT_DECLARED, &DECLARE);
}

/// Says that a paper without class is not written.
pub fn say_needed(problems: &mut Problems, place: Place) {
    problems.error("class-not-declared", place, &NOT_DECLARED, &DECLARE);
}

const NOT_DECLARED: [(&str, &str); 3] = [
    ("es", "El documento no declara su clase de datos."),
    ("en", "The paper does not declare its class of data."),
    ("ar", "لا تعلن الوثيقة صنف بياناتها."),
];

const DECLARE: [(&str, &str); 3] = [
    ("es", "Declare la clase de datos: sintético, anonimizado o publicado."),
    ("en", "Declare `clase de datos`: sintético, anonimizado or publicado."),
    (
        "ar",
        "أعلن الصنف: \u{2066}sintético\u{2069} أو \u{2066}anonimizado\u{2069} \
         أو \u{2066}publicado\u{2069}.",
    ),
];

fn say_unknown(problems: &mut Problems, place: &Place, literal: &str) {
    let literal = shown(literal);
    problems.error(
        "class-unknown",
        place.clone(),
        &[
            ("es", &format!("La clase de datos {literal} no existe.")),
            ("en", &format!("There is no class of data {literal}.")),
            ("ar", &format!("لا يوجد صنف البيانات {literal}.")),
        ],
        &DECLARE,
    );
}
