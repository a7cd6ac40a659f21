//! A bundle in its bytes: none that counts may change, a long one is read whole, and an old one
//! still verifies.

use std::time::Instant;

use super::*;
use crate::bundle::zip::{ZipReader, ZipWriter};

/// Every entry but these is evidence: no byte of it may change.
const HARMLESS: [&str; 2] = ["README.txt", "policy.txt"];

#[test]
fn no_byte_of_the_evidence_can_change() {
    let (network, filed, _) = network::case();
    let bundle = network.bundle(&filed[..1]);
    let bytes = bundle.encode().unwrap();
    let mut zip = ZipReader::new(&bytes[..]);
    let mut entries = Vec::new();
    while let Some(heading) = zip.next_entry().unwrap() {
        let content = zip.content(&heading, u64::MAX).unwrap();
        entries.push((heading.name, content));
    }
    /// Every byte would take a minute; a prime passes over no column of a text.
    const STEP: usize = 13;
    let mut tried = 0;
    for at in 0..entries.len() {
        let (name, content) = entries[at].clone();
        for byte in (0..content.len()).step_by(STEP) {
            entries[at].1[byte] ^= 1;
            let mut zip = ZipWriter::new(Vec::new());
            entries.iter().for_each(|(name, bytes)| zip.add(name, bytes).unwrap());
            let read = Bundle::decode(&zip.finish().unwrap());
            let verdict = read.ok().map(|read| examined(&network, &read).verdict());
            let harmless = HARMLESS.contains(&name.as_str());
            let noticed = verdict != Some(Verdict::Valid);
            assert!(noticed || harmless, "byte {byte} of {name}");
            entries[at].1[byte] ^= 1;
            tried += 1;
        }
    }
    assert!(tried > 500, "{tried}");
}

/// A case of so many filings, each under a checkpoint of its own, and how long it takes.
fn measured(filings: usize) {
    let mut network = Network::new();
    let mut desk = network.office("ihec", "geo-bas");
    network.witness();
    let mut filed = Vec::new();
    for _ in 0..filings {
        filed.extend(appeals(&mut network, &mut desk, 1));
        network.witness();
    }
    let bytes = network.bundle(&filed).encode().unwrap();
    let begun = Instant::now();
    let bundle = Bundle::read(&bytes[..]).unwrap();
    let report = examined(&network, &bundle);
    let took = begun.elapsed();
    assert_eq!(report.verdict(), Verdict::Valid, "{:?}", report.findings);
    assert_eq!(report.filings.len(), filings);
    println!("{filings} filings, {} bytes: {took:?}", bytes.len());
}

/// To measure: `BARID_FILINGS=1000 cargo test --release -p barid-client -- --nocapture long_case`.
#[test]
fn a_long_case_is_examined_whole() {
    let wanted = std::env::var("BARID_FILINGS").ok().and_then(|number| number.parse().ok());
    measured(wanted.unwrap_or(60));
}

#[test]
fn the_kept_bundle_of_version_1_still_verifies() {
    if std::env::var_os("BARID_WRITE_SAMPLE").is_some() {
        write_the_kept_bundle();
    }
    let at = |name: &str| std::fs::read(format!("testdata/{name}")).unwrap();
    let bytes = at("case.barid");
    let bundle = Bundle::decode(&bytes).unwrap();
    assert_eq!(bundle.encode().unwrap(), bytes);
    let (policy, roots) = (Policy::parse(&at("case.policy")).unwrap(), at("case-roots.pem"));
    let roots = Roots::parse(&roots).unwrap();
    let known = known();
    let believed = Believed { roots: Some(&roots), strict: true, ..believing(&policy, &known) };
    let report = examine(&bundle, &believed);
    assert_eq!((report.verdict(), codes(&report)), (Verdict::Valid, vec![]));
    assert_eq!(custody::events(&report).len(), 8);
}

/// Makes the sample anew, for a new version of the format.
fn write_the_kept_bundle() {
    let (network, filed, _) = network::case();
    let write = |name: &str, bytes: &[u8]| std::fs::write(format!("testdata/{name}"), bytes);
    write("case.barid", &network.bundle(&filed).encode().unwrap()).unwrap();
    write("case.policy", network.policy_text().as_bytes()).unwrap();
    write("case-roots.pem", network.authority.pem.as_bytes()).unwrap();
}
