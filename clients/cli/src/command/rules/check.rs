//! `barid rules check`: everything that is wrong with a rule set, and what is odd about it.

use std::path::{Path, PathBuf};

use barid_proto::rules::{RuleSet, RuleWarning, lint};
use serde_json::json;

use super::super::Desk;
use super::known::{Known, Read, placed};
use crate::exit::Failure;
use crate::render::json_rules as values;
use crate::wording::Msg;

/// What the worst text came to, from good to bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Worst {
    Good,
    Unread,
    Wrong,
}

/// Checks all texts, also behind one that is wrong.
pub(super) fn run(desk: &Desk, paths: &[PathBuf]) -> Result<(), Failure> {
    let mut known = Known::built_in()?;
    let mut worst = Worst::Good;
    for path in paths {
        worst = worst.max(one(desk, &mut known, path));
    }
    match worst {
        Worst::Good => Ok(()),
        Worst::Wrong => Err(Failure::Said(1)),
        Worst::Unread => Err(Failure::Said(2)),
    }
}

fn one(desk: &Desk, known: &mut Known, path: &Path) -> Worst {
    match known.read(path) {
        Err(failure) => {
            desk.screen.fail(&failure);
            Worst::Unread
        }
        Ok(Read::Wrong(problems)) => {
            let value = json!({
                "path": path.display().to_string(),
                "problems": problems.0.iter().map(values::problem).collect::<Vec<_>>(),
                "warnings": [],
            });
            desk.screen.show(&placed(path, &problems), &value);
            Worst::Wrong
        }
        Ok(Read::Good(set)) => {
            let warnings = lint(&set);
            let value = json!({
                "path": path.display().to_string(),
                "rule_set": values::set(&set),
                "problems": [],
                "warnings": warnings.iter().map(values::warning).collect::<Vec<_>>(),
            });
            desk.screen.show(&good(desk, path, &set, &warnings), &value);
            Worst::Good
        }
    }
}

fn good(desk: &Desk, path: &Path, set: &RuleSet, warnings: &[RuleWarning]) -> String {
    let path = path.display().to_string();
    let odd =
        |warning: &RuleWarning| desk.screen.say(Msg::RulesOdd, &[&path, &warning.to_string()]);
    let digest = barid_client::hex::encode(&set.sha256);
    let (rules, switches) = (set.rules.len().to_string(), set.switches.len().to_string());
    let values = [path.as_str(), &set.name(), &rules, &switches, &digest];
    let mut lines: Vec<String> = warnings.iter().map(odd).collect();
    lines.push(desk.screen.say(Msg::RulesGood, &values));
    lines.join("\n")
}
