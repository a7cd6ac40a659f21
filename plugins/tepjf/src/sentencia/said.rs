//! What is wrong with a judgment, or missing in it, in Spanish, English and Arabic.

use barid_json_reading::shown;
use barid_plugin::{Place, Problems};

pub(super) fn too_large(problems: &mut Problems, limit: usize) {
    problems.error(
        "too-large",
        Place::default(),
        &[
            ("es", &format!("El texto pasa del límite de {limit} bytes.")),
            ("en", &format!("The text is longer than the limit of {limit} bytes.")),
            ("ar", &format!("النص أطول من الحد {limit} بايت.")),
        ],
        &[
            ("es", "Presente un extracto y el texto completo como anexo."),
            ("en", "File an extract, and the whole text as an exhibit."),
            ("ar", "أودع مستخلصاً، والنص الكامل مرفقاً."),
        ],
    );
}

pub(super) fn not_plain_text(problems: &mut Problems, what: &str) {
    problems.error(
        "not-plain-text",
        Place::line(1, 1),
        &[
            ("es", &format!("El documento es {what}, no texto plano.")),
            ("en", &format!("The document is {what}, not plain text.")),
            ("ar", &format!("الوثيقة بصيغة {what} وليست نصاً مجرداً.")),
        ],
        &[
            ("es", "Guárdelo como texto en UTF-8 y presente el original como anexo."),
            ("en", "Save it as text in UTF-8, and file the original as an exhibit."),
            ("ar", "احفظها نصاً بترميز UTF-8 وأودع الأصل مرفقاً."),
        ],
    );
}

pub(super) fn not_utf8(problems: &mut Problems, place: Place) {
    problems.error(
        "encoding-not-utf8",
        place,
        &[
            ("es", "El texto no está en UTF-8."),
            ("en", "The text is not UTF-8."),
            ("ar", "النص ليس بترميز UTF-8."),
        ],
        &[
            ("es", "Guárdelo como texto en UTF-8."),
            ("en", "Save it as text in UTF-8."),
            ("ar", "احفظه نصاً بترميز UTF-8."),
        ],
    );
}

pub(super) fn control(problems: &mut Problems, place: Place, control: char) {
    let code = format!("U+{:04X}", u32::from(control));
    problems.error(
        "control-character",
        place,
        &[
            ("es", &format!("La línea contiene el carácter de control {code}.")),
            ("en", &format!("The line holds the control character {code}.")),
            ("ar", &format!("في السطر رمز التحكم {code}.")),
        ],
        &[
            ("es", "Exporte el texto de nuevo."),
            ("en", "Export the text again."),
            ("ar", "صدّر النص من جديد."),
        ],
    );
}

pub(super) fn docket_missing(problems: &mut Problems) {
    problems.error(
        "docket-missing",
        Place::path("expediente"),
        &[
            ("es", "El rubro no tiene la línea EXPEDIENTE con su clave."),
            ("en", "The head has no line EXPEDIENTE with a docket number."),
            ("ar", "لا يوجد في رأس الحكم سطر \u{2066}EXPEDIENTE\u{2069} مع رقم الإضبارة."),
        ],
        &[
            ("es", "Escriba, por ejemplo, EXPEDIENTE: SUP-JDC-28/2025."),
            ("en", "Write, for example, EXPEDIENTE: SUP-JDC-28/2025."),
            ("ar", "اكتب مثلاً \u{2066}EXPEDIENTE: SUP-JDC-28/2025\u{2069}."),
        ],
    );
}

pub(super) fn points_missing(problems: &mut Problems) {
    problems.error(
        "operative-missing",
        Place::path(super::OPERATIVE),
        &[
            ("es", "El texto no tiene puntos resolutivos numerados bajo RESUELVE."),
            ("en", "The text has no numbered operative points under RESUELVE."),
            ("ar", "ليس في النص نقاط منطوق مرقمة تحت \u{2066}RESUELVE\u{2069}."),
        ],
        &[
            ("es", "Ponga RESUELVE en su línea y PRIMERO o ÚNICO al principio de cada punto."),
            ("en", "Put RESUELVE on its own line, and PRIMERO or ÚNICO before each point."),
            ("ar", "ضع \u{2066}RESUELVE\u{2069} في سطر مستقل ورقّم كل نقطة."),
        ],
    );
}

pub(super) fn points_out_of_order(problems: &mut Problems, at: usize, number: u32) {
    problems.warning(
        "points-out-of-order",
        Place::path(format!("{}[{}]", super::OPERATIVE, at.saturating_sub(1))),
        &[
            ("es", &format!("El punto resolutivo {at} lleva el número {number}.")),
            ("en", &format!("Operative point {at} has the number {number}.")),
            ("ar", &format!("نقطة المنطوق {at} تحمل الرقم {number}.")),
        ],
        &[
            ("es", "Compruebe que no falte un punto."),
            ("en", "Check that no point is missing."),
            ("ar", "تأكد من عدم نقصان نقطة."),
        ],
    );
}

pub(super) fn missing(problems: &mut Problems, name: &'static str) {
    let shown = shown(name);
    problems.warning(
        "part-missing",
        Place::path(name),
        &[
            ("es", &format!("El texto no dice: {shown}.")),
            ("en", &format!("The text does not say: {shown}.")),
            ("ar", &format!("لا يذكر النص: {shown}.")),
        ],
        &[
            ("es", "Agréguelo si el original lo dice."),
            ("en", "Add it if the original says it."),
            ("ar", "أضفه إن كان في الأصل."),
        ],
    );
}
