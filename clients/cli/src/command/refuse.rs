//! `barid refuse`: declares that a served filing is not taken in.

use barid_proto::v1::{RefusalGround, RefusalToRegister};

use super::{Desk, parse, served};
use crate::exit::Failure;

/// Which filing, and why.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Position in the inbox.
    cursor: u64,
    /// Why: a code of this institution, and words. Several times for several.
    #[arg(long, required = true, value_parser = parse::ground, value_name = "CODE=TEXT")]
    ground: Vec<(String, String)>,
}

/// Files the refusal. The filing stays in the log.
pub(super) async fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let profile = desk.profile()?;
    let client = profile.client()?;
    let served = served(&client, args.cursor).await?;
    let lang = desk.screen.lang;
    let ground = |(code, reason): (String, String)| RefusalGround {
        code,
        reason: Some(parse::text(lang, &reason)),
        remedy: None,
    };
    let grounds = args.ground.into_iter().map(ground).collect();
    let refusal = RefusalToRegister { grounds, clerk: profile.officer()? };
    desk.show_outcome(client.refuse(&served, refusal).await, "")
}
