//! Footnotes and endnotes: the text of each, by its identifier.

use std::collections::HashMap;

use barid_xml_reading::{Element, Prose, Sink};

use crate::names::{attribute, is_word};
use crate::read::TEXT_MAX_BYTES;

/// Notes that have not been referred to yet.
pub(crate) type Notes = HashMap<String, String>;

/// Gathers notes. Text in them that a body would leave out, such as deleted text, stands in other
/// elements and does not come here.
#[derive(Default)]
pub(crate) struct Gather {
    pub(crate) notes: Notes,
    /// The note being read.
    open: Option<(String, Prose)>,
    path: Vec<String>,
}

impl Gather {
    fn in_text(&self) -> bool {
        let deleted = ["del", "moveFrom", "Fallback"];
        self.path.last().is_some_and(|local| local == "t")
            && !self.path.iter().any(|local| deleted.contains(&local.as_str()))
    }
}

impl Sink for Gather {
    fn start(&mut self, element: &Element<'_>) {
        if is_word(element) {
            match (element.local, &mut self.open) {
                ("footnote" | "endnote", _) => {
                    let id = attribute(element, "id").unwrap_or_default().to_owned();
                    self.open = Some((id, Prose::up_to(TEXT_MAX_BYTES)));
                }
                ("p" | "tab" | "br" | "cr", Some((_, prose))) => prose.part(),
                _ => {}
            }
        }
        self.path.push(element.local.to_owned());
    }

    fn text(&mut self, text: &str) {
        if self.in_text()
            && let Some((_, prose)) = &mut self.open
        {
            prose.push(text);
        }
    }

    fn end(&mut self) {
        let ended = self.path.pop();
        if matches!(ended.as_deref(), Some("footnote" | "endnote"))
            && let Some((id, prose)) = self.open.take()
            && let Some(text) = prose.finish()
        {
            self.notes.insert(id, text);
        }
    }
}
