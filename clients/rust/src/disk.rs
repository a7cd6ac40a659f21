//! Writing so that a power cut leaves the old bytes or the new ones, never half of either.
//!
//! Write beside, flush to the disk, rename over, flush the folder: after a cut the name leads to
//! one whole version. What was only written beside is swept away by the next process.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::error::LocalError;

/// Ends the name of what is not finished.
const UNFINISHED: &str = "unfinished";

/// Makes `bytes` the content of `path`, durably and all at once.
///
/// # Errors
/// [`LocalError::Disk`]; the old content is still there then.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), LocalError> {
    let beside = path.with_added_extension(UNFINISHED);
    let write = || -> std::io::Result<()> {
        let mut file = File::create(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&beside, path)
    };
    write().map_err(LocalError::at(path))?;
    flush_folder_of(path)
}

/// Gives what was written and flushed at `beside` the name `path`, durably and all at once.
///
/// # Errors
/// [`LocalError::Disk`]; the old content is still there then.
pub fn rename(beside: &Path, path: &Path) -> Result<(), LocalError> {
    fs::rename(beside, path).map_err(LocalError::at(path))?;
    flush_folder_of(path)
}

/// Removes `path` durably. That it is gone already is as good.
///
/// # Errors
/// [`LocalError::Disk`].
pub(crate) fn remove(path: &Path) -> Result<(), LocalError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(LocalError::at(path)(error))
        }
        _ => flush_folder_of(path),
    }
}

/// Makes a folder and those above it.
pub(crate) fn make_folder(path: &Path) -> Result<(), LocalError> {
    fs::create_dir_all(path).map_err(LocalError::at(path))
}

/// The content of `path`; `None` when there is none.
pub(crate) fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, LocalError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(LocalError::at(path)(error)),
    }
}

/// The paths in a folder that are finished, in the order of their names.
pub(crate) fn finished(folder: &Path) -> Result<Vec<PathBuf>, LocalError> {
    let mut paths = list(folder)?;
    paths.retain(|path| !is_unfinished(path));
    paths.sort();
    Ok(paths)
}

/// Removes what a crash left unfinished. Only for whoever holds the folder's lock.
pub(crate) fn sweep(folder: &Path) -> Result<(), LocalError> {
    list(folder)?.iter().filter(|path| is_unfinished(path)).try_for_each(|path| remove(path))
}

fn list(folder: &Path) -> Result<Vec<PathBuf>, LocalError> {
    let found = fs::read_dir(folder).map_err(LocalError::at(folder))?;
    let paths: std::io::Result<Vec<PathBuf>> = found.map(|item| item.map(|i| i.path())).collect();
    paths.map_err(LocalError::at(folder))
}

fn is_unfinished(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == UNFINISHED)
}

/// A name is durable only when the folder that holds it is.
fn flush_folder_of(path: &Path) -> Result<(), LocalError> {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    File::open(folder).and_then(|opened| opened.sync_all()).map_err(LocalError::at(folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_crash_leaves_is_swept_and_never_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("head");
        replace(&path, b"old").unwrap();
        fs::write(folder.path().join("head.unfinished"), b"ne").unwrap();
        assert_eq!(finished(folder.path()).unwrap(), std::slice::from_ref(&path));
        sweep(folder.path()).unwrap();
        assert_eq!(list(folder.path()).unwrap(), std::slice::from_ref(&path));
        replace(&path, b"new").unwrap();
        assert_eq!(read_if_there(&path).unwrap().unwrap(), b"new");
        remove(&path).unwrap();
        remove(&path).unwrap();
        assert_eq!(read_if_there(&path).unwrap(), None);
    }
}
