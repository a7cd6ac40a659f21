//! An office that packs and takes in sticks, or carries them for others.

use std::fs;
use std::path::{Path, PathBuf};

use barid_client::client::{Delivered, Packing, Unpacked};
use barid_client::draft::HashedDocument;
use barid_client::source::Machine;
use barid_client::stick::StickError;
use barid_client::stick::lock::{LockTo, Opener, PrivateKey, PublicKey};
use barid_tests::{HubProcess, ScriptedOffice, programs};
use tempfile::TempDir;

/// A form that the commission's offices file.
pub(crate) const COMPLAINT: &str = "plugins/ihec/testdata/form-110.json";

/// An office with its key for sticks.
pub(crate) struct Desk {
    pub(crate) office: ScriptedOffice,
    pub(crate) key: PrivateKey,
    folder: TempDir,
}

impl Desk {
    pub(crate) async fn of(hub: &HubProcess, institution: &str, office: &str) -> Self {
        let office = hub.office(institution, office).enrolled().await;
        let key = PrivateKey::generate(&Machine).unwrap();
        Self { office, key, folder: TempDir::new().unwrap() }
    }

    pub(crate) fn opener(&self) -> Opener {
        Opener { key: Some(self.key.clone()), passphrase: None }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Signs a complaint with an exhibit of this size. Nothing is sent.
    pub(crate) fn sign(&self, to: &str, size: u64) {
        let form = HashedDocument::at(&programs::root().join(COMPLAINT)).unwrap();
        let exhibit = self.path(&format!("exhibit-{size}"));
        let bytes: Vec<u8> = (0..size).map(|n| u8::try_from(n * n % 251).unwrap()).collect();
        fs::write(&exhibit, bytes).unwrap();
        let draft =
            self.office.complaint(to).lead("ihec/form-110+json", "form", "application/json", form);
        let draft = draft.exhibit_at(&exhibit).unwrap().stamp(self.office.stamp());
        self.office.client.sign(draft).expect("it is signed");
    }

    /// Packs for a carrier.
    pub(crate) async fn pack(&self, name: &str, to: &PublicKey) -> PathBuf {
        self.pack_within(name, to, None).await.remove(0)
    }

    pub(crate) async fn pack_within(
        &self,
        name: &str,
        to: &PublicKey,
        limit: Option<u64>,
    ) -> Vec<PathBuf> {
        let packing = Packing {
            path: self.path(name),
            limit,
            to: LockTo::Key(Box::new(to.clone())),
            reply_to: Some(self.key.public()),
        };
        let packed = self.office.client.pack_stick(packing).await.expect("it is packed");
        packed.written.into_iter().map(|one| one.path).collect()
    }

    pub(crate) async fn deliver(&self, stick: &Path) -> Result<Delivered, StickError> {
        self.office.client.deliver_stick(stick, &self.opener()).await
    }

    pub(crate) async fn answer(&self, stick: &Path, name: &str) -> PathBuf {
        let back = self.path(name);
        let client = &self.office.client;
        client.answer_stick(stick, &self.opener(), &back, None).await.expect("it is answered");
        back
    }

    pub(crate) async fn unpack(&self, stick: &Path) -> Result<Unpacked, StickError> {
        self.office.client.unpack_stick(stick, &self.opener()).await
    }

    pub(crate) fn waiting(&self) -> usize {
        self.office.client.outbox().turn().unwrap().pending().unwrap().len()
    }
}
