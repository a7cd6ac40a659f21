//! `check`: hashes what the mirrors hold again.

use super::{FOUND, open, say};
use barid_witness::Clock;
use barid_witness::alarm::Alarm;
use barid_witness::error::WitnessError;
use barid_witness::settings::Settings;
use std::path::Path;
use std::process::ExitCode;

pub(super) fn check(folder: &Path, clock: &Clock) -> Result<ExitCode, WitnessError> {
    let settings = Settings::read(folder)?;
    let (witness, mirror_keys) = open(folder, Alarm::default(), clock)?;
    let mirror = super::serve::mirror(folder, &settings, &witness, mirror_keys, clock)?;
    let Some(mirror) = mirror else {
        return say("nothing is mirrored\n");
    };
    match mirror.audit() {
        Ok(()) => say(&format!("{}: {} leaves are intact\n", mirror.origin(), mirror.size())),
        Err(damage) => {
            say(&format!("{}: {damage}\n", mirror.origin()))?;
            Ok(ExitCode::from(FOUND))
        }
    }
}
