//! Floor 5: the operator's settings, in one typed tree. Nothing else reads settings.
//!
//! `barid-hub.example.toml` shows every setting with its default and the reason for it; a test
//! keeps the two together. Unknown settings are refused, units are part of the names, relative
//! paths start at the settings' own folder.

mod documents;
mod limits;
mod problems;

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

use crate::format::PluginManifest;
use crate::identity::tls::TlsFiles;
use crate::rpc::Limits;

pub use documents::{BucketSettings, DocumentSettings};
pub use limits::LimitSettings;
pub use problems::Problems;

/// All settings.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Address and port to listen on. Port 0: any that is free.
    pub listen: SocketAddr,
    /// The log's name, in every envelope and checkpoint. Never changes.
    pub hub_origin: String,
    /// Where the hub keeps everything. Made if it is missing.
    pub data_directory: PathBuf,
    /// The directory of institutions and offices.
    pub directory_file: PathBuf,
    /// The permission table.
    pub policy_file: PathBuf,
    /// Certificates.
    pub tls: TlsSettings,
    /// The log.
    pub log: LogSettings,
    /// Whose cosignatures a receipt needs. Absent: nobody's.
    #[serde(default)]
    pub witnesses: Option<WitnessSettings>,
    /// Which outages are stated.
    #[serde(default)]
    pub outages: OutageSettings,
    /// The institutions' formats.
    #[serde(default)]
    pub plugins: Vec<PluginManifest>,
    /// How much, how many, how long.
    #[serde(default)]
    pub limits: LimitSettings,
    /// Where documents lie and how much they may take.
    #[serde(default)]
    pub documents: DocumentSettings,
    /// How the hub stops.
    #[serde(default)]
    pub drain: DrainSettings,
    /// What the hub tells its operator.
    #[serde(default)]
    pub telemetry: TelemetrySettings,
    /// Threads.
    #[serde(default)]
    pub runtime: RuntimeSettings,
}

/// Certificates, keys and authorities, all PEM.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TlsSettings {
    /// The hub's certificate, intermediates behind it.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
    /// Authorities that clients' certificates come from.
    pub client_ca: PathBuf,
    /// Their revocation lists.
    #[serde(default)]
    pub crls: Vec<PathBuf>,
}

/// The log.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogSettings {
    /// The Ed25519 key that signs checkpoints, PKCS#8 PEM.
    pub key: PathBuf,
    /// The ML-DSA-44 key that signs them a second time, PKCS#8 PEM. Absent: none does.
    #[serde(default)]
    pub ml_dsa_key: Option<PathBuf>,
    /// Address and port for the log as a static folder over plain HTTP. Absent: not served.
    #[serde(default)]
    pub tiles_listen: Option<SocketAddr>,
}

/// Whose cosignatures a receipt needs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WitnessSettings {
    /// A C2SP tlog-policy: this log, the witnesses, and how many of which must cosign.
    pub policy: PathBuf,
    /// From which office (`institution/office`) each witness attends, by the name of its key.
    #[serde(default)]
    pub offices: BTreeMap<String, String>,
    /// How long the answer to a filing waits for the witnesses.
    #[serde(default = "witness_patience")]
    pub patience_ms: u64,
    /// How long nothing new may be asked before the newest checkpoint is asked about again.
    #[serde(default = "witness_heartbeat")]
    pub heartbeat_ms: u64,
}

fn witness_patience() -> u64 {
    1_000
}

fn witness_heartbeat() -> u64 {
    60_000
}

/// Which outages are stated in the log.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OutageSettings {
    /// From how long on.
    pub at_least_ms: u64,
}

impl Default for OutageSettings {
    fn default() -> Self {
        Self { at_least_ms: 120_000 }
    }
}

/// How the hub stops.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DrainSettings {
    /// Time for open requests and streams to end.
    pub limit_ms: u64,
}

/// What the hub tells its operator.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TelemetrySettings {
    /// Which lines are written: `info`, or directives such as `info,barid_hub::rpc=debug`.
    pub filter: String,
    /// How a line is written.
    pub form: LineForm,
}

/// How a line of the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LineForm {
    /// One JSON object.
    Json,
    /// For a person at a terminal.
    Text,
}

/// Threads.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RuntimeSettings {
    /// Threads for the network. 0: one for each core.
    pub worker_threads: usize,
    /// One thread for all of the network.
    pub current_thread: bool,
}

impl Default for DrainSettings {
    fn default() -> Self {
        Self { limit_ms: 15_000 }
    }
}

impl Default for TelemetrySettings {
    fn default() -> Self {
        Self { filter: "info".to_owned(), form: LineForm::Json }
    }
}

/// Shortest outage that can be told: marks of life, four within it, would keep the disk busy
/// otherwise.
const OUTAGE_MIN_MS: u64 = 1_000;

impl Config {
    /// Reads settings. Their values, and what they point at, are looked at later.
    ///
    /// # Errors
    /// One problem, when they cannot be read.
    pub fn load(path: &Path) -> Result<Self, Problems> {
        let one = |what: String| Problems(vec![format!("{}: {what}", path.display())]);
        let text = std::fs::read_to_string(path).map_err(|error| one(error.to_string()))?;
        let mut config = Self::parse(&text).map_err(|error| one(error.to_string()))?;
        config.resolve(path.parent().unwrap_or(Path::new("")));
        Ok(config)
    }

    /// Reads settings from their text, without looking at their values.
    ///
    /// # Errors
    /// The first place that is not TOML, not a setting, or not of a setting's type.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// What the network side is limited to.
    #[must_use]
    pub fn limits(&self) -> Limits {
        let limits = &self.limits;
        Limits {
            handshakes: limits.handshakes,
            handshakes_per_address: limits.handshakes_per_address,
            handshake_timeout: Duration::from_millis(limits.handshake_timeout_ms),
            connections: limits.connections,
            connections_per_institution: limits.connections_per_institution,
            streams_per_connection: limits.streams_per_connection,
            keepalive_interval: Duration::from_millis(limits.keepalive_interval_ms),
            keepalive_timeout: Duration::from_millis(limits.keepalive_timeout_ms),
            requests: limits.requests,
            checks: limits.checks,
            requests_per_second: limits.requests_per_second,
            request_burst: limits.request_burst,
            request_deadline: Duration::from_millis(limits.request_deadline_ms),
            upload_deadline: Duration::from_millis(limits.upload_deadline_ms),
            chunk_timeout: Duration::from_millis(limits.chunk_timeout_ms),
            drain_limit: Duration::from_millis(self.drain.limit_ms),
        }
    }

    /// Where TLS finds its parts.
    #[must_use]
    pub fn tls_files(&self) -> TlsFiles {
        let TlsSettings { certificate, key, client_ca, crls } = self.tls.clone();
        TlsFiles { certificate, key, client_ca, crls }
    }

    /// Every path that must lead to something readable, with its setting's name.
    #[must_use]
    pub fn input_paths(&self) -> Vec<(String, &Path)> {
        let mut paths: Vec<(String, &Path)> = vec![
            ("directory_file".to_owned(), &self.directory_file),
            ("policy_file".to_owned(), &self.policy_file),
            ("tls.certificate".to_owned(), &self.tls.certificate),
            ("tls.key".to_owned(), &self.tls.key),
            ("tls.client_ca".to_owned(), &self.tls.client_ca),
            ("log.key".to_owned(), &self.log.key),
        ];
        paths.extend(self.log.ml_dsa_key.iter().map(|key| ("log.ml_dsa_key".to_owned(), &**key)));
        let witnesses = self.witnesses.iter();
        paths.extend(witnesses.map(|own| ("witnesses.policy".to_owned(), own.policy.as_path())));
        let crls = self.tls.crls.iter().enumerate();
        paths.extend(crls.map(|(index, path)| (format!("tls.crls[{index}]"), path.as_path())));
        let plugins = self.plugins.iter().enumerate();
        paths.extend(
            plugins
                .map(|(index, plugin)| (format!("plugins[{index}].path"), plugin.path.as_path())),
        );
        paths
    }

    fn resolve(&mut self, folder: &Path) {
        let own = [&mut self.data_directory, &mut self.directory_file, &mut self.policy_file];
        let tls = [&mut self.tls.certificate, &mut self.tls.key, &mut self.tls.client_ca];
        let paths = own.into_iter().chain(tls).chain([&mut self.log.key]);
        let paths = paths.chain(&mut self.tls.crls).chain(&mut self.log.ml_dsa_key);
        let paths = paths.chain(self.witnesses.iter_mut().map(|own| &mut own.policy));
        let paths = paths.chain(self.documents.paths());
        for path in paths.chain(self.plugins.iter_mut().map(|plugin| &mut plugin.path)) {
            *path = folder.join(&path);
        }
    }

    /// Values that no hub should run with, and paths that two settings share.
    #[must_use]
    pub fn problems(&self) -> Problems {
        let mut problems = Problems::default();
        for (name, value) in self.limits.all() {
            if value == 0 {
                problems.add(format_args!("limits.{name}"), "must be 1 at least");
            }
        }
        self.documents.note_problems(&mut problems);
        if let Some(witnesses) = &self.witnesses {
            for (name, value) in [
                ("witnesses.patience_ms", witnesses.patience_ms),
                ("witnesses.heartbeat_ms", witnesses.heartbeat_ms),
            ] {
                if value == 0 {
                    problems.add(name, "must be 1 at least");
                }
            }
            if witnesses.patience_ms >= self.limits.request_deadline_ms {
                problems.add(
                    "witnesses.patience_ms",
                    "is not below limits.request_deadline_ms, so no sender would hear of it",
                );
            }
        }
        if self.drain.limit_ms == 0 {
            problems.add("drain.limit_ms", "must be 1 at least");
        }
        if self.log.tiles_listen.is_some_and(|tiles| tiles == self.listen && tiles.port() != 0) {
            problems.add("log.tiles_listen", "is the same as listen");
        }
        let limits = &self.limits;
        if limits.connections_per_institution > limits.connections {
            problems.add(
                "limits.connections_per_institution",
                "is above limits.connections, so one institution could take all",
            );
        }
        if limits.handshakes_per_address > limits.handshakes {
            problems.add(
                "limits.handshakes_per_address",
                "is above limits.handshakes, so one host could take all",
            );
        }
        if limits.chunk_timeout_ms > limits.upload_deadline_ms {
            problems
                .add("limits.chunk_timeout_ms", "is above limits.upload_deadline_ms: no effect");
        }
        if self.runtime.current_thread && self.runtime.worker_threads > 0 {
            problems.add("runtime.worker_threads", "runtime.current_thread is set: choose one");
        }
        for (index, plugin) in self.plugins.iter().enumerate() {
            if plugin.deadline_ms >= limits.request_deadline_ms {
                problems.add(
                    format_args!("plugins[{index}].deadline_ms"),
                    "is not below limits.request_deadline_ms, so no caller would hear of it",
                );
            }
        }
        self.note_outages(&mut problems);
        self.note_shared_paths(&mut problems);
        problems
    }

    /// Witnesses that answer as they are asked must never look like an outage.
    fn note_outages(&self, problems: &mut Problems) {
        let at_least_ms = self.outages.at_least_ms;
        if at_least_ms < OUTAGE_MIN_MS {
            let what = format_args!("must be {OUTAGE_MIN_MS} at least");
            problems.add("outages.at_least_ms", what);
        }
        let beats = self.witnesses.as_ref().map_or(0, |witnesses| witnesses.heartbeat_ms);
        if at_least_ms < beats.saturating_mul(2) {
            let what = "is less than twice witnesses.heartbeat_ms: an idle log would seem down";
            problems.add("outages.at_least_ms", what);
        }
    }

    fn note_shared_paths(&self, problems: &mut Problems) {
        let mut seen: HashMap<&Path, String> = HashMap::new();
        for (setting, path) in self.input_paths() {
            if let Some(other) = seen.get(path) {
                problems.add(&setting, format_args!("is the same as {other}"));
            } else {
                seen.insert(path, setting);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../../barid-hub.example.toml");

    fn example() -> Config {
        Config::parse(EXAMPLE).unwrap()
    }

    /// The settings of a section: what serde offers instead of one that does not exist.
    fn settings_of(section: &str) -> Vec<String> {
        let header = if section.is_empty() { String::new() } else { format!("[{section}]\n") };
        let error = Config::parse(&format!("{header}no_such_setting = 1")).unwrap_err();
        let offer = error.message().split("expected ").nth(1).unwrap().to_owned();
        offer.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    }

    #[test]
    fn the_example_shows_every_setting_with_its_default() {
        let config = example();
        assert_eq!(config.limits, LimitSettings::default());
        assert_eq!(config.drain, DrainSettings::default());
        assert_eq!(config.telemetry, TelemetrySettings::default());
        assert_eq!(config.runtime, RuntimeSettings::default());
        assert_eq!(config.outages, OutageSettings::default());
        let witnesses = config.witnesses.as_ref().unwrap();
        assert_eq!(witnesses.patience_ms, witness_patience());
        assert_eq!(witnesses.heartbeat_ms, witness_heartbeat());
        assert_eq!(config.problems(), Problems::default());

        let table: toml::Table = EXAMPLE.parse().unwrap();
        let sections =
            ["", "tls", "log", "witnesses", "outages", "limits", "drain", "telemetry", "runtime"];
        for section in sections {
            let shown =
                if section.is_empty() { &table } else { table[section].as_table().unwrap() };
            let settings = settings_of(section);
            assert!(!settings.is_empty(), "{section}");
            for setting in settings {
                assert!(shown.contains_key(&setting), "{section}.{setting} is not in the example");
            }
        }
        assert_eq!(config.plugins.len(), 1);
    }

    #[test]
    fn unknown_settings_are_named() {
        let error = Config::parse(&EXAMPLE.replace("[drain]", "[drain]\nlimit_s = 3")).unwrap_err();
        assert!(error.to_string().contains("limit_s"), "{error}");
    }

    #[test]
    fn all_problems_are_told_at_once() {
        let mut config = example();
        config.limits.handshakes = 0;
        config.limits.connections_per_institution = config.limits.connections + 1;
        config.drain.limit_ms = 0;
        config.runtime = RuntimeSettings { worker_threads: 2, current_thread: true };
        config.log.key = config.tls.key.clone();
        config.log.tiles_listen = Some(config.listen);
        config.outages.at_least_ms = 100_000;
        let Problems(lines) = config.problems();
        for setting in [
            "limits.handshakes: ",
            "limits.handshakes_per_address: ",
            "limits.connections_per_institution: ",
            "drain.limit_ms: ",
            "runtime.worker_threads: ",
            "log.key: is the same as tls.key",
            "log.tiles_listen: is the same as listen",
            "outages.at_least_ms: is less than twice",
        ] {
            assert!(lines.iter().any(|line| line.starts_with(setting)), "{setting} in {lines:?}");
        }
        assert_eq!(lines.len(), 8, "{lines:?}");
    }

    #[test]
    fn relative_paths_start_at_the_settings_folder() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hub.toml");
        std::fs::write(&path, EXAMPLE).unwrap();
        let config = Config::load(&path).unwrap();
        assert_eq!(config.data_directory, folder.path().join("data"));
        for (setting, path) in config.input_paths() {
            assert!(path.starts_with(folder.path()), "{setting}: {}", path.display());
        }
        let absolute = EXAMPLE.replace("\"data\"", "\"/srv/hub\"");
        std::fs::write(&path, absolute).unwrap();
        assert_eq!(Config::load(&path).unwrap().data_directory, Path::new("/srv/hub"));
    }

    #[test]
    fn missing_settings_files_are_named() {
        let Problems(lines) = Config::load(Path::new("no/such.toml")).unwrap_err();
        assert!(lines[0].starts_with("no/such.toml: "), "{lines:?}");
    }
}
