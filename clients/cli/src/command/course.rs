//! `barid course`: where a case stands in its procedure.

use std::path::PathBuf;

use barid_client::client::CaseName;
use barid_client::verify::{self, CaseCourse, Verdict};
use barid_proto::explain::{self, Language};
use serde_json::json;

use super::Desk;
use super::verify::{Belief, exit_code, opened};
use crate::exit::Failure;
use crate::render::{json_course as values, report};
use crate::wording::{LawLang, Msg};

/// Which case, and in which language.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The case, by its identifier or a number (`ejp:612/2025`); asks the hub.
    #[arg(value_parser = super::docket::name, required_unless_present = "bundle")]
    case: Option<CaseName>,
    /// A bundle of the case: computes the course from what is proven there, without the hub.
    #[arg(long, conflicts_with = "case")]
    bundle: Option<PathBuf>,
    /// Language of the course; the screen's by default.
    #[arg(long, value_enum)]
    law_lang: Option<LawLang>,
    #[command(flatten)]
    belief: Belief,
}

/// Shows the course: as the hub tells it, or as it follows from a bundle.
pub(super) async fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let language = args.law_lang.unwrap_or_else(|| desk.screen.lang.into());
    let language = Language::from_tag(language.tag()).unwrap_or(Language::English);
    match (args.case, args.bundle) {
        (Some(case), _) => asked(desk, case, language).await,
        (None, Some(path)) => proven(desk, &path, args.belief, language),
        (None, None) => Ok(()),
    }
}

async fn asked(desk: &Desk, case: CaseName, language: Language) -> Result<(), Failure> {
    let told = desk.client()?.course(case).await?;
    let found =
        CaseCourse { case_id: told.case_id, rule_set_id: told.rule_set_id, course: told.course };
    let mut text = shown(desk, &found, language);
    if told.left_out {
        text = format!("{text}\n{}", desk.screen.say(Msg::CourseLeftOut, &[]));
    }
    let value = json!({ "course": values::course(&found), "left_out": told.left_out });
    desk.screen.show(&text, &value);
    Ok(())
}

/// What is found about the bundle decides the exit code.
fn proven(
    desk: &Desk,
    path: &std::path::Path,
    belief: Belief,
    language: Language,
) -> Result<(), Failure> {
    let beliefs = belief.read(desk)?;
    let bundle = opened(desk, path)?;
    let report = verify::examine(&bundle, &beliefs.believed());
    let courses = verify::courses(&bundle, &report, beliefs.rule_sets());
    let mut texts: Vec<String> = courses.iter().map(|one| shown(desk, one, language)).collect();
    if texts.is_empty() {
        texts.push(desk.screen.say(Msg::CourseNone, &[]));
    }
    if report.verdict() != Verdict::Valid {
        texts.extend(beliefs.view(desk).findings(&report.findings));
    }
    let value = json!({
        "verdict": report::word(report.verdict()),
        "courses": courses.iter().map(values::course).collect::<Vec<_>>(),
    });
    desk.screen.show(&texts.join("\n"), &value);
    match exit_code(report.verdict()) {
        0 => Ok(()),
        code => Err(Failure::Said(code)),
    }
}

fn shown(desk: &Desk, found: &CaseCourse, language: Language) -> String {
    let id = barid_client::hex::encode(&found.case_id);
    let heading = desk.screen.say(Msg::CaseOfId, &[&id]);
    let course = match (&found.course, found.rule_set_id.as_str()) {
        (Some(course), _) => explain::course(course, language),
        (None, "") => desk.screen.say(Msg::CourseWithoutRules, &[]),
        (None, name) => desk.screen.say(Msg::CourseRulesUnknown, &[name]),
    };
    format!("{heading}\n{course}")
}
