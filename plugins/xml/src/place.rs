//! Byte offsets as the lines and columns that an editor shows.

use barid_plugin::Place;

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
