//! What a clerk meets besides: a form with mistakes, an act that is not permitted, a case that one
//! may not see.

use anyhow::bail;

use super::filing::Filing;
use super::office::check;
use super::stage::Stage;

/// The exit code of `barid` when the hub refuses.
const REFUSED: i32 = 1;

/// Shows the refusals; `case` is one that the partner is no party to.
pub(crate) fn play(stage: &Stage, case: &str) -> anyhow::Result<()> {
    stage.screen.scene("What is refused, and how it is told");
    form(stage)?;
    power(stage)?;
    partner(stage, case)
}

/// A form with several mistakes: all are told at once, each with its place and remedy.
fn form(stage: &Stage) -> anyhow::Result<()> {
    let path = stage.paper("refused/form-110.json").display().to_string();
    let check = check(&path, "ihec/form-110+json", "complaint-registered");
    let title = "ihec/geo-bas checks a form: every mistake at once, and nothing is recorded";
    both(stage, "ihec/geo-bas", title, &check)
}

/// A power of state files a decision of the Council.
fn power(stage: &Stage) -> anyhow::Result<()> {
    let paper = stage.paper("b-appeal/3-council-decision.json");
    let filing =
        Filing::of("council-decision", "ihec/decision+json", &paper).to(&["ihec/national"]);
    let title = "parliament/secretariat files a decision of the Council: not permitted";
    both(stage, "parliament/secretariat", title, &filing.arguments())
}

/// A partner abroad asks for the docket of a case that is not its own.
fn partner(stage: &Stage, case: &str) -> anyhow::Result<()> {
    let text = refused(stage, "tepjf/registry", "en", &["docket", "show", case])?;
    stage.screen.told("tepjf/registry asks for case A: for it there is no such case", &text);
    Ok(())
}

/// Shows a refusal in both languages of the screen.
fn both(stage: &Stage, who: &str, title: &str, arguments: &[&str]) -> anyhow::Result<()> {
    let arabic = refused(stage, who, "ar", arguments)?;
    let english = refused(stage, who, "en", arguments)?;
    stage.screen.told(title, &format!("{arabic}\n{english}"));
    Ok(())
}

/// Runs what has to be refused; what the clerk reads.
fn refused(stage: &Stage, who: &str, lang: &str, arguments: &[&str]) -> anyhow::Result<String> {
    let (code, text) = stage.office(who)?.shown(lang, arguments)?;
    if code != REFUSED {
        bail!("{who} should have been refused, but `barid` ended with {code}: {text}");
    }
    Ok(text)
}
