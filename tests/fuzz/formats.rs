//! Drives every reader of one plugin: with others' bad input, with what was found before, and with
//! mutations of documents. What is counted is what a reader allocates: that bounds its memory, and
//! much of its time, on every machine alike.
//!
//! Each plugin exports the same C symbol, so a test program can hold only one of them; this part
//! is what the programs share. Each has one test, since all allocations of a program are counted.

#[path = "hostile.rs"]
mod hostile;

use std::alloc::System;
use std::path::Path;

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

use barid_plugin::Format;
use barid_plugin::problem::PROBLEMS_MAX;
use barid_plugin::v1::{DecodeReply, DecodeRequest, EncodeRequest, FilingKind, ProblemSeverity};

use crate::mutate;

#[global_allocator]
static COUNTED: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Bytes that a reader may allocate over an empty document: tables, problems, a workbook's parts.
const WORK_BASE_BYTES: usize = 4 * 1024 * 1024;

/// Bytes that it may allocate for each byte of a document, all in all; what it holds at once is
/// less. A problem for each row of a few bytes, in two languages, is the dearest.
const WORK_PER_BYTE: usize = 512;

/// The largest seed, for the same reason as the longest mutation.
const SEED_MAX_BYTES: usize = 64 * 1024;

/// Seeds that need no file: the smallest thing of each notation.
const SMALLEST: [&str; 4] = [
    "{}",
    "[1e400, \"\\ud800\", {\"a\": null}]",
    "<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\"><judgment/></akomaNtoso>",
    "\u{feff}\"a\";\"b\"\r\n\"1\n2\";'٣\r\n",
];

/// Reads mutations with every format of the plugin and every kind that it says it reads. What can
/// be read must also be writable, or the plugin must say why not.
pub(crate) fn drive(plugin: &dyn Format, testdata: &str) {
    let mut seeds: Vec<Vec<u8>> = SMALLEST.iter().map(|text| text.as_bytes().to_vec()).collect();
    seeds.extend(seeds_in(testdata));
    for format in plugin.describe().formats {
        let kinds =
            format.decodes.iter().map(|kind| FilingKind::try_from(*kind).unwrap_or_default());
        let kinds: Vec<FilingKind> = kinds.collect();
        let kind = kinds.first().copied().unwrap_or_default();
        hostile::each(&mut |name, bytes| refused(plugin, &format.id, kind, name, bytes));
        for kind in kinds {
            let name = format!("{} as {}", format.id, kind.as_str_name());
            mutate::drive(&name, &seeds, &|bytes| read_and_write(plugin, &format.id, kind, bytes));
        }
    }
}

/// Reads a document within the bounds that every reader keeps.
fn read(plugin: &dyn Format, format: &str, kind: FilingKind, bytes: &[u8]) -> DecodeReply {
    let request = DecodeRequest {
        format: format.to_owned(),
        input: bytes.to_vec(),
        kind: kind.into(),
        institution: "ihec".to_owned(),
        languages: vec!["ar".to_owned()],
    };
    let region = Region::new(COUNTED);
    let reply = plugin.decode(&request);
    let allocated = region.change().bytes_allocated;
    let most = WORK_BASE_BYTES + WORK_PER_BYTE * bytes.len();
    assert!(allocated <= most, "{allocated} bytes were allocated over {}", bytes.len());
    let refused = reply.problems.iter().any(|problem| problem.severity() == ProblemSeverity::Error);
    assert_eq!(reply.content.is_none(), refused, "content or an error, one of the two");
    assert!(reply.problems.len() <= PROBLEMS_MAX, "{} problems", reply.problems.len());
    reply
}

/// Asserts that a document which is nothing of the kind is refused, and that it is said why.
fn refused(plugin: &dyn Format, format: &str, kind: FilingKind, name: &str, bytes: &[u8]) {
    let reply = read(plugin, format, kind, bytes);
    assert!(reply.content.is_none(), "{format} reads {name}");
    for problem in &reply.problems {
        for text in [&problem.what, &problem.remedy] {
            let renderings = text.iter().flat_map(|text| &text.renderings);
            let languages: Vec<&str> = renderings.map(|one| one.language.as_str()).collect();
            let clear = languages.contains(&"en") && languages.len() > 1;
            assert!(clear, "{format} on {name}: {problem:?}");
        }
    }
}

fn read_and_write(plugin: &dyn Format, format: &str, kind: FilingKind, bytes: &[u8]) {
    let reply = read(plugin, format, kind, bytes);
    if let Some(content) = reply.content {
        let written = plugin.encode(&EncodeRequest {
            format: format.to_owned(),
            content: Some(content),
            institution: "ihec".to_owned(),
            languages: vec!["ar".to_owned()],
        });
        assert!(
            !written.output.is_empty() || !written.problems.is_empty(),
            "neither a document nor a problem that says why"
        );
    }
}

/// Every file below a folder of the repository, small enough to be a seed, in order of names.
fn seeds_in(folder: &str) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
    let mut folders = vec![root];
    let mut paths = Vec::new();
    while let Some(folder) = folders.pop() {
        for found in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = found.path();
            if path.is_dir() { folders.push(path) } else { paths.push(path) }
        }
    }
    paths.sort();
    let read = paths.iter().filter_map(|path| std::fs::read(path).ok());
    read.filter(|bytes| bytes.len() <= SEED_MAX_BYTES).collect()
}
