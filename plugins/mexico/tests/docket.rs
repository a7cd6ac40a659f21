//! Docket numbers of the tribunal: every row of the sample, every spelling, what is none, and what
//! holds for all of them.

#![expect(clippy::panic, reason = "a row of another shape ends the test")]

use std::path::Path;

use barid_mexico::docket::{self, Hall, PaperWord, Refused, TRIBUNAL, read, read_address};
use barid_plugin::{Place, Problems};
use proptest::prelude::*;

#[track_caller]
fn normals(literal: &str) -> Vec<String> {
    let reading = read(literal).unwrap_or_else(|why| panic!("{literal}: {why:?}"));
    reading.dockets.iter().map(docket::Docket::normal).collect()
}

/// Each row names one case twice, by number and by address. In one the address is another case's.
#[test]
fn every_row_of_the_sample_is_read() {
    let sample = "../../../shared/samples/4-electoral/mexico/tepjf-expedientes.csv";
    let Ok(csv) = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(sample))
    else {
        println!("skipped: samples not present");
        return;
    };
    let mut wrong = Vec::new();
    let mut rows = 0;
    for row in csv.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let [literal, year, address, _] = cells[..] else { panic!("four columns: {row}") };
        let reading = read(literal).expect(literal);
        let [docket] = &reading.dockets[..] else { panic!("one case: {literal}") };
        assert_eq!(docket.year.to_string(), year, "{literal}");
        assert!(docket.medium.name().is_some(), "{literal}");
        let (hall, rest) = literal.split_once('-').expect("a dash");
        assert_eq!(docket.hall.code(), hall, "{literal}");
        assert!(rest.starts_with(docket.medium.code()), "{literal}");
        let named = read_address(address).expect(address);
        let [named] = &named.dockets[..] else { panic!("one case: {address}") };
        if named.normal() != docket.normal() {
            wrong.push((docket.normal(), named.normal()));
        }
        let is_agreement = named
            .paper
            .as_ref()
            .is_some_and(|paper| paper.word == PaperWord::Agreement && paper.number == Some(1));
        assert_eq!(is_agreement, address.ends_with("Acuerdo1"), "{address}");
        rows += 1;
    }
    assert_eq!(rows, 33);
    assert_eq!(wrong, [("SUP-JRC-86/2002".to_owned(), "SUP-JRC-86/2000".to_owned())]);
}

#[test]
fn spellings_of_one_case_are_one() {
    for literal in [
        "SUP-JDC-28/2025",
        "sup-jdc-28/2025",
        "SUP-JDC-0028-2025",
        "SUP-JDC-0028-2025-",
        "SUP_JDC_28_2025_TEPJF.pdf",
        "SUP_JDC_0028_2025.docx",
        "SUP JDC 28/2025",
        "SUPJDC28/2025",
        "SUP-JDC28/2025",
        "SUP-JDC 28/25",
        "SUP–JDC—28/2025",
        "SUP‑JDC−28⁄2025",
        "ＳＵＰ－ＪＤＣ－２８／２０２５",
        "SUP-JDC-٢٨/٢٠٢٥",
        "  SUP - JDC - 28 / 2025 .",
        "Expediente: SUP-JDC-28/2025",
        "EXPEDIENTES SUP-JDC-28/2025 Y ACUMULADOS",
        "SUP-JDC-28/2025 y acumulado",
        "SUP-JDC-28/2025, acumulados",
        "SUP-JDC-28/2025 Y SUS ACUM.",
        "SUP-JDC-28/2025-Acuerdo1",
        "SUP-JDC-28/2025 Acuerdo 1",
        "SUP-JDC-0028-2025-Sentencia",
        "SUP-JDC-28/2025-Anexo",
    ] {
        assert_eq!(normals(literal), ["SUP-JDC-28/2025"], "{literal}");
    }
    let address = "https://www.te.gob.mx/sentenciasHTML/convertir/expediente/SUP-JDC-0028-2025-";
    let named = read_address(address).expect("an address");
    assert_eq!(
        named.dockets.first().map(docket::Docket::normal).as_deref(),
        Some("SUP-JDC-28/2025")
    );
}

#[test]
fn the_parts_of_a_number_are_typed() {
    let reading = read("ST-JIN-0081-2024-Inc2-Sentencia1").expect("a number");
    let [docket] = &reading.dockets[..] else { panic!("one case") };
    assert_eq!(docket.hall, Hall::Toluca);
    assert_eq!(docket.hall.name(), "Sala Regional Toluca");
    assert_eq!(docket.medium.name(), Some("Juicio de inconformidad"));
    assert_eq!((docket.number, docket.year), (81, 2024));
    assert_eq!(docket.incident.and_then(|incident| incident.number), Some(2));
    let paper = docket.paper.as_ref().expect("a paper");
    assert_eq!((&paper.word, paper.number), (&PaperWord::Judgment, Some(1)));
    assert_eq!(docket.normal(), "ST-JIN-81/2024-INC2");
    assert_eq!(docket.with_paper(), "ST-JIN-81/2024-INC2-SENTENCIA1");

    assert_eq!(normals("SUP-JRC-061/97"), ["SUP-JRC-61/1997"]);
    assert_eq!(normals("SDF-JDC-10/15"), ["SDF-JDC-10/2015"]);
    assert_eq!(normals("SUP-JDC-28/2025-INC"), ["SUP-JDC-28/2025-INC"]);
    for (literal, hall) in [
        ("SG-JDC-588/2024", Hall::Guadalajara),
        ("SM-JDC-755/2018", Hall::Monterrey),
        ("SX-JRC-9/2023", Hall::Xalapa),
        ("SCM-JDC-1523/2024", Hall::MexicoCity),
        ("SDF-JDC-10/2015", Hall::FederalDistrict),
        ("SRE-PSD-36/2024", Hall::Specialised),
    ] {
        assert_eq!(read(literal).expect(literal).dockets.first().map(|d| d.hall), Some(hall));
        assert_eq!(normals(literal), [literal]);
    }
}

#[test]
fn joined_cases_are_listed_or_said_to_be_there() {
    let list = "SUP-REC-761/2024, SUP-REC-764/2024 Y SUP-REC-765/2024, ACUMULADOS";
    assert_eq!(normals(list), ["SUP-REC-761/2024", "SUP-REC-764/2024", "SUP-REC-765/2024"]);
    assert!(!read(list).expect("a list").and_others, "all are named");
    assert!(read("SUP-JDC-28/2025 Y ACUMULADOS").expect("a number").and_others);
    assert!(read("SUP-JDC-28/2025 y otros").expect("a number").and_others);
    assert!(!read("SUP-JDC-28/2025 y SM-JDC-1/2025").expect("a list").and_others);

    let many: Vec<String> = (1..=65).map(|number| format!("SUP-JDC-{number}/2025")).collect();
    assert_eq!(read(&many.join(", ")), Err(Refused::TooLong), "512 bytes bound the list");
}

#[test]
fn what_is_no_number_is_refused_with_its_reason() {
    for (literal, why) in [
        ("", Refused::Empty),
        (" - / ", Refused::Empty),
        ("2025", Refused::NoHall),
        ("hola", Refused::NoHall),
        ("TEEM-JDC-196/2025", Refused::OtherCourt("TEEM".to_owned())),
        ("TEEH-RAP-PESH-004/2020-INC-1", Refused::OtherCourt("TEEH".to_owned())),
        ("JDCL/31/2022", Refused::OtherCourt("JDCL".to_owned())),
        ("SUP-28/2025", Refused::NoMedium),
        ("SUP-JDCXY-28/2025", Refused::NoMedium),
        ("SUP-JDC-/2025", Refused::NoYear),
        ("SUP-JDC-0/2025", Refused::NoNumber),
        ("SUP-JDC-1234567/2025", Refused::NoNumber),
        ("SUP-JDC-282025", Refused::NoYear),
        ("SUP-JDC-28/1995", Refused::NoYear),
        ("SUP-JDC-28/202", Refused::NoYear),
        ("SUP-JDC-28/2025 SUP-JDC-29/2025", Refused::Tail("sup-jdc-29/2025".to_owned())),
        ("SUP-JDC-28/2025 hola", Refused::Tail("hola".to_owned())),
        ("SUP-JDC-28/2025#1", Refused::Stranger('#')),
        ("SUP-JDC-28/2025\t", Refused::Stranger('\t')),
        ("SUP-JDC-28/2025\u{202E}", Refused::Direction(15, '\u{202E}')),
        ("612/الهيئة القضائية للانتخابات/2025", Refused::Stranger('ا')),
    ] {
        assert_eq!(read(literal), Err(why), "{literal}");
    }
    assert_eq!(read(&"SUP-JDC-28/2025 ".repeat(40)), Err(Refused::TooLong));
}

#[test]
fn the_wire_has_the_literal_and_the_doubts_are_said() {
    let mut problems = Problems::new();
    let literal = "sup-xyz-0001-2024-Foja3 y acumulados";
    let numbers = docket::wire(literal, &Place::line(1, 1), &mut problems);
    let [number] = &numbers[..] else { panic!("one number: {numbers:?}") };
    assert_eq!(number.literal, literal);
    assert_eq!(number.normal, "SUP-XYZ-1/2024");
    assert_eq!(number.institution, TRIBUNAL);
    assert!(!problems.has_errors());
    let problems = problems.into_vec();
    let codes: Vec<&str> = problems.iter().map(|problem| problem.code.as_str()).collect();
    assert_eq!(codes, ["medium-unknown", "suffix-unknown", "joined-not-named"]);

    let mut problems = Problems::new();
    assert_eq!(docket::wire("TEEM-JDC-1/2025", &Place::line(1, 1), &mut problems), []);
    let said = problems.into_vec();
    let languages: Vec<&str> = said
        .iter()
        .flat_map(|problem| &problem.what.as_ref().expect("a wording").renderings)
        .map(|rendering| rendering.language.as_str())
        .collect();
    assert_eq!(languages, ["ar", "en", "es"]);
}

/// A number as any clerk may write it, with the form that all should come to.
fn written() -> impl Strategy<Value = (String, String)> {
    let halls = prop::sample::select(vec!["SUP", "SG", "SM", "SX", "SCM", "SDF", "ST", "SRE"]);
    let media = prop::sample::select(vec!["JDC", "JRC", "RAP", "REC", "JE", "JIN", "AG", "XYZ"]);
    let dash = prop::sample::select(vec!["-", "_", " ", "–", " - ", "‑"]);
    let slash = prop::sample::select(vec!["/", "-", "_", " / ", "⁄"]);
    let tail =
        prop::sample::select(vec!["", "-", "-Acuerdo1", "-Sentencia", " Y ACUMULADOS", ".pdf"]);
    let incident = prop::option::of(1_u16..=99);
    let form = (any::<bool>(), any::<bool>(), 0_usize..=4);
    (halls, media, 1_u32..=999_999, 1996_u16..=2095, dash, slash, tail, incident, form).prop_map(
        |(hall, media, number, year, dash, slash, tail, incident, (lower, short, zeros))| {
            let digits = if short { format!("{:02}", year % 100) } else { year.to_string() };
            let width = if zeros > 2 { 6 } else { 0 };
            let suffix = incident.map(|number| format!("-Inc{number}")).unwrap_or_default();
            let literal =
                format!("{hall}{dash}{media}{dash}{number:0width$}{slash}{digits}{suffix}{tail}");
            let literal = if lower { literal.to_lowercase() } else { literal };
            let suffix = suffix.to_uppercase();
            (literal, format!("{hall}-{media}-{number}/{year}{suffix}"))
        },
    )
}

proptest! {
    #[test]
    fn every_spelling_comes_to_its_normal_form((literal, normal) in written()) {
        prop_assert_eq!(normals(&literal), [normal.clone()]);
        // The normal form of a normal form is itself.
        prop_assert_eq!(normals(&normal), [normal]);
    }

    #[test]
    fn papers_keep_their_case((literal, normal) in written()) {
        let reading = read(&literal).unwrap();
        let docket = reading.dockets.first().unwrap();
        let with_paper = docket.with_paper();
        prop_assert_eq!(&read(&with_paper).unwrap().dockets, &vec![docket.clone()]);
        prop_assert_eq!(normals(&with_paper), [normal]);
    }

    #[test]
    fn whatever_is_read_has_a_normal_form_that_stays(literal in "[A-Za-z0-9/_., -]{0,60}") {
        if let Ok(reading) = read(&literal) {
            for docket in &reading.dockets {
                prop_assert_eq!(normals(&docket.normal()), [docket.normal()]);
            }
        }
    }

    #[test]
    fn no_text_makes_the_reader_fall_over(literal: String) {
        let mut problems = Problems::new();
        let numbers = docket::wire(&literal, &Place::line(1, 1), &mut problems);
        prop_assert_eq!(numbers.is_empty(), problems.has_errors());
        for number in numbers {
            prop_assert_eq!(&number.literal, &literal);
        }
    }
}
