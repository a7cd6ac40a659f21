//! `barid verify`: checks kept receipts without the hub.

use std::path::{Path, PathBuf};

use barid_client::Trust;
use barid_client::bundle::Bundle;
use barid_client::error::EvidenceError;
use barid_client::verify::{self, Verified};
use barid_proto::tlog::policy::VerifyError;
use barid_proto::tlog::receipt::ReceiptError;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::Desk;
use crate::exit::Failure;
use crate::profile;
use crate::render::{json as values, office, time};
use crate::screen::Screen;
use crate::wording::{self, Msg};

/// What to check, and whom to believe.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A bundle, or a folder of bundles (`*.barid`).
    path: PathBuf,
    /// The trust file; the profile's by default. With it no profile is needed.
    #[arg(long)]
    trust: Option<PathBuf>,
}

/// Why one bundle is not known to be valid.
enum Verdict {
    /// It is not: exit code 1.
    Invalid(String),
    /// It cannot be said with this trust file: exit code 2.
    Undecided(String),
}

/// Checks; the worst of all bundles decides the exit code.
pub(super) fn run(desk: &Desk, args: &Args) -> Result<(), Failure> {
    let (trust, zone) = match &args.trust {
        Some(path) => (Trust::read(path)?, default_zone()?),
        None => (desk.profile()?.trust()?, desk.zone()?),
    };
    let mut worst = 0;
    for path in bundles(&args.path)? {
        let (text, value, code) = match check(&path, &trust)? {
            Ok(verified) => (lines(desk.screen, &verified, &zone), values::verified(&verified), 0),
            Err(Verdict::Invalid(why)) => {
                (desk.screen.say(Msg::Invalid, &[&why]), json!({ "why": why }), 1)
            }
            Err(Verdict::Undecided(why)) => {
                (desk.screen.say(Msg::Undecidable, &[&why]), json!({ "why": why }), 2)
            }
        };
        let shown = path.display().to_string();
        let value = json!({ "path": shown, "verdict": verdict(code), "details": value });
        desk.screen.show(&format!("{}\n{text}\n", desk.screen.lang.isolate(&shown)), &value);
        // One that is known to be wrong outweighs many that cannot be decided.
        worst = if worst == 1 || code == 1 { 1 } else { code.max(worst) };
    }
    if worst == 0 { Ok(()) } else { Err(Failure::Said(worst)) }
}

fn verdict(code: u8) -> Value {
    json!(match code {
        0 => "valid",
        1 => "invalid",
        _ => "undecided",
    })
}

fn check(path: &Path, trust: &Trust) -> Result<Result<Verified, Verdict>, Failure> {
    let bundle = match Bundle::decode(&profile::read(path)?) {
        Ok(bundle) => bundle,
        Err(error) => return Ok(Err(Verdict::Invalid(error.to_string()))),
    };
    Ok(verify::bundle(&bundle, trust).map_err(|error| match error {
        EvidenceError::Receipt(ReceiptError::Untrusted(
            VerifyError::UnknownLog(_) | VerifyError::NoQuorum { .. },
        )) => Verdict::Undecided(error.to_string()),
        other => Verdict::Invalid(other.to_string()),
    }))
}

fn bundles(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let failed = |error: std::io::Error| Failure::usage(format!("{}: {error}", path.display()));
    let found = std::fs::read_dir(path).map_err(failed)?;
    let paths: Result<Vec<_>, _> = found.map(|item| item.map(|item| item.path())).collect();
    let mut paths = paths.map_err(failed)?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "barid"));
    paths.sort();
    if paths.is_empty() {
        return Err(Failure::usage(format!("{}: no *.barid in it", path.display())));
    }
    Ok(paths)
}

fn default_zone() -> Result<TimeZone, Failure> {
    time::zone(time::DEFAULT_ZONE).ok_or_else(|| Failure::usage("no time zones compiled in"))
}

fn lines(screen: Screen, verified: &Verified, zone: &TimeZone) -> String {
    let body = &verified.body;
    let accepted = i64::try_from(verified.accepted_at_ms).unwrap_or(0);
    let log = verified.witnessed.checkpoint.origin();
    let kind = wording::kind(screen.lang, body.kind());
    let leaf = verified.leaf_index.to_string();
    let mut lines = vec![
        screen.say(Msg::Valid, &[]),
        screen.say(Msg::ProvenFiling, &[kind, &office(body.sender.as_ref())]),
        screen.say(Msg::ProvenLeaf, &[&leaf, log, &time::second(accepted, zone)]),
        screen.say(Msg::ProvenDigest, &[&barid_client::hex::encode(&verified.digest)]),
    ];
    let signer = |key: &barid_proto::key::KeyId| screen.say(Msg::ProvenSigner, &[&key.to_string()]);
    lines.extend(verified.signers.iter().map(signer));
    let witnesses: Vec<&str> =
        verified.witnessed.cosigned.iter().map(|one| one.witness.as_str()).collect();
    if !witnesses.is_empty() {
        lines.push(screen.say(Msg::WitnessedBy, &[&witnesses.join(", ")]));
    }
    lines.join("\n")
}
