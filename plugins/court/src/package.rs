//! The archive in which a ruling and its row of the register travel: one Word file, one CSV table,
//! and nothing else that would be signed without being read.

use barid_plugin::Problems;
use barid_word_reading::{Archive, Fault};

use crate::said;

/// Media type of the archive (IANA).
pub(crate) const MEDIA_TYPE: &str = "application/zip";

/// Largest Word file in it, and largest table, in bytes unpacked. The hub hands over 16 MiB at
/// most, and a Word file, itself an archive, does not get smaller by packing.
const WORD_MAX_BYTES: u64 = 32 << 20;
const TABLE_MAX_BYTES: u64 = 8 << 20;

/// The two files.
#[derive(Debug)]
pub(crate) struct Package {
    /// What the Word file is called, without folders.
    pub(crate) word_name: String,
    pub(crate) word: Vec<u8>,
    pub(crate) table: Vec<u8>,
}

/// Opens the archive. `None`: it is not one, or one of the two is missing, and the problems say so.
pub(crate) fn open(input: &[u8], problems: &mut Problems) -> Option<Package> {
    let mut archive = match Archive::open(input) {
        Ok(archive) => archive,
        Err(fault) => {
            said::fault(problems, &fault);
            return None;
        }
    };
    if archive.has("[Content_Types].xml") {
        said::without_table(problems);
        return None;
    }
    let names: Vec<String> =
        archive.names().filter(|name| !is_litter(name)).map(str::to_owned).collect();
    let (word_names, others): (Vec<_>, Vec<_>) =
        names.into_iter().partition(|name| is_writing(name));
    let (tables, extra): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|name| ends_with(name, &[".csv"]));
    for name in &extra {
        said::extra(problems, name);
    }
    let word = one(&word_names, ".docx", problems);
    let table = one(&tables, ".csv", problems);
    let (word, table) = (word?, table?);
    let packed = (
        unpacked(&mut archive, word, WORD_MAX_BYTES, problems),
        unpacked(&mut archive, table, TABLE_MAX_BYTES, problems),
    );
    let word_name = word.rsplit('/').next().unwrap_or(word).to_owned();
    Some(Package { word_name, word: packed.0?, table: packed.1? })
}

/// What operating systems put into archives unasked.
fn is_litter(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    name.starts_with("__MACOSX/")
        || file.starts_with("._")
        || matches!(file, ".DS_Store" | "Thumbs.db" | "desktop.ini")
}

/// Whether a file is meant as the ruling: also one of a kind that is refused by name.
fn is_writing(name: &str) -> bool {
    ends_with(name, &[".docx", ".doc", ".docm", ".rtf", ".odt", ".pdf"])
}

fn ends_with(name: &str, endings: &[&str]) -> bool {
    let name = name.to_lowercase();
    endings.iter().any(|ending| name.ends_with(ending))
}

fn one<'n>(names: &'n [String], kind: &str, problems: &mut Problems) -> Option<&'n str> {
    match names {
        [name] => Some(name),
        [] => {
            said::missing(problems, kind);
            None
        }
        several => {
            said::several(problems, kind, several);
            None
        }
    }
}

fn unpacked(
    archive: &mut Archive<'_>,
    name: &str,
    max_bytes: u64,
    problems: &mut Problems,
) -> Option<Vec<u8>> {
    let read = archive.read(name, max_bytes);
    read.map_err(|fault: Fault| said::fault(problems, &fault)).ok()
}
