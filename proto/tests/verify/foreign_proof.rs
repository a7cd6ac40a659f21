//! The proof probes of transparency-dev/merkle: 196 questions with their answers.

use crate::fixture::samples;
use barid_proto::tlog::Hash;
use barid_proto::tlog::proof::{verify_consistency, verify_inclusion};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The one probe that is answered differently: equal trees whose roots have twelve bytes. Here a
/// root has 32 bytes before a question can be asked.
const DECIDED_OTHERWISE: &str = "sizes-are-equal-one-and-proof-is-empty.json";

#[test]
fn inclusion_probes_agree() {
    let Some(folder) = samples("7-tlog/merkle/testdata/inclusion") else { return };
    let probes = probes(&folder);
    assert_eq!(probes.len(), 98);
    for (path, probe) in probes {
        let refused = inclusion(&probe).is_none();
        assert_eq!(refused, probe["wantErr"], "{}", path.display());
    }
}

#[test]
fn consistency_probes_agree_but_for_short_roots() {
    let Some(folder) = samples("7-tlog/merkle/testdata/consistency") else { return };
    let probes = probes(&folder);
    assert_eq!(probes.len(), 98);
    for (path, probe) in probes {
        let refused = consistency(&probe).is_none();
        let agreed = refused == probe["wantErr"];
        assert_eq!(agreed, !path.ends_with(DECIDED_OTHERWISE), "{}", path.display());
    }
}

fn inclusion(probe: &Value) -> Option<()> {
    let (leaf, root) = (hash(&probe["leafHash"])?, hash(&probe["root"])?);
    let (index, size) = (probe["leafIdx"].as_u64()?, probe["treeSize"].as_u64()?);
    verify_inclusion(&leaf, index, size, &path(probe)?, &root).ok()
}

fn consistency(probe: &Value) -> Option<()> {
    let (old_root, root) = (hash(&probe["root1"])?, hash(&probe["root2"])?);
    let (old, size) = (probe["size1"].as_u64()?, probe["size2"].as_u64()?);
    verify_consistency(old, size, &path(probe)?, &old_root, &root).ok()
}

fn path(probe: &Value) -> Option<Vec<Hash>> {
    match &probe["proof"] {
        Value::Null => Some(Vec::new()),
        proof => proof.as_array()?.iter().map(hash).collect(),
    }
}

/// A hash of another length is refused by type, as a reader of a receipt would.
fn hash(value: &Value) -> Option<Hash> {
    STANDARD.decode(value.as_str()?).ok()?.try_into().ok()
}

fn probes(folder: &Path) -> Vec<(PathBuf, Value)> {
    let mut found = Vec::new();
    for item in std::fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            found.extend(probes(&path));
        } else {
            let probe = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            found.push((path, probe));
        }
    }
    found
}
