//! From a text to a rule set.

use sha2::{Digest, Sha256};

use super::RuleSet;
use super::catalogue::Catalogue;
use super::overlay::merge;
use super::place::{Checked, RuleProblems};
use super::resolve::resolve;
use super::written::Written;

/// Most bytes of a rule set: ten times the largest.
pub const TEXT_MAX_BYTES: usize = 1 << 20;

/// Most rule sets one over the other: a law, a regulation, an amendment, and room.
const DEPTH_MAX: usize = 8;

/// Reads a rule set. An overlay finds the one it builds on among `known`.
///
/// # Errors
/// Everything that is wrong, with its place in the text.
pub fn parse(text: &str, known: &Catalogue) -> Result<RuleSet, RuleProblems> {
    let mut checked = Checked::new(text);
    let Some(written) = read(text, &mut checked) else {
        return Err(stopped(checked));
    };
    let mut extends = Vec::new();
    let Some(written) = stand_on(written, known, &mut extends, &mut checked) else {
        return Err(stopped(checked));
    };
    let resolved = resolve(written, &mut checked);
    checked.finish()?;
    let sha256 = Sha256::digest(text).into();
    // Without problems every field that must be there is there.
    resolved.map(|set| RuleSet { sha256, extends, ..set }).ok_or(RuleProblems(Vec::new()))
}

fn stopped(checked: Checked<'_>) -> RuleProblems {
    checked.finish().err().unwrap_or(RuleProblems(Vec::new()))
}

fn read(text: &str, checked: &mut Checked<'_>) -> Option<Written> {
    if text.len() > TEXT_MAX_BYTES {
        let what = format!("has {} bytes, and a rule set at most {TEXT_MAX_BYTES}", text.len());
        checked.wrong(None, "", "too-long", what);
        return None;
    }
    match toml::from_str(text) {
        Ok(written) => Some(written),
        Err(error) => {
            let at = error.span().map(|span| span.start);
            checked.wrong(at, "", "malformed", error.message());
            None
        }
    }
}

/// Puts an overlay on what it builds on, all the way down.
fn stand_on(
    over: Written,
    known: &Catalogue,
    extends: &mut Vec<String>,
    checked: &mut Checked<'_>,
) -> Option<Written> {
    let Some(base) = over.extends.clone() else { return Some(over) };
    let own = |name: &String| named(&over).as_ref() == Some(name);
    if own(&base.value) || extends.contains(&base.value) {
        let way: Vec<&str> = extends.iter().map(String::as_str).chain([&*base.value]).collect();
        let what = format!("stands on itself: {}", way.join(" → "));
        checked.wrong(base.at, "extends", "cycle", what);
        return None;
    }
    if extends.len() == DEPTH_MAX {
        let what = format!("is the {DEPTH_MAX}th rule set below; make one of several");
        checked.wrong(base.at, "extends", "depth", what);
        return None;
    }
    let Some((text, sha256)) = known.text(&base.value) else {
        let what = format!("{:?} is no rule set that is known here", base.value);
        checked.wrong(base.at, "extends", "unknown", what);
        return None;
    };
    let given = over.extends_sha256.clone();
    let hex: String = sha256.iter().map(|byte| format!("{byte:02x}")).collect();
    if given.as_ref().is_none_or(|given| given.value != hex) {
        let at = given.and_then(|given| given.at).or(base.at);
        let what = format!("must be the digest of {}: {hex}", base.value);
        checked.wrong(at, "extends-sha256", "digest", what);
    }
    extends.push(base.value);
    // It was read without problems when it became known.
    let below: Written = toml::from_str(text).ok()?;
    let below = stand_on(below, known, extends, checked)?;
    Some(merge(below, over))
}

/// The name that a text gives itself.
fn named(written: &Written) -> Option<String> {
    Some(format!("{}/{}", written.id.as_ref()?.value, written.version.as_ref()?.value))
}
