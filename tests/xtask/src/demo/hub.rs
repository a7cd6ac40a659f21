//! The hub as a process of its own: started, killed and started again on the same folder.

use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use sha2::{Digest as _, Sha256};

use super::authority::{CA, CRL};
use super::hex;
use super::witness::Witness;
use crate::workspace::Workspace;

/// The log's name.
pub(crate) const ORIGIN: &str = "hub.demo/log";

/// How long the hub may take to listen, and to stop: far more than it needs, the machine may be
/// busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often it is looked at meanwhile.
const GLANCE: Duration = Duration::from_millis(10);

/// Lines of its log that are shown when something went wrong.
const TAIL_LINES: usize = 15;

/// The plugins, with the formats that are used of each.
const PLUGINS: [(&str, &[&str]); 4] = [
    (
        "ihec",
        &[
            "ihec/form-110+json",
            "ihec/appeal+json",
            "ihec/decision+json",
            "ihec/register+csv",
            "ihec/register+xlsx",
        ],
    ),
    (
        "ejp",
        &[
            "ejp/ruling+akn",
            "ejp/register+csv",
            "ejp/closing-certificate+json",
            "ejp/correspondence+json",
        ],
    ),
    (
        "fsc",
        &[
            "fsc/ratification-request+json",
            "fsc/ratification+akn",
            "fsc/ruling+akn",
            "fsc/correspondence+json",
        ],
    ),
    ("court", &["court/ruling+akn"]),
];

/// The hub. Ends, by force if it must, with this value.
pub(crate) struct Hub {
    program: PathBuf,
    folder: PathBuf,
    settings: String,
    /// Where it listens; the first start chooses the port, later ones keep it.
    address: String,
    log_keys: Vec<String>,
    child: Option<Child>,
}

impl Hub {
    /// Makes the log's key and the settings; starts nothing. The certificates are in `folder`.
    pub(crate) fn prepare(workspace: &Workspace, folder: &Path) -> anyhow::Result<Self> {
        let program = workspace.target("debug/barid-hub");
        let made = Command::new(&program)
            .args(["keygen", ORIGIN])
            .arg(folder.join("log.key"))
            .arg("--ml-dsa")
            .arg(folder.join("log.ml-dsa.key"))
            .output()
            .context("starting the hub's program")?;
        if !made.status.success() {
            bail!("the log's key cannot be made: {}", String::from_utf8_lossy(&made.stderr));
        }
        Ok(Self {
            program,
            folder: folder.to_owned(),
            settings: settings(workspace)?,
            address: "127.0.0.1:0".to_owned(),
            log_keys: String::from_utf8(made.stdout)?.lines().map(str::to_owned).collect(),
            child: None,
        })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The log's verifier keys.
    pub(crate) fn log_keys(&self) -> &[String] {
        &self.log_keys
    }

    /// A path in its folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The file that everybody believes: the log, its witnesses, and that three of them are enough.
    pub(crate) fn trust(&self) -> PathBuf {
        self.folder.join("trust.policy")
    }

    /// Names its witnesses, before it is started for the first time.
    pub(crate) fn heed(&mut self, witnesses: &[Witness]) -> anyhow::Result<()> {
        let mut policy: String = self.log_keys.iter().map(|key| format!("log {key}\n")).collect();
        policy.extend(witnesses.iter().map(Witness::policy_line));
        policy += "group quorum-of-three 3 ihec ejp fsc parliament\nquorum quorum-of-three\n";
        fs::write(self.trust(), policy)?;
        // A clerk's paper waits a while; the scene in which witnesses are away shall not.
        self.settings += "[witnesses]\npolicy = \"trust.policy\"\npatience_ms = 3000\n";
        self.settings += "[witnesses.offices]\n";
        self.settings.extend(witnesses.iter().map(Witness::office_line));
        Ok(())
    }

    /// Copies its data, as they are; it is not running.
    pub(crate) fn back_up(&self) -> anyhow::Result<()> {
        copy(&self.folder.join("data"), &self.folder.join("copy"))
    }

    /// Puts that copy in the place of its data; it is not running.
    pub(crate) fn restore(&self) -> anyhow::Result<()> {
        fs::remove_dir_all(self.folder.join("data"))?;
        copy(&self.folder.join("copy"), &self.folder.join("data"))
    }

    /// Everything it wrote to its log so far.
    pub(crate) fn said(&self) -> String {
        fs::read_to_string(self.log()).unwrap_or_default()
    }

    /// Starts it and waits until it listens.
    pub(crate) fn start(&mut self) -> anyhow::Result<()> {
        let (config, port) = (self.folder.join("hub.toml"), self.folder.join("port"));
        let listen = format!("listen = {:?}\n", self.address);
        fs::write(&config, listen + &self.settings)?;
        let _was_there = fs::remove_file(&port);
        let log = OpenOptions::new().create(true).append(true).open(self.log())?;
        let mut command = Command::new(&self.program);
        command.arg("serve").arg(&config).arg("--port-file").arg(&port);
        command.stdout(log.try_clone()?).stderr(log);
        self.child = Some(command.spawn().context("starting the hub")?);
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            if let Some(address) = fs::read_to_string(&port).ok().filter(|text| !text.is_empty()) {
                address.trim().clone_into(&mut self.address);
                return Ok(());
            }
            if let Some(ended) = self.ended()? {
                bail!("the hub ended instead of listening, {ended}: {}", self.tail());
            }
            std::thread::sleep(GLANCE);
        }
        bail!("the hub does not listen after {} s", PATIENCE.as_secs())
    }

    /// Ends it with SIGKILL, between any two instructions.
    pub(crate) fn kill9(&mut self) -> anyhow::Result<()> {
        let mut child = self.child.take().context("the hub is not running")?;
        child.kill().context("killing the hub")?;
        child.wait().context("waiting for the hub's end")?;
        Ok(())
    }

    /// Asks it to stop, and waits until it did.
    pub(crate) fn stop(&mut self) -> anyhow::Result<()> {
        let id = self.child.as_ref().context("the hub is not running")?.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status().context("starting kill")?;
        if !asked.success() {
            bail!("the hub cannot be asked to stop");
        }
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            match self.ended()? {
                Some(ended) if ended.success() => return Ok(()),
                Some(ended) => bail!("the hub did not stop in good order: {ended}"),
                None => std::thread::sleep(GLANCE),
            }
        }
        bail!("the hub does not stop after {} s", PATIENCE.as_secs())
    }

    /// The last lines of its log.
    pub(crate) fn tail(&self) -> String {
        let said = self.said();
        let lines: Vec<&str> = said.lines().collect();
        let from = lines.len().saturating_sub(TAIL_LINES);
        lines.get(from..).unwrap_or_default().join("\n")
    }

    fn ended(&mut self) -> anyhow::Result<Option<ExitStatus>> {
        let Some(child) = &mut self.child else { return Ok(None) };
        let ended = child.try_wait()?;
        if ended.is_some() {
            self.child = None;
        }
        Ok(ended)
    }

    fn log(&self) -> PathBuf {
        self.folder.join("hub.log")
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _already_ended = child.kill();
            let _already_ended = child.wait();
        }
    }
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    let copied = Command::new("cp").arg("-r").arg(from).arg(to).status().context("starting cp")?;
    if !copied.success() {
        bail!("{} cannot be copied", from.display());
    }
    Ok(())
}

/// Everything but where it listens. The directory and the permission table are the repository's.
fn settings(workspace: &Workspace) -> anyhow::Result<String> {
    let mut settings = format!(
        "hub_origin = {ORIGIN:?}\ndata_directory = \"data\"\n\
         directory_file = {:?}\npolicy_file = {:?}\n\
         [tls]\ncertificate = \"hub.pem\"\nkey = \"hub.key\"\nclient_ca = {CA:?}\n\
         crls = [{CRL:?}]\n[log]\nkey = \"log.key\"\nml_dsa_key = \"log.ml-dsa.key\"\n[telemetry]\nform = \"text\"\nfilter = \"info,barid_hub::rpc=warn\"\n",
        workspace.path("server/policy/directory.example.toml"),
        workspace.path("server/policy/electoral-disputes.toml"),
    );
    for (name, formats) in PLUGINS {
        let path = workspace.target(&format!("debug/libbarid_format_{name}.so"));
        let library = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
        settings += &format!(
            "[[plugins]]\npath = {path:?}\nsha256 = {:?}\nformats = {formats:?}\n\
             max_input_bytes = 16777216\nmax_output_bytes = 4194304\ndeadline_ms = 20000\n",
            hex(&Sha256::digest(&library)),
        );
    }
    Ok(settings)
}
