//! The profile: a folder that says who one is, whom one trusts, and where the hub is.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use barid_client::connect::{Connection, Endpoint};
use barid_client::source::Machine;
use barid_client::verify::Roots;
use barid_client::{Client, Office, Trust};
use barid_pkcs11::{KeyUri, TokenSigner};
use barid_proto::key::{FileKey, Signer};
use barid_proto::sealed::UnsealingKey;
use barid_proto::v1::{Address, Officer, OfficerRole};
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::exit::Failure;
use crate::render::time;
use crate::wording::Lang;

/// The name of the settings within the folder.
pub(crate) const SETTINGS: &str = "profile.toml";

/// The name of the key for sealed exhibits within the folder.
const UNSEALING: &str = "unsealing.pem";

/// What `profile.toml` holds. Paths are relative to its folder.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// Language of the screen.
    #[serde(default)]
    pub(crate) language: Lang,
    /// IANA zone in which instants are shown.
    #[serde(default = "default_zone")]
    pub(crate) time_zone: String,
    /// Where the hub is.
    pub(crate) hub: HubSettings,
    /// Which office this is.
    pub(crate) office: OfficeSettings,
    /// Who acts. Absent for programs without people.
    pub(crate) officer: Option<OfficerSettings>,
}

/// Where the hub is and whom to believe.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HubSettings {
    /// Host and port.
    pub(crate) address: String,
    /// The name in its certificate.
    pub(crate) server_name: String,
    /// The network's authority, PEM.
    pub(crate) ca: PathBuf,
    /// The authorities of offices' certificates, PEM, where they are others than `ca`.
    #[serde(default)]
    pub(crate) offices_ca: Option<PathBuf>,
    /// The logs and witnesses one believes: a C2SP tlog-policy.
    pub(crate) trust: PathBuf,
}

/// Which office this is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfficeSettings {
    /// The institution.
    pub(crate) institution: String,
    /// The office within it.
    pub(crate) office: String,
    /// TLS certificate, PEM.
    pub(crate) certificate: PathBuf,
    /// TLS key, PEM.
    pub(crate) key: PathBuf,
    /// The key that signs envelopes: PKCS#8 PEM, or on a token, by its `pkcs11:` URI.
    pub(crate) signing_key: String,
    /// From how many seconds on `barid pending --send` reports that the hub could not be reached.
    /// Absent: it reports nothing by itself.
    #[serde(default)]
    pub(crate) report_outages_s: Option<u64>,
    /// Keys that sign every envelope too, behind that one.
    #[serde(default)]
    pub(crate) further_keys: Vec<String>,
    /// Keys that open exhibits sealed for this office, PKCS#8 PEM, the newest first: an old one
    /// opens what was sealed while it was in use. Absent: `unsealing.pem`, if it is there.
    #[serde(default)]
    pub(crate) unsealing_keys: Option<Vec<PathBuf>>,
}

/// Who acts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfficerSettings {
    /// Name, as the institution writes it.
    pub(crate) name: String,
    /// `clerk`, `signatory`, `commissioner`, `judge`, `director` or `automaton`.
    pub(crate) role: String,
    /// Identifier within the institution.
    #[serde(default)]
    pub(crate) id: String,
}

/// A profile that was read.
pub(crate) struct Profile {
    /// Its folder.
    pub(crate) folder: PathBuf,
    /// Its settings.
    pub(crate) settings: Settings,
}

fn default_zone() -> String {
    time::DEFAULT_ZONE.to_owned()
}

impl Profile {
    /// Reads the profile in `folder`.
    pub(crate) fn read(folder: &Path) -> Result<Self, Failure> {
        let path = folder.join(SETTINGS);
        let text = std::fs::read_to_string(&path).map_err(|error| {
            Failure::usage(format!("{}: {error}; make one with barid init", path.display()))
        })?;
        let settings = toml::from_str(&text)
            .map_err(|error| Failure::usage(format!("{}: {error}", path.display())))?;
        Ok(Self { folder: folder.to_owned(), settings })
    }

    /// A path of the settings, from the folder.
    pub(crate) fn path(&self, relative: &Path) -> PathBuf {
        self.folder.join(relative)
    }

    /// The zone in which instants are shown.
    pub(crate) fn zone(&self) -> Result<TimeZone, Failure> {
        let name = &self.settings.time_zone;
        time::zone(name).ok_or_else(|| Failure::usage(format!("time_zone: {name:?} is unknown")))
    }

    /// Whom one believes.
    pub(crate) fn trust(&self) -> Result<Trust, Failure> {
        Ok(Trust::read(&self.path(&self.settings.hub.trust))?)
    }

    /// The text of the policy that says whom one believes.
    pub(crate) fn policy_text(&self) -> Result<String, Failure> {
        read_text(&self.path(&self.settings.hub.trust))
    }

    /// The key that signs envelopes.
    pub(crate) fn signing_key(&self) -> Result<Arc<dyn Signer>, Failure> {
        signer(&self.folder, &self.settings.office.signing_key)
    }

    /// All keys that sign, in the order of an envelope's signers.
    pub(crate) fn signing_keys(&self) -> Result<Vec<Arc<dyn Signer>>, Failure> {
        let further = self.settings.office.further_keys.iter();
        let further = further.map(|named| signer(&self.folder, named));
        std::iter::once(self.signing_key()).chain(further).collect()
    }

    /// Where the key lies by which this office opens sealed exhibits.
    pub(crate) fn unsealing_path(&self) -> PathBuf {
        let named = self.settings.office.unsealing_keys.iter().flatten().next();
        self.path(named.map_or(Path::new(UNSEALING), PathBuf::as_path))
    }

    /// The keys that open exhibits sealed for this office. None: it has none.
    pub(crate) fn unsealing_keys(&self) -> Result<Vec<UnsealingKey>, Failure> {
        match &self.settings.office.unsealing_keys {
            Some(named) => named.iter().map(|path| unsealing_key(&self.path(path))).collect(),
            None if self.path(Path::new(UNSEALING)).exists() => {
                Ok(vec![unsealing_key(&self.path(Path::new(UNSEALING)))?])
            }
            None => Ok(Vec::new()),
        }
    }

    /// The authorities of the network, which stand behind every office's keys.
    pub(crate) fn roots(&self) -> Result<Roots, Failure> {
        let hub = &self.settings.hub;
        let path = self.path(hub.offices_ca.as_ref().unwrap_or(&hub.ca));
        Roots::parse(&read(&path)?)
            .map_err(|error| Failure::usage(format!("{}: {error}", path.display())))
    }

    /// This office.
    pub(crate) fn address(&self) -> Address {
        let OfficeSettings { institution, office, .. } = &self.settings.office;
        Address { institution: institution.clone(), office: office.clone() }
    }

    /// Who acts.
    pub(crate) fn officer(&self) -> Result<Option<Officer>, Failure> {
        let Some(settings) = &self.settings.officer else { return Ok(None) };
        let role = match settings.role.as_str() {
            "clerk" => OfficerRole::Clerk,
            "signatory" => OfficerRole::Signatory,
            "commissioner" => OfficerRole::Commissioner,
            "judge" => OfficerRole::Judge,
            "director" => OfficerRole::Director,
            "automaton" => OfficerRole::Automaton,
            other => {
                return Err(Failure::usage(format!(
                    "officer.role: {other:?} is none of clerk, signatory, commissioner, judge, \
                     director, automaton"
                )));
            }
        };
        let (name, officer_id) = (settings.name.clone(), settings.id.clone());
        Ok(Some(Officer { name, role: role.into(), officer_id }))
    }

    /// The office at work. Makes no call yet.
    pub(crate) fn client(&self) -> Result<Client, Failure> {
        let further = self.settings.office.further_keys.iter();
        let further = further.map(|named| signer(&self.folder, named));
        self.client_signing(self.signing_key()?, further.collect::<Result<_, _>>()?)
    }

    /// As [`Profile::client`], signing with another key than the profile's: what that one may not
    /// do for itself.
    pub(crate) fn client_signing(
        &self,
        signer: Arc<dyn Signer>,
        further_signers: Vec<Arc<dyn Signer>>,
    ) -> Result<Client, Failure> {
        let Settings { hub, office, .. } = &self.settings;
        let endpoint = Endpoint {
            address: hub.address.clone(),
            server_name: hub.server_name.clone(),
            ca_pem: read(&self.path(&hub.ca))?,
            cert_pem: read(&self.path(&office.certificate))?,
            key_pem: read(&self.path(&office.key))?,
        };
        let office = Office {
            address: self.address(),
            officer: self.officer()?,
            signer,
            further_signers,
            folder: self.folder.join("office"),
            trust: Arc::new(self.trust()?),
            source: Arc::new(Machine),
        };
        Ok(Client::new(Connection::open(&endpoint)?, office)?)
    }
}

/// A key that signs: on a token when it is named by a `pkcs11:` URI, else PKCS#8 PEM at a path
/// relative to `folder`.
pub(crate) fn signer(folder: &Path, named: &str) -> Result<Arc<dyn Signer>, Failure> {
    if KeyUri::is_meant(named) {
        let signer = TokenSigner::open(named);
        return Ok(Arc::new(signer.map_err(|error| Failure::usage(error.to_string()))?));
    }
    let path = folder.join(named);
    let key = FileKey::from_pem(&read_text(&path)?);
    let key = key.map_err(|error| Failure::usage(format!("{}: {error}", path.display())))?;
    Ok(Arc::new(key))
}

/// A key that opens sealed exhibits, PKCS#8 PEM at a path.
pub(crate) fn unsealing_key(path: &Path) -> Result<UnsealingKey, Failure> {
    let key = UnsealingKey::from_pem(&read_text(path)?);
    key.map_err(|error| {
        Failure::usage(format!("{}: no key for sealed exhibits: {error}", path.display()))
    })
}

/// Reads a path that the user named.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| Failure::usage(format!("{}: {error}", path.display())))
}

fn read_text(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path)
        .map_err(|error| Failure::usage(format!("{}: {error}", path.display())))
}
