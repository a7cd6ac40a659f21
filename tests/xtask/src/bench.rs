//! `cargo xtask bench`: what this machine can do, so that a figure of the hub means something.
//!
//! A filing is acknowledged when it is durable; no hub is faster than its disk's `fdatasync`. The
//! probe measures that bound where the hub would keep its store.

use std::fs::File;
use std::io::Write;
use std::time::{Duration, Instant};

use anyhow::Context;

use crate::workspace::Workspace;

/// Commits that are measured: enough for a 99th percentile of ten samples.
const COMMITS: usize = 1_000;

/// Bytes of one commit: a small envelope with its leaves.
const COMMIT_BYTES: usize = 4_096;

/// Prints the machine and its disk.
pub(crate) fn run(workspace: &Workspace) -> anyhow::Result<bool> {
    println!("machine: {}", machine());
    let folder = workspace.target("bench");
    std::fs::create_dir_all(&folder)?;
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
    println!("hub: no measurement is registered yet; the disk's figure is its upper bound");
    Ok(true)
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

    use super::percentile;

    #[test]
    fn percentiles_are_of_the_samples() {
        let times: Vec<Duration> = (1..=100).map(Duration::from_millis).collect();
        assert_eq!(percentile(&times, 50), Duration::from_millis(50));
        assert_eq!(percentile(&times, 99), Duration::from_millis(99));
        assert_eq!(percentile(&[], 99), Duration::ZERO);
    }
}
