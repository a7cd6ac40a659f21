//! Foreign and hostile documents: every format of the court answers each with content or with
//! problems, soon, and never with both an error and content.

#![expect(clippy::expect_used, reason = "a test that cannot read its sample has to stop")]
#![expect(clippy::print_stdout, reason = "a skipped test says so")]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use barid_format_fsc::Fsc;
use barid_plugin::Format;
use barid_plugin::v1::{DecodeReply, DecodeRequest, ProblemSeverity};
use proptest::prelude::*;

/// Longest that one document may take, unoptimised and on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

fn decode(format: &str, input: &[u8]) -> DecodeReply {
    let began = Instant::now();
    let reply = Fsc.decode(&DecodeRequest {
        format: format.to_owned(),
        input: input.to_vec(),
        institution: "fsc".to_owned(),
        ..DecodeRequest::default()
    });
    assert!(began.elapsed() < PATIENCE, "{format} took {:?}", began.elapsed());
    let refused = reply.problems.iter().any(|problem| problem.severity() == ProblemSeverity::Error);
    assert_eq!(reply.content.is_none(), refused, "content or an error, not both, not neither");
    for problem in &reply.problems {
        assert!(problem.what.as_ref().is_some_and(|what| what.renderings.len() == 2));
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
        ["xml", "csv", "json", "text"].iter().map(|name| root.join(name)).collect();
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
    let formats = Fsc.describe().formats;
    for path in hostile() {
        let bytes = std::fs::read(&path).expect("a sample");
        for format in &formats {
            let reply = decode(&format.id, &bytes);
            assert_eq!(reply.content, None, "{} as {}", path.display(), format.id);
        }
    }
}

proptest! {
    #[test]
    fn no_bytes_make_a_format_fall_over(bytes: Vec<u8>, which in 0_usize..4) {
        decode(&Fsc.describe().formats[which].id, &bytes);
    }
}
