//! `barid statement`: an institution's own register, stated day by day.

use std::path::{Path, PathBuf};

use barid_client::draft::{self, HashedDocument};
use barid_client::{Client, Draft, disk, hex};
use barid_proto::reconcile::{Register, changes};
use barid_proto::text::search_form;
use barid_proto::v1::{Address, DataClass, FilingKind, RegisterStatement};
use prost::Message as _;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::registers::{self, StatedIn, Statement};
use super::{Desk, parse};
use crate::exit::Failure;
use crate::render::statement as render;
use crate::wording::statement::StatementMsg as Msg;

/// The folder of an office in which it keeps which statement of a register was its last.
const REMEMBERED: &str = "statements";

/// What to do with statements of a register.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Reads a register, shows what changed since it was last stated, and files it if something
    /// did.
    Import(ImportArgs),
    /// Shows a register that was stated: a filing's digest, or a document with its format.
    Show {
        /// The digest, or PATH:FORMAT.
        #[arg(value_parser = registers::stated_in)]
        statement: StatedIn,
    },
    /// Shows what changed from one statement of a register to another. Exit code 1 when something
    /// did.
    Changes {
        /// The earlier one: the digest of a filing, or PATH:FORMAT.
        #[arg(value_parser = registers::stated_in)]
        before: StatedIn,
        /// The later one, likewise.
        #[arg(value_parser = registers::stated_in)]
        after: StatedIn,
    },
}

/// Which register, and to whom it is stated.
#[derive(Debug, clap::Args)]
pub(super) struct ImportArgs {
    /// The register, as this institution keeps it.
    path: PathBuf,
    /// The format that reads it: `ejp/register+csv`.
    #[arg(long)]
    format: String,
    /// The election event: `CoR-2025-6`. A register is stated for each by itself.
    #[arg(long, default_value = "")]
    event: String,
    /// An office it is for: `ihec/council`. Several times for several; for nobody, it is only
    /// logged.
    #[arg(long, value_parser = parse::office)]
    to: Vec<Address>,
    /// The digest of the statement to compare with. By default the last one of this register that
    /// was filed from this profile.
    #[arg(long, value_parser = parse::digest)]
    since: Option<[u8; 32]>,
    /// What class of data: live, anonymised, synthetic or published.
    #[arg(long, value_parser = parse::data_class, default_value = "live")]
    data_class: DataClass,
}

/// Reads, compares, files.
pub(super) async fn run(desk: &Desk, command: Command) -> Result<(), Failure> {
    match command {
        Command::Import(args) => import(desk, args).await,
        Command::Show { statement } => {
            let stated = registers::statement(desk, &statement).await?;
            let register = of(&stated)?;
            let text = render::register(desk.screen.lang, &stated.content, &register);
            desk.screen.show(&text, &render::register_value(&stated.content, &register));
            Ok(())
        }
        Command::Changes { before, after } => {
            let before = registers::statement(desk, &before).await?;
            let after = registers::statement(desk, &after).await?;
            if before.institution != after.institution {
                let (one, other) = (&before.institution, &after.institution);
                return Err(Failure::usage(format!("one is a register of {one}, one of {other}")));
            }
            let (old, new) = (of(&before)?, of(&after)?);
            let changed = changes(&old, &new);
            let rows = rows_changed(&before.content, &after.content);
            let text = render::changes(desk.screen.lang, &changed, rows);
            desk.screen.show(
                &text,
                &json!({ "changes": render::changes_value(&changed),
                "changed": rows }),
            );
            if rows { Err(Failure::Said(1)) } else { Ok(()) }
        }
    }
}

async fn import(desk: &Desk, args: ImportArgs) -> Result<(), Failure> {
    let (profile, lang) = (desk.profile()?, desk.screen.lang);
    let client = profile.client()?;
    let content = registers::read(desk, &args.path, &args.format).await?;
    let institution = profile.address().institution;
    let stated = Statement { institution, content };
    let kept = remembered_at(&client, &args.event, &stated.content);
    let since = match args.since {
        Some(since) => Some(since),
        None => remembered(&kept)?,
    };
    let (text, value, changed) = compared(desk, since, &stated).await?;
    if let (Some(since), false) = (since, changed) {
        let stands = Msg::NothingFiled.fill(lang, &[&hex::encode(&since)]);
        desk.screen.show(&format!("{text}\n{stands}"), &value);
        return Ok(());
    }
    desk.screen.show(&text, &value);
    let outcome = client.submit(drafted(&args)?).await;
    if let Ok(filed) = &outcome {
        remember(&kept, &filed.verified.digest)?;
    }
    desk.show_outcome(outcome, "")
}

/// What changed since a statement, for people and for scripts, and whether anything did.
async fn compared(
    desk: &Desk,
    since: Option<[u8; 32]>,
    stated: &Statement,
) -> Result<(String, Value, bool), Failure> {
    let (lang, new) = (desk.screen.lang, of(stated)?);
    let Some(since) = since else {
        let text = Msg::FirstTime.fill(lang, &[&new.cases().len().to_string()]);
        return Ok((text, json!({ "since": null, "changed": true }), true));
    };
    let before = registers::statement(desk, &StatedIn::Filed(since)).await?;
    if before.institution != stated.institution {
        let what = format!("that statement is a register of {}", before.institution);
        return Err(Failure::usage(what));
    }
    let old = of(&before)?;
    let changed = changes(&old, &new);
    let rows = rows_changed(&before.content, &stated.content);
    let value = json!({
        "since": hex::encode(&since),
        "changed": rows,
        "changes": render::changes_value(&changed),
    });
    Ok((render::changes(lang, &changed, rows), value, rows))
}

fn drafted(args: &ImportArgs) -> Result<Draft, Failure> {
    let path = &args.path;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let document = HashedDocument::at(path)?;
    let draft = Draft::new(FilingKind::RegisterStatement)
        .without_case()
        .data_class(args.data_class)
        .under("", "", &args.event)
        .lead(&args.format, &name, draft::media_type(path), document);
    let to = args.to.iter();
    Ok(to.fold(draft, |draft, office| draft.to(&office.institution, &office.office)))
}

fn of(stated: &Statement) -> Result<Register, Failure> {
    Register::stated(&stated.institution, &stated.content, false)
        .map_err(|error| Failure::usage(error.to_string()))
}

/// Whether any row is another, whatever their order and their places in the document. More than
/// what two registers are compared by: a title, a count of papers, a column that only this
/// institution knows.
fn rows_changed(before: &RegisterStatement, after: &RegisterStatement) -> bool {
    let rows = |statement: &RegisterStatement| {
        let mut rows: Vec<Vec<u8>> = statement
            .rows
            .iter()
            .map(|row| barid_proto::v1::RegisterRow { row: 0, ..row.clone() }.encode_to_vec())
            .collect();
        rows.sort_unstable();
        rows
    };
    rows(before) != rows(after)
}

/// Where it is kept which statement of a register was the last: a register is known by its event
/// and its name.
fn remembered_at(client: &Client, event: &str, register: &RegisterStatement) -> PathBuf {
    let named = format!("{event}\n{}", search_form(&register.name));
    let name: String = hex::encode(&Sha256::digest(named)).chars().take(16).collect();
    client.folder().join(REMEMBERED).join(name)
}

fn remembered(path: &Path) -> Result<Option<[u8; 32]>, Failure> {
    let text = match std::fs::read_to_string(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        read => read.map_err(|error| Failure::usage(format!("{}: {error}", path.display())))?,
    };
    let digest = hex::decode(text.trim_end());
    let wrong = || Failure::usage(format!("{}: no digest; name it with --since", path.display()));
    digest.map(Some).ok_or_else(wrong)
}

fn remember(path: &Path, digest: &[u8; 32]) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)
        .map_err(|error| Failure::usage(format!("{}: {error}", folder.display())))?;
    Ok(disk::replace(path, format!("{}\n", hex::encode(digest)).as_bytes())?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use barid_proto::v1::RegisterRow;

    #[test]
    fn rows_are_the_same_in_any_order_and_another_cell_is_another_row() {
        let row = |row, person: &str, papers| RegisterRow {
            row,
            person: person.into(),
            papers,
            ..RegisterRow::default()
        };
        let of = |rows| RegisterStatement { rows, ..RegisterStatement::default() };
        let before = of(vec![row(2, "a", 1), row(3, "b", 1)]);
        assert!(!rows_changed(&before, &of(vec![row(2, "b", 1), row(9, "a", 1)])));
        assert!(rows_changed(&before, &of(vec![row(2, "a", 1), row(3, "b", 2)])));
        assert!(rows_changed(&before, &of(vec![row(2, "a", 1)])));
    }

    #[test]
    fn what_was_last_stated_is_remembered() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("statements").join("x");
        assert_eq!(remembered(&path).unwrap(), None);
        remember(&path, &[7; 32]).unwrap();
        assert_eq!(remembered(&path).unwrap(), Some([7; 32]));
        std::fs::write(&path, "half").unwrap();
        assert!(remembered(&path).is_err());
    }
}
