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
    if !workspace.path(SAMPLES).is_dir() {
        println!("{SAMPLES} is not there: tests on samples will say `skipped` and prove nothing");
    }
    let mut outcomes = Vec::new();
    for suite in chosen {
        println!("\n== {}: {}", suite.name, suite.proves);
        let started = Instant::now();
        let tally = run_suite(workspace, suite);
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
fn run_suite(workspace: &Workspace, suite: &Suite) -> Tally {
    let mut total = Tally::default();
    for need in suite.needs {
        if let Err(error) = tools::provide(workspace, need) {
            println!("FAILED: {error:#}");
            total.failed += 1;
            return total;
        }
    }
    for step in suite.steps {
        match run_step(workspace, step) {
            Ok(tally) => total.add(tally),
            Err(error) => {
                println!("FAILED: {error:#}");
                total.failed += 1;
            }
        }
    }
    total
}

fn run_step(workspace: &Workspace, step: &Step) -> anyhow::Result<Tally> {
    match step {
        Step::Cargo(arguments) => as_one(workspace.cargo(arguments)),
        Step::Tool(name, arguments) => {
            let mut command = workspace.command(tools::provide(workspace, name)?);
            command.args(*arguments);
            as_one(command)
        }
        Step::Tests(arguments) => counted(workspace, arguments),
    }
}

/// Runs a program that passes or fails as one.
fn as_one(mut command: Command) -> anyhow::Result<Tally> {
    println!("{command:?}");
    let good = command.status().context("starting it")?.success();
    Ok(Tally { passed: usize::from(good), failed: usize::from(!good), skipped: 0 })
}

/// Runs `cargo test` and counts its tests.
fn counted(workspace: &Workspace, arguments: &[&str]) -> anyhow::Result<Tally> {
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
