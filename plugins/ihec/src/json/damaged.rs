//! Names strings that were damaged before they came.

use barid_plugin::{Place, Problems};
use serde_json::Value;

use crate::garbled;

/// Most strings of one document that are named: what garbled one has garbled all.
const NAMED_MAX: usize = 50;

/// Longest name of a field that a path shows, in letters.
const NAME_MAX: usize = 60;

/// Warns about each damaged string of a document that has been read as JSON already.
pub(super) fn warn(input: &[u8], problems: &mut Problems) {
    let input = input.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(input);
    let may_be_damaged =
        |pair: &[u8]| matches!(pair, [0x80..=0xFF, _] | [b'?', b'?'] | [b'\\', b'u']);
    if !input.windows(2).any(may_be_damaged) {
        return;
    }
    // It has been parsed before, within bounds of size and depth.
    let Ok(document) = serde_json::from_slice::<Value>(input) else { return };
    let mut walk = Walk { problems, left: NAMED_MAX };
    walk.through(&document, "");
}

struct Walk<'p> {
    problems: &'p mut Problems,
    left: usize,
}

impl Walk<'_> {
    fn through(&mut self, value: &Value, path: &str) {
        match value {
            Value::String(text) if self.left > 0 => {
                if let Some(damage) = garbled::damage(text) {
                    self.left -= 1;
                    garbled::warn(damage, Place::path(path), "", self.problems);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.through(item, &format!("{path}[{index}]"));
                }
            }
            Value::Object(fields) => {
                for (name, item) in fields {
                    let name: String = name.chars().take(NAME_MAX).collect();
                    let path = if path.is_empty() { name } else { format!("{path}.{name}") };
                    self.through(item, &path);
                }
            }
            _ => {}
        }
    }
}
