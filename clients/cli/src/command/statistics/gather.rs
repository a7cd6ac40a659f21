//! Going through an election's cases, and sealing what was made of them.

use std::path::Path;

use barid_client::client::{Client, WholeCase};
use barid_client::memory::Seen;
use barid_client::source::{Machine, Source as _};
use barid_proto::key::Signer;
use barid_proto::rules::Catalogue;
use barid_proto::statistics::{CaseTold, withhold};
use barid_proto::v1::DataClass;
use jiff::Timestamp;
use serde_json::json;

use crate::command::{Desk, parse};
use crate::exit::Failure;
use crate::profile;
use crate::published::manifest::{self, Made, Manifest, Part};
use crate::published::{Scope, cases, class_word};
use crate::wording::statistics::StatMsg as Msg;

/// Which election, and as of when.
#[derive(Debug, Clone, clap::Args)]
pub(in crate::command) struct Wanted {
    /// The election: `CoR-2025-6`.
    #[arg(long, required = true)]
    pub(in crate::command) event: Option<String>,
    /// How many leaves of the log are counted; all that there are by default.
    #[arg(long, value_name = "SIZE")]
    pub(in crate::command) as_of: Option<u64>,
    /// The instant to which what is pending has waited, now by default:
    /// `2025-12-07T15:00:00+03:00`.
    #[arg(long, value_parser = parse::instant)]
    pub(in crate::command) at: Option<(i64, i32)>,
    /// Class of data, where the election has several: they are never mixed.
    #[arg(long, value_parser = parse::data_class)]
    pub(in crate::command) class: Option<DataClass>,
    /// In what is written: figures about fewer persons than this are withheld.
    #[arg(long, default_value_t = withhold::MINIMUM)]
    pub(in crate::command) minimum: usize,
    /// The text of a rule set that does not come along and was not published, TOML.
    #[arg(long)]
    pub(in crate::command) rules: Vec<std::path::PathBuf>,
    /// By whose clocks days are told, when that is known already: minutes ahead of UTC.
    #[arg(skip)]
    pub(in crate::command) utc_offset_minutes: Option<i32>,
}

/// What cases are gathered for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::command) enum What {
    /// Figures: everything that one may read is counted.
    Figures,
    /// Open data: nothing restricted is counted.
    OpenData,
}

/// What was gathered.
pub(in crate::command) struct Gathered {
    /// What it is about.
    pub(in crate::command) scope: Scope,
    /// The cases, without their long texts.
    pub(in crate::command) told: Vec<CaseTold>,
    /// The checkpoint of the log.
    pub(in crate::command) seen: Seen,
    /// Cases that were left out, because what opened them is restricted.
    pub(in crate::command) withheld: usize,
}

/// Goes through all cases.
pub(in crate::command) async fn all(
    desk: &Desk,
    wanted: &Wanted,
    what: What,
) -> Result<Gathered, Failure> {
    each(desk, wanted, what, async |_, _| Ok(())).await
}

/// Goes through all cases, and does something with each one as far as it counts. One docket is in
/// memory at a time, with all its texts.
pub(in crate::command) async fn each(
    desk: &Desk,
    wanted: &Wanted,
    what: What,
    mut with: impl AsyncFnMut(&Client, &WholeCase) -> Result<(), Failure>,
) -> Result<Gathered, Failure> {
    if wanted.event.as_ref().is_none_or(String::is_empty) {
        return Err(Failure::usage("--event: name the election, such as CoR-2025-6"));
    }
    let client = desk.client()?;
    let seen = client.checkpoint().await?;
    let mut scope = scope(desk, wanted, &client, &seen)?;
    let mut cases = client.walk_event(&scope.event).await?;
    scope.data_class = class(desk, wanted, cases.classes().into_iter().collect())?;
    cases.retain(scope.data_class);
    let mut known = known(wanted)?;
    let (mut told, mut withheld) = (Vec::new(), 0);
    while let Some(mut whole) = cases.next().await? {
        whole.lines.retain(|line| line.verified.leaf_index < scope.as_of_size);
        if whole.lines.is_empty() {
            continue;
        }
        if what == What::OpenData {
            let Some(public) = cases::public(&whole) else {
                withheld += 1;
                continue;
            };
            whole = public;
        }
        with(&client, &whole).await?;
        let rules = client.rules_of(&whole, &mut known).await;
        let mut case = whole.told(rules);
        case.lighten();
        told.push(case);
    }
    Ok(Gathered { scope, told, seen, withheld })
}

fn scope(desk: &Desk, wanted: &Wanted, client: &Client, seen: &Seen) -> Result<Scope, Failure> {
    let size = seen.checkpoint.size();
    let as_of_size = wanted.as_of.unwrap_or(size);
    if as_of_size > size {
        return Err(Failure::usage(format!("--as-of {as_of_size}: the log has {size} leaves")));
    }
    // To the second, so that a text gives it back; upwards, so that nothing was filed after it.
    let at_ms = wanted.at.map_or_else(|| Machine.now_ms(), |(at_ms, _)| at_ms);
    let at_ms = (at_ms + 999) / 1000 * 1000;
    let at =
        Timestamp::from_millisecond(at_ms).map_err(|error| Failure::usage(error.to_string()))?;
    let profile = desk.profile()?;
    Ok(Scope {
        event: wanted.event.clone().unwrap_or_default(),
        data_class: DataClass::Unspecified,
        as_of_size,
        at_ms,
        utc_offset_minutes: match wanted.utc_offset_minutes {
            Some(minutes) => minutes,
            None => profile.zone()?.to_offset(at).seconds() / 60,
        },
        minimum: wanted.minimum,
        view: profile.address(),
        log: client.origin().to_owned(),
    })
}

/// The class of data that is counted: the one that is asked for, or the only one there is.
fn class(desk: &Desk, wanted: &Wanted, there: Vec<DataClass>) -> Result<DataClass, Failure> {
    match (wanted.class, there.as_slice()) {
        (Some(class), _) => Ok(class),
        (None, []) => Ok(DataClass::Live),
        (None, [one]) => Ok(*one),
        (None, several) => {
            let words: Vec<String> = several.iter().map(|class| class_word(*class)).collect();
            let list = desk.screen.lang.list(&words);
            Err(Failure::usage(Msg::SeveralClasses.fill(desk.screen.lang, &[&list])))
        }
    }
}

fn known(wanted: &Wanted) -> Result<Catalogue, Failure> {
    let mut known = Catalogue::built_in().map_err(|why| Failure::usage(why.to_string()))?;
    for path in &wanted.rules {
        let wrong = |why: String| Failure::usage(format!("{}: {why}", path.display()));
        let text = String::from_utf8(profile::read(path)?);
        let text = text.map_err(|_| wrong("it is not UTF-8".to_owned()))?;
        known.add(&text).map_err(|problems| wrong(problems.to_string()))?;
    }
    Ok(known)
}

impl Gathered {
    /// Signs what was written into a folder, and tells of it.
    pub(in crate::command) fn seal(
        &self,
        desk: &Desk,
        folder: &Path,
        what: &str,
        rule_sets: Vec<(String, [u8; 32])>,
        parts: Vec<Part>,
    ) -> Result<(), Failure> {
        let at = |error: std::io::Error| Failure::usage(format!("{}: {error}", folder.display()));
        let keys = desk.profile()?.signing_keys()?;
        let signers: Vec<&dyn Signer> = keys.iter().map(AsRef::as_ref).collect();
        let publics: Vec<_> = signers.iter().map(|signer| signer.public_key()).collect();
        let tree = &self.seen.checkpoint;
        let checkpoint = (tree.size(), *tree.root(), self.seen.note.as_slice());
        let made = Made { what, scope: &self.scope, checkpoint, rule_sets };
        let manifest = Manifest::of(&made, &publics, parts);
        let (bytes, envelope) = manifest.sign(&signers).map_err(|wrong| Failure::usage(wrong.0))?;
        std::fs::create_dir_all(folder).map_err(at)?;
        let written = [
            (manifest::CHECKPOINT, self.seen.note.as_slice()),
            (manifest::MANIFEST, &bytes),
            (manifest::SIGNED, &envelope),
        ];
        for (name, bytes) in written {
            std::fs::write(folder.join(name), bytes).map_err(at)?;
        }
        let shown = folder.display().to_string();
        let count = manifest.parts.len() + written.len();
        let key = publics.first().map(|key| key.id().to_string()).unwrap_or_default();
        let values = [shown.as_str(), &count.to_string(), &key];
        let text = Msg::Written.fill(desk.screen.lang, &values);
        let value = json!({
            "written": shown,
            "files": count,
            "key_id": key,
            "as_of_size": self.scope.as_of_size,
            "cases": self.told.len(),
            "cases_withheld": self.withheld,
        });
        desk.screen.show(&text, &value);
        Ok(())
    }
}
