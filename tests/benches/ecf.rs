//! How fast filings of court systems are read: every Electronic Court Filing message in XML among
//! the samples that is one.

#![expect(clippy::print_stdout, reason = "a program speaks to its caller")]
#![expect(clippy::expect_used, clippy::panic, reason = "without its documents nothing is measured")]

mod rates;

use barid_format_ecf::{Ecf, FILING};
use barid_plugin::Format as _;
use barid_plugin::v1::DecodeRequest;
use rates::{Paper, Xml, samples, tell};

fn main() {
    // Most of the standard's own samples are queries, policies, payments: refused by their root.
    let filings = samples("2-ecf", "xml").into_iter().filter(|bytes| is_read(bytes));
    let filings: Vec<Paper> = filings.map(|bytes| Paper::new(bytes, Xml::Whole)).collect();
    assert!(!filings.is_empty(), "no filings among the samples");
    tell("ecf", &filings, &is_read);
}

fn is_read(bytes: &[u8]) -> bool {
    let request = DecodeRequest {
        format: FILING.to_owned(),
        input: bytes.to_vec(),
        institution: "ecf".to_owned(),
        ..DecodeRequest::default()
    };
    Ecf.decode(&request).content.is_some()
}
