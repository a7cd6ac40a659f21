//! Headings as offices write them: in three languages, misspelt, below letterheads, in two rows.

use crate::asking::{decode, places, register};
use crate::books::{book, texts};
use barid_plugin::v1::{CivilDate, RegisterStatement};
use rust_xlsxwriter::Format;

const CSV: &str = "ihec/register+csv";
const XLSX: &str = "ihec/register+xlsx";

fn read(text: &str) -> (RegisterStatement, Vec<String>) {
    let reply = decode(CSV, text.as_bytes());
    (register(&reply).expect("a register"), places(&reply.problems))
}

const PERSON: &str = "حسن علي محمد المثال";

#[test]
fn headings_are_understood_however_they_are_typed() {
    for headings in [
        "رقم الطعن,الطاعن,تاريخ التقديم,النتيجة",
        "رقــــم الطعــن,اسم الطاعن,تأريخ التقديم,النتيجه",
        "رَقْمُ الطَّعْنِ,إسم الطاعن,تاريخ تقديم الطعن,نتيجة الطعن",
        "  رقم   الطعن  :,الطاعن ,التاريخ,النتيجة.",
        "رقم الشكوى,المشتكى,تاريخ الشكوي,نتيجه الشكوي",
        "رقمالطعن,أسمالطاعن,تاريخالتقديم,النتيجة",
        "ژمارەی تانە,تانەلێدەر,بەرواری تانە,ئەنجام",
        "ژماره‌ی سکاڵا,ناوی سکاڵاکار,بەروار,ئەنجامی سکاڵا",
        "ژمارەى تانە,ناوى تانەلێدەر,بەروارى پێشكەشكردن,ئەنجامى تانە",
        "Appeal No.,Appellant,Date filed,Outcome",
        "COMPLAINT NUMBER,complainant,Filing_Date,RESULT",
        "رقم الطعن / ژمارەی تانە,الطاعن (Appellant),التاريخ - Date,\"النتيجة\nOutcome\"",
        "\u{200F}رقم الطعن\u{200F},\u{202B}الطاعن\u{202C},التاريخ,النتيجة",
    ] {
        let (read, problems) = read(&format!("{headings}\n214,{PERSON},2025-11-23,رد\n"));
        assert_eq!(problems, [""; 0], "{headings}");
        let row = &read.rows[0];
        assert_eq!(row.docket_numbers[0].literal, "214", "{headings}");
        assert_eq!(row.person, PERSON, "{headings}");
        assert_eq!(
            row.date.as_ref().map(|date| date.candidates.clone()),
            Some(vec![CivilDate { year: 2025, month: 11, day: 23 }]),
            "{headings}"
        );
        assert_eq!(row.outcome_literal, "رد", "{headings}");
        assert!(row.cells.is_empty(), "{headings}");
    }
}

#[test]
fn a_letterhead_and_an_empty_column_are_no_obstacle() {
    let (read, problems) = read(concat!(
        ",جمهورية العراق,,,\n",
        ",المفوضية العليا المستقلة للانتخابات,,,\n",
        ",مكتب انتخابات البصرة,,العدد: 61,\n",
        ",,,,\n",
        ",سجل الطعون لانتخابات مجلس النواب,,,\n",
        ",لغاية ٣٠/١١/٢٠٢٥,,,\n",
        ",رقم الطعن,الطاعن,النتيجة,\n",
        ",BAS-1,حسن علي محمد المثال,رد,\n",
    ));
    assert_eq!(
        problems,
        ["row-above-headings @ !1", "row-above-headings @ !2", "row-above-headings @ !3"]
    );
    assert_eq!(read.name, "سجل الطعون لانتخابات مجلس النواب");
    assert_eq!(read.as_of, Some(CivilDate { year: 2025, month: 11, day: 30 }));
    assert_eq!((read.rows[0].row, read.rows[0].person.as_str()), (8, PERSON));
}

#[test]
fn headings_in_two_rows_are_read_together() {
    let (read, problems) = read(concat!(
        "ت,رقم الطعن,الطاعن,القرار المطعون فيه,,,النتيجة\n",
        ",,,الرقم,التاريخ,المحضر,\n",
        "1,BAS-1,حسن علي محمد المثال,214,16/11/2025,58,رد\n",
    ));
    assert_eq!(problems, [""; 0]);
    let challenged = read.rows[0].challenged.clone().expect("a decision");
    assert_eq!((challenged.number.as_str(), challenged.minutes_number.as_str()), ("214", "58"));
    assert_eq!(challenged.date, Some(CivilDate { year: 2025, month: 11, day: 16 }));
}

/// The number and day of a letter are no case's, whatever stands in the row of headings below.
#[test]
fn what_belongs_to_another_group_is_kept_under_both_its_headings() {
    let (read, problems) = read(concat!(
        "رقم الطعن,القرار المطعون فيه,,الكتاب الوارد,,النتيجة\n",
        ",الرقم,التاريخ,العدد,التاريخ,\n",
        "BAS-1,214,16/11/2025,61,17/11/2025,رد\n",
    ));
    assert_eq!(
        problems,
        ["column-unknown @ !الكتاب الوارد / العدد", "column-unknown @ !الكتاب الوارد / التاريخ"]
    );
    let row = &read.rows[0];
    assert_eq!((row.docket_numbers.len(), &row.date), (1, &None));
    let kept: Vec<&str> = row.cells.iter().map(|cell| cell.literal.as_str()).collect();
    assert_eq!(kept, ["61", "17/11/2025"]);

    // Also where the lower row alone names more columns than both together.
    let (read, problems) =
        self::read("رقم الطعن,الكتاب الوارد,\n,العدد,التاريخ\nBAS-1,61,17/11/2025\n");
    assert_eq!(
        problems,
        ["column-unknown @ !الكتاب الوارد / العدد", "column-unknown @ !الكتاب الوارد / التاريخ"]
    );
    assert_eq!(read.rows[0].docket_numbers[0].literal, "BAS-1");
    // A letterhead has a number and a day, too.
    let (read, problems) = self::read("العدد,61\nالتاريخ,\nرقم الطعن,النتيجة\nBAS-1,رد\n");
    assert_eq!(problems, ["row-above-headings @ !1"]);
    assert_eq!(read.rows[0].docket_numbers[0].literal, "BAS-1");
}

#[test]
fn merged_headings_reach_as_far_as_they_are_merged() {
    let input = book(|book| {
        let plain = Format::new();
        let sheet = book.add_worksheet().set_name("الطعون")?;
        sheet.merge_range(0, 0, 0, 4, "سجل الطعون", &plain)?;
        sheet.merge_range(2, 0, 3, 0, "رقم الطعن", &plain)?;
        sheet.merge_range(2, 1, 2, 2, "القرار", &plain)?;
        sheet.merge_range(2, 3, 3, 3, "النتيجة", &plain)?;
        texts(sheet, 3, &["", "رقم", "تاريخ"])?;
        texts(sheet, 4, &["BAS-1", "214", "16/11/2025", "رد"])
    });
    let reply = decode(XLSX, &input);
    assert_eq!(places(&reply.problems), [""; 0]);
    let read = register(&reply).expect("a register");
    assert_eq!(read.name, "سجل الطعون");
    let [row] = read.rows.as_slice() else { panic!("{:?}", read.rows) };
    let challenged = row.challenged.clone().expect("a decision");
    assert_eq!(challenged.number, "214");
    assert_eq!(challenged.date, Some(CivilDate { year: 2025, month: 11, day: 16 }));
    assert_eq!(row.outcome_literal, "رد");
}

#[test]
fn names_in_four_columns_are_put_together_and_kept() {
    for headings in [
        "رقم الطعن,الاسم,اسم الأب,اسم الجد,اللقب",
        "رقم الطعن,الاسم الأول,الأب,الجد,العشيرة",
        "ژمارەی تانە,ناو,ناوی باوک,ناوی باپیر,نازناو",
        "appeal no.,given name,father's name,grandfather,family name",
        "رقم الطعن,الطاعن,,,\n,الاسم,الأب,الجد,اللقب",
    ] {
        let (read, problems) =
            read(&format!("{headings}\nBAS-1,حسـن,علي,محمد,المثال\nBAS-2,حسن,علي,,المثال\n"));
        let codes: Vec<&str> =
            problems.iter().filter_map(|problem| problem.split(' ').next()).collect();
        assert_eq!(codes, ["name-joined", "name-not-four-part"], "{headings}: {problems:?}");
        assert_eq!(read.rows[0].person, "حسـن علي محمد المثال", "{headings}");
        let kept: Vec<&str> = read.rows[0].cells.iter().map(|cell| cell.literal.as_str()).collect();
        assert_eq!(kept, ["حسـن", "علي", "محمد", "المثال"], "as written: {headings}");
        assert_eq!(read.rows[1].person, "حسن علي المثال", "{headings}");
    }
}

#[test]
fn names_of_more_and_fewer_parts_are_marked_and_kept() {
    let reply = decode(
        CSV,
        concat!(
            "رقم الطعن,الطاعن\n",
            "1,حسن علي محمد المثال\n",
            "2,حسن علي\n",
            "3,حسن علي محمد\n",
            "4,عبد الله نور الدين عبد الرحمن آل المثال\n",
            "5,حسن علي محمد كريم جاسم المثال\n",
            "6,تحالف المثال\n",
            "7,\n",
        )
        .as_bytes(),
    );
    assert_eq!(
        places(&reply.problems),
        ["name-not-four-part @ !الطاعن", "name-more-than-four-parts @ !الطاعن"]
    );
    let said: Vec<String> =
        reply.problems.iter().map(|problem| format!("{:?}", problem.what)).collect();
    assert!(said[0].contains("3–4") && said[1].contains(" 6."), "{said:?}");
    let read = register(&reply).expect("a register");
    assert_eq!(read.rows[1].person, "حسن علي");
    assert_eq!(read.rows[4].person, "حسن علي محمد كريم جاسم المثال");
}

/// Every governorate of the sample is known by its name in any of three languages as what a column
/// of offices holds, and kept to the letter.
#[test]
fn governorates_are_kept_in_three_languages() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/samples/4-electoral/iraq/iraq_geo_en_ku_ar.json");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: samples not present");
        return;
    };
    let places: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let provinces = places["provinces"].as_array().expect("provinces");
    let mut read_names = 0;
    for (language, heading) in
        [("arbName", "المحافظة"), ("krdName", "پارێزگا"), ("engName", "Governorate")]
    {
        let names: Vec<&str> =
            provinces.iter().filter_map(|province| province[language].as_str()).collect();
        let rows: String =
            names.iter().enumerate().map(|(row, name)| format!("{row};\"{name}\"\n")).collect();
        let (read, problems) = read(&format!("رقم الطعن;{heading}\n{rows}"));
        assert_eq!(problems, [""; 0], "{language}");
        let kept: Vec<&str> = read.rows.iter().map(|row| row.cells[0].literal.as_str()).collect();
        assert_eq!(kept, names, "{language}");
        read_names += names.len();
    }
    assert!(read_names >= 9, "only {read_names} names");
}
