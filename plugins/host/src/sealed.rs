//! What is loaded is what was hashed.
//!
//! A library is read once, its digest compared, and those same bytes go into memory that nobody,
//! not even the hub, can change any more; the system's loader reads them from there. A library that
//! is exchanged on the disk meanwhile makes no difference.
//!
//! Sealed memory exists on Linux, where hubs run. Elsewhere (a developer's machine) the path itself
//! is loaded, right after its digest was compared; whoever can write there can win that race.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
#[cfg(target_os = "linux")]
use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::error::{LibraryFailure, LoadFailure};
use crate::manifest::to_hex;

/// Largest library, in bytes. An unstripped debug build of a format has about a tenth of it.
const LIBRARY_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// How long the kernel may hold pages of memory that is to be sealed, and how often one looks. Seen
/// once in some thousands of starts, on a machine short of memory.
#[cfg(target_os = "linux")]
const PINNED_MAX: Duration = Duration::from_secs(5);
#[cfg(target_os = "linux")]
const GLANCE: Duration = Duration::from_millis(20);

/// Reads a library and compares its digest.
///
/// # Errors
/// [`LoadFailure::Unreadable`], [`LoadFailure::TooLarge`], [`LoadFailure::DigestDiffers`].
pub fn read(path: &Path, expected: &[u8; 32]) -> Result<Vec<u8>, LoadFailure> {
    let (bytes, found) = hashed(path)?;
    if found != *expected {
        return Err(LoadFailure::DigestDiffers {
            expected: to_hex(expected),
            found: to_hex(&found),
        });
    }
    Ok(bytes)
}

/// The digest of a library that nobody has approved yet.
///
/// # Errors
/// [`LoadFailure::Unreadable`], [`LoadFailure::TooLarge`].
pub fn digest(path: &Path) -> Result<[u8; 32], LoadFailure> {
    Ok(hashed(path)?.1)
}

fn hashed(path: &Path) -> Result<(Vec<u8>, [u8; 32]), LoadFailure> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(LIBRARY_BYTES_MAX + 1).read_to_end(&mut bytes))
        .map_err(LoadFailure::Unreadable)?;
    if bytes.len() as u64 > LIBRARY_BYTES_MAX {
        return Err(LoadFailure::TooLarge { max: LIBRARY_BYTES_MAX });
    }
    let found = Sha256::digest(&bytes).into();
    Ok((bytes, found))
}

/// Bytes that cannot change any more, under a path that the system's loader can open.
#[cfg(target_os = "linux")]
#[derive(Debug)]
pub(crate) struct Sealed(File);

#[cfg(target_os = "linux")]
impl Sealed {
    /// Copies the library into sealed memory.
    pub(crate) fn new(_path: &Path, library: &[u8]) -> Result<Self, LoadFailure> {
        use std::io::Write;
        use std::thread;
        use std::time::Instant;

        use rustix::fs::{MemfdFlags, SealFlags, fcntl_add_seals, memfd_create};
        use rustix::io::Errno;

        if !library.starts_with(b"\x7FELF") {
            return Err(LibraryFailure::NotALibrary.into());
        }
        let flags = MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING;
        let memory = memfd_create("barid-plugin", flags)
            .map_err(|error| LoadFailure::Sealing(error.into()))?;
        let mut memory = File::from(memory);
        memory.write_all(library).map_err(LoadFailure::Sealing)?;
        let seals = SealFlags::WRITE | SealFlags::GROW | SealFlags::SHRINK | SealFlags::SEAL;
        let until = Instant::now() + PINNED_MAX;
        loop {
            match fcntl_add_seals(&memory, seals) {
                Ok(()) => return Ok(Self(memory)),
                // Nobody but this thread has the memory: it is the kernel, which looks at pages or
                // moves them, and lets go of them soon.
                Err(Errno::BUSY) if Instant::now() < until => thread::sleep(GLANCE),
                Err(error) => return Err(LoadFailure::Sealing(error.into())),
            }
        }
    }

    /// The memory, for a worker that takes it along as one of its descriptors.
    pub(crate) fn memory(&self) -> std::io::Result<std::os::fd::OwnedFd> {
        Ok(self.0.try_clone()?.into())
    }

    /// Where the loader finds it.
    pub(crate) fn path(&self) -> PathBuf {
        use std::os::fd::AsRawFd;

        PathBuf::from(format!("/proc/self/fd/{}", self.0.as_raw_fd()))
    }

    /// Keeps the path taken until the process ends. The loader knows libraries by their path: were
    /// the number given to another plugin later, the loader would answer with this library again.
    pub(crate) fn keep(self) {
        std::mem::forget(self.0);
    }
}

/// The library's own path: see the module's description.
#[cfg(not(target_os = "linux"))]
#[derive(Debug)]
pub(crate) struct Sealed(PathBuf);

#[cfg(not(target_os = "linux"))]
impl Sealed {
    /// Remembers the path.
    pub(crate) fn new(path: &Path, _library: &[u8]) -> Result<Self, LoadFailure> {
        Ok(Self(path.to_owned()))
    }

    /// The library, opened, for a worker that takes it along as one of its descriptors.
    pub(crate) fn memory(&self) -> std::io::Result<std::os::fd::OwnedFd> {
        Ok(File::open(&self.0)?.into())
    }

    /// Where the loader finds it.
    pub(crate) fn path(&self) -> PathBuf {
        self.0.clone()
    }

    /// Nothing to keep: the path stays what it is.
    pub(crate) fn keep(self) {}
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::fs::OpenOptions;
    use std::io::Write;

    use super::*;

    #[test]
    fn sealed_library_cannot_be_changed_any_more() {
        let sealed = Sealed::new(Path::new("any.so"), b"\x7FELF and so on").unwrap();
        let mut again = OpenOptions::new().read(true).write(true).open(sealed.path()).unwrap();
        assert!(again.write_all(b"other bytes").is_err());
        assert!(again.set_len(0).is_err());
        let mut bytes = Vec::new();
        again.read_to_end(&mut bytes).unwrap();
        assert_eq!(bytes, b"\x7FELF and so on");
    }

    #[test]
    fn digest_is_compared_with_what_was_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("any.so");
        std::fs::write(&path, b"abc").unwrap();
        // FIPS 180-2, appendix B.1.
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let digest = Sha256::digest(b"abc").into();
        assert_eq!(to_hex(&digest), known);
        assert_eq!(read(&path, &digest).unwrap(), b"abc");
        assert!(matches!(read(&path, &[0; 32]), Err(LoadFailure::DigestDiffers { .. })));
    }
}
