//! `barid key`: makes or shows the signing key.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use barid_proto::key::{Algorithm, FileKey, Signer as _};
use serde_json::json;

use super::Desk;
use crate::exit::Failure;
use crate::wording::Msg;

/// What to do with the key.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Makes a new signing key (ECDSA on P-256); never over one that is there.
    New,
    /// Shows the key's identifier.
    Show,
}

/// Makes or shows the signing key.
pub(super) fn run(desk: &Desk, command: &Command) -> Result<(), Failure> {
    let profile = desk.profile()?;
    let path = profile.path(&profile.settings.office.signing_key);
    let shown = path.display().to_string();
    match command {
        Command::New => {
            let failed = |error| Failure::usage(format!("{shown}: {error}"));
            let key = FileKey::generate(Algorithm::EcdsaP256).map_err(|e| failed(e.to_string()))?;
            let pem = key.to_pem().map_err(|error| failed(error.to_string()))?;
            write_new(&path, pem.as_bytes()).map_err(|error| failed(error.to_string()))?;
            let id = key.public_key().id().to_string();
            let made = desk.screen.say(Msg::KeyMade, &[&id]);
            let safe = desk.screen.say(Msg::KeySafe, &[&shown]);
            let value = json!({ "key_id": id, "path": shown });
            desk.screen.show(&format!("{made}\n{safe}"), &value);
        }
        Command::Show => {
            let key = profile.signing_key()?;
            let id = key.public_key().id().to_string();
            let spki = barid_client::hex::encode(key.public_key().spki());
            let text = desk.screen.say(Msg::KeyIdentifier, &[&id]);
            desk.screen.show(&text, &json!({ "key_id": id, "spki": spki }));
        }
    }
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
