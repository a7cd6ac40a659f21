//! Where in a document something is: byte offsets as the lines and columns that an editor shows,
//! open elements as a path.

use barid_plugin::Place;

/// Longest path told, in bytes: a place with a longer one than 1,024 no hub takes.
const PATH_MAX_BYTES: usize = 1_000;

/// The elements that are open, outermost first. Opening one takes no memory of its own.
#[derive(Debug, Default)]
pub(crate) struct Path {
    /// Their names, a slash before each.
    text: String,
    /// Where the slash of each stands.
    slashes: Vec<usize>,
}

impl Path {
    /// An element begins.
    pub(crate) fn push(&mut self, name: &str) {
        self.slashes.push(self.text.len());
        self.text.push('/');
        self.text.push_str(name);
    }

    /// The innermost element ends.
    pub(crate) fn pop(&mut self) {
        if let Some(slash) = self.slashes.pop() {
            self.text.truncate(slash);
        }
    }

    /// How many are open.
    pub(crate) fn depth(&self) -> usize {
        self.slashes.len()
    }

    /// Whether none is.
    pub(crate) fn is_empty(&self) -> bool {
        self.slashes.is_empty()
    }

    /// As problems tell it: `/akomaNtoso/judgment`; of a long path its end.
    pub(crate) fn shown(&self) -> String {
        if self.is_empty() {
            return "/".to_owned();
        }
        let start = self.text.len().saturating_sub(PATH_MAX_BYTES);
        match (start..self.text.len()).find(|at| self.text.is_char_boundary(*at)) {
            Some(start) if start > 0 => format!("…{}", self.text.get(start..).unwrap_or_default()),
            _ => self.text.clone(),
        }
    }
}

/// The place of a byte offset in a text: line and column from 1, column in characters.
pub(crate) fn place_at(text: &str, offset: usize) -> Place {
    // Not every offset that a parser reports is the beginning of a character.
    let offset = (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    let before = text.get(..offset.unwrap_or(0)).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.matches('\n').count() + 1;
    let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
    Place::line(number(line), number(column)).at_offset(before.len() as u64)
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
