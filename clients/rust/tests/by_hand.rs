//! What docs/verifying.md tells a stranger to do by hand is done here, with the bundle that is kept
//! as a sample: Python and openssl must come to the same as our verifier.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use barid_client::bundle::Bundle;
use barid_client::bundle::zip::ZipReader;
use barid_client::hex;
use barid_client::proto::envelope;

/// The page with the steps, and the bundle.
const PAGE: &str = "../../docs/verifying.md";
const BUNDLE: &str = "testdata/case.barid";

fn unpack(bundle: &[u8], folder: &Path) {
    let mut zip = ZipReader::new(bundle);
    while let Some(heading) = zip.next_entry().unwrap() {
        let path = folder.join(&heading.name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, zip.content(&heading, u64::MAX).unwrap()).unwrap();
    }
}

fn run(script: &Path, filing: &Path) -> Output {
    Command::new("python3").arg(script).arg(filing).output().unwrap()
}

#[test]
fn python_and_openssl_come_to_the_same() {
    let there = |tool: &str| Command::new(tool).arg("version").output().is_ok();
    if !there("python3") || !there("openssl") {
        println!("skipped: python3 or openssl is not installed");
        return;
    }
    let page = fs::read_to_string(PAGE).unwrap();
    let (_, script) = page.split_once("```python\n").unwrap();
    let (script, _) = script.split_once("```").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let by_hand = folder.path().join("by-hand.py");
    fs::write(&by_hand, script).unwrap();
    let bytes = fs::read(BUNDLE).unwrap();
    unpack(&bytes, folder.path());
    for (number, filing) in (1..).zip(&Bundle::decode(&bytes).unwrap().filings) {
        let path = folder.path().join(format!("filings/{number:05}"));
        let output = run(&by_hand, &path);
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
        let digest = envelope::open(&filing.sealed.envelope).unwrap().digest();
        assert!(said.trim_end().ends_with(&hex::encode(&digest)), "{said}");
        // And it can fail: on a changed time, and on a changed signature.
        for (name, from_end) in [("receipt.tlog-proof", None), ("envelope.bin", Some(5))] {
            let good = fs::read(path.join(name)).unwrap();
            let mut bad = good.clone();
            let at =
                from_end.map_or("c2sp.org/tlog-proof@v1\nextra AQAAAZq".len(), |n| good.len() - n);
            bad[at] ^= 1;
            fs::write(path.join(name), &bad).unwrap();
            assert!(!run(&by_hand, &path).status.success(), "{name} of filing {number}");
            fs::write(path.join(name), &good).unwrap();
        }
    }
}
