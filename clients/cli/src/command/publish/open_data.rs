//! `barid publish open-data`: what may be published of an election's cases, in a signed folder.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use barid_client::client::{Client, WholeCase};
use barid_client::hex;
use barid_proto::statistics::statistics;

use crate::command::Desk;
use crate::command::statistics::gather::{self, Gathered, Wanted, What};
use crate::command::statistics::unused;
use crate::exit::Failure;
use crate::published::manifest::Part;
use crate::published::rulings::{self, Ruling};
use crate::published::{Parts, cases};
use crate::wording::statistics::StatMsg as Msg;

/// Longest text of a ruling that is published beside it.
const TEXT_MAX_BYTES: usize = 64 * 1024 * 1024;
/// Whose rulings they are when their case is under no rule set.
const COUNTRY: &str = "un";

/// Which election, and where to.
#[derive(Debug, clap::Args)]
pub(in crate::command) struct Args {
    #[command(flatten)]
    wanted: Wanted,
    /// The folder for it: a new one.
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

/// What was made.
pub(in crate::command) struct MadeOpen {
    gathered: Gathered,
    rule_sets: Vec<(String, [u8; 32])>,
    with_text: usize,
    without_text: usize,
    /// Its parts, by their paths.
    pub(in crate::command) parts: Vec<Part>,
}

/// Writes and signs.
pub(super) async fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    unused(desk, &args.out)?;
    let made = made(desk, &args.wanted, Some(&args.out)).await?;
    if !desk.screen.json {
        let counts = [made.gathered.told.len(), made.with_text, made.without_text];
        let [cases, with, without] = counts.map(|count| count.to_string());
        let text = Msg::OpenWritten.fill(desk.screen.lang, &[&cases, &with, &without]);
        desk.screen.show(&text, &serde_json::Value::Null);
    }
    made.gathered.seal(desk, &args.out, "open-data", made.rule_sets, made.parts)
}

/// Goes through the cases and makes the parts, in a folder or only hashed.
pub(in crate::command) async fn made(
    desk: &Desk,
    wanted: &Wanted,
    folder: Option<&Path>,
) -> Result<MadeOpen, Failure> {
    let mut parts = Parts::of(folder);
    let (mut names, mut seen) = (BTreeSet::new(), BTreeSet::new());
    let (mut with_text, mut without_text) = (0, 0);
    let gathered = gather::each(desk, wanted, What::OpenData, async |client, whole| {
        for ruling in rulings::rulings(whole, &country(whole)) {
            // A ruling on joined cases stands on each of their dockets.
            if !seen.insert(ruling.line.verified.digest) {
                continue;
            }
            let text = text(client, &ruling).await?;
            match &text {
                Some(_) => with_text += 1,
                None => without_text += 1,
            }
            let name = ruling.name(&names);
            ruling.parts(&mut parts, &name, text);
            names.insert(name);
        }
        Ok(())
    })
    .await?;
    let scope = &gathered.scope;
    let all = statistics(gathered.told.clone(), &scope.moment());
    cases::parts(&mut parts, scope, &gathered.told, &all);
    parts.schema("ruling.schema.json", rulings::SCHEMA);
    let parts = parts.finish().map_err(|error| Failure::usage(error.to_string()))?;
    let rule_sets = all.rule_sets.into_iter().collect();
    Ok(MadeOpen { gathered, rule_sets, with_text, without_text, parts })
}

/// The text of a ruling, where it may be published and can be had.
async fn text(client: &Client, ruling: &Ruling<'_>) -> Result<Option<Vec<u8>>, Failure> {
    let Some(source) = &ruling.text else { return Ok(None) };
    match client.fetch(source.sha256, TEXT_MAX_BYTES).await {
        Ok(bytes) => Ok(Some(bytes)),
        // Destroyed by order, or too long: what is known about it is published without it.
        Err(error) if matches!(&error, barid_client::ClientError::Refused(_)) => Ok(None),
        Err(error) => {
            let what = hex::encode(&source.sha256);
            Err(Failure::usage(format!("{what}: {error}")))
        }
    }
}

/// Whose rulings these are, as citations have it: identifiers of rule sets begin with their
/// country, `IQ-L31-2019`.
fn country(whole: &WholeCase) -> String {
    let named = whole.lines.iter().filter_map(|line| line.verified.assessment.as_ref());
    let named = named.flat_map(|added| &added.assessments).map(|one| one.rule_set_id.as_str());
    let mut named = std::iter::once(whole.case.rule_set_id.as_str()).chain(named);
    let country = |name: &str| {
        let (country, _) = name.split_once('-')?;
        let code = country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
        code.then(|| country.to_lowercase())
    };
    named.find_map(country).unwrap_or_else(|| COUNTRY.to_owned())
}
