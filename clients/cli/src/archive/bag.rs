//! The bag around a package: written last, and checked by whoever opens it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use barid_client::hex;
use sha2::{Digest as _, Sha256};

const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
const MANIFEST: &str = "manifest-sha256.txt";
const TAGS: &str = "tagmanifest-sha256.txt";
/// Most files in a bag that is looked at.
const FILES_MAX: usize = 200_000;
/// Deepest folder in one.
const DEPTH_MAX: usize = 16;

/// What is wrong with a bag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum BagFault {
    /// A tag file is missing or not of version 1.0.
    Form(String),
    /// It is listed and not there.
    Missing(String),
    /// It is there and not listed.
    Unlisted(String),
    /// It has other bytes than are listed.
    Changed(String),
}

/// Whether a folder says that it is a bag.
pub(crate) fn is_bag(folder: &Path) -> bool {
    folder.join("bagit.txt").is_file()
}

/// Writes what makes a folder a bag. Its payload is in `data` already.
pub(crate) fn close(folder: &Path, info: &[(&str, &str)]) -> io::Result<()> {
    let payload = listing(&folder.join("data"))?;
    let mut manifest = String::new();
    let mut octets = 0;
    for (name, path) in &payload {
        let (sha256, bytes) = digest(path)?;
        octets += bytes;
        manifest += &format!("{sha256}  data/{name}\n");
    }
    let mut lines: String =
        info.iter().map(|(label, value)| format!("{label}: {value}\n")).collect();
    lines += &format!("Payload-Oxum: {octets}.{}\n", payload.len());
    fs::write(folder.join("bagit.txt"), DECLARATION)?;
    fs::write(folder.join("bag-info.txt"), lines)?;
    fs::write(folder.join(MANIFEST), manifest)?;
    let mut tags = String::new();
    for name in ["bag-info.txt", "bagit.txt", "index.html", MANIFEST] {
        let (sha256, _) = digest(&folder.join(name))?;
        tags += &format!("{sha256}  {name}\n");
    }
    fs::write(folder.join(TAGS), tags)
}

/// Everything that is wrong with a bag.
pub(crate) fn check(folder: &Path) -> io::Result<Vec<BagFault>> {
    let mut faults = Vec::new();
    let text = |name: &str| fs::read_to_string(folder.join(name));
    if text("bagit.txt")? != DECLARATION {
        faults.push(BagFault::Form("bagit.txt".to_owned()));
    }
    for (name, payload) in [(TAGS, false), (MANIFEST, true)] {
        match text(name) {
            Ok(list) => check_list(folder, name, &list, payload, &mut faults)?,
            Err(_) => faults.push(BagFault::Missing(name.to_owned())),
        }
    }
    Ok(faults)
}

fn check_list(
    folder: &Path,
    name: &str,
    list: &str,
    payload: bool,
    faults: &mut Vec<BagFault>,
) -> io::Result<()> {
    let mut listed = BTreeMap::new();
    for line in list.lines() {
        // Names with parts that lead elsewhere are no names of a bag.
        let parts = line.split_once("  ").filter(|(_, path)| {
            path.starts_with("data/") == payload
                && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
        });
        match parts {
            Some((sha256, path)) => drop(listed.insert(path.to_owned(), sha256.to_owned())),
            None => faults.push(BagFault::Form(name.to_owned())),
        }
    }
    let there = match payload {
        true => listing(&folder.join("data"))?
            .into_iter()
            .map(|(name, path)| (format!("data/{name}"), path))
            .collect(),
        false => BTreeMap::new(),
    };
    for (path, sha256) in &listed {
        match digest(&folder.join(path)) {
            Ok((found, _)) if found == *sha256 => {}
            Ok(_) => faults.push(BagFault::Changed(path.clone())),
            Err(_) => faults.push(BagFault::Missing(path.clone())),
        }
    }
    let unlisted = there.into_keys().filter(|path| !listed.contains_key(path));
    faults.extend(unlisted.map(BagFault::Unlisted));
    Ok(())
}

/// Everything below a folder, by its name from there. What is no plain file is listed too, and then
/// found to be wrong.
fn listing(folder: &Path) -> io::Result<BTreeMap<String, PathBuf>> {
    let mut found = BTreeMap::new();
    let mut open = vec![(folder.to_owned(), String::new(), 0)];
    while let Some((place, prefix, depth)) = open.pop() {
        for entry in fs::read_dir(place)? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() && depth < DEPTH_MAX {
                open.push((entry.path(), format!("{name}/"), depth + 1));
            } else {
                found.insert(name, entry.path());
            }
            if found.len() > FILES_MAX {
                return Err(io::Error::other("too many files for an archive of a case"));
            }
        }
    }
    Ok(found)
}

/// SHA-256 and length.
pub(super) fn digest(path: &Path) -> io::Result<(String, u64)> {
    let mut file = File::open(path)?;
    let (mut hasher, mut block, mut bytes) = (Sha256::new(), vec![0; 256 * 1024], 0);
    loop {
        let read = file.read(&mut block)?;
        let Some(part) = block.get(..read).filter(|part| !part.is_empty()) else { break };
        hasher.update(part);
        bytes += part.len() as u64;
    }
    Ok((hex::encode(&hasher.finalize()), bytes))
}
