//! `barid access`: who can open sealed exhibits.

use barid_client::client::{CaseName, Order};
use barid_proto::v1::{ActReference, Address};

use super::{Desk, docket, parse};
use crate::exit::Failure;
use crate::render::shown_office;
use crate::wording::{SealedMsg, sealed};

/// What to do about access.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Gives others access to sealed exhibits that this office can open, as was ordered. The hub
    /// learns that it happens, for whom and by which order, and nothing of the content.
    Grant(Box<Args>),
}

/// To what, to whom, by which order.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The case: its identifier, or a number: `ejp:612/2025`.
    #[arg(value_parser = docket::name)]
    case: CaseName,
    /// SHA-256 of the sealed exhibit. Several for several.
    #[arg(value_parser = parse::digest, required = true)]
    digest: Vec<[u8; 32]>,
    /// The office that is given access: `fsc/registry`. Several times for several.
    #[arg(long, value_parser = parse::office, required = true)]
    to: Vec<Address>,
    /// The order: digest of the filing in which it stands.
    #[arg(long, value_parser = parse::digest, required_unless_present = "order_number")]
    order: Option<[u8; 32]>,
    /// The order's own number, with its institution: `ejp:17/2025`. For an order on paper, or beside
    /// the filing.
    #[arg(long, value_parser = parse::docket_number)]
    order_number: Option<barid_proto::v1::DocketNumber>,
    /// Why, and within which bounds.
    #[arg(long)]
    reason: Option<String>,
}

/// Wraps, files, and proves.
pub(super) async fn run(desk: &Desk, command: Command) -> Result<(), Failure> {
    let Command::Grant(args) = command;
    let profile = desk.profile()?;
    let (client, keys, roots) = (profile.client()?, profile.unsealing_keys()?, profile.roots()?);
    let lang = desk.screen.lang;
    let act = args.order_number.map(|number| ActReference {
        institution: number.institution,
        number: number.literal,
        ..ActReference::default()
    });
    let reason = args.reason.as_deref().map(|reason| parse::text(lang, reason));
    let order = Order { digest: args.order, act, reason };
    let filed = client.grant_access(args.case, &args.digest, &args.to, order, &keys, &roots).await;
    let offices: Vec<String> = args.to.iter().map(|office| shown_office(Some(office))).collect();
    desk.show_outcome(filed, &sealed(lang, SealedMsg::Granted, &[&lang.list(&offices)]))
}
