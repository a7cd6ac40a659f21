//! `barid enrol`: brings a signing key into use at the hub.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use barid_proto::key::{Algorithm, Signer};
use barid_proto::v1::{Address, KeyPurpose};

use super::{Desk, parse};
use crate::exit::Failure;
use crate::profile::{self, Profile};
use crate::wording::{Msg, SealedMsg, sealed};

/// Which key, and what vouches for it.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The key: PKCS#8 PEM, or a pkcs11: URI. The profile's signing key by default.
    #[arg(long)]
    key: Option<String>,
    /// A key in use that vouches for it, likewise: the institution's administrative key, or another
    /// of this office. Without it the office's certificate vouches, for a first key.
    #[arg(long, visible_alias = "admin-key")]
    vouched_by: Option<String>,
    /// It is to be an administrative key: it signs changes of keys only, and once there is one,
    /// only such keys vouch for others in the institution.
    #[arg(long)]
    administration: bool,
    /// It is the key by which this office opens exhibits that others seal for it: the profile's key
    /// for sealed exhibits, or the one of --key. The profile's signing key vouches for it, or the one
    /// of --vouched-by.
    #[arg(long, conflicts_with = "administration")]
    sealing: bool,
    /// The office of this institution that holds the key, if not this one: `ihec/geo-bas`. For the
    /// administrative key.
    #[arg(long, value_parser = parse::office, requires = "vouched_by")]
    holder: Option<Address>,
}

/// Files a key event that the key itself signs: proof that this office holds it.
pub(super) async fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let profile = desk.profile()?;
    if args.sealing {
        return sealing(desk, &profile, args).await;
    }
    let purpose = if args.administration { KeyPurpose::Administration } else { KeyPurpose::Seal };
    let typed = |named: &str| profile::signer(Path::new(""), named);
    let added = args.key.as_deref().map_or_else(|| profile.signing_key(), typed)?;
    // A certificate cannot vouch for a key that does not sign first.
    let second = added.public_key().algorithm() == Algorithm::MlDsa65;
    let voucher: Option<Arc<dyn Signer>> = match args.vouched_by.as_deref() {
        Some(named) => Some(typed(named)?),
        None if second => Some(profile.signing_key()?),
        None => None,
    };
    let outcome = match voucher {
        None => profile.client_signing(added, Vec::new())?.enrol_key(purpose).await,
        Some(voucher) => {
            let (first, other) = if second { (voucher, added) } else { (added, voucher) };
            let client = profile.client_signing(first, Vec::new())?;
            client.add_key(other, purpose, args.holder).await
        }
    };
    desk.show_outcome(outcome, &desk.screen.say(Msg::KeyEnrolled, &[]))
}

/// Brings a key for sealed exhibits into use. It cannot sign: what vouches for it does.
async fn sealing(desk: &Desk, profile: &Profile, args: Args) -> Result<(), Failure> {
    let path = args.key.map_or_else(|| profile.unsealing_path(), PathBuf::from);
    let key = profile::unsealing_key(&path)?;
    let client = match args.vouched_by.as_deref() {
        Some(named) => {
            profile.client_signing(profile::signer(Path::new(""), named)?, Vec::new())?
        }
        None => profile.client()?,
    };
    let outcome = client.enrol_unsealing_key(key.public_key(), args.holder).await;
    desk.show_outcome(outcome, &sealed(desk.screen.lang, SealedMsg::KeyEnrolled, &[]))
}
