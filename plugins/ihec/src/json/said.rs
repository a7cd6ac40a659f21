//! The wording of the problems that only the commission's JSON can have, in Arabic, Sorani and
//! English.

use barid_json_reading::Fields;
use barid_plugin::{Place, Problems};
use barid_proto::text::isolate;

use crate::docket::DocketFault;

/// What is wrong, and how to mend it: each in Arabic, Sorani and English.
pub(super) struct Said {
    pub(super) code: &'static str,
    pub(super) what: [(&'static str, &'static str); 3],
    pub(super) remedy: [(&'static str, &'static str); 3],
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
            ("ckb", "دەبێت SHA-256 بێت لە 64 ڕەنووسی شازدەیی."),
            ("en", "This must be a SHA-256 of 64 hexadecimal digits."),
        ],
        remedy: [
            ("ar", "احسب البصمة من جديد."),
            ("ckb", "پەنجەمۆرەکە سەرلەنوێ هەژمار بکە."),
            ("en", "Compute the digest again."),
        ],
    };
    SAID.refuse(fields, name);
}

pub(super) fn number_bad(
    fields: &mut Fields<'_, '_>,
    name: &str,
    literal: &str,
    fault: DocketFault,
) {
    let (code, ar, ckb, en) = fault.wording();
    let [ar, ckb, en] = [ar, ckb, en].map(|what| format!("{}: {what}", isolate(literal)));
    fields.error(
        name,
        code,
        &[("ar", &ar), ("ckb", &ckb), ("en", &en)],
        &[
            ("ar", "أعد كتابة الرقم يدوياً."),
            ("ckb", "ژمارەکە بە دەست سەرلەنوێ بنووسەوە."),
            ("en", "Type the number again by hand."),
        ],
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
            ("ckb", &format!("نرخی {} نەناسراوە.", isolate(word))),
            ("en", &format!("The value {} is not known.", isolate(word))),
        ],
        &[
            ("ar", &format!("استعمل إحدى القيم: {}", isolate(&known))),
            ("ckb", &format!("یەکێک لەم نرخانە بەکاربهێنە: {}", isolate(&known))),
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
            ("ckb", "ئەم فۆرماتە هەموو ئەوەی لە دۆسیەکەدایە دەرنابڕێت."),
            ("en", "This format cannot express everything that the filing says."),
        ],
        &[],
    );
}
