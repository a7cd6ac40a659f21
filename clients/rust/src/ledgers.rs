//! What an office keeps for the daily comparison with another institution, in its own folder:
//!
//! ```text
//! ledgers/<institution>/secret           what the two share, for nobody else's eyes
//! ledgers/<institution>/<day>/digest     what was signed for that day
//! ledgers/<institution>/<day>/lines      the lines behind it
//! ledgers/<institution>/<day>/turn-NNN   the other side's turns, as they came
//! ```
//!
//! An exchange is computed anew from them each time: nothing else has to be remembered.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use barid_proto::ledger::{
    Exchange, Ledger, LedgerClaim, LedgerError, LedgerLine, LedgerMap, PairSecret,
};
use barid_proto::v1::{self, CivilDate, LedgerDigest, LedgerTurn};
use jiff::civil::Date;
use prost::Message as _;
use zeroize::Zeroizing;

use crate::error::LocalError;
use crate::source::Source;
use crate::{disk, hex};

/// Bytes of a secret.
const SECRET_BYTES: usize = 32;

/// What is kept for the comparison with one institution.
#[derive(Debug)]
pub struct Ledgers {
    folder: PathBuf,
    own: String,
    other: String,
}

/// The same for one day.
#[derive(Debug)]
pub struct Day<'a> {
    of: &'a Ledgers,
    folder: PathBuf,
}

/// Why an exchange does not go on.
#[derive(Debug, thiserror::Error)]
pub enum LedgersError {
    /// Something on this machine.
    #[error(transparent)]
    Local(#[from] LocalError),
    /// A ledger is none, or the other side does not keep to what it signed.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// There is no secret yet.
    #[error("there is no secret with {0} yet: one side makes it, the other takes it over")]
    NoSecret(String),
    /// Nothing was signed for this day.
    #[error("no digest was made for this day: make one first")]
    NoDigest,
}

impl Ledgers {
    /// Of this office's folder, for two institutions.
    #[must_use]
    pub fn of(office: &Path, own: &str, other: &str) -> Self {
        let folder = office.join("ledgers").join(other);
        Self { folder, own: own.to_owned(), other: other.to_owned() }
    }

    /// A day.
    #[must_use]
    pub fn day(&self, day: Date) -> Day<'_> {
        Day { of: self, folder: self.folder.join(day.to_string()) }
    }

    /// The secret, as it is handed over: hexadecimal. `None`: there is none.
    ///
    /// # Errors
    /// [`LocalError`].
    pub fn secret_text(&self) -> Result<Option<Zeroizing<String>>, LocalError> {
        let path = self.secret_path();
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(Zeroizing::new(text))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(LocalError::at(&path)(error)),
        }
    }

    /// Makes the secret. There must be none: whoever has made another with the other side would
    /// find that everything differs.
    ///
    /// # Errors
    /// [`LocalError`].
    pub fn make_secret(&self, source: &dyn Source) -> Result<(), LocalError> {
        let mut bytes = Zeroizing::new([0; SECRET_BYTES]);
        source.fill(&mut *bytes)?;
        self.write_secret(&Zeroizing::new(hex::encode(&*bytes)))
    }

    /// Takes the secret over that the other side made.
    ///
    /// # Errors
    /// [`LocalError`]; there is one already, or this is none.
    pub fn take_secret(&self, path: &Path) -> Result<(), LocalError> {
        let text = Zeroizing::new(fs::read_to_string(path).map_err(LocalError::at(path))?);
        if hex::decode::<SECRET_BYTES>(text.trim()).is_none() {
            return Err(LocalError::content(path, "not 64 hexadecimal digits"));
        }
        self.write_secret(text.trim())
    }

    fn write_secret(&self, text: &str) -> Result<(), LocalError> {
        fs::create_dir_all(&self.folder).map_err(LocalError::at(&self.folder))?;
        write_private(&self.secret_path(), text)
    }

    fn secret_path(&self) -> PathBuf {
        self.folder.join("secret")
    }

    fn secret(&self) -> Result<PairSecret, LedgersError> {
        let text = self.secret_text()?;
        let text = text.ok_or_else(|| LedgersError::NoSecret(self.other.clone()))?;
        let bytes = hex::decode(text.trim());
        let path = self.secret_path();
        Ok(PairSecret::new(bytes.ok_or_else(|| LocalError::content(&path, "no secret"))?))
    }

    fn map(&self, ledger: Ledger, as_of: CivilDate) -> Result<LedgerMap, LedgersError> {
        let day = self.secret()?.for_day(&self.own, &self.other, as_of);
        Ok(LedgerMap::new(ledger, day)?)
    }
}

/// Writes something that only its owner may read, and never over another.
///
/// # Errors
/// [`LocalError`].
pub fn write_private(path: &Path, text: &str) -> Result<(), LocalError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut place| {
        place.write_all(text.as_bytes())?;
        place.sync_all()
    });
    written.map_err(LocalError::at(path))
}

impl Day<'_> {
    /// Makes the digest of a day and keeps it with its lines. What was exchanged about an earlier
    /// digest of that day is dropped.
    ///
    /// # Errors
    /// Any [`LedgersError`].
    pub fn make(&self, ledger: Ledger, as_of: CivilDate) -> Result<LedgerDigest, LedgersError> {
        let lines: Vec<u8> = ledger
            .lines()
            .iter()
            .flat_map(|line| v1::LedgerLine::from(line).encode_length_delimited_to_vec())
            .collect();
        let digest = self.of.map(ledger, as_of)?.digest(as_of, &self.of.other);
        for turn in self.turn_paths()? {
            fs::remove_file(&turn).map_err(LocalError::at(&turn))?;
        }
        fs::create_dir_all(&self.folder).map_err(LocalError::at(&self.folder))?;
        disk::replace(&self.folder.join("lines"), &lines)?;
        disk::replace(&self.folder.join("digest"), &digest.encode_to_vec())?;
        Ok(digest)
    }

    /// The exchange as it stands after all turns that came, with the answer to the last, and how
    /// many came.
    ///
    /// # Errors
    /// Any [`LedgersError`].
    pub fn exchange(
        &self,
        theirs: &LedgerDigest,
    ) -> Result<(Exchange, Option<LedgerTurn>, Vec<LedgerTurn>), LedgersError> {
        let digest = self.digest()?;
        let path = self.folder.join("lines");
        let bytes = fs::read(&path).map_err(LocalError::at(&path))?;
        let mut rest = bytes.as_slice();
        let mut lines = Vec::new();
        while !rest.is_empty() {
            let line = v1::LedgerLine::decode_length_delimited(&mut rest)
                .map_err(|error| LocalError::content(&path, error.to_string()))?;
            lines.push(LedgerLine::try_from(&line)?);
        }
        let as_of = digest.as_of.ok_or(LedgersError::NoDigest)?;
        let map = self.of.map(Ledger::new(lines)?, as_of)?;
        let ours = LedgerClaim::read(&self.of.own, &digest)?;
        let claim = LedgerClaim::read(&self.of.other, theirs)?;
        let mut exchange = Exchange::new(map, &ours, claim)?;
        let mut answer = exchange.first();
        let mut came = Vec::new();
        for path in self.turn_paths()? {
            let turn = read_turn(&path)?;
            answer = exchange.receive(&turn)?;
            came.push(turn);
        }
        Ok((exchange, answer, came))
    }

    /// Keeps a turn of the other side, which the exchange has taken.
    ///
    /// # Errors
    /// [`LocalError`].
    pub fn keep(&self, turn: &LedgerTurn) -> Result<(), LocalError> {
        let path = self.folder.join(format!("turn-{:03}", turn.number));
        disk::replace(&path, &turn.encode_to_vec())
    }

    fn digest(&self) -> Result<LedgerDigest, LedgersError> {
        let path = self.folder.join("digest");
        let bytes = match fs::read(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(LedgersError::NoDigest);
            }
            read => read.map_err(LocalError::at(&path))?,
        };
        let read = LedgerDigest::decode(bytes.as_slice());
        Ok(read.map_err(|error| LocalError::content(&path, error.to_string()))?)
    }

    /// The kept turns, in their order.
    fn turn_paths(&self) -> Result<Vec<PathBuf>, LocalError> {
        let listed = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            listed => listed.map_err(LocalError::at(&self.folder))?,
        };
        let mut paths = Vec::new();
        for found in listed {
            let path = found.map_err(LocalError::at(&self.folder))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let number = name.strip_prefix("turn-").and_then(|number| number.parse::<u32>().ok());
            paths.extend(number.map(|number| (number, path)));
        }
        paths.sort();
        Ok(paths.into_iter().map(|(_, path)| path).collect())
    }
}

/// A turn that was handed over.
///
/// # Errors
/// [`LocalError`].
pub fn read_turn(path: &Path) -> Result<LedgerTurn, LocalError> {
    let bytes = fs::read(path).map_err(LocalError::at(path))?;
    LedgerTurn::decode(bytes.as_slice())
        .map_err(|error| LocalError::content(path, error.to_string()))
}
