//! How a process ended, in words for an operator.

use std::os::unix::process::ExitStatusExt as _;
use std::process::ExitStatus;

use rustix::process::Signal;

/// What the end of a worker says about its plugin.
pub(super) fn told(status: ExitStatus) -> String {
    let Some(number) = status.signal() else {
        let code = status.code().unwrap_or_default();
        return format!("it ended itself, with code {code}");
    };
    let why = match Signal::from_named_raw(number) {
        Some(Signal::ABORT) => "it aborted: memory used up, a failed assertion or a full stack",
        Some(Signal::SEGV) => "it used memory that is not its own, or its stack was full",
        Some(Signal::BUS) => "it used memory that is not there",
        Some(Signal::ILL) => "it ran into an instruction that does not exist, or trapped itself",
        Some(Signal::FPE) => "it divided by zero",
        Some(Signal::XCPU) => "it computed for too long",
        Some(Signal::KILL) => "it was killed: by its limit of computing time, or for memory",
        Some(Signal::SYS) => "it made a system call that ends it",
        _ => "it was ended by a signal",
    };
    format!("{why} (signal {number})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signals_and_codes_are_told_apart() {
        assert_eq!(told(ExitStatus::from_raw(3 << 8)), "it ended itself, with code 3");
        assert!(told(ExitStatus::from_raw(6)).contains("aborted"));
        assert!(told(ExitStatus::from_raw(11)).ends_with("(signal 11)"));
        assert!(told(ExitStatus::from_raw(10)).contains("a signal"));
    }
}
