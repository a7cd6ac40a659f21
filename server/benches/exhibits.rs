//! How fast documents travel: beside the bare copy of as many bytes over the same encryption, in
//! the same run. `cargo xtask bench exhibits` runs this.
//!
//! ```text
//! exhibits MIB             NAME VALUE UNIT a line; documents of MIB MiB
//! exhibits raw|sink        the other end: this program again, as a process of its own
//! ```
//!
//! Rounds of all kinds take turns, and the median of each counts, so that whatever else the machine
//! does meets all alike.

#![expect(clippy::print_stdout, reason = "a program speaks to its caller")]

mod network;
#[path = "exhibits/peer.rs"]
mod peer;
#[path = "exhibits/transfer.rs"]
mod transfer;

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Context as _;
use network::Network;
use transfer::Paper;

/// Rounds of each kind.
const ROUNDS: usize = 3;
/// Uploads at once.
const AT_ONCE: usize = 4;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|one| one != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    match words.as_slice() {
        ["raw", folder] => runtime.block_on(peer::raw(&PathBuf::from(folder))),
        ["sink", folder] => runtime.block_on(peer::sink(&PathBuf::from(folder))),
        [mib] => {
            let mib: u64 = mib.parse().context("the size is a number of MiB")?;
            runtime.block_on(measure(mib << 20))
        }
        _ => {
            println!("run `cargo xtask bench exhibits`");
            Ok(())
        }
    }
}

/// Seconds of each round, by what was done.
#[derive(Default)]
struct Rounds {
    raw: Vec<f64>,
    sink: Vec<f64>,
    upload: Vec<f64>,
    together: Vec<f64>,
    download: Vec<f64>,
}

async fn measure(size: u64) -> anyhow::Result<()> {
    let network = Network::with_plugins("[documents]\nscrub_bytes_per_second = 0\n")?;
    let peers = peer::Peers::start(&network)?;
    let hub = network.connect("o0").await?;
    let sink = network.connect_to("o0", &peers.sink).await?;
    let before = network.hub_peak_kib()?;
    let mut rounds = Rounds::default();
    for round in 0..ROUNDS as u64 {
        rounds.raw.push(timed(peer::copy(&network, &peers.raw, size)).await?);
        let paper = Paper::new(size, round);
        rounds.sink.push(timed(transfer::upload(sink.clone(), &paper)).await?);
        rounds.upload.push(timed(transfer::upload(hub.clone(), &paper)).await?);
        rounds.download.push(timed(transfer::download(hub.clone(), &paper)).await?);
        let part = size / AT_ONCE as u64;
        let papers = (0..AT_ONCE as u64).map(|n| Paper::new(part, 100 + round * 10 + n));
        let papers: Vec<Paper> = papers.collect();
        let connections = futures::future::join_all(papers.iter().map(|_| network.connect("o0")));
        let connections = connections.await.into_iter().collect::<Result<Vec<_>, _>>()?;
        let all = papers.iter().zip(connections).map(|(paper, on)| transfer::upload(on, paper));
        rounds.together.push(timed(futures::future::try_join_all(all)).await?);
    }
    let grown = network.hub_peak_kib()?.saturating_sub(before);
    tell(size, rounds, grown);
    Ok(())
}

async fn timed<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<f64> {
    let begun = Instant::now();
    work.await?;
    Ok(begun.elapsed().as_secs_f64())
}

fn tell(size: u64, rounds: Rounds, grown_kib: u64) {
    let raw = median(rounds.raw);
    #[expect(clippy::cast_precision_loss, reason = "a size in MiB is small")]
    let mib = (size >> 20) as f64;
    println!("raw {:.0} MiB/s", mib / raw);
    for (name, seconds) in [
        ("sink", rounds.sink),
        ("upload", rounds.upload),
        ("together", rounds.together),
        ("download", rounds.download),
    ] {
        let seconds = median(seconds);
        println!("{name} {:.0} MiB/s", mib / seconds);
        println!("{name}-part {:.0} %", 100.0 * raw / seconds);
    }
    println!("growth {} MiB", grown_kib.div_ceil(1024));
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds.get(seconds.len() / 2).copied().unwrap_or(f64::NAN)
}
