//! `barid key`: makes or shows the signing key, takes keys out of use.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use barid_client::Client;
use barid_client::source::{Machine, Source as _};
use barid_pkcs11::KeyUri;
use barid_proto::key::{Algorithm, FileKey, Signer as _};
use barid_proto::sealed::UnsealingKey;
use barid_proto::v1::EnrolledKey;
use clap::ValueEnum;
use serde_json::json;
use zeroize::Zeroizing;

use super::{Desk, parse};
use crate::exit::Failure;
use crate::profile::{self, Profile};
use crate::wording::{Msg, SealedMsg, sealed};

/// What to do with the key.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Makes a new key; never over one that is there.
    New {
        /// What it is for.
        #[arg(long = "for", value_enum, default_value_t)]
        purpose: Purpose,
        /// How it signs.
        #[arg(long, value_enum, default_value_t)]
        algorithm: Kind,
        /// Where to write it. By default the profile's signing key, or its key for sealed exhibits.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Shows the key's identifier.
    Show,
    /// Takes a key out of use, as planned. What it signed stays valid.
    Retire {
        #[command(flatten)]
        which: Which,
    },
    /// Declares a key stolen: what it signed from a leaf on is not to be trusted.
    Revoke {
        #[command(flatten)]
        which: Which,
        /// The first leaf that is not to be trusted. A leaf that lies back needs the institution's
        /// administrative key, if it has one, and never the stolen key itself.
        #[arg(long)]
        from: u64,
    },
}

/// Which key goes out of use, and which one says so.
#[derive(Debug, clap::Args)]
pub(super) struct Which {
    /// The key's identifier, 64 hexadecimal digits.
    #[arg(value_parser = parse::digest)]
    key_id: [u8; 32],
    /// The key that signs this: PKCS#8 PEM, or a pkcs11: URI. The profile's signing key by default.
    #[arg(long, visible_alias = "admin-key")]
    signed_by: Option<String>,
}

/// What a key is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Purpose {
    /// It signs envelopes.
    #[default]
    Signing,
    /// It opens exhibits that others seal for this office: X-Wing, ML-KEM-768 with X25519. Only as a
    /// file, since no token has such keys.
    Sealing,
}

/// Kinds of key that can be made.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(super) enum Kind {
    /// ECDSA on P-256.
    #[default]
    P256,
    /// Ed25519.
    Ed25519,
    /// ML-DSA-65, for a further signature behind another key's.
    #[value(name = "ml-dsa-65")]
    MlDsa65,
}

impl From<Kind> for Algorithm {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::P256 => Self::EcdsaP256,
            Kind::Ed25519 => Self::Ed25519,
            Kind::MlDsa65 => Self::MlDsa65,
        }
    }
}

/// Does what was asked.
pub(super) async fn run(desk: &Desk, command: &Command) -> Result<(), Failure> {
    let profile = desk.profile()?;
    match command {
        Command::New { purpose: Purpose::Sealing, out, .. } => {
            make_unsealing(desk, &profile, out.as_deref())
        }
        Command::New { algorithm, out, .. } => make(desk, &profile, *algorithm, out.as_deref()),
        Command::Show => show(desk, &profile),
        Command::Retire { which } => {
            let (client, key) = which.find(&profile).await?;
            let outcome = client.retire_key(&key).await;
            desk.show_outcome(outcome, &desk.screen.say(Msg::KeyRetired, &[]))
        }
        Command::Revoke { which, from } => {
            let (client, key) = which.find(&profile).await?;
            let outcome = client.revoke_key(&key, *from).await;
            desk.show_outcome(outcome, &desk.screen.say(Msg::KeyRevoked, &[&from.to_string()]))
        }
    }
}

impl Which {
    /// The key as the hub knows it, and this office signing with the key that was named.
    async fn find(&self, profile: &Profile) -> Result<(Client, EnrolledKey), Failure> {
        let signer = match &self.signed_by {
            Some(named) => profile::signer(Path::new(""), named)?,
            None => profile.signing_key()?,
        };
        let client = profile.client_signing(signer, Vec::new())?;
        let institution = &profile.settings.office.institution;
        let keys = client.keys(institution).await?;
        let found = keys.into_iter().find(|key| key.key_id == self.key_id);
        let found = found.ok_or_else(|| {
            let id = barid_client::hex::encode(&self.key_id);
            Failure::usage(format!("the hub knows no key {id} of {institution}"))
        })?;
        Ok((client, found))
    }
}

fn make(desk: &Desk, profile: &Profile, kind: Kind, out: Option<&Path>) -> Result<(), Failure> {
    let named = &profile.settings.office.signing_key;
    let path = match out {
        Some(path) => path.to_owned(),
        None if KeyUri::is_meant(named) => {
            let why = "the profile's signing key is on a token: make it there, with the tool of the \
                       token's maker, or say --out";
            return Err(Failure::usage(why));
        }
        None => profile.path(Path::new(named)),
    };
    let shown = path.display().to_string();
    let failed = |error| Failure::usage(format!("{shown}: {error}"));
    let key = FileKey::generate(kind.into()).map_err(|error| failed(error.to_string()))?;
    let pem = key.to_pem().map_err(|error| failed(error.to_string()))?;
    write_new(&path, pem.as_bytes()).map_err(|error| failed(error.to_string()))?;
    let id = key.public_key().id().to_string();
    let made = desk.screen.say(Msg::KeyMade, &[&id]);
    let safe = desk.screen.say(Msg::KeySafe, &[&shown]);
    let value = json!({ "key_id": id, "path": shown });
    desk.screen.show(&format!("{made}\n{safe}"), &value);
    Ok(())
}

fn make_unsealing(desk: &Desk, profile: &Profile, out: Option<&Path>) -> Result<(), Failure> {
    let path = out.map_or_else(|| profile.unsealing_path(), Path::to_owned);
    let shown = path.display().to_string();
    let failed = |error: String| Failure::usage(format!("{shown}: {error}"));
    let mut seed = Zeroizing::new([0; 32]);
    Machine.fill(seed.as_mut_slice()).map_err(|error| failed(error.to_string()))?;
    let key = UnsealingKey::from_seed(seed).map_err(|error| failed(error.to_string()))?;
    write_new(&path, key.to_pem().as_bytes()).map_err(|error| failed(error.to_string()))?;
    let (lang, id) = (desk.screen.lang, key.id().to_string());
    let made = sealed(lang, SealedMsg::KeyMade, &[&id]);
    let safe = sealed(lang, SealedMsg::KeySafe, &[&shown]);
    desk.screen.show(&format!("{made}\n{safe}"), &json!({ "key_id": id, "path": shown }));
    Ok(())
}

fn show(desk: &Desk, profile: &Profile) -> Result<(), Failure> {
    let key = profile.signing_key()?;
    let id = key.public_key().id().to_string();
    let spki = barid_client::hex::encode(key.public_key().spki());
    let text = desk.screen.say(Msg::KeyIdentifier, &[&id]);
    desk.screen.show(&text, &json!({ "key_id": id, "spki": spki }));
    Ok(())
}

/// Writes a secret that only its owner can read, and never over another.
fn write_new(path: &Path, secret: &[u8]) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(secret)?;
    file.sync_all()
}
