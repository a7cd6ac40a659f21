//! `show`: what the witness has seen, for people.

use super::{FOUND, evidence, say};
use barid_proto::tlog::note::Note;
use barid_witness::alarm::Alarm;
use barid_witness::error::WitnessError;
use barid_witness::finding::Halt;
use barid_witness::ledger::Ledger;
use std::path::Path;
use std::process::ExitCode;

pub(super) fn show(folder: &Path) -> Result<ExitCode, WitnessError> {
    let (ledger, keys) = Ledger::open(&folder.join("ledger"), &folder.join("keys"))?;
    let evidence = evidence(folder, Alarm::default());
    let mut text = keys.lines();
    let mut is_halted = false;
    for log in ledger.logs() {
        let head = log.head()?;
        text += &format!("\nlog {}\n  hash: {}\n", log.origin(), log.origin_hash());
        match &head.note {
            None => text += "  nothing cosigned yet\n",
            Some(note) => {
                text += &format!("  cosigned: {} leaves, unix time ", head.seen.size());
                text += &format!("{}\n{}", head.cosigned_at, indented(note));
            }
        }
        for kept in evidence.kept(log.origin_hash())? {
            text += &format!("  evidence: {}\n", kept.display());
        }
        for halt in [Halt::Witness, Halt::Mirror] {
            if let Some(why) = evidence.halted(log.origin_hash(), halt)? {
                text += &format!("  HALTED ({halt:?}): {}\n", why.display());
                is_halted = true;
            }
        }
    }
    let said = say(&text)?;
    Ok(if is_halted { ExitCode::from(FOUND) } else { said })
}

fn indented(note: &Note) -> String {
    note.text().lines().map(|line| format!("    {line}\n")).collect()
}
