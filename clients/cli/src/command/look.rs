//! Looking at documents on this machine, in a worker as a hub has it.

use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use barid_client::draft;
use barid_look::{Look, Verdict, wording as looks};
use barid_plugin_host::Looker;
use barid_plugin_host::worker::Program;
use barid_proto::v1::AssessmentFinding;
use serde_json::{Value, json};

use crate::exit::Failure;
use crate::wording::{self, Lang};

/// Bytes that are read at once.
const PIECE_BYTES: usize = 1024 * 1024;

/// A document that was looked at.
pub(super) struct Seen {
    name: String,
    claimed: &'static str,
    look: Look,
}

impl Seen {
    /// Whether a person should look before it is filed.
    pub(super) fn is_wrong(&self) -> bool {
        self.look.verdict(self.claimed) == Verdict::OutOfOrder
    }
}

/// Looks at documents. They are claimed to be what their names say, as when they are filed.
pub(super) fn at(paths: &[PathBuf]) -> Result<Vec<Seen>, Failure> {
    if paths.is_empty() {
        return Ok(Vec::new());
    }
    let looker = Looker::start(&Program::own());
    let looker = looker.map_err(|error| Failure::usage(error.to_string()))?;
    paths.iter().map(|path| look(&looker, path)).collect()
}

fn look(looker: &Looker, path: &Path) -> Result<Seen, Failure> {
    let name = path.display().to_string();
    let failed = |error| Failure::usage(format!("{name}: {error}"));
    let opened = File::open(path).map_err(failed)?;
    let size = opened.metadata().map_err(failed)?.len();
    let read = |at| {
        let mut piece = vec![0; PIECE_BYTES];
        let length = opened.read_at(&mut piece, at)?;
        piece.truncate(length);
        Ok(piece)
    };
    let deadline = Instant::now() + Duration::from_millis(Looker::DEADLINE_MS);
    let look = looker.look(size, &read, "", deadline);
    let look = look.map_err(|failure| Failure::usage(format!("{name}: {failure}")))?;
    Ok(Seen { name, claimed: draft::media_type(path), look })
}

/// A line for each, as a docket shows it.
pub(super) fn lines(lang: Lang, seen: &[Seen]) -> Vec<String> {
    let line = |one: &Seen| {
        let what = looks::told(lang.explained(), one.claimed, &one.look);
        let told = format!("{}: {}", lang.isolate(&one.name), lang.isolate(&what));
        let finding = match one.look.verdict(one.claimed) {
            Verdict::InOrder => return told,
            Verdict::OutOfOrder => AssessmentFinding::OutOfOrder,
            Verdict::Undecided => AssessmentFinding::Undecided,
        };
        format!("{}: {told}", wording::finding(lang, finding))
    };
    seen.iter().map(line).collect()
}

/// The same for programs.
pub(super) fn values(seen: &[Seen]) -> Value {
    let value = |one: &Seen| {
        json!({
            "path": one.name,
            "claimed": one.claimed,
            "in_order": one.look.verdict(one.claimed) == Verdict::InOrder,
            "found": one.look,
        })
    };
    seen.iter().map(value).collect()
}
