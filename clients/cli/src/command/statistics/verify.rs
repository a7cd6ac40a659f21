//! Checking what was published: signature, digests and checkpoint by itself; whose the key is, and
//! the very bytes again, with the hub.

use std::path::{Path, PathBuf};

use barid_client::bundle::Bundle;
use barid_client::client::Client;
use barid_client::verify::{Believed, examine};
use barid_proto::key::KeyId;
use barid_proto::v1::{Address, DataClass};
use serde_json::json;

use super::gather::Wanted;
use crate::command::Desk;
use crate::command::publish::open_data;
use crate::command::verify::{Belief, Beliefs};
use crate::exit::Failure;
use crate::published::manifest::{self, Manifest, Part};
use crate::render::shown_office;
use crate::wording::statistics::StatMsg as Msg;

/// What to check.
#[derive(Debug, clap::Args)]
pub(in crate::command) struct Args {
    /// The folder.
    folder: PathBuf,
    /// Ask the hub whose the key is, and compute everything again from what this office may read:
    /// the same bytes come out for the office whose view it is.
    #[arg(long)]
    recompute: bool,
    #[command(flatten)]
    belief: Belief,
}

/// Checks, and computes again when that is asked for.
pub(in crate::command) async fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let rules = args.belief.given_rules();
    let beliefs = args.belief.read(desk)?;
    let code = if args.recompute {
        again(desk, &args.folder, &beliefs, rules).await?
    } else {
        offline(desk, &args.folder, &beliefs)
    };
    if code == 0 { Ok(()) } else { Err(Failure::Said(code)) }
}

/// What a folder shows by itself. The exit code: 1 when something is wrong, 2 when it stays open
/// whose the key is and that was not accepted.
pub(in crate::command) fn offline(desk: &Desk, folder: &Path, beliefs: &Beliefs) -> u8 {
    let (manifest, mut lines, wrongs) = checked(desk, folder, beliefs);
    let open = !beliefs.belief.leaves_keys_open();
    if let Some(key) = manifest.as_ref().and_then(|one| one.signers.first()).filter(|_| open) {
        lines.push(Msg::KeyOpen.fill(desk.screen.lang, &[&key.key_id]));
    }
    let code = if wrongs > 0 { 1 } else { u8::from(open) * 2 };
    show(desk, &lines, manifest.as_ref(), code, false);
    code
}

/// Everything that needs nobody: the manifest, what is said, how much is wrong.
fn checked(
    desk: &Desk,
    folder: &Path,
    beliefs: &Beliefs,
) -> (Option<Manifest>, Vec<String>, usize) {
    let lang = desk.screen.lang;
    let (manifest, wrongs) = manifest::check(folder, &beliefs.trust);
    let mut lines: Vec<String> =
        wrongs.iter().map(|wrong| Msg::Broken.fill(lang, &[&wrong.0])).collect();
    if let Some(manifest) = manifest.as_ref().filter(|_| wrongs.is_empty()) {
        let (parts, size) =
            (manifest.parts.len().to_string(), manifest.checkpoint.size.to_string());
        lines.push(Msg::Holds.fill(lang, &[&parts, &size, &manifest.log]));
    }
    (manifest, lines, wrongs.len())
}

async fn again(
    desk: &Desk,
    folder: &Path,
    beliefs: &Beliefs,
    rules: Vec<PathBuf>,
) -> Result<u8, Failure> {
    let lang = desk.screen.lang;
    let (manifest, mut lines, wrongs) = checked(desk, folder, beliefs);
    let Some(manifest) = manifest.filter(|_| wrongs == 0) else {
        show(desk, &lines, None, 1, false);
        return Ok(1);
    };
    let client = desk.client()?;
    let mut code = 0;
    for key in &manifest.signers {
        match holder(desk, &client, beliefs, &key.key_id).await? {
            Some((office, authority)) if office.institution == manifest.view.institution => {
                let office = shown_office(Some(&office));
                lines.push(Msg::SignedBy.fill(lang, &[&office, &authority]));
            }
            Some((office, _)) => {
                let what = format!(
                    "{}: its key is of {}",
                    manifest.view.institution,
                    shown_office(Some(&office))
                );
                lines.push(Msg::Broken.fill(lang, &[&what]));
                code = 1;
            }
            None => {
                lines.push(Msg::KeyOpen.fill(lang, &[&key.key_id]));
                code = if code == 1 { 1 } else { 2 };
            }
        }
    }
    // Whether what was signed is still in the log's one history.
    client.checkpoint().await?;
    let note = crate::profile::read(&folder.join(manifest::CHECKPOINT))?;
    client.agrees(&note).await?;
    let program = env!("CARGO_PKG_VERSION");
    if manifest.program.version != program {
        lines.push(Msg::OtherVersion.fill(lang, &[&manifest.program.version, program]));
    }
    let different = differences(desk, &manifest, rules).await?;
    if different.is_empty() {
        lines.push(Msg::Same.fill(lang, &[]));
    } else {
        code = 1;
        lines.extend(different.iter().map(|path| Msg::Differs.fill(lang, &[path])));
    }
    show(desk, &lines, Some(&manifest), code, different.is_empty());
    Ok(code)
}

/// The parts that come out otherwise when they are computed again.
async fn differences(
    desk: &Desk,
    manifest: &Manifest,
    rules: Vec<PathBuf>,
) -> Result<Vec<String>, Failure> {
    let view = Address {
        institution: manifest.view.institution.clone(),
        office: manifest.view.office.clone(),
    };
    if desk.profile()?.address() != view {
        let view = shown_office(Some(&view));
        return Err(Failure::usage(format!(
            "only {view} has this view: compute it with its profile"
        )));
    }
    let class = format!("DATA_CLASS_{}", manifest.data_class.to_uppercase());
    let wanted = Wanted {
        event: Some(manifest.event.clone()),
        as_of: Some(manifest.as_of_size),
        at: Some((manifest.at_unix_ms, manifest.utc_offset_minutes)),
        class: DataClass::from_str_name(&class),
        minimum: manifest.minimum,
        rules,
        utc_offset_minutes: Some(manifest.utc_offset_minutes),
    };
    let parts: Vec<Part> = match manifest.what.as_str() {
        "statistics" => {
            let gathered = super::gather::all(desk, &wanted, super::gather::What::Figures).await?;
            super::parts(&gathered, None)?.0
        }
        _ => open_data::made(desk, &wanted, None).await?.parts,
    };
    let paths = manifest.parts.iter().chain(&parts).map(|part| part.path.as_str());
    let paths: std::collections::BTreeSet<&str> = paths.collect();
    let of = |all: &[Part], path: &str| all.iter().find(|part| part.path == path).cloned();
    let differs = |path: &&str| of(&manifest.parts, path) != of(&parts, path);
    Ok(paths.into_iter().filter(differs).map(str::to_owned).collect())
}

/// Whose a key is, by the log and back to a certificate authority.
async fn holder(
    desk: &Desk,
    client: &Client,
    beliefs: &Beliefs,
    key: &str,
) -> Result<Option<(Address, String)>, Failure> {
    let Some(id) = barid_client::hex::decode(key).map(KeyId::new) else { return Ok(None) };
    let events = client.key_proof(&id).await?;
    let mut bundle = Bundle::of(events.iter().cloned().map(Into::into).collect());
    bundle.keys = events.into_iter().map(Into::into).collect();
    let own = match &beliefs.roots {
        Some(_) => None,
        None => Some(desk.profile()?.roots()?),
    };
    let believed = Believed {
        roots: beliefs.roots.as_ref().or(own.as_ref()),
        without_roots: false,
        ..beliefs.believed()
    };
    let report = examine(&bundle, &believed);
    let mut signers = report.filings.iter().flat_map(|filing| &filing.signers);
    let found = signers.find(|signer| signer.id == id && signer.authority.is_some());
    Ok(found.and_then(|found| Some((found.holder.clone()?, found.authority.clone()?))))
}

fn show(desk: &Desk, lines: &[String], manifest: Option<&Manifest>, code: u8, same: bool) {
    let value = json!({
        "what": manifest.map(|one| &one.what),
        "event": manifest.map(|one| &one.event),
        "as_of_size": manifest.map(|one| one.as_of_size),
        "verdict": match code { 0 => "valid", 1 => "invalid", _ => "undecided" },
        "computed_again": same,
        "lines": lines,
    });
    desk.screen.show(&lines.join("\n"), &value);
}
