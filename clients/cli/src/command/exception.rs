//! `barid exception`: differences between registers that were filed, and settling them.

use barid_client::client::Settlement;
use barid_proto::reconcile::Said;
use barid_proto::reconcile::said::Filed;
use barid_proto::v1::{DocketNumber, MatchVerdict};
use serde_json::{Value, json};

use super::{Desk, parse};
use crate::exit::Failure;
use crate::render::grid::Grid;
use crate::wording::exception::ExceptionMsg as Msg;
use crate::wording::{Lang, reconcile};

/// What to do with differences that were filed.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Those of an election event that nobody has settled. Exit code 1 when there is one.
    List {
        /// The election event: `CoR-2025-6`.
        #[arg(long)]
        event: String,
        /// The settled ones, too.
        #[arg(long)]
        all: bool,
    },
    /// Says in the log how one was settled: by whoever has to, or by whoever found it.
    Settle {
        /// The leaf in which it was filed.
        leaf: u64,
        /// Its election event: `CoR-2025-6`.
        #[arg(long)]
        event: String,
        /// How: what was found, and where it stands now.
        #[arg(long)]
        how: String,
        /// Its two cases are one, for every comparison from now on.
        #[arg(long, conflicts_with = "not_one")]
        one: bool,
        /// Its two cases are not one, for every comparison from now on.
        #[arg(long)]
        not_one: bool,
    },
}

/// Lists or settles.
pub(super) async fn run(desk: &Desk, command: Command) -> Result<(), Failure> {
    let (client, lang) = (desk.client()?, desk.screen.lang);
    match command {
        Command::List { event, all } => {
            let acts = client.exceptions(&event).await?;
            let said = Said::of(&acts);
            let shown: Vec<&Filed> =
                said.exceptions().filter(|one| all || one.settled.is_none()).collect();
            let open = said.open().count();
            let value = json!({
                "open": open,
                "filed": said.exceptions().count(),
                "exceptions": shown.iter().map(|one| value(one)).collect::<Vec<_>>(),
            });
            desk.screen.show(&table(lang, &shown, (open, said.exceptions().count())), &value);
            if open == 0 { Ok(()) } else { Err(Failure::Said(1)) }
        }
        Command::Settle { leaf, event, how, one, not_one } => {
            let verdict = match (one, not_one) {
                (true, _) => MatchVerdict::One,
                (_, true) => MatchVerdict::NotOne,
                _ => MatchVerdict::Unspecified,
            };
            let settlement = Settlement { resolution: parse::text(lang, &how), verdict };
            let outcome = client.settle_exception(&event, leaf, settlement).await;
            desk.show_outcome(outcome, &Msg::IsSettled.fill(lang, &[]))
        }
    }
}

fn table(lang: Lang, shown: &[&Filed], (open, all): (usize, usize)) -> String {
    if all == 0 {
        return Msg::None.fill(lang, &[]);
    }
    let headings =
        [Msg::Leaf, Msg::Kind, Msg::Ours, Msg::Theirs, Msg::Owner, Msg::Due, Msg::Settled];
    let mut grid = Grid::new(lang, headings.map(|heading| heading.fill(lang, &[])));
    for one in shown {
        let exception = &one.exception;
        let owner = exception.owner.as_ref().map(|owner| owner.institution.clone());
        grid.row([
            one.leaf.to_string(),
            reconcile::exception(lang, one.kind()),
            literal(exception.ours.as_ref()),
            literal(exception.theirs.as_ref()),
            owner.unwrap_or_default(),
            due(one),
            one.settled.map(|leaf| leaf.to_string()).unwrap_or_default(),
        ]);
    }
    let count = Msg::Count.fill(lang, &[&open.to_string(), &all.to_string()]);
    format!("{}\n{count}", grid.render())
}

fn literal(number: Option<&DocketNumber>) -> String {
    number.map(|number| number.literal.clone()).unwrap_or_default()
}

fn due(filed: &Filed) -> String {
    let due = filed.exception.due_on.as_ref();
    due.map(|day| format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)).unwrap_or_default()
}

fn value(filed: &Filed) -> Value {
    let exception = &filed.exception;
    let number = |number: Option<&DocketNumber>| {
        number.map(|one| json!({ "institution": one.institution, "literal": one.literal }))
    };
    json!({
        "leaf": filed.leaf,
        "kind": filed.kind().as_str_name(),
        "ours": number(exception.ours.as_ref()),
        "theirs": number(exception.theirs.as_ref()),
        "filed_by": filed.filed_by,
        "owner": exception.owner.as_ref().map(|owner| owner.institution.clone()),
        "due_on": Some(due(filed)).filter(|due| !due.is_empty()),
        "settled_in": filed.settled,
        "leaves": filed.leaves,
    })
}
