//! The wording of the problems that only the commission's JSON can have, in Arabic and English.

use barid_json_reading::Fields;
use barid_plugin::{Place, Problems};
use barid_proto::text::isolate;

use crate::docket::DocketFault;

/// What is wrong, and how to mend it: each in Arabic and in English.
pub(super) struct Said {
    pub(super) code: &'static str,
    pub(super) what: [(&'static str, &'static str); 2],
    pub(super) remedy: [(&'static str, &'static str); 2],
}

impl Said {
    /// Warns about a field.
    pub(super) fn warn(&self, fields: &mut Fields<'_, '_>, name: &str) {
        fields.warning(name, self.code, &self.what, &self.remedy);
    }

    /// Reports an error of a field.
    fn refuse(&self, fields: &mut Fields<'_, '_>, name: &str) {
        fields.error(name, self.code, &self.what, &self.remedy);
    }
}

pub(super) fn digest_invalid(fields: &mut Fields<'_, '_>, name: &str) {
    const SAID: Said = Said {
        code: "digest-invalid",
        what: [
            ("ar", "يجب أن تكون بصمة SHA-256 من 64 مرتبة ست عشرية."),
            ("en", "This must be a SHA-256 of 64 hexadecimal digits."),
        ],
        remedy: [("ar", "احسب البصمة من جديد."), ("en", "Compute the digest again.")],
    };
    SAID.refuse(fields, name);
}

pub(super) fn number_bad(
    fields: &mut Fields<'_, '_>,
    name: &str,
    literal: &str,
    fault: DocketFault,
) {
    let (code, ar, en) = fault.wording();
    let (ar, en) = (format!("{}: {ar}", isolate(literal)), format!("{}: {en}", isolate(literal)));
    fields.error(
        name,
        code,
        &[("ar", &ar), ("en", &en)],
        &[("ar", "أعد كتابة الرقم يدوياً."), ("en", "Type the number again by hand.")],
    );
}

pub(super) fn word_unknown<T>(
    fields: &mut Fields<'_, '_>,
    name: &str,
    word: &str,
    words: &[(&str, T)],
) {
    let known: Vec<&str> = words.iter().map(|(known, _)| *known).collect();
    let known = known.join(", ");
    fields.error(
        name,
        "value-unknown",
        &[
            ("ar", &format!("القيمة {} غير معروفة.", isolate(word))),
            ("en", &format!("The value {} is not known.", isolate(word))),
        ],
        &[
            ("ar", &format!("استعمل إحدى القيم: {}", isolate(&known))),
            ("en", &format!("Use one of: {known}.")),
        ],
    );
}

pub(crate) fn not_expressed(problems: &mut Problems) {
    problems.warning(
        "not-expressed",
        Place::default(),
        &[
            ("ar", "هذه الصيغة لا تعبّر عن كل ما في الملف."),
            ("en", "This format cannot express everything that the filing says."),
        ],
        &[],
    );
}
