//! What is wrong or doubtful with a number, in Spanish, English and Arabic.

use barid_json_reading::shown;
use barid_plugin::{Place, Problems};

use super::{PaperWord, Reading, Refused};

pub(super) fn refused(problems: &mut Problems, place: &Place, literal: &str, why: &Refused) {
    let [es, en, ar] = reason(why);
    let literal = shown(literal);
    problems.error(
        if matches!(why, Refused::Direction(..)) { "bidi-control" } else { "docket-unreadable" },
        place.clone(),
        &[
            ("es", &format!("{literal} no es una clave de expediente del Tribunal: {es}.")),
            ("en", &format!("{literal} is no docket number of the tribunal: {en}.")),
            ("ar", &format!("{literal} ليس رقم إضبارة للمحكمة: {ar}.")),
        ],
        &[
            ("es", "Escriba sala, medio, número y año, como en SUP-JDC-28/2025."),
            ("en", "Write hall, medium, number and year, as in SUP-JDC-28/2025."),
            ("ar", "اكتب الغرفة ونوع الطعن والرقم والسنة، مثل \u{2066}SUP-JDC-28/2025\u{2069}."),
        ],
    );
}

fn reason(why: &Refused) -> [String; 3] {
    let said = |es: &str, en: &str, ar: &str| [es.to_owned(), en.to_owned(), ar.to_owned()];
    match why {
        Refused::Empty => said("está vacía", "it is empty", "فارغ"),
        Refused::TooLong => said("es demasiado larga", "it is too long", "طويل جداً"),
        Refused::Direction(offset, control) => {
            let code = format!("U+{:04X}", u32::from(*control));
            [
                format!("contiene el carácter invisible {code} en el byte {offset}"),
                format!("it holds the invisible {code} at byte {offset}"),
                format!("فيه رمز خفي {code} يغيّر اتجاه الكتابة عند البايت {offset}"),
            ]
        }
        Refused::Stranger(sign) => {
            let sign = shown(&sign.to_string());
            [
                format!("contiene el signo {sign}"),
                format!("it holds the sign {sign}"),
                format!("فيه الرمز {sign}"),
            ]
        }
        Refused::NoHall => {
            said("no empieza con una sala", "it does not begin with a hall", "لا يبدأ برمز غرفة")
        }
        Refused::OtherCourt(code) => {
            let code = shown(code);
            [
                format!("{code} no es una sala del Tribunal, sino de otro órgano"),
                format!("{code} is no hall of the tribunal but another body's"),
                format!("{code} ليس رمز غرفة من غرف المحكمة بل لجهة أخرى"),
            ]
        }
        Refused::NoMedium => said(
            "falta el medio de impugnación",
            "the medium of challenge is missing",
            "نوع الطعن مفقود",
        ),
        Refused::NoNumber => said(
            "falta el número consecutivo o no es posible",
            "the consecutive number is missing or impossible",
            "الرقم المتسلسل مفقود أو غير ممكن",
        ),
        Refused::NoYear => said(
            "falta el año o el Tribunal no tiene registro de ese año",
            "the year is missing, or the tribunal has no register of it",
            "السنة مفقودة أو ليس للمحكمة سجل لها",
        ),
        Refused::Tail(tail) => {
            let tail = shown(tail);
            [
                format!("no se entiende lo que sigue: {tail}"),
                format!("what follows is not understood: {tail}"),
                format!("ما بعده غير مفهوم: {tail}"),
            ]
        }
    }
}

pub(super) fn doubts(problems: &mut Problems, place: &Place, literal: &str, reading: &Reading) {
    for docket in &reading.dockets {
        if docket.medium.name().is_none() {
            say_medium_unknown(problems, place, docket.medium.code());
        }
        if let Some(PaperWord::Other(word)) = docket.paper.as_ref().map(|paper| &paper.word) {
            say_suffix_unknown(problems, place, word);
        }
    }
    if reading.and_others {
        let literal = shown(literal);
        problems.warning(
            "joined-not-named",
            place.clone(),
            &[
                ("es", &format!("{literal} menciona acumulados sin dar sus claves.")),
                ("en", &format!("{literal} speaks of joined cases without their numbers.")),
                ("ar", &format!("{literal} يذكر قضايا موحدة من غير أرقامها.")),
            ],
            &[
                ("es", "Agregue las claves de los expedientes acumulados."),
                ("en", "Add the numbers of the joined cases."),
                ("ar", "أضف أرقام القضايا الموحدة."),
            ],
        );
    }
}

fn say_medium_unknown(problems: &mut Problems, place: &Place, code: &str) {
    let code = shown(code);
    problems.warning(
        "medium-unknown",
        place.clone(),
        &[
            ("es", &format!("El medio de impugnación {code} no está en la lista.")),
            ("en", &format!("The medium of challenge {code} is not on the list.")),
            ("ar", &format!("نوع الطعن {code} ليس في القائمة.")),
        ],
        &[
            ("es", "Compruebe la clave; la lista crece con los años."),
            ("en", "Check the number; the list grows with the years."),
            ("ar", "تأكد من الرقم؛ القائمة تطول مع السنين."),
        ],
    );
}

fn say_suffix_unknown(problems: &mut Problems, place: &Place, word: &str) {
    let word = shown(word);
    problems.warning(
        "suffix-unknown",
        place.clone(),
        &[
            ("es", &format!("El sufijo {word} no está en la lista y se conserva como está.")),
            ("en", &format!("The suffix {word} is not on the list and was kept as it is.")),
            ("ar", &format!("اللاحقة {word} ليست في القائمة وحفظت كما هي.")),
        ],
        &[
            ("es", "Compruebe de qué documento se trata."),
            ("en", "Check which paper it is."),
            ("ar", "تأكد من الوثيقة المقصودة."),
        ],
    );
}
