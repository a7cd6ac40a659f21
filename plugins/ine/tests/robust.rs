//! Foreign and hostile documents: every format answers each with content or with problems, soon,
//! never with both an error and content, and in three languages.

use barid_format_ine::{DISPUTE, Ine, PAPERS, RESULTS};
use barid_plugin::Format;
use barid_plugin::v1::DecodeReply;
use barid_trial::{Trial, naughty};
use proptest::prelude::*;

fn trial() -> Trial<'static> {
    Trial::of(&Ine, "ine").worded_in(3)
}

fn decode(format: &str, input: &[u8]) -> DecodeReply {
    trial().decode(format, input)
}

#[test]
fn no_hostile_sample_is_read_as_anything() {
    trial().reads_no_hostile_sample();
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
    for naughty in naughty() {
        let cell = naughty.replace('"', "\"\"");
        let csv = format!("mun,nulos,pan,nota\nA,1,2,\"{cell}\"\n");
        assert!(decode(RESULTS, csv.as_bytes()).content.is_some(), "only kept: {naughty}");
        decode(RESULTS, format!("mun,nulos,pan,fecha\nA,1,\"{cell}\",\"{cell}\"\n").as_bytes());
        decode(PAPERS, format!("tipo,actor,expediente\nacuerdo,A,\"{cell}\"\n").as_bytes());
    }
}

#[test]
fn every_format_is_described_and_answers_what_it_does_not_carry() {
    trial().describes_and_refuses();
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
