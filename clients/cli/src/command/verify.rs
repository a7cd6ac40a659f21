//! `barid verify`: checks bundles without the hub, a profile or a network.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use barid_client::bundle::zip::ZipError;
use barid_client::bundle::{Bundle, BundleError};
use barid_client::client::CaseName;
use barid_client::verify::{self, Believed, Roots, Verdict};
use barid_client::{Trust, clock};
use barid_proto::rules::Catalogue;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::Desk;
use crate::archive::{self, BagFault};
use crate::exit::Failure;
use crate::profile;
use crate::published::manifest;
use crate::render::report::{self, View};
use crate::render::time;
use crate::wording::{ArchiveMsg, Msg};

/// What to check, and whom to believe.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A bundle, a folder of bundles (`*.barid`), an archive (`barid archive`), or what was
    /// published (`barid statistics`, `barid publish open-data`).
    path: PathBuf,
    #[command(flatten)]
    belief: Belief,
}

/// Whom to believe, and how strictly: the same for all commands that examine bundles.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Belief {
    /// The logs and witnesses one believes, a C2SP tlog-policy; the profile's by default. With it
    /// no profile is needed.
    #[arg(long, alias = "trust")]
    policy: Option<PathBuf>,
    /// The certificate authorities one believes, PEM: they say whose the signing keys are.
    #[arg(long)]
    roots: Option<PathBuf>,
    /// The authorities of time-stamps one believes, PEM: they say when filings existed.
    #[arg(long)]
    tsa_roots: Option<PathBuf>,
    /// The text of a rule set that does not come along, such as an election's regulation, TOML: by
    /// it deadlines are computed again. One that others build on comes first.
    #[arg(long)]
    rules: Vec<PathBuf>,
    /// Accept that it stays open whose the signing keys are.
    #[arg(long, conflicts_with = "roots")]
    without_roots: bool,
    /// Take warnings for errors: a hub's clock that the witnesses contradict, above all.
    #[arg(long)]
    strict: bool,
}

/// What was given to believe, read.
pub(super) struct Beliefs {
    /// Logs and witnesses.
    pub(super) trust: Trust,
    /// Certificate authorities.
    pub(super) roots: Option<Roots>,
    /// Authorities of time-stamps.
    tsa_roots: Option<Vec<clock::Root>>,
    /// Rule sets.
    rules: Catalogue,
    /// As the arguments say.
    pub(super) belief: Belief,
    /// Where instants are shown.
    pub(super) zone: TimeZone,
}

impl Belief {
    /// The texts of rule sets that were given.
    pub(super) fn given_rules(&self) -> Vec<PathBuf> {
        self.rules.clone()
    }

    /// Whether it may stay open whose the signing keys are.
    pub(super) fn leaves_keys_open(&self) -> bool {
        self.without_roots
    }

    /// Reads policy and roots.
    pub(super) fn read(self, desk: &Desk) -> Result<Beliefs, Failure> {
        let profile = desk.profile();
        let (trust, zone) = match (&self.policy, profile) {
            (Some(path), profile) => {
                let zone = profile.and_then(|profile| profile.zone()).or_else(|_| default_zone());
                (Trust::read(path)?, zone?)
            }
            (None, Ok(profile)) => (profile.trust()?, profile.zone()?),
            (None, Err(_)) => return Err(Failure::usage(desk.screen.say(Msg::NoPolicy, &[]))),
        };
        let roots = match &self.roots {
            None => None,
            Some(path) => {
                let roots = Roots::parse(&profile::read(path)?);
                Some(roots.map_err(|why| Failure::usage(format!("{}: {why}", path.display())))?)
            }
        };
        let tsa_roots = match &self.tsa_roots {
            None => None,
            Some(path) => {
                let roots = clock::roots(&profile::read(path)?);
                Some(roots.map_err(|why| Failure::usage(format!("{}: {why}", path.display())))?)
            }
        };
        let rules = self.rule_sets()?;
        Ok(Beliefs { trust, roots, tsa_roots, rules, belief: self, zone })
    }

    /// The rule sets that come along, and those that are given.
    fn rule_sets(&self) -> Result<Catalogue, Failure> {
        let mut rules = Catalogue::built_in().map_err(|why| Failure::usage(why.to_string()))?;
        for path in &self.rules {
            let wrong = |why: String| Failure::usage(format!("{}: {why}", path.display()));
            let text = String::from_utf8(profile::read(path)?);
            let text = text.map_err(|_| wrong("it is not UTF-8".to_owned()))?;
            rules.add(&text).map_err(|problems| wrong(problems.to_string()))?;
        }
        Ok(rules)
    }
}

impl Beliefs {
    /// As the verifier takes it.
    pub(super) fn believed(&self) -> Believed<'_> {
        Believed {
            policy: self.trust.policy(),
            roots: self.roots.as_ref(),
            tsa_roots: self.tsa_roots.as_deref(),
            rules: &self.rules,
            without_roots: self.belief.without_roots,
            strict: self.belief.strict,
        }
    }

    /// The rule sets that are known.
    pub(super) fn rule_sets(&self) -> &Catalogue {
        &self.rules
    }

    /// How to show what comes out.
    pub(super) fn view(&self, desk: &Desk) -> View<'_> {
        View {
            lang: desk.screen.lang,
            zone: &self.zone,
            asked_roots: self.roots.is_some(),
            asks_witnesses: self.trust.policy().asks_witnesses(),
        }
    }
}

/// Checks; the worst of all bundles decides the exit code.
pub(super) fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let beliefs = args.belief.read(desk)?;
    if manifest::is_publication(&args.path) {
        let code = super::statistics::verify::offline(desk, &args.path, &beliefs);
        return if code == 0 { Ok(()) } else { Err(Failure::Said(code)) };
    }
    let mut worst = 0;
    let paths = match archive::is_bag(&args.path) {
        true => {
            worst = bag(desk, &args.path)?;
            archived(desk, &args.path)?
        }
        false => bundles(&args.path)?,
    };
    for path in paths {
        let (text, details, code) = match open(&path)? {
            Ok(bundle) => {
                let report = verify::examine(&bundle, &beliefs.believed());
                let text = beliefs.view(desk).report(&report);
                (text, report::value(&report), exit_code(report.verdict()))
            }
            Err(why) => (unreadable(desk, &why), json!({ "why": why.to_string() }), 1),
        };
        let shown = path.display().to_string();
        let value = json!({ "path": shown, "verdict": verdict(code), "details": details });
        desk.screen.show(&format!("{}\n{text}\n", desk.screen.lang.isolate(&shown)), &value);
        // One that is known to be wrong outweighs many that cannot be decided.
        worst = if worst == 1 || code == 1 { 1 } else { code.max(worst) };
    }
    if worst == 0 { Ok(()) } else { Err(Failure::Said(worst)) }
}

/// Checks the bag itself; the exit code.
fn bag(desk: &Desk, folder: &Path) -> Result<u8, Failure> {
    let lang = desk.screen.lang;
    let failed = |error: std::io::Error| Failure::usage(format!("{}: {error}", folder.display()));
    let faults = archive::check(folder).map_err(failed)?;
    let line = |fault: &BagFault| {
        let (message, path) = match fault {
            BagFault::Form(path) => (ArchiveMsg::BagForm, path),
            BagFault::Missing(path) => (ArchiveMsg::BagMissing, path),
            BagFault::Unlisted(path) => (ArchiveMsg::BagUnlisted, path),
            BagFault::Changed(path) => (ArchiveMsg::BagChanged, path),
        };
        lang.fill(message.wording(), &[path])
    };
    let lines: Vec<String> = match faults.is_empty() {
        true => vec![lang.fill(ArchiveMsg::BagHolds.wording(), &[])],
        false => faults.iter().map(line).collect(),
    };
    let value = json!({ "bag": folder, "whole": faults.is_empty(), "faults": lines.len() });
    desk.screen.show(&lines.join("\n"), &value);
    Ok(u8::from(!faults.is_empty()))
}

/// The bundles of an archive.
fn archived(desk: &Desk, folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |error: std::io::Error| Failure::usage(format!("{}: {error}", folder.display()));
    let packages = std::fs::read_dir(folder.join("data")).map_err(failed)?;
    let mut paths: Vec<PathBuf> =
        packages.flatten().map(|found| found.path().join(archive::BUNDLE)).collect();
    paths.retain(|path| path.is_file());
    paths.sort();
    if paths.is_empty() {
        return Err(Failure::usage(desk.screen.lang.fill(ArchiveMsg::NoBundle.wording(), &[])));
    }
    Ok(paths)
}

/// The exit code of a verdict.
pub(super) fn exit_code(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Valid => 0,
        Verdict::Invalid => 1,
        Verdict::Undecided => 2,
    }
}

/// What is said about a file that is no bundle.
fn unreadable(desk: &Desk, why: &BundleError) -> String {
    let invalid = desk.screen.say(Msg::Invalid, &[]);
    format!("{invalid}: {}", desk.screen.lang.isolate(&why.to_string()))
}

/// Opens a bundle; a file that cannot be read at all is this machine's fault, not the bundle's.
fn open(path: &Path) -> Result<Result<Bundle, BundleError>, Failure> {
    let failed = |error: &std::io::Error| Failure::usage(format!("{}: {error}", path.display()));
    let opened = File::open(path).map_err(|error| failed(&error))?;
    match Bundle::read(BufReader::new(opened)) {
        Err(BundleError::Zip(ZipError::Disk(error))) => Err(failed(&error)),
        other => Ok(other),
    }
}

/// The bundle in a file; that it is none is told, and ends the command.
pub(super) fn opened(desk: &Desk, path: &Path) -> Result<Bundle, Failure> {
    open(path)?.map_err(|why| {
        desk.screen.show(&unreadable(desk, &why), &json!({ "why": why.to_string() }));
        Failure::Said(1)
    })
}

/// What proves a case: a bundle that somebody brought, or what the hub gives.
pub(super) async fn gathered(
    desk: &Desk,
    bundle: Option<&Path>,
    case: Option<CaseName>,
) -> Result<Bundle, Failure> {
    match (bundle, case) {
        (Some(path), _) => opened(desk, path),
        (None, Some(name)) => Ok(desk.client()?.gather_case(name).await?.1),
        (None, None) => Ok(Bundle::default()),
    }
}

fn verdict(code: u8) -> Value {
    json!(match code {
        0 => report::word(Verdict::Valid),
        1 => report::word(Verdict::Invalid),
        _ => report::word(Verdict::Undecided),
    })
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
