//! What is to be known about a sheet as people see it: what is hidden, merged, filtered, computed.

use barid_plugin::{Place, Problems};
use barid_proto::text::isolate;

use super::three;

pub(crate) fn rows_hidden(problems: &mut Problems, place: Place, rows: &str, filtered: bool) {
    let (by_ar, by_ckb, by_en) = if filtered {
        (" بمرشح (فلتر)", " بە فلتەر", " by a filter")
    } else {
        ("", "", "")
    };
    let ar = format!("صفوف مخفية{by_ar}: {}. قُرئت كغيرها.", isolate(rows));
    let ckb = format!("ڕیزی شاراوە{by_ckb}: {}. وەک ئەوانی تر خوێنرانەوە.", isolate(rows));
    let en = format!("Rows are hidden{by_en}: {rows}. They were read like all others.");
    problems.warning(
        "row-hidden",
        place,
        &three(&ar, &ckb, &en),
        &three(
            "أظهرها وتحقق: احذف ما ليس من السجل.",
            "دەریانبخە و بپشکنە: ئەوەی هی تۆمارەکە نییە بیسڕەوە.",
            "Unhide them and check: delete what does not belong to the register.",
        ),
    );
}

pub(crate) fn column_hidden(problems: &mut Problems, place: Place, columns: &str) {
    let ar = format!("أعمدة مخفية: {}. قُرئت كغيرها.", isolate(columns));
    let ckb = format!("ستوونی شاراوە: {}. وەک ئەوانی تر خوێنرانەوە.", isolate(columns));
    let en = format!("Columns are hidden: {columns}. They were read like all others.");
    problems.warning(
        "column-hidden",
        place,
        &three(&ar, &ckb, &en),
        &three(
            "أظهرها وتحقق: احذف ما ليس من السجل.",
            "دەریانبخە و بپشکنە: ئەوەی هی تۆمارەکە نییە بیسڕەوە.",
            "Unhide them and check: delete what does not belong to the register.",
        ),
    );
}

pub(crate) fn formula_uncomputed(problems: &mut Problems, place: Place) {
    problems.warning(
        "formula-uncomputed",
        place,
        &three(
            "صيغة بلا نتيجة محفوظة؛ الخلية فارغة.",
            "فۆرموولایەک بەبێ ئەنجامی پاشەکەوتکراو؛ خانەکە بەتاڵە.",
            "A formula without a saved result; the cell is read as empty.",
        ),
        &three(
            "افتح المصنف في برنامج الجداول ليحسبها، ثم احفظه.",
            "پەڕگەکە لە بەرنامەی خشتەکاندا بکەرەوە تا هەژماری بکات، پاشان پاشەکەوتی بکە.",
            "Open the workbook in a spreadsheet program, which computes it, and save it.",
        ),
    );
}

pub(crate) fn external_links(problems: &mut Problems) {
    problems.warning(
        "workbook-external-links",
        Place::default(),
        &three(
            "في المصنف روابط إلى مصنفات أخرى؛ لم تُتبع، وأُخذت القيم المحفوظة.",
            "پەڕگەکە بەستەری بۆ پەڕگەی تر هەیە؛ شوێنیان نەکەوتراوە و نرخە پاشەکەوتکراوەکان \
             وەرگیراون.",
            "The workbook links to other workbooks; they were not followed, the saved values \
             count.",
        ),
        &three(
            "اقطع الروابط: «بيانات» ثم «تحرير الارتباطات» ثم «قطع الارتباط».",
            "بەستەرەکان بپچڕێنە: «Data» پاشان «Edit Links» پاشان «Break Link».",
            "Break them: “Data”, “Edit Links”, “Break Link”.",
        ),
    );
}
