//! `barid archive`: a case in one folder that a national archive takes.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use barid_client::bundle::Bundle;
use barid_client::client::CaseName;
use barid_client::source::{Machine, Source as _};
use barid_client::verify::{self, Verdict};
use barid_client::{custody, hex};
use serde_json::json;

use super::Desk;
use super::verify::{Belief, Beliefs, opened};
use crate::archive::{self, Case, Contents, Package, Withheld};
use crate::exit::Failure;
use crate::render::{report, time};
use crate::wording::ArchiveMsg;

/// What to archive, and where.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The case, by its identifier or a number (`ejp:612/2025`); asks the hub.
    #[arg(value_parser = super::docket::name, required_unless_present = "bundle")]
    case: Option<CaseName>,
    /// A bundle of the case, with its documents: needs neither hub nor profile.
    #[arg(long, conflicts_with = "case")]
    bundle: Option<PathBuf>,
    /// The folder for it: a new one.
    #[arg(long, short)]
    into: PathBuf,
    /// Put restricted and sealed papers in, too; they are only listed otherwise.
    #[arg(long)]
    with_restricted: bool,
    #[command(flatten)]
    belief: Belief,
}

/// Gathers, verifies, and writes: a package, and the bag around it.
pub(super) async fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let lang = desk.screen.lang;
    let shown = args.into.display().to_string();
    if fs::read_dir(&args.into).is_ok_and(|mut there| there.next().is_some()) {
        return Err(Failure::usage(lang.fill(ArchiveMsg::FolderUsed.wording(), &[&shown])));
    }
    let beliefs = args.belief.clone().read(desk)?;
    fs::create_dir_all(&args.into).map_err(|error| at(&args.into, &error))?;
    let fetched = args.into.join("fetched");
    let (mut bundle, named) = gather(desk, &args, &fetched).await?;
    let withheld = match args.with_restricted {
        true => Vec::new(),
        false => archive::withhold(&mut bundle),
    };
    if args.bundle.is_none() {
        fs::create_dir_all(&fetched).map_err(|error| at(&fetched, &error))?;
        desk.client()?.gather_documents(&mut bundle, &fetched).await?;
    }
    let mut believed = beliefs.believed();
    // Who archives a case need not have the roots; who relies on it does.
    believed.without_roots |= believed.roots.is_none();
    let report = verify::examine(&bundle, &believed);
    if report.verdict() == Verdict::Invalid {
        let text = beliefs.view(desk).report(&report);
        desk.screen.show(&text, &report::value(&report));
        return Err(Failure::Said(4));
    }
    let case = Case {
        id: named,
        events: custody::events(&report),
        report: &report,
        withheld: &withheld,
        zone: &beliefs.zone,
        made_at: made_at(),
    };
    write(&args.into, &fetched, &bundle, &case, &beliefs)
        .map_err(|error| at(&args.into, &error))?;
    show(desk, &shown, &bundle, &withheld);
    Ok(())
}

/// The bundle, and what the case is called: by its identifier.
async fn gather(desk: &Desk, args: &Args, fetched: &Path) -> Result<(Bundle, String), Failure> {
    if let Some(path) = &args.bundle {
        let mut bundle = opened(desk, path)?;
        archive::unzip(path, &mut bundle, fetched).map_err(|error| at(path, &error))?;
        let first = bundle.filings.first().map(|filing| &filing.sealed.envelope.body);
        let body = first.and_then(|body| barid_proto::envelope::decode_body(body).ok());
        let body = body.ok_or_else(|| Failure::usage("there is no filing in it"))?;
        // A case has the identifier of the envelope that opened it.
        let case = body.case.map(|case| case.case_id).filter(|id| !id.is_empty());
        return Ok((bundle, hex::encode(&case.unwrap_or(body.envelope_id))));
    }
    let name = args.case.clone().ok_or_else(|| Failure::usage("no case was named"))?;
    let (case, mut bundle) = desk.client()?.gather_case(name).await?;
    bundle.policy = desk.profile()?.policy_text()?;
    Ok((bundle, hex::encode(&case.case_id)))
}

fn write(
    folder: &Path,
    fetched: &Path,
    bundle: &Bundle,
    case: &Case<'_>,
    beliefs: &Beliefs,
) -> io::Result<()> {
    let mut package = Package::new(&folder.join("data").join(&case.id))?;
    let rules = beliefs.rule_sets();
    archive::contents(&mut package, &Contents { bundle, report: case.report, rules })?;
    let page = archive::describe(&mut package, case)?;
    fs::write(folder.join("index.html"), page)?;
    if fetched.exists() {
        fs::remove_dir_all(fetched)?;
    }
    let offices = case.senders();
    let size = bundle.filings.len().to_string();
    archive::close(
        folder,
        &[
            ("Source-Organization", &offices),
            ("Bagging-Date", case.made_at.get(..10).unwrap_or_default()),
            ("External-Identifier", &case.id),
            ("External-Description", "Electoral case file with its evidence (Barid)"),
            (
                "Internal-Sender-Description",
                &format!("{size} filings of the log {}", case.report.log),
            ),
            ("Bag-Software-Agent", concat!("barid ", env!("CARGO_PKG_VERSION"))),
        ],
    )
}

fn show(desk: &Desk, shown: &str, bundle: &Bundle, withheld: &[Withheld]) {
    let counts = [bundle.filings.len(), bundle.documents.len(), withheld.len()];
    let [filings, documents, left] = counts.map(|count| count.to_string());
    let values = [shown, filings.as_str(), documents.as_str(), left.as_str()];
    let text = desk.screen.lang.fill(ArchiveMsg::Written.wording(), &values);
    let [filings, documents, left] = counts;
    let value = json!({
        "archive": shown,
        "filings": filings,
        "documents": documents,
        "withheld": left,
    });
    desk.screen.show(&text, &value);
}

/// Now, in UTC to the second, as XML has it.
fn made_at() -> String {
    let seconds = Machine.now_ms() / 1000 * 1000;
    time::rfc3339(seconds, 0).unwrap_or_default()
}

fn at(path: &Path, error: &io::Error) -> Failure {
    Failure::usage(format!("{}: {error}", path.display()))
}
