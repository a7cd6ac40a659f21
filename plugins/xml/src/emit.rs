//! Puts XML together, character by character safe.

use crate::chars::is_char;

/// A document under construction.
#[derive(Debug, Default)]
pub struct Emit {
    out: String,
    /// Characters that XML cannot express, with the element or attribute they should have gone to.
    inexpressible: Vec<(String, char)>,
}

/// Attributes by name. Those with an empty value are left out: "not given" is not written.
pub type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Emit {
    /// A document with its declaration and nothing else.
    #[must_use]
    pub fn new() -> Self {
        let out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
        Self { out, ..Self::default() }
    }

    /// `<name …>`
    pub fn open(&mut self, name: &str, attributes: Attributes<'_>) {
        self.tag(name, attributes, ">");
    }

    /// `</name>`, and a new line: only used where white space has no meaning.
    pub fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push_str(">\n");
    }

    /// `<name …/>`
    pub fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.tag(name, attributes, "/>\n");
    }

    /// `<name …>text</name>`
    pub fn leaf(&mut self, name: &str, attributes: Attributes<'_>, text: &str) {
        self.open(name, attributes);
        self.escaped(text, name, false);
        self.close(name);
    }

    /// The bytes, and what could not be expressed.
    #[must_use]
    pub fn finish(self) -> (Vec<u8>, Vec<(String, char)>) {
        (self.out.into_bytes(), self.inexpressible)
    }

    fn tag(&mut self, name: &str, attributes: Attributes<'_>, end: &str) {
        self.out.push('<');
        self.out.push_str(name);
        for (attribute, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
            self.out.push(' ');
            self.out.push_str(attribute);
            self.out.push_str("=\"");
            self.escaped(value, attribute, true);
            self.out.push('"');
        }
        self.out.push_str(end);
    }

    fn escaped(&mut self, text: &str, place: &str, attribute: bool) {
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' if attribute => self.out.push_str("&quot;"),
                // A parser would read these as a space in an attribute …
                '\t' if attribute => self.out.push_str("&#9;"),
                '\n' if attribute => self.out.push_str("&#10;"),
                // … and this one as a line feed everywhere (XML 1.0, sections 2.11 and 3.3.3).
                '\r' => self.out.push_str("&#13;"),
                c if is_char(c) => self.out.push(c),
                c => self.inexpressible.push((place.to_owned(), c)),
            }
        }
    }
}
