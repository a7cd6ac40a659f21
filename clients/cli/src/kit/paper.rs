//! The documents that an institution gives along: `DIR/<format>/<kind>/NAME`, or named one by one
//! in `DIR/check.toml`. plugins/README.md explains both.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use barid_proto::v1::{FilingKind, PluginDescription};
use serde::Deserialize;

use crate::command::parse;

/// The list of documents within the folder.
const LIST: &str = "check.toml";

/// Most documents: each is read some hundred times.
const PAPERS_MAX: usize = 1_000;

/// Largest document that is looked at, in bytes: what no hub takes in one piece.
const PAPER_BYTES_MAX: u64 = 128 * 1024 * 1024;

/// One document.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Paper {
    /// Its path within the folder.
    pub(crate) name: String,
    /// The format that reads it.
    pub(crate) format: String,
    /// The kind of filing it is.
    pub(crate) kind: FilingKind,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// What its author expects. `None`: either will do.
    pub(crate) expected: Option<Expected>,
    /// Codes of problems that must be among those that it has.
    pub(crate) problems: Vec<String>,
}

/// What a document's author expects of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Expected {
    /// It is read.
    Content,
    /// It cannot be read.
    Problems,
}

/// Why there are no documents.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PaperError {
    /// The disk.
    #[error("{0}: {1}")]
    Disk(PathBuf, io::Error),
    /// The list is not as it should be.
    #[error("{0}: {1}")]
    List(PathBuf, String),
    /// A folder is named after nothing.
    #[error("{0}: {1}")]
    Folder(PathBuf, String),
    /// Too many, or one is too large.
    #[error("{0}: {1}")]
    Bounds(PathBuf, String),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    documents: Vec<Listed>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    path: PathBuf,
    format: String,
    kind: String,
    expect: Option<Expected>,
    #[serde(default)]
    problems: Vec<String>,
}

/// Reads the documents of a folder, of these kinds (all when there is none), by their paths.
///
/// # Errors
/// [`PaperError`]; the first.
pub(crate) fn papers(
    folder: &Path,
    plugin: &PluginDescription,
    kinds: &[FilingKind],
) -> Result<Vec<Paper>, PaperError> {
    let list = folder.join(LIST);
    let mut papers = match fs::read_to_string(&list) {
        Ok(text) => listed(folder, &list, &text, plugin)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => laid_out(folder, plugin)?,
        Err(error) => return Err(PaperError::Disk(list, error)),
    };
    papers.retain(|paper| kinds.is_empty() || kinds.contains(&paper.kind));
    papers.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(papers)
}

fn listed(
    folder: &Path,
    list: &Path,
    text: &str,
    plugin: &PluginDescription,
) -> Result<Vec<Paper>, PaperError> {
    let wrong = |what: String| PaperError::List(list.to_owned(), what);
    let read: List = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
    if read.documents.len() > PAPERS_MAX {
        return Err(wrong(format!("names more than {PAPERS_MAX} documents")));
    }
    let paper = |one: Listed| {
        let kind = parse::kind(&one.kind).map_err(&wrong)?;
        knows(plugin, &one.format, kind).map_err(&wrong)?;
        let bytes = read_bounded(&folder.join(&one.path))?;
        let name = one.path.display().to_string();
        let Listed { format, expect: expected, problems, .. } = one;
        Ok(Paper { name, format, kind, bytes, expected, problems })
    };
    read.documents.into_iter().map(paper).collect()
}

/// `DIR/<format without its plugin's name>/<kind>/NAME`.
fn laid_out(folder: &Path, plugin: &PluginDescription) -> Result<Vec<Paper>, PaperError> {
    let mut papers = Vec::new();
    for (name, formats) in within(folder)? {
        if !formats.is_dir() {
            continue;
        }
        let format = format!("{}/{name}", plugin.name);
        for (kind, kinds) in within(&formats)? {
            let wrong = |what: String| PaperError::Folder(kinds.clone(), what);
            let kind = parse::kind(&kind).map_err(wrong)?;
            knows(plugin, &format, kind).map_err(wrong)?;
            for (_, path) in within(&kinds)? {
                if papers.len() == PAPERS_MAX {
                    let what = format!("holds more than {PAPERS_MAX} documents");
                    return Err(PaperError::Bounds(folder.to_owned(), what));
                }
                let bytes = read_bounded(&path)?;
                let name = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
                let (expected, problems, format) = (None, Vec::new(), format.clone());
                papers.push(Paper { name, format, kind, bytes, expected, problems });
            }
        }
    }
    Ok(papers)
}

/// What is in a folder, by name, without what is hidden.
fn within(folder: &Path) -> Result<Vec<(String, PathBuf)>, PaperError> {
    let failed = |error| PaperError::Disk(folder.to_owned(), error);
    let mut found = Vec::new();
    for one in fs::read_dir(folder).map_err(failed)? {
        let one = one.map_err(failed)?;
        let name = one.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            found.push((name, one.path()));
        }
    }
    found.sort();
    Ok(found)
}

fn knows(plugin: &PluginDescription, format: &str, kind: FilingKind) -> Result<(), String> {
    let Some(found) = plugin.formats.iter().find(|one| one.id == format) else {
        let ids: Vec<&str> = plugin.formats.iter().map(|one| one.id.as_str()).collect();
        return Err(format!("{format:?} is no format of the plugin; it has {}", ids.join(", ")));
    };
    if found.decodes().any(|one| one == kind) {
        return Ok(());
    }
    Err(format!("{format} does not read filings of the kind {}", kind.as_str_name()))
}

fn read_bounded(path: &Path) -> Result<Vec<u8>, PaperError> {
    let failed = |error| PaperError::Disk(path.to_owned(), error);
    if fs::metadata(path).map_err(failed)?.len() > PAPER_BYTES_MAX {
        let what = format!("has more than {PAPER_BYTES_MAX} bytes");
        return Err(PaperError::Bounds(path.to_owned(), what));
    }
    fs::read(path).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use barid_proto::v1::FormatDescription;

    fn plugin() -> PluginDescription {
        let format = FormatDescription {
            id: "specimen/line+text".to_owned(),
            decodes: vec![FilingKind::Query.into()],
            ..FormatDescription::default()
        };
        let (name, version) = ("specimen".to_owned(), "1".to_owned());
        PluginDescription { name, version, formats: vec![format] }
    }

    fn folder(contents: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in contents {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    #[test]
    fn folders_name_format_and_kind() {
        let folder = folder(&[
            ("line+text/query/b.txt", "2: b"),
            ("line+text/query/a.txt", "1: a"),
            ("line+text/query/.hidden", "x"),
            ("README", "x"),
        ]);
        let found = papers(folder.path(), &plugin(), &[]).unwrap();
        let names: Vec<&str> = found.iter().map(|paper| paper.name.as_str()).collect();
        assert_eq!(names, ["line+text/query/a.txt", "line+text/query/b.txt"]);
        assert_eq!(found[0].format, "specimen/line+text");
        assert_eq!((found[0].kind, found[0].bytes.as_slice()), (FilingKind::Query, &b"1: a"[..]));
        assert_eq!(papers(folder.path(), &plugin(), &[FilingKind::Answer]).unwrap(), []);
    }

    #[test]
    fn list_names_what_is_expected() {
        let list = "[[documents]]\npath = \"a.txt\"\nformat = \"specimen/line+text\"\n\
                    kind = \"query\"\nexpect = \"problems\"\nproblems = [\"line-too-long\"]\n";
        let folder = folder(&[("check.toml", list), ("a.txt", "x")]);
        let found = papers(folder.path(), &plugin(), &[]).unwrap();
        assert_eq!(found[0].expected, Some(Expected::Problems));
        assert_eq!(found[0].problems, ["line-too-long"]);
    }

    #[test]
    fn what_leads_nowhere_is_told() {
        let said = |contents: &[(&str, &str)]| {
            papers(folder(contents).path(), &plugin(), &[]).unwrap_err().to_string()
        };
        assert!(said(&[("page+text/query/a", "")]).contains("it has specimen/line+text"));
        assert!(said(&[("line+text/poem/a", "")]).contains("is no kind of filing"));
        assert!(said(&[("line+text/answer/a", "")]).contains("does not read"));
        assert!(said(&[("check.toml", "documents = 1")]).contains("check.toml"));
        assert!(said(&[("check.toml", "documents = []\nmore = 1")]).contains("unknown field"));
        let absent = "[[documents]]\npath = \"a\"\nformat = \"specimen/line+text\"\n\
                      kind = \"query\"\n";
        assert!(said(&[("check.toml", absent)]).contains("/a: "));
    }
}
