//! Judgments as text and as JSON: what is read, what is missing, what is refused.

#![expect(clippy::expect_used, reason = "a test without content has to stop")]

use barid_format_tepjf::{PAPER, SENTENCIA, Tepjf};
use barid_plugin::Format;
use barid_plugin::v1::{
    CivilDate, DataClass, DecodeReply, DecodeRequest, EncodeReply, EncodeRequest, FilingContent,
    FilingKind, Outcome, PilotPaper, filing_content::Content,
};
use barid_trial::pilot_paper;

const SENTENCIA_TEXT: &str = include_str!("../testdata/sentencia.txt");
const ACUERDO_TEXT: &str = include_str!("../testdata/acuerdo.txt");
const DOCUMENTO: &str = include_str!("../testdata/documento.json");

fn decode(format: &str, input: &str) -> DecodeReply {
    Tepjf.decode(&DecodeRequest {
        format: format.to_owned(),
        input: input.as_bytes().to_vec(),
        kind: FilingKind::PilotPaper.into(),
        institution: "tepjf".to_owned(),
        ..DecodeRequest::default()
    })
}

fn encode(format: &str, paper: PilotPaper) -> EncodeReply {
    Tepjf.encode(&EncodeRequest {
        format: format.to_owned(),
        content: Some(FilingContent { content: Some(Content::PilotPaper(paper)) }),
        ..EncodeRequest::default()
    })
}

fn codes(reply: &DecodeReply) -> Vec<(&str, &str)> {
    let place = |problem: &'_ barid_plugin::v1::Problem| problem.place.clone().expect("a place");
    let told = reply.problems.iter();
    told.map(|problem| {
        // Paths are short and stay for the length of the test.
        (problem.code.as_str(), &*Box::leak(place(problem).path.into_boxed_str()))
    })
    .collect()
}

fn fact<'p>(paper: &'p PilotPaper, name: &str) -> &'p str {
    let found = paper.facts.iter().find(|fact| fact.name == name);
    found.map_or("", |fact| fact.literal.as_str())
}

#[test]
fn a_judgment_is_read_part_by_part() {
    let reply = decode(SENTENCIA, SENTENCIA_TEXT);
    assert_eq!(codes(&reply), []);
    let paper = pilot_paper(&reply);
    assert_eq!(paper.data_class(), DataClass::Synthetic);
    assert_eq!(paper.foreign_case, "ST-JIN-9081/2024 Y ST-JIN-9082/2024, ACUMULADOS");
    let normals: Vec<&str> = reply.docket_numbers.iter().map(|n| n.normal.as_str()).collect();
    assert_eq!(normals, ["ST-JIN-9081/2024", "ST-JIN-9082/2024"]);
    for (name, literal) in [
        ("actor", "Partido de la Loma Verde\ny Alianza del Molino"),
        ("autoridad-responsable", "Consejo Distrital 99 de un estado inventado"),
        ("tercero-interesado", "Coalición Río Claro"),
        ("magistrado-ponente", "Aurelia Sotomonte Inventada"),
        ("secretario", "Benigno Prado Ficticio"),
        ("colaboro", "Carmela Duna Ficticia"),
        ("fecha", "veintiocho de junio de dos mil veinticuatro"),
        ("votacion", "por mayoría de votos"),
    ] {
        assert_eq!(fact(&paper, name), literal, "{name}");
    }
    assert!(fact(&paper, "sentido").starts_with("SENTENCIA que acumula"));
    let day = paper.facts.iter().find_map(|fact| fact.date.clone()).expect("a day");
    assert_eq!(day.candidates, [CivilDate { year: 2024, month: 6, day: 28 }]);

    let parts: Vec<&str> = paper.parts.iter().map(|part| part.name.as_str()).collect();
    assert_eq!(
        parts,
        [
            "proemio",
            "glosario",
            "antecedentes",
            "considerandos",
            "competencia",
            "procedencia",
            "estudio-de-fondo",
            "efectos",
            "puntos-resolutivos",
            "votos",
        ]
    );
    let competence = paper.parts.iter().find(|part| part.name == "competencia").expect("a part");
    assert_eq!(competence.heading, "PRIMERO. Competencia");
    assert_eq!(
        competence.text,
        "Esta Sala imaginaria conoce del asunto por materia y\nterritorio."
    );
    let line = SENTENCIA_TEXT.lines().position(|line| line.starts_with("PRIMERO. Competencia"));
    assert_eq!(line.map(|line| line + 1), usize::try_from(competence.line).ok());
}

#[test]
fn operative_points_come_to_one_outcome() {
    let paper = pilot_paper(&decode(SENTENCIA, SENTENCIA_TEXT));
    let verbs: Vec<(u32, Vec<(&str, Outcome)>)> = paper
        .points
        .iter()
        .map(|point| {
            let verbs = point.verbs.iter().map(|verb| (verb.literal.as_str(), verb.outcome()));
            (point.number, verbs.collect())
        })
        .collect();
    assert_eq!(
        verbs,
        [
            (1, vec![("acumula", Outcome::Joined)]),
            (2, vec![("modifican", Outcome::DecisionModified)]),
            (3, vec![("ordena", Outcome::Unspecified)]),
        ]
    );
    assert_eq!(paper.outcome(), Outcome::DecisionModified);
    assert_eq!(paper.outcome_literal, "acumula, modifican");
}

#[test]
fn an_agreement_that_reroutes_is_read_as_one() {
    let reply = decode(SENTENCIA, ACUERDO_TEXT);
    assert_eq!(codes(&reply), []);
    let paper = pilot_paper(&reply);
    assert_eq!(paper.outcome(), Outcome::Transferred);
    assert_eq!(paper.outcome_literal, "improcedente, reencauza");
    assert_eq!(fact(&paper, "fecha"), "primero de agosto de dos mil veinticuatro");
    assert_eq!(fact(&paper, "votacion"), "por unanimidad de votos");
}

/// A separate opinion and the points themselves repeat the words of headings.
#[test]
fn after_the_points_only_separate_opinions_begin_a_part() {
    let text = "EXPEDIENTE: SUP-JDC-9001/2024\n\nRESUELVE\n\nPRIMERO. Se revoca.\n\nEFECTOS\n\n\
        SEGUNDO. Se ordena publicar.\n\nNotifíquese.\n\nVOTO PARTICULAR DE A\n\nANTECEDENTES\n\nx\n";
    let paper = pilot_paper(&decode(SENTENCIA, text));
    let parts: Vec<&str> = paper.parts.iter().map(|part| part.name.as_str()).collect();
    assert_eq!(parts, ["puntos-resolutivos", "votos"]);
    let points: Vec<&str> = paper.points.iter().map(|point| point.literal.as_str()).collect();
    assert_eq!(points, ["Se revoca.\nEFECTOS", "Se ordena publicar."]);
    assert_eq!(paper.outcome(), Outcome::DecisionAnnulled);
}

#[test]
fn what_a_judgment_does_not_say_is_listed_as_missing() {
    let bare = "EXPEDIENTE: SUP-JDC-9001/2024\n\nRESUELVE\n\nÚNICO. Se confirma.\n";
    let reply = decode(SENTENCIA, bare);
    let paper = pilot_paper(&reply);
    assert_eq!(paper.data_class(), DataClass::Unspecified);
    assert_eq!(paper.outcome(), Outcome::DecisionConfirmed);
    assert_eq!(
        codes(&reply),
        [
            ("class-not-declared", ""),
            ("part-missing", "actor"),
            ("part-missing", "autoridad-responsable"),
            ("part-missing", "magistrado-ponente"),
            ("part-missing", "secretario"),
            ("part-missing", "fecha"),
            ("part-missing", "votacion"),
            ("part-missing", "antecedentes"),
            ("part-missing", "considerandos"),
        ]
    );
}

#[test]
fn what_is_no_judgment_is_refused_with_all_reasons() {
    let reply = decode(SENTENCIA, "Una carta cualquiera.\n");
    let codes: Vec<&str> = reply.problems.iter().map(|problem| problem.code.as_str()).collect();
    assert!(codes.contains(&"docket-missing") && codes.contains(&"operative-missing"));
    for (input, code) in [
        ("<html><body>EXPEDIENTE: SUP-JDC-1/2024</body></html>", "not-plain-text"),
        ("PK\u{3}\u{4}word/document.xml", "not-plain-text"),
        ("{\\rtf1 EXPEDIENTE}", "not-plain-text"),
        ("%PDF-1.7", "not-plain-text"),
        ("EXPEDIENTE: SUP\u{0}", "control-character"),
    ] {
        let reply = decode(SENTENCIA, input);
        assert_eq!(reply.problems.first().map(|one| one.code.as_str()), Some(code), "{input}");
        assert_eq!(reply.content, None);
    }
    let other_court = SENTENCIA_TEXT.replace("ST-JIN-9081/2024 Y ST-JIN", "TEEM-JDC-1/2024 Y ST");
    let reply = decode(SENTENCIA, &other_court);
    assert_eq!(reply.problems.first().map(|one| one.code.as_str()), Some("docket-unreadable"));
}

#[test]
fn a_day_that_the_calendar_does_not_have_is_kept_and_said() {
    let text = SENTENCIA_TEXT.replace("veintiocho de junio", "treinta y uno de junio");
    let reply = decode(SENTENCIA, &text);
    assert_eq!(codes(&reply), [("date-unreadable", "fecha")]);
    let paper = pilot_paper(&reply);
    assert_eq!(fact(&paper, "fecha"), "treinta y uno de junio de dos mil veinticuatro");
}

#[test]
fn live_cases_are_refused_in_both_directions() {
    for class in ["real", "VIVO", "live"] {
        let text = SENTENCIA_TEXT.replace("DATOS: sintético", &format!("DATOS: {class}"));
        assert_eq!(codes(&decode(SENTENCIA, &text)), [("class-live", "")], "{class}");
    }
    let text = SENTENCIA_TEXT.replace("DATOS: sintético", "DATOS: secreto");
    assert_eq!(codes(&decode(SENTENCIA, &text)), [("class-unknown", "")]);

    let read = pilot_paper(&decode(PAPER, DOCUMENTO));
    let live = PilotPaper { data_class: DataClass::Live.into(), ..read.clone() };
    let refused = encode(PAPER, live);
    assert!(refused.output.is_empty());
    assert_eq!(refused.problems.first().map(|one| one.code.as_str()), Some("class-live"));
    let open = PilotPaper { data_class: DataClass::Unspecified.into(), ..read };
    let refused = encode(PAPER, open);
    assert!(refused.output.is_empty());
    assert_eq!(refused.problems.first().map(|one| one.code.as_str()), Some("class-not-declared"));
}

#[test]
fn only_pilot_papers_are_made() {
    for (format, input) in [(SENTENCIA, SENTENCIA_TEXT), (PAPER, DOCUMENTO)] {
        for kind in [FilingKind::RulingIssued, FilingKind::RegisterStatement, FilingKind::Referral]
        {
            let reply = Tepjf.decode(&DecodeRequest {
                format: format.to_owned(),
                input: input.as_bytes().to_vec(),
                kind: kind.into(),
                ..DecodeRequest::default()
            });
            assert_eq!(codes(&reply), [("kind-differs", "")]);
            assert_eq!(reply.content, None);
        }
    }
    for format in Tepjf.describe().formats {
        assert_eq!(format.decodes, [i32::from(FilingKind::PilotPaper)], "{}", format.id);
    }
}

#[test]
fn judgments_go_out_as_json_and_come_back() {
    let sources = [(SENTENCIA, SENTENCIA_TEXT), (SENTENCIA, ACUERDO_TEXT), (PAPER, DOCUMENTO)];
    for (format, input) in sources {
        let reply = decode(format, input);
        let read = pilot_paper(&reply);
        let written = encode(PAPER, read.clone());
        assert_eq!(written.problems, [], "{format}");
        let text = String::from_utf8(written.output).expect("JSON is UTF-8");
        let again = decode(PAPER, &text);
        assert_eq!(pilot_paper(&again), read, "{text}");
        assert_eq!(again.docket_numbers, reply.docket_numbers);
    }
}

#[test]
fn a_long_part_goes_out_in_pieces_and_comes_back_whole() {
    let mut read = pilot_paper(&decode(PAPER, DOCUMENTO));
    read.parts.first_mut().expect("a part").text = "Razón ñ. ".repeat(20_000);
    let written = encode(PAPER, read.clone());
    assert_eq!(written.problems, []);
    let text = String::from_utf8(written.output).expect("JSON is UTF-8");
    assert_eq!(pilot_paper(&decode(PAPER, &text)), read);
}

#[test]
fn what_json_cannot_say_is_told() {
    let mut read = pilot_paper(&decode(PAPER, DOCUMENTO));
    read.outcome = Outcome::Remitted.into();
    read.table = Some(barid_plugin::v1::RegisterStatement::default());
    let written = encode(PAPER, read);
    let lost: Vec<String> = written
        .problems
        .iter()
        .map(|problem| problem.place.clone().expect("a place").path)
        .collect();
    assert_eq!(lost, ["outcome", "table"]);
    assert!(!written.output.is_empty());
}

#[test]
fn json_names_have_accents_or_not_and_wrong_ones_are_told_in_spanish() {
    let plain = DOCUMENTO
        .replace("título", "titulo")
        .replace("propósito", "proposito")
        .replace("número", "numero");
    assert_eq!(pilot_paper(&decode(PAPER, &plain)), pilot_paper(&decode(PAPER, DOCUMENTO)));
    let wrong = DOCUMENTO
        .replace("\"nombre\": \"actor\"", "\"nombre\": \"El Actor\"")
        .replace("\"Estudio\"", "\"Estudio\\nde fondo\"")
        .replace("\"expediente\": \"SUP-REC-9761/2024\",", "");
    let reply = decode(PAPER, &wrong);
    assert_eq!(
        codes(&reply),
        [
            ("field-missing", "expediente"),
            ("name-invalid", "hechos[0].nombre"),
            ("heading-invalid", "partes[0].encabezado"),
        ]
    );
    for problem in &reply.problems {
        for text in [problem.what.as_ref(), problem.remedy.as_ref()] {
            let renderings = &text.expect("a wording").renderings;
            let languages: Vec<&str> =
                renderings.iter().map(|rendering| rendering.language.as_str()).collect();
            // What the shared reader says is in Sorani too.
            for language in ["ar", "en", "es"] {
                assert!(languages.contains(&language), "{}: {languages:?}", problem.code);
            }
        }
    }
    let both = DOCUMENTO.replace("\"expediente\"", "\"titulo\": {\"es\": \"x\"}, \"expediente\"");
    assert_eq!(codes(&decode(PAPER, &both)), [("field-unknown", "título")]);
}
