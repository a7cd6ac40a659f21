//! `barid batch`: many filings by one command, each with its own outcome.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use barid_client::{Client, disk, hex};
use indicatif::ProgressBar;
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::Desk;
use crate::batch::columns::Column;
use crate::batch::journal::{Journal, Known};
use crate::batch::lines::{self, Filing, Sender};
use crate::batch::manifest::Manifest;
use crate::batch::report::Report;
use crate::batch::run::{Run, undone};
use crate::batch::{Problem, Work, journal_of};
use crate::exit::Failure;
use crate::profile::Profile;
use crate::render::grid::Grid;
use crate::render::problems;
use crate::wording::Lang;
use crate::wording::batch::{BatchMsg, Wrong};

/// Dry runs at once: the hub reads documents of one institution one after the other anyway.
const CHECKS_AT_ONCE: usize = 4;

/// What to do with a batch.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Reads every line and has the hub read every document: all problems of all lines at once.
    /// Records nothing.
    Check {
        #[command(flatten)]
        list: List,
        /// Looks at the list and its documents only, without the hub.
        #[arg(long)]
        offline: bool,
    },
    /// Signs all lines, then sends them in order. Run again, it goes on where it stopped, whatever
    /// stopped it, and files nothing twice.
    Run {
        #[command(flatten)]
        list: List,
        /// Files nothing unless the hub would accept all lines, as far as a dry run can tell: a
        /// check beforehand, no transaction.
        #[arg(long)]
        all_or_nothing: bool,
        /// Files lines again that were refused.
        #[arg(long)]
        again: bool,
    },
    /// What became of each line.
    Report {
        /// The list, or the folder.
        path: PathBuf,
        /// Writes it to this path as CSV, too.
        #[arg(long)]
        csv: Option<PathBuf>,
    },
}

/// A list, and what holds for lines that say nothing else.
#[derive(Debug, clap::Args)]
pub(super) struct List {
    /// CSV with headings (document, format, content, kind, to, case, docket, exhibits, reply-to …,
    /// or in Arabic or Kurdish); or a folder with a manifest.csv; or a folder of documents that are
    /// all filed alike.
    path: PathBuf,
    /// The format of documents: `ihec/form-110+json`.
    #[arg(long, default_value = "")]
    format: String,
    /// The kind of filing: `appeal-filed`.
    #[arg(long, default_value = "")]
    kind: String,
    /// Offices they are for: `ejp/registry;fsc`.
    #[arg(long, default_value = "")]
    to: String,
    /// Who may read them: public, parties, restricted or sealed.
    #[arg(long, default_value = "")]
    confidentiality: String,
    /// What class of data: live, anonymised, synthetic or published.
    #[arg(long, default_value = "")]
    data_class: String,
    /// The election event: `CoR-2025-6`.
    #[arg(long, default_value = "")]
    election_event: String,
    /// The rule set: `IQ-L31-2019`.
    #[arg(long, default_value = "")]
    rule_set: String,
    /// The procedure: `complaint-polling`.
    #[arg(long, default_value = "")]
    procedure: String,
}

impl List {
    fn read(&self) -> Result<Manifest, Failure> {
        let defaults = [
            (Column::Format, self.format.clone()),
            (Column::Kind, self.kind.clone()),
            (Column::To, self.to.clone()),
            (Column::Confidentiality, self.confidentiality.clone()),
            (Column::DataClass, self.data_class.clone()),
            (Column::ElectionEvent, self.election_event.clone()),
            (Column::RuleSet, self.rule_set.clone()),
            (Column::Procedure, self.procedure.clone()),
        ];
        Manifest::read(&self.path, &defaults)
    }
}

/// Checks, runs or reports.
pub(super) async fn run(desk: &Desk, command: Command) -> Result<(), Failure> {
    match command {
        Command::Check { list, offline } => check(desk, &list, offline).await,
        Command::Run { list, all_or_nothing, again } => {
            run_list(desk, &list, all_or_nothing, again).await
        }
        Command::Report { path, csv } => report(desk, &path, csv.as_deref()),
    }
}

fn sender(profile: &Profile) -> Result<Sender, Failure> {
    Ok(Sender { address: profile.address(), officer: profile.officer()? })
}

async fn check(desk: &Desk, list: &List, offline: bool) -> Result<(), Failure> {
    let profile = desk.profile()?;
    let mut manifest = list.read()?;
    let known = Journal::look(&journal_of(&list.path))?;
    let mut found = undone_lines(&mut manifest, &known, &BTreeSet::new(), false);
    let (filings, wrong) = lines::read(&manifest);
    found.extend(wrong);
    let mut unasked = 0;
    if !offline {
        let client = profile.client()?;
        let asked = ask(&client, desk.screen.lang, &sender(&profile)?, &filings).await?;
        found.extend(asked.problems);
        unasked = asked.unasked;
    }
    tell(desk, &manifest, found, unasked)
}

/// Takes the lines out of a list that need nothing any more; gives those that changed since they
/// were signed, and what is wrong with the list as a whole.
fn undone_lines(
    manifest: &mut Manifest,
    known: &BTreeMap<String, Known>,
    pending: &BTreeSet<String>,
    again: bool,
) -> Vec<Problem> {
    let mut found = std::mem::take(&mut manifest.problems);
    found.extend(manifest.same());
    let (rows, changed) = undone(std::mem::take(&mut manifest.rows), known, pending, again);
    manifest.rows = rows;
    found.extend(changed);
    found
}

/// What a dry run of many lines found.
struct Asked {
    problems: Vec<Problem>,
    unasked: usize,
}

/// Has the hub read each document, a bounded number at once.
async fn ask(
    client: &Client,
    lang: Lang,
    sender: &Sender,
    filings: &[Filing],
) -> Result<Asked, Failure> {
    let places = Arc::new(Semaphore::new(CHECKS_AT_ONCE));
    let (mut asking, mut unasked) = (JoinSet::new(), 0);
    let mut answers = BTreeMap::new();
    for (index, filing) in filings.iter().enumerate() {
        // Read when its turn comes: documents of all lines at once would fill the memory.
        let place = Arc::clone(&places).acquire_owned().await;
        let Some(question) = filing.question(sender, lang.tags())? else {
            unasked += 1;
            continue;
        };
        let client = client.clone();
        asking.spawn(async move {
            let answer = client.check(question).await;
            drop(place);
            (index, answer)
        });
    }
    while let Some(joined) = asking.join_next().await {
        let (index, answer) = joined.map_err(|error| Failure::usage(error.to_string()))?;
        answers.insert(index, answer);
    }
    let mut found = Vec::new();
    for (index, answer) in answers {
        let Some(filing) = filings.get(index) else { continue };
        let wrong = match answer {
            Ok(answer) if answer.acceptable => continue,
            Ok(answer) => answer.problems,
            Err(barid_client::ClientError::Refused(refusal)) if refusal.is_final() => {
                found.push(filing.problem(Wrong::Found(String::new(), refusal.text.clone())));
                refusal.problems.clone()
            }
            Err(error) => return Err(error.into()),
        };
        found.extend(wrong.iter().map(|problem| {
            let place = problem.place.as_ref().map(problems::place).unwrap_or_default();
            filing.problem(Wrong::Found(place, lang.rendering(problem.what.as_ref())))
        }));
    }
    Ok(Asked { problems: found, unasked })
}

async fn run_list(
    desk: &Desk,
    list: &List,
    all_or_nothing: bool,
    again: bool,
) -> Result<(), Failure> {
    let (profile, lang) = (desk.profile()?, desk.screen.lang);
    let client = profile.client()?;
    let mut manifest = list.read()?;
    let whole = manifest.clone();
    let mut journal = opened(&profile, &client, &list.path)?;
    let trust = profile.trust()?;
    let mut run = Run { client: &client, trust: &trust, journal: &mut journal, lang };
    let pending = run.recover()?;
    let mut found = undone_lines(&mut manifest, run.journal.known(), &pending, again);
    let (filings, wrong) = lines::read(&manifest);
    found.extend(wrong);
    let sender = sender(&profile)?;
    if found.is_empty() && all_or_nothing {
        let asked = ask(&client, lang, &sender, &filings).await?;
        found.extend(asked.problems);
        if found.is_empty() {
            let mut text = BatchMsg::CheckedBefore.fill(lang, &[&filings.len().to_string()]);
            if asked.unasked > 0 {
                text.push('\n');
                text.push_str(&BatchMsg::Unasked.fill(lang, &[&asked.unasked.to_string()]));
            }
            let value = json!({ "would_be_accepted": filings.len(), "unasked": asked.unasked });
            desk.screen.show(&text, &value);
        }
    }
    if !found.is_empty() {
        return tell(desk, &manifest, found, 0);
    }
    let mut works = Vec::with_capacity(filings.len());
    for filing in &filings {
        works.push(filing.work(&client, &sender).await?);
    }
    finish(desk, run, works, &whole).await
}

/// The journal of a batch, for this hub and key.
pub(super) fn opened(profile: &Profile, client: &Client, path: &Path) -> Result<Journal, Failure> {
    let key = profile.signing_key()?.public_key().id();
    Journal::open(&journal_of(path), client.origin(), &hex::encode(key.as_bytes()))
}

/// Runs, and shows what became of all lines.
pub(super) async fn finish(
    desk: &Desk,
    run: Run<'_>,
    works: Vec<Work>,
    manifest: &Manifest,
) -> Result<(), Failure> {
    let bar = progress(desk, manifest.rows.len());
    let journal = journal_of(&manifest.given);
    let ended = run.run(works, &mut |done| bar.set_position(done as u64)).await;
    bar.finish_and_clear();
    let report = Report::of(manifest, &Journal::look(&journal)?);
    let lang = desk.screen.lang;
    let text = format!("{}{}", report.table(lang, &desk.zone()?, true), report.summary(lang));
    desk.screen.show(&text, &report.value());
    match ended? {
        // What stands in the way of the rest.
        Some(failure) => {
            if !desk.screen.json {
                desk.screen.fail(&failure);
            }
            Err(Failure::Said(failure.code()))
        }
        None => report.ending(),
    }
}

fn progress(desk: &Desk, lines: usize) -> ProgressBar {
    let bar = desk.screen.bar();
    let style = indicatif::ProgressStyle::with_template("{bar:40} {pos}/{len} {eta}");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar.set_length(lines as u64);
    bar
}

/// Everything that is wrong, one row for each problem.
pub(super) fn tell(
    desk: &Desk,
    manifest: &Manifest,
    found: Vec<Problem>,
    unasked: usize,
) -> Result<(), Failure> {
    let lang = desk.screen.lang;
    let headings = [BatchMsg::HeadLine, BatchMsg::HeadShown, BatchMsg::HeadWrong];
    let mut grid = Grid::new(lang, headings.map(|heading| heading.fill(lang, &[])));
    for Problem { line, shown, wrong } in &found {
        grid.row([line.clone(), shown.clone(), wrong.say(lang)]);
    }
    let count = if found.is_empty() { manifest.rows.len() } else { found.len() }.to_string();
    let mut lines = Vec::new();
    if found.is_empty() {
        lines.push(BatchMsg::AllGood.fill(lang, &[&count]));
    } else {
        lines.push(grid.render());
        lines.push(BatchMsg::NotGood.fill(lang, &[&count]));
    }
    if unasked > 0 {
        lines.push(BatchMsg::Unasked.fill(lang, &[&unasked.to_string()]));
    }
    let value = |Problem { line, shown, wrong }: &Problem| {
        json!({
            "line": line,
            "document": shown,
            "code": wrong.code(),
            "what": wrong.say(lang),
        })
    };
    let value = json!({
        "acceptable": found.is_empty(),
        "lines": manifest.rows.len(),
        "problems": found.iter().map(value).collect::<Vec<Value>>(),
        "unasked": unasked,
    });
    desk.screen.show(&lines.join("\n"), &value);
    if found.is_empty() { Ok(()) } else { Err(Failure::Said(1)) }
}

/// Notes in the journal what became of lines by other means than a run, such as `barid pending`. A
/// report without that is of the last run: one that is at work, or of another profile's key.
fn catch_up(desk: &Desk, path: &Path) {
    let recover = || -> Result<(), Failure> {
        let profile = desk.profile()?;
        let client = profile.client()?;
        let mut journal = opened(&profile, &client, path)?;
        let (trust, lang) = (profile.trust()?, desk.screen.lang);
        let mut run = Run { client: &client, trust: &trust, journal: &mut journal, lang };
        run.recover().map(drop)
    };
    if journal_of(path).exists() {
        let _of_the_last_run = recover();
    }
}

fn report(desk: &Desk, path: &Path, csv: Option<&Path>) -> Result<(), Failure> {
    let lang = desk.screen.lang;
    let manifest = Manifest::read_any(path)?;
    catch_up(desk, path);
    let report = Report::of(&manifest, &Journal::look(&journal_of(path))?);
    let mut text = report.table(lang, &desk.zone()?, false);
    text.push_str(&report.summary(lang));
    if let Some(csv) = csv {
        disk::replace(csv, &report.csv()?)?;
        text.push('\n');
        text.push_str(&BatchMsg::Written.fill(lang, &[&csv.display().to_string()]));
    }
    desk.screen.show(&text, &report.value());
    report.ending()
}
