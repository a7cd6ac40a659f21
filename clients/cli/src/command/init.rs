//! `barid init`: writes a profile.

use std::path::{Path, PathBuf};

use barid_client::Trust;
use barid_client::disk;
use barid_proto::tlog::vkey::VerifierKey;
use barid_proto::v1::Address;
use serde_json::json;

use super::{Desk, parse};
use crate::exit::Failure;
use crate::profile::{self, SETTINGS};
use crate::render::time;
use crate::wording::Msg;

/// Who one is, whom one trusts, and where the hub is.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Host and port of the hub: `hub.example:7443`.
    #[arg(long)]
    hub: String,
    /// The name in the hub's certificate; the host by default.
    #[arg(long)]
    server_name: Option<String>,
    /// This office, as its certificate names it: `ihec/geo-bas`.
    #[arg(long, value_parser = parse::office)]
    office: Address,
    /// Certificates of the network's authority, PEM.
    #[arg(long)]
    ca: PathBuf,
    /// This office's TLS certificate, PEM.
    #[arg(long)]
    certificate: PathBuf,
    /// This office's TLS key, PEM.
    #[arg(long)]
    key: PathBuf,
    /// The log's verifier key, from a second channel: print, gazette, telephone. Believes the log
    /// alone; give `--trust` where witnesses cosign.
    #[arg(long, required_unless_present = "trust", conflicts_with = "trust")]
    log_key: Option<VerifierKeyText>,
    /// A trust file (C2SP tlog-policy) that names the log and its witnesses.
    #[arg(long)]
    trust: Option<PathBuf>,
    /// Who acts: name as the institution writes it.
    #[arg(long, requires = "role")]
    officer: Option<String>,
    /// clerk, signatory, commissioner, judge, director or automaton.
    #[arg(long)]
    role: Option<String>,
    /// IANA zone in which instants are shown.
    #[arg(long, default_value = time::DEFAULT_ZONE)]
    time_zone: String,
}

/// A verifier key that was read, kept as it was typed.
#[derive(Debug, Clone)]
struct VerifierKeyText(String);

impl std::str::FromStr for VerifierKeyText {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let key: VerifierKey = text.parse().map_err(|error| format!("{error}"))?;
        Ok(Self(key.to_string()))
    }
}

/// Writes the profile; never over one that is there.
pub(super) fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let settings = desk.folder.join(SETTINGS);
    if settings.exists() {
        return Err(Failure::usage(format!("{} is there already", settings.display())));
    }
    std::fs::create_dir_all(&desk.folder)
        .map_err(|error| Failure::usage(format!("{}: {error}", desk.folder.display())))?;
    for (source, name) in
        [(&args.ca, "ca.pem"), (&args.certificate, "office.pem"), (&args.key, "office.key")]
    {
        disk::replace(&desk.folder.join(name), &profile::read(source)?)?;
    }
    let trust = match &args.trust {
        Some(path) => {
            Trust::read(path)?;
            profile::read(path)?
        }
        None => Trust::text(args.log_key.iter().map(|key| key.0.as_str())).into_bytes(),
    };
    disk::replace(&desk.folder.join("trust.policy"), &trust)?;
    disk::replace(&settings, text(desk, &args).as_bytes())?;
    show(desk, &settings);
    Ok(())
}

fn show(desk: &Desk, settings: &Path) {
    let path = settings.display().to_string();
    let written = desk.screen.say(Msg::ProfileWritten, &[&path]);
    let next = desk.screen.say(Msg::ProfileNext, &[]);
    desk.screen.show(&format!("{written}\n{next}"), &json!({ "profile": path }));
}

fn text(desk: &Desk, args: &Args) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let host = args.hub.rsplit_once(':').map_or(args.hub.as_str(), |(host, _)| host);
    let server_name = args.server_name.as_deref().unwrap_or(host);
    let officer = args.officer.as_ref().zip(args.role.as_ref()).map(|(name, role)| {
        format!("\n[officer]\nname = {}\nrole = {}\n", quoted(name), quoted(role))
    });
    format!(
        "# Who this office is, whom it trusts, and where the hub is. Paths are relative to here.\n\
         language = {}\ntime_zone = {}\n\n\
         [hub]\naddress = {}\nserver_name = {}\nca = \"ca.pem\"\ntrust = \"trust.policy\"\n\n\
         [office]\ninstitution = {}\noffice = {}\n\
         certificate = \"office.pem\"\nkey = \"office.key\"\nsigning_key = \"signing.pem\"\n{}",
        quoted(desk.screen.lang.tag()),
        quoted(&args.time_zone),
        quoted(&args.hub),
        quoted(server_name),
        quoted(&args.office.institution),
        quoted(&args.office.office),
        officer.unwrap_or_default(),
    )
}
