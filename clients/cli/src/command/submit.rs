//! `barid submit`: files a document, or content that is ready-made.

use std::path::PathBuf;

use barid_client::draft::{self, HashedDocument};
use barid_client::sealing::Copies;
use barid_client::{Client, Draft};
use barid_proto::v1::{
    Address, CaseReference, ClockSource, Confidentiality, DataClass, DocketNumber, FilingContent,
    FilingKind, Stamp,
};
use prost::Message as _;

use super::parse::{self, Answered};
use super::{Desk, served};
use crate::exit::Failure;
use crate::profile::{self, Profile};
use crate::wording::Lang;

/// What is filed, to whom, and in which case.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The document that is the point of the filing, in this office's own format.
    #[arg(required_unless_present = "content", requires = "format")]
    path: Option<PathBuf>,
    /// The format that reads it: `ihec/form-110+json`.
    #[arg(long)]
    format: Option<String>,
    /// A serialised FilingContent instead of a document. JSON is for the formats to read: give it
    /// as a document with --format.
    #[arg(long, conflicts_with = "path")]
    content: Option<PathBuf>,
    /// The kind of filing: `appeal-filed`.
    #[arg(long, value_parser = parse::kind)]
    kind: FilingKind,
    /// An office it is for: `ejp/registry`. Several times for several.
    #[arg(long, value_parser = parse::office)]
    to: Vec<Address>,
    /// The case, by its identifier.
    #[arg(long, value_parser = parse::case_id)]
    case: Option<[u8; 16]>,
    /// The case, by a docket number: `ejp:612/2025`. Several times for several.
    #[arg(long, value_parser = parse::docket_number)]
    docket: Vec<DocketNumber>,
    /// A document in its support. Several times for several.
    #[arg(long)]
    exhibit: Vec<PathBuf>,
    /// A document in its support that only its recipients can open: it is sealed for them before it
    /// leaves this machine. Several times for several.
    #[arg(long)]
    sealed_exhibit: Vec<PathBuf>,
    /// A redacted version of a document, and SHA-256 of the original: `photo.pdf=9f2c…`. Several
    /// times for several.
    #[arg(long, value_parser = redacted, requires = "taken_out", value_name = "PATH=HEX")]
    redacted_exhibit: Vec<(PathBuf, [u8; 32])>,
    /// What was taken out of the redacted versions, and why.
    #[arg(long, requires = "redacted_exhibit")]
    taken_out: Option<String>,
    /// What it answers: a position in the inbox, or an envelope's digest.
    #[arg(long, value_parser = parse::answered)]
    reply_to: Option<Answered>,
    /// When it was stamped, with offset: 2025-11-23T14:10:00+03:00.
    #[arg(long, value_parser = parse::instant)]
    stamp_time: Option<(i64, i32)>,
    /// The number that was given on the spot: `110/NIN/118204/0007`.
    #[arg(long, requires = "stamp_time", default_value = "")]
    stamp_number: String,
    /// The office that stamped; this one by default.
    #[arg(long, requires = "stamp_time", value_parser = parse::office)]
    stamp_office: Option<Address>,
    /// Who may read it: public, parties, restricted or sealed.
    #[arg(long, value_parser = parse::confidentiality, default_value = "parties")]
    confidentiality: Confidentiality,
    /// What class of data: live, anonymised, synthetic or published.
    #[arg(long, value_parser = parse::data_class, default_value = "live")]
    data_class: DataClass,
    /// The election event: `CoR-2025-6`.
    #[arg(long, default_value = "")]
    election_event: String,
    /// The rule set: `IQ-L31-2019`.
    #[arg(long, default_value = "")]
    rule_set: String,
    /// The procedure: `complaint-polling`.
    #[arg(long, default_value = "")]
    procedure: String,
    /// Language in the papers, as BCP 47 tag. Several times for several.
    #[arg(long = "language")]
    languages: Vec<String>,
}

/// Signs, keeps, sends and proves.
pub(super) async fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let profile = desk.profile()?;
    let client = profile.client()?;
    let draft = drafted(&profile, &args, desk.screen.lang)?;
    let draft = answering(&client, draft, args.reply_to).await?;
    let (draft, _copies) = match args.sealed_exhibit.as_slice() {
        [] => (draft, Copies::default()),
        paths => client.seal_exhibits(draft, paths, &profile.roots()?).await?,
    };
    desk.show_outcome(client.submit(draft).await, "")
}

fn drafted(profile: &Profile, args: &Args, lang: Lang) -> Result<Draft, Failure> {
    let case_id = args.case.map(|id| id.to_vec()).unwrap_or_default();
    let case = CaseReference { case_id, docket_numbers: args.docket.clone() };
    let mut draft = Draft::new(args.kind)
        .case(case)
        .confidentiality(args.confidentiality)
        .data_class(args.data_class)
        .under(&args.procedure, &args.rule_set, &args.election_event)
        .languages(args.languages.iter().cloned());
    for address in &args.to {
        draft = draft.to(&address.institution, &address.office);
    }
    if let (Some(path), Some(format)) = (&args.path, &args.format) {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        draft = draft.lead(format, &name, draft::media_type(path), HashedDocument::at(path)?);
    }
    if let Some(path) = &args.content {
        let content = FilingContent::decode(profile::read(path)?.as_slice())
            .map_err(|error| Failure::usage(format!("{}: {error}", path.display())))?;
        draft = draft.content(content);
    }
    for path in &args.exhibit {
        draft = draft.exhibit_at(path)?;
    }
    for (path, original) in &args.redacted_exhibit {
        let what = parse::text(lang, args.taken_out.as_deref().unwrap_or_default());
        draft = draft.redacted_at(path, *original, what)?;
    }
    Ok(match stamp(profile, args)? {
        Some(stamp) => draft.stamp(stamp),
        None => draft,
    })
}

fn stamp(profile: &Profile, args: &Args) -> Result<Option<Stamp>, Failure> {
    let Some((stamped_at_unix_ms, utc_offset_minutes)) = args.stamp_time else { return Ok(None) };
    Ok(Some(Stamp {
        office: Some(args.stamp_office.clone().unwrap_or_else(|| profile.address())),
        officer: profile.officer()?,
        stamped_at_unix_ms,
        utc_offset_minutes,
        // It was typed in, whatever clock it was read from.
        clock_source: ClockSource::Manual.into(),
        number: args.stamp_number.clone(),
    }))
}

/// A draft that answers something.
pub(crate) async fn answering(
    client: &Client,
    draft: Draft,
    answered: Option<Answered>,
) -> Result<Draft, Failure> {
    let verified = match answered {
        None => return Ok(draft),
        Some(Answered::Cursor(cursor)) => served(client, cursor).await?.verified,
        Some(Answered::Digest(digest)) => client.filing(digest).await?.1,
    };
    Ok(draft.in_reply_to(verified.digest, verified.leaf_index))
}

fn redacted(text: &str) -> Result<(PathBuf, [u8; 32]), String> {
    let (path, original) = text.rsplit_once('=').ok_or("a path, `=` and a digest in hex")?;
    Ok((path.into(), parse::digest(original)?))
}
