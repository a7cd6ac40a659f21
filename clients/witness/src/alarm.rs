//! Telling the operator.

use crate::finding::Finding;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Whom to tell: the log of this process always, and a command if the operator named one.
#[derive(Clone, Debug, Default)]
pub struct Alarm {
    /// Run with the arguments `proof` or `suspicion`, origin, sentence and folder of evidence. It
    /// is not waited for, and how it ends is only logged.
    pub command: Option<PathBuf>,
}

impl Alarm {
    /// Tells of a finding whose evidence lies in `folder`.
    pub fn raise(&self, origin: &str, finding: Finding, folder: &Path) {
        let sentence = finding.sentence();
        let evidence = folder.display().to_string();
        let weight = if finding.is_proof() { "proof" } else { "suspicion" };
        tracing::error!(origin, weight, evidence, "{sentence}");
        if let Some(command) = &self.command {
            run(command, [weight, origin, sentence, &evidence]);
        }
    }

    /// Tells that a log has been silent for so many seconds.
    pub fn silence(&self, origin: &str, seconds: u64) {
        tracing::error!(origin, seconds, "the hub has not asked for a cosignature");
        if let Some(command) = &self.command {
            run(command, ["silence", origin, "the hub has not asked for a cosignature", ""]);
        }
    }
}

/// Evidence is bounded in number, and with it how often this runs.
fn run(command: &Path, arguments: [&str; 4]) {
    let started = Command::new(command)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let command = command.display().to_string();
    match started {
        // A thread only to take note of its end; otherwise it would stay as a dead process.
        Ok(mut child) => {
            std::thread::spawn(move || match child.wait() {
                Ok(ended) if ended.success() => {}
                ended => tracing::error!(command, ?ended, "the alarm command failed"),
            });
        }
        Err(error) => tracing::error!(command, %error, "the alarm command cannot be run"),
    }
}
