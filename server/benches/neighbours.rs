//! What a plugin that never answers costs everybody else: one office asks for the dry run of a
//! form, one call after the other, while another institution's documents keep that institution's
//! own plugin in an endless loop. A real hub, mutual TLS, workers as they are by default, all on
//! this machine. `cargo xtask bench neighbours` runs this.
//!
//! ```text
//! neighbours LIBRARY       NAME VALUE UNIT a line; LIBRARY is the plugin `ihec`
//! ```
//!
//! Rounds with and without the attack take turns, so that whatever else the machine does meets
//! both alike.

#![expect(clippy::print_stdout, reason = "a program speaks to its caller")]

mod network;
#[path = "../../plugins/host/tests/rig/mod.rs"]
mod rig;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use barid_proto::v1::filing_service_client::FilingServiceClient;
use barid_proto::v1::{CheckRequest, FilingKind};
use network::{ATTACKER, Network};
use rig::{Built, HOSTILE};
use sha2::{Digest as _, Sha256};
use tonic::transport::Channel;

/// Rounds of each kind, and how long one is.
const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_secs(4);
/// How long an attack goes on before its round is measured: its workers have to be started.
const LEAD: Duration = Duration::from_millis(500);
/// Attackers: more than one institution has places for.
const ATTACKERS: usize = 4;
/// How long a plugin may compute before its worker is ended, in milliseconds.
const DEADLINE_MS: u64 = 2_000;
/// The format and the document that the neighbour has read.
const FORM_110: &str = "ihec/form-110+json";
const FORM: &[u8] = include_bytes!("../../plugins/ihec/testdata/form-110.json");

fn main() -> anyhow::Result<()> {
    let Some(library) = std::env::args().skip(1).find(|one| one != "--bench") else {
        println!("run `cargo xtask bench neighbours`");
        return Ok(());
    };
    let kit = Built::kit();
    let plugins =
        [table(Path::new(&library), FORM_110, 20_000)?, table(&kit.path, HOSTILE, DEADLINE_MS)?];
    let network = Network::with_plugins(&plugins.concat())?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(measure(&network))
}

/// A plugin in the hub's settings.
fn table(library: &Path, format: &str, deadline_ms: u64) -> anyhow::Result<String> {
    let bytes = std::fs::read(library).with_context(|| library.display().to_string())?;
    let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(format!(
        "[[plugins]]\npath = {library:?}\nsha256 = {digest:?}\nformats = [{format:?}]\n\
         max_input_bytes = 65536\nmax_output_bytes = 65536\ndeadline_ms = {deadline_ms}\n"
    ))
}

async fn measure(network: &Network) -> anyhow::Result<()> {
    let mut neighbour = FilingServiceClient::new(network.connect("o0").await?);
    round(&mut neighbour).await?;
    let (mut quiet, mut attacked, mut attacks) = (Vec::new(), Vec::new(), 0);
    for _ in 0..ROUNDS {
        quiet.extend(round(&mut neighbour).await?);
        let attack = Attack::start(network).await?;
        tokio::time::sleep(LEAD).await;
        attacked.extend(round(&mut neighbour).await?);
        attacks += attack.stop().await?;
    }
    ensure!(attacks > 0, "nothing attacked");
    quiet.sort_unstable();
    attacked.sort_unstable();
    for (name, times) in [("quiet", &quiet), ("attacked", &attacked)] {
        for percent in [50, 99] {
            println!("{name}-p{percent} {} us", at(times, percent)?.as_micros());
        }
    }
    for percent in [50, 99] {
        let ratio = at(&attacked, percent)?.as_secs_f64() / at(&quiet, percent)?.as_secs_f64();
        println!("ratio-p{percent} {:.0} %", (ratio * 100.0).ceil());
    }
    println!("attacks {attacks} calls");
    Ok(())
}

/// How long each dry run of one round took.
async fn round(neighbour: &mut FilingServiceClient<Channel>) -> anyhow::Result<Vec<Duration>> {
    let request = CheckRequest {
        kind: FilingKind::ComplaintRegistered.into(),
        format: FORM_110.to_owned(),
        document: FORM.to_vec(),
        ..CheckRequest::default()
    };
    let (mut times, begun) = (Vec::new(), Instant::now());
    while begun.elapsed() < ROUND {
        let (request, asked) = (request.clone(), Instant::now());
        let answer = neighbour.check(request).await?.into_inner();
        times.push(asked.elapsed());
        ensure!(answer.content.is_some(), "the form is not read: {:?}", answer.problems);
    }
    Ok(times)
}

fn at(sorted: &[Duration], percent: usize) -> anyhow::Result<Duration> {
    let index = sorted.len().saturating_sub(1) * percent / 100;
    sorted.get(index).copied().context("nothing was asked")
}

/// Documents of another institution, each of which its plugin computes over without end.
struct Attack {
    over: Arc<AtomicBool>,
    attackers: Vec<tokio::task::JoinHandle<anyhow::Result<u64>>>,
}

/// Documents so far: no two are alike, since one that ended two workers is not read again.
static DOCUMENTS: AtomicU64 = AtomicU64::new(0);

impl Attack {
    async fn start(network: &Network) -> anyhow::Result<Self> {
        let over = Arc::new(AtomicBool::new(false));
        let mut attackers = Vec::new();
        for _ in 0..ATTACKERS {
            let hub = FilingServiceClient::new(network.connect(ATTACKER).await?);
            attackers.push(tokio::spawn(attack(hub, Arc::clone(&over))));
        }
        Ok(Self { over, attackers })
    }

    /// Waits until the last of its documents is given up; how many there were.
    async fn stop(self) -> anyhow::Result<u64> {
        self.over.store(true, Ordering::Relaxed);
        let mut attacks = 0;
        for attacker in self.attackers {
            attacks += attacker.await??;
        }
        Ok(attacks)
    }
}

async fn attack(
    mut hub: FilingServiceClient<Channel>,
    over: Arc<AtomicBool>,
) -> anyhow::Result<u64> {
    let mut attacks = 0;
    while !over.load(Ordering::Relaxed) {
        let number = DOCUMENTS.fetch_add(1, Ordering::Relaxed);
        let request = CheckRequest {
            kind: FilingKind::Query.into(),
            format: HOSTILE.to_owned(),
            document: format!("act:loop {number}").into_bytes(),
            ..CheckRequest::default()
        };
        if let Ok(answer) = hub.check(request).await {
            bail!("a loop answered: {answer:?}");
        }
        attacks += 1;
    }
    Ok(attacks)
}
