//! What an operator says about a plugin: which library, what it may read and write, and how much.
//!
//! Nothing is loaded that is not named here by its digest.

use std::path::PathBuf;

use barid_plugin::abi::BARID_MESSAGE_BYTES_MAX;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Most formats of one plugin. An institution has a dozen forms.
pub const FORMATS_MAX: usize = 64;

/// Longest deadline, in milliseconds: a person waits for the answer on a poor link, and a caller's
/// own deadline is not much longer.
pub const DEADLINE_MS_MAX: u64 = 60_000;

/// Least memory that a worker may be given: the loader and a library need some themselves.
pub const MEMORY_BYTES_MIN: u64 = 16 * 1024 * 1024;

/// Most memory that a worker may be given.
pub const MEMORY_BYTES_MAX: u64 = 16 * 1024 * 1024 * 1024;

/// One plugin, as an operator's configuration names it. What has no default is required.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PluginManifest {
    /// Where the library lies.
    pub path: PathBuf,
    /// SHA-256 of the library: in a configuration, 64 digits of lower-case hexadecimal.
    #[serde(deserialize_with = "digest", serialize_with = "hex")]
    pub sha256: [u8; 32],
    /// The formats it may be used for: `ihec/form-110+json`. 1 to [`FORMATS_MAX`]. What else the
    /// plugin offers stays out of use.
    pub formats: Vec<String>,
    /// Most bytes of one request: the document, or the content to write, and a few hundred bytes
    /// about it. 1 to [`BARID_MESSAGE_BYTES_MAX`].
    pub max_input_bytes: usize,
    /// Most bytes of one reply. 1 to [`BARID_MESSAGE_BYTES_MAX`]. A hostile reply can take a
    /// hundred times as much memory while it is looked at: allow what the formats need, not more.
    pub max_output_bytes: usize,
    /// Longest time of one call, waiting for a free place included, in milliseconds. 1 to
    /// [`DEADLINE_MS_MAX`].
    pub deadline_ms: u64,
    /// Most memory that a worker may take beyond what it starts with, in bytes:
    /// [`MEMORY_BYTES_MIN`] to [`MEMORY_BYTES_MAX`]. Of no use together with `in_process`.
    #[serde(default = "default_memory")]
    pub max_memory_bytes: u64,
    /// Runs it within the host's own process: no confinement, no limit of memory, and a crash is
    /// the host's crash. For plugins that are trusted as the host itself is.
    #[serde(default)]
    pub in_process: bool,
}

fn default_memory() -> u64 {
    512 * 1024 * 1024
}

impl PluginManifest {
    /// Says what is wrong with the manifest itself, and how to mend it.
    ///
    /// # Errors
    /// The first field out of its bounds.
    pub fn check(&self) -> Result<(), String> {
        if self.formats.is_empty() || self.formats.len() > FORMATS_MAX {
            return Err(format!("`formats` must name 1 to {FORMATS_MAX} formats"));
        }
        let bytes = 1..=BARID_MESSAGE_BYTES_MAX;
        for (name, limit) in
            [("max_input_bytes", self.max_input_bytes), ("max_output_bytes", self.max_output_bytes)]
        {
            if !bytes.contains(&limit) {
                return Err(format!("`{name}` must be 1 to {BARID_MESSAGE_BYTES_MAX}"));
            }
        }
        if !(1..=DEADLINE_MS_MAX).contains(&self.deadline_ms) {
            return Err(format!("`deadline_ms` must be 1 to {DEADLINE_MS_MAX}"));
        }
        if !(MEMORY_BYTES_MIN..=MEMORY_BYTES_MAX).contains(&self.max_memory_bytes) {
            return Err(format!(
                "`max_memory_bytes` must be {MEMORY_BYTES_MIN} to {MEMORY_BYTES_MAX}"
            ));
        }
        Ok(())
    }
}

fn digest<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[u8; 32], D::Error> {
    let text = String::deserialize(deserializer)?;
    from_hex(&text).ok_or_else(|| {
        D::Error::custom(
            "`sha256` must be 64 digits of lower-case hexadecimal, as sha256sum prints",
        )
    })
}

fn hex<S: Serializer>(digest: &[u8; 32], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&to_hex(digest))
}

/// A digest from what `sha256sum` prints; lower case only.
#[must_use]
pub fn from_hex(text: &str) -> Option<[u8; 32]> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let mut digest = [0; 32];
    if pairs.len() != digest.len() || !rest.is_empty() {
        return None;
    }
    for (byte, [high, low]) in digest.iter_mut().zip(pairs) {
        *byte = nibble(*high)? << 4 | nibble(*low)?;
    }
    Some(digest)
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

/// A digest as `sha256sum` prints it.
#[must_use]
pub fn to_hex(digest: &[u8; 32]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
        path = "plugins/specimen.so"
        sha256 = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
        formats = ["specimen/line+text"]
        max_input_bytes = 1048576
        max_output_bytes = 1048576
        deadline_ms = 2000
    "#;

    fn refused(from: &str, to: &str) -> String {
        assert!(GOOD.contains(from));
        toml::from_str::<PluginManifest>(&GOOD.replace(from, to)).unwrap_err().to_string()
    }

    #[test]
    fn manifest_reads_from_a_configuration() {
        let manifest: PluginManifest = toml::from_str(GOOD).unwrap();
        assert_eq!(manifest.sha256[..3], [0x00, 0x11, 0x22]);
        assert_eq!(manifest.formats, ["specimen/line+text"]);
        assert!(GOOD.contains(&to_hex(&manifest.sha256)));
        assert_eq!((manifest.max_memory_bytes, manifest.in_process), (512 * 1024 * 1024, false));
        let again: PluginManifest = toml::from_str(&toml::to_string(&manifest).unwrap()).unwrap();
        assert_eq!(again, manifest);
        manifest.check().unwrap();
    }

    #[test]
    fn unknown_keys_missing_keys_and_bad_digests_are_refused() {
        assert!(refused("deadline_ms", "deadline").contains("unknown field `deadline`"));
        assert!(refused("deadline_ms = 2000", "").contains("missing field `deadline_ms`"));
        assert!(refused("aabbccddeeff", "AABBCCDDEEFF").contains("64 digits"));
        assert!(refused("\"0011", "\"11").contains("64 digits"));
        assert!(refused("\"0011", "\"1").contains("64 digits"));
    }

    #[test]
    fn limits_outside_their_bounds_are_refused_by_name() {
        let good: PluginManifest = toml::from_str(GOOD).unwrap();
        let said = |change: fn(&mut PluginManifest)| {
            let mut manifest = good.clone();
            change(&mut manifest);
            manifest.check().unwrap_err()
        };
        assert!(said(|one| one.formats.clear()).contains("`formats`"));
        assert!(said(|one| one.formats = vec![String::new(); 65]).contains("`formats`"));
        assert!(said(|one| one.max_input_bytes = 0).contains("`max_input_bytes`"));
        assert!(said(|one| one.max_output_bytes = usize::MAX).contains("`max_output_bytes`"));
        assert!(said(|one| one.deadline_ms = 60_001).contains("`deadline_ms`"));
        assert!(said(|one| one.max_memory_bytes = 1).contains("`max_memory_bytes`"));
    }
}
