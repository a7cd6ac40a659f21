//! What an institution publishes: a folder that opens from the disk, with a manifest of every part
//! signed by the institution's key, and the checkpoint of the log that it was made from.
//!
//! ```text
//! manifest.json         what was made, from which leaves and rule sets, and each part's digest
//! manifest.dsse.json    the same bytes, signed (DSSE v1.0.2)
//! checkpoint.txt        the checkpoint of the log, with its witnesses' lines
//! schema/               JSON Schemas of everything that is JSON
//! ```
//!
//! Statistics have pages, tables and charts beside these; open data cases and rulings.

pub(crate) mod akn;
pub(crate) mod cases;
pub(crate) mod chart;
pub(crate) mod figures;
pub(crate) mod manifest;
pub(crate) mod page;
pub(crate) mod rulings;
pub(crate) mod table;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use barid_client::hex;
use barid_proto::statistics::Moment;
use barid_proto::v1::{Address, CivilDate, DataClass};
use sha2::{Digest as _, Sha256};

use self::manifest::Part;

/// What a publication is about: everything that decides its bytes, besides the log.
#[derive(Debug, Clone)]
pub(crate) struct Scope {
    /// The election.
    pub(crate) event: String,
    /// The class of data: they are never mixed.
    pub(crate) data_class: DataClass,
    /// How many leaves of the log are counted.
    pub(crate) as_of_size: u64,
    /// The instant to which what is pending has waited, milliseconds since 1970.
    pub(crate) at_ms: i64,
    /// How far the institutions' clocks are ahead of UTC, minutes.
    pub(crate) utc_offset_minutes: i32,
    /// Below how many persons a figure is withheld.
    pub(crate) minimum: usize,
    /// Whose view it is.
    pub(crate) view: Address,
    /// The log's name.
    pub(crate) log: String,
}

impl Scope {
    /// As of when figures are.
    pub(crate) fn moment(&self) -> Moment<'_> {
        let moment = Moment {
            event: &self.event,
            as_of_size: self.as_of_size,
            at_ms: self.at_ms,
            day: CivilDate::default(),
            utc_offset_minutes: self.utc_offset_minutes,
        };
        Moment { day: moment.day_of(self.at_ms), ..moment }
    }

    /// The class of data as one word: `synthetic`.
    pub(crate) fn class_word(&self) -> String {
        class_word(self.data_class)
    }
}

/// A class of data as one word.
pub(crate) fn class_word(class: DataClass) -> String {
    class.as_str_name().trim_start_matches("DATA_CLASS_").to_lowercase()
}

/// A docket number, by its institution and as written.
pub(crate) fn number((institution, literal): &(String, String)) -> serde_json::Value {
    serde_json::json!({ "institution": institution, "literal": literal })
}

/// The parts of a publication: each is written when it is added, and remembered by its digest, so
/// that no more than one is in memory.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    /// Where they are written. `None`: they are only hashed, to be compared.
    folder: Option<PathBuf>,
    listed: BTreeMap<String, Part>,
    /// The first that could not be written.
    fault: Option<io::Error>,
}

impl Parts {
    /// Parts of a folder, or parts that are only hashed.
    pub(crate) fn of(folder: Option<&Path>) -> Self {
        Self { folder: folder.map(Path::to_owned), ..Self::default() }
    }

    /// Adds a part, by its path with `/`.
    pub(crate) fn add(&mut self, path: impl Into<String>, media: &str, bytes: &[u8]) {
        let path = path.into();
        if let Some(folder) = &self.folder
            && let Err(fault) = write(folder, &path, bytes)
        {
            self.fault.get_or_insert(fault);
        }
        let part = Part {
            path: path.clone(),
            media_type: media.to_owned(),
            bytes: bytes.len() as u64,
            sha256: hex::encode(&Sha256::digest(bytes)),
        };
        self.listed.insert(path, part);
    }

    /// Adds a JSON Schema.
    pub(crate) fn schema(&mut self, name: &str, text: &str) {
        self.add(format!("schema/{name}"), "application/schema+json", text.as_bytes());
    }

    /// Adds a JSON value, indented.
    pub(crate) fn json(&mut self, path: impl Into<String>, value: &serde_json::Value) {
        let mut text = format!("{value:#}");
        text.push('\n');
        self.add(path, "application/json", text.as_bytes());
    }

    /// All of them, by their paths.
    ///
    /// # Errors
    /// The first that could not be written.
    pub(crate) fn finish(self) -> io::Result<Vec<Part>> {
        match self.fault {
            Some(fault) => Err(fault),
            None => Ok(self.listed.into_values().collect()),
        }
    }
}

/// Writes one below a folder.
pub(crate) fn write(folder: &Path, path: &str, bytes: &[u8]) -> io::Result<()> {
    let place = folder.join(path);
    if let Some(above) = place.parent() {
        fs::create_dir_all(above)?;
    }
    fs::write(place, bytes)
}
