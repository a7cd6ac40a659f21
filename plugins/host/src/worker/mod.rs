//! A worker: a process of its own in which one plugin runs, or documents are looked at, having
//! given up everything else.
//!
//! The host starts its own program again with [`ARGUMENT`], an empty environment and three
//! descriptors: a socket to talk over, the sealed library, and an error output. The worker limits
//! itself (`confine`), loads the library, describes it, and then answers one call at a time until
//! the host hangs up. It holds no key, no path and no other connection; what it could do with one
//! is stopped by the kernel. How much of this the kernel can do is part of the first answer
//! ([`Confinement`]).
//!
//! A host keeps a few workers for each plugin (`pool`). One call, one worker: a document that ends
//! its worker costs nobody else anything.

mod asked;
mod child;
#[cfg(target_os = "linux")]
mod confine;
#[cfg(not(target_os = "linux"))]
#[path = "unconfined.rs"]
mod confine;
mod descriptors;
mod ending;
mod frame;
mod pool;
mod priority;
mod timed;

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub(crate) use asked::{Asked, Shown};
pub(crate) use child::Limits;
pub use child::run;
pub(crate) use pool::Pool;

/// What a program that can be a worker is started with, as its only argument.
pub const ARGUMENT: &str = "plugin-worker";

/// The program that is started as a worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// An executable that calls [`run`] when its only argument is [`ARGUMENT`].
    pub path: PathBuf,
    /// Whether what the plugin writes to its error output is shown, for its authors. A hub does
    /// not: it may be case data.
    pub show_errors: bool,
}

impl Program {
    /// This very program, also when its file was exchanged since it started.
    #[must_use]
    pub fn own() -> Self {
        let path = if cfg!(target_os = "linux") {
            PathBuf::from("/proc/self/exe")
        } else {
            std::env::current_exe().unwrap_or_default()
        };
        Self { path, show_errors: false }
    }
}

/// What keeps a worker in, as far as this machine's kernel can.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confinement {
    /// Landlock: no path can be opened, not even by the library's constructors.
    pub no_files: Layer,
    /// seccomp: no system calls but those for computing and answering. No network, no processes,
    /// no threads, no signals to others.
    pub no_calls: Layer,
    /// Limits on memory, computing time, written files and descriptors.
    pub limits: Layer,
}

/// Whether one part of a [`Confinement`] is in force.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layer {
    /// The kernel does not have it.
    #[default]
    Absent,
    /// The kernel has an older form of it.
    Partial,
    /// As it should be.
    Full,
}

impl Confinement {
    /// Whether every part is in force.
    #[must_use]
    pub fn is_full(&self) -> bool {
        [self.no_files, self.no_calls, self.limits] == [Layer::Full; 3]
    }
}

impl fmt::Display for Confinement {
    /// One plain sentence for an operator.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_full() {
            return formatter.write_str(
                "runs in a worker without files, network, processes and threads, its memory and \
                 computing time limited",
            );
        }
        formatter.write_str("runs in a worker, but this kernel cannot keep everything in:")?;
        let mut told = false;
        for (layer, name, risk) in [
            (self.no_files, "Landlock", "while it is being loaded it can read the hub's files"),
            (self.no_calls, "seccomp", "it can open files and connections and start programs"),
            (self.limits, "the set of limits", "it can use up memory"),
        ] {
            let how = match layer {
                Layer::Full => continue,
                Layer::Partial => "is of an older kind",
                Layer::Absent => "is missing",
            };
            let separator = if told { ";" } else { "" };
            write!(formatter, "{separator} {name} {how}, so {risk}")?;
            told = true;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_said_plainly() {
        let full = Layer::Full;
        let all = Confinement { no_files: full, no_calls: full, limits: full };
        assert!(all.to_string().contains("without files, network"));
        let old = Confinement { no_files: Layer::Partial, ..all };
        assert_eq!(
            old.to_string(),
            "runs in a worker, but this kernel cannot keep everything in: Landlock is of an older \
             kind, so while it is being loaded it can read the hub's files"
        );
        let none = Confinement::default().to_string();
        for name in
            ["Landlock is missing", "; seccomp is missing", "; the set of limits is missing"]
        {
            assert!(none.contains(name), "{none}");
        }
    }
}
