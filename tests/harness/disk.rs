//! The hub's data: where they lie, on which disk, copied and put back.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::hub::{HubProcess, panic_with};
use crate::programs;
use crate::tools::copy_folder;

impl HubProcess {
    /// Copies what a stopped hub holds, as a backup does.
    ///
    /// # Panics
    /// When the disk is full.
    pub fn back_up(&self, copy: &Path) {
        copy_folder(&self.data_folder(), copy);
    }

    /// Puts a copy in the place of what a stopped hub holds.
    ///
    /// # Panics
    /// When the disk is full.
    pub fn restore(&self, copy: &Path) {
        fs::remove_dir_all(self.data_folder()).expect("the folder is ours");
        copy_folder(copy, &self.data_folder());
    }

    /// A hub whose data lie on a disk of some megabytes, mounted where it alone sees it: use
    /// [`HubProcess::data_folder`]. The disk goes with the process.
    ///
    /// # Panics
    /// When it does not build or does not start, or the system lets nobody mount.
    #[must_use]
    pub fn start_on_small_disk(megabytes: u32) -> Self {
        let mut hub = Self::prepared("");
        let mount = format!(
            "mkdir -p \"$0\" && mount -t tmpfs -o size={megabytes}m tmpfs \"$0\" && exec \"$@\""
        );
        let data = hub.data_folder().display().to_string();
        hub.launcher = ["unshare", "-rm", "sh", "-c", &mount, &data].map(str::to_owned).to_vec();
        hub.launch().unwrap_or_else(|why| panic_with(&why));
        hub
    }

    /// Where it keeps its data, as seen from here.
    #[must_use]
    pub fn data_folder(&self) -> PathBuf {
        let data = self.folder.path().join("data");
        match &self.child {
            // Through the process, because its mounts are its own.
            Some(child) if !self.launcher.is_empty() => {
                let root = format!("/proc/{}/root", child.id());
                Path::new(&root).join(data.strip_prefix("/").unwrap_or(&data))
            }
            _ => data,
        }
    }

    /// Has the documents of a hub that does not run looked through.
    ///
    /// # Panics
    /// When the program does not start.
    #[must_use]
    pub fn scrub(&self) -> Output {
        let config = self.folder.path().join("hub.toml");
        fs::write(&config, self.config()).expect("the folder is ours");
        let mut hub = Command::new(programs::program("barid-hub"));
        hub.arg("scrub").arg(config).output().expect("the hub starts")
    }
}
