//! Floor 5: the program. The only place that reads the clock, draws randomness and exits.
//!
//! Exit codes: 0 it did what was asked; 1 the hub failed; 2 the arguments are wrong; 3 the settings
//! have problems, each told on a line.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program speaks to its caller")]

use std::env;
use std::fs::{self, OpenOptions};
use std::future::Future;
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Context as _;
use barid_hub::config::{Config, Problems, RuntimeSettings};
use barid_hub::format::{WORKER_ARGUMENT, run_worker};
use barid_hub::log::{Clock, LogSigner};
use barid_hub::rpc::Correlation;
use barid_hub::{Addresses, Prepared, Round, telemetry};
use barid_proto::key::{Algorithm, FileKey};
use barid_proto::tlog::cosignature::generate_ml_dsa_44;
use clap::{Parser, Subcommand};
use futures::{StreamExt as _, stream};
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};
use uuid::Uuid;

/// The hub failed.
const FAILED: u8 = 1;

/// The settings have problems. (2 is for wrong arguments, given by the argument parser.)
const SETTINGS: u8 = 3;

/// Only the operator may read a private key.
const KEY_MODE: u32 = 0o600;

/// Barid's hub: takes filings in, seals them into the log, serves them, and can prove it.
#[derive(Parser)]
#[command(name = "barid-hub", version)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Serves until SIGTERM or SIGINT, then drains. SIGHUP: reads certificates, revocation
    /// lists and plugins again.
    Serve {
        /// The settings.
        config: PathBuf,
        /// Writes the address it listens on (`127.0.0.1:8443`) to this file once it does.
        #[arg(long, value_name = "PATH")]
        port_file: Option<PathBuf>,
    },
    /// Tells everything that is wrong with the settings and what they point at.
    CheckConfig {
        /// The settings.
        config: PathBuf,
    },
    /// Looks at every document of a hub that is not running, names each chunk that has rotted, and
    /// restores what a second directory still has. Ends with 1 when something is lost.
    Scrub {
        /// The settings.
        config: PathBuf,
    },
    /// Makes the log's signing key and prints the verifier key that clients and witnesses need.
    Keygen {
        /// The log's name, `hub_origin` in the settings.
        origin: String,
        /// Where to write the key, PKCS#8 PEM. Must not exist yet.
        key: PathBuf,
        /// Makes an ML-DSA-44 key too, here, and prints its verifier key as the second line.
        #[arg(long, value_name = "PATH")]
        ml_dsa: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    // A worker shares the hub's program and nothing else: before anything is opened or started.
    if env::args_os().skip(1).eq([WORKER_ARGUMENT]) {
        return run_worker();
    }
    let done = match Arguments::parse().task {
        Task::Serve { config, port_file } => serve(&config, port_file.as_deref()),
        Task::CheckConfig { config } => check_config(&config),
        Task::Scrub { config } => scrub(&config),
        Task::Keygen { origin, key, ml_dsa } => keygen(&origin, &key, ml_dsa.as_deref()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            let settings = error.downcast_ref::<Problems>().is_some();
            ExitCode::from(if settings { SETTINGS } else { FAILED })
        }
    }
}

fn serve(path: &Path, port_file: Option<&Path>) -> anyhow::Result<()> {
    let config = Config::load(path)?;
    let runtime = runtime(&config.runtime).context("starting threads")?;
    let prepared = Prepared::new(config.clone(), clock())?;
    telemetry::start(&config.telemetry)?;
    let ready = prepared.open(Arc::new(|| Correlation::new(Uuid::now_v7())))?;
    runtime.block_on(async {
        let mut hangups = signal(SignalKind::hangup())?;
        let hangups = stream::poll_fn(move |context| hangups.poll_recv(context));
        let reloads = hangups.map(|()| Config::load(path));
        ready.serve(|addresses| tell(addresses, port_file), reloads, stop()?).await?;
        Ok(())
    })
}

fn check_config(config: &Path) -> anyhow::Result<()> {
    Prepared::new(Config::load(config)?, clock())?;
    println!("the settings are usable");
    Ok(())
}

fn scrub(config: &Path) -> anyhow::Result<()> {
    let config = Config::load(config)?;
    let round = barid_hub::scrub(&config, |found| println!("{found}"))?;
    let Round { documents, restored, lost } = round;
    println!("{documents} documents, {restored} restored, {lost} lost");
    anyhow::ensure!(lost == 0, "{lost} documents are lost");
    Ok(())
}

fn keygen(origin: &str, path: &Path, ml_dsa: Option<&Path>) -> anyhow::Result<()> {
    let key = FileKey::generate(Algorithm::Ed25519)?;
    let pem = key.to_pem()?;
    let mut signer = LogSigner::new(origin, key)?;
    write_key(path, &pem)?;
    if let Some(path) = ml_dsa {
        let pem = generate_ml_dsa_44()?;
        signer = signer.with_ml_dsa_44(&pem)?;
        write_key(path, &pem)?;
    }
    signer.verifiers().iter().for_each(|key| println!("{key}"));
    Ok(())
}

fn write_key(path: &Path, pem: &str) -> anyhow::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(KEY_MODE);
    let mut opened = options.open(path).with_context(|| format!("making {}", path.display()))?;
    opened.write_all(pem.as_bytes())?;
    opened.sync_all()?;
    Ok(())
}

/// Tells whoever started the hub that it can be reached now, and where.
fn tell(addresses: Addresses, port_file: Option<&Path>) -> io::Result<()> {
    let address = addresses.offices;
    println!("listening {address}");
    if let Some(tiles) = addresses.tiles {
        println!("tiles http://{tiles}");
    }
    io::stdout().flush()?;
    let Some(path) = port_file else { return Ok(()) };
    // Renamed into place: whoever waits for the file never reads half an address.
    let unfinished = path.with_extension("unfinished");
    fs::write(&unfinished, format!("{address}\n"))?;
    fs::rename(&unfinished, path)
}

/// Resolves with the first signal to stop.
fn stop() -> io::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
    })
}

fn runtime(settings: &RuntimeSettings) -> io::Result<Runtime> {
    let mut builder = if settings.current_thread {
        tokio::runtime::Builder::new_current_thread()
    } else {
        tokio::runtime::Builder::new_multi_thread()
    };
    if settings.worker_threads > 0 {
        builder.worker_threads(settings.worker_threads);
    }
    builder.enable_all().build()
}

#[expect(clippy::disallowed_methods, reason = "here time enters, for everything below")]
fn clock() -> Clock {
    Arc::new(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    })
}
