//! Papers of disputes, there and back; what each has to say; lists of them.

use barid_format_ine::{DISPUTE, Ine, PAPERS};
use barid_plugin::Format;
use barid_plugin::v1::{
    CivilDate, DataClass, DecodeReply, DecodeRequest, EncodeReply, EncodeRequest, FilingContent,
    FilingKind, Outcome, filing_content::Content,
};
use barid_trial::pilot_paper;

const INFORME: &str = include_str!("../testdata/informe.json");
const AVISO: &str = include_str!("../testdata/aviso.json");
const CEDULA: &str = include_str!("../testdata/cedula.json");
const REMISION: &str = include_str!("../testdata/remision.json");
const RESOLUCION: &str = include_str!("../testdata/resolucion.json");
const DOCUMENTOS: &str = include_str!("../testdata/documentos.csv");

fn decode(format: &str, input: &str) -> DecodeReply {
    Ine.decode(&DecodeRequest {
        format: format.to_owned(),
        input: input.as_bytes().to_vec(),
        kind: FilingKind::PilotPaper.into(),
        institution: "ine".to_owned(),
        ..DecodeRequest::default()
    })
}

fn encode(format: &str, content: Option<FilingContent>) -> EncodeReply {
    Ine.encode(&EncodeRequest { format: format.to_owned(), content, ..EncodeRequest::default() })
}

fn codes(reply: &DecodeReply) -> Vec<(String, String)> {
    let told = reply.problems.iter();
    told.map(|one| (one.code.clone(), one.place.clone().unwrap_or_default().path)).collect()
}

#[track_caller]
fn assert_codes(reply: &DecodeReply, want: &[(&str, &str)]) {
    let found = codes(reply);
    let found: Vec<(&str, &str)> =
        found.iter().map(|(code, path)| (code.as_str(), path.as_str())).collect();
    assert_eq!(found, want);
}

#[test]
fn every_paper_is_read_and_comes_back_as_it_was() {
    for input in [INFORME, AVISO, CEDULA, REMISION, RESOLUCION] {
        let reply = decode(DISPUTE, input);
        assert_codes(&reply, &[]);
        let read = pilot_paper(&reply);
        assert_eq!(read.data_class(), DataClass::Synthetic);
        assert!(read.title.is_some(), "{input}");
        let written = encode(DISPUTE, reply.content.clone());
        assert_eq!(written.problems, [], "{input}");
        let text = String::from_utf8(written.output).expect("JSON is UTF-8");
        assert_eq!(decode(DISPUTE, &text), reply, "{text}");
    }
}

#[test]
fn facts_are_kept_in_order_and_days_are_read() {
    let read = pilot_paper(&decode(DISPUTE, INFORME));
    let facts: Vec<(&str, &str)> =
        read.facts.iter().map(|fact| (fact.name.as_str(), fact.literal.as_str())).collect();
    assert_eq!(
        facts,
        [
            ("tipo", "Informe circunstanciado"),
            ("oficio", "INE/CD99/0417/2024"),
            ("actor", "Partido de la Loma Verde"),
            ("autoridad-responsable", "Consejo Distrital 99 de un estado inventado"),
            ("acto-impugnado", "Cómputo distrital inventado"),
            ("personeria", "reconocida"),
            ("fecha", "catorce de junio de dos mil veinticuatro"),
        ]
    );
    let day = read.facts.iter().find_map(|fact| fact.date.clone()).expect("a day");
    assert_eq!(day.candidates, [CivilDate { year: 2024, month: 6, day: 14 }]);
    assert_eq!(read.docket_numbers.len(), 1);
    let enclosed = pilot_paper(&decode(DISPUTE, REMISION));
    assert_eq!(enclosed.facts.iter().filter(|fact| fact.name == "constancia").count(), 3);
}

#[test]
fn a_resolution_decides_in_neutral_words_and_keeps_its_orders() {
    let read = pilot_paper(&decode(DISPUTE, RESOLUCION));
    assert_eq!(read.outcome(), Outcome::Upheld);
    assert_eq!(read.outcome_literal, "fundada");
    let order = read.points.get(1).and_then(|point| point.verbs.first()).expect("a verb");
    assert_eq!((order.literal.as_str(), order.outcome()), ("amonesta", Outcome::Unspecified));
}

#[test]
fn each_kind_says_what_it_lacks() {
    let bare = |kind: &str| {
        decode(DISPUTE, &format!("{{\"tipo\": \"{kind}\", \"clase_de_datos\": \"publicado\"}}"))
    };
    for (kind, lacks) in [
        (
            "informe-circunstanciado",
            &["actor", "autoridad_responsable", "acto_impugnado", "fecha", "texto"][..],
        ),
        (
            "Aviso de Interposición",
            &["actor", "autoridad_responsable", "acto_impugnado", "fecha", "presentacion"],
        ),
        ("cedula de publicitacion", &["actor", "autoridad_responsable", "fecha", "fijacion"]),
        ("REMISIÓN DE CONSTANCIAS", &["autoridad_responsable", "fecha", "constancias"]),
        ("acuerdo", &["numero", "fecha"]),
    ] {
        let want: Vec<(&str, &str)> = lacks.iter().map(|field| ("field-missing", *field)).collect();
        assert_codes(&bare(kind), &want);
    }
    assert_codes(&bare("carta"), &[("value-unknown", "tipo")]);
    let other = decode(DISPUTE, "{\"tipo\": \"acuerdo\", \"voto\": 1}");
    assert_codes(
        &other,
        &[
            ("field-missing", "numero"),
            ("field-missing", "fecha"),
            ("field-missing", "clase_de_datos"),
            ("field-unknown", "voto"),
        ],
    );
}

#[test]
fn a_notice_that_hung_another_time_is_told() {
    let early = CEDULA.replace("2024-06-13T12:00", "2024-06-13T11:30");
    let reply = decode(DISPUTE, &early);
    assert_codes(&reply, &[("posted-otherwise", "retiro")]);
    assert!(reply.content.is_some(), "people judge, not the format");
    let zones = CEDULA.replace("2024-06-13T12:00:00-06:00", "2024-06-13T18:00:00Z");
    assert_codes(&decode(DISPUTE, &zones), &[]);
    let no_offset = CEDULA.replace("12:00:00-06:00\",\n", "12:00:00\",\n");
    assert_codes(&decode(DISPUTE, &no_offset), &[("instant-invalid", "fijación")]);
}

#[test]
fn numbers_of_acts_and_cases_are_checked() {
    let wrong = RESOLUCION.replace("INE/CG9228/2024", "CG-nueve");
    assert_codes(&decode(DISPUTE, &wrong), &[("act-unreadable", "numero")]);
    let wrong = INFORME.replace("ST-JIN-9081/2024", "TEEM-JIN-9081/2024");
    assert_codes(&decode(DISPUTE, &wrong), &[("docket-unreadable", "expediente")]);
    let file = RESOLUCION.replace("INE/CG9228/2024", "ut/scg/q/alm/jd99/inv/01/2024");
    let reply = decode(DISPUTE, &file);
    let number = reply.docket_numbers.first().expect("a complaint file's number");
    assert_eq!(number.institution, "ine");
    assert_eq!(number.normal, "UT/SCG/Q/ALM/JD99/INV/1/2024");
    assert_eq!(number.literal, "ut/scg/q/alm/jd99/inv/01/2024");
}

#[test]
fn live_cases_and_other_kinds_of_filing_are_refused() {
    let live = INFORME.replace("\"sintético\"", "\"real\"");
    assert_codes(&decode(DISPUTE, &live), &[("class-live", "clase_de_datos")]);
    let reply = Ine.decode(&DecodeRequest {
        format: DISPUTE.to_owned(),
        input: INFORME.as_bytes().to_vec(),
        kind: FilingKind::Referral.into(),
        ..DecodeRequest::default()
    });
    assert_codes(&reply, &[("kind-differs", "")]);
    assert_eq!(reply.content, None);
    let mut read = pilot_paper(&decode(DISPUTE, INFORME));
    read.data_class = DataClass::Live.into();
    let content = FilingContent { content: Some(Content::PilotPaper(read)) };
    let refused = encode(DISPUTE, Some(content));
    assert_eq!(refused.problems.first().map(|one| one.code.as_str()), Some("class-live"));
    assert!(refused.output.is_empty());
}

#[test]
fn a_list_of_papers_is_read_and_written_back() {
    let reply = decode(PAPERS, DOCUMENTOS);
    assert_eq!(reply.problems, []);
    let rows = pilot_paper(&reply).table.expect("a table").rows;
    let kinds: Vec<&str> = rows.iter().map(|row| row.title.as_str()).collect();
    assert_eq!(
        kinds,
        ["aviso-de-interposicion", "informe-circunstanciado", "acuerdo", "resolucion"]
    );
    let normals: Vec<&str> = reply.docket_numbers.iter().map(|n| n.normal.as_str()).collect();
    assert_eq!(normals, ["ST-JIN-9081/2024", "UT/SCG/Q/ALM/JD99/INV/1/2024"]);
    let written = encode(PAPERS, reply.content);
    assert_eq!(written.problems, []);
    assert_eq!(String::from_utf8_lossy(&written.output), DOCUMENTOS);
}

#[test]
fn a_list_without_accents_is_the_same_list() {
    let plain = DOCUMENTOS
        .replace("Número", "NUMERO")
        .replace("interposición", "interposicion")
        .replace("Resolución", "RESOLUCION");
    let (plain, accented) = (decode(PAPERS, &plain), decode(PAPERS, DOCUMENTOS));
    assert_eq!(plain.problems, []);
    assert_eq!(plain.docket_numbers, accented.docket_numbers);
    let titles = |reply: &DecodeReply| -> Vec<String> {
        pilot_paper(reply).table.expect("a table").rows.into_iter().map(|row| row.title).collect()
    };
    assert_eq!(titles(&plain), titles(&accented));
}

#[test]
fn all_problems_of_a_list_are_found_each_in_its_cell() {
    let csv = "tipo,actor,numero,expediente,fecha\n\
        carta,A,,,\n\
        acuerdo,B,CG 1,,31/02/2024\n\
        aviso de interposición,C,oficio 3,SUP-28/2024,02/06/2024\n";
    let reply = decode(PAPERS, csv);
    let told: Vec<(u32, &str)> = reply
        .problems
        .iter()
        .map(|one| (one.place.as_ref().expect("a place").row, one.code.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (1, "class-not-declared"),
            (2, "value-unknown"),
            (3, "act-unreadable"),
            (3, "date-unreadable"),
            (4, "docket-unreadable"),
            (4, "date-ambiguous"),
        ]
    );
    assert_eq!(reply.content, None);
}
