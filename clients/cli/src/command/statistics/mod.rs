//! `barid statistics`: figures about an election, on the screen, in a signed folder, checked.

pub(in crate::command) mod gather;
pub(in crate::command) mod verify;

use std::path::{Path, PathBuf};

use barid_proto::statistics::class::Dimension;
use barid_proto::statistics::{Figure, Statistics, statistics, withhold};
use barid_proto::word::Word;
use serde_json::json;

use self::gather::{Gathered, Wanted};
use super::Desk;
use crate::exit::Failure;
use crate::published::manifest::Part;
use crate::published::{Parts, Scope, figures, page};
use crate::render::grid::Grid;
use crate::wording::statistics::StatMsg as Msg;

/// What to count, and what to show of it.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    wanted: Wanted,
    /// Tell figures apart by this: stage, office, colour, stream, capacity, sex or respondent.
    #[arg(long, value_parser = dimension)]
    by: Option<Dimension>,
    /// Open one figure, or one class of it, down to its cases: `outcome/appeal:pending`.
    #[arg(long, value_name = "FIGURE")]
    open: Option<String>,
    /// Write pages, tables, charts and data into this new folder, signed. Figures about few persons
    /// are withheld there.
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["by", "open"])]
    out: Option<PathBuf>,
}

/// What else can be done.
#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Checks a folder of statistics or open data: signature, digests, checkpoint; and, when asked,
    /// computes it again.
    Verify(Box<verify::Args>),
}

/// Shows figures, writes them, or checks some.
pub(super) async fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    if let Some(Command::Verify(args)) = args.command {
        return verify::run(desk, *args).await;
    }
    if let Some(folder) = &args.out {
        unused(desk, folder)?;
    }
    let gathered = gather::all(desk, &args.wanted, gather::What::Figures).await?;
    let scope = gathered.scope.clone();
    match &args.out {
        Some(folder) => {
            let (parts, all) = parts(&gathered, Some(folder))?;
            let rules = all.rule_sets.into_iter().collect();
            gathered.seal(desk, folder, "statistics", rules, parts)
        }
        None => {
            let all = statistics(gathered.told, &scope.moment());
            shown(desk, &scope, &all, args.by, args.open.as_deref())
        }
    }
}

/// A new folder for what is written.
pub(in crate::command) fn unused(desk: &Desk, folder: &Path) -> Result<(), Failure> {
    let used = std::fs::read_dir(folder).is_ok_and(|mut there| there.next().is_some());
    let shown = folder.display().to_string();
    let said = || Msg::FolderUsed.fill(desk.screen.lang, &[&shown]);
    if used { Err(Failure::usage(said())) } else { Ok(()) }
}

/// The parts of a publication of statistics, written or only hashed.
pub(in crate::command) fn parts(
    gathered: &Gathered,
    folder: Option<&Path>,
) -> Result<(Vec<Part>, Statistics), Failure> {
    let scope = &gathered.scope;
    let mut all = statistics(gathered.told.clone(), &scope.moment());
    withhold::withhold(&mut all.figures, scope.minimum);
    let mut parts = Parts::of(folder);
    page::parts(&mut parts, scope, &all);
    let parts = parts.finish().map_err(|error| Failure::usage(error.to_string()))?;
    Ok((parts, all))
}

fn shown(
    desk: &Desk,
    scope: &Scope,
    all: &Statistics,
    by: Option<Dimension>,
    open: Option<&str>,
) -> Result<(), Failure> {
    let lang = desk.screen.lang;
    if let Some(name) = open {
        let Some((figure, units)) = all.open(name) else {
            return Err(Failure::usage(Msg::NoFigure.fill(lang, &[name])));
        };
        let mut names: Vec<String> = units.iter().map(|unit| page::called(all, *unit)).collect();
        names.sort();
        names.dedup();
        let heading = page::name(lang, all, figure);
        let mut lines = vec![Msg::Behind.fill(lang, &[&heading, &names.len().to_string()])];
        lines.extend(names.iter().map(|name| format!("  {}", lang.isolate(name))));
        let ids = units.iter().filter_map(|unit| {
            let case = all.cases.get(all.matters.get(unit.matter)?.case)?;
            Some(json!({
                "case_id": barid_client::hex::encode(&case.case_id),
                "leaf": unit.leaf,
                "numbers": case.numbers.iter().map(|(_, literal)| literal).collect::<Vec<_>>(),
            }))
        });
        let value = json!({ "figure": name, "cases": ids.collect::<Vec<_>>() });
        desk.screen.show(&lines.join("\n"), &value);
        return Ok(());
    }
    let figures: Vec<&Figure> = match by {
        None => all.by(None).collect(),
        Some(dimension) => {
            all.by(Some(dimension)).filter(|figure| figure.stratum.is_some()).collect()
        }
    };
    let mut grid = Grid::new(
        lang,
        [Msg::HeadFigure, Msg::HeadClass, Msg::HeadCount].map(|head| head.fill(lang, &[])),
    );
    for figure in &figures {
        let mut name = page::name(lang, all, figure);
        for (class, said, _) in page::lines(lang, figure) {
            grid.row([std::mem::take(&mut name), class, said]);
        }
    }
    let mut lines = vec![Msg::Title.fill(lang, &[&scope.event])];
    lines.extend(page::heading(lang, scope, all));
    lines.push(String::new());
    lines.push(grid.render());
    lines.push(Msg::Definition.fill(lang, &[]));
    let mut value = figures::value(scope, all);
    let told: Vec<_> = figures.iter().map(|figure| figures::figure(all, figure)).collect();
    if let Some(map) = value.as_object_mut() {
        map.insert("figures".to_owned(), told.into());
    }
    desk.screen.show(&lines.join("\n"), &value);
    Ok(())
}

fn dimension(text: &str) -> Result<Dimension, String> {
    Dimension::from_word(text).ok_or_else(Dimension::all_words)
}
