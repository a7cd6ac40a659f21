//! How lists count: what `numbering.xml` and `styles.xml` say.

use std::collections::HashMap;

use barid_xml_reading::{Element, Sink};

use super::{LABEL_TEXT_MAX_BYTES, LEVELS};
use crate::labels::Count;
use crate::names::{attribute, is_on, is_word, value};

/// Most styles that are based on one another; deeper is a circle.
const BASED_ON_MAX: usize = 32;

/// One level of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Level {
    pub(super) start: u32,
    pub(super) count: Count,
    /// `%1.%2)`; empty: the level shows nothing.
    pub(super) text: String,
    /// Whether it begins anew when a level above goes on.
    pub(super) restarts: bool,
    /// Whether all numbers in its text are shown as decimals.
    pub(super) legal: bool,
    /// The style whose paragraphs are of this level.
    style: String,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 0,
            count: Count::Decimal,
            text: String::new(),
            restarts: true,
            legal: false,
            style: String::new(),
        }
    }
}

/// A way of counting that several lists can share.
#[derive(Debug, Default)]
struct Abstract {
    levels: [Level; LEVELS],
    /// Counts as the lists of this style do.
    style_link: String,
}

/// One list.
#[derive(Debug, Default)]
struct List {
    counts_as: String,
    /// Where its levels begin, where that differs.
    starts: [Option<u32>; LEVELS],
    /// Levels that it has of its own.
    levels: HashMap<usize, Level>,
}

/// A paragraph style, as far as it numbers.
#[derive(Debug, Default)]
struct Style {
    list: Option<String>,
    level: Option<usize>,
    based_on: String,
}

/// A level of a list, resolved.
pub(super) struct Found<'d> {
    /// Lists with one such identifier count on together.
    pub(super) counts_as: &'d str,
    /// All levels of the list.
    pub(super) levels: Vec<&'d Level>,
    pub(super) starts: [Option<u32>; LEVELS],
}

/// All that a file says about counting.
#[derive(Debug, Default)]
pub(crate) struct Definitions {
    abstracts: HashMap<String, Abstract>,
    lists: HashMap<String, List>,
    styles: HashMap<String, Style>,
    default_style: String,
}

impl Definitions {
    /// Takes what `numbering.xml` says.
    pub(crate) fn numbering(&mut self) -> impl Sink + '_ {
        Numbering { definitions: self, path: Vec::new(), of: Of::Nothing, level: 0 }
    }

    /// Takes what `styles.xml` says.
    pub(crate) fn styles(&mut self) -> impl Sink + '_ {
        Styles { definitions: self, style: None }
    }

    /// The list and level of a paragraph: its own, or its style's.
    pub(super) fn of_paragraph(
        &self,
        style: &str,
        list: Option<&str>,
        level: Option<usize>,
    ) -> Option<(String, usize)> {
        let (styled_list, styled_level) = self.of_style(style);
        let list = list.map(str::to_owned).or(styled_list)?;
        // "0" takes a paragraph out of the list of its style.
        if list == "0" {
            return None;
        }
        let of_style = || {
            let found = self.list(&list)?;
            found.levels.iter().position(|level| !style.is_empty() && level.style == style)
        };
        let level = level.or_else(of_style).or(styled_level).unwrap_or(0);
        (level < LEVELS).then_some((list, level))
    }

    fn of_style(&self, style: &str) -> (Option<String>, Option<usize>) {
        let mut id = if style.is_empty() { self.default_style.as_str() } else { style };
        let (mut list, mut level) = (None, None);
        for _ in 0..BASED_ON_MAX {
            let Some(style) = self.styles.get(id) else { break };
            list = list.or_else(|| style.list.clone());
            level = level.or(style.level);
            id = &style.based_on;
        }
        (list, level)
    }

    /// A list, as it counts.
    pub(super) fn list(&self, id: &str) -> Option<Found<'_>> {
        let list = self.lists.get(id)?;
        let mut counts_as = list.counts_as.as_str();
        let mut shared = self.abstracts.get(counts_as)?;
        if !shared.style_link.is_empty() {
            let linked = self.styles.get(&shared.style_link)?.list.as_ref()?;
            counts_as = self.lists.get(linked)?.counts_as.as_str();
            shared = self.abstracts.get(counts_as)?;
        }
        let levels = shared.levels.iter().enumerate();
        let levels = levels.map(|(at, level)| list.levels.get(&at).unwrap_or(level)).collect();
        Some(Found { counts_as, levels, starts: list.starts })
    }
}

/// Whose levels are being read.
enum Of {
    Nothing,
    Abstract(String),
    List(String),
}

struct Numbering<'d> {
    definitions: &'d mut Definitions,
    path: Vec<String>,
    of: Of,
    level: usize,
}

impl Numbering<'_> {
    fn begin(&mut self, element: &Element<'_>) {
        match element.local {
            "abstractNum" => {
                let id = attribute(element, "abstractNumId").unwrap_or_default().to_owned();
                self.definitions.abstracts.insert(id.clone(), Abstract::default());
                self.of = Of::Abstract(id);
            }
            "num" => {
                let id = attribute(element, "numId").unwrap_or_default().to_owned();
                self.definitions.lists.insert(id.clone(), List::default());
                self.of = Of::List(id);
            }
            "lvl" | "lvlOverride" => {
                let level = attribute(element, "ilvl").and_then(|level| level.parse().ok());
                self.level = level.unwrap_or(LEVELS);
            }
            _ => {}
        }
    }

    fn shared(&mut self, element: &Element<'_>) {
        let text = value(element).unwrap_or_default();
        match (&self.of, element.local) {
            (Of::Abstract(id), "numStyleLink") => {
                if let Some(shared) = self.definitions.abstracts.get_mut(id) {
                    text.clone_into(&mut shared.style_link);
                }
            }
            (Of::List(id), "abstractNumId") => {
                if let Some(list) = self.definitions.lists.get_mut(id) {
                    text.clone_into(&mut list.counts_as);
                }
            }
            (Of::List(id), "startOverride") => {
                let list = self.definitions.lists.get_mut(id);
                let start = list.and_then(|list| list.starts.get_mut(self.level));
                if let (Some(start), Ok(number)) = (start, text.parse()) {
                    *start = Some(number);
                }
            }
            _ => {}
        }
    }

    /// The level whose properties are being read.
    fn open_level(&mut self) -> Option<&mut Level> {
        match &self.of {
            Of::Nothing => None,
            Of::Abstract(id) => self.definitions.abstracts.get_mut(id)?.levels.get_mut(self.level),
            Of::List(id) if self.level < LEVELS => {
                Some(self.definitions.lists.get_mut(id)?.levels.entry(self.level).or_default())
            }
            Of::List(_) => None,
        }
    }

    fn property(&mut self, element: &Element<'_>) {
        let text = value(element).unwrap_or_default();
        let Some(level) = self.open_level() else { return };
        match element.local {
            "start" => level.start = text.parse().unwrap_or(level.start),
            "numFmt" => level.count = Count::named(text),
            "lvlText" if text.len() <= LABEL_TEXT_MAX_BYTES => text.clone_into(&mut level.text),
            "lvlRestart" => level.restarts = text != "0",
            "isLgl" => level.legal = is_on(element),
            "pStyle" => text.clone_into(&mut level.style),
            _ => {}
        }
    }
}

impl Sink for Numbering<'_> {
    fn start(&mut self, element: &Element<'_>) {
        if is_word(element) {
            self.begin(element);
            if self.path.last().is_some_and(|parent| parent == "lvl") {
                self.property(element);
            } else {
                self.shared(element);
            }
        }
        self.path.push(element.local.to_owned());
    }

    fn text(&mut self, _: &str) {}

    fn end(&mut self) {
        self.path.pop();
    }
}

struct Styles<'d> {
    definitions: &'d mut Definitions,
    style: Option<String>,
}

impl Styles<'_> {
    fn begin(&mut self, element: &Element<'_>) {
        let id = attribute(element, "styleId").unwrap_or_default().to_owned();
        let kind = attribute(element, "type").unwrap_or("paragraph");
        let counts = matches!(kind, "paragraph" | "numbering");
        let default = attribute(element, "default").is_some_and(|on| on == "1" || on == "true");
        if kind == "paragraph" && default {
            self.definitions.default_style.clone_from(&id);
        }
        if counts {
            self.definitions.styles.insert(id.clone(), Style::default());
        }
        self.style = counts.then_some(id);
    }
}

impl Sink for Styles<'_> {
    fn start(&mut self, element: &Element<'_>) {
        if !is_word(element) {
            return;
        }
        if element.local == "style" {
            self.begin(element);
            return;
        }
        let style = self.style.as_ref().and_then(|id| self.definitions.styles.get_mut(id));
        let (Some(style), Some(text)) = (style, value(element)) else { return };
        match element.local {
            "basedOn" => text.clone_into(&mut style.based_on),
            "numId" => style.list = Some(text.to_owned()),
            "ilvl" => style.level = text.parse().ok(),
            _ => {}
        }
    }

    fn text(&mut self, _: &str) {}

    fn end(&mut self) {}
}
