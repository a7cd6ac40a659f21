//! `barid bundle`: everything that proves a case or a filing, in one file that needs no hub.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use barid_client::bundle::Bundle;
use barid_client::client::CaseName;
use barid_client::verify::{self, Verdict};
use barid_client::{disk, hex};
use serde_json::json;

use super::verify::{Belief, exit_code};
use super::{Desk, parse};
use crate::exit::Failure;
use crate::profile;
use crate::render::report;
use crate::wording::Msg;

/// What to put into it. A case is never called by a plain word, so that words stay free for
/// commands below this one.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A case, by its identifier or a number (`ejp:612/2025`); or the digest of one filing.
    #[arg(value_parser = subject)]
    subject: Subject,
    /// Where to write it; `NAME.barid` here by default.
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// Put the documents in too, not only their digests.
    #[arg(long)]
    documents: bool,
    /// Put in time-stamps of third parties, by the digests under which they were filed.
    #[arg(long, value_parser = parse::digest)]
    clock: Vec<[u8; 32]>,
    /// Put in filings beyond the case, by the digests under which they were filed: a calendar that
    /// the hub should have counted, above all. What its assessments rest on is there by itself.
    #[arg(long, value_parser = parse::digest)]
    law: Vec<[u8; 32]>,
    /// Put in certificate revocation lists, DER.
    #[arg(long)]
    crl: Vec<PathBuf>,
    #[command(flatten)]
    belief: Belief,
}

/// What a bundle is about.
#[derive(Debug, Clone)]
enum Subject {
    /// A whole case.
    Case(CaseName),
    /// One filing.
    Filing([u8; 32]),
}

fn subject(text: &str) -> Result<Subject, String> {
    if let Ok(digest) = parse::digest(text) {
        return Ok(Subject::Filing(digest));
    }
    super::docket::name(text).map(Subject::Case).map_err(|error| format!("{error}; or a digest"))
}

/// Gathers, verifies, and only then writes.
pub(super) async fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let client = desk.client()?;
    let beliefs = args.belief.read(desk)?;
    let (name, mut bundle) = match args.subject {
        Subject::Filing(digest) => (hex::encode(&digest), client.gather_filing(digest).await?),
        Subject::Case(name) => {
            let (case, bundle) = client.gather_case(name).await?;
            (hex::encode(&case.case_id), bundle)
        }
    };
    for digest in args.clock {
        client.gather_clock(&mut bundle, digest).await?;
    }
    for digest in args.law {
        client.gather_law(&mut bundle, digest).await?;
    }
    let path = args.output.unwrap_or_else(|| PathBuf::from(format!("{name}.barid")));
    bundle.policy = desk.profile()?.policy_text()?;
    bundle.crls = args.crl.iter().map(|path| profile::read(path)).collect::<Result<_, _>>()?;
    // Documents are fetched beside the bundle: where it has room, they have.
    let fetched = path.with_added_extension("documents");
    if args.documents {
        std::fs::create_dir_all(&fetched).map_err(|error| at(&fetched, &error))?;
        client.gather_documents(&mut bundle, &fetched).await?;
    }
    let mut believed = beliefs.believed();
    // Who writes a bundle need not have the roots; who relies on it does.
    believed.without_roots |= believed.roots.is_none();
    let report = verify::examine(&bundle, &believed);
    let code = exit_code(report.verdict());
    if report.verdict() == Verdict::Invalid {
        let text = beliefs.view(desk).report(&report);
        desk.screen.show(&text, &report::value(&report));
        return Err(Failure::Said(4));
    }
    write(&bundle, &path)?;
    if args.documents {
        std::fs::remove_dir_all(&fetched).map_err(|error| at(&fetched, &error))?;
    }
    let shown = path.display().to_string();
    let (filings, documents) = (bundle.filings.len(), bundle.documents.len());
    let done = [shown.as_str(), &filings.to_string(), &documents.to_string()];
    let view = beliefs.view(desk).report(&report);
    let value = json!({
        "path": shown,
        "verdict": report::word(report.verdict()),
        "filings": filings,
        "documents": documents,
        "details": report::value(&report),
    });
    desk.screen.show(&format!("{view}\n\n{}", desk.screen.say(Msg::BundleWritten, &done)), &value);
    if code == 0 { Ok(()) } else { Err(Failure::Said(code)) }
}

/// Writes beside the name and takes it only when the whole is on the disk.
fn write(bundle: &Bundle, path: &Path) -> Result<(), Failure> {
    let beside = path.with_added_extension("unfinished");
    let opened = File::create(&beside).map_err(|error| at(&beside, &error))?;
    let written = bundle.write(BufWriter::new(opened));
    let written = written.map_err(|why| Failure::usage(format!("{}: {why}", path.display())))?;
    let opened = written.into_inner().map_err(|error| at(&beside, error.error()))?;
    opened.sync_all().map_err(|error| at(&beside, &error))?;
    Ok(disk::rename(&beside, path)?)
}

fn at(path: &Path, error: &std::io::Error) -> Failure {
    Failure::usage(format!("{}: {error}", path.display()))
}
