//! Every library that was ever used here, by its digest: an old record can be read again by what
//! read it first.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use barid_plugin_host::manifest::to_hex;
use barid_plugin_host::worker::Program;
use barid_plugin_host::{LoadFailure, Plugin, PluginManifest, quoted, read_library};

use super::FormatError;

/// The folder in which libraries are kept.
#[derive(Debug)]
pub(super) struct Kept(PathBuf);

impl Kept {
    pub(super) fn open(folder: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }

    /// Keeps a library with what its operator allowed. One that is there already stays as it is,
    /// its limits are those of today.
    pub(super) fn keep(&self, manifest: &PluginManifest) -> Result<(), FormatError> {
        let (library, own) = self.paths(&manifest.sha256);
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |error| FormatError::Keeping { path, error }
        };
        if !library.exists() {
            let bytes = read_library(&manifest.path, &manifest.sha256)
                .map_err(|failure| FormatError::Loading { path: manifest.path.clone(), failure })?;
            write(&library, &bytes).map_err(failed(&library))?;
        }
        // Read again it never runs within the hub: nobody looks after old libraries.
        let kept = PluginManifest { path: library, in_process: false, ..manifest.clone() };
        let text = toml::to_string(&kept).map_err(io::Error::other).map_err(failed(&own))?;
        if fs::read(&own).is_ok_and(|there| there == text.as_bytes()) {
            return Ok(());
        }
        write(&own, text.as_bytes()).map_err(failed(&own))
    }

    /// Loads a library that was kept, in a worker.
    pub(super) fn load(&self, sha256: &[u8; 32], program: &Program) -> Result<Plugin, FormatError> {
        let (library, own) = self.paths(sha256);
        let text = fs::read_to_string(&own)
            .map_err(|_| FormatError::NotKept { sha256: to_hex(sha256) })?;
        let loading = |failure| FormatError::Loading { path: library.clone(), failure };
        let manifest: PluginManifest = toml::from_str(&text)
            .map_err(|error| loading(LoadFailure::Manifest(quoted(&error.to_string()))))?;
        let manifest = PluginManifest { path: library.clone(), sha256: *sha256, ..manifest };
        Plugin::load(&manifest, program).map_err(loading)
    }

    fn paths(&self, sha256: &[u8; 32]) -> (PathBuf, PathBuf) {
        let stem = self.0.join(to_hex(sha256));
        (stem.with_extension("so"), stem.with_extension("toml"))
    }
}

/// Writes under another name, makes it durable, and gives it its own: never half there.
pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let unfinished = path.with_extension("unfinished");
    let written = File::create(&unfinished)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&unfinished, path));
    if written.is_err() {
        // What is half there would take room that others need.
        let _ = fs::remove_file(&unfinished);
    }
    written?;
    path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}
