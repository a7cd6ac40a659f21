//! The rule sets that a command knows: those that come with Barid, and texts that were named.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use barid_proto::rules::{Catalogue, Found, RuleProblem, RuleProblems, RuleSet, TEXT_MAX_BYTES};
use barid_proto::text::legible;
use serde_json::json;

use super::super::Desk;
use crate::exit::Failure;
use crate::render::json_rules as values;

/// Rule sets by name.
pub(in crate::command) struct Known(Catalogue);

/// What became of a text.
pub(super) enum Read {
    /// A rule set.
    Good(Arc<RuleSet>),
    /// None, and why.
    Wrong(RuleProblems),
}

impl Known {
    /// Those that come with Barid.
    pub(in crate::command) fn built_in() -> Result<Self, Failure> {
        Catalogue::built_in().map(Self).map_err(|error| Failure::usage(error.to_string()))
    }

    /// Those, and these texts. What is wrong with one of them is shown.
    pub(in crate::command) fn with(
        desk: &Desk,
        paths: &[impl AsRef<Path>],
    ) -> Result<Self, Failure> {
        let mut known = Self::built_in()?;
        for path in paths {
            known.good(desk, path.as_ref())?;
        }
        Ok(known)
    }

    /// All of them.
    pub(in crate::command) fn all(&self) -> impl Iterator<Item = &Arc<RuleSet>> {
        self.0.all()
    }

    /// Reads a text and knows it from then on.
    pub(super) fn read(&mut self, path: &Path) -> Result<Read, Failure> {
        let bytes = bounded(path)?;
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => return Ok(Read::Wrong(no_text(&error))),
        };
        Ok(self.0.add(&text).map_or_else(Read::Wrong, Read::Good))
    }

    /// The rule set of a name, or of the text at a path.
    pub(in crate::command) fn named(
        &mut self,
        desk: &Desk,
        name: &str,
    ) -> Result<Arc<RuleSet>, Failure> {
        match self.0.find(name) {
            Found::One(set) => return Ok(set),
            Found::Several(names) => {
                let names = names.join(", ");
                return Err(Failure::usage(format!("{name:?} can be {names}: say which")));
            }
            Found::Unknown => {}
        }
        if Path::new(name).is_file() {
            return self.good(desk, Path::new(name));
        }
        let names: Vec<String> = self.0.all().map(|set| set.name()).collect();
        let known = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        Err(Failure::usage(format!(
            "{name:?} is neither a rule set that is known here ({known}) nor a file"
        )))
    }

    fn good(&mut self, desk: &Desk, path: &Path) -> Result<Arc<RuleSet>, Failure> {
        match self.read(path)? {
            Read::Good(set) => Ok(set),
            Read::Wrong(problems) => {
                let value = json!({
                    "path": path.display().to_string(),
                    "problems": problems.0.iter().map(values::problem).collect::<Vec<_>>(),
                });
                desk.screen.show(&placed(path, &problems), &value);
                Err(Failure::Said(1))
            }
        }
    }
}

/// All problems of a text, each as `path:line:column: where: what`.
pub(super) fn placed(path: &Path, problems: &RuleProblems) -> String {
    let line = |problem: &RuleProblem| {
        // A problem without a place says only what is wrong.
        let apart = if problem.line > 0 { ":" } else { ": " };
        // Words of a text that another published are in it.
        format!("{}\n", legible(&format!("{}{apart}{problem}", path.display())))
    };
    problems.0.iter().map(line).collect()
}

/// The bytes of a text; one more than a text may have at most, which is then told.
fn bounded(path: &Path) -> Result<Vec<u8>, Failure> {
    let wrong = |error: std::io::Error| Failure::usage(format!("{}: {error}", path.display()));
    let most = u64::try_from(TEXT_MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    File::open(path).map_err(wrong)?.take(most).read_to_end(&mut bytes).map_err(wrong)?;
    Ok(bytes)
}

fn no_text(error: &std::string::FromUtf8Error) -> RuleProblems {
    let good = error.utf8_error().valid_up_to();
    let before = String::from_utf8_lossy(error.as_bytes().get(..good).unwrap_or_default());
    RuleProblems(vec![RuleProblem {
        line: before.matches('\n').count() + 1,
        column: before.rsplit('\n').next().unwrap_or_default().chars().count() + 1,
        path: String::new(),
        code: "malformed",
        what: "is not UTF-8 from here on".to_owned(),
    }])
}
