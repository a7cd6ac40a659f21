//! The wording of every problem, in Arabic and English: what is wrong and how to mend it.

use barid_json_reading::shown;
use barid_plugin::problem::Wording;
use barid_plugin::{Place, Problems};

const EXPORT_AGAIN: Wording<'static> = &[
    ("ar", "صدّر الوثيقة من جديد من البرنامج الذي أنشأها."),
    ("en", "Export the document again from the program that made it."),
];

pub(crate) fn not_akoma_ntoso(problems: &mut Problems, root: &str, namespace: &str) {
    let name =
        if namespace.is_empty() { root.to_owned() } else { format!("{{{namespace}}}{root}") };
    problems.error(
        "not-akoma-ntoso",
        Place::path(format!("/{root}")),
        &[
            ("ar", &format!("الوثيقة ليست Akoma Ntoso 3.0 بل {}.", shown(&name))),
            ("en", &format!("The document is not Akoma Ntoso 3.0 but {}.", shown(&name))),
        ],
        &[
            ("ar", "أرسل نص الحكم بصيغة Akoma Ntoso 3.0 أو اختر الصيغة الصحيحة."),
            ("en", "Send the judgment as Akoma Ntoso 3.0, or choose the format that this is."),
        ],
    );
}

pub(crate) fn not_judgment(problems: &mut Problems, kind: &str) {
    problems.error(
        "not-judgment",
        Place::path(format!("/akomaNtoso/{kind}")),
        &[
            ("ar", &format!("الوثيقة ليست حكماً (judgment) بل {}.", shown(kind))),
            ("en", &format!("The document is not a judgment but {}.", shown(kind))),
        ],
        &[("ar", "أرسل وثيقة الحكم نفسها."), ("en", "Send the judgment itself.")],
    );
}

pub(crate) fn body_missing(problems: &mut Problems) {
    problems.error(
        "judgment-without-body",
        Place::path("/akomaNtoso/judgment"),
        &[("ar", "ليس في الحكم متن."), ("en", "The judgment has no judgmentBody.")],
        EXPORT_AGAIN,
    );
}

pub(crate) fn day_unusable(problems: &mut Problems, literal: &str) {
    problems.warning(
        "date-unusable",
        Place::path("/akomaNtoso/judgment/meta/identification/FRBRWork/FRBRdate"),
        &[
            ("ar", &format!("تاريخ الحكم {} لا يصلح تاريخاً.", shown(literal))),
            ("en", &format!("The day of judgment {} cannot be one.", shown(literal))),
        ],
        &[("ar", "اكتب يوم صدور الحكم."), ("en", "Give the day on which it was delivered.")],
    );
}

pub(crate) fn fact_unreadable(problems: &mut Problems, name: &str, literal: &str) {
    problems.error(
        "fact-unreadable",
        Place::path(format!("/akomaNtoso/judgment/meta/proprietary//{name}")),
        &[
            ("ar", &format!("القيمة {} في {} غير معروفة.", shown(literal), shown(name))),
            ("en", &format!("{} has the unknown value {}.", shown(name), shown(literal))),
        ],
        EXPORT_AGAIN,
    );
}

pub(crate) fn day_missing(problems: &mut Problems) {
    problems.error(
        "ruling-without-day",
        Place::path("ruling.date"),
        &[
            ("ar", "لا يكتب حكم بصيغة Akoma Ntoso من غير تاريخ."),
            ("en", "A ruling without a day cannot be written as Akoma Ntoso."),
        ],
        &[("ar", "أضف تاريخ الحكم."), ("en", "Add the day of the ruling.")],
    );
}

pub(crate) fn inexpressible(problems: &mut Problems, path: &str, c: char) {
    let code = format!("U+{:04X}", u32::from(c));
    problems.error(
        "text-not-expressible",
        Place::path(path),
        &[
            ("ar", &format!("لا يمكن كتابة الرمز {code} في XML.")),
            ("en", &format!("The character {code} cannot be written in XML.")),
        ],
        &[("ar", "احذف الرمز."), ("en", "Remove the character.")],
    );
}

pub(crate) fn structure_lost(problems: &mut Problems) {
    problems.warning(
        "structure-not-carried",
        Place::path("judgment"),
        &[
            ("ar", "كتب نص الحكم من غير فقراته وجداوله؛ الأصل هو الوثيقة الرئيسة."),
            ("en", "Written without paragraphs and tables; the lead document has them."),
        ],
        &[],
    );
}
