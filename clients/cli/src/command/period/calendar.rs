//! Calendars for what-ifs, from texts of closures: those that come with Barid, and others.

use std::path::Path;

use barid_proto::period::{GAZETTES, Gazette, parse_gazette};
use barid_proto::v1::HolidayCalendar;

use crate::exit::Failure;
use crate::profile;

/// The calendars that an institution would file of a text: `IQ`, or a path.
pub(in super::super) fn read(
    named: &str,
    institution: &str,
) -> Result<Vec<HolidayCalendar>, Failure> {
    if let Some((_, text)) = GAZETTES.iter().find(|(name, _)| *name == named) {
        return Ok(gazette(named, text)?.calendars(institution));
    }
    let path = Path::new(named);
    if !path.is_file() {
        let known: Vec<&str> = GAZETTES.iter().map(|(name, _)| *name).collect();
        let known = known.join(", ");
        let what =
            format!("{named:?} is neither a calendar that is known here ({known}) nor a file");
        return Err(Failure::usage(what));
    }
    let text = String::from_utf8(profile::read(path)?)
        .map_err(|_| Failure::usage(format!("{named}: is not UTF-8")))?;
    Ok(gazette(named, &text)?.calendars(institution))
}

/// Everything that is wrong comes with its place: `path:line:column: what`.
fn gazette(named: &str, text: &str) -> Result<Gazette, Failure> {
    parse_gazette(text).map_err(|problems| {
        let lines: Vec<String> =
            problems.iter().map(|problem| format!("{named}:{problem}")).collect();
        Failure::usage(lines.join("\n"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calendars_come_by_name_or_from_a_text() {
        let known = read("IQ", "ihec").unwrap();
        assert!(known.iter().any(|one| one.covers_from.is_some()));
        assert!(known.iter().flat_map(|one| &one.offices).all(|one| one.institution == "ihec"));
        let why = read("XX", "ihec").unwrap_err().to_string();
        assert!(why.contains("known here (IQ)"), "{why}");
    }

    #[test]
    fn everything_that_is_wrong_is_told_with_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wrong.toml");
        let text = "zone = \"Moon/Crater\"\nclosure = []\n[[complete]]\nfrom = 2025-11-30\n\
                    until = 2025-11-01\nbasis = \"x\"\n";
        std::fs::write(&path, text).unwrap();
        let why = read(&path.display().to_string(), "ihec").unwrap_err().to_string();
        assert!(why.contains("wrong.toml:1:8: ") && why.contains("wrong.toml:5:9: "), "{why}");
    }
}
