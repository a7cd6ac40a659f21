//! What is real: the panel's published register, and published judgments in Akoma Ntoso.

use std::path::Path;

use anyhow::bail;
use serde_json::Value;

use super::filing::Filing;
use super::listing;
use super::office::check;
use super::stage::Stage;

/// The format of the panel's register.
const REGISTER_FORMAT: &str = "ejp/register+csv";

/// The panel's register as it is published.
const REGISTER: &str = "4-electoral/iraq/electoral-judicial-panel-register.csv";

/// Judgments of another country's courts, in the format in which the panel files its rulings.
const JUDGMENTS: &str = "1-akn/judgments";

/// Judgments that are taken in: enough to see that it is no accident.
const JUDGMENTS_TAKEN: usize = 6;

/// Takes in what is there.
pub(crate) fn play(stage: &Stage) -> anyhow::Result<()> {
    stage.screen.scene("What is real: a published register, published judgments");
    match stage.samples(JUDGMENTS) {
        Some(folder) => judgments(stage, &folder)?,
        None => stage.screen.remark("skipped: published judgments are not among the samples"),
    }
    match stage.samples(REGISTER) {
        Some(path) => register(stage, &path)?,
        None => stage.screen.remark("skipped: the panel's register is not among the samples"),
    }
    Ok(())
}

fn register(stage: &Stage, path: &Path) -> anyhow::Result<()> {
    let statement =
        Filing::published("register-statement", REGISTER_FORMAT, path).to(&["ihec/national"]);
    let what = "files its published register of rulings";
    let filed = stage.submit("ejp/registry", what, &statement)?;
    stage.acknowledge("ihec/national", "has the register, digest checked", &filed)?;
    let problems = filed.told.get("problems").and_then(Value::as_array);
    let doubtful = problems.map_or(0, Vec::len);
    stage.screen.remark(&format!(
        "kept as published; {doubtful} places to look at, such as dates that can mean two days"
    ));
    let path = path.display().to_string();
    let check = check(&path, REGISTER_FORMAT, "register-statement");
    let (code, shown) = stage.office("ejp/registry")?.shown("ar", &check)?;
    if code != 0 {
        bail!("what was taken in a moment ago is not acceptable now: {shown}");
    }
    stage.screen.page("what the format marked, in Arabic", &shown);
    Ok(())
}

fn judgments(stage: &Stage, folder: &Path) -> anyhow::Result<()> {
    for path in listing(folder)?.iter().take(JUDGMENTS_TAKEN) {
        // Judgments of another country's court: its numbers are not the panel's.
        let ruling =
            Filing::published("ruling-issued", "court/ruling+akn", path).to(&["ihec/national"]);
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        stage.submit("ejp/registry", &format!("files a published judgment: {name}"), &ruling)?;
    }
    Ok(())
}
