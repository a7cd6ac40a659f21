//! From the bytes of a Word file to its text.

use barid_plugin::Problems;
use barid_xml_reading::Sink;
use unicode_normalization::UnicodeNormalization as _;

use crate::archive::{Archive, Fault};
use crate::body::Body;
use crate::notes::{Gather, Notes};
use crate::numbering::{Counting, Definitions};
use crate::parts::{self, Parts};
use crate::{kind, said};

/// Largest part that is unpacked, in bytes. The text of a judgment of a hundred pages has 2 MB.
pub const PART_MAX_BYTES: u64 = 32 << 20;

/// Longest text of one file, in bytes of UTF-8: ten times the longest judgment known.
pub const TEXT_MAX_BYTES: usize = 32 << 20;

/// What a Word file says, and how much of what is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordText {
    /// The body, runs of white space to one space, in Unicode form NFC.
    pub text: String,
    /// Numbered paragraphs.
    pub paragraphs: u32,
    /// Tables.
    pub tables: u32,
    /// Images.
    pub images: u32,
    /// Links.
    pub links: u32,
    /// Deepest nesting of elements.
    pub depth: u32,
}

/// Reads a Word file. `None`: it is not one, or one that cannot be read, and the problems say why;
/// `name` is what the sender calls it.
#[must_use]
pub fn read(input: &[u8], name: &str, problems: &mut Problems) -> Option<WordText> {
    let mut archive = match Archive::open(input) {
        Ok(archive) => archive,
        Err(Fault::NotAnArchive) => {
            said::not_word(problems, name, kind::of(input));
            return None;
        }
        Err(fault) => {
            fault.say(problems, name);
            return None;
        }
    };
    let Some(parts) = parts::find(&mut archive) else {
        said::not_word(problems, name, kind::of(input));
        return None;
    };
    if archive.names().any(|part| part.ends_with("vbaProject.bin")) {
        said::macros(problems, name);
    }
    let mut reading = Reading { archive, name, problems };
    reading.text(&parts)
}

struct Reading<'r, 'a> {
    archive: Archive<'a>,
    name: &'r str,
    problems: &'r mut Problems,
}

impl Reading<'_, '_> {
    fn text(&mut self, parts: &Parts) -> Option<WordText> {
        let mut definitions = Definitions::default();
        self.part(&parts.numbering, &mut definitions.numbering())?;
        self.part(&parts.styles, &mut definitions.styles())?;
        let footnotes = self.notes(&parts.footnotes)?;
        let endnotes = self.notes(&parts.endnotes)?;
        let mut body = Body::new(Counting::new(&definitions), footnotes, endnotes);
        self.part(&parts.main, &mut body)?;
        let Some((text, counts, doubts)) = body.finish() else {
            said::too_long(self.problems, self.name);
            return None;
        };
        if text.is_empty() {
            said::empty(self.problems, self.name);
            return None;
        }
        said::doubts(self.problems, self.name, doubts);
        Some(WordText {
            text: text.nfc().collect(),
            paragraphs: counts.numbered,
            tables: counts.tables,
            images: counts.images,
            links: counts.links,
            depth: counts.depth,
        })
    }

    fn notes(&mut self, part: &str) -> Option<Notes> {
        let mut gather = Gather::default();
        self.part(part, &mut gather)?;
        Some(gather.notes)
    }

    /// Reads a part; one that the file does not have is read as empty.
    fn part(&mut self, part: &str, sink: &mut impl Sink) -> Option<()> {
        if part.is_empty() {
            return Some(());
        }
        match self.archive.read(part, PART_MAX_BYTES) {
            Ok(bytes) => match barid_xml_reading::read(&bytes, sink) {
                Ok(()) => Some(()),
                Err(refusal) => {
                    said::part_refused(self.problems, self.name, part);
                    refusal.say(self.problems);
                    None
                }
            },
            Err(fault) => {
                fault.say(self.problems, self.name);
                None
            }
        }
    }
}
