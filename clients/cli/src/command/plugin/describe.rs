//! `barid plugin describe`: what a library says of itself.

use std::path::PathBuf;

use barid_plugin_host::manifest::to_hex;
use barid_plugin_host::{LoadFailure, PluginManifest};
use barid_proto::v1::{FilingKind, FormatDescription};
use serde_json::json;

use super::super::Desk;
use crate::exit::Failure;
use crate::kit::Library;
use crate::render::grid::Grid;
use crate::wording::{self, Lang, PluginMsg};

/// Which library.
#[derive(Debug, clap::Args)]
pub(in crate::command) struct Args {
    /// The plugin's library.
    library: PathBuf,
    #[command(flatten)]
    limits: super::check::LimitArgs,
}

/// Loads it as a hub would, and shows what it says; exit code 1 when it does not load.
pub(super) fn run(desk: &Desk, args: &Args) -> Result<(), Failure> {
    let lang = desk.screen.lang;
    let path = args.library.display().to_string();
    let library = match Library::open(&args.library, &args.limits.into()) {
        Ok(library) => library,
        Err(LoadFailure::Unreadable(error)) => {
            return Err(Failure::usage(format!("{path}: {error}")));
        }
        Err(failure) => {
            let what = failure.to_string();
            let text = lang.fill(PluginMsg::NoReport.wording(), &[&format!("{path} {what}")]);
            desk.screen.show(&text, &json!({ "path": path, "failure": what }));
            return Err(Failure::Said(1));
        }
    };
    let about = &library.description;
    let digest = to_hex(&library.manifest.sha256);
    // The hub reads its settings elsewhere.
    let absolute = std::path::absolute(&args.library).unwrap_or_else(|_| args.library.clone());
    let table = settings(&PluginManifest { path: absolute, ..library.manifest.clone() })?;
    let lines = [
        lang.fill(PluginMsg::PluginIs.wording(), &[&about.name, &about.version, &digest]),
        formats(lang, &about.formats),
        lang.fill(PluginMsg::Settings.wording(), &[]),
        String::new(),
        table.clone(),
    ];
    let value = json!({
        "name": about.name,
        "version": about.version,
        "sha256": digest,
        "formats": about.formats.iter().map(format_value).collect::<Vec<_>>(),
        "settings": table,
    });
    desk.screen.show(&lines.join("\n"), &value);
    Ok(())
}

/// The table for the hub's settings.
fn settings(manifest: &PluginManifest) -> Result<String, Failure> {
    let table = toml::to_string(manifest).map_err(|error| Failure::usage(error.to_string()))?;
    Ok(format!("[[plugins]]\n{table}"))
}

fn formats(lang: Lang, formats: &[FormatDescription]) -> String {
    let headings = [PluginMsg::HeadFormat, PluginMsg::Reads, PluginMsg::Writes];
    let mut grid = Grid::new(lang, headings.map(|message| lang.pick(message.wording())));
    for format in formats {
        let named = |kinds: Vec<FilingKind>| {
            let names: Vec<&str> =
                kinds.into_iter().map(|kind| wording::kind(lang, kind)).collect();
            lang.list(&names)
        };
        let (reads, writes) = (format.decodes().collect(), format.encodes().collect());
        grid.row([format.id.clone(), named(reads), named(writes)]);
    }
    grid.render()
}

fn format_value(format: &FormatDescription) -> serde_json::Value {
    let names = |kinds: Vec<FilingKind>| {
        kinds.into_iter().map(|kind| kind.as_str_name()).collect::<Vec<_>>()
    };
    json!({
        "id": format.id,
        "media_types": format.media_types,
        "decodes": names(format.decodes().collect()),
        "encodes": names(format.encodes().collect()),
    })
}
