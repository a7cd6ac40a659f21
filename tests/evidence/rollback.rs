//! A hub that is set back to an older copy of its data, and an office that exports its log.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use barid_client::Trust;
use barid_client::proto::key::{Algorithm, FileKey};
use barid_tests::authority::{HUB_NAME, Wish};
use barid_tests::{HubProcess, programs};

/// A person at the command line, with a profile that remembers nothing yet.
pub(crate) struct Person {
    profile: PathBuf,
}

impl Person {
    /// A profile of this name for the hub.
    pub(crate) fn new(hub: &HubProcess, name: &str) -> Self {
        let profile = hub.folder(name);
        fs::create_dir_all(&profile).expect("the folder is ours");
        let identity = hub.authority().issue(&Wish::office("fsc", "registry"));
        let key = FileKey::generate(Algorithm::EcdsaP256).and_then(|key| key.to_pem());
        let trust = hub.trust();
        let log = trust.policy().logs().first().expect("the hub's log").key.to_string();
        let settings = format!(
            "[hub]\naddress = {:?}\nserver_name = {HUB_NAME:?}\nca = \"ca.pem\"\n\
             trust = \"trust.policy\"\n[office]\ninstitution = \"fsc\"\noffice = \"registry\"\n\
             certificate = \"tls.pem\"\nkey = \"tls.key\"\nsigning_key = \"signing.key\"\n",
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

    /// `barid log export`, for a script.
    pub(crate) fn export(&self, folder: &Path) -> Output {
        let mut barid = Command::new(programs::program("barid"));
        barid.arg("--profile").arg(&self.profile).args(["--json", "log", "export"]).arg(folder);
        barid.output().expect("barid starts")
    }

    /// The export ends with exit code 4 and says why.
    pub(crate) fn must_refuse(&self, folder: &Path, why: &str) {
        let ended = self.export(folder);
        let said = String::from_utf8_lossy(&ended.stdout);
        assert_eq!(ended.status.code(), Some(4), "{said}");
        assert!(said.contains("\"class\":\"evidence\"") && said.contains(why), "{said}");
    }

    /// How many pairs of checkpoints were kept that contradict each other.
    pub(crate) fn contradictions(&self) -> usize {
        let kept = self.profile.join("office/memory/contradictions");
        fs::read_dir(kept).map_or(0, Iterator::count)
    }
}
