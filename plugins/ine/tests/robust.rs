//! Foreign and hostile documents: every format answers each with content or with problems, soon,
//! never with both an error and content, and in three languages.

#![expect(clippy::expect_used, reason = "a test that cannot read its sample has to stop")]
#![expect(clippy::print_stdout, reason = "a skipped test says so")]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use barid_format_ine::{DISPUTE, Ine, PAPERS, RESULTS};
use barid_plugin::Format;
use barid_plugin::v1::{DecodeReply, DecodeRequest, EncodeRequest, ProblemSeverity};
use proptest::prelude::*;

/// Longest that one document may take, unoptimised and on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

fn decode(format: &str, input: &[u8]) -> DecodeReply {
    let began = Instant::now();
    let reply = Ine.decode(&DecodeRequest {
        format: format.to_owned(),
        input: input.to_vec(),
        institution: "ine".to_owned(),
        ..DecodeRequest::default()
    });
    assert!(began.elapsed() < PATIENCE, "{format} took {:?}", began.elapsed());
    let refused = reply.problems.iter().any(|problem| problem.severity() == ProblemSeverity::Error);
    assert_eq!(reply.content.is_none(), refused, "content or an error, not both, not neither");
    for problem in &reply.problems {
        let renderings = problem.what.as_ref().map_or(0, |what| what.renderings.len());
        assert_eq!(renderings, 3, "{}", problem.code);
        let place = problem.place.clone().unwrap_or_default();
        assert!(place.cell.len() + place.path.len() <= 1_024, "{}", problem.code);
    }
    reply
}

/// All files below the folders of hostile samples.
fn hostile() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/samples/6-robustness");
    if !root.exists() {
        println!("skipped: samples not present");
        return Vec::new();
    }
    let mut folders: Vec<PathBuf> =
        ["xml", "csv", "json", "text", "pdf"].iter().map(|name| root.join(name)).collect();
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for found in std::fs::read_dir(folder).expect("a readable folder") {
            let path = found.expect("a readable folder").path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    assert!(files.len() > 200, "{} samples are not all", files.len());
    files
}

#[test]
fn no_hostile_sample_is_read_as_anything() {
    let formats = Ine.describe().formats;
    for path in hostile() {
        let bytes = std::fs::read(&path).expect("a sample");
        for format in &formats {
            let reply = decode(&format.id, &bytes);
            assert_eq!(reply.content, None, "{} as {}", path.display(), format.id);
        }
    }
}

/// Tables that grow where a reader could come to look at everything again and again.
#[test]
fn large_tables_take_time_in_proportion() {
    let rows = "Aviso de interposición,A,02/06/2024\n".repeat(60_000);
    let reply = decode(PAPERS, format!("tipo,actor,fecha\n{rows}").as_bytes());
    assert_eq!(reply.problems.len(), 500, "each row has an ambiguous day");
    let headings: Vec<String> =
        (1..=60).map(|number| format!("v{number:02},l{number:02}")).collect();
    let row = format!("A,1{}\n", ",7,pan".repeat(60));
    let table = format!("mun,nulos,{}\n{}", headings.join(","), row.repeat(4_000));
    decode(RESULTS, table.as_bytes());
    decode(RESULTS, format!("mun,nulos{}\n", ",v1".repeat(1_000_000)).as_bytes());
    decode(DISPUTE, format!("{{\"constancias\": [{}\"\"]}}", "\"a\",".repeat(100_000)).as_bytes());
}

#[test]
fn naughty_strings_are_kept_or_refused() {
    let Some(path) = hostile().into_iter().find(|path| path.ends_with("blns.txt")) else { return };
    let strings = std::fs::read_to_string(path).expect("a sample");
    for naughty in strings.lines() {
        let cell = naughty.replace('"', "\"\"");
        let csv = format!("mun,nulos,pan,nota\nA,1,2,\"{cell}\"\n");
        assert!(decode(RESULTS, csv.as_bytes()).content.is_some(), "only kept: {naughty}");
        decode(RESULTS, format!("mun,nulos,pan,fecha\nA,1,\"{cell}\",\"{cell}\"\n").as_bytes());
        decode(PAPERS, format!("tipo,actor,expediente\nacuerdo,A,\"{cell}\"\n").as_bytes());
    }
}

#[test]
fn every_format_is_described_and_answers_what_it_does_not_carry() {
    for format in Ine.describe().formats {
        assert!(format.id.starts_with("ine/"), "{}", format.id);
        assert_eq!(format.title.map_or(0, |title| title.renderings.len()), 3);
        let request = EncodeRequest { format: format.id, ..EncodeRequest::default() };
        let refused = Ine.encode(&request);
        assert_eq!(refused.problems.first().map(|one| one.code.as_str()), Some("format-unknown"));
        assert!(refused.output.is_empty());
    }
    assert_eq!(decode("ine/other", b"").problems.len(), 1);
}

proptest! {
    #[test]
    fn no_bytes_make_a_format_fall_over(bytes: Vec<u8>, which in 0_usize..3) {
        decode(&Ine.describe().formats[which].id, &bytes);
    }

    #[test]
    fn returns_of_any_cells_are_read_or_refused(
        cells in prop::collection::vec("[0-9,a-z-]{0,6}", 8),
    ) {
        let quoted: Vec<String> = cells.iter().map(|cell| format!("\"{cell}\"")).collect();
        let table = format!("mun,v01,l01,v02,l02,nulos,tot,lisnom\n{}\n", quoted.join(","));
        decode(RESULTS, table.as_bytes());
    }
}
