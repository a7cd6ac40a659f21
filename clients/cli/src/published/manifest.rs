//! The manifest of a publication: made, signed, read and checked.

use std::fs;
use std::path::{Path, PathBuf};

use barid_client::{Trust, hex};
use barid_proto::envelope::pre_authentication;
use barid_proto::key::{PublicKey, Signer};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::Scope;
use crate::render::time;

/// The manifest.
pub(crate) const MANIFEST: &str = "manifest.json";
/// The manifest, signed.
pub(crate) const SIGNED: &str = "manifest.dsse.json";
/// The checkpoint.
pub(crate) const CHECKPOINT: &str = "checkpoint.txt";
/// What is signed: no envelope has this type, so neither signature can pass for the other.
pub(crate) const PAYLOAD_TYPE: &str = "application/vnd.barid.published.v1+json";
/// What a manifest says it is.
const FORMAT: &str = "barid-published/1";
/// Longest manifest that is read: a publication of a hundred thousand rulings.
const MANIFEST_MAX_BYTES: u64 = 64 * 1024 * 1024;

/// A manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    pub(crate) format: String,
    /// `statistics` or `open-data`.
    pub(crate) what: String,
    pub(crate) event: String,
    pub(crate) data_class: String,
    pub(crate) log: String,
    pub(crate) as_of_size: u64,
    pub(crate) at: String,
    pub(crate) at_unix_ms: i64,
    pub(crate) utc_offset_minutes: i32,
    pub(crate) minimum: usize,
    pub(crate) view: View,
    pub(crate) checkpoint: Checkpoint,
    pub(crate) rule_sets: Vec<UsedRules>,
    pub(crate) program: Program,
    pub(crate) signers: Vec<SigningKey>,
    pub(crate) parts: Vec<Part>,
}

/// Whose view it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct View {
    pub(crate) institution: String,
    pub(crate) office: String,
}

/// The checkpoint in the folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Checkpoint {
    pub(crate) size: u64,
    pub(crate) root: String,
    pub(crate) sha256: String,
}

/// A rule set that was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UsedRules {
    pub(crate) name: String,
    pub(crate) sha256: String,
}

/// The program that made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Program {
    pub(crate) name: String,
    pub(crate) version: String,
}

/// A key that signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SigningKey {
    pub(crate) key_id: String,
    /// SubjectPublicKeyInfo, Base64.
    pub(crate) spki: String,
}

/// A part and its digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Part {
    pub(crate) path: String,
    pub(crate) media_type: String,
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
}

/// DSSE v1.0.2 as JSON.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Enveloped {
    payload: String,
    payload_type: String,
    signatures: Vec<OneSignature>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OneSignature {
    keyid: String,
    sig: String,
}

/// What is known about the log and the rules when a manifest is made.
pub(crate) struct Made<'a> {
    /// `statistics` or `open-data`.
    pub(crate) what: &'a str,
    /// What it is about.
    pub(crate) scope: &'a Scope,
    /// The checkpoint: size, root, and the note's bytes.
    pub(crate) checkpoint: (u64, [u8; 32], &'a [u8]),
    /// Rule sets with their digests.
    pub(crate) rule_sets: Vec<(String, [u8; 32])>,
}

/// What is wrong with a publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wrong(pub(crate) String);

impl Manifest {
    /// The manifest of these parts.
    pub(crate) fn of(made: &Made<'_>, signers: &[&PublicKey], parts: Vec<Part>) -> Self {
        let (size, root, note) = made.checkpoint;
        let scope = made.scope;
        let rules = made.rule_sets.iter();
        let rules = rules
            .map(|(name, digest)| UsedRules { name: name.clone(), sha256: hex::encode(digest) });
        let key = |key: &&PublicKey| SigningKey {
            key_id: key.id().to_string(),
            spki: STANDARD.encode(key.spki()),
        };
        Self {
            format: FORMAT.to_owned(),
            what: made.what.to_owned(),
            event: scope.event.clone(),
            data_class: scope.class_word(),
            log: scope.log.clone(),
            as_of_size: scope.as_of_size,
            at: time::rfc3339(scope.at_ms, 0).unwrap_or_default(),
            at_unix_ms: scope.at_ms,
            utc_offset_minutes: scope.utc_offset_minutes,
            minimum: scope.minimum,
            view: View {
                institution: scope.view.institution.clone(),
                office: scope.view.office.clone(),
            },
            checkpoint: Checkpoint {
                size,
                root: hex::encode(&root),
                sha256: hex::encode(&Sha256::digest(note)),
            },
            rule_sets: rules.collect(),
            program: Program {
                name: "barid".to_owned(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
            },
            signers: signers.iter().map(key).collect(),
            parts,
        }
    }

    /// Its bytes, and the same signed.
    pub(crate) fn sign(&self, signers: &[&dyn Signer]) -> Result<(Vec<u8>, Vec<u8>), Wrong> {
        let wrong = |error: &dyn std::fmt::Display| Wrong(error.to_string());
        let mut bytes = serde_json::to_vec_pretty(self).map_err(|error| wrong(&error))?;
        bytes.push(b'\n');
        let signed = pre_authentication(PAYLOAD_TYPE, &bytes);
        let mut signatures = Vec::new();
        for signer in signers {
            let sig = signer.sign(&signed).map_err(|error| wrong(&error))?;
            let keyid = signer.public_key().id().to_string();
            signatures.push(OneSignature { keyid, sig: STANDARD.encode(sig) });
        }
        let payload = STANDARD.encode(&bytes);
        let enveloped = Enveloped { payload, payload_type: PAYLOAD_TYPE.to_owned(), signatures };
        let mut envelope = serde_json::to_vec_pretty(&enveloped).map_err(|error| wrong(&error))?;
        envelope.push(b'\n');
        Ok((bytes, envelope))
    }
}

/// Whether a folder has a signed manifest.
pub(crate) fn is_publication(folder: &Path) -> bool {
    folder.join(SIGNED).is_file()
}

/// Reads a publication and checks everything that needs nobody: the signatures, each digest, that
/// nothing is missing and nothing was put in, and the checkpoint by the logs and witnesses that one
/// believes. All that is wrong is told.
pub(crate) fn check(folder: &Path, trust: &Trust) -> (Option<Manifest>, Vec<Wrong>) {
    let manifest = match signed(folder) {
        Ok(manifest) => manifest,
        Err(wrong) => return (None, vec![wrong]),
    };
    let mut wrongs = parts(folder, &manifest);
    wrongs.extend(checkpoint(folder, &manifest, trust).err());
    (Some(manifest), wrongs)
}

/// The manifest, when all its signatures hold.
fn signed(folder: &Path) -> Result<Manifest, Wrong> {
    let read = |name: &str| -> Result<Vec<u8>, Wrong> {
        let path = folder.join(name);
        let at = |error: std::io::Error| Wrong(format!("{name}: {error}"));
        let long = fs::metadata(&path).map_err(at)?.len() > MANIFEST_MAX_BYTES;
        if long {
            return Err(Wrong(format!("{name}: more than {MANIFEST_MAX_BYTES} bytes")));
        }
        fs::read(&path).map_err(at)
    };
    let malformed = |what: &dyn std::fmt::Display| Wrong(format!("{SIGNED}: {what}"));
    let enveloped: Enveloped =
        serde_json::from_slice(&read(SIGNED)?).map_err(|error| malformed(&error))?;
    let payload = STANDARD.decode(&enveloped.payload).map_err(|error| malformed(&error))?;
    if enveloped.payload_type != PAYLOAD_TYPE {
        return Err(malformed(&format!("its payload type is not {PAYLOAD_TYPE}")));
    }
    if read(MANIFEST)? != payload {
        return Err(Wrong(format!("{MANIFEST}: not the bytes that were signed")));
    }
    let manifest: Manifest = serde_json::from_slice(&payload).map_err(|error| malformed(&error))?;
    if manifest.format != FORMAT {
        return Err(malformed(&format!("its format is not {FORMAT}")));
    }
    let listed: Vec<&str> = manifest.signers.iter().map(|one| one.key_id.as_str()).collect();
    let given: Vec<&str> = enveloped.signatures.iter().map(|one| one.keyid.as_str()).collect();
    if listed.is_empty() || listed != given {
        return Err(malformed(&"its signatures are not by the keys that it lists"));
    }
    let signed = pre_authentication(PAYLOAD_TYPE, &payload);
    for (key, one) in manifest.signers.iter().zip(&enveloped.signatures) {
        let spki = STANDARD.decode(&key.spki).map_err(|error| malformed(&error))?;
        let public = PublicKey::from_spki(&spki).map_err(|error| malformed(&error))?;
        let signature = STANDARD.decode(&one.sig).map_err(|error| malformed(&error))?;
        if public.id().to_string() != key.key_id {
            return Err(malformed(&format!("{} is not the key beside it", key.key_id)));
        }
        public.verify(&signed, &signature).map_err(|error| malformed(&error))?;
    }
    Ok(manifest)
}

/// What is missing, changed or not listed.
fn parts(folder: &Path, manifest: &Manifest) -> Vec<Wrong> {
    let mut wrongs = Vec::new();
    for part in &manifest.parts {
        // A path that leads elsewhere is no path of a publication.
        if part.path.split('/').any(|one| matches!(one, "" | "." | ".."))
            || part.path.contains('\\')
        {
            wrongs.push(Wrong(format!("{}: not a path within the folder", part.path)));
            continue;
        }
        match fs::read(folder.join(&part.path)) {
            Err(error) => wrongs.push(Wrong(format!("{}: {error}", part.path))),
            Ok(bytes) if hex::encode(&Sha256::digest(&bytes)) != part.sha256 => {
                wrongs.push(Wrong(format!("{}: other bytes than were signed", part.path)));
            }
            Ok(_) => {}
        }
    }
    match everything(folder) {
        Err(error) => wrongs.push(Wrong(error.to_string())),
        Ok(found) => {
            let own = [MANIFEST, SIGNED, CHECKPOINT];
            let listed = |path: &String| {
                own.contains(&path.as_str()) || manifest.parts.iter().any(|part| part.path == *path)
            };
            let more = found.into_iter().filter(|path| !listed(path));
            wrongs.extend(more.map(|path| Wrong(format!("{path}: not listed"))));
        }
    }
    wrongs
}

fn checkpoint(folder: &Path, manifest: &Manifest, trust: &Trust) -> Result<(), Wrong> {
    let wrong = |what: String| Wrong(format!("{CHECKPOINT}: {what}"));
    let note = fs::read(folder.join(CHECKPOINT)).map_err(|error| wrong(error.to_string()))?;
    if hex::encode(&Sha256::digest(&note)) != manifest.checkpoint.sha256 {
        return Err(wrong("other bytes than were signed".to_owned()));
    }
    let witnessed = trust.checkpoint(&note).map_err(|error| wrong(error.to_string()))?;
    let tree = witnessed.checkpoint;
    let same = tree.size() == manifest.checkpoint.size
        && hex::encode(tree.root()) == manifest.checkpoint.root
        && tree.origin() == manifest.log;
    if !same {
        return Err(wrong("not the tree that the manifest names".to_owned()));
    }
    if tree.size() < manifest.as_of_size {
        let (tree, counted) = (tree.size(), manifest.as_of_size);
        return Err(wrong(format!("{tree} leaves, and {counted} were counted")));
    }
    Ok(())
}

/// Every path below a folder, with `/`.
fn everything(folder: &Path) -> std::io::Result<Vec<String>> {
    let (mut found, mut open) = (Vec::new(), vec![(folder.to_owned(), String::new())]);
    while let Some((place, prefix)) = open.pop() {
        for one in fs::read_dir(place)? {
            let one = one?;
            let path: PathBuf = one.path();
            let name = format!("{prefix}{}", one.file_name().to_string_lossy());
            if one.file_type()?.is_dir() {
                open.push((path, format!("{name}/")));
            } else {
                found.push(name);
            }
        }
    }
    found.sort();
    Ok(found)
}
