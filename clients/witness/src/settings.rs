//! The operator's file, `witness.toml`: every setting typed, unknown ones refused.
//!
//! ```toml
//! [http]                                   # be asked over plain HTTP; leave out: not at all
//! listen = "127.0.0.1:7380"
//!
//! [hub]                                    # dial out to the hub; leave out: not at all
//! origin = "hub.example/log"               # whose log it is
//! address = "hub.example:7443"
//! server_name = "hub.example"
//! authority = "tls/network.pem"            # certificates of the network's authority
//! certificate = "tls/witness.pem"          # this witness's certificate, intermediates behind it
//! key = "tls/witness.key"
//! silence_seconds = 180                    # alarm when nothing was asked for so long
//!
//! [mirror]                                 # hold every leaf; needs [hub] and `init --mirror-name`
//! own_keys = []                            # ids of the institution's signing keys, hexadecimal
//! own_digests = "own-digests.txt"          # what it signed; needed when there are own keys
//!
//! [alarm]
//! command = "/usr/local/bin/tell-us"       # run on findings; leave out: only logged
//! ```
//!
//! Relative paths start at the folder of the file.

use crate::alarm::Alarm;
use crate::error::WitnessError;
use crate::mirror::OwnKeys;
use barid_client::hex;
use barid_proto::key::KeyId;
use serde::Deserialize;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// All settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Being asked over HTTP.
    pub http: Option<HttpSettings>,
    /// Dialling out.
    pub hub: Option<HubSettings>,
    /// Holding the leaves.
    pub mirror: Option<MirrorSettings>,
    /// Telling the operator.
    #[serde(default)]
    pub alarm: AlarmSettings,
}

/// Where to listen.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpSettings {
    /// Address and port. Port 0: any that is free.
    pub listen: SocketAddr,
}

/// Which hub to attend.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HubSettings {
    /// The origin of the hub's log.
    pub origin: String,
    /// Host and port.
    pub address: String,
    /// The name in the hub's certificate.
    pub server_name: String,
    /// Certificates of the network's authority, PEM. No other authority is believed.
    pub authority: PathBuf,
    /// This witness's certificate and those between it and the authority, PEM.
    pub certificate: PathBuf,
    /// Its TLS key, PEM. It cosigns nothing.
    pub key: PathBuf,
    /// Seconds without a question after which the operator is told, 1 to 86,400.
    #[serde(default = "three_heartbeats")]
    pub silence_seconds: u64,
}

/// What the mirror compares.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MirrorSettings {
    /// Ids of the keys with which this institution signs envelopes, in hexadecimal.
    #[serde(default)]
    pub own_keys: Vec<String>,
    /// The digests of what it signed, one a line.
    pub own_digests: Option<PathBuf>,
}

/// Whom to tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlarmSettings {
    /// A program; see [`Alarm::command`].
    pub command: Option<PathBuf>,
}

/// The hub asks at least every 60 seconds; one or two questions may be lost with a connection.
fn three_heartbeats() -> u64 {
    180
}

impl Settings {
    /// Reads `witness.toml` in `folder` and checks what can be checked without a network.
    ///
    /// # Errors
    /// [`WitnessError::Disk`], [`WitnessError::Content`], [`WitnessError::Setting`].
    pub fn read(folder: &Path) -> Result<Self, WitnessError> {
        let path = folder.join("witness.toml");
        let text = fs::read_to_string(&path).map_err(WitnessError::io(&path))?;
        Self::parse(&text, folder).map_err(|error| WitnessError::content(&path, error))
    }

    /// Reads the text of the file; relative paths start at `folder`.
    ///
    /// # Errors
    /// [`WitnessError::Setting`].
    pub fn parse(text: &str, folder: &Path) -> Result<Self, WitnessError> {
        let mut settings: Self =
            toml::from_str(text).map_err(|error| WitnessError::Setting(error.to_string()))?;
        if let Some(hub) = &mut settings.hub {
            for path in [&mut hub.authority, &mut hub.certificate, &mut hub.key] {
                *path = folder.join(&*path);
            }
        }
        if let Some(digests) = settings.mirror.as_mut().and_then(|own| own.own_digests.as_mut()) {
            *digests = folder.join(&*digests);
        }
        settings.check()?;
        Ok(settings)
    }

    fn check(&self) -> Result<(), WitnessError> {
        let no = |why: &str| Err(WitnessError::Setting(why.to_owned()));
        if self.http.is_none() && self.hub.is_none() {
            return no("neither [http] nor [hub]: nobody could ask this witness");
        }
        if self.mirror.is_some() && self.hub.is_none() {
            return no("[mirror] needs [hub]: the leaves come from there");
        }
        if self.hub.as_ref().is_some_and(|hub| !(1..=86_400).contains(&hub.silence_seconds)) {
            return no("hub.silence_seconds: 1 to 86400");
        }
        self.own_keys().map(drop)
    }

    /// The institution's own keys, for the mirror.
    ///
    /// # Errors
    /// [`WitnessError::Setting`].
    pub fn own_keys(&self) -> Result<OwnKeys, WitnessError> {
        let Some(mirror) = &self.mirror else { return Ok(OwnKeys::default()) };
        let read = |text: &String| {
            let why = format!("mirror.own_keys: {text:?} is not 64 hexadecimal digits");
            hex::decode(text).map(KeyId::new).ok_or(WitnessError::Setting(why))
        };
        let ids = mirror.own_keys.iter().map(read).collect::<Result<_, _>>()?;
        match &mirror.own_digests {
            None if !mirror.own_keys.is_empty() => {
                let why = "mirror.own_keys needs mirror.own_digests to compare with";
                Err(WitnessError::Setting(why.to_owned()))
            }
            digests => Ok(OwnKeys { ids, digests: digests.clone().unwrap_or_default() }),
        }
    }

    /// Whom findings are told to.
    #[must_use]
    pub fn alarm(&self) -> Alarm {
        Alarm { command: self.alarm.command.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Settings, String> {
        Settings::parse(text, Path::new("/w")).map_err(|error| error.to_string())
    }

    /// The example at the top of this file.
    fn example() -> String {
        let source = include_str!("settings.rs");
        let lines = source.lines().skip_while(|line| *line != "//! ```toml").skip(1);
        let lines = lines.take_while(|line| *line != "//! ```");
        lines.map(|line| format!("{}\n", line.trim_start_matches("//! "))).collect::<String>()
    }

    #[test]
    fn the_example_is_valid_and_says_the_defaults() {
        let settings = parse(&example().replace("//!", "")).unwrap();
        let hub = settings.hub.unwrap();
        assert_eq!(hub.silence_seconds, three_heartbeats());
        assert_eq!(hub.key, Path::new("/w/tls/witness.key"));
    }

    #[test]
    fn what_is_unknown_or_useless_is_refused() {
        let http = "[http]\nlisten = '127.0.0.1:0'\n";
        assert!(parse(http).is_ok());
        for (wrong, why) in [
            (String::new(), "nobody could ask"),
            (format!("{http}lisen = 1\n"), "lisen"),
            (format!("{http}[mirror]\n"), "needs [hub]"),
            (example().replace("180", "0"), "silence_seconds"),
            (example().replace("own_keys = []", "own_keys = ['12']"), "64 hexadecimal"),
        ] {
            let error = parse(&wrong.replace("//!", "")).unwrap_err();
            assert!(error.contains(why), "{error}");
        }
    }

    #[test]
    fn own_keys_need_something_to_compare_with() {
        let key = format!("own_keys = ['{}']", "ab".repeat(32));
        let text = example().replace("//!", "").replace("own_keys = []", &key);
        assert_eq!(parse(&text).unwrap().own_keys().unwrap().ids.len(), 1);
        let without = text.lines().filter(|line| !line.starts_with("own_digests"));
        let error = parse(&without.collect::<Vec<_>>().join("\n")).unwrap_err();
        assert!(error.contains("own_digests"), "{error}");
    }
}
