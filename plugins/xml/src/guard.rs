//! The guard in front of every document: what a well-formed, harmless XML document is, and why a
//! document is not one.
//!
//! The parser underneath accepts much that is not XML and expands nothing by itself; this guard
//! refuses the rest: document types and entities (bombs, and doors to other files), nesting and
//! attributes without bound, names without namespace, contradicting encodings. It stops at the
//! first such place, because what follows an XML error has no meaning.

use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use quick_xml::reader::NsReader;
use quick_xml::{Error, errors::IllFormedError};

use crate::chars::{is_char, is_plain, is_qname, is_space};
use crate::encoding::Encoding;
use crate::place::Path;
use crate::xml::{Element, Sink, Why, attributes, checked, declared, namespace_of};

/// Largest document read, in bytes: a court's longest judgments have about 2 MiB, and a filing that
/// carries its documents inside itself is mostly them.
pub const SIZE_MAX_BYTES: usize = 64 << 20;

/// Deepest nesting of elements. Published judgments reach 18, court filings 15.
pub const DEPTH_MAX: usize = 128;

/// Most attributes of one element. Akoma Ntoso defines fewer than 100 in all, NIEM fewer than 10.
pub const ATTRIBUTES_MAX: usize = 256;

/// Most events (tags, texts, references) of one document. The longest sample has 40,000.
pub const EVENTS_MAX: usize = 2_000_000;

/// Most namespace prefixes in scope at once; looking one up takes as many steps.
const PREFIXES_MAX: usize = 64;

/// Where and why a document was refused.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) why: Why,
    /// Byte offset in the decoded text.
    pub(crate) offset: usize,
    /// Path of the element it happened in: `/akomaNtoso/judgment`.
    pub(crate) path: String,
}

/// Walks through a document and tells `sink` what is in it.
pub(crate) fn walk(text: &str, encoding: Encoding, sink: &mut impl Sink) -> Result<(), Refused> {
    let mut reader = NsReader::from_str(text);
    reader.config_mut().check_comments = true;
    reader.resolver_mut().set_max_namespace_bindings(PREFIXES_MAX);
    let mut walk = Walk { encoding, sink, open: Path::default(), root_seen: false, first: true };
    for _ in 0..EVENTS_MAX {
        let before = position(reader.buffer_position());
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                let at = position(reader.error_position()).max(before);
                return Err(walk.refused(why(&error), at));
            }
        };
        match walk.step(&event, &reader) {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(why) => return Err(walk.refused(why, before)),
        }
        walk.first = false;
    }
    let at = position(reader.buffer_position());
    Err(walk.refused(Why::TooManyEvents, at))
}

struct Walk<'w, S> {
    encoding: Encoding,
    sink: &'w mut S,
    open: Path,
    root_seen: bool,
    first: bool,
}

impl<S: Sink> Walk<'_, S> {
    /// Takes one event. `Ok(false)`: the document has ended well.
    fn step(&mut self, event: &Event<'_>, reader: &NsReader<&[u8]>) -> Result<bool, Why> {
        match event {
            Event::Start(start) => self.start(start, reader)?,
            Event::Empty(start) => {
                self.start(start, reader)?;
                self.end();
            }
            Event::End(_) => self.end(),
            Event::Text(text) => self.text(text, true)?,
            Event::CData(text) if self.open.is_empty() => return Err(self.outside(text)),
            Event::CData(text) => self.text(text, false)?,
            Event::GeneralRef(reference) => self.reference(reference)?,
            Event::Comment(text) => checked(text)?,
            Event::PI(instruction) => {
                if instruction.target().eq_ignore_ascii_case("xml")
                    || !is_qname(instruction.target())
                {
                    return Err(Why::Syntax("misplaced declaration".to_owned()));
                }
                checked(instruction.content())?;
            }
            Event::Decl(declaration) => self.declaration(declaration)?,
            Event::DocType(_) => return Err(Why::DocType),
            Event::Eof if !self.open.is_empty() => {
                return Err(Why::Syntax("an element is not closed".to_owned()));
            }
            Event::Eof if !self.root_seen => return Err(Why::NoRoot),
            Event::Eof => return Ok(false),
        }
        Ok(true)
    }

    fn start(&mut self, start: &BytesStart<'_>, reader: &NsReader<&[u8]>) -> Result<(), Why> {
        if self.open.is_empty() && self.root_seen {
            return Err(Why::Trailing);
        }
        if self.open.depth() >= DEPTH_MAX {
            return Err(Why::TooDeep);
        }
        self.root_seen = true;
        let name = start.name();
        if !is_qname(name.as_ref()) {
            return Err(Why::Syntax(format!("`{}` is not a name", name.as_ref())));
        }
        let (resolved, local) = reader.resolver().resolve_element(name);
        let element = Element {
            namespace: namespace_of(resolved)?,
            local: local.into_inner(),
            attributes: attributes(start, reader.resolver())?,
        };
        self.open.push(local.into_inner());
        self.sink.start(&element);
        Ok(())
    }

    fn end(&mut self) {
        self.open.pop();
        self.sink.end();
    }

    fn text(&mut self, text: &str, markup: bool) -> Result<(), Why> {
        let plain = is_plain(text);
        if !plain {
            checked(text)?;
            if markup && text.contains("]]>") {
                return Err(Why::Syntax("`]]>` in a text".to_owned()));
            }
        }
        if self.open.is_empty() {
            return if text.chars().all(is_space) { Ok(()) } else { Err(self.outside(text)) };
        }
        if plain {
            self.sink.text(text);
            return Ok(());
        }
        // Line ends become line feeds (XML 1.0, section 2.11) piece by piece: a document inside a
        // document is not copied for it.
        let mut pieces = text.split('\r');
        self.sink.text(pieces.next().unwrap_or_default());
        for piece in pieces {
            if !piece.starts_with('\n') {
                self.sink.text("\n");
            }
            self.sink.text(piece);
        }
        Ok(())
    }

    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<(), Why> {
        if self.open.is_empty() {
            return Err(self.outside(reference));
        }
        let character = match reference.resolve_char_ref() {
            Ok(Some(character)) => character,
            Ok(None) => predefined(reference).ok_or_else(|| Why::Entity(reference.to_string()))?,
            Err(_) => return Err(Why::Character(format!("&{};", &**reference))),
        };
        if !is_char(character) {
            return Err(Why::Character(format!("&{};", &**reference)));
        }
        self.sink.text(character.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn declaration(&mut self, declaration: &BytesDecl<'_>) -> Result<(), Why> {
        if !self.first {
            return Err(Why::Syntax("misplaced declaration".to_owned()));
        }
        let declared = declared(declaration)?;
        if declared.version != "1.0" {
            return Err(Why::Version);
        }
        match declared.encoding {
            Some(named) if !self.encoding.is_named(&named) => Err(Why::EncodingDiffers(named)),
            _ => Ok(()),
        }
    }

    /// Something other than white space before or after the root element.
    fn outside(&self, text: &str) -> Why {
        if self.root_seen { Why::Trailing } else { Why::NotXml(text.chars().take(20).collect()) }
    }

    fn refused(&self, why: Why, offset: usize) -> Refused {
        Refused { why, offset, path: self.open.shown() }
    }
}

/// The five entities that need no declaration (XML 1.0, section 4.6).
fn predefined(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "apos" => Some('\''),
        "quot" => Some('"'),
        _ => None,
    }
}

fn why(error: &Error) -> Why {
    match error {
        Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
            Why::Syntax(format!("</{found}> where </{expected}> is due"))
        }
        Error::Namespace(error) => Why::Namespace(error.to_string()),
        other => Why::Syntax(other.to_string()),
    }
}

fn position(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}
