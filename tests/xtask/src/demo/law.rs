//! The law: institutions file their calendars, and what the rules say of a case is explained.

use anyhow::{Context as _, bail};

use super::stage::Stage;

/// The commission and the panel file the days on which they are closed. Until then no period has an
/// end: nothing is assumed about a day that no calendar knows.
pub(crate) fn calendars(stage: &Stage) -> anyhow::Result<()> {
    stage.screen.scene("The law as data: calendars, from which periods are counted");
    for who in ["ihec/national", "ejp/registry"] {
        let told = stage.office(who)?.run(&["publish", "calendar", "IQ"])?;
        if told.code != 0 || told.values.is_empty() {
            bail!("{who} could not file its calendars: {}", told.why());
        }
        stage.screen.remark(&format!("{who} files {} calendars", told.values.len()));
    }
    Ok(())
}

/// Why the appeal is in time or not, day by day, and where the case stands.
pub(crate) fn explained(stage: &Stage, case: &str) -> anyhow::Result<()> {
    stage.screen.scene("What the law says of case B: every day counted, under every reading");
    let office = stage.office("ihec/geo-bas")?;
    for (lang, name) in [("en", "English"), ("ar", "Arabic")] {
        let ask = ["period", "explain", case, "--rule", "appeal-window"];
        let (_, text) = office.shown(lang, &ask)?;
        if !text.contains("20(1)") {
            bail!("the appeal's window does not name its article: {text}");
        }
        stage.screen.page(&format!("The window of the appeal, {name}"), &text);
    }
    let picture = stage.made("appeal-window.svg")?;
    let path = picture.display().to_string();
    office.shown("en", &["period", "explain", case, "--rule", "appeal-window", "--svg", &path])?;
    let drawn = std::fs::metadata(&picture).context("no picture was drawn")?.len();
    stage.screen.remark(&format!("the same as a picture: {drawn} bytes of SVG"));
    for (lang, name) in [("en", "English"), ("ar", "Arabic")] {
        let (code, text) = office.shown(lang, &["course", case])?;
        if code != 0 {
            bail!("nobody can say where case B stands: {text}");
        }
        stage.screen.page(&format!("Where case B stands, {name}"), &text);
    }
    Ok(())
}
