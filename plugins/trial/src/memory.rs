//! How much memory a piece of work takes, as the kernel counts it for this process. A test that
//! measures stands alone in its program: what other tests take is counted too.

use std::fs;

/// Counts and resets what a process has used at most (`proc(5)`).
const STATUS: &str = "/proc/self/status";
const RESET: &str = "/proc/self/clear_refs";

/// Sets back the peak of resident memory.
const RESET_PEAK: &str = "5";

/// The memory that is in use before a piece of work.
#[derive(Debug, Clone, Copy)]
pub struct Peak {
    before_bytes: u64,
}

impl Peak {
    /// Begins to measure. `None`: this system does not count it, and the test says so.
    #[must_use]
    pub fn begin() -> Option<Self> {
        let reset = fs::write(RESET, RESET_PEAK).ok();
        let before = reset.and_then(|()| counted("VmRSS:"));
        if before.is_none() {
            println!("skipped: the system does not count this process's memory");
        }
        Some(Self { before_bytes: before? })
    }

    /// By how much more than before was in use at the highest moment since, in bytes.
    ///
    /// # Panics
    /// When the system has stopped counting.
    #[must_use]
    pub fn grown_bytes(self) -> u64 {
        let Some(peak) = counted("VmHWM:") else { panic!("{STATUS} has no peak any more") };
        peak.saturating_sub(self.before_bytes)
    }
}

/// A line of the status, in bytes.
fn counted(name: &str) -> Option<u64> {
    let status = fs::read_to_string(STATUS).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kibibytes: u64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}
