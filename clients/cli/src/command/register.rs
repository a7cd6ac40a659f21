//! `barid register`: enters a served filing on the docket.

use barid_client::source::{Machine, Source as _};
use barid_proto::v1::{DocketNumber, IntakeRoute, Registration};

use super::{Desk, parse, served};
use crate::exit::Failure;
use crate::wording::Msg;

/// Which filing, under which number.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Position in the inbox.
    cursor: u64,
    /// The number it is given, exactly as this institution writes it.
    #[arg(long)]
    number: String,
    /// When the clerk entered it, with offset; now by default.
    #[arg(long, value_parser = parse::instant)]
    at: Option<(i64, i32)>,
    /// It came directly, not through another institution.
    #[arg(long)]
    direct: bool,
}

/// Files the registration.
pub(super) async fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let profile = desk.profile()?;
    let client = profile.client()?;
    let served = served(&client, args.cursor).await?;
    let number = DocketNumber {
        institution: profile.settings.office.institution.clone(),
        literal: args.number.clone(),
        normal: String::new(),
    };
    let route = if args.direct { IntakeRoute::Direct } else { IntakeRoute::Referred };
    let registration = Registration {
        docket_number: Some(number),
        registered_at_unix_ms: args.at.map_or_else(|| Machine.now_ms(), |(at, _)| at),
        clerk: profile.officer()?,
        route: route.into(),
    };
    let outcome = client.register(&served, registration).await;
    desk.show_outcome(outcome, &desk.screen.say(Msg::Registered, &[&args.number]))
}
