//! The keys of a witness and of its mirror.
//!
//! Keys are made once, together with the ledger, whose first lines name them. A key that has lost
//! its ledger may have cosigned anything, so it is never used with another: opening demands that
//! both name each other. The mirror has keys and a name of its own (tlog-mirror), because what its
//! line says is more.

use crate::error::WitnessError;
use barid_client::disk;
use barid_proto::key::{Algorithm, FileKey};
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::cosignature::{Cosigner, generate_ml_dsa_44};
use barid_proto::tlog::note::{Note, NoteSignature};
use barid_proto::tlog::vkey::{KeyType, VerifierKey};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// All keys of one name: an Ed25519 key, and an ML-DSA-44 key if it has one.
pub struct Cosigners {
    keys: Vec<Cosigner>,
}

/// The keys of this installation.
pub struct Keys {
    /// They say: this tree contains every tree that I have seen.
    pub witness: Cosigners,
    /// They say: I hold every leaf of this tree. `None`: it mirrors nothing.
    pub mirror: Option<Cosigners>,
}

/// What a key is for; the first word of its line in the ledger.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Witness,
    Mirror,
}

impl Role {
    fn word(self) -> &'static str {
        match self {
            Self::Witness => "witness",
            Self::Mirror => "mirror",
        }
    }
}

impl Keys {
    /// Makes new keys in `folder`: Ed25519, and ML-DSA-44 where `ml_dsa` asks for it.
    ///
    /// # Errors
    /// [`WitnessError::Key`] for names that cannot name a key or are the same;
    /// [`WitnessError::Disk`].
    pub fn generate(
        folder: &Path,
        witness: &str,
        mirror: Option<&str>,
        ml_dsa: bool,
    ) -> Result<Self, WitnessError> {
        if mirror == Some(witness) {
            return Err(WitnessError::Key("the mirror needs a name of its own".to_owned()));
        }
        let make = |role: Role, name: &str| Cosigners::generate(folder, role, name, ml_dsa);
        Ok(Self {
            witness: make(Role::Witness, witness)?,
            mirror: mirror.map(|name| make(Role::Mirror, name)).transpose()?,
        })
    }

    /// The lines by which the ledger names its keys.
    #[must_use]
    pub fn lines(&self) -> String {
        let of = |role: Role, cosigners: &Cosigners| {
            let lines = cosigners.verifiers().map(|key| format!("{} {key}\n", role.word()));
            lines.collect::<String>()
        };
        let mirror = self.mirror.as_ref().map(|mirror| of(Role::Mirror, mirror));
        of(Role::Witness, &self.witness) + &mirror.unwrap_or_default()
    }

    /// Reads the keys that these lines name from `folder`.
    ///
    /// # Errors
    /// [`WitnessError::OtherKey`], [`WitnessError::Key`], [`WitnessError::Disk`].
    pub fn load(folder: &Path, lines: &str) -> Result<Self, WitnessError> {
        let of = |role: Role| -> Result<Cosigners, WitnessError> {
            let own = lines.lines().filter_map(|line| line.split_once(' '));
            let own = own.filter(|(word, _)| *word == role.word());
            let keys = own.map(|(_, key)| load_one(folder, role, key));
            Ok(Cosigners { keys: keys.collect::<Result<_, _>>()? })
        };
        let (witness, mirror) = (of(Role::Witness)?, of(Role::Mirror)?);
        if witness.keys.is_empty() {
            return Err(WitnessError::Key("the ledger names no key of the witness".to_owned()));
        }
        Ok(Self { witness, mirror: (!mirror.keys.is_empty()).then_some(mirror) })
    }
}

impl Cosigners {
    fn generate(folder: &Path, role: Role, name: &str, ml_dsa: bool) -> Result<Self, WitnessError> {
        let failed = |error: &dyn std::error::Error| WitnessError::Key(error.to_string());
        let key = FileKey::generate(Algorithm::Ed25519).map_err(|error| failed(&error))?;
        let pem = key.to_pem().map_err(|error| failed(&error))?;
        // The name is tried before anything is written.
        let mut keys = vec![cosigner(name, KeyType::CosignatureEd25519, &pem)?];
        write_secret(&pem_path(folder, role, KeyType::CosignatureEd25519), &pem)?;
        if ml_dsa {
            let pem = generate_ml_dsa_44().map_err(|error| failed(&error))?;
            keys.push(cosigner(name, KeyType::CosignatureMlDsa44, &pem)?);
            write_secret(&pem_path(folder, role, KeyType::CosignatureMlDsa44), &pem)?;
        }
        Ok(Self { keys })
    }

    /// The keys that verify the lines of [`Cosigners::cosign`].
    pub fn verifiers(&self) -> impl Iterator<Item = &VerifierKey> {
        self.keys.iter().map(Cosigner::verifier)
    }

    /// One line of each key. The caller stores the checkpoint before it shows them to anybody.
    ///
    /// # Errors
    /// [`WitnessError::Key`].
    pub fn cosign(
        &self,
        checkpoint: &Checkpoint,
        time: u64,
    ) -> Result<Vec<NoteSignature>, WitnessError> {
        let lines = self.keys.iter().map(|key| key.cosign(checkpoint, time));
        lines.collect::<Result<_, _>>().map_err(|error| WitnessError::Key(error.to_string()))
    }

    /// When these keys cosigned a note: the latest of their times. `None` when none of them did,
    /// or when a line of theirs is false.
    #[must_use]
    pub fn cosigned_at(&self, note: &Note) -> Option<u64> {
        let mut latest = None;
        for key in self.verifiers() {
            latest = latest.max(note.verify(key).ok()?.and_then(|signed| signed.time));
        }
        latest
    }
}

fn load_one(folder: &Path, role: Role, wanted: &str) -> Result<Cosigner, WitnessError> {
    let key: VerifierKey = wanted
        .parse()
        .map_err(|error| WitnessError::Key(format!("the ledger names {wanted:?}: {error}")))?;
    let path = pem_path(folder, role, key.key_type());
    let pem = Zeroizing::new(fs::read_to_string(&path).map_err(WitnessError::io(&path))?);
    let found = cosigner(key.name(), key.key_type(), &pem)?;
    if *found.verifier() == key {
        return Ok(found);
    }
    let (wanted, found) = (wanted.to_owned(), found.verifier().to_string());
    Err(WitnessError::OtherKey { wanted, found })
}

fn cosigner(name: &str, key_type: KeyType, pem: &str) -> Result<Cosigner, WitnessError> {
    let made = match key_type {
        KeyType::CosignatureEd25519 => {
            let key =
                FileKey::from_pem(pem).map_err(|error| WitnessError::Key(error.to_string()))?;
            Cosigner::ed25519(name, Box::new(key))
        }
        KeyType::CosignatureMlDsa44 => Cosigner::ml_dsa_44(name, pem),
        KeyType::Ed25519 => {
            return Err(WitnessError::Key("a log's key cosigns nothing".to_owned()));
        }
    };
    made.map_err(|error| WitnessError::Key(error.to_string()))
}

fn pem_path(folder: &Path, role: Role, key_type: KeyType) -> PathBuf {
    let algorithm = if key_type == KeyType::CosignatureMlDsa44 { "ml-dsa-44" } else { "ed25519" };
    folder.join(format!("{}.{algorithm}.pem", role.word()))
}

/// Only the owner may read it, from the first byte on: the folder is closed before it is filled.
fn write_secret(path: &Path, pem: &str) -> Result<(), WitnessError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(WitnessError::io(folder))?;
        let only_owner = fs::Permissions::from_mode(0o700);
        fs::set_permissions(folder, only_owner).map_err(WitnessError::io(folder))?;
    }
    disk::replace(path, pem.as_bytes())?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).map_err(WitnessError::io(path))
}
