//! How fast documents are read: what the benches of formats share.
//!
//! A rate is told as kilobytes and documents a second, and as a part of what `quick-xml` needs to
//! walk over the same XML, since no reader of XML is faster than its parser. Each line is
//! `NAME VALUE UNIT`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use quick_xml::Reader;
use quick_xml::events::Event;

/// How long each thing is repeated at least: enough that the clock's grain does not matter.
const AT_LEAST: Duration = Duration::from_secs(2);

/// A document: what a format reads, and the XML in it that a parser has to walk over.
pub(crate) struct Paper {
    /// The bytes that a format is given.
    pub(crate) bytes: Vec<u8>,
    /// The same for a document that is XML; its parts for an archive of XML; none for others.
    pub(crate) xml: Vec<Vec<u8>>,
}

impl Paper {
    /// A document that is XML.
    pub(crate) fn xml(bytes: Vec<u8>) -> Self {
        Self { xml: vec![bytes.clone()], bytes }
    }

    /// Bytes that count: those of the XML where it is packed, else those of the document.
    fn weight(&self) -> usize {
        let xml: usize = self.xml.iter().map(Vec::len).sum();
        xml.max(self.bytes.len())
    }
}

/// Reads all documents again and again, and tells the rates. `decode` says whether it could read.
///
/// # Panics
/// When a document cannot be read: then there is no rate.
pub(crate) fn tell(name: &str, papers: &[Paper], decode: &dyn Fn(&[u8]) -> bool) {
    let decoded = seconds(|| {
        for paper in papers {
            assert!(black_box(decode(black_box(&paper.bytes))), "{name}: one is not read");
        }
    });
    let weight: usize = papers.iter().map(Paper::weight).sum();
    line(name, "rate", (weight as f64 / 1e3 / decoded) as u64, "kB/s");
    line(name, "documents", (papers.len() as f64 / decoded) as u64, "/s");
    if papers.iter().all(|paper| !paper.xml.is_empty()) {
        let walked =
            seconds(|| papers.iter().flat_map(|paper| &paper.xml).for_each(|xml| walk(xml)));
        line(name, "ratio", (walked / decoded * 100.0) as u64, "%");
    }
}

fn line(name: &str, what: &str, value: u64, unit: &str) {
    println!("{name}-{what} {value} {unit}");
}

/// Seconds that one round takes: the mean of as many as fit, after one to warm up.
fn seconds(mut round: impl FnMut()) -> f64 {
    round();
    let started = Instant::now();
    let mut rounds = 0;
    while rounds == 0 || started.elapsed() < AT_LEAST {
        round();
        rounds += 1;
    }
    started.elapsed().as_secs_f64() / f64::from(rounds)
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
