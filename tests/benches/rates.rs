//! How fast documents are read: what the benches of formats share.
//!
//! A rate is told as kilobytes and documents a second, and as a part of what `quick-xml` needs to
//! walk over the same bytes, since no reader of XML is faster than its parser; where the XML is
//! packed, both unpack it. Both take turns, and
//! of each the fastest round counts: what else the machine does can only make a round slower. Each
//! line is `NAME VALUE UNIT`.

#![allow(dead_code, clippy::allow_attributes, reason = "each bench uses its own part")]

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use quick_xml::Reader;
use quick_xml::events::Event;

/// How long each thing is repeated at least, and how often.
const AT_LEAST: Duration = Duration::from_secs(6);
const ROUNDS_MIN: u32 = 5;

/// A document: what a format reads, and the XML in it that a parser has to walk over.
pub(crate) struct Paper {
    /// The bytes that a format is given.
    bytes: Vec<u8>,
    /// How a parser comes by the XML in them.
    xml: Xml,
}

/// Where the XML of a document is.
pub(crate) enum Xml {
    /// It is the document.
    Whole,
    /// In it: this unpacks the parts, which is part of walking over the same bytes.
    Packed(fn(&[u8]) -> Vec<Vec<u8>>),
    /// There is none.
    Absent,
}

impl Paper {
    /// A document.
    pub(crate) fn new(bytes: Vec<u8>, xml: Xml) -> Self {
        Self { bytes, xml }
    }

    /// Bytes that count: those of the XML where it is packed, else those of the document.
    fn weight(&self) -> usize {
        match self.xml {
            Xml::Packed(unpack) => unpack(&self.bytes).iter().map(Vec::len).sum(),
            Xml::Whole | Xml::Absent => self.bytes.len(),
        }
    }

    /// What a parser alone does.
    fn walk(&self) {
        match self.xml {
            Xml::Whole => walk(&self.bytes),
            Xml::Packed(unpack) => unpack(&self.bytes).iter().for_each(|part| walk(part)),
            Xml::Absent => {}
        }
    }
}

/// Everything with this ending in a folder of the samples and the folders in it.
pub(crate) fn samples(folder: &str, ending: &str) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/samples");
    let mut folders = vec![root.join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).expect("the samples are needed").flatten() {
            let path = path.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|is| is == ending) {
                found.push(std::fs::read(path).expect("readable"));
            }
        }
    }
    found
}

/// Reads all documents again and again, and tells the rates. `decode` says whether it could read.
///
/// # Panics
/// When a document cannot be read: then there is no rate.
pub(crate) fn tell(name: &str, papers: &[Paper], decode: &dyn Fn(&[u8]) -> bool) {
    let is_xml = papers.iter().all(|paper| !matches!(paper.xml, Xml::Absent));
    let (mut decoded, mut walked) = (f64::MAX, f64::MAX);
    let (begun, mut rounds) = (Instant::now(), 0);
    while rounds < ROUNDS_MIN || begun.elapsed() < AT_LEAST {
        decoded = decoded.min(seconds(|| {
            for paper in papers {
                assert!(black_box(decode(black_box(&paper.bytes))), "{name}: one is not read");
            }
        }));
        if is_xml {
            walked = walked.min(seconds(|| papers.iter().for_each(Paper::walk)));
        }
        rounds += 1;
    }
    let weight: usize = papers.iter().map(Paper::weight).sum();
    line(name, "rate", (weight as f64 / 1e3 / decoded) as u64, "kB/s");
    line(name, "documents", (papers.len() as f64 / decoded) as u64, "/s");
    if is_xml {
        line(name, "ratio", (walked / decoded * 100.0) as u64, "%");
    }
}

fn line(name: &str, what: &str, value: u64, unit: &str) {
    println!("{name}-{what} {value} {unit}");
}

/// Seconds that one round takes.
fn seconds(round: impl FnOnce()) -> f64 {
    let started = Instant::now();
    round();
    started.elapsed().as_secs_f64()
}

/// What a parser alone does: every event of the text, and every attribute.
fn walk(xml: &[u8]) {
    let mut reader = Reader::from_reader(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(Event::Start(element) | Event::Empty(element)) => {
                black_box(element.attributes().flatten().count());
            }
            Ok(event) => drop(black_box(event)),
            Err(error) => panic!("the parser does not take it: {error}"),
        }
    }
}
