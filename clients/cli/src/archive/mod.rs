//! A case as a national archive takes it: a BagIt bag (RFC 8493) whose payload is an information
//! package of E-ARK CSIP 2.1, with the bundle that proves the case, and a page that opens from the
//! disk.
//!
//! ```text
//! bagit.txt bag-info.txt manifest-sha256.txt tagmanifest-sha256.txt    the bag
//! index.html                                       the page, for whoever opens the folder
//! data/<case>/METS.xml                             what is in the package
//! data/<case>/metadata/descriptive/dc.xml          Dublin Core
//! data/<case>/metadata/preservation/premis.xml     PREMIS 3: each document with its digest, events
//! data/<case>/representations/originals/data/      documents as they were sent, by SHA-256
//! data/<case>/representations/readings/data/       what formats read in them, as JSON
//! data/<case>/representations/evidence/data/       case.barid, and from it envelopes and receipts
//! data/<case>/documentation/                       keys, rule sets, calendars, checkpoint, policy
//! data/<case>/schemas/barid-v1.proto.txt           how to read envelopes and statements
//! ```
//!
//! What proves anything is `case.barid` alone; everything else is there so that it is found and
//! read without programs of ours.

mod bag;
mod contents;
mod mets;
mod page;
mod premis;
pub(crate) mod xml;

pub(crate) use bag::{BagFault, check, close, is_bag};
pub(crate) use contents::{Contents, Withheld, contents, unzip, withhold};

use std::fs;
use std::path::{Path, PathBuf};

use barid_client::custody::Event;
use barid_client::hex;
use barid_client::verify::Report;
use jiff::tz::TimeZone;
use sha2::{Digest as _, Sha256};

/// The name of the bundle in the package.
pub(crate) const BUNDLE: &str = "representations/evidence/data/case.barid";

/// What the archive is made from.
pub(crate) struct Case<'a> {
    /// Its identifier.
    pub(crate) id: String,
    /// What is proven about it.
    pub(crate) report: &'a Report,
    /// What happened, in the order of the log.
    pub(crate) events: Vec<Event>,
    /// Filings that were left out.
    pub(crate) withheld: &'a [Withheld],
    /// Where instants are shown.
    pub(crate) zone: &'a TimeZone,
    /// When it was made, seconds since 1970, UTC.
    pub(crate) made_at: String,
}

/// A file of the package that was written.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    /// Where, from the root of the package.
    pub(crate) path: String,
    /// Media type.
    pub(crate) media: &'static str,
    /// Length.
    pub(crate) bytes: u64,
    /// SHA-256 in hexadecimal digits.
    pub(crate) sha256: String,
}

/// Writes what belongs to the package, and remembers it.
pub(crate) struct Package {
    root: PathBuf,
    kept: Vec<Kept>,
}

impl Package {
    /// A package in a new folder.
    pub(crate) fn new(root: &Path) -> std::io::Result<Self> {
        fs::create_dir_all(root)?;
        Ok(Self { root: root.to_owned(), kept: Vec::new() })
    }

    /// Where something lies.
    pub(crate) fn place(&self, path: &str) -> std::io::Result<PathBuf> {
        let place = self.root.join(path);
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(place)
    }

    /// Adds bytes.
    pub(crate) fn add(
        &mut self,
        path: &str,
        media: &'static str,
        bytes: &[u8],
    ) -> std::io::Result<()> {
        fs::write(self.place(path)?, bytes)?;
        self.note(path, media, bytes.len() as u64, hex::encode(&Sha256::digest(bytes)));
        Ok(())
    }

    /// Notes what was written at its place already.
    pub(crate) fn note(&mut self, path: &str, media: &'static str, bytes: u64, sha256: String) {
        self.kept.push(Kept { path: path.to_owned(), media, bytes, sha256 });
    }

    /// What was added below a folder, in the order of the names.
    pub(crate) fn below(&self, folder: &str) -> Vec<&Kept> {
        let mut found: Vec<&Kept> =
            self.kept.iter().filter(|kept| kept.path.starts_with(folder)).collect();
        found.sort_by(|one, other| one.path.cmp(&other.path));
        found
    }
}

/// The folders of representations, and what is in them, in English.
pub(crate) const REPRESENTATIONS: [&str; 3] = ["originals", "readings", "evidence"];

/// Adds what describes the package: everything else is in it already.
pub(crate) fn describe(package: &mut Package, case: &Case<'_>) -> std::io::Result<String> {
    let page = page::page(case, package, "../");
    package.add("documentation/index.html", "text/html", page.as_bytes())?;
    let premis = premis::premis(case, package);
    package.add("metadata/preservation/premis.xml", "application/xml", premis.as_bytes())?;
    let described = mets::dublin_core(case);
    package.add("metadata/descriptive/dc.xml", "application/xml", described.as_bytes())?;
    for name in REPRESENTATIONS {
        let path = format!("representations/{name}/metadata/descriptive/dc.xml");
        package.add(&path, "application/xml", described.as_bytes())?;
        let inner = mets::representation(case, package, name);
        let path = format!("representations/{name}/METS.xml");
        package.add(&path, "application/xml", inner.as_bytes())?;
    }
    let mets = mets::package(case, package);
    package.add("METS.xml", "application/xml", mets.as_bytes())?;
    Ok(page::page(case, package, &format!("data/{}/", case.id)))
}
