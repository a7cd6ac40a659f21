//! `barid rules`: the law as data. Needs neither hub nor profile.

mod check;
mod known;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use barid_client::disk;
use barid_proto::procedure::picture;
use barid_proto::rules::{Procedure, RuleSet, diff};
use serde_json::json;

use super::Desk;
use crate::exit::Failure;
use crate::render::{json_rules as values, rules as page, rules_diff};
use crate::wording::{LawLang, Msg};
pub(super) use known::Known;

/// What to do about rule sets.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Lists the rule sets that come with Barid.
    List {
        #[command(flatten)]
        more: More,
    },
    /// Shows a rule set, or one of its rules with the words of its source and its open questions.
    Show {
        /// `IQ-L31-2019/1`, `IQ-L31-2019` for its newest version, or a rule set's text.
        name: String,
        /// A rule by its key: `appeal-window`.
        rule: Option<String>,
        #[command(flatten)]
        more: More,
    },
    /// Reads rule sets, tells all that is wrong or odd. Ends with 1 when one is wrong.
    Check {
        /// Texts. Later ones may build on earlier ones and on those that come with Barid.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
    },
    /// Draws a procedure as SVG: its steps, whose they are, by when, under which article.
    Draw {
        /// As for `show`.
        name: String,
        /// Which one; needed when there are several.
        #[arg(long)]
        procedure: Option<String>,
        /// Where to write the picture; on the screen by default.
        #[arg(long, value_name = "FILE")]
        svg: Option<PathBuf>,
        #[command(flatten)]
        more: More,
    },
    /// Shows what changed from one rule set to another.
    Diff {
        /// The earlier one: a name, or a text.
        before: String,
        /// The later one. A text may build on the earlier one.
        after: String,
        #[command(flatten)]
        more: More,
    },
}

/// What rule sets are shown with.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct More {
    /// Texts of further rule sets to know.
    #[arg(long = "with", value_name = "FILE")]
    with: Vec<PathBuf>,
    /// Language of the law's texts; the screen's by default.
    #[arg(long, value_enum)]
    law_lang: Option<LawLang>,
}

impl More {
    fn language(&self, desk: &Desk) -> LawLang {
        self.law_lang.unwrap_or_else(|| desk.screen.lang.into())
    }
}

/// Lists, shows, checks or compares.
pub(super) fn run(desk: &Desk, command: &Command) -> Result<(), Failure> {
    match command {
        Command::List { more } => list(desk, more),
        Command::Show { name, rule, more } => show(desk, name, rule.as_deref(), more),
        Command::Draw { name, procedure, svg, more } => {
            draw(desk, name, procedure.as_deref(), svg.as_deref(), more)
        }
        Command::Check { paths } => check::run(desk, paths),
        Command::Diff { before, after, more } => compare(desk, before, after, more),
    }
}

fn list(desk: &Desk, more: &More) -> Result<(), Failure> {
    let known = Known::with(desk, &more.with)?;
    let sets: Vec<_> = known.all().collect();
    let text = match sets.as_slice() {
        [] => desk.screen.say(Msg::NoRuleSets, &[]),
        sets => page::list(desk.screen.lang, more.language(desk), sets),
    };
    let value = json!({ "rule_sets": sets.iter().map(|set| values::set(set)).collect::<Vec<_>>() });
    desk.screen.show(&text, &value);
    Ok(())
}

fn show(desk: &Desk, name: &str, rule: Option<&str>, more: &More) -> Result<(), Failure> {
    let set = Known::with(desk, &more.with)?.named(desk, name)?;
    let (lang, law) = (desk.screen.lang, more.language(desk));
    let Some(key) = rule else {
        desk.screen.show(&page::whole(lang, law, &set), &values::whole(&set));
        return Ok(());
    };
    let rule = set.rule(key).ok_or_else(|| {
        let keys: Vec<&str> = set.rules.iter().map(|rule| rule.key.as_str()).collect();
        Failure::usage(format!("{} has no rule {key:?}; it has {}", set.name(), keys.join(", ")))
    })?;
    desk.screen.show(&page::rule(lang, law, &set, rule), &values::rule(&set, rule));
    Ok(())
}

fn draw(
    desk: &Desk,
    name: &str,
    procedure: Option<&str>,
    svg: Option<&Path>,
    more: &More,
) -> Result<(), Failure> {
    let set = Known::with(desk, &more.with)?.named(desk, name)?;
    let procedure = chosen(&set, procedure)?;
    let drawn = picture(&set, procedure, more.language(desk).tag());
    let Some(path) = svg else {
        desk.screen.show(&drawn, &json!({ "procedure": procedure.key, "svg": drawn }));
        return Ok(());
    };
    disk::replace(path, drawn.as_bytes())?;
    let path = path.display().to_string();
    let value = json!({ "procedure": procedure.key, "path": path });
    desk.screen.show(&desk.screen.say(Msg::Saved, &[&path]), &value);
    Ok(())
}

/// The procedure that was named, or the only one.
fn chosen<'s>(set: &'s RuleSet, key: Option<&str>) -> Result<&'s Procedure, Failure> {
    let keys: Vec<&str> = set.procedures.iter().map(|one| one.key.as_str()).collect();
    let (name, keys) = (set.name(), keys.join(", "));
    match (key, set.procedures.as_slice()) {
        (_, []) => Err(Failure::usage(format!("{name} has no procedure"))),
        (None, [one]) => Ok(one),
        (None, _) => Err(Failure::usage(format!("say which with --procedure: {name} has {keys}"))),
        (Some(key), _) => set.procedure(key).ok_or_else(|| {
            Failure::usage(format!("{name} has no procedure {key:?}; it has {keys}"))
        }),
    }
}

fn compare(desk: &Desk, before: &str, after: &str, more: &More) -> Result<(), Failure> {
    let mut known = Known::with(desk, &more.with)?;
    let before = known.named(desk, before)?;
    let after = known.named(desk, after)?;
    let found = diff(&before, &after);
    let text = rules_diff::differences(desk.screen.lang, &before, &after, &found);
    let value = json!({
        "before": values::name(&before),
        "after": values::name(&after),
        "differences": found.iter().map(values::difference).collect::<Vec<_>>(),
    });
    desk.screen.show(&text, &value);
    Ok(())
}
