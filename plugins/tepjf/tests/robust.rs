//! Foreign and hostile documents: every format answers each with content or with problems, soon,
//! never with both an error and content, and in three languages.

use barid_format_tepjf::{INDEX, SENTENCIA, Tepjf};
use barid_plugin::Format;
use barid_plugin::v1::DecodeReply;
use barid_trial::{Trial, naughty};
use proptest::prelude::*;

fn trial() -> Trial<'static> {
    Trial::of(&Tepjf, "tepjf").worded_in(3)
}

fn decode(format: &str, input: &[u8]) -> DecodeReply {
    trial().decode(format, input)
}

#[test]
fn no_hostile_sample_is_read_as_anything() {
    trial().reads_no_hostile_sample();
}

/// Texts that grow where a reader could come to look at everything again and again.
#[test]
fn large_texts_take_time_in_proportion() {
    let begin = "CLASE DE DATOS: sintético\nEXPEDIENTE: SUP-JDC-1/2024\n\n";
    let end = "\nRESUELVE\nÚNICO. Se confirma.\n";
    for piece in [
        "FONDO\n",
        "ACTOR: a\n",
        "a quince de agosto de dos mil veinticuatro\n\n",
        "sobresee tiene por no presentada no ha lugar a ",
        "de de de enero de mil mil mil mil mil mil ",
        "SENTENCIA confirma\n\n",
        "x",
        "PRIMERO. ",
        "\n",
        "a\u{301}",
    ] {
        let body = piece.repeat(300_000 / piece.len());
        decode(SENTENCIA, format!("{begin}{body}{end}").as_bytes());
        decode(SENTENCIA, format!("{begin}{end}PRIMERO. {body}").as_bytes());
    }
    let rows = "SUP-JDC-1/2024,SUP-JDC-0001-2024-\n".repeat(60_000);
    let reply = decode(INDEX, format!("expediente,archivo\n{rows}").as_bytes());
    assert_eq!(reply.problems.len(), 500, "most of them say that the case was listed before");
    decode(INDEX, format!("expediente{}\n", ",x".repeat(1_000_000)).as_bytes());
}

#[test]
fn naughty_strings_are_kept_or_refused() {
    for naughty in naughty() {
        let cell = naughty.replace('"', "\"\"");
        let csv = format!("expediente,nota\nSUP-JDC-1/2024,\"{cell}\"\n");
        assert!(decode(INDEX, csv.as_bytes()).content.is_some(), "only kept: {naughty}");
        decode(INDEX, format!("expediente\n\"{cell}\"\n").as_bytes());
        decode(SENTENCIA, format!("EXPEDIENTE: {naughty}\n\nRESUELVE\n1. {naughty}").as_bytes());
    }
}

#[test]
fn every_format_is_described_and_answers_what_it_does_not_carry() {
    trial().describes_and_refuses();
}

/// Lines that a judgment may have, and some that it may not.
const LINES: [&str; 15] = [
    "EXPEDIENTE: SUP-JDC-1/2024",
    "EXPEDIENTE:",
    "ACTOR: A",
    "R E S U E L V E",
    "ÚNICO. Se confirma",
    "",
    "SEGUNDO. Efectos. x",
    "a treinta de febrero de dos mil dos",
    "VOTO PARTICULAR DE A",
    "CLASE DE DATOS: publicado",
    "Notifíquese",
    "ACUERDO que revoca",
    "\u{202E}",
    ":",
    "1.",
];

proptest! {
    #[test]
    fn no_bytes_make_a_format_fall_over(bytes: Vec<u8>, which in 0_usize..3) {
        decode(&Tepjf.describe().formats[which].id, &bytes);
    }

    #[test]
    fn judgments_in_disorder_are_read_or_refused(
        lines in prop::collection::vec(prop::sample::select(LINES.to_vec()), 0..30),
    ) {
        decode(SENTENCIA, lines.join("\n").as_bytes());
    }
}
