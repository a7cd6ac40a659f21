//! A worker's descriptors: the three that it was given, and no others.
//!
//! Whoever started the host may have left some open for its children. A worker cannot be confined
//! while it holds what it does not know.

#![expect(unsafe_code, reason = "descriptors that nobody owns can be closed by number only")]

use std::fs;
use std::io;
use std::os::fd::RawFd;

/// The last descriptor that a worker is given: its error output.
const LAST: RawFd = 2;

/// Closes what was left open beyond the three.
pub(super) fn close_others() -> io::Result<()> {
    let mut others: Vec<RawFd> = Vec::new();
    for found in fs::read_dir("/proc/self/fd")? {
        let number = found?.file_name().to_str().and_then(|name| name.parse().ok());
        others.extend(number.filter(|number: &RawFd| *number > LAST));
    }
    for number in others {
        // The folder's own descriptor is among them, and closed already: that it cannot be closed
        // again is no failure.
        // SAFETY: the worker has just started, with one thread; nothing in it owns a descriptor
        // beyond the three, so nobody will use or close this number again.
        unsafe { libc::close(number) };
    }
    Ok(())
}
