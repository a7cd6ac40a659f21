//! `cargo xtask bench`: what this machine can do, and what the hub does on it.
//!
//! A filing is acknowledged when it is durable; no hub is faster than its disk's `fdatasync`. The
//! probe measures that bound where the hub would keep its store. Each row then says what was
//! measured, in which unit, and whether the goal holds.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

mod rows;

use rows::{DECODERS, EXHIBITS, Goal, LOG, LOOKS, NEIGHBOURS, PLUGINS, RECEIPTS, Row, SEARCH};

use crate::workspace::Workspace;

/// Commits that are measured: enough for a 99th percentile of ten samples.
const COMMITS: usize = 1_000;

/// Bytes of one commit: a small envelope with its leaves.
const COMMIT_BYTES: usize = 4_096;

/// MiB of a document whose way is measured.
const EXHIBIT_MIB: &str = "1024";

/// Cases that are searched: ten elections of the size of 2025.
const CASES: &str = "10000";

/// Leaves of a large log: an election's filings for a century.
const LEAVES: u64 = 10_000_000;

/// Measures: the machine always, and then what is named; all when nothing is.
pub(crate) fn run(workspace: &Workspace, name: Option<&str>) -> anyhow::Result<bool> {
    println!("machine: {}", machine());
    let folder = workspace.target("bench");
    std::fs::create_dir_all(&folder)?;
    disk(&folder)?;
    match name {
        None => Ok(plugins(workspace)?
            & looks(workspace)?
            & neighbours(workspace)?
            & large_log(workspace, &folder)?
            & receipts(workspace)?
            & search(workspace, &folder)?
            & exhibits(workspace)?
            & formats(workspace)?),
        Some("plugins") => plugins(workspace),
        Some("looks") => looks(workspace),
        Some("neighbours") => neighbours(workspace),
        Some("log") => large_log(workspace, &folder),
        Some("receipts") => receipts(workspace),
        Some("search") => search(workspace, &folder),
        Some("exhibits") => exhibits(workspace),
        Some("formats") => formats(workspace),
        Some("machine") => Ok(true),
        Some(other) => {
            bail!(
                "there is no measurement {other:?}: machine, plugins, looks, neighbours, log, \
                 receipts, search, exhibits, formats"
            )
        }
    }
}

fn disk(folder: &Path) -> anyhow::Result<()> {
    let path = folder.join("fdatasync");
    let mut times = commit_times(&File::create(&path)?).context("measuring the disk")?;
    std::fs::remove_file(&path)?;
    times.sort();
    let total: Duration = times.iter().sum();
    println!(
        "disk: {COMMITS} commits of {COMMIT_BYTES} bytes, one after the other: {:.0}/s, median \
         {:?}, p99 {:?}",
        f64::from(u32::try_from(COMMITS)?) / total.as_secs_f64(),
        percentile(&times, 50),
        percentile(&times, 99),
    );
    Ok(())
}

/// A log of [`LEAVES`], made in one process and measured in another; some gigabytes for a while.
fn large_log(workspace: &Workspace, folder: &Path) -> anyhow::Result<bool> {
    let made = tempfile::Builder::new().prefix("log-").tempdir_in(folder)?;
    let path = made.path().display().to_string();
    let started = Instant::now();
    bench(workspace, HUB, "log", &["build", &path, &LEAVES.to_string()])?;
    println!("log: {LEAVES} leaves made in {:.0} s", started.elapsed().as_secs_f64());
    report(&LOG, &bench(workspace, HUB, "log", &["measure", &path])?)
}

/// The store's search among the cases of a large institution.
fn search(workspace: &Workspace, folder: &Path) -> anyhow::Result<bool> {
    let made = tempfile::Builder::new().prefix("search-").tempdir_in(folder)?;
    let path = made.path().display().to_string();
    println!("search: the first page among {CASES} cases, nothing else at work");
    report(&SEARCH, &bench(workspace, HUB, "search", &[&path, CASES])?)
}

/// Receipts of a real hub with four real witnesses on this machine.
fn receipts(workspace: &Workspace) -> anyhow::Result<bool> {
    build(workspace, "barid-witness")?;
    let witness = workspace.target("release/barid-witness").display().to_string();
    println!("receipts: four witnesses, a quorum of three, 32 offices");
    report(&RECEIPTS, &bench(workspace, HUB, "receipts", &[&witness])?)
}

/// Calls of one institution beside another's plugin that computes without end.
fn neighbours(workspace: &Workspace) -> anyhow::Result<bool> {
    build(workspace, "barid-format-ihec")?;
    let library = workspace.target("release/libbarid_format_ihec.so").display().to_string();
    println!("neighbours: one office asks, another institution's four are in endless loops");
    report(&NEIGHBOURS, &bench(workspace, HUB, "neighbours", &[&library])?)
}

/// Builds what a bench starts or loads.
fn build(workspace: &Workspace, package: &str) -> anyhow::Result<()> {
    if workspace.cargo(&["build", "--release", "--package", package]).status()?.success() {
        return Ok(());
    }
    bail!("{package} does not build")
}

/// Calls of a plugin, in a worker and without one.
fn plugins(workspace: &Workspace) -> anyhow::Result<bool> {
    println!("plugins: 5,000 calls, one after the other");
    report(&PLUGINS, &bench(workspace, "barid-plugin-host", "calls", &[])?)
}

/// Documents, looked at in a worker.
fn looks(workspace: &Workspace) -> anyhow::Result<bool> {
    println!("looks: the median of one document after the other");
    report(&LOOKS, &bench(workspace, "barid-plugin-host", "looks", &[])?)
}

/// The crate of most benches.
const HUB: &str = "barid-hub";

/// How fast documents travel, beside bare TLS.
fn exhibits(workspace: &Workspace) -> anyhow::Result<bool> {
    println!("exhibits: documents of {EXHIBIT_MIB} MiB, hub and client on this machine");
    report(&EXHIBITS, &bench(workspace, HUB, "exhibits", &[EXHIBIT_MIB])?)
}

/// How fast documents are read.
fn formats(workspace: &Workspace) -> anyhow::Result<bool> {
    println!("formats: documents in memory, one thread");
    let mut good = true;
    for (name, rows) in DECODERS {
        good &= report(rows, &bench(workspace, "barid-tests", name, &[])?)?;
    }
    Ok(good)
}

/// What a bench of a crate says.
fn bench(
    workspace: &Workspace,
    package: &str,
    name: &str,
    arguments: &[&str],
) -> anyhow::Result<String> {
    let mut whole = vec!["bench", "--quiet", "--package", package, "--bench", name, "--"];
    whole.extend(arguments);
    let ended = workspace.cargo(&whole).stderr(std::process::Stdio::inherit()).output()?;
    if !ended.status.success() {
        bail!("the bench {name} ended with {}", ended.status);
    }
    Ok(String::from_utf8(ended.stdout)?)
}

/// Prints the rows; whether every goal holds.
fn report(rows: &[Row], measured: &str) -> anyhow::Result<bool> {
    let mut values = BTreeMap::new();
    for line in measured.lines() {
        let mut words = line.split(' ');
        if let (Some(name), Some(value)) = (words.next(), words.next()) {
            values.insert(name, value.parse::<u64>()?);
        }
    }
    let mut good = true;
    for Row { name, what, unit, goal } in rows {
        let value = *values.get(name).with_context(|| format!("{name} was not measured"))?;
        let holds = goal.holds(value);
        good &= holds;
        let judged = if holds { "holds" } else { "MISSED" };
        let goal = match goal {
            Goal::Told => String::new(),
            Goal::Most(most) => format!("goal {most:>6} {unit}: {judged}"),
            Goal::Least(least) => format!("goal {least:>6} {unit} or more: {judged}"),
        };
        println!("  {what:<34} {value:>9} {unit:<6} {goal}");
    }
    Ok(good)
}

fn commit_times(mut file: &File) -> anyhow::Result<Vec<Duration>> {
    let commit = [0x5a; COMMIT_BYTES];
    let mut times = Vec::with_capacity(COMMITS);
    for _ in 0..COMMITS {
        let started = Instant::now();
        file.write_all(&commit)?;
        file.sync_data()?;
        times.push(started.elapsed());
    }
    Ok(times)
}

/// A percentile of sorted times.
fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    let at = sorted.len().saturating_sub(1) * percent / 100;
    sorted.get(at).copied().unwrap_or_default()
}

/// Processor, number of cores, memory and kernel, as far as the system tells.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let processor = value_of("/proc/cpuinfo", "model name");
    let memory = value_of("/proc/meminfo", "MemTotal");
    let kernel = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    format!("{cores} cores, {processor}, {memory}, Linux {}", kernel.trim())
}

fn value_of(path: &str, key: &str) -> String {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with(key));
    let value = line.and_then(|line| line.split_once(':'));
    value.map_or_else(|| format!("{key} unknown"), |(_, value)| value.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::rows::{DECODE, Goal, LOG, NEIGHBOURS, Row};
    use super::{percentile, report};

    #[test]
    fn a_missed_goal_and_a_missing_value_are_told() {
        let said = |row: &Row, wrong: bool| {
            let value = match row.goal {
                Goal::Told => 0,
                Goal::Most(most) => most + u64::from(wrong),
                Goal::Least(least) => least - u64::from(wrong),
            };
            format!("{} {value} {}\n", row.name, row.unit)
        };
        for rows in [&LOG[..], &DECODE[..], &NEIGHBOURS[..]] {
            let good: String = rows.iter().map(|row| said(row, false)).collect();
            assert!(report(rows, &good).unwrap());
            let missed: String = rows.iter().map(|row| said(row, true)).collect();
            assert!(!report(rows, &missed).unwrap());
            assert!(report(rows, "leaves 1 leaves\n").is_err());
        }
    }

    #[test]
    fn percentiles_are_of_the_samples() {
        let times: Vec<Duration> = (1..=100).map(Duration::from_millis).collect();
        assert_eq!(percentile(&times, 50), Duration::from_millis(50));
        assert_eq!(percentile(&times, 99), Duration::from_millis(99));
        assert_eq!(percentile(&[], 99), Duration::ZERO);
    }
}
