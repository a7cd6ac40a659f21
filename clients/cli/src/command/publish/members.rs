//! Who sits in a deciding body, as a text.
//!
//! ```toml
//! body = "council"
//!
//! [[change]]
//! seat = 1
//! action = "take"          # take, oath, leave, chair or prolong
//! member = "m-17"          # never given to another person
//! name = "…"
//! from = 2025-01-07
//! term-until = 2027-01-07  # with take and prolong
//! profession = "judge"     # with take
//! sex = "female"           # with take
//! ```

use std::path::Path;

use barid_proto::v1::{CivilDate, MembershipChanged, SeatAction, SeatChange, Sex};
use serde::Deserialize;
use toml::value::Datetime;

use crate::exit::Failure;
use crate::profile;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    body: String,
    change: Vec<WrittenChange>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenChange {
    seat: u32,
    action: Action,
    member: String,
    #[serde(default)]
    name: String,
    from: Datetime,
    term_until: Option<Datetime>,
    #[serde(default)]
    profession: String,
    sex: Option<WrittenSex>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Action {
    Take,
    Oath,
    Leave,
    Chair,
    Prolong,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum WrittenSex {
    Female,
    Male,
}

/// Reads such a text.
pub(super) fn read(path: &Path) -> Result<MembershipChanged, Failure> {
    let wrong = |what: String| Failure::usage(format!("{}: {what}", path.display()));
    let text = String::from_utf8(profile::read(path)?).map_err(|_| wrong("not UTF-8".into()))?;
    let written: Written = toml::from_str(&text).map_err(|error| wrong(error.to_string()))?;
    let changes = written.change.into_iter().map(change).collect::<Result<_, _>>();
    let changes = changes.map_err(wrong)?;
    Ok(MembershipChanged { body: written.body, changes, act: None })
}

fn change(written: WrittenChange) -> Result<SeatChange, String> {
    let action = match written.action {
        Action::Take => SeatAction::Take,
        Action::Oath => SeatAction::Oath,
        Action::Leave => SeatAction::Leave,
        Action::Chair => SeatAction::Chair,
        Action::Prolong => SeatAction::Prolong,
    };
    let sex = match written.sex {
        Some(WrittenSex::Female) => Sex::Female,
        Some(WrittenSex::Male) => Sex::Male,
        None => Sex::Unspecified,
    };
    Ok(SeatChange {
        seat: written.seat,
        action: action.into(),
        member_id: written.member,
        name: written.name,
        effective_from: Some(day(&written.from)?),
        term_until: written.term_until.as_ref().map(day).transpose()?,
        profession: written.profession,
        sex: sex.into(),
        cause: None,
    })
}

fn day(written: &Datetime) -> Result<CivilDate, String> {
    let date = written.date.filter(|_| written.time.is_none());
    let date = date.ok_or_else(|| format!("{written} is no day: write 2025-01-07"))?;
    Ok(CivilDate { year: date.year.into(), month: date.month.into(), day: date.day.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(text: &str) -> Result<MembershipChanged, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("members.toml");
        std::fs::write(&path, text).unwrap();
        read(&path).map_err(|failure| failure.to_string())
    }

    #[test]
    fn a_seat_is_taken_and_the_oath_sworn() {
        let text = "body = \"council\"\n[[change]]\nseat = 1\naction = \"take\"\nmember = \"m1\"\n\
                    from = 2025-01-07\nterm-until = 2027-01-07\nsex = \"female\"\n[[change]]\n\
                    seat = 1\naction = \"oath\"\nmember = \"m1\"\nfrom = 2025-01-08\n";
        let change = reading(text).unwrap();
        assert_eq!((change.body.as_str(), change.changes.len()), ("council", 2));
        assert_eq!(change.changes[0].action(), SeatAction::Take);
        assert_eq!(change.changes[0].sex(), Sex::Female);
        let sworn = Some(CivilDate { year: 2025, month: 1, day: 8 });
        assert_eq!(change.changes[1].effective_from, sworn);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let why =
            reading("body = \"council\"\n[[change]]\nseat = 1\naction = \"sit\"\n").unwrap_err();
        assert!(why.contains("line 4") && why.contains("sit"), "{why}");
        let text = "body = \"c\"\n[[change]]\nseat = 1\naction = \"take\"\nmember = \"m\"\n\
                    from = 08:00:00\n";
        assert!(reading(text).unwrap_err().contains("is no day"));
    }
}
