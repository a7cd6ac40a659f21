//! A person at the command line, with a profile that remembers nothing yet.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use barid_client::Trust;
use barid_client::proto::key::{Algorithm, FileKey};
use serde_json::Value;

use crate::authority::{HUB_NAME, Wish};
use crate::hub::HubProcess;
use crate::link::Link;
use crate::programs;

/// A person of an office.
pub struct Person {
    profile: PathBuf,
}

impl Person {
    /// One of `fsc/registry`: a profile of this name for the hub, with a new key that is not
    /// enrolled.
    ///
    /// # Panics
    /// When it cannot be written.
    #[must_use]
    pub fn new(hub: &HubProcess, name: &str) -> Self {
        Self::of(hub, name, "fsc", "registry")
    }

    /// The same of another office.
    ///
    /// # Panics
    /// When it cannot be written.
    #[must_use]
    pub fn of(hub: &HubProcess, name: &str, institution: &str, office: &str) -> Self {
        let profile = hub.folder(name);
        fs::create_dir_all(&profile).expect("the folder is ours");
        let identity = hub.authority().issue(&Wish::office(institution, office));
        let key = FileKey::generate(Algorithm::EcdsaP256).and_then(|key| key.to_pem());
        let trust = hub.trust();
        let log = trust.policy().logs().first().expect("the hub's log").key.to_string();
        let settings = format!(
            "[hub]\naddress = {:?}\nserver_name = {HUB_NAME:?}\nca = \"ca.pem\"\n\
             trust = \"trust.policy\"\n[office]\ninstitution = {institution:?}\n\
             office = {office:?}\ncertificate = \"tls.pem\"\nkey = \"tls.key\"\nsigning_key = \"signing.key\"\n",
            hub.address(),
        );
        for (name, text) in [
            ("profile.toml", settings.as_str()),
            ("ca.pem", &hub.authority().certificate()),
            ("trust.policy", &Trust::text([log.as_str()])),
            ("tls.pem", &identity.certificate),
            ("tls.key", &identity.key),
            ("signing.key", &key.expect("a key")),
        ] {
            fs::write(profile.join(name), text).expect("the folder is ours");
        }
        Self { profile }
    }

    /// A person whose office can sign and can open what is sealed for it.
    ///
    /// # Panics
    /// When the hub does not take its keys.
    #[must_use]
    pub fn clerk(hub: &HubProcess, institution: &str, office: &str) -> Self {
        let person = Self::of(hub, &format!("{institution}-{office}"), institution, office);
        told(&person.barid(["enrol"]));
        told(&person.barid(["key", "new", "--for", "sealing"]));
        told(&person.barid(["enrol", "--sealing"]));
        person
    }

    /// From now on it reaches the hub over this link.
    ///
    /// # Panics
    /// When its profile cannot be written.
    pub fn goes_through(&self, link: &Link) {
        let path = self.profile.join("profile.toml");
        let profile = fs::read_to_string(&path).expect("it was written");
        let others = profile.lines().filter(|line| !line.starts_with("address = "));
        let others: String = others.flat_map(|line| [line, "\n"]).collect();
        let address = format!("[hub]\naddress = {:?}\n", link.address());
        fs::write(path, others.replacen("[hub]\n", &address, 1)).expect("the folder is ours");
    }

    /// `barid` with these arguments, for a script, not started yet.
    #[must_use]
    pub fn command(&self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
        let mut barid = Command::new(programs::program("barid"));
        barid.arg("--profile").arg(&self.profile).arg("--json").args(arguments);
        barid
    }

    /// `barid` with these arguments, for a script.
    ///
    /// # Panics
    /// When it does not start.
    pub fn barid(&self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Output {
        self.command(arguments).output().expect("barid starts")
    }

    /// `barid` with these arguments, for a person who reads this language.
    ///
    /// # Panics
    /// When it does not start.
    pub fn told(
        &self,
        language: &str,
        arguments: impl IntoIterator<Item = impl AsRef<OsStr>>,
    ) -> Output {
        let mut barid = Command::new(programs::program("barid"));
        barid.arg("--profile").arg(&self.profile).args(["--lang", language]).args(arguments);
        barid.output().expect("barid starts")
    }

    /// What a person reads in a language when a command does not succeed.
    ///
    /// # Panics
    /// When it succeeds.
    #[must_use]
    pub fn refused(&self, language: &str, line: &[&str]) -> String {
        let output = self.told(language, line);
        assert!(!output.status.success(), "{line:?}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    }

    /// Its folder.
    #[must_use]
    pub fn profile(&self) -> &Path {
        &self.profile
    }
}

/// The value that `barid` told a script.
///
/// # Panics
/// When it did not succeed.
pub fn told(output: &Output) -> Value {
    let (said, why) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{}: {said} {why}", output.status);
    serde_json::from_str(said.lines().last().unwrap_or_default()).expect("one line of JSON")
}
