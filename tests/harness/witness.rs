//! Witnesses as processes of their own, each attending from an institution's main office.

use std::fs::{self, File, OpenOptions};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use crate::authority::{Authority, HUB_NAME, Wish};
use crate::hub::ORIGIN;
use crate::programs;

/// The offices from which they attend: four institutions, so that three make a quorum.
pub const OFFICES: [(&str, &str); 4] =
    [("ihec", "national"), ("ejp", "registry"), ("fsc", "registry"), ("parliament", "secretariat")];

/// A witness with its mirror. Ends, by force if it must, with this value.
pub struct WitnessProcess {
    folder: PathBuf,
    office: (String, String),
    keys: Vec<String>,
    /// Where it is asked over HTTP; `None`: it dials.
    http: Option<SocketAddr>,
    child: Option<Child>,
}

impl WitnessProcess {
    /// Makes the keys and the ledger of a new witness, which follows a log with these keys. It
    /// does not run yet.
    ///
    /// # Panics
    /// When it does not build, or refuses.
    #[must_use]
    pub fn init(folder: &Path, institution: &str, office: &str, log_keys: &[String]) -> Self {
        let folder = folder.join(institution);
        let place = folder.display().to_string();
        let (witness, mirror) = (name(institution), format!("{institution}.test/m1"));
        let keys = run(&["init", &place, "--name", &witness, "--mirror-name", &mirror]);
        for key in log_keys {
            run(&["add-log", &place, "--vkey", key]);
        }
        let keys = keys.lines().filter_map(|line| line.strip_prefix("witness "));
        Self {
            folder,
            office: (institution.to_owned(), office.to_owned()),
            keys: keys.map(str::to_owned).collect(),
            http: None,
            child: None,
        }
    }

    /// One that waits to be asked over HTTP instead of dialling.
    ///
    /// # Panics
    /// When no port is free.
    #[must_use]
    pub fn over_http(mut self) -> Self {
        // Free a moment ago; nobody else on this machine hurries to take it.
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|one| one.local_addr());
        self.http = Some(free.expect("a free port"));
        self
    }

    /// Its line of a policy, under a name.
    #[must_use]
    pub fn policy_line(&self) -> String {
        let url = self.http.map(|address| format!(" http://{address}")).unwrap_or_default();
        let key = self.keys.first().map_or("", String::as_str);
        format!("witness {} {key}{url}\n", self.office.0)
    }

    /// Its line of the hub's settings: from which office it dials. Empty when it does not.
    #[must_use]
    pub fn office_line(&self) -> String {
        let line = format!("{:?} = \"{}/{}\"\n", self.name(), self.office.0, self.office.1);
        if self.http.is_some() { String::new() } else { line }
    }

    /// The name of its keys.
    #[must_use]
    pub fn name(&self) -> String {
        name(&self.office.0)
    }

    /// Its verifier keys.
    #[must_use]
    pub fn keys(&self) -> &[String] {
        &self.keys
    }

    /// Where it keeps everything.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Everything it wrote to standard error so far.
    #[must_use]
    pub fn said(&self) -> String {
        fs::read_to_string(self.folder.join("witness.log")).unwrap_or_default()
    }

    /// Lets it dial a hub at an address.
    ///
    /// # Panics
    /// When it does not start.
    pub fn start(&mut self, authority: &Authority, address: &str) {
        let identity = authority.issue(&Wish::office(&self.office.0, &self.office.1));
        let dials = format!(
            "[hub]\norigin = {ORIGIN:?}\naddress = {address:?}\nserver_name = {HUB_NAME:?}\n\
             authority = \"ca.pem\"\ncertificate = \"own.pem\"\nkey = \"own.key\"\n[mirror]\n"
        );
        let listens = self.http.map(|address| format!("[http]\nlisten = \"{address}\"\n"));
        let settings = listens.unwrap_or(dials);
        for (name, text) in [
            ("ca.pem", authority.certificate()),
            ("own.pem", identity.certificate),
            ("own.key", identity.key),
            ("witness.toml", settings),
        ] {
            fs::write(self.folder.join(name), text).expect("the folder is ours");
        }
        let mut command = Command::new(programs::program("barid-witness"));
        command.arg("serve").arg(&self.folder).stdout(self.log()).stderr(self.log());
        self.child = Some(command.spawn().expect("the witness starts"));
    }

    /// Ends it the hard way.
    ///
    /// # Panics
    /// When it is not running.
    pub fn kill9(&mut self) {
        let mut child = self.child.take().expect("the witness is running");
        child.kill().expect("it is our child");
        child.wait().expect("it is our child");
    }

    fn log(&self) -> File {
        let path = self.folder.join("witness.log");
        OpenOptions::new().create(true).append(true).open(path).expect("the folder is ours")
    }
}

impl Drop for WitnessProcess {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _already_ended = child.kill();
            let _already_ended = child.wait();
        }
        if std::thread::panicking() {
            println!("--- what the witness {} said ---\n{}", self.name(), self.said());
        }
    }
}

/// The name of an institution's witness.
#[must_use]
pub fn name(institution: &str) -> String {
    format!("{institution}.test/w1")
}

fn run(arguments: &[&str]) -> String {
    let mut command = Command::new(programs::program("barid-witness"));
    let done = command.args(arguments).output().expect("the witness starts");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "barid-witness {arguments:?}: {said}");
    String::from_utf8_lossy(&done.stdout).into_owned()
}
