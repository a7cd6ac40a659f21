//! `barid plugin report`: verifies what a plugin's authors signed.

use std::path::{Path, PathBuf};

use barid_client::hex;
use barid_proto::key::{KeyId, PublicKey};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::super::Desk;
use crate::exit::Failure;
use crate::kit::report::{Report, ReportError};
use crate::kit::{Check, Verdict};
use crate::profile;
use crate::render::grid::Grid;
use crate::render::time;
use crate::wording::{self, Lang, PluginMsg};

/// Which report, about what, by whom.
#[derive(Debug, clap::Args)]
pub(in crate::command) struct Args {
    /// The report.
    report: PathBuf,
    /// The library that it has to be about.
    #[arg(long, value_name = "LIB")]
    plugin: Option<PathBuf>,
    /// The key that must have signed it: 64 hexadecimal digits.
    #[arg(long, value_name = "KEY_ID", value_parser = super::super::parse::digest)]
    signer: Option<[u8; 32]>,
}

/// Shows what was checked; exit code 1 when the report is not valid, or not about this.
pub(super) fn run(desk: &Desk, args: &Args) -> Result<(), Failure> {
    let lang = desk.screen.lang;
    let (report, key) = match Report::open(&profile::read(&args.report)?) {
        Ok(opened) => opened,
        Err(error) => return refused(desk, &error),
    };
    let digest = args.plugin.as_deref().map(digest_of).transpose()?;
    let other_library = digest.as_ref().filter(|digest| **digest != report.plugin.sha256);
    let expected = args.signer.map(KeyId::new);
    let other_signer = expected.filter(|id| *id != key.id());
    let mut lines = lines(desk, &report, &key);
    lines.push(match (&digest, other_library) {
        (Some(_), Some(other)) => lang.fill(PluginMsg::OtherLibrary.wording(), &[other]),
        (Some(_), None) => lang.fill(PluginMsg::SameLibrary.wording(), &[]),
        (None, _) => String::new(),
    });
    lines.push(match (&expected, &other_signer) {
        (None, _) => lang.fill(PluginMsg::AskWhoseKey.wording(), &[]),
        (_, Some(_)) => lang.fill(PluginMsg::OtherSigner.wording(), &[&key.id().to_string()]),
        _ => String::new(),
    });
    lines.retain(|line| !line.is_empty());
    let valid = other_library.is_none() && other_signer.is_none();
    let value = json!({
        "valid": valid,
        "key_id": key.id().to_string(),
        "report": report,
        "library_sha256": digest,
    });
    desk.screen.show(&lines.join("\n"), &value);
    if valid { Ok(()) } else { Err(Failure::Said(1)) }
}

fn refused(desk: &Desk, error: &ReportError) -> Result<(), Failure> {
    let what = error.to_string();
    let text = desk.screen.lang.fill(PluginMsg::NoReport.wording(), &[&what]);
    desk.screen.show(&text, &json!({ "valid": false, "what": what }));
    Err(Failure::Said(1))
}

fn digest_of(path: &Path) -> Result<String, Failure> {
    Ok(hex::encode(&Sha256::digest(profile::read(path)?)))
}

fn lines(desk: &Desk, report: &Report, key: &PublicKey) -> Vec<String> {
    let lang = desk.screen.lang;
    let plugin = &report.plugin;
    // Whoever has no profile sees the time of the country that Barid was made for.
    let zone = desk.zone().ok().or_else(|| time::zone(time::DEFAULT_ZONE));
    let at = zone.map(|zone| time::second(report.checked_at_unix_ms, &zone)).unwrap_or_default();
    let values = [key.id().to_string(), at, report.kit.to_string()];
    vec![
        lang.fill(PluginMsg::PluginIs.wording(), &[&plugin.name, &plugin.version, &plugin.sha256]),
        lang.fill(PluginMsg::ReportOf.wording(), &values.each_ref().map(String::as_str)),
        table(lang, report),
    ]
}

fn table(lang: Lang, report: &Report) -> String {
    let headings = [PluginMsg::HeadCheck, PluginMsg::HeadVerdict, PluginMsg::HeadCases];
    let mut grid = Grid::new(lang, headings.map(|message| lang.pick(message.wording())));
    for line in &report.checks {
        let check = Check::named(&line.name).map(|check| wording::check(lang, check).to_owned());
        let verdict = Verdict::named(&line.verdict).map(|one| wording::verdict(lang, one));
        grid.row([
            check.unwrap_or_else(|| line.name.clone()),
            verdict.unwrap_or_default().to_owned(),
            line.cases.to_string(),
        ]);
    }
    grid.render()
}
