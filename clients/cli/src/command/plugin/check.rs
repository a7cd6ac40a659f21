//! `barid plugin check`: the conformance kit.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use barid_client::disk;
use barid_client::source::{Machine, Source as _};
use barid_plugin_host::LoadFailure;
use barid_proto::key::Signer;
use barid_proto::v1::FilingKind;
use serde_json::{Value, json};

use super::super::{Desk, parse};
use crate::exit::Failure;
use crate::kit::report::Report;
use crate::kit::{self, Library, Limits, Outcome, Plan, Subject, Verdict};
use crate::profile;
use crate::render::grid::Grid;
use crate::wording::{self, Lang, PluginMsg};

/// What is checked, with what, and who signs for it.
#[derive(Debug, clap::Args)]
pub(in crate::command) struct Args {
    /// The plugin's library.
    library: PathBuf,
    /// Documents: FORMAT/KIND/NAME, the format without its plugin's name; or check.toml.
    folder: Option<PathBuf>,
    #[command(flatten)]
    limits: LimitArgs,
    /// Only this kind of filing; may be given several times.
    #[arg(long = "kind", value_parser = parse::kind)]
    kinds: Vec<FilingKind>,
    /// Where the mutations begin: the same seed makes the same.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Mutations of each good document.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(0..=10_000))]
    mutations: u32,
    /// Writes a signed report when nothing failed.
    #[arg(long, value_name = "REPORT")]
    out: Option<PathBuf>,
    /// The key that signs it: PKCS#8 PEM, or a `pkcs11:` URI. The profile's by default.
    #[arg(long, requires = "out")]
    key: Option<String>,
}

/// How much the plugin may take; as in the hub's settings.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(super) struct LimitArgs {
    /// Most bytes of one request.
    #[arg(long, default_value_t = 16 * 1024 * 1024)]
    max_input_bytes: usize,
    /// Most bytes of one reply.
    #[arg(long, default_value_t = 16 * 1024 * 1024)]
    max_output_bytes: usize,
    /// Longest time of one call, in milliseconds.
    #[arg(long, default_value_t = 5_000)]
    deadline_ms: u64,
    /// Most memory of a worker, in bytes.
    #[arg(long, default_value_t = 512 * 1024 * 1024)]
    max_memory_bytes: u64,
}

impl From<LimitArgs> for Limits {
    fn from(args: LimitArgs) -> Self {
        let LimitArgs { max_input_bytes, max_output_bytes, deadline_ms, max_memory_bytes } = args;
        Self { max_input_bytes, max_output_bytes, deadline_ms, max_memory_bytes }
    }
}

/// Runs every check; exit code 1 when one failed.
pub(super) fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    // Before minutes are spent: can the report be signed at all?
    let signer = signer(desk, &args)?;
    let plan = Plan { kinds: args.kinds, seed: args.seed, mutations: args.mutations };
    let subject = match loaded(&args.library, args.limits.into())? {
        Ok(subject) => subject,
        Err(failure) => {
            let outcomes = kit::unloaded(&failure);
            desk.screen.show(&text(desk.screen.lang, &outcomes, &[]), &value(None, &outcomes));
            return Err(Failure::Said(1));
        }
    };
    let papers = match &args.folder {
        Some(folder) => kit::papers(folder, &subject.description, &plan.kinds)
            .map_err(|error| Failure::usage(error.to_string()))?,
        None => Vec::new(),
    };
    let outcomes = kit::run(&subject, &papers, &plan);
    let passed = outcomes.iter().all(|outcome| outcome.verdict() != Verdict::Failed);
    let mut more = vec![who(desk.screen.lang, &subject)];
    if let (Some(path), Some(signer)) = (&args.out, &signer) {
        more.push(if passed {
            let report = Report::of(
                &subject,
                (&plan, &papers, &outcomes),
                Machine.now_ms(),
                signer.public_key(),
            );
            written(desk, path, &report, signer.as_ref())?
        } else {
            desk.screen.lang.fill(PluginMsg::NotReported.wording(), &[])
        });
    }
    desk.screen.show(&text(desk.screen.lang, &outcomes, &more), &value(Some(&subject), &outcomes));
    if passed { Ok(()) } else { Err(Failure::Said(1)) }
}

fn signer(desk: &Desk, args: &Args) -> Result<Option<Arc<dyn Signer>>, Failure> {
    if args.out.is_none() {
        return Ok(None);
    }
    Ok(Some(match &args.key {
        Some(named) => profile::signer(Path::new(""), named)?,
        None => desk.profile()?.signing_key()?,
    }))
}

/// The library, loaded. What lies with this machine or the arguments is a failure of the outer
/// kind: nothing was said of the plugin.
fn loaded(path: &Path, limits: Limits) -> Result<Result<Subject, LoadFailure>, Failure> {
    let usage = |why: &dyn fmt::Display| Failure::usage(format!("{}: {why}", path.display()));
    match Library::open(path, &limits).and_then(Subject::load) {
        Err(LoadFailure::Unreadable(error)) => Err(usage(&error)),
        Err(failure @ (LoadFailure::Manifest(_) | LoadFailure::Sealing(_))) => Err(usage(&failure)),
        other => Ok(other),
    }
}

fn written(
    desk: &Desk,
    path: &Path,
    report: &Report,
    signer: &dyn Signer,
) -> Result<String, Failure> {
    let bytes = report.signed(signer).map_err(|error| Failure::usage(error.to_string()))?;
    disk::replace(path, &bytes)?;
    let values = [path.display().to_string(), signer.public_key().id().to_string()];
    let values = values.each_ref().map(String::as_str);
    Ok(desk.screen.lang.fill(PluginMsg::Reported.wording(), &values))
}

fn who(lang: Lang, subject: &Subject) -> String {
    let digest = barid_client::hex::encode(&subject.manifest.sha256);
    let about = &subject.description;
    lang.fill(PluginMsg::PluginIs.wording(), &[&about.name, &about.version, &digest])
}

fn text(lang: Lang, outcomes: &[Outcome], more: &[String]) -> String {
    let heading = |message: PluginMsg| lang.pick(message.wording());
    let mut grid = Grid::new(
        lang,
        [PluginMsg::HeadCheck, PluginMsg::HeadVerdict, PluginMsg::HeadCases, PluginMsg::HeadRemark]
            .map(heading),
    );
    for outcome in outcomes {
        grid.row([
            wording::check(lang, outcome.check).to_owned(),
            wording::verdict(lang, outcome.verdict()).to_owned(),
            outcome.cases.to_string(),
            remarks(lang, outcome).join(lang.pick(("; ", "؛ "))),
        ]);
    }
    let failed: Vec<&str> = outcomes
        .iter()
        .filter(|outcome| outcome.verdict() == Verdict::Failed)
        .map(|outcome| wording::check(lang, outcome.check))
        .collect();
    let mut lines = vec![grid.render()];
    lines.push(failures(lang, outcomes));
    lines.extend(more.iter().cloned());
    lines.push(match failed.as_slice() {
        [] => lang.fill(PluginMsg::AllPassed.wording(), &[]),
        failed => lang.fill(PluginMsg::SomeFailed.wording(), &[&lang.list(failed)]),
    });
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

fn remarks(lang: Lang, outcome: &Outcome) -> Vec<String> {
    outcome.remarks.iter().map(|remark| wording::remark(lang, remark)).collect()
}

/// All failures, three lines each: where, why, what to do; empty when there are none.
fn failures(lang: Lang, outcomes: &[Outcome]) -> String {
    let mut lines = Vec::new();
    for outcome in outcomes {
        let check = wording::check(lang, outcome.check);
        for failure in &outcome.failures {
            let place = [failure.paper.as_str(), failure.format.as_str()];
            let place: Vec<String> =
                place.iter().filter(|one| !one.is_empty()).map(|one| lang.isolate(one)).collect();
            let head = [&[check.to_owned()], place.as_slice()].concat();
            lines.push(head.join(" · "));
            lines.push(format!("  {}", wording::failed_because(lang, &failure.reason)));
            lines.push(format!("  {}", wording::what_to_mend(lang, &failure.reason)));
        }
        if outcome.more > 0 {
            let values = [check, &outcome.more.to_string()];
            lines.push(lang.fill(PluginMsg::More.wording(), &values));
        }
    }
    lines.join("\n")
}

fn value(subject: Option<&Subject>, outcomes: &[Outcome]) -> Value {
    let failure = |failure: &kit::Failure| {
        json!({
            "input": failure.paper,
            "format": failure.format,
            "kind": failure.kind.as_str_name(),
            "reason": failure.reason.name(),
            "what": wording::failed_because(Lang::En, &failure.reason),
            "remedy": wording::what_to_mend(Lang::En, &failure.reason),
        })
    };
    let check = |outcome: &Outcome| {
        json!({
            "check": outcome.check.name(),
            "verdict": outcome.verdict().name(),
            "cases": outcome.cases,
            "failures": outcome.failures.iter().map(failure).collect::<Vec<_>>(),
            "more_failures": outcome.more,
            "remarks": remarks(Lang::En, outcome),
        })
    };
    json!({
        "kit": kit::VERSION,
        "plugin": subject.map(|subject| json!({
            "name": subject.description.name,
            "version": subject.description.version,
            "sha256": barid_client::hex::encode(&subject.manifest.sha256),
        })),
        "checks": outcomes.iter().map(check).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::Reason;

    #[test]
    fn a_library_that_does_not_load_is_told_with_the_remedy() {
        let outcomes = kit::unloaded(&LoadFailure::Description("it has no name".to_owned()));
        let english = text(Lang::En, &outcomes, &[]);
        assert!(english.contains("it has no name") && english.contains("not applicable"));
        let arabic = text(Lang::Ar, &outcomes, &[]);
        assert!(arabic.contains("فشل") && arabic.contains("لا ينطبق"), "{arabic}");
        let value = value(None, &outcomes);
        assert_eq!(value["checks"][0]["failures"][0]["reason"], "not-loaded");
        assert_eq!(value["checks"][11]["verdict"], "not-applicable");
        let reason = Reason::NotLoaded(String::new());
        assert!(english.contains(&wording::what_to_mend(Lang::En, &reason)[..20]));
    }
}
