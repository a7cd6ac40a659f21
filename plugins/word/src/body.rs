//! The body of a text, as it is shown.

use barid_xml_reading::{Element, Prose, Sink};

use crate::names::{attribute, is_alternative, is_math, is_on, is_word, value};
use crate::notes::Notes;
use crate::numbering::Counting;
use crate::read::TEXT_MAX_BYTES;

/// What is doubtful about a text.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Doubts {
    /// Changes are tracked: parts are in it or out of it depending on who reads.
    pub(crate) tracked: bool,
    /// Runs of text that are not shown.
    pub(crate) hidden: usize,
    /// Characters of symbol fonts, which mean nothing without the font.
    pub(crate) symbols: usize,
    /// Paragraphs are numbered in a way that is not known here.
    pub(crate) numbering: bool,
}

/// How much of what is in a text.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) numbered: u32,
    pub(crate) tables: u32,
    pub(crate) images: u32,
    pub(crate) links: u32,
    pub(crate) depth: u32,
}

/// Gathers the body.
pub(crate) struct Body<'b> {
    counting: Counting<'b>,
    footnotes: Notes,
    endnotes: Notes,
    pub(crate) prose: Prose,
    pub(crate) doubts: Doubts,
    pub(crate) counts: Counts,
    /// Names of the open elements; text boxes nest paragraphs in paragraphs.
    path: Vec<String>,
    /// Depth of the element whose content does not count.
    skipped: Option<usize>,
    /// For each open choice between alternatives, whether one was taken.
    alternatives: Vec<bool>,
    /// Properties of the paragraph that has just begun.
    paragraph: Properties,
    /// Whether the run is not shown.
    hidden: bool,
    /// The text element that is open: its text, and whether spaces at its ends count.
    text: Option<(String, bool)>,
}

/// What numbers a paragraph.
#[derive(Debug, Default)]
struct Properties {
    style: String,
    list: Option<String>,
    level: Option<usize>,
}

impl<'b> Body<'b> {
    pub(crate) fn new(counting: Counting<'b>, footnotes: Notes, endnotes: Notes) -> Self {
        Self {
            counting,
            footnotes,
            endnotes,
            prose: Prose::up_to(TEXT_MAX_BYTES),
            doubts: Doubts::default(),
            counts: Counts::default(),
            path: Vec::new(),
            skipped: None,
            alternatives: Vec::new(),
            paragraph: Properties::default(),
            hidden: false,
            text: None,
        }
    }

    /// The body, its counts and doubts. `None`: it is longer than can be.
    pub(crate) fn finish(mut self) -> Option<(String, Counts, Doubts)> {
        self.doubts.numbering = self.counting.unknown;
        Some((self.prose.finish()?, self.counts, self.doubts))
    }

    fn parent(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }

    fn skip(&mut self) {
        self.skipped = Some(self.path.len());
    }

    /// An alternative: the first is taken, the one for older programs says the same again.
    fn alternative(&mut self, local: &str) {
        match local {
            "AlternateContent" => self.alternatives.push(false),
            "Choice" | "Fallback" => {
                let taken = self.alternatives.last_mut();
                if taken.is_some_and(|taken| std::mem::replace(taken, true)) {
                    self.skip();
                }
            }
            _ => {}
        }
    }

    fn word(&mut self, element: &Element<'_>) {
        match element.local {
            "p" => {
                self.prose.part();
                self.paragraph = Properties::default();
            }
            "tc" | "tab" | "ptab" | "br" | "cr" if self.parent() != "tabs" => self.prose.part(),
            "tbl" => self.counts.tables += 1,
            "hyperlink" => self.counts.links += 1,
            "r" => self.hidden = false,
            "t" => self.begin_text(element),
            "del" | "moveFrom" => {
                self.doubts.tracked = true;
                self.skip();
            }
            "ins" | "moveTo" => self.doubts.tracked = true,
            "noBreakHyphen" => self.prose.push("\u{2011}"),
            "sym" => self.doubts.symbols += 1,
            "footnoteReference" => self.note(element, true),
            "endnoteReference" => self.note(element, false),
            // How something was before a tracked change of its looks.
            other if other.ends_with("Change") => self.skip(),
            _ => self.property(element),
        }
    }

    fn property(&mut self, element: &Element<'_>) {
        match (self.parent(), element.local) {
            ("pPr", "pStyle") => {
                value(element).unwrap_or_default().clone_into(&mut self.paragraph.style);
            }
            ("numPr", "numId") => self.paragraph.list = value(element).map(str::to_owned),
            ("numPr", "ilvl") => {
                self.paragraph.level = value(element).and_then(|level| level.parse().ok());
            }
            ("rPr", "vanish") if self.in_run() && is_on(element) => self.hidden = true,
            _ => {}
        }
    }

    /// Whether the open properties are those of a run, not of a paragraph's mark.
    fn in_run(&self) -> bool {
        self.path.iter().rev().nth(1).is_some_and(|around| around == "r")
    }

    fn begin_text(&mut self, element: &Element<'_>) {
        let keeps = element.attribute_of(barid_xml_reading::XML, "space") == Some("preserve");
        self.text = Some((String::new(), keeps));
    }

    fn end_text(&mut self) {
        let Some((text, keeps)) = self.text.take() else { return };
        let text = if keeps { text.as_str() } else { text.trim() };
        if text.is_empty() {
            return;
        }
        if self.hidden {
            self.doubts.hidden += 1;
        } else {
            self.prose.push(text);
        }
    }

    /// Each note once: who repeats a reference a million times does not repeat the note.
    fn note(&mut self, element: &Element<'_>, foot: bool) {
        let id = attribute(element, "id").unwrap_or_default();
        let notes = if foot { &mut self.footnotes } else { &mut self.endnotes };
        if let Some(text) = notes.remove(id) {
            self.prose.part();
            self.prose.push(&text);
            self.prose.part();
        }
    }

    /// The properties of a paragraph are complete: its number comes before its text.
    fn number(&mut self) {
        let Properties { style, list, level } = std::mem::take(&mut self.paragraph);
        if let Some(label) = self.counting.next(&style, list.as_deref(), level) {
            // A bullet is no number.
            self.counts.numbered += u32::from(label.contains(char::is_alphanumeric));
            self.prose.push(&label);
            self.prose.part();
        }
    }
}

impl Sink for Body<'_> {
    fn start(&mut self, element: &Element<'_>) {
        if self.skipped.is_none() {
            if is_word(element) {
                self.word(element);
            } else if is_alternative(element) {
                self.alternative(element.local);
            } else if is_math(element) && element.local == "t" {
                self.begin_text(element);
            } else if matches!(element.local, "pic" | "imagedata") {
                self.counts.images += 1;
            }
        }
        self.path.push(element.local.to_owned());
        let depth = u32::try_from(self.path.len()).unwrap_or(u32::MAX);
        self.counts.depth = self.counts.depth.max(depth);
    }

    fn text(&mut self, text: &str) {
        if self.skipped.is_none()
            && let Some((open, _)) = &mut self.text
        {
            open.push_str(text);
        }
    }

    fn end(&mut self) {
        let ended = self.path.pop().unwrap_or_default();
        if let Some(depth) = self.skipped {
            if depth == self.path.len() {
                self.skipped = None;
            }
            // What began a choice is no part of what was left out of it.
            return;
        }
        match ended.as_str() {
            "t" => self.end_text(),
            "pPr" => self.number(),
            "p" | "tc" => self.prose.part(),
            "AlternateContent" => drop(self.alternatives.pop()),
            _ => {}
        }
    }
}
