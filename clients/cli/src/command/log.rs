//! `barid log`: the transparency log, compared with what this office saw before.

use std::path::{Path, PathBuf};
use std::time::Duration;

use barid_client::memory::Seen;
use barid_client::verify::stated::Stated;
use barid_client::{Client, hex};
use barid_proto::v1::{HubStatementKind, Reason};
use indicatif::ProgressStyle;
use jiff::tz::TimeZone;
use serde_json::json;

use super::Desk;
use crate::exit::Failure;
use crate::render::{json as values, office, time};
use crate::wording::{self, Lang, Msg};

/// What to read.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Shows the newest checkpoint.
    Checkpoint,
    /// Shows each new checkpoint, and stops when the log contradicts itself.
    Follow {
        /// Seconds between two looks.
        #[arg(long, default_value_t = 10)]
        every: u64,
    },
    /// Shows a statement of the hub, verified: that it refused an envelope, that an office fetched
    /// a filing or did not answer it in time.
    Statement {
        /// Its leaf, as a refusal or a docket names it.
        leaf: u64,
    },
    /// Writes the whole log into a folder, or what the folder lacks of it: C2SP tlog-tiles, which
    /// anybody's tools can check without the hub.
    Export {
        /// The folder; it is made when it is not there.
        folder: PathBuf,
    },
}

/// Reads the log; a contradiction ends with exit code 4 and both checkpoints kept.
pub(super) async fn run(desk: &Desk, command: &Command) -> Result<(), Failure> {
    let client = desk.client()?;
    match command {
        Command::Checkpoint => show(desk, &client.checkpoint().await?),
        Command::Follow { every } => follow(desk, &client, *every).await?,
        Command::Statement { leaf } => {
            let (_, stated) = client.statement(*leaf).await?;
            let text = statement(desk.screen.lang, &stated, &desk.zone()?);
            desk.screen.show(&text, &values::stated(&stated));
        }
        Command::Export { folder } => export(desk, &client, folder).await?,
    }
    Ok(())
}

async fn follow(desk: &Desk, client: &Client, every: u64) -> Result<(), Failure> {
    let mut last = client.checkpoint().await?;
    show(desk, &last);
    loop {
        tokio::time::sleep(Duration::from_secs(every.max(1))).await;
        let newest = client.checkpoint().await?;
        if newest.checkpoint != last.checkpoint {
            show(desk, &newest);
            last = newest;
        }
    }
}

async fn export(desk: &Desk, client: &Client, folder: &Path) -> Result<(), Failure> {
    let screen = desk.screen;
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {eta}");
    let bar = screen.bar().with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let mut progress = |done, size| {
        bar.set_length(size);
        bar.set_position(done);
    };
    let exported = client.export_log(folder, &mut progress).await?;
    bar.finish_and_clear();
    let checkpoint = &exported.newest.checkpoint;
    let new = checkpoint.size() - exported.had;
    let (root, path) = (hex::encode(checkpoint.root()), folder.display().to_string());
    let lines = [
        screen.say(Msg::Checkpoint, &[checkpoint.origin(), &checkpoint.size().to_string()]),
        screen.say(Msg::CheckpointRoot, &[&root]),
        screen.say(Msg::Exported, &[&path, &new.to_string()]),
    ];
    let value = json!({
        "origin": checkpoint.origin(),
        "size": checkpoint.size(),
        "root": root,
        "path": path,
        "new_leaves": new,
    });
    screen.show(&lines.join("\n"), &value);
    Ok(())
}

/// A statement for people, a line for each thing it says.
fn statement(lang: Lang, stated: &Stated, zone: &TimeZone) -> String {
    let said = &stated.statement;
    let kind = said.kind();
    let at = time::second(said.at_unix_ms, zone);
    let what = wording::stated(lang, kind);
    let mut lines =
        vec![lang.say(Msg::StatementLine, &[&stated.leaf_index.to_string(), &at, what])];
    if said.office.is_some() {
        lines.push(lang.say(Msg::StatementOffice, &[&office(said.office.as_ref())]));
    }
    if let Some(outage) = &said.outage {
        let from = time::second(outage.from_unix_ms, zone);
        let until = time::second(outage.until_unix_ms, zone);
        let scope = wording::outage_scope(lang, outage.scope());
        lines.push(lang.say(Msg::StatementSpan, &[scope, &from, &until]));
    }
    if kind == HubStatementKind::Rejected {
        let reason = i32::try_from(said.reason).ok().and_then(|n| Reason::try_from(n).ok());
        let name = reason.map_or("", |reason| reason.as_str_name());
        lines.push(lang.say(Msg::StatementReason, &[&format!("{} {name}", said.reason)]));
    }
    if kind == HubStatementKind::Expired {
        lines.push(lang.say(Msg::StatementLimit, &[&time::second(said.limit_unix_ms, zone)]));
    }
    let digests = said.envelope_digests.iter();
    lines.extend(digests.map(|one| lang.say(Msg::StatementEnvelope, &[&hex::encode(one)])));
    lines.join("\n")
}

fn show(desk: &Desk, seen: &Seen) {
    let (checkpoint, screen) = (&seen.checkpoint, desk.screen);
    let (size, root) = (checkpoint.size().to_string(), hex::encode(checkpoint.root()));
    let lines = [
        screen.say(Msg::Checkpoint, &[checkpoint.origin(), &size]),
        screen.say(Msg::CheckpointRoot, &[&root]),
        screen.say(Msg::CheckpointAgrees, &[]),
    ];
    let value = json!({
        "origin": checkpoint.origin(),
        "size": checkpoint.size(),
        "root": root,
        "note": String::from_utf8_lossy(&seen.note),
    });
    screen.show(&lines.join("\n"), &value);
}

#[cfg(test)]
mod tests {
    use super::*;
    use barid_client::trust::Trust;
    use barid_proto::key::{Algorithm, FileKey};
    use barid_proto::tlog::checkpoint::Checkpoint;
    use barid_proto::tlog::note::NoteSigner;
    use barid_proto::v1::{Address, HubStatement};

    /// A statement as if it had been verified, under a signed checkpoint.
    fn stated(statement: HubStatement) -> Stated {
        let key = FileKey::generate(Algorithm::Ed25519).unwrap();
        let signer = NoteSigner::new("hub.test/log", Box::new(key)).unwrap();
        let note = Checkpoint::new("hub.test/log", 42, [7; 32]).unwrap().sign(&signer).unwrap();
        let note = note.to_string().into_bytes();
        let text = Trust::text([signer.verifier().to_string().as_str()]);
        let policy = barid_proto::tlog::policy::Policy::parse(text.as_bytes()).unwrap();
        let witnessed = Trust::new(policy).checkpoint(&note).unwrap();
        Stated { statement, leaf_index: 41, accepted_at_ms: 1, witnessed, note }
    }

    #[test]
    fn a_statement_says_who_when_what_and_why() {
        let zone = time::zone("Asia/Baghdad").unwrap();
        let rejected = stated(HubStatement {
            kind: HubStatementKind::Rejected.into(),
            office: Some(Address { institution: "ihec".into(), office: "geo-bas".into() }),
            envelope_digests: vec![vec![0xab; 32]],
            at_unix_ms: 1_763_896_200_000,
            reason: 205,
            ..HubStatement::default()
        });
        assert_eq!(
            statement(Lang::En, &rejected, &zone),
            format!(
                "leaf 41, 2025-11-23 14:10:00 +03:00: the hub refused it\noffice: ihec/geo-bas\n\
                 reason: 205 REASON_NOT_PERMITTED\nenvelope: {}",
                "ab".repeat(32)
            )
        );
        let mut expired = rejected;
        expired.statement.kind = HubStatementKind::Expired.into();
        expired.statement.limit_unix_ms = 1_763_896_140_000;
        let shown = statement(Lang::En, &expired, &zone);
        assert!(shown.contains("not answered in time"), "{shown}");
        assert!(shown.contains("limit: 2025-11-23 14:09:00 +03:00"), "{shown}");
        assert!(!shown.contains("reason"), "{shown}");
    }
}
