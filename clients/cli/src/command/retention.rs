//! `barid retention`: which documents must be kept, and which are destroyed.

use barid_client::client::{CaseName, Disposition};
use barid_proto::v1::{ActReference, DispositionAuthority, DocketNumber};

use super::{Desk, docket, parse};
use crate::exit::Failure;
use crate::wording::{Lang, RetentionMsg};

/// What to decide about documents.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Forbids to destroy documents of a case (a legal hold), until this institution lifts it.
    Hold {
        /// The case: its identifier, or a number: `ejp:612/2025`.
        #[arg(value_parser = docket::name)]
        case: CaseName,
        /// SHA-256 of a document. Several for several; none: all of the case, later ones as well.
        #[arg(value_parser = parse::digest)]
        digest: Vec<[u8; 32]>,
        #[command(flatten)]
        authority: Authority,
    },
    /// Lifts a hold that this institution placed.
    Lift {
        /// The case: its identifier, or a number: `ejp:612/2025`.
        #[arg(value_parser = docket::name)]
        case: CaseName,
        /// Digest of the filing that placed it, as `barid docket show` has it.
        #[arg(value_parser = parse::digest)]
        hold: [u8; 32],
        #[command(flatten)]
        authority: Authority,
    },
    /// Destroys the content of exhibits that this institution filed, at the hub, for ever. Their
    /// digests stay, and the case proves what it proved. Whoever fetched them has them still.
    Destroy {
        /// The case: its identifier, or a number: `ejp:612/2025`.
        #[arg(value_parser = docket::name)]
        case: CaseName,
        /// SHA-256 of an exhibit. Several for several.
        #[arg(value_parser = parse::digest, required = true)]
        digest: Vec<[u8; 32]>,
        #[command(flatten)]
        authority: Authority,
    },
}

/// By what authority. One of the three is needed.
#[derive(Debug, clap::Args)]
pub(super) struct Authority {
    /// The order: digest of the filing in which it stands.
    #[arg(
        long,
        value_parser = parse::digest,
        required_unless_present_any = ["order_number", "rule"]
    )]
    order: Option<[u8; 32]>,
    /// The order's own number, with its institution: `ejp:17/2025`. For an order on paper, or
    /// beside the filing.
    #[arg(long, value_parser = parse::docket_number)]
    order_number: Option<DocketNumber>,
    /// The retention rule, as it is cited.
    #[arg(long)]
    rule: Option<String>,
    /// Why, and within which bounds.
    #[arg(long)]
    reason: Option<String>,
}

/// Files it, serves it on the other parties, and proves.
pub(super) async fn run(desk: &Desk, command: Command) -> Result<(), Failure> {
    let client = desk.client()?;
    let lang = desk.screen.lang;
    let (case, disposition, authority, said) = match command {
        Command::Hold { case, digest, authority } => {
            (case, Disposition::Hold(digest), authority, RetentionMsg::Held)
        }
        Command::Lift { case, hold, authority } => {
            (case, Disposition::Lift(hold), authority, RetentionMsg::Lifted)
        }
        Command::Destroy { case, digest, authority } => {
            (case, Disposition::Destroy(digest), authority, RetentionMsg::Destroyed)
        }
    };
    let filed = client.dispose(case, disposition, authority.given(lang)).await;
    desk.show_outcome(filed, &said.fill(lang, &[]))
}

impl Authority {
    fn given(self, lang: Lang) -> DispositionAuthority {
        let act = |number: DocketNumber| ActReference {
            institution: number.institution,
            number: number.literal,
            ..ActReference::default()
        };
        DispositionAuthority {
            order_digest: self.order.map(Vec::from).unwrap_or_default(),
            order: self.order_number.map(act),
            rule: self.rule.unwrap_or_default(),
            reason: self.reason.as_deref().map(|reason| parse::text(lang, reason)),
        }
    }
}
