//! Words by which headings are read in their surroundings, and by which lines are told that stand
//! above, between and below the rows of a register.

/// Words of a heading that say how its cells are to be filled in, and nothing else.
pub(super) const QUALIFIERS: &[&str] = &[
    "الرباعي",
    "الثلاثي",
    "رباعيا",
    "ثلاثيا",
    "واللقب",
    "الكامل",
    "كاملا",
    "وجد",
    "ان",
    "بالتفصيل",
    "چواریی",
    "چواری",
    "تەواو",
    "full",
    "dd",
    "mm",
    "yyyy",
    "يوم",
    "شهر",
    "سنة",
];

/// Words that say what a column is only together with what stands over them: `الكتاب` over `العدد`
/// is a letter's number and no case's.
pub(super) const GENERAL: &[&str] = &[
    "الرقم",
    "رقم",
    "العدد",
    "عدد",
    "التاريخ",
    "تاريخ",
    "الاسم",
    "اسم",
    "القرار",
    "العنوان",
    "no",
    "number",
    "date",
    "name",
    "title",
    "ژمارە",
    "بەروار",
    "ڕێکەوت",
    "ناو",
];

/// Headings of a whole name that stand over the given name where the father's has its own column.
pub(super) const GIVEN_NAME_TOO: &[&str] = &["الاسم", "اسم", "ناو", "name"];

/// Headings of cells that we ourselves add, for what stands outside the table.
pub(super) const SHEET_HEADING: &str = "[sheet]";
/// The same, for a line between rows that says what the rows below it are.
pub(super) const SECTION_HEADING: &str = "[section]";

/// Words that begin a row of totals.
pub(super) const TOTALS: &[&str] = &[
    "المجموع",
    "مجموع",
    "الاجمالي",
    "إجمالي",
    "المجموع الكلي",
    "المجموع النهائي",
    "الإجمالي الكلي",
    "العدد الكلي",
    "کۆ",
    "کۆی گشتی",
    "سەرجەم",
    "total",
    "totals",
    "grand total",
    "subtotal",
    "sum",
];

/// Words that the name of a register has, among the lines of a letterhead.
pub(super) const REGISTER_WORDS: &[&str] = &[
    "سجل",
    "السجل",
    "جدول",
    "قائمة",
    "كشف",
    "بيان",
    "تۆماری",
    "تۆمار",
    "لیستی",
    "خشتەی",
    "register",
    "list",
    "table",
    "log",
];

/// How a row that tells the register's day is labelled, above the headings. The first is ours.
pub(super) const AS_OF_LABELS: &[&str] = &["لغاية", "لغاية يوم", "لغاية تاريخ", "تا ڕۆژی", "as of"];
