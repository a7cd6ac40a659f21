//! Drives every reader of one plugin.
//!
//! Each plugin exports the same C symbol, so a test program can hold only one of them; this part
//! is what the programs share.

use std::path::Path;

use barid_plugin::Format;
use barid_plugin::v1::{DecodeRequest, EncodeRequest, FilingKind};

use crate::mutate;

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
        for kind in &format.decodes {
            let kind = FilingKind::try_from(*kind).unwrap_or_default();
            let name = format!("{} as {}", format.id, kind.as_str_name());
            mutate::drive(&name, &seeds, &|bytes| read_and_write(plugin, &format.id, kind, bytes));
        }
    }
}

fn read_and_write(plugin: &dyn Format, format: &str, kind: FilingKind, bytes: &[u8]) {
    let reply = plugin.decode(&DecodeRequest {
        format: format.to_owned(),
        input: bytes.to_vec(),
        kind: kind.into(),
        institution: "ihec".to_owned(),
        languages: vec!["ar".to_owned()],
    });
    assert!(
        reply.content.is_some() || !reply.problems.is_empty(),
        "neither content nor a problem that says why"
    );
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
