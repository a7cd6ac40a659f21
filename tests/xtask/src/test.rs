//! `cargo xtask test`: runs the plan, counts, and never hides a failure.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::Context;

use crate::libtest::{Reader, Tally};
use crate::suites::{self, Step, Suite};
use crate::tools;
use crate::workspace::Workspace;

/// Where the samples are that some tests read.
const SAMPLES: &str = "../shared/samples";

/// Set to `1` by whoever has no samples and knows that tests prove less without.
const WITHOUT_SAMPLES: &str = "BARID_WITHOUT_SAMPLES";

/// The group of suites that read no samples.
const RULES: &str = "rules";

/// What a run expects of the samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Samples {
    /// All are there: a test that misses one fails.
    Needed,
    /// Nobody said that they may be missing, and they are.
    Missing,
    /// Somebody said that they may be missing: such tests are counted as skipped.
    Waived,
}

impl Samples {
    fn of(there: bool, waived: bool) -> Self {
        match (there, waived) {
            (_, true) => Self::Waived,
            (true, false) => Self::Needed,
            (false, false) => Self::Missing,
        }
    }
}

/// What became of a suite.
struct Outcome {
    suite: &'static Suite,
    tally: Tally,
    seconds: f64,
}

/// Runs the suites of a name or group; true when nothing failed.
pub(crate) fn run(workspace: &Workspace, name: Option<&str>) -> anyhow::Result<bool> {
    let chosen = suites::chosen(name);
    if chosen.is_empty() {
        list();
        return Ok(name == Some("list"));
    }
    let samples = Samples::of(
        workspace.path(SAMPLES).is_dir(),
        std::env::var(WITHOUT_SAMPLES).is_ok_and(|value| value == "1"),
    );
    if samples == Samples::Missing && chosen.iter().any(|suite| suite.group != RULES) {
        println!(
            "FAILED: {SAMPLES} is not there, and without it most formats are tested on nothing. \
             Put it beside the repository, or set {WITHOUT_SAMPLES}=1 to go without"
        );
        return Ok(false);
    }
    let mut outcomes = Vec::new();
    for suite in chosen {
        println!("\n== {}: {}", suite.name, suite.proves);
        let started = Instant::now();
        let tally = run_suite(workspace, suite, samples);
        outcomes.push(Outcome { suite, tally, seconds: started.elapsed().as_secs_f64() });
    }
    Ok(summary(&outcomes))
}

fn list() {
    for suite in suites::SUITES {
        println!("{:<10} {:<8} {}", suite.name, suite.group, suite.proves);
    }
}

/// Runs one suite. Whatever cannot even be started is a failure, not the end of the run.
fn run_suite(workspace: &Workspace, suite: &Suite, samples: Samples) -> Tally {
    let mut total = Tally::default();
    for need in suite.needs {
        if let Err(error) = tools::provide(workspace, need) {
            println!("FAILED: {error:#}");
            total.failed += 1;
            return total;
        }
    }
    for step in suite.steps {
        match run_step(workspace, step, samples) {
            Ok(tally) => total.add(tally),
            Err(error) => {
                println!("FAILED: {error:#}");
                total.failed += 1;
            }
        }
    }
    total
}

fn run_step(workspace: &Workspace, step: &Step, samples: Samples) -> anyhow::Result<Tally> {
    match step {
        Step::Cargo(arguments) => as_one(workspace.cargo(arguments)),
        Step::Tool(name, arguments) => {
            let mut command = workspace.command(tools::provide(workspace, name)?);
            command.args(*arguments);
            as_one(command)
        }
        Step::Tests(arguments) => counted(workspace, arguments, samples),
    }
}

/// Runs a program that passes or fails as one.
fn as_one(mut command: Command) -> anyhow::Result<Tally> {
    println!("{command:?}");
    let good = command.status().context("starting it")?.success();
    Ok(Tally { passed: usize::from(good), failed: usize::from(!good), skipped: 0 })
}

/// Runs `cargo test` and counts its tests.
fn counted(workspace: &Workspace, arguments: &[&str], samples: Samples) -> anyhow::Result<Tally> {
    let mut command = workspace.cargo(&["test", "--no-fail-fast"]);
    command.args(arguments).args(["--", "--show-output"]).stdout(Stdio::piped());
    println!("cargo test {}", arguments.join(" "));
    let mut child = command.spawn().context("starting cargo")?;
    let mut reader = Reader::default();
    let output = child.stdout.take().context("cargo's output")?;
    for line in BufReader::new(output).lines() {
        let line = line?;
        if reader.take(&line) {
            println!("{line}");
        }
    }
    let good = child.wait()?.success();
    let mut tally = reader.tally();
    if samples == Samples::Needed && reader.without_sample() > 0 {
        println!("FAILED: tests miss samples; set {WITHOUT_SAMPLES}=1 to go without");
        tally.failed += reader.without_sample();
        tally.skipped -= reader.without_sample();
    }
    if tally.failed == 0 && !good {
        println!("FAILED: it did not compile, or a test program ended before its tests did");
        tally.failed += 1;
    }
    if tally.passed + tally.failed == 0 {
        println!("FAILED: no test ran");
        tally.failed += 1;
    }
    Ok(tally)
}

/// Prints the table and the closing line; true when nothing failed.
fn summary(outcomes: &[Outcome]) -> bool {
    let mut total = Tally::default();
    println!("\n{:<10} {:>7} {:>7} {:>8} {:>8}", "suite", "passed", "failed", "skipped", "seconds");
    for Outcome { suite, tally, seconds } in outcomes {
        let Tally { passed, failed, skipped } = tally;
        println!("{:<10} {passed:>7} {failed:>7} {skipped:>8} {seconds:>8.1}", suite.name);
        total.add(*tally);
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    total.failed == 0
}

#[cfg(test)]
mod tests {
    use super::Samples;

    #[test]
    fn samples_are_needed_unless_somebody_says_otherwise() {
        assert_eq!(Samples::of(true, false), Samples::Needed);
        assert_eq!(Samples::of(false, false), Samples::Missing);
        assert_eq!(Samples::of(true, true), Samples::Waived);
        assert_eq!(Samples::of(false, true), Samples::Waived);
    }
}
