//! `serve`: answers until it is stopped.

use super::{evidence, open};
use barid_witness::Clock;
use barid_witness::attend::{Attendant, dial};
use barid_witness::cosigners::Cosigners;
use barid_witness::error::WitnessError;
use barid_witness::http::{Site, serve as serve_http};
use barid_witness::ledger::origin_hash;
use barid_witness::mirror::{Mirror, Parts};
use barid_witness::settings::Settings;
use barid_witness::witness::Witness;
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;

/// How often the ledger is looked at; until then every answer is a 500.
const LOOK_EVERY: Duration = Duration::from_secs(1);

pub(super) fn serve(folder: &Path, clock: &Clock) -> Result<ExitCode, WitnessError> {
    let settings = Settings::read(folder)?;
    let (witness, mirror_keys) = open(folder, settings.alarm(), clock)?;
    let mirror = mirror(folder, &settings, &witness, mirror_keys, clock)?;
    if let Some(mirror) = &mirror {
        mirror.audit()?;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| WitnessError::Setting(error.to_string()))?;
    let mirrors = mirror.is_some().then(|| folder.join("mirror"));
    let site = Site { witness: Arc::new(witness), mirrors };
    runtime.block_on(run(settings, site, mirror))
}

/// The mirror, if the settings ask for one.
pub(super) fn mirror(
    folder: &Path,
    settings: &Settings,
    witness: &Witness,
    cosigners: Option<Cosigners>,
    clock: &Clock,
) -> Result<Option<Mirror>, WitnessError> {
    let (Some(hub), Some(_)) = (&settings.hub, &settings.mirror) else { return Ok(None) };
    let no = |why: String| WitnessError::Setting(why);
    let cosigners = cosigners.ok_or_else(|| {
        no("[mirror] needs keys of its own: `barid-witness init` with --mirror-name".to_owned())
    })?;
    if witness.ledger().log(&hub.origin).is_none() {
        return Err(no(format!("hub.origin: {:?} is not followed; see add-log", hub.origin)));
    }
    let place = folder.join("mirror").join(origin_hash(&hub.origin));
    let evidence = evidence(folder, settings.alarm());
    let parts = Parts { cosigners, own: settings.own_keys()?, evidence, clock: clock.clone() };
    Mirror::open(place, &hub.origin, parts).map(Some)
}

async fn run(
    settings: Settings,
    site: Site,
    mirror: Option<Mirror>,
) -> Result<ExitCode, WitnessError> {
    if let Some(hub) = &settings.hub {
        let attendant = Attendant {
            witness: Arc::clone(&site.witness),
            mirror: mirror.map(|mirror| Arc::new(Mutex::new(mirror))),
            origin: hub.origin.clone(),
            alarm: settings.alarm(),
            silence: Duration::from_secs(hub.silence_seconds),
        };
        tokio::spawn(attendant.attend(dial(hub)?));
    }
    if let Some(http) = &settings.http {
        let listener = TcpListener::bind(http.listen).await;
        let unusable = |error| WitnessError::Setting(format!("http.listen: {error}"));
        let listener = listener.map_err(unusable)?;
        let address = listener.local_addr().map_err(unusable)?;
        tracing::info!(%address, "listening");
        tokio::spawn(serve_http(listener, site.clone()));
    }
    // Nothing has to be put in order first: what was answered is on the disk.
    tokio::select! {
        stopped = stopped() => stopped.map_err(|error| WitnessError::Setting(error.to_string()))?,
        () = broken(&site.witness) => return Err(WitnessError::Broken),
    }
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}

/// Returns once a write has failed: whoever supervises this process starts it again.
async fn broken(witness: &Witness) {
    while !witness.ledger().is_broken() {
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

async fn stopped() -> std::io::Result<()> {
    let mut terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminated.recv() => Ok(()),
    }
}
