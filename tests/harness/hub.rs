//! The hub as a process of its own: started, killed, stopped and started again on its data.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::sync::Arc;
use std::time::{Duration, Instant};

use barid_client::Trust;
use barid_client::proto::key::{Algorithm, FileKey};
use barid_client::proto::tlog::cosignature::{Cosigner, generate_ml_dsa_44};
use barid_client::proto::tlog::note::NoteSigner;
use barid_client::proto::tlog::policy::Policy;
use tempfile::TempDir;

use crate::authority::{Authority, Wish};
use crate::office::ScriptedOffice;
use crate::plugins::{self, Plugin};
use crate::programs;
use crate::witness::WitnessProcess;

/// The log's name in tests.
pub const ORIGIN: &str = "hub.test/log";

/// How long a hub may take to listen, and to stop. Far more than it needs: the machine is busy.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

/// Lines of its log that a failing test shows.
const LAST_LINES: usize = 30;

/// How often it is looked at meanwhile.
const GLANCE: Duration = Duration::from_millis(20);

/// A hub in a folder of its own. Ends, by force if it must, with this value.
pub struct HubProcess {
    pub(super) folder: TempDir,
    pub(super) authority: Authority,
    pub(super) trust: Arc<Trust>,
    pub(super) settings: String,
    /// Another directory of institutions than the example's.
    pub(super) directory: Option<String>,
    pub(super) launcher: Vec<String>,
    pub(super) address: String,
    pub(super) child: Option<Child>,
    pub(super) plugins: Vec<Plugin>,
    /// Its witnesses, in the order of [`crate::witness::OFFICES`]; none for a hub without.
    pub witnesses: Vec<WitnessProcess>,
}

impl HubProcess {
    /// A hub with the plugins that are in daily use.
    ///
    /// # Panics
    /// When it does not build or does not start.
    #[must_use]
    pub fn start() -> Self {
        Self::start_with("")
    }

    /// A hub with every plugin of this repository, which takes longer to start and more room.
    ///
    /// # Panics
    /// When it does not build or does not start.
    #[must_use]
    pub fn start_with_every_plugin() -> Self {
        let mut hub = Self::prepared("");
        hub.plugins = plugins::every().collect();
        hub.launch().unwrap_or_else(|why| panic_with(&why));
        hub
    }

    /// A hub for the institutions of this directory (TOML).
    ///
    /// # Panics
    /// When it does not build or does not start.
    #[must_use]
    pub fn start_for(directory: &str) -> Self {
        let mut hub = Self::prepared("");
        hub.directory = Some(directory.to_owned());
        hub.launch().unwrap_or_else(|why| panic_with(&why));
        hub
    }

    /// A hub with further settings (TOML tables).
    ///
    /// # Panics
    /// When it does not build or does not start.
    #[must_use]
    pub fn start_with(settings: &str) -> Self {
        let mut hub = Self::prepared(settings);
        hub.launch().unwrap_or_else(|why| panic_with(&why));
        hub
    }

    /// Everything a hub needs, in a new folder; nothing runs.
    pub(super) fn prepared(settings: &str) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let authority = Authority::new();
        let key = FileKey::generate(Algorithm::Ed25519).expect("a key");
        let pem = key.to_pem().expect("its PEM");
        let log = NoteSigner::new(ORIGIN, Box::new(key)).expect("a log's key");
        let ml_dsa = generate_ml_dsa_44().expect("a key");
        let second = Cosigner::ml_dsa_44(ORIGIN, &ml_dsa).expect("a log's key");
        let keys = [log.verifier().to_string(), second.verifier().to_string()];
        let policy = Trust::text(keys.iter().map(String::as_str));
        let policy = Policy::parse(policy.as_bytes()).expect("a policy");
        let identity = authority.hub();
        for (name, text) in [
            ("log.key", pem.as_str()),
            ("log.ml-dsa.key", ml_dsa.as_str()),
            ("hub.pem", &identity.certificate),
            ("hub.key", &identity.key),
            ("ca.pem", &authority.certificate()),
            ("crl.pem", &authority.revocation_list(&[])),
        ] {
            fs::write(folder.path().join(name), text).expect("the folder is ours");
        }
        Self {
            folder,
            authority,
            trust: Arc::new(Trust::new(policy)),
            settings: settings.to_owned(),
            directory: None,
            launcher: Vec::new(),
            address: "127.0.0.1:0".to_owned(),
            child: None,
            plugins: plugins::DAILY.to_vec(),
            witnesses: Vec::new(),
        }
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Its authority.
    #[must_use]
    pub fn authority(&self) -> &Authority {
        &self.authority
    }

    /// Whom its offices believe.
    #[must_use]
    pub fn trust(&self) -> Arc<Trust> {
        Arc::clone(&self.trust)
    }

    /// Where it serves its log over plain HTTP, when it does.
    #[must_use]
    pub fn tiles_url(&self) -> Option<String> {
        self.said().lines().rev().find_map(|line| line.strip_prefix("tiles ")).map(str::to_owned)
    }

    /// The key of its log, for tests that forge: nobody but the hub has it otherwise.
    ///
    /// # Panics
    /// When it is not where it was put.
    #[must_use]
    pub fn log_signer(&self) -> NoteSigner {
        let pem = fs::read_to_string(self.folder.path().join("log.key")).expect("it is there");
        let key = FileKey::from_pem(&pem).expect("a key");
        NoteSigner::new(ORIGIN, Box::new(key)).expect("a log's key")
    }

    /// Everything it wrote to standard error so far.
    #[must_use]
    pub fn said(&self) -> String {
        fs::read_to_string(self.folder.path().join("hub.log")).unwrap_or_default()
    }

    /// An office with a new signing key, not enrolled yet, and a folder of its own.
    ///
    /// # Panics
    /// When its client cannot be made.
    #[must_use]
    pub fn office(&self, institution: &str, office: &str) -> ScriptedOffice {
        let identity = self.authority.issue(&Wish::office(institution, office));
        ScriptedOffice::new(self, institution, office, &identity)
    }

    /// An office that believes whom it likes.
    ///
    /// # Panics
    /// When its client cannot be made.
    #[must_use]
    pub fn office_believing(
        &self,
        institution: &str,
        office: &str,
        trust: Arc<Trust>,
    ) -> ScriptedOffice {
        let identity = self.authority.issue(&Wish::office(institution, office));
        ScriptedOffice::believing(self, institution, office, &identity, trust)
    }

    /// A folder for what belongs to an office.
    #[must_use]
    pub fn folder(&self, name: &str) -> PathBuf {
        self.folder.path().join("offices").join(name)
    }

    /// Revokes certificates by number; the hub reads the list at once.
    ///
    /// # Panics
    /// When the hub is not running.
    pub fn revoke(&self, serials: &[u64]) {
        let list = self.authority.revocation_list(serials);
        fs::write(self.folder.path().join("crl.pem"), list).expect("the folder is ours");
        self.signal("-HUP");
    }

    /// Exchanges the further settings (TOML tables), and has the running hub read them again.
    ///
    /// # Panics
    /// When it is not running.
    pub fn reconfigure(&mut self, settings: &str) {
        settings.clone_into(&mut self.settings);
        fs::write(self.folder.path().join("hub.toml"), self.config()).expect("the folder is ours");
        self.signal("-HUP");
    }

    /// Exchanges the further settings of a hub that does not run.
    pub fn set(&mut self, settings: &str) {
        settings.clone_into(&mut self.settings);
    }

    /// The number of its process.
    ///
    /// # Panics
    /// When it is not running.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.as_ref().expect("the hub is running").id()
    }

    /// Ends it the hard way, between any two instructions.
    ///
    /// # Panics
    /// When it is not running.
    pub fn kill9(&mut self) {
        let mut child = self.child.take().expect("the hub is running");
        child.kill().expect("it is our child");
        child.wait().expect("it is our child");
    }

    /// Asks it to stop and waits.
    ///
    /// # Panics
    /// When it does not stop.
    pub fn terminate(&mut self) -> ExitStatus {
        self.signal("-TERM");
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            if let Some(ended) = self.ended() {
                return ended;
            }
            std::thread::sleep(GLANCE);
        }
        panic_with("the hub does not stop")
    }

    /// Starts it again on the same data and port.
    ///
    /// # Errors
    /// What it said when it ended instead of listening.
    pub fn launch(&mut self) -> Result<(), String> {
        let config = self.folder.path().join("hub.toml");
        let port = self.folder.path().join("port");
        fs::write(&config, self.config()).expect("the folder is ours");
        let _was_there = fs::remove_file(&port);
        let before = self.said().len();
        self.child = Some(self.command(&config, &port).spawn().expect("the hub starts"));
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            if let Some(address) = fs::read_to_string(&port).ok().filter(|text| !text.is_empty()) {
                address.trim().clone_into(&mut self.address);
                return Ok(());
            }
            if let Some(ended) = self.ended() {
                let said = self.said();
                return Err(format!("{ended}: {}", said.get(before..).unwrap_or_default()));
            }
            std::thread::sleep(GLANCE);
        }
        self.kill9();
        Err(format!("it does not listen: {}", self.said()))
    }

    /// How it ended, when it has.
    ///
    /// # Panics
    /// When it was not running before.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        let child = self.child.as_mut().expect("the hub was running");
        let ended = child.try_wait().expect("it is our child");
        if ended.is_some() {
            self.child = None;
        }
        ended
    }

    fn command(&self, config: &Path, port: &Path) -> Command {
        let hub = programs::program("barid-hub");
        let mut command = match self.launcher.split_first() {
            None => Command::new(hub),
            Some((program, arguments)) => {
                let mut command = Command::new(program);
                command.args(arguments).arg(hub);
                command
            }
        };
        command.arg("serve").arg(config).arg("--port-file").arg(port);
        command.stdout(self.log()).stderr(self.log());
        command
    }

    fn log(&self) -> File {
        let path = self.folder.path().join("hub.log");
        OpenOptions::new().create(true).append(true).open(path).expect("the folder is ours")
    }

    pub(super) fn config(&self) -> String {
        let policies = programs::root().join("server/policy");
        let directory = match &self.directory {
            None => policies.join("directory.example.toml"),
            Some(text) => {
                let path = self.folder.path().join("directory.toml");
                fs::write(&path, text).expect("the folder is ours");
                path
            }
        };
        let mut config = format!(
            "listen = {:?}\nhub_origin = {ORIGIN:?}\ndata_directory = \"data\"\n\
             directory_file = {:?}\npolicy_file = {:?}\n\
             [tls]\ncertificate = \"hub.pem\"\nkey = \"hub.key\"\nclient_ca = \"ca.pem\"\n\
             crls = [\"crl.pem\"]\n[log]\nkey = \"log.key\"\n\
             ml_dsa_key = \"log.ml-dsa.key\"\n{}\n",
            self.address,
            directory,
            policies.join("electoral-disputes.toml"),
            self.settings,
        );
        if !self.settings.contains("[documents]") {
            // Disks of tests are small, and filled on purpose.
            config += "[documents]\nreserve_bytes = 0\n";
        }
        config + &plugins::settings(&self.plugins)
    }

    fn signal(&self, name: &str) {
        let id = self.child.as_ref().expect("the hub is running").id().to_string();
        let sent = Command::new("kill").args([name, &id]).status().expect("kill is there");
        assert!(sent.success(), "the hub takes {name}");
    }
}

impl Drop for HubProcess {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _already_ended = child.kill();
            let _already_ended = child.wait();
        }
        if std::thread::panicking() {
            let said = self.said();
            let lines: Vec<&str> = said.lines().rev().take(LAST_LINES).collect();
            println!("--- what the hub said last, newest first ---\n{}", lines.join("\n"));
        }
    }
}

#[expect(clippy::panic, reason = "a rig that cannot be set up fails the test that asked")]
pub(super) fn panic_with(why: &str) -> ! {
    panic!("{why}")
}
