//! The hub: takes filings in, seals them into the log, serves them, and can prove it.
//!
//! # The way of a case file
//!
//! 1. **arrive** ([`rpc`]): over mutual TLS; size, rate and time are bounded before anything is
//!    read;
//! 2. **recognise** ([`identity`]): the certificate becomes an office;
//! 3. **understand** ([`format`](mod@format)): the sender's plugin reads its own format, or the
//!    content came ready-made;
//! 4. **judge** ([`model`], [`hub`]): parsed into types that cannot be malformed; signature,
//!    exhibits, case and permission;
//! 5. **seal** ([`log`], [`store`]): one commit, one signed checkpoint;
//! 6. **answer** ([`hub`]): a receipt that anyone can check without the hub;
//! 7. **serve** ([`hub`]): each recipient has it in its inbox and answers with filings of its own.
//!
//! # Floors
//!
//! A module imports from lower floors only: [`model`] and [`error`]; [`store`]; [`identity`],
//! [`format`](mod@format) and [`log`]; [`hub`]; [`rpc`]; and here, [`config`] and [`telemetry`],
//! where everything is put together and time and randomness come in.

pub mod config;
pub mod error;
pub mod format;
pub mod hub;
pub mod identity;
pub mod log;
pub mod model;
mod plan;
pub mod rpc;
pub mod store;
pub mod telemetry;
mod upkeep;

use std::fmt;
use std::fs;
use std::future::{Future, pending};
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use barid_proto::key::FileKey;
use futures::{Stream, StreamExt as _};
use rustls::pki_types::UnixTime;
use rustls::time_provider::TimeProvider;
use tokio::net::TcpListener;

use crate::config::{Config, DocumentSettings, Problems};
use crate::error::Fault;
use crate::format::{Formats, Looker, Program};
use crate::hub::scrub::Pace;
use crate::hub::{Hub, HubParts};
use crate::identity::directory::Directory;
use crate::identity::policy::Policy;
use crate::identity::tls::Tls;
use crate::log::witnesses::WitnessPlan;
use crate::log::{Clock, Log, LogSigner};
use crate::rpc::{Correlations, Reachable, Server};
use crate::store::Store;
use crate::store::documents::Documents;
use crate::store::embedded::Embedded;

pub use crate::hub::scrub::Round;

/// The store's folder in the data directory.
const STORE_FOLDER: &str = "store";

/// The documents' folder in the data directory.
const DOCUMENTS_FOLDER: &str = "documents";

/// The plugins' folder in the data directory: libraries by digest, and the quarantine.
const FORMATS_FOLDER: &str = "formats";

/// Where checkpoints are kept that prove a loss, in the data directory.
const CONTRADICTIONS_FOLDER: &str = "contradictions";

/// A hub whose settings, and all that they point at, were read and found usable. Nothing has been
/// written yet.
pub struct Prepared {
    config: Config,
    clock: Clock,
    tls: Tls,
    signer: LogSigner,
    witnesses: Option<WitnessPlan>,
    directory: Directory,
    policy: Policy,
    formats: Formats,
}

/// Where a hub can be reached.
#[derive(Debug, Clone, Copy)]
pub struct Addresses {
    /// By offices, over mutual TLS.
    pub offices: SocketAddr,
    /// By whoever reads the log as a static folder, over plain HTTP.
    pub tiles: Option<SocketAddr>,
}

/// A hub with its data open, not yet on the network.
pub struct Ready {
    listen: SocketAddr,
    tiles_listen: Option<SocketAddr>,
    clock: Clock,
    documents: Arc<Documents>,
    formats: Formats,
    hub: Arc<Hub>,
    server: Server,
    reachable: Vec<Reachable>,
    contradictions: PathBuf,
    scrub_bytes_per_second: u64,
}

impl Prepared {
    /// Reads what the settings point at. `clock` is the hub's only one: milliseconds since 1970
    /// UTC. Blocks.
    ///
    /// # Errors
    /// All problems at once.
    pub fn new(config: Config, clock: Clock) -> Result<Self, Problems> {
        let mut problems = config.problems();
        note_unreadable(&config, &mut problems);
        let filter = telemetry::filter(&config.telemetry);
        problems.note("telemetry.filter", filter);
        let tls_clock = Arc::new(TlsClock(Arc::clone(&clock)));
        let tls = part(&mut problems, "tls", || Tls::load(config.tls_files(), tls_clock));
        let signer = part(&mut problems, "log.key", || signer(&config));
        let directory = part(&mut problems, "directory_file", || {
            parsed(&config.directory_file, Directory::parse)
        });
        let policy =
            part(&mut problems, "policy_file", || parsed(&config.policy_file, Policy::parse));
        let formats =
            part(&mut problems, "plugins", || Formats::load(&config.plugins, Program::own()));
        problems.note("documents.bucket.credentials", config.documents.places());
        let witnesses = match &config.witnesses {
            Some(settings) => part(&mut problems, "witnesses", || {
                plan::plan(settings, signer.as_ref(), directory.as_ref())
            })
            .map(Some),
            None => Some(None),
        };
        if let (Some(directory), Some(policy)) = (&directory, &policy) {
            note_unknown_kinds(directory, policy, &mut problems);
        }
        match (tls, signer, witnesses, directory, policy, formats) {
            (
                Some(tls),
                Some(signer),
                Some(witnesses),
                Some(directory),
                Some(policy),
                Some(formats),
            ) if problems.0.is_empty() => {
                Ok(Self { config, clock, tls, signer, witnesses, directory, policy, formats })
            }
            _ => Err(problems),
        }
    }

    /// Opens the data, floor by floor: store, log, hub, network. Blocks.
    ///
    /// # Errors
    /// When the data is not exactly what was signed last, another hub has it open, or directory
    /// and permission table do not fit together.
    pub fn open(self, correlations: Correlations) -> Result<Ready, Fault> {
        let limits = self.config.limits();
        let data = self.config.data_directory;
        let store: Arc<dyn Store> = Arc::new(Embedded::open(&data.join(STORE_FOLDER))?);
        let documents = Arc::new(open_documents(&data, &self.config.documents)?);
        let keeping = |error| Fault::while_doing("keeping the plugins", error);
        let formats = self.formats.keep_in(&data.join(FORMATS_FOLDER)).map_err(keeping)?;
        formats.tell_confinement();
        let looker = Looker::new(Program::own());
        looker.tell_confinement();
        let reachable = self.witnesses.as_ref().map(plan::reachable).unwrap_or_default();
        let outages_from = Duration::from_millis(self.config.outages.at_least_ms);
        let (clock, plan) = (Arc::clone(&self.clock), self.witnesses);
        let log = Log::open(Arc::clone(&store), self.signer, clock, plan, outages_from)?;
        let hub = Arc::new(Hub::new(HubParts {
            directory: self.directory,
            policy: self.policy,
            formats: formats.clone(),
            looker,
            log: Arc::new(log),
            store,
            documents: Arc::clone(&documents),
            clock: Arc::clone(&self.clock),
        })?);
        let server = Server::new(Arc::clone(&hub), Arc::new(self.tls), limits, correlations)?;
        let (listen, tiles_listen) = (self.config.listen, self.config.log.tiles_listen);
        let contradictions = data.join(CONTRADICTIONS_FOLDER);
        let scrub_bytes_per_second = self.config.documents.scrub_bytes_per_second;
        let clock = self.clock;
        Ok(Ready {
            listen,
            tiles_listen,
            clock,
            documents,
            formats,
            hub,
            server,
            reachable,
            contradictions,
            scrub_bytes_per_second,
        })
    }
}

impl Ready {
    /// Listens, says at which addresses to `listening`, and serves until `stop`; then drains. Each
    /// item of `reloads`, the settings as they are now, has certificates and revocation lists read
    /// again and plugins exchanged.
    ///
    /// # Errors
    /// When an address cannot be had, or the log fails: then the hub has stopped by itself, and
    /// only a restart finds out what reached the disk.
    pub async fn serve(
        self,
        listening: impl FnOnce(Addresses) -> io::Result<()>,
        reloads: impl Stream<Item = Result<Config, Problems>>,
        stop: impl Future<Output = ()>,
    ) -> Result<(), Fault> {
        let (listener, offices) = listen(self.listen).await?;
        let tiles = match self.tiles_listen {
            Some(address) => Some(listen(address).await?),
            None => None,
        };
        let addresses = Addresses { offices, tiles: tiles.as_ref().map(|(_, address)| *address) };
        tracing::info!(address = %offices, tiles = ?addresses.tiles, "listening");
        listening(addresses).map_err(|error| Fault::while_doing("saying where", error))?;
        let serving_tiles = async {
            match tiles {
                Some((listener, _)) => rpc::serve_tiles(listener, Arc::clone(&self.hub)).await,
                None => pending().await,
            }
        };
        let reloading = async {
            reloads.for_each(|config| reload(&self.server, &self.formats, config)).await;
            pending::<()>().await;
        };
        let mut failure = None;
        let stop = async {
            tokio::select! { () = stop => {}, fault = self.hub.failed() => failure = Some(fault) }
        };
        let sweeping = upkeep::sweep(self.documents, self.clock);
        let expiring = upkeep::expire(&self.hub);
        tokio::select! {
            () = self.server.run(listener, stop) => {},
            () = self.server.ask_witnesses(self.reachable) => {},
            () = upkeep::keep_losses(self.hub.losses(), self.contradictions) => {},
            () = reloading => {},
            () = sweeping => {},
            () = serving_tiles => {},
            () = expiring => {},
            () = self.hub.make_findable() => {},
            () = self.hub.mind_outages() => {},
            () = self.hub.scrub(self.scrub_bytes_per_second) => {},
        }
        failure.map_or(Ok(()), Err)
    }
}

fn open_documents(data: &Path, settings: &DocumentSettings) -> Result<Documents, Fault> {
    let places = settings.places().map_err(Fault::broken)?;
    Documents::open(&data.join(DOCUMENTS_FOLDER), &places, settings.limits())
}

/// Looks at every document of a hub that is not running, once and as fast as the disk, and tells
/// what it found of each that is not sound. Blocks.
///
/// # Errors
/// When the data cannot be opened or read.
pub fn scrub(config: &Config, tell: impl FnMut(&str)) -> Result<Round, Fault> {
    let data = &config.data_directory;
    let store = Embedded::open(&data.join(STORE_FOLDER))?;
    let documents = open_documents(data, &config.documents)?;
    hub::scrub::round(&store, &documents, &mut Pace::new(0, Arc::default()), tell)
}

/// Listens, and says where: port 0 takes any that is free.
async fn listen(wanted: SocketAddr) -> Result<(TcpListener, SocketAddr), Fault> {
    let failed = |error| Fault::while_doing(format!("listening on {wanted}"), error);
    let listener = TcpListener::bind(wanted).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}

/// Reads again what can change while the hub runs. What cannot be used stays as it was.
async fn reload(server: &Server, formats: &Formats, config: Result<Config, Problems>) {
    match server.reload() {
        Ok(cut) => tracing::info!(cut, "certificates and revocation lists read again"),
        Err(error) => {
            tracing::error!(%error, "certificates and revocation lists stay as they were")
        }
    }
    let manifests = match config {
        Ok(config) => config.plugins,
        Err(problems) => {
            tracing::error!(%problems, "the settings cannot be read: plugins stay as they were");
            return;
        }
    };
    let changing = formats.clone();
    let changed = tokio::task::spawn_blocking(move || changing.reload(&manifests)).await;
    match changed {
        Ok(Ok(())) => {
            let offered: Vec<String> =
                formats.describe().into_iter().map(|offer| offer.description.id).collect();
            tracing::info!(formats = offered.join(" "), "plugins read again");
            formats.tell_confinement();
        }
        Ok(Err(error)) => tracing::error!(%error, "plugins stay as they were"),
        Err(error) => tracing::error!(%error, "plugins stay as they were"),
    }
}

fn note_unreadable(config: &Config, problems: &mut Problems) {
    for (setting, path) in config.input_paths() {
        if let Err(error) = fs::File::open(path) {
            problems.add(setting, format_args!("{}: {error}", path.display()));
        }
    }
}

fn note_unknown_kinds(directory: &Directory, policy: &Policy, problems: &mut Problems) {
    for (institution, kind) in directory.kinds().filter(|(_, kind)| !policy.knows_kind(kind)) {
        let what = format_args!("{institution} is of kind {kind:?}, which policy_file lacks");
        problems.add("directory_file", what);
    }
}

/// Loads a part, unless something about its settings was found wrong and said already.
fn part<T, E: fmt::Display>(
    problems: &mut Problems,
    setting: &str,
    load: impl FnOnce() -> Result<T, E>,
) -> Option<T> {
    if problems.concern(setting) {
        return None;
    }
    problems.note(setting, load())
}

fn signer(config: &Config) -> Result<LogSigner, String> {
    let key = parsed(&config.log.key, FileKey::from_pem)?;
    let signer = LogSigner::new(&config.hub_origin, key).map_err(|fault| fault.chain())?;
    match &config.log.ml_dsa_key {
        Some(path) => {
            let pem =
                fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
            signer.with_ml_dsa_44(&pem).map_err(|fault| fault.chain())
        }
        None => Ok(signer),
    }
}

/// Reads and parses what a setting points at.
fn parsed<T, E: fmt::Display>(
    path: &Path,
    parse: impl FnOnce(&str) -> Result<T, E>,
) -> Result<T, String> {
    let in_path = |error: &dyn fmt::Display| format!("{}: {error}", path.display());
    let text = fs::read_to_string(path).map_err(|error| in_path(&error))?;
    parse(&text).map_err(|error| in_path(&error))
}

/// The hub's clock as TLS reads it.
struct TlsClock(Clock);

impl TimeProvider for TlsClock {
    fn current_time(&self) -> Option<UnixTime> {
        Some(UnixTime::since_unix_epoch(Duration::from_millis((self.0)())))
    }
}

impl fmt::Debug for TlsClock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TlsClock")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_missing_or_wrong_is_told_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hub.toml");
        let example = include_str!("../barid-hub.example.toml");
        fs::write(&path, example.replace("filter = \"info\"", "filter = \"x=loud\"")).unwrap();
        fs::write(folder.path().join("log.key"), "no key").unwrap();
        let mut config = Config::load(&path).unwrap();
        config.limits.checks = 0;

        let Err(Problems(lines)) = Prepared::new(config.clone(), Arc::new(|| 0)) else {
            panic!("it was found usable");
        };
        let mut settings: Vec<String> =
            config.input_paths().into_iter().map(|(setting, _)| setting).collect();
        let others = ["limits.checks", "telemetry.filter", "documents.bucket.credentials"];
        settings.extend(others.map(str::to_owned));
        for setting in &settings {
            let told =
                lines.iter().filter(|line| line.starts_with(&format!("{setting}: "))).count();
            assert_eq!(told, 1, "{setting} in {lines:#?}");
        }
        assert_eq!(lines.len(), settings.len(), "{lines:#?}");
        assert!(!config.data_directory.exists(), "checking must not write");
    }
}
