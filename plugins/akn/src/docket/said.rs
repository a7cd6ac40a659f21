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
            ("en", &format!("The number {} mixes sets of digits.", shown(literal))),
        ],
        &[
            ("ar", "قارن الرقم بالأصل الورقي."),
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
            ("en", &format!("{} speaks of joined cases without their numbers.", shown(literal))),
        ],
        &[("ar", "اذكر أرقام الدعاوى الموحدة."), ("en", "Give the numbers of the joined cases.")],
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
        (Unreadable::Direction(offset, control), _) => {
            let code = format!("U+{:04X}", u32::from(control));
            problems.error(
                "bidi-control",
                place,
                &[
                    (
                        "ar",
                        &format!("في الرقم رمز خفي {code} يغيّر اتجاه الكتابة (البايت {offset})."),
                    ),
                    ("en", &format!("The number holds the invisible {code} at byte {offset}.")),
                ],
                &[("ar", "أعد كتابة الرقم يدوياً."), ("en", "Type the number again by hand.")],
            );
        }
        (Unreadable::Shape, Strictness::Refuse) => problems.error(
            "docket-unreadable",
            place,
            &[
                ("ar", &format!("الرقم {} ليس رقماً من هذا السجل.", shown(literal))),
                ("en", &format!("{} is not a number of this register.", shown(literal))),
            ],
            &[
                ("ar", "اكتب التسلسل واسم السجل والسنة تفصل بينها شرطة مائلة."),
                ("en", "Write sequence, name of the register and year, with slashes between."),
            ],
        ),
        (Unreadable::Shape, Strictness::Keep) => problems.warning(
            "docket-unknown",
            place,
            &[
                ("ar", &format!("الرقم {} محفوظ كما كتب من غير صيغة موحدة.", shown(literal))),
                ("en", &format!("{} was kept as written, without normal form.", shown(literal))),
            ],
            &[("ar", "تأكد من الرقم."), ("en", "Check the number.")],
        ),
    }
}
