//! The foreign verifiers: each a program that takes the folder of the evidence and ends with 0
//! only when everything in it holds.

use std::path::Path;
use std::process::Command;

use super::tools;

/// A foreign verifier.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Verifier {
    /// golang.org/x/mod: what Go's checksum database is checked with.
    GoSumdb,
    /// tlog-scales, Python.
    TlogScales,
    /// aics-tlog, Python.
    AicsTlog,
    /// @sigstore/verify, JavaScript: signatures and inclusion only.
    Sigstore,
}

impl Verifier {
    /// What it finds: a sentence when all holds, else why not.
    pub(crate) fn check(self, evidence: &Path) -> Result<String, String> {
        Self::found(self.program().arg(evidence))
    }

    /// As [`Verifier::check`], but it reads the log over HTTP.
    pub(crate) fn check_over_http(self, evidence: &Path, url: &str) -> Result<String, String> {
        Self::found(self.program().arg(evidence).arg(url))
    }

    fn found(program: &mut Command) -> Result<String, String> {
        let ended = program.output().expect("the verifier starts");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if ended.status.success() { Ok(text(&ended.stdout)) } else { Err(text(&ended.stderr)) }
    }

    /// Whether it reads tiles and bundles, not only signatures and paths.
    pub(crate) fn reads_tiles(self) -> bool {
        !matches!(self, Self::Sigstore)
    }

    fn program(self) -> Command {
        match self {
            Self::GoSumdb => Command::new(tools::go()),
            Self::TlogScales => python("tlog_scales_check.py"),
            Self::AicsTlog => python("aics_tlog_check.py"),
            Self::Sigstore => {
                let mut node = Command::new("node");
                node.arg(tools::node().join("check.js"));
                node
            }
        }
    }
}

fn python(script: &str) -> Command {
    let mut python = Command::new(tools::python().join("python"));
    // Leaves no compiled files among the sources.
    python.env("PYTHONDONTWRITEBYTECODE", "1").arg(tools::sources("python").join(script));
    python
}
