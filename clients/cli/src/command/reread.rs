//! `barid reread`: what a filed document said to its format then, and what it says today.

use barid_proto::v1::{Reading, RereadAttempt};
use serde_json::{Value, json};

use super::{Desk, parse};
use crate::exit::Failure;
use crate::render::grid::Grid;
use crate::render::readings::{Difference, differences};
use crate::render::{json as values, short};
use crate::wording::{Lang, Msg};

/// Differences that are shown; `--json` has them all.
const SHOWN_MAX: usize = 100;

/// Which filing.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The digest of its envelope, as receipts and dockets show it.
    #[arg(value_parser = parse::digest)]
    filing: [u8; 32],
}

/// Shows both attempts beside what was recorded; exit code 1 when the same plugin does not read
/// what it read then.
pub(super) async fn run(desk: &Desk, args: &Args) -> Result<(), Failure> {
    let lang = desk.screen.lang;
    let client = desk.client()?;
    // What was recorded is proven before anything is compared with it.
    let (_, verified) = client.filing(args.filing).await?;
    let answer = client.reread(args.filing).await?;
    let recorded = verified
        .assessment
        .and_then(|added| added.reading)
        .ok_or_else(|| Failure::usage(lang.say(Msg::RereadNoReading, &[])))?;
    let again = Attempt::new(&recorded, answer.again);
    let current = Attempt::new(&recorded, answer.current);
    let mut lines = vec![lang.say(Msg::RereadRecorded, &[&plugin(&recorded)])];
    lines.extend(again.lines(lang, Msg::RereadAgain));
    lines.extend(current.lines(lang, Msg::RereadNow));
    let value = json!({
        "recorded": plugin_value(&recorded),
        "again": again.value(),
        "current": current.value(),
    });
    desk.screen.show(&lines.join("\n"), &value);
    if again.is_same() { Ok(()) } else { Err(Failure::Said(1)) }
}

/// One attempt, compared with what was recorded.
enum Attempt {
    /// It was read.
    Read { reading: Box<Reading>, differences: Vec<Difference> },
    /// It was not, and why.
    Failed(String),
}

impl Attempt {
    fn new(recorded: &Reading, attempt: Option<RereadAttempt>) -> Self {
        let attempt = attempt.unwrap_or_default();
        let Some(reading) = attempt.reading else { return Self::Failed(attempt.failure) };
        match differences(recorded, &reading) {
            Some(differences) => Self::Read { reading: Box::new(reading), differences },
            None => Self::Failed("the messages of this program cannot be read".to_owned()),
        }
    }

    fn is_same(&self) -> bool {
        matches!(self, Self::Read { differences, .. } if differences.is_empty())
    }

    fn lines(&self, lang: Lang, heading: Msg) -> Vec<String> {
        let (reading, differences) = match self {
            Self::Failed(why) => {
                let nobody = lang.say(heading, &["-"]);
                return vec![nobody, lang.say(Msg::RereadFailed, &[why])];
            }
            Self::Read { reading, differences } => (reading, differences),
        };
        let mut lines = vec![lang.say(heading, &[&plugin(reading)])];
        if differences.is_empty() {
            lines.push(lang.say(Msg::RereadSame, &[]));
            return lines;
        }
        lines.push(lang.say(Msg::RereadDiffers, &[&differences.len().to_string()]));
        let headings = [Msg::RereadPath, Msg::RereadBefore, Msg::RereadAfter];
        let mut grid = Grid::new(lang, headings.map(|heading| lang.say(heading, &[])));
        for one in differences.iter().take(SHOWN_MAX) {
            let cell = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
            grid.row([one.path.clone(), cell(&one.before), cell(&one.after)]);
        }
        lines.push(grid.render());
        lines
    }

    fn value(&self) -> Value {
        match self {
            Self::Failed(why) => json!({ "failure": why }),
            Self::Read { reading, differences } => json!({
                "plugin": plugin_value(reading),
                "problems": values::all_problems(&reading.problems),
                "differences": differences.iter().map(Difference::value).collect::<Vec<_>>(),
            }),
        }
    }
}

fn plugin(reading: &Reading) -> String {
    format!("{} ({})", reading.plugin, short(&reading.plugin_sha256))
}

fn plugin_value(reading: &Reading) -> Value {
    json!({
        "plugin": reading.plugin,
        "sha256": barid_client::hex::encode(&reading.plugin_sha256),
        "format": reading.format,
    })
}
