//! An office that exports the log, again and again.

use std::fs;
use std::path::Path;
use std::process::Output;

use barid_tests::HubProcess;
use barid_tests::person::Person;

/// Somebody who exports the log.
pub(crate) struct Exporter(Person);

impl Exporter {
    /// With a profile of this name for the hub.
    pub(crate) fn new(hub: &HubProcess, name: &str) -> Self {
        Self(Person::new(hub, name))
    }

    /// `barid log export`, for a script.
    pub(crate) fn export(&self, folder: &Path) -> Output {
        self.0.barid(["log".as_ref(), "export".as_ref(), folder.as_os_str()])
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
        let kept = self.0.profile().join("office/memory/contradictions");
        fs::read_dir(kept).map_or(0, Iterator::count)
    }
}
