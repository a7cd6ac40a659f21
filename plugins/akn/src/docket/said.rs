//! The wording of what is wrong or doubtful in a docket number.

use barid_json_reading::shown;
use barid_plugin::{Place, Problems};

use super::{Strictness, Unreadable};

pub(super) fn mixed(problems: &mut Problems, place: Place, literal: &str) {
    problems.warning(
        "digits-mixed",
        place,
        &[
            ("ar", &format!("في الرقم {} أرقام من أكثر من مجموعة.", shown(literal))),
            ("ckb", &format!("لە ژمارەی {} ڕەنووسی زیاتر لە جۆرێک هەیە.", shown(literal))),
            ("en", &format!("The number {} mixes sets of digits.", shown(literal))),
        ],
        &[
            ("ar", "قارن الرقم بالأصل الورقي."),
            ("ckb", "ژمارەکە لەگەڵ بنەڕەتی کاغەزی بەراورد بکە."),
            ("en", "Compare the number with the paper original."),
        ],
    );
}

pub(super) fn more_joined(problems: &mut Problems, place: Place, literal: &str) {
    problems.warning(
        "joined-unnamed",
        place,
        &[
            ("ar", &format!("يذكر {} دعاوى موحدة من غير أرقامها.", shown(literal))),
            ("ckb", &format!("{} باسی داوای یەکخراو دەکات بەبێ ژمارەکانیان.", shown(literal))),
            ("en", &format!("{} speaks of joined cases without their numbers.", shown(literal))),
        ],
        &[
            ("ar", "اذكر أرقام الدعاوى الموحدة."),
            ("ckb", "ژمارەی داوا یەکخراوەکان بنووسە."),
            ("en", "Give the numbers of the joined cases."),
        ],
    );
}

pub(super) fn unreadable(
    problems: &mut Problems,
    place: Place,
    literal: &str,
    unreadable: Unreadable,
    strictness: Strictness,
) {
    match (unreadable, strictness) {
        (Unreadable::Direction(offset, control), _) => turned(problems, place, offset, control),
        (Unreadable::Shape, Strictness::Refuse) => shapeless(problems, place, literal),
        (Unreadable::Shape, Strictness::Keep) => unknown(problems, place, literal),
    }
}

fn turned(problems: &mut Problems, place: Place, offset: usize, control: char) {
    let code = format!("U+{:04X}", u32::from(control));
    let ar = format!("في الرقم رمز خفي {code} يغيّر اتجاه الكتابة (البايت {offset}).");
    let ckb = format!(
        "لە ژمارەکەدا هێمایەکی شاراوە {code} هەیە کە ئاراستەی نووسین دەگۆڕێت (بایتی {offset})."
    );
    let en = format!("The number holds the invisible {code} at byte {offset}.");
    problems.error(
        "bidi-control",
        place,
        &[("ar", &ar), ("ckb", &ckb), ("en", &en)],
        &[
            ("ar", "أعد كتابة الرقم يدوياً."),
            ("ckb", "ژمارەکە بە دەست سەرلەنوێ بنووسەوە."),
            ("en", "Type the number again by hand."),
        ],
    );
}

fn shapeless(problems: &mut Problems, place: Place, literal: &str) {
    problems.error(
        "docket-unreadable",
        place,
        &[
            ("ar", &format!("الرقم {} ليس رقماً من هذا السجل.", shown(literal))),
            ("ckb", &format!("ژمارەی {} ژمارەی ئەم تۆمارە نییە.", shown(literal))),
            ("en", &format!("{} is not a number of this register.", shown(literal))),
        ],
        &[
            ("ar", "اكتب التسلسل واسم السجل والسنة تفصل بينها شرطة مائلة."),
            ("ckb", "زنجیرە و ناوی تۆمار و ساڵ بنووسە، بە هێڵی لار لە نێوانیاندا."),
            ("en", "Write sequence, name of the register and year, with slashes between."),
        ],
    );
}

fn unknown(problems: &mut Problems, place: Place, literal: &str) {
    let literal = shown(literal);
    problems.warning(
        "docket-unknown",
        place,
        &[
            ("ar", &format!("الرقم {literal} محفوظ كما كتب من غير صيغة موحدة.")),
            ("ckb", &format!("ژمارەی {literal} وەک نووسراوە هێڵراوەتەوە، بەبێ شێوەی یەکگرتوو.")),
            ("en", &format!("{literal} was kept as written, without normal form.")),
        ],
        &[("ar", "تأكد من الرقم."), ("ckb", "لە ژمارەکە دڵنیا بە."), ("en", "Check the number.")],
    );
}
